"""A live index says what `link` says, through every change, from a file, and to many at once."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Event

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people import persons

from kinmatch.comparisons import COMPARISONS
from kinmatch.engines import prepare
from kinmatch.engines.reference import scored
from kinmatch.errors import BadInput
from kinmatch.index import LiveIndex, live
from kinmatch.index.sharing import Shared
from kinmatch.link import link
from kinmatch.model import default_model
from kinmatch.records import read
from kinmatch.synth import synth

PLACE = next(place for place, one in enumerate(COMPARISONS) if one.name == "place")
SLOW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def holding(people):
    index = LiveIndex()
    index.load(people)
    return index


def as_linked(one, everyone):
    """Return the levels and weight of a person with each of the others, by the plain engine."""
    population = prepare([one], everyone)
    pairs = [scored(population, 0, place) for place in range(len(everyone))]
    return {person.id: pair for person, pair in zip(everyone, pairs, strict=True)}


@SLOW
@given(persons("F"), persons("S"))
def test_a_search_gives_the_levels_and_weights_of_linking_one_with_everyone(found, sought):
    index = holding(sought)

    for one in found:
        linked = as_linked(one, sought)
        for hit in index.search(one, top=10):
            assert hit.levels == linked[hit.id].levels
            assert hit.weight == pytest.approx(linked[hit.id].weight, abs=1e-6)


def test_a_share_the_model_knows_counts_for_a_spelling_only_the_asker_bears(person):
    shares = {"руслан": 0.02}
    model = replace(default_model(), frequencies={"given": shares, "family": shares})
    sought = person("S", given=("Timur", "Ruslan"), mother=("زينب بنت محمد",))
    asker = person("F", given="Zaynab", family="Ruslan", mother=("زينب بنت محمد", "Руслан"))
    index = LiveIndex(model)
    index.load([sought])

    (hit,) = index.search(asker)

    population = prepare([asker], [sought], model=model)
    assert hit.levels == scored(population, 0, 0).levels


@SLOW
@given(persons("F"), persons("S"))
def test_everybody_whose_name_is_alike_is_found(found, sought):
    index = holding(sought)

    for one in found:
        linked = link([one], sought, engine="reference", threshold=0.001)
        hits = {hit.id for hit in index.search(one, top=10)}
        credible = {candidate.sought_id for candidate in linked.candidates}
        assert credible <= hits


@SLOW
@given(persons("F"), persons("S"), persons("N"), st.data())
def test_an_index_that_changed_says_what_one_made_anew_says(found, sought, new, data):
    index = holding(sought)
    kept = {person.id: person for person in sought}
    for person in new:
        kept[person.id] = person
        index.insert(person)
    for identity in data.draw(st.lists(st.sampled_from(sorted(kept) or ["none"]), unique=True)):
        if identity in kept and data.draw(st.booleans()):
            index.delete(identity)
            del kept[identity]
        elif identity in kept:
            kept[identity] = replace(kept[identity], names=("Timur",), group=None)
            index.update(kept[identity])
        if data.draw(st.booleans()):
            index.census.settle()
            index.census.tidy()

    anew = holding(kept.values())
    assert len(index) == len(anew) == len(kept)
    for one in found:
        assert as_told(index.search(one, top=50)) == as_told(anew.search(one, top=50))
    together, again = (one.search_family(found, top=50) for one in (index, anew))
    assert {one: as_told(hits) for one, hits in together.items()} == {
        one: as_told(hits) for one, hits in again.items()
    }


def as_told(hits):
    return sorted((hit.id, round(hit.weight, 6), hit.levels) for hit in hits)


@SLOW
@given(persons("F"), persons("S"))
def test_an_index_opened_from_a_file_is_the_one_saved(tmp_path_factory, found, sought):
    path, key = tmp_path_factory.mktemp("index") / "held", os.urandom(32)
    index = holding(sought)

    index.save(path, key)
    opened = LiveIndex.open(path, key)

    for one in found:
        assert opened.search(one) == index.search(one)
    if sought:
        opened.delete(sought[0].id)
        opened.insert(sought[0])
        for one in found:
            assert as_told(opened.search(one)) == as_told(index.search(one))
        assert opened.census.held.companies == index.census.held.companies


def test_a_name_the_index_knows_only_by_sound_finds_its_bearer(person):
    index = holding([person("S1", names="Магомед Ибрагимов"), person("S2", names="Тимур Аслан")])

    [first, *_] = index.search(person("F1", names="محمد ابراهيموف"))

    assert first.id == "S1"


def test_a_record_of_nothing_finds_nobody(person, sought):
    assert holding(sought).search(person("F1")) == []


def test_a_day_of_birth_alone_finds_those_linking_compares(person):
    sought = [
        person("S1", names="Руслан", born="2011-05-02"),
        person("S2", names="Тимур", born="2011-02-05", sex="male"),
        person("S3", names="Мадина", born="2011"),
        person("S4", names="Заира", born="2009-07-30"),
        person("S5", names="Заира", born="2011-05-02"),
    ]
    asked = person("F1", born="2011-05-02", sex="male")
    index = holding(sought)
    index.delete("S5")

    hits = index.search(asked)

    linked = link([asked], sought[:4], threshold=1e-9).candidates
    assert {hit.id for hit in hits} == {"S1", "S2"}
    assert [(hit.id, hit.weight) for hit in hits] == [(one.sought_id, one.weight) for one in linked]


def test_equals_come_in_the_order_linking_draws(person):
    sought = [person(f"S{at}", names="Руслан Тестов") for at in range(12)]
    asked = person("F1", names="Руслан Тестов")

    alone = holding(sought).search(asked, top=8)
    family = holding(sought).search_family([asked], top=8)["F1"]

    drawn = [one.sought_id for one in link([asked], sought, threshold=1e-9).candidates]
    assert len({hit.weight for hit in alone}) == 1
    assert [hit.id for hit in alone] == drawn[:8]
    assert [hit.id for hit in family] == drawn[:8]


def test_an_empty_index_finds_nobody(found):
    assert LiveIndex().search(found[0]) == []


def test_those_inserted_are_counted_among_the_others_at_the_next_search(sought, found):
    index = LiveIndex()
    for person in sought:
        index.insert(person)

    assert index.search(found[0]) == holding(sought).search(found[0])


def test_the_others_of_the_group_are_counted_once_for_it(person, sought):
    index = holding(sought)
    child = person("F1", names="Руслан", father="Магомед", group="G")
    brother = person("F2", names="Тимур", father="Магомед", group="G")

    population = prepare([child, brother], sought)
    alone = index.search(child, among=[brother])

    for hit in alone:
        place = [one.id for one in sought].index(hit.id)
        assert hit.weight == pytest.approx(scored(population, 0, place).weight, abs=1e-6)


def test_a_family_moves_the_right_child_up(person):
    family = [
        person("S1", names="Руслан Магомедович Тестов", born="2011", group="A"),
        person("S2", names="Зайнаб Магомедовна Тестова", born="2013", group="A"),
    ]
    other = [person("S3", names="Руслан Магомедович Примеров", born="2011", group="B")]
    index = holding([*family, *other])
    asked = [
        person("F1", names="رسلان محمد", born="2011", group="G"),
        person("F2", names="زينب محمد", born="2013", group="G"),
    ]

    together = index.search_family(asked)

    alone = {hit.id: hit.weight for hit in index.search(asked[0])}
    by_family = {hit.id: hit.weight for hit in together["F1"]}
    assert together["F1"][0].id == "S1"
    assert by_family["S1"] - by_family["S3"] > alone["S1"] - alone["S3"] + 0.5
    assert together["F2"][0].id == "S2"


def test_a_family_asked_about_with_nobody_there_finds_nobody(found):
    assert LiveIndex().search_family(found) == {"F1": [], "F2": [], "F3": []}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda index, one: index.insert(one), '"S1" is in the index already'),
        (lambda index, one: index.load([one]), '"S1" is in the index already'),
        (lambda index, _: index.delete("S9"), 'nobody in the index has the id "S9"'),
        (lambda index, one: index.update(replace(one, id="S9")), 'has the id "S9"'),
        (lambda index, one: index.search(one, top=0), "the best 0; at least 1"),
        (lambda index, one: index.search_family([one], top=0), "the best 0; at least 1"),
        (lambda index, one: index.search_family([one, one]), 'have the id "S1"'),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(sought, found, change, said):
    index = holding(sought)
    before = index.search(found[0])

    with pytest.raises(BadInput, match=said):
        change(index, sought[0])

    assert index.search(found[0]) == before
    assert "S1" in index


class Overtaken(Shared):
    """A lock that somebody else writes under just before it is read under."""

    def __init__(self, write):
        super().__init__()
        self.writes = [write]

    @contextmanager
    def reading(self, **how):
        while self.writes:
            self.writes.pop()()
        with super().reading(**how):
            yield


def test_who_comes_just_before_a_search_is_found_by_it_and_counted(person, sought):
    asked = person("F1", names="Зелимхан Бугаров", born="2011", father="Магомед")
    new = person("N1", names="Zelimkhan Bugarov", born="2011", father="Magomed")
    index = holding(sought)
    index._lock = Overtaken(lambda: index.insert(new))

    hits = index.search(asked)

    assert hits == holding([*sought, new]).search(asked)
    assert hits[0].id == "N1"


def test_many_search_at_once_while_others_come_and_go(tmp_path):
    found, sought, *_ = synth(40, seed=3).write(tmp_path)
    people = read(sought).persons
    steady, passing = people[: len(people) // 2], people[len(people) // 2 :]
    asked = read(found).persons[:20]
    index = holding(steady)
    known = {person.id for person in people}

    def come_and_go(part):
        for person in passing[part::2]:
            index.insert(person)
            index.update(replace(person, marks=("scar",)))
            index.delete(person.id)

    def ask(part):
        return [hit.id for one in asked[part::2] for hit in index.search(one)]

    with ThreadPoolExecutor(4) as pool:
        changes = [pool.submit(come_and_go, part) for part in (0, 1)]
        answers = [pool.submit(ask, part) for part in (0, 1)]
        for change in changes:
            change.result()
        assert set().union(*(answer.result() for answer in answers)) <= known

    anew = holding(steady)
    for one in asked:
        assert as_told(index.search(one)) == as_told(anew.search(one))


def while_writing(writers, ask):
    """Run writers, and four readers until all have written; return what each reader saw."""
    done = Event()

    def asking():
        seen = [ask()]
        while not done.is_set():
            seen.append(ask())
        return seen

    with ThreadPoolExecutor(4 + len(writers)) as pool:
        answers = [pool.submit(asking) for _ in range(4)]
        try:
            for written in [pool.submit(writer) for writer in writers]:
                written.result()
        finally:
            done.set()
        return [one for answer in answers for one in answer.result()]


def test_an_answer_never_mixes_two_versions_of_a_record(person):
    versions = [
        person("X", names="Руслан", mother="Лейла", born="2010-03-01", places="Дербент"),
        person("X", names="Зелимхан", mother="Лейла", born="2015-09-09", places="Шали"),
    ]
    others = [person(f"O{at}", names="Мадина", born="2012-01-01") for at in range(3)]
    expected = [holding([one, *others]).search(versions[0])[0].levels for one in versions]
    index = holding([versions[0], *others])

    def change(first):
        for turn in range(10):
            index.update(versions[(first + turn) % 2])

    seen = while_writing(
        [lambda: change(0), lambda: change(1)],
        lambda: [hit.levels for hit in index.search(versions[0], top=50) if hit.id == "X"],
    )

    assert expected[0] != expected[1]
    assert {levels for answer in seen for levels in answer} <= set(expected)
    assert {len(answer) for answer in seen} == {1}


def test_who_was_inserted_is_seen_by_the_next_search_of_anybody(person):
    index = holding([person("N0", names="Мадина", born="2013-01-01")])
    acknowledged = [person("N0", names="Мадина", born="2013-01-01")]

    def insert(first):
        for day in range(first, 15, 2):
            came = person(f"N{day}", names="Мадина", born=f"2013-02-{day:02}")
            index.insert(came)
            acknowledged.append(came)

    def ask():
        last = acknowledged[-1]
        return last.id in {hit.id for hit in index.search(last, top=50)}

    assert set(while_writing([lambda: insert(1), lambda: insert(2)], ask)) == {True}
    assert len(index) == len(acknowledged) == 15


def test_what_a_search_said_adds_up_after_others_came(person, sought, found):
    index = holding(sought)
    (hit, *_) = index.search(found[0])
    index.load([person(f"N{at}", names="Мадина") for at in range(30)])

    told = index.explain(found[0], sought[0], hit)

    assert told.prior + sum(reason.bits for reason in told.reasons) == pytest.approx(hit.weight)
    assert told.probability == pytest.approx(hit.probability)


def test_places_by_distance_and_region_weigh_in_the_index_as_in_linking(person):
    sought = [
        person("S1", names="Руслан", places=("Шали", "Дербент")),
        person("S2", names="Руслан", places="Дагестан"),
        person("S3", names="Руслан", places="Чечня"),
        *(person(f"C{at}", names="Умар", places="Мосул") for at in range(200)),
    ]
    index = holding(sought)
    asked = [
        person("F1", names="رسلان", places="Урус-Мартан"),
        person("F2", names="رسلان", places="ديربنت"),
        person("F3", names="رسلان", places="Chechnya"),
    ]

    for one in asked:
        linked = as_linked(one, sought)
        hits = {hit.id: hit for hit in index.search(one, top=3)}
        assert {"S1", "S2", "S3"} == hits.keys()
        assert all(hit.levels == linked[hit.id].levels for hit in hits.values())
        assert all(hit.weight == pytest.approx(linked[hit.id].weight) for hit in hits.values())
    told = {hit.levels[PLACE] for one in asked for hit in index.search(one, top=3)}
    assert {"near_by", "within"} <= told


def test_progress_is_told_while_loading(sought, monkeypatch):
    monkeypatch.setattr(live, "EVERY", 1)
    told = []
    LiveIndex().load(sought, progress=lambda *step: told.append(step))

    assert ("records", 3, 3) in told
    assert told[-1][0] == "names"
    assert told[-1][1] == told[-1][2]


def test_empty_places_are_filled_when_there_are_many(sought, found, monkeypatch):
    monkeypatch.setattr("kinmatch.index.held.FEW", 1)
    index = holding(sought)
    before = as_told(index.search(found[0]))

    for _ in range(4):
        index.delete("S1")
        index.insert(sought[0])
        index.settle()

    assert len(index.census.held.ids) <= 5
    assert as_told(index.search(found[0])) == before


def test_search_keeps_to_the_most_it_was_asked_for(sought, found):
    assert len(holding(sought).search(found[0], top=1)) == 1


def test_places_a_letter_apart_and_names_exchanged_weigh_as_in_linking(person):
    many = [person(f"N{at}", names="Тимур Тестов", places="Мосул") for at in range(300)]
    sought = [
        person("S1", given="Ruslan", family="Aslanov", places="Ordzhgrad"),
        person(
            "S2",
            given="Zaurbek",
            family="Ruslanbek",
            places="Ordshgrad",
            siblings=("Timur", "Anna"),
        ),
        *many,
    ]
    asked = [
        person("F1", given="Ruslan", family="Aslanov", places="Ordshgrad"),
        person("F2", given="Ruslanbek", family="Zaurbek", siblings=("Тимур", "Анна", "Anna")),
    ]
    index = holding(sought)
    levels = set()

    for one in asked:
        linked = as_linked(one, sought)
        for hit in index.search(one, top=50):
            assert (hit.levels, hit.weight) == (
                linked[hit.id].levels,
                pytest.approx(linked[hit.id].weight),
            )
            levels.update(hit.levels)

    assert levels >= {"near_small", "crossed", "all"}


def test_a_name_asked_about_before_meets_those_who_came_since(person):
    index = holding([person("S1", names="Тимур Тестов")])
    asked = person("F1", names="رسلان")
    assert index.search(asked) == []

    for number in range(3):
        index.insert(person(f"S{number + 2}", names=("Руслан", "Ruslan", "Rouslan")[number]))
        hits = index.search(asked)
        anew = holding(
            [
                person("S1", names="Тимур Тестов"),
                *(
                    person(f"S{one + 2}", names=("Руслан", "Ruslan", "Rouslan")[one])
                    for one in range(number + 1)
                ),
            ]
        )
        assert as_told(hits) == as_told(anew.search(asked))


def test_a_group_of_many_is_counted_once_and_in_time_that_grows_with_it(person):
    def camp(size):
        return [person(f"S{at}", names="Тимур", father="Дауд", group="camp") for at in range(size)]

    index = LiveIndex()
    looked_through = []
    counted = index.census.held.numbers_at

    def numbers_at(place):
        looked_through.append(place)
        return counted(place)

    index.census.held.numbers_at = numbers_at
    index.load(camp(300))

    assert len(looked_through) <= 4 * 300
    assert index.census.counts["given"].persons == 300 + 1


def test_who_left_their_group_or_went_with_it_is_no_group_any_more(person):
    index = holding([person(f"S{at}", names="Тимур", group=f"G{at}") for at in range(4)])

    index.delete("S0")
    index.update(person("S1", names="Тимур", group="G2"))
    index.insert(person("S0", names="Тимур", group="G0"))
    index.delete("S3")

    assert index.census.held.companies == 2


def test_nobody_asked_about_finds_nobody(sought):
    assert holding(sought).search_family([]) == {}


def test_a_record_that_cannot_be_read_replaces_nobody(person):
    index = LiveIndex()
    index.insert(person("A", names="Руслан Тестов"))

    with pytest.raises(TypeError):
        index.update(person("A", names=(None,)))

    assert [hit.id for hit in index.search(person("Q", names="Руслан Тестов"))] == ["A"]
