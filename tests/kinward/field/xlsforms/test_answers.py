"""Submissions of ODK and Kobo: in every file they come in, the answers a phone would have sent."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odk import INSTANCE, as_csv, as_json, as_kobo, as_xml, collected

from kinward.field.definitions import FORMS
from kinward.field.xlsforms.answers import answered
from kinward.field.xlsforms.submissions import NoSubmissions, submissions_in

CHILD, VISIT, COUNT, REQUEST = (FORMS[each] for each in ("child", "visit", "count", "request"))
ANSWERS = {
    "said_by": "child",
    "method": "interview",
    "names": [{"name": "Амина Торанова"}, {"name": "أمينة"}],
    "sex": "female",
    "born_on": {"answer": "unknown"},
    "age": {"age": 7, "as_of": "2018-12-30", "age_to": 8},
    "father": "Зелимхан Торан",
    "found_at": {"text": "Аль-Холь"},
}
CONSENTS = [{"purpose": "tracing", "state": "given", "giver": "child", "language": "ru"}]
FILES = {
    "xml": as_xml,
    "json": lambda *told, **more: as_json(as_kobo(*told, **more)),
    "csv": lambda *told, **more: as_csv(as_kobo(*told, **more)),
}
EVERY_FILE = pytest.mark.parametrize("file", FILES.values(), ids=FILES)


def said(content, form=CHILD):
    (sent,) = submissions_in(content, name="made-up")
    return answered(sent, form.told())


def kobo(form=CHILD, **answers):
    return as_json(as_kobo(form.name, form.version, collected(form.told(), answers, [])))


@EVERY_FILE
def test_submission_says_what_a_phone_would_have_sent(file):
    groups = collected(CHILD.told(), ANSWERS, CONSENTS)

    found = said(file("child", CHILD.version, groups))

    assert found.told() == {"answers": ANSWERS, "consents": CONSENTS}
    assert found.rest == {}


@EVERY_FILE
def test_submission_says_which_it_is(file):
    groups = collected(CHILD.told(), ANSWERS, CONSENTS)

    (sent,) = submissions_in(file("child", "7", groups), name="made-up")

    assert (sent.id, sent.form, sent.version) == (
        UUID(INSTANCE.removeprefix("uuid:")),
        "child",
        "7",
    )


TEXT = st.text("абцاب xyz&<>\"'", min_size=1, max_size=9).map(str.strip).filter(bool)
DATES = st.sampled_from(["2012", "2012-05", "2012-05-30", "2012~"])
AGES = st.builds(
    lambda age, day: {"age": age, "as_of": day}, st.integers(0, 120), st.dates().map(str)
)


def answer_to(question):
    """Any answer to a question, as a phone writes it; None for those that have none."""
    names = [each["name"] for each in question.get("choices", [])]
    made = {
        "text": TEXT,
        "name": TEXT,
        "date": DATES,
        "age": AGES,
        "place": TEXT.map(lambda text: {"text": text}),
        "choice": st.sampled_from(names) if names else st.nothing(),
        "count": st.lists(
            st.builds(
                lambda child, how: {"child": child, "how": how, "at": "2018-12-30T09:00:00Z"},
                st.uuids().map(str),
                st.sampled_from(names or [""]),
            ),
            min_size=1,
            max_size=3,
        ),
    }.get(question["type"])
    if made is not None and question.get("unknown"):
        ways = st.sampled_from(["unknown", "refused", "not_asked"])
        return made | ways.map(lambda way: {"answer": way})
    return made


@st.composite
def entries(draw):
    """A form, and any answers to it."""
    form = draw(st.sampled_from(list(FORMS.values())))
    answers, consents = {}, []
    for group in form.told()["groups"]:
        rows = []
        for _row in range(draw(st.integers(1, 2)) if group.get("repeat") else 1):
            row = {}
            for question in group["questions"]:
                made = answer_to(question)
                if question["type"] == "consent" and draw(st.booleans()):
                    pick = {
                        key: [one["name"] for one in question[key]] for key in ("choices", "givers")
                    }
                    state, giver = (draw(st.sampled_from(each)) for each in pick.values())
                    consents.append(
                        {"purpose": question["purpose"], "state": state, "giver": giver}
                    )
                elif made is not None and draw(st.booleans()):
                    row[question["name"]] = draw(made)
            rows.append(row)
        if not group.get("repeat"):
            answers |= rows[0]
        elif kept := [row for row in rows if row]:
            answers[group["name"]] = kept
    return form, answers, consents


@settings(max_examples=60)
@given(entries(), st.sampled_from(["xml", "json"]))
def test_any_answers_come_back_as_the_phone_would_have_sent_them(entry, kind):
    form, answers, consents = entry
    groups = collected(form.told(), answers, consents)

    found = said(FILES[kind](form.name, form.version, groups), form)

    assert found.told() == {"answers": answers, "consents": consents}
    assert found.rest == {}


def test_answers_that_the_form_does_not_ask_for_are_kept_apart():
    content = as_json(
        as_kobo(
            "child",
            CHILD.version,
            collected(CHILD.told(), {"sex": "male"}, []),
            **{
                "programme/tribe": "Toran",
                "needs": "water food",
                "visitors": [{"visitors/sex": "female"}, {"visitors/sex": "male"}],
                "photographs_group/photo": "1545.jpg",
            },
        )
    )

    found = said(content)

    assert found.answers == {"sex": "male"}
    assert found.rest == {
        "tribe": "Toran",
        "needs": "water food",
        "visitors": '[{"sex": "female"}, {"sex": "male"}]',
        "photo": "1545.jpg",
    }


def test_choice_exported_by_its_words_is_the_choice():
    content = as_json(
        {"_uuid": "1", "_xform_id_string": "kinward_child", "who_group/sex": "Boy or man"}
    )

    assert said(content).answers == {"sex": "male"}


def test_figures_of_arabic_are_figures():
    content = kobo(age={"age": "٧", "as_of": "٢٠١٨-١٢-٣٠"}, born_on="٢٠١٢")

    assert said(content).answers == {
        "age": {"age": 7, "as_of": "2018-12-30"},
        "born_on": "2012",
    }


def test_age_without_a_day_is_of_the_day_it_was_sent():
    content = kobo(age={"age": 7})

    assert said(content).answers == {"age": {"age": 7, "as_of": "2018-12-30"}}


def test_age_that_is_no_number_is_left_for_the_form_to_refuse():
    assert said(kobo(age={"age": "seven"})).answers["age"]["age"] == "seven"


def test_record_says_whom_a_visit_is_about():
    sent = as_kobo("visit", VISIT.version, collected(VISIT.told(), {"changed": "nothing"}, []))

    found = said(as_json(sent | {"record": "K-7"}), VISIT)

    assert (found.record, found.answers) == ("K-7", {"changed": "nothing"})


def test_id_that_is_no_uuid_is_always_the_same_one():
    contents = [as_json({"_uuid": "row seven", "form_id": "child"}) for _ in range(2)]

    first, second = (submissions_in(each, name="x")[0].id for each in contents)

    assert first == second
    assert first != submissions_in(as_json({"_uuid": "row eight"}), name="x")[0].id


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<data><meta>", "no element found"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a id="child">&b;</a>', "document type"),
        (b'{"results": 7}', "a list of submissions"),
        (b"[7]", "a list of submissions"),
        (b"[", "Expecting value"),
        (b'[{"_uuid": "1"}, {"sex": "male"}]', "row 2 has neither"),
        (b"name;sex\nAmina;female\n", "row 1 has neither"),
        (b"\xff\xfe\x00", "decode"),
    ],
)
def test_file_that_cannot_be_read_says_where(content, words):
    with pytest.raises(NoSubmissions, match="made-up") as refused:
        submissions_in(content, name="made-up")

    assert words in str(refused.value)


def test_page_of_results_is_read_like_a_list():
    page = b'{"count": 1, "results": [{"_uuid": "1", "_xform_id_string": "kinward_visit"}]}'

    assert [each.form for each in submissions_in(page, name="x")] == ["visit"]


def test_several_documents_in_one_are_several_submissions():
    groups = collected(COUNT.told(), {"done": "yes"}, [])
    two = [as_xml("count", "1", groups, instance=f"uuid:{n}").split(b"?>", 1)[1] for n in "12"]

    found = submissions_in(b"<submissions>" + b"".join(two) + b"</submissions>", name="x")

    assert [(each.row, each.form, each.instance) for each in found] == [
        (1, "count", "uuid:1"),
        (2, "count", "uuid:2"),
    ]


def test_names_of_who_asks_and_who_is_sought_stay_apart():
    answers = {"name": "Zara Toran", "sought": [{"relation": "child", "name": "Amina"}]}

    found = said(as_xml("request", "1", collected(REQUEST.told(), answers, [])), REQUEST)

    assert found.answers == answers
