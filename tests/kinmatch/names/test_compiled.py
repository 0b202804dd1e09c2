"""The compiled loops give what the same functions give as plain Python."""

import pytest
from compiled import uncompile
from numba.core.dispatcher import Dispatcher

from kinmatch.names import (
    Index,
    alignment,
    columns,
    compare,
    index,
    matching,
    postings,
    vocabulary,
)
from kinmatch.names.sounds import heard, kernel, units

MODULES = (alignment, columns, index, matching, postings, vocabulary, heard, kernel, units)
NAMES = [
    "Rima Toran",
    "Руслан Торанов",
    "حمزة بن أحمد توران",
    "R. Mac Toran Bitar",
    "أبو عمر الشيشاني",
    "Karim",
    "",
]
PAIRS = [
    ("Торанов Руслан Ахмедович", "رسلان بن أحمد تورانوف"),
    ("Торанов Руслан", "رسلان الشيشاني"),
    ("R. Toran", "Rima Toran"),
    ("MacToran Rima", "Mac Toran Rima Karim"),
    ("Mac Toran Rima", "Rima Mactoran"),
    ("Abu Umar Toran", "أبو عمر"),
    ("رسلان توران", "Ruslan Toran Bitar"),
    ("Rima Toran", "Karim Bitar Salim"),
    ("Rჯma", "Рима"),
]


@pytest.fixture
def uncompiled(monkeypatch):
    """Put the plain function in the place of every compiled one."""

    def put():
        uncompile(monkeypatch, MODULES)
        forget()

    yield put
    forget()


def forget():
    for function in (units.sound_bits, units.itself):
        function.cache_clear()


def answers():
    made = Index(NAMES)
    made.add("Рима Торан")
    made.add("Rjma Torran")
    return [
        [(hit.index, round(hit.score, 6)) for hit in made.search(query, top=4, exact=exact)]
        for query in ("Ruslan Toranov", "Рима Мактораn", "حمزة أحمد", "K. Bitar")
        for exact in (False, True)
    ]


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_comparison_is_the_same_uncompiled(uncompiled, left, right):
    compiled = compare(left, right)

    uncompiled()

    plain = compare(left, right)
    assert plain.bits == pytest.approx(compiled.bits)
    assert [pair.words for pair in plain.pairs] == [pair.words for pair in compiled.pairs]


def test_search_is_the_same_uncompiled(uncompiled, monkeypatch):
    monkeypatch.setattr(vocabulary, "WHOLE", 0)
    monkeypatch.setattr(index, "COMPARED", 4)
    compiled = answers()

    uncompiled()

    assert answers() == compiled
    assert any(compiled)


def test_loops_were_compiled_at_all():
    assert isinstance(kernel.bits_to_many, Dispatcher)
    assert isinstance(matching.compare_arrays, Dispatcher)
