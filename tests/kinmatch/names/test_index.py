"""Names to search."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch.names import Index, search
from kinmatch.names.arrays import MOST_PARTS
from kinmatch.names.index import FORWARD_FROM

NAMES = ["حمزة توران", "رسلان بن أحمد", "Rima Bitar", "Руслан Каримов", "رسلان أحمد تورانوف", ""]
GIVEN = ["Rima", "Руслан", "حمزة", "Karim", "Salim", "Амина", "خديجة"]
FAMILY = ["Toran", "Торанов", "البيطار", "Bitar", "Каримова", "توران"]
WRITTEN = st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(FAMILY))


def test_search_puts_the_same_person_first():
    (hits,) = search(NAMES, ["Торанов Руслан Ахмедович"], top=2)

    assert [hit.index for hit in hits] == [4, 1]
    assert hits[0].name == "رسلان أحمد تورانوف"
    assert hits[0].score > hits[1].score


def test_search_gives_at_most_top_names():
    (hits,) = search(NAMES, ["Ruslan"], top=1)

    assert len(hits) == 1


@pytest.mark.parametrize("top", [0, -1])
def test_search_for_less_than_one_name_is_refused(top):
    with pytest.raises(ValueError, match=f"top is {top}; at least 1 is needed"):
        Index(["Rima Toran"]).search("Rima", top=top)


def test_search_finds_every_spelling_of_a_known_name():
    index = Index(["Хадижат Торанова", "Рима Торанова", "Мехмет Торанов"])

    assert index.search("خديجة", top=1)[0].index == 0
    assert index.search("محمد تورانوف", top=1)[0].index == 2


def test_search_keeps_the_order_of_the_list_among_equals():
    (hits,) = search(["Rima Toran", "Rima Toran"], ["Rima Toran"], top=2)

    assert [hit.index for hit in hits] == [0, 1]


@pytest.mark.parametrize("query", ["王", "", "7", "Zzzzzzyx"])
def test_search_finds_nothing_where_nothing_sounds_alike(query):
    (hits,) = search(["حمزة توران"], [query], top=3)

    assert hits == []


def test_empty_index_finds_nothing():
    assert Index().search("Rima Toran", top=3) == []


def test_search_is_the_same_every_time():
    queries = ["Ruslan Toranov", "Римма Битар", "حمزة"]

    first, second = (list(search(NAMES, queries, top=5)) for _ in range(2))

    assert first == second


def test_search_prefers_to_agree_on_a_rare_word():
    names = ["Karim Bitar", *["Rima Karim"] * 30, "Rima Toran"]

    (hits,) = search(names, ["Rima Toran"], top=1)

    assert hits[0].index == len(names) - 1


@settings(max_examples=25, deadline=None)
@given(st.lists(WRITTEN, min_size=1, max_size=12), WRITTEN)
def test_quick_search_finds_what_comparing_all_finds(names, query):
    index = Index(names)
    # No word of a name that gains less than this need say enough to bring it forward.
    least = MOST_PARTS * FORWARD_FROM

    quick = [hit for hit in index.search(query, top=3) if hit.score > least]

    assert quick == [hit for hit in index.search(query, top=3, exact=True) if hit.score > least]


@settings(max_examples=25, deadline=None)
@given(st.lists(WRITTEN, max_size=8), st.lists(WRITTEN, min_size=1, max_size=8), WRITTEN)
def test_names_added_later_are_found_as_if_they_had_been_there(first, more, query):
    grown = Index(first)
    places = [grown.add(name) for name in more]

    whole = Index([*first, *more])
    assert places == list(range(len(first), len(whole)))
    assert [(hit.index, round(hit.score, 6)) for hit in grown.search(query, top=5)] == [
        (hit.index, round(hit.score, 6)) for hit in whole.search(query, top=5)
    ]


def test_name_taken_out_is_found_no_more():
    index = Index(NAMES)

    index.remove(4)

    assert [hit.index for hit in index.search("Торанов Руслан Ахмедович", top=1)] == [1]
    assert len(index) == len(NAMES)


@pytest.mark.parametrize("place", [-1, len(NAMES)])
def test_only_names_that_are_there_can_be_taken_out(place):
    index = Index(NAMES)

    with pytest.raises(IndexError):
        index.remove(place)


def test_index_finds_two_words_that_meet_one():
    names = ["Rima Mactoran", "Mac Toran Karim", "Mac Toran Rima"]

    (hits,) = search(names, ["Rima Mactoran"], top=2)

    assert [hit.index for hit in hits] == [0, 2]


def test_building_tells_how_many_names_are_read():
    steps = []

    Index(NAMES * 300, progress=steps.append)

    assert sum(steps) == len(NAMES) * 300
    assert len(steps) == 2


def test_words_asked_for_are_forgotten_in_time(monkeypatch):
    monkeypatch.setattr("kinmatch.names.index.REMEMBERED", 1)
    index = Index(NAMES)

    first = [index.search(query, top=2) for query in ("Ruslan", "Rima", "Ruslan")]

    assert first[0] == first[2]
    assert len(index.asked) <= 2
