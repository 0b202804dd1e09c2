from __future__ import annotations

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinmatch.comparisons import COMPARISONS
from kinmatch.dates import from_edtf
from kinmatch.engines import prepare
from kinmatch.engines.reference import scored
from kinmatch.errors import BadInput
from kinmatch.explain import LANGUAGES, About, say_change, say_sets, why_not
from kinmatch.explain.facts import FACTS
from kinmatch.explain.whynot import MOST
from kinmatch.link import link
from kinmatch.records import Person, Sex

NAMES = ("Руслан", "Тимур", "Заира", "Магомед", "Хадижат")
SOME = st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(tuple)
PLACES = st.lists(st.sampled_from(["Мосул", "تلعفر", "Найнава", "Шали"]), max_size=1).map(tuple)
PERSON = st.builds(
    Person,
    id=st.just(""),
    names=SOME,
    father=SOME,
    mother=SOME,
    siblings=SOME,
    sex=st.sampled_from([None, Sex.MALE, Sex.FEMALE]),
    places=PLACES,
    separated_at=PLACES,
    born=st.sampled_from([None, "2009", "2011", "2011-05-01", "2019"]).map(
        lambda born: from_edtf(born) if born else None
    ),
)


def named(person, identity):
    values = {name: getattr(person, name) for name in Person.__slots__}
    return Person(**{**values, "id": identity})


def levels_after(population, changes):
    """The levels of both pairs once the moves a set tells of are made."""
    levels = {
        place: dict(
            zip(
                [comparison.name for comparison in COMPARISONS],
                scored(population, 0, place).levels,
                strict=True,
            )
        )
        for place in (0, 1)
    }
    for change in changes:
        for move in change.moves:
            place = 0 if move.sought_id == "S0" else 1
            assert levels[place][move.comparison] == move.before
            levels[place][move.comparison] = move.after
    return levels


def weight_of_levels(population, levels):
    return sum(population.model.bits(comparison, level) for comparison, level in levels.items())


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(PERSON, PERSON, PERSON)
def test_what_would_have_to_be_true_really_brings_b_before_a(child, a, b):
    population = prepare([named(child, "F0")], [named(a, "S0"), named(b, "S1")])

    answer = why_not(population, "F0", "S0", "S1")

    for changes in answer.sets:
        levels = levels_after(population, changes)
        gained = weight_of_levels(population, levels[1]) - weight_of_levels(population, levels[0])
        assert len(changes) == answer.tried
        assert gained > 0


@settings(max_examples=40, deadline=None)
@given(PERSON, PERSON, PERSON)
def test_no_smaller_set_is_enough(child, a, b):
    population = prepare([named(child, "F0")], [named(a, "S0"), named(b, "S1")])

    answer = why_not(population, "F0", "S0", "S1")

    alone = [
        otherwise(population, fact, about, from_whom)
        for fact, about, from_whom in product(FACTS, "abc", "abcu")
    ]
    if answer.tried == 0:
        assert answer.gap < 0
    elif answer.tried > 1:
        assert max(alone) <= 1e-9
    else:
        assert max(alone) > 0


def otherwise(population, fact, about, from_whom):
    """By how much B is ahead once one record has a fact of another, or one unheard of; slowly."""
    rows = {
        "c": population.found_row(0).row,
        "a": population.sought_rows[0].row,
        "b": population.sought_rows[1].row,
    }
    if from_whom == "u":
        columns = fact.unheard
        both = not fact.known(rows["c"]) and not fact.known(rows["b"]) and about == "c"
        changed = rows | {"c": rows["c"] | columns} if both else rows
        changed = changed | {"b": rows["b"] | columns} if both else changed
    elif (about, from_whom) in {("c", "b"), ("b", "c")} and fact.known(rows[from_whom]):
        changed = rows | {about: rows[about] | fact.of(rows[from_whom])}
    elif (about, from_whom) == ("a", "c") and fact.known(rows["c"]):
        changed = rows | {"a": rows["a"] | fact.other_than(rows["c"])}
    elif (about, from_whom) == ("c", "a") and fact.known(rows["a"]) and not fact.known(rows["b"]):
        changed = rows | {"c": rows["c"] | fact.other_than(rows["a"])}
    else:
        changed = rows
    weight = {
        side: sum(
            population.model.bits(comparison.name, comparison.level(changed["c"], changed[side]))
            for comparison in COMPARISONS
        )
        for side in "ab"
    }
    return weight["b"] - weight["a"]


def test_one_fact_can_speak_for_one_and_against_the_other(two_fathers):
    answer = why_not(two_fathers, "F1", "S1", "S2")

    (change,) = next(changes for changes in answer.sets if changes[0].fact == "father")
    assert answer.tried == 1
    assert (change.about, change.now, change.wanted) == (About.CHILD, "", "Магомед")
    moved = {(move.sought_id, move.comparison, move.before, move.after) for move in change.moves}
    assert ("S1", "father", "unknown", "different") in moved
    assert {(sought, before) for sought, _, before, _ in moved} == {
        ("S1", "unknown"),
        ("S2", "unknown"),
    }
    assert change.bits > answer.gap > 0


def test_how_many_sets_are_enough_is_said_though_only_the_first_are_told(person):
    child = person("F", names="Руслан", father="Тимур")
    twice = [person(identity, names="Руслан", father="Тимур") for identity in ("S1", "S2")]

    answer = why_not(prepare([child], twice), "F", "S1", "S2")

    assert len(answer.sets) == MOST
    assert answer.enough > MOST


