"""The table of forms that sound alike."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch.names import neighbours
from kinmatch.names.neighbours import closeness

KEYS = ["руслан", "رسلان", "ruslan", "rslan", "rustam", "karim", "كريم", "#طوراني", "torani"]
LISTS = st.lists(
    st.one_of(
        st.text(alphabet="abdkmlrsty", min_size=1, max_size=6),
        st.text(alphabet="абдкмлрсты", min_size=1, max_size=6),
        st.text(alphabet="ابدكملرستي", min_size=1, max_size=6),
        st.sampled_from(["магомед", "мухаммад", "محمد", "muhammad", "حسن", "хусейн"]),
    ),
    max_size=10,
)


def test_neighbours_finds_spellings_of_one_name_in_every_script():
    table = neighbours(KEYS, near=0.6)

    assert {key: sorted(near) for key, near in table.items()} == {
        "руслан": ["rslan", "ruslan", "руслан", "رسلان"],
        "رسلان": ["rslan", "ruslan", "руслан", "رسلان"],
        "ruslan": ["rslan", "ruslan", "руслан", "رسلان"],
        "rslan": ["rslan", "ruslan", "руслан", "رسلان"],
        "rustam": ["rustam"],
        "karim": ["karim", "كريم"],
        "كريم": ["karim", "كريم"],
        "#طوراني": ["#طوراني", "torani"],
        "torani": ["#طوراني", "torani"],
    }


@pytest.mark.parametrize("other", ["мухаммад", "محمد", "muhammad", "magomed", "мухаммед"])
def test_known_spellings_of_a_name_are_close_in_any_script(other):
    close = closeness("магомед", other)

    assert 0.9 < close < 1.0


@pytest.mark.parametrize("other", ["محمدوف", "mukhammadov", "مجمدوف"])
def test_family_names_are_close_when_their_forefather_is_one(other):
    close = closeness("магомедов", other)

    assert 0.55 < close < 1.0


@pytest.mark.parametrize(("short", "full"), [("bob", "robert"), ("боб", "robert")])
def test_short_name_is_less_close_than_another_spelling(short, full):
    close = closeness(short, full)

    assert close == 0.8


@pytest.mark.parametrize(
    ("one", "other"), [("حسن", "حسين"), ("хасан", "حسين"), ("магомед", "magomedov")]
)
def test_names_known_to_be_two_stay_apart_however_alike_they_sound(one, other):
    close = closeness(one, other)

    assert close < 0.8


@pytest.mark.parametrize(("one", "other"), [("торан", "toran"), ("توران", "torán")])
def test_only_the_same_form_is_as_close_as_can_be(one, other):
    assert closeness(one, one) == 1.0
    assert closeness(one, other) < 1.0


@settings(max_examples=50, deadline=None)
@given(LISTS)
def test_neighbours_is_symmetric_and_agrees_with_closeness(keys):
    table = neighbours(keys, near=0.6)

    assert set(table) == set(keys)
    for one, others in table.items():
        assert others[one] == 1.0
        for other, close in others.items():
            assert table[other][one] == close >= 0.6
            assert close == closeness(one, other)


@settings(max_examples=50, deadline=None)
@given(LISTS, LISTS)
def test_neighbours_of_new_keys_completes_the_table_of_the_old(old, new):
    table = neighbours(old, near=0.6)

    for key, others in neighbours(old, near=0.6, of=new).items():
        table[key] = {**table.get(key, {}), **others}

    assert table == neighbours([*old, *new], near=0.6)


def test_neighbours_tells_how_many_keys_are_done():
    steps = []

    neighbours(KEYS, near=0.8, progress=steps.append)

    assert sum(steps) == len(KEYS)
