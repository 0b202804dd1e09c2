from __future__ import annotations

import pytest

import kinmatch
from kinmatch import evaluate, link, person_of, read, synth, train

DOZEN = (
    "read",
    "synth",
    "link",
    "dedupe",
    "LiveIndex",
    "train",
    "evaluate",
    "band",
    "say",
    "waterfall",
    "why_not",
    "questions",
    "as_json",
)


@pytest.fixture
def found(write):
    return read(write("f.csv", "id,name,sex,mother,group\nF1,رسلان,m,خديجة,A\nF2,زينب,f,,\n,,,,\n"))


@pytest.fixture
def sought(write):
    return read(write("s.csv", "id,name,sex,mother\nS1,Руслан <b>,m,Хадижат\nS2,Мадина,f,Хеда\n"))


@pytest.fixture
def linkage(found, sought):
    return link(found.persons, sought.persons, engine="reference")


def test_facade_offers_what_it_names():
    assert [name for name in kinmatch.__all__ if not hasattr(kinmatch, name)] == []


def test_facade_names_first_what_is_to_be_learned():
    assert tuple(kinmatch.__all__[: len(DOZEN)]) == DOZEN


def test_facade_links_two_files_in_three_lines(linkage):
    (candidate,) = linkage.of("F1")

    assert candidate.sought_id == "S1"
    assert kinmatch.band(candidate.probability) == "likely"
    assert kinmatch.say(candidate.reasons[0]).endswith(").")


def test_a_list_says_how_many_are_in_it_and_shows_the_first(found):
    assert repr(found) == "Records(f.csv: 2 persons, 1 blank rows)"
    html = found._repr_html_()
    assert html.startswith(f"<table><caption>{found!r}</caption><tr><th>id</th><th>sex</th>")
    assert (
        "".join(f'<td dir="auto">{cell}</td>' for cell in ("F1", "male", "", "رسلان", "", "خديجة"))
        in html
    )


def test_a_linkage_says_how_many_and_shows_the_candidates(linkage):
    html = linkage._repr_html_()

    assert repr(linkage) == "Linkage(2 found, 2 sought, 1 candidates)"
    assert html.startswith("<table><caption>Linkage(2 found, 2 sought, 1 candidates)</caption>")
    assert '<td dir="auto">S1</td>' in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_rows_of_a_linkage_hold_the_candidates_in_words(linkage):
    (candidate,) = linkage.candidates

    (row,) = linkage.rows("ru")

    reasons = [kinmatch.say(one, "ru") for one in candidate.reasons if one.bits > 0]
    assert list(row) == [
        "found_id", "sought_id", "weight", "probability", "band",
        "reasons_for", "reasons_against", "not_known",
    ]  # fmt: skip
    assert (row["found_id"], row["sought_id"], row["band"]) == ("F1", "S1", "likely")
    assert row["probability"] == candidate.probability
    assert row["reasons_for"] == " ".join(reasons)


def test_a_linkage_can_be_evaluated(linkage):
    result = evaluate(linkage.probabilities, [("F1", "S1"), ("F2", "S2")])

    assert (result.first, result.matchable) == (1, 2)


def test_candidates_and_hits_are_shown_without_all_their_reasons(linkage, sought):
    index = kinmatch.LiveIndex()
    index.load(sought.persons)

    (hit, *_) = index.search(person_of({"name": "رسلان"}))

    assert repr(hit).startswith("Hit(id='S1', weight=")
    assert "levels" not in repr(hit)
    assert "reasons" not in repr(linkage.candidates[0])


def test_made_up_lists_are_written_where_a_text_says_and_learned_from(tmp_path):
    synth(60, seed=2).write(str(tmp_path))
    left, right = (read(tmp_path / f"{side}.csv").persons for side in ("found", "sought"))

    model = train(left, right).model
    model.save(str(tmp_path / "mine.toml"))

    assert kinmatch.Model.load(str(tmp_path / "mine.toml")).digest == model.digest
    assert len(kinmatch.read_truth(str(tmp_path / "truth.csv"))) > 30


def test_a_model_that_cannot_be_written_says_so(tmp_path, linkage):
    model = kinmatch.prepare([], []).model

    with pytest.raises(kinmatch.BadInput, match=r"no/mine\.toml: cannot be written"):
        model.save(tmp_path / "no" / "mine.toml")
