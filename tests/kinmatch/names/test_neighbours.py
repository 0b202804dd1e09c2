"""The table of keys that sound alike."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch.names import neighbours, token_similarity
from kinmatch.names.neighbours import one_left_out

KEYS = ["ruslan", "rslan", "rouslan", "rustam", "karim", "krym", "toran", "altoran", "tim"]
LISTS = st.lists(st.text(alphabet="abdkmlrsty", min_size=1, max_size=6), max_size=12)


def test_neighbours_finds_spellings_of_one_name():
    table = neighbours(KEYS, near=0.8)

    assert {key: sorted(near) for key, near in table.items()} == {
        "ruslan": ["rouslan", "rslan", "ruslan"],
        "rslan": ["rouslan", "rslan", "ruslan"],
        "rouslan": ["rouslan", "rslan", "ruslan"],
        "rustam": ["rustam"],
        "karim": ["karim", "krym"],
        "krym": ["karim", "krym"],
        "toran": ["altoran", "toran"],
        "altoran": ["altoran", "toran"],
        "tim": ["tim"],
    }


@settings(max_examples=50)
@given(LISTS)
def test_neighbours_is_symmetric_and_agrees_with_token_similarity(keys):
    table = neighbours(keys, near=0.8)

    assert set(table) == set(keys)
    for one, others in table.items():
        assert others[one] == 1.0
        for other, alike in others.items():
            assert table[other][one] == alike >= 0.8
            assert alike == token_similarity(one, other) or token_similarity(one, other) == 0.0


@settings(max_examples=50)
@given(LISTS, LISTS)
def test_neighbours_of_new_keys_completes_the_table_of_the_old(old, new):
    table = neighbours(old, near=0.8)

    for key, others in neighbours(old, near=0.8, of=new).items():
        table[key] = {**table.get(key, {}), **others}

    whole = neighbours([*old, *new], near=0.8)
    assert {key: set(near) for key, near in table.items()} == {
        key: set(near) for key, near in whole.items()
    }


def test_neighbours_tells_how_many_keys_are_done():
    steps = []

    neighbours(KEYS, near=0.8, progress=steps.append)

    assert sum(steps) == len(KEYS)


def test_one_left_out_holds_the_skeleton_itself():
    variants = one_left_out("rsl")

    assert variants == {"rsl", "sl", "rl", "rs"}
