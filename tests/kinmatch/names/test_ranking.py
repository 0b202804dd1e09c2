"""Names ranked for a query."""

from kinmatch.names import search
from kinmatch.names.ranking import Index

NAMES = ["حمزة توران", "رسلان بن أحمد", "Rima Bitar", "Руслан Каримов", "رسلان أحمد تورانوف", ""]


def test_search_puts_the_same_person_first():
    (hits,) = search(NAMES, ["Торанов Руслан Ахмедович"], top=2)

    assert [hit.index for hit in hits] == [4, 1]
    assert hits[0].name == "رسلان أحمد تورانوف"
    assert 1.0 >= hits[0].score > hits[1].score


def test_search_gives_at_most_top_names():
    (hits,) = search(NAMES, ["Ruslan"], top=1)

    assert len(hits) == 1


def test_search_keeps_the_order_of_the_list_among_equals():
    (hits,) = search(["Rima Toran", "Rima Toran"], ["Rima Toran"], top=2)

    assert [hit.index for hit in hits] == [0, 1]


def test_search_finds_nothing_for_a_name_without_words():
    (hits,) = search(NAMES, ["王"], top=3)

    assert hits == []


def test_search_is_the_same_every_time():
    queries = ["Ruslan Toranov", "Римма Битар", "حمزة"]

    first, second = (list(search(NAMES, queries, top=5)) for _ in range(2))

    assert first == second


def test_index_weighs_rare_words_more():
    index = Index(["Rima Toran", "Rima Bitar", "Rima Karim"])

    assert index.weigh("toran") > index.weigh("rima")


def test_search_prefers_to_agree_on_a_rare_word():
    names = ["Karim Bitar", *["Rima Karim"] * 30, "Rima Toran"]

    (hits,) = search(names, ["Rima Toran"], top=1)

    assert hits[0].index == len(names) - 1


def test_index_answers_a_query_twice_alike():
    index = Index(NAMES)

    first, second = (index.search("Ruslan Toranov", top=3) for _ in range(2))

    assert first == second
