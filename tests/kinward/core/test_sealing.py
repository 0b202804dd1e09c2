from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.core.keystore import store
from kinward.core.sealing import Forged, KeyDestroyed, KeyMissing, seal, unseal

AT = datetime(2019, 1, 2, tzinfo=UTC)
CHILD, SOUGHT = UUID(int=1), UUID(int=2)
PLACE = {"subject": CHILD, "compartment": "identity", "bound_to": "people_assertion|value|7"}
OF_BOTH = PLACE | {"other": SOUGHT}


@given(st.binary())
def test_sealed_reads_as_it_was(plain):
    for place in (PLACE, OF_BOTH):
        sealed = seal(plain, **place)

        assert unseal(sealed, **place) == plain
        assert len(sealed) == len(plain) + 29
        assert sealed[0] == 1


def test_sealing_twice_never_looks_the_same():
    assert seal(b"Ruslan", **PLACE) != seal(b"Ruslan", **PLACE)


@given(st.integers(min_value=0), st.integers(0, 7))
def test_flipped_bit_is_refused(position, bit):
    sealed = bytearray(seal("رسلان".encode(), **PLACE))
    sealed[position % len(sealed)] ^= 1 << bit

    with pytest.raises(Forged):
        unseal(bytes(sealed), **PLACE)


@given(st.integers(0, 33))
def test_sealed_cut_short_is_refused(length):
    sealed = seal(b"Ruslan", **PLACE)[:length]

    with pytest.raises(Forged):
        unseal(sealed, **PLACE)


@pytest.mark.parametrize("sealed_for", [PLACE, OF_BOTH], ids=["one", "two"])
@pytest.mark.parametrize(
    "moved",
    [
        {"bound_to": "people_assertion|value|8"},
        {"bound_to": "people_assertion|source|7"},
        {"compartment": "family"},
        {"subject": UUID(int=3)},
        {"other": UUID(int=3)},
    ],
    ids=["row", "column", "compartment", "person", "other person"],
)
def test_sealed_moved_elsewhere_is_refused(sealed_for, moved):
    sealed = seal(b"Ruslan", **sealed_for)
    seal(b"so that every key is there", **(OF_BOTH | moved))
    seal(b"so that every key is there", **(PLACE | moved))

    with pytest.raises(Forged):
        unseal(sealed, **(sealed_for | moved))


def test_destroying_a_key_makes_all_it_sealed_unreadable():
    subject = uuid4()
    place = PLACE | {"subject": subject}
    sealed = seal(b"Ruslan", **place)

    store().destroy([subject], at=AT)

    with pytest.raises(KeyDestroyed):
        unseal(sealed, **place)
    with pytest.raises(KeyDestroyed):
        seal(b"again", **place)


@pytest.mark.parametrize("destroyed", ["subject", "other"])
def test_destroying_either_key_makes_what_both_sealed_unreadable(destroyed):
    place = OF_BOTH | {"subject": uuid4(), "other": uuid4()}
    sealed = seal(b"Ruslan is Ruslan", **place)

    store().destroy([place[destroyed]], at=AT)

    with pytest.raises(KeyDestroyed):
        unseal(sealed, **place)


def test_one_key_alone_does_not_open_what_both_sealed():
    sealed = seal(b"Ruslan is Ruslan", **OF_BOTH)
    seal(b"", **(PLACE | {"subject": SOUGHT}))

    for one in (PLACE, PLACE | {"subject": SOUGHT}, PLACE | {"subject": SOUGHT, "other": CHILD}):
        with pytest.raises(Forged):
            unseal(sealed, **one)


def test_sealed_without_its_key_store_says_so():
    with pytest.raises(KeyMissing):
        unseal(seal(b"Ruslan", **PLACE), **(PLACE | {"subject": uuid4()}))
