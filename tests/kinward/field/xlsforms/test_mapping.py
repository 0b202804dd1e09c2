"""A programme's XLSForm beside ours: what is taken over, what is listed, nothing lost."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from odk import book_of, edited

from kinward.field.definitions import FORMS, Type
from kinward.field.xlsforms import keeping
from kinward.field.xlsforms.keeping import kept_wordings, told_by_version
from kinward.field.xlsforms.mapping import Differs, mapped
from kinward.field.xlsforms.reading import drawn
from kinward.field.xlsforms.writing import written

EVERY_FORM = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
WORDS = st.text("abц ع=+@-1", min_size=1, max_size=12).map(str.strip).filter(bool)
IN_ALL = st.fixed_dictionaries({"en": WORDS, "ru": WORDS, "ar": WORDS})


def back(told, *, version="1"):
    return mapped(drawn(written(told, version=version)), told)


@EVERY_FORM
def test_form_written_and_read_again_is_the_same(form):
    theirs = drawn(written(form.told(), version=form.version))

    made = mapped(theirs, form.told())

    assert (theirs.faults, theirs.version, made.differences) == ([], form.version, [])
    assert made.told == form.told()


def listed(draw):
    names = draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True))
    return [{"name": name, "label": draw(IN_ALL)} for name in names]


def question(draw, name):
    kind = draw(st.sampled_from([each for each in Type if each != Type.COUNT]))
    told = {"name": name, "type": str(kind), "label": draw(IN_ALL)}
    if draw(st.booleans()):
        told["hint"] = draw(IN_ALL)
    if kind in {Type.CHOICE, Type.CONSENT}:
        told["choices"] = listed(draw)
    if kind == Type.CONSENT:
        told |= {"givers": listed(draw), "languages": listed(draw), "purpose": "tracing"}
    elif kind not in {Type.NOTE, Type.PHOTO}:
        told |= {draw(st.sampled_from(["required", "unknown"])): True}
    return told


@st.composite
def forms(draw):
    """Any form, as JSON: groups, questions of every kind, words of any script."""
    names = iter(f"q{number}" for number in range(100))
    groups = []
    for number in range(draw(st.integers(1, 3))):
        group = {"name": f"g{number}", "label": draw(IN_ALL)}
        if draw(st.booleans()):
            group |= {"repeat": True, "most": 3}
        asked = [question(draw, next(names)) for _ in range(draw(st.integers(1, 3)))]
        groups.append(group | {"questions": asked})
    return {"name": "child", "title": draw(IN_ALL), "groups": groups}


@settings(max_examples=12)
@given(forms())
def test_any_form_written_and_read_again_is_the_same(told):
    made = back(told)

    assert (made.differences, made.told) == ([], told)


def row_named(sheet, name, column=2):
    return next(row for row in sheet.iter_rows() if row[column - 1].value == name)


def test_words_of_a_programme_become_a_wording_and_the_rest_is_listed(tmp_path):
    form = FORMS["child"]

    def change(sheets):
        survey, choices = sheets["survey"], sheets["choices"]
        row_named(survey, "sex")[2].value = "Boy or girl?"
        row_named(survey, "father")[2].value = None  # ours stay
        survey.delete_rows(row_named(survey, "nationality")[0].row)
        survey.delete_rows(row_named(survey, "said_by")[0].row)
        row_named(survey, "certainty")[0].value = "text"
        survey.append(["text", "tribe", "Which tribe?"])
        survey.append(["start", "start"])
        sexes = row_named(survey, "sex")[0].value.split()[1]
        choices.append([sexes, "not_told", "not told"])

    theirs = drawn(edited(written(form.told(), version=form.version), change))
    made = mapped(theirs, form.told())

    asked = {q["name"]: q for group in made.told["groups"] for q in group["questions"]}
    assert asked["sex"]["label"]["en"] == "Boy or girl?"
    assert asked["father"] == next(
        q for group in form.told()["groups"] for q in group["questions"] if q["name"] == "father"
    )
    assert "nationality" not in asked
    assert "said_by" in asked
    told = {(each.how, each.name) for each in made.differences}
    assert told == {
        (Differs.WORDS, "sex"),
        (Differs.LEFT_OUT, "nationality"),
        (Differs.NEEDED, "said_by"),
        (Differs.KIND, "certainty"),
        (Differs.ADDED, "tribe"),
        (Differs.CHOICE_ADDED, "sex"),
    }


def test_conditions_that_ours_do_not_know_are_listed():
    form = FORMS["visit"]

    def change(sheets):
        head = [cell.value for cell in sheets["survey"][1]]
        row_named(sheets["survey"], "view")[
            head.index("relevant")
        ].value = "${settled} > 1 or true()"
        row_named(sheets["survey"], "settled")[head.index("relevant")].value = "${where} = 'home'"

    made = mapped(drawn(edited(written(form.told(), version="1"), change)), form.told())

    assert {(each.how, each.name) for each in made.differences} == {
        (Differs.OTHER, "view"),
        (Differs.CONDITION, "settled"),
    }


def test_command_keeps_a_wording_with_its_file(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(keeping.settings, "DATA", tmp_path)
    form = FORMS["visit"]

    def change(sheets):
        row_named(sheets["survey"], "where")[2].value = "At which place?"
        sheets["settings"]["C2"].value = "programme-7"

    content = edited(written(form.told(), version=form.version), change)
    file = tmp_path / "theirs.xlsx"
    file.write_bytes(content)

    call_command("read_xlsform", str(file), "--keep")

    (kept,) = kept_wordings("visit")
    said = capsys.readouterr().out
    assert "1 taken over" in said
    assert "where: other words" in said
    assert (tmp_path / "wordings/visit" / f"{kept['version']}.xlsx").read_bytes() == content
    assert told_by_version("visit", "programme-7") == (kept["form"], True)
    assert told_by_version("visit", kept["version"]) == (kept["form"], True)
    assert told_by_version("visit", form.version) == (form.told(), True)
    assert told_by_version("visit", "unheard-of") == (form.told(), False)


def test_command_keeps_nothing_of_a_file_with_faults(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(keeping.settings, "DATA", tmp_path)
    file = tmp_path / "theirs.xlsx"
    file.write_bytes(book_of(survey=[["type", "name", "label"], ["", "sex", "Sex"]]))

    with pytest.raises(CommandError, match="1 faults; nothing was kept"):
        call_command("read_xlsform", str(file), "--form", "child", "--keep")

    assert "theirs.xlsx, survey, row 2, type" in capsys.readouterr().err
    assert kept_wordings("child") == []


def test_command_asks_which_form_it_is(tmp_path):
    file = tmp_path / "theirs.xlsx"
    file.write_bytes(book_of(survey=[["type", "name", "label"], ["text", "sex", "Sex"]]))

    with pytest.raises(CommandError, match="--form"):
        call_command("read_xlsform", str(file))


def test_command_says_what_it_cannot_read(tmp_path):
    with pytest.raises(CommandError, match="absent"):
        call_command("read_xlsform", str(tmp_path / "absent.xlsx"))


def test_command_writes_every_form(tmp_path):
    call_command("write_xlsforms", str(tmp_path / "forms"))

    assert sorted(each.stem for each in (tmp_path / "forms").iterdir()) == sorted(
        f"kinward_{name}" for name in FORMS
    )
