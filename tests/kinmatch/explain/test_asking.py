from __future__ import annotations

from dataclasses import replace
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.engines import prepare
from kinmatch.errors import BadInput
from kinmatch.explain import BY_NAME, Whom, entropy, posterior, questions
from kinmatch.explain.asking import LEAST, TOP, Answer, _Asking, expected_gain
from kinmatch.link import link
from kinmatch.model import Way
from kinmatch.records import read
from kinmatch.synth import synth

CHANCES = st.lists(st.floats(0.01, 1.0), min_size=2, max_size=5)


@st.composite
def experiments(draw):
    """Chances of hypotheses, the last being nobody, and a few answers with their bits."""
    chances = np.array(draw(CHANCES))
    bits = st.lists(st.floats(-12, 12), min_size=len(chances) - 1, max_size=len(chances) - 1)
    answers = draw(st.lists(st.tuples(st.floats(0.001, 1.0), bits), min_size=1, max_size=6))
    return chances / chances.sum(), [Answer(chance, np.array(each)) for chance, each in answers]


def gain_by_enumeration(now, answers):
    """The same as `expected_gain`, hypothesis by hypothesis and answer by answer."""
    given_each = []
    for hypothesis in range(len(now)):
        said = [
            one.chance * (2.0 ** one.bits[hypothesis] if hypothesis < len(now) - 1 else 1.0)
            for one in answers
        ]
        given_each.append([each / sum(said) for each in said])
    before = -sum(chance * log2(chance) for chance in now)
    after = 0.0
    for answer in range(len(answers)):
        both = [chance * said[answer] for chance, said in zip(now, given_each, strict=True)]
        after -= sum(each * log2(each / sum(both)) for each in both if each)
    return before - after


@given(experiments())
def test_expected_gain_is_what_enumeration_gives(experiment):
    now, answers = experiment

    assert expected_gain(now, answers) == pytest.approx(gain_by_enumeration(now, answers), abs=1e-9)


@given(experiments())
def test_no_answer_can_be_expected_to_tell_less_than_nothing_or_more_than_all(experiment):
    now, answers = experiment

    assert 0.0 <= expected_gain(now, answers) <= entropy(now) + 1e-9


@given(CHANCES)
def test_an_answer_that_weighs_nothing_tells_nothing(chances):
    now = np.array(chances) / sum(chances)
    nothing = np.zeros(len(now) - 1)

    gain = expected_gain(now, [Answer(0.3, nothing), Answer(0.7, nothing)])

    assert gain == pytest.approx(0.0, abs=1e-12)


def test_posterior_sets_candidates_beside_nobody(two_fathers, explained):
    candidates = explained(two_fathers)

    chances = posterior(candidates)

    assert chances.sum() == pytest.approx(1.0)
    for candidate, chance in zip(candidates, chances, strict=False):
        assert log2(chance / chances[-1]) == pytest.approx(candidate.calibrated)


def test_the_sex_of_the_only_candidate_tells_what_m_and_its_calibrated_bits_say(person, explained):
    child = person("F", names="Руслан", born="2011")
    population = prepare([child], [person("S", names="Руслан", sex="male", born="2011")])
    (candidate,) = candidates = explained(population)
    curve, levels = population.model.curve(Way.PAIRS, 1), population.model.levels["sex"]
    same = curve(candidate.weight + levels["same"].bits) - candidate.calibrated
    different = curve(candidate.weight + levels["different"].bits) - candidate.calibrated
    stranger = [levels["same"].m / 2**same, 1 - levels["same"].m / 2**same]
    right = [stranger[0] * 2**same, stranger[1] * 2**different]
    right = [share / sum(right) for share in right]
    now = posterior(candidates)
    joint = [[one * now[0], other * now[1]] for one, other in zip(right, stranger, strict=True)]
    left = sum(-each * log2(each / sum(both)) for both in joint for each in both)

    asked = {(one.fact, one.whom): one for one in questions(population, "F", candidates, most=99)}

    assert asked["sex", Whom.CHILD].gain == pytest.approx(entropy(now) - left, abs=1e-8)


def test_what_is_expected_of_an_answer_is_what_link_then_says(person, explained):
    sought = [
        person("S1", names="Руслан", born="2011", mother="Хадижат"),
        person("S2", names="Руслан", born="2012", mother="Заира"),
    ]
    before = explained(prepare([person("F", names="Руслан", born="2011")], sought))
    asking = _Asking(prepare([person("F", names="Руслан", born="2011")], sought), "F", before)
    told = asking.told_of_child(BY_NAME["mother"])

    bits = told(BY_NAME["mother"].of(asking.sought[0])).bits

    child = person("F", names="Руслан", born="2011", mother="Хадижат")
    after = {one.sought_id: one.calibrated for one in explained(prepare([child], sought))}
    assert [one.calibrated + more for one, more in zip(before, bits, strict=True)] == pytest.approx(
        [after[one.sought_id] for one in before]
    )


def test_what_tells_two_candidates_apart_comes_before_what_does_not(two_fathers, explained):
    best = questions(two_fathers, "F1", explained(two_fathers))[0]

    assert (best.fact, best.whom, best.sought_id) == ("father", Whom.CHILD, "")


