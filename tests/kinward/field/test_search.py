"""The search before a child is registered, on a telephone: whom it finds, and what it says."""

from __future__ import annotations

from scripts import run_script

from kinmatch.names import search
from kinmatch.synth import synth

PACK = 40
AMONG = 5
ENOUGH_TYPED = 200
# Of clerks' spellings across scripts, seen: 80 of 100 first, 92 among five. The library, which has
# the whole sound model, has 88 and 96.
FEWER_FIRST, FEWER_AMONG_FIVE = 0.12, 0.08
RECORDS = """(found, packs) => packs.map(({ pack, typed }) =>
  typed.map((name) => found.search(pack, name).map((each) => each.child.record)))"""
HOW = """(found, pairs) => pairs.map(([name, typed]) =>
  found.search({ children: [{ record: "1", name }] }, typed)
    .map((each) => each.matched.map(({ word, typed, how, whose }) => [typed, word, how, whose])))"""
WHOLE = "(found, given) => given.map(([pack, typed]) => found.search(pack, typed))"


def how(tmp_path, name, typed):
    """What is said of one child's name and what was typed; None where it is not found."""
    found = run_script(tmp_path, "field/search.js", HOW, [[name, typed]])[0]
    return found[0] if found else None


def test_search_says_which_names_match_and_how(tmp_path):
    pairs = {
        ("Ruslan Toranov", "ruslan"): ["ruslan", "Ruslan", "same", "child"],
        ("محمد طوران", "Магомед"): ["Магомед", "محمد", "spelling", "child"],
        ("Toranova Aminat", "Торанов"): ["Торанов", "Toranova", "sound", "child"],
        ("Магомедова Амина", "Магомедов"): ["Магомедов", "Магомедова", "family", "child"],
        ("Торан Ахмед Русланович", "Руслан"): ["Руслан", "Русланович", "father", "child"],
        ("Александр Торан", "Саша"): ["Саша", "Александр", "short", "child"],
        ("Зелимхан Торан", "Зел"): ["Зел", "Зелимхан", "beginning", "child"],
        ("عبد الرحمن", "Абдурахман"): ["Абдурахман", "عبد الرحمن", "spelling", "child"],
    }

    found = run_script(tmp_path, "field/search.js", HOW, [list(pair) for pair in pairs])

    assert [each[0][0] for each in found] == list(pairs.values())


def test_search_finds_nobody_by_a_name_like_none(tmp_path):
    assert how(tmp_path, "Ruslan Toranov", "Fatima") is None


def test_search_finds_nobody_where_nothing_was_typed(tmp_path):
    assert how(tmp_path, "Ruslan Toranov", " - ") is None


def test_search_does_not_find_by_a_title_alone(tmp_path):
    assert how(tmp_path, "Abu Toran", "Abu Zelimkhan") is None


def test_search_without_a_pack_finds_nobody(tmp_path):
    found = run_script(tmp_path, "field/search.js", WHOLE, [[None, "Ruslan"], [{}, "Ruslan"]])

    assert found == [[], []]


def test_search_looks_at_a_fathers_name_only_where_the_pack_tells_it(tmp_path):
    told = {"children": [{"record": "1", "name": "Amina", "father": "Зелимхан"}]}
    untold = {"children": [{"record": "1", "name": "Amina"}]}

    given = [[told, "Zelimkhan"], [untold, "Zelimkhan"]]
    found = run_script(tmp_path, "field/search.js", WHOLE, given)

    assert [match["whose"] for match in found[0][0]["matched"]] == ["father"]
    assert found[1] == []


def packs_of(told):
    """Made-up packs of forty children, and what a relative's side calls some of them."""
    sought = {row.id: row for row in told.sought}
    said = {
        pair.found_id: sought[pair.sought_id].name[0]
        for pair in told.truth
        if sought[pair.sought_id].name
    }
    rows = [row for row in told.found if row.name and len(row.name[0].split()) > 1]
    for at in range(0, len(rows) - PACK, PACK):
        some = rows[at : at + PACK]
        known = [row for row in some if row.id in said]
        yield {
            "pack": {"children": [{"record": row.id, "name": row.name[0]} for row in some]},
            "typed": [said[row.id] for row in known],
            "true": [row.id for row in known],
        }


def share_found(packs, ranked):
    """The share of names whose child is the first, and among the first five."""
    places = [
        found.index(true) if true in found else PACK
        for pack, answers in zip(packs, ranked, strict=True)
        for true, found in zip(pack["true"], answers, strict=True)
    ]
    first = sum(place == 0 for place in places)
    return first / len(places), sum(place < AMONG for place in places) / len(places)


def test_search_in_a_pack_finds_nearly_as_many_as_the_library(tmp_path):
    packs = list(packs_of(synth(450, seed=5)))

    ranked = run_script(tmp_path, "field/search.js", RECORDS, packs)

    first, among_five = share_found(packs, ranked)
    by_library = [
        [
            [pack["pack"]["children"][hit.index]["record"] for hit in hits]
            for hits in search([c["name"] for c in pack["pack"]["children"]], pack["typed"], top=10)
        ]
        for pack in packs
    ]
    first_of_library, among_five_of_library = share_found(packs, by_library)
    assert sum(len(pack["typed"]) for pack in packs) > ENOUGH_TYPED
    assert first_of_library - first < FEWER_FIRST
    assert among_five_of_library - among_five < FEWER_AMONG_FIVE
