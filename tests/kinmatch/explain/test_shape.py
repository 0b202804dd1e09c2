from __future__ import annotations

import json

import pytest

from kinmatch.engines import prepare
from kinmatch.explain import LANGUAGES, as_json, questions, say_question, why_not
from kinmatch.link import link

CANDIDATE = {
    "shape",
    "model",
    "language",
    "found_id",
    "sought_id",
    "by_families",
    "prior",
    "weight",
    "calibrated",
    "probability",
    "band",
    "said",
    "reasons",
    "alignment",
    "waterfall",
}
REASON = {"comparison", "level", "bits", "found", "sought", "found_id", "sought_id", "said"}
QUESTION = {"fact", "whom", "sought_id", "entropy", "gain", "gain_each", "ask", "said"}
WHY_NOT = {"a", "b", "weight_a", "weight_b", "tried", "enough", "said", "sets"}
CHANGE = {"fact", "about", "now", "wanted", "moves", "bits", "said"}
MOVE = {"sought_id", "comparison", "before", "after", "bits"}


@pytest.fixture
def in_groups(person):
    found = [
        person("F1", names="Руслан Тестов", born="2010-03-01", sex="male", group="a"),
        person("F2", names="Заира Тестова", born="2012-05-01", sex="female", group="a"),
    ]
    sought = [
        person("S1", names="Руслан Тестов", born="2010-03-01", sex="male", group="x"),
        person("S2", names="Заира Тестова", born="2012-05-01", sex="female", group="x"),
    ]
    return found, sought


def test_a_candidate_has_the_documented_shape(in_groups):
    candidate = link(*in_groups, engine="reference", families=True).of("F1")[0]

    told = json.loads(json.dumps(as_json(candidate, model="m-2+0")))

    assert told.keys() == CANDIDATE
    assert (told["shape"], told["model"], told["language"]) == (1, "m-2+0", "en")
    assert (told["found_id"], told["sought_id"], told["by_families"]) == ("F1", "S1", True)
    assert told["weight"] == candidate.weight
    assert told["probability"] == candidate.probability
    assert (told["band"], told["said"]) == ("very_likely", "very likely")
    assert all(reason.keys() == REASON for reason in told["reasons"])
    assert [one["found_id"] for one in told["alignment"]] == ["F1", "F2"]
    assert [one["sought_id"] for one in told["alignment"]] == ["S1", "S2"]
    assert told["waterfall"][0]["kind"] == "prior"
    assert told["waterfall"][-1]["to"] == candidate.calibrated
    (relative,) = [one for one in told["reasons"] if one["comparison"] == "relatives"]
    assert (relative["found_id"], relative["sought_id"]) == ("F2", "S2")


def test_a_pair_by_itself_has_the_same_shape(found, sought):
    candidate = link(found, sought, engine="reference").of("F1")[0]

    told = as_json(candidate, model="m")

    assert told.keys() == CANDIDATE
    assert (told["by_families"], told["alignment"]) == (False, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_and_what_would_have_to_be_true_are_told_when_asked_for(
    two_fathers, explained, language
):
    candidates = explained(two_fathers)

    told = as_json(
        candidates[0],
        model="m",
        language=language,
        questions=questions(two_fathers, "F1", candidates),
        instead=why_not(two_fathers, "F1", "S1", "S2"),
    )

    told = json.loads(json.dumps(told))
    assert told.keys() == CANDIDATE | {"questions", "why_not"}
    assert all(one.keys() == QUESTION for one in told["questions"])
    assert told["questions"][0]["said"] == say_question("father", language)
    assert told["why_not"].keys() == WHY_NOT
    changes = [change for changes in told["why_not"]["sets"] for change in changes]
    assert all(change.keys() == CHANGE for change in changes)
    assert all(move.keys() == MOVE for change in changes for move in change["moves"])


def test_values_are_the_same_in_every_language(two_fathers, explained):
    candidate = explained(two_fathers)[0]

    def values(language):
        told = as_json(candidate, model="m", language=language)
        return [(one["comparison"], one["level"], one["bits"]) for one in told["reasons"]]

    assert values("en") == values("ru") == values("ar")


def test_nothing_to_ask_is_an_empty_list_and_not_asked_is_left_out(person, explained):
    population = prepare([person("F")], [person("S")])
    candidate = explained(population)[0]

    assert as_json(candidate, model="m", questions=[])["questions"] == []
    assert "questions" not in as_json(candidate, model="m")