def test_fathers_who_differ_make_the_question_tell_more_than_one_father(person, explained):
    def gain(*fathers):
        child = person("F", names="Руслан", sex="male", born="2011")
        sought = [
            person(f"S{place}", names="Руслан", sex="male", born="2011", father=father)
            for place, father in enumerate(fathers)
        ]
        population = prepare([child], sought)
        asked = questions(population, "F", explained(population), most=99)
        return next(one.gain for one in asked if one.fact == "father")

    assert gain("Тимур", "Магомед") > gain("Тимур", "Тимур")
    assert gain("Тимур", "Мухаммад") > gain("Магомед", "محمد")  # one name in two scripts


def test_nothing_known_is_asked_for(two_fathers, explained):
    asked = {
        (one.fact, one.whom)
        for one in questions(two_fathers, "F1", explained(two_fathers), most=99)
    }

    assert {fact for fact, whom in asked if whom is not Whom.ENQUIRER}.isdisjoint(
        {"given", "mother", "birth", "sex"}
    )
    assert ("mother", Whom.ENQUIRER) in asked
    assert ("father", Whom.ENQUIRER) not in asked


def test_whose_enquirer_is_asked_is_said(two_fathers, explained):
    asked = questions(two_fathers, "F1", explained(two_fathers), most=99)

    mothers = {one.sought_id for one in asked if one.fact == "mother"}
    assert mothers == {"S2"}
    assert all(bool(one.sought_id) == (one.whom is not Whom.CHILD) for one in asked)


def test_a_fact_neither_side_told_is_put_to_both_once_and_costs_two(two_fathers, explained):
    asked = questions(two_fathers, "F1", explained(two_fathers), most=99)

    (marks,) = [one for one in asked if one.fact == "marks"]
    assert marks.whom is Whom.BOTH
    assert marks.gain_each == marks.gain / 2


@pytest.mark.parametrize("reserved", BY_NAME)
def test_a_reserved_fact_is_never_proposed(two_fathers, explained, reserved):
    candidates = explained(two_fathers)
    open_to = questions(two_fathers, "F1", candidates, most=99)

    asked = questions(two_fathers, "F1", candidates, reserved=[reserved], most=99)

    assert [one for one in open_to if one.fact != reserved] == asked


def test_with_everything_reserved_nothing_is_asked(two_fathers, explained):
    assert questions(two_fathers, "F1", explained(two_fathers), reserved=list(BY_NAME)) == []


def test_reserving_what_is_no_fact_is_refused(two_fathers, explained):
    with pytest.raises(BadInput, match='there is no fact "colour"'):
        questions(two_fathers, "F1", explained(two_fathers), reserved=["colour"])


def test_without_candidates_there_is_nothing_to_tell_apart(two_fathers):
    assert questions(two_fathers, "F1", []) == []


def test_questions_are_the_same_in_whatever_order_the_candidates_come(two_fathers, explained):
    candidates = explained(two_fathers)

    assert questions(two_fathers, "F1", candidates[::-1]) == questions(
        two_fathers, "F1", candidates
    )


def test_as_many_as_wanted_and_none_that_tells_nothing(two_fathers, explained):
    candidates = explained(two_fathers)
    every = questions(two_fathers, "F1", candidates, most=99)

    assert questions(two_fathers, "F1", candidates, most=2) == every[:2]
    assert all(one.gain >= LEAST for one in every)
    assert len({one.entropy for one in every}) == 1
    assert len(questions(two_fathers, "F1", candidates)) <= TOP


HIDDEN = {
    "mother": "mother",
    "siblings": "siblings",
    "birth": "born",
    "place": "places",
    "sex": "sex",
}


@pytest.mark.no_cover
def test_the_answer_to_the_best_question_tells_more_than_that_to_the_last(tmp_path):
    synth(120, 11).write(tmp_path)
    found, sought = read(tmp_path / "found.csv").persons, read(tmp_path / "sought.csv").persons
    children = found[:60]
    empty = {field: None if field in {"born", "sex"} else () for field in HIDDEN.values()}
    hidden = [replace(child, told=None, **empty) for child in children]
    answered = [
        replace(hushed, id=f"{child.id} {fact}", **{field: getattr(child, field)})
        for child, hushed in zip(children, hidden, strict=True)
        for fact, field in HIDDEN.items()
        if getattr(child, field)
    ]
    population = prepare([*hidden, *answered], sought)
    linkage = link(population.found, sought, population=population, engine="arrays", threshold=1e-9)
    told = {answer.id for answer in answered}
    best, last, before = [], [], []
    for child in hidden:
        candidates = linkage.of(child.id)
        asked = [
            one.fact
            for one in questions(population, child.id, candidates, most=99)
            if one.whom is Whom.CHILD and f"{child.id} {one.fact}" in told
        ]
        if len(asked) > 1:
            before.append(entropy(posterior(candidates[:TOP])))
            best.append(left(linkage, child.id, asked[0], candidates))
            last.append(left(linkage, child.id, asked[-1], candidates))

    assert len(before) > 50
    assert np.mean(before) - np.mean(best) > 3 * abs(np.mean(before) - np.mean(last))


def left(linkage, child, fact, candidates):
    """What is not known of the same candidates once the child has answered."""
    wanted = {one.sought_id for one in candidates[:TOP]}
    after = [one for one in linkage.of(f"{child} {fact}") if one.sought_id in wanted]
    return entropy(posterior(after)) if after else 0.0