def test_facts_nobody_told_come_before_those_somebody_contradicted(two_fathers):
    answer = why_not(two_fathers, "F1", "S1", "S2")

    told = [bool(change.now) for (change,) in answer.sets]
    assert told == sorted(told)


def test_what_relatives_say_counts_as_it_stands(person):
    child = person("F1", names="Руслан", born="2011", father="Тимур", group="F")
    sister = person("F2", names="Заира", born="2013", father="Тимур", group="F")
    sought = [
        person("S1", names="Руслан", born="2011", group="S"),
        person("S2", names="Заира", born="2013", group="S"),
        person("S3", names="Руслан", born="2011", father="Тимур", group="T"),
    ]
    linkage = link([child, sister], sought, families=True, threshold=1e-9, only=["F1"])
    population = prepare([child, sister], sought)
    weights = {one.sought_id: one.weight for one in linkage.of("F1")}

    answer = why_not(population, "F1", "S1", "S3", linkage.of("F1"))
    alone = why_not(population, "F1", "S1", "S3")

    assert (answer.weight_a, answer.weight_b) == (weights["S1"], weights["S3"])
    assert alone.gap != answer.gap
    for changes in answer.sets:
        gain = sum(change.bits for change in changes)
        assert gain > answer.gap


def test_who_already_is_ahead_needs_nothing(two_fathers):
    answer = why_not(two_fathers, "F1", "S2", "S1")

    assert (answer.sets, answer.tried) == ((), 0)
    assert answer.gap < 0
    assert say_sets(answer) == (
        f"\u2068S1\u2069 is \u2068{-answer.gap:.1f}\u2069 bits ahead of \u2068S2\u2069."
    )


def test_two_who_weigh_the_same_are_level(person):
    child = person("F", names="Руслан")
    twice = [person("S1", names="Руслан", born="2011"), person("S2", names="Руслан", born="2011")]

    answer = why_not(prepare([child], twice), "F", "S1", "S2")

    assert (answer.gap, answer.tried) == (0.0, 1)
    assert say_sets(answer).startswith("\u2068S1\u2069 and \u2068S2\u2069 are level. For ")


def test_where_no_three_facts_are_enough_it_is_said(person):
    kin = {"mother": "Хадижат", "father": "Тимур", "siblings": ("Умар", "Аминат")}
    more = {"grandparents": "Ахмед", "marks": "шрам на левой руке", "places": "Мосул"}
    child = person("F", names="Руслан Тестов", sex="male", born="2011-03-04", **kin, **more)
    same = person("S1", names="Руслан Тестов", sex="male", born="2011-03-04", **kin, **more)
    other = person(
        "S2",
        names="Заира Вымышленова",
        sex="female",
        born="1999",
        father="Олег",
        mother="Анна",
        siblings="Пётр",
        grandparents="Иван",
        marks="родинка",
        places="Киев",
    )

    answer = why_not(prepare([child], [same, other]), "F", "S1", "S2")

    assert (answer.sets, answer.tried) == ((), 3)
    assert say_sets(answer).endswith(
        "No three facts would be enough for \u2068S2\u2069 to come first."
    )


def test_where_one_fact_is_not_enough_two_or_three_are_told(person):
    everything = {"father": "Тимур", "mother": "Хадижат", "siblings": ("Умар", "Аминат")}
    child = person("F", names="Руслан Тестов", sex="male", born="2011-03-04", **everything)
    same = person("S1", names="Руслан Тестов", sex="male", born="2011-03-04", **everything)
    other = person("S2", names="Заира", sex="female", born="2003", father="Олег")

    answer = why_not(prepare([child], [same, other]), "F", "S1", "S2")

    assert answer.tried == 3
    assert {len(changes) for changes in answer.sets} <= {3}
    assert say_sets(answer).count("three") == 1


def test_the_same_question_has_the_same_answer(two_fathers):
    assert why_not(two_fathers, "F1", "S1", "S3") == why_not(two_fathers, "F1", "S1", "S3")


def test_nobody_of_that_id_is_refused(two_fathers):
    with pytest.raises(BadInput, match='no sought person has the id "S9"'):
        why_not(two_fathers, "F1", "S1", "S9")


@pytest.mark.parametrize("language", LANGUAGES)
def test_changes_are_said_under_their_heading_with_names_kept_apart(two_fathers, language):
    answer = why_not(two_fathers, "F1", "S1", "S2")

    said = [say_change(change, answer, language) for (change,) in answer.sets]

    assert all(": " in sentence and sentence.endswith(".") for sentence in said)
    assert any("\u2068Магомед\u2069" in sentence for sentence in said)


def test_a_place_few_name_weighs_in_a_change_what_it_weighs_in_a_pair(person):
    others = [person(f"X{one}", names="Иван Петров", places="Москва") for one in range(400)]
    alike = {"names": "Руслан Магомедович Исаев", "born": "2010"}
    child = person("F", **alike, places="Вашиндарой")
    sought = [person("A", **alike, places="Вашиндарой"), person("B", **alike, places="Нохчикелой")]

    answer = why_not(prepare([child], [*sought, *others]), "F", "A", "B")

    moved = {
        (change.fact, change.about): [
            (move.sought_id, move.comparison, move.before, move.after) for move in change.moves
        ]
        for (change,) in answer.sets
    }
    assert moved["place", About.CHILD] == [
        ("B", "place", "different", "same_rare"),
        ("A", "place", "same_small", "different"),
    ]


def test_nobody_can_come_before_themselves(person):
    population = prepare([person("F", names="Руслан")], [person("A", names="Руслан")])

    with pytest.raises(BadInput, match='"A" cannot come before itself; name another'):
        why_not(population, "F", "A", "A")
