"""The compiled loops of the index give what the same functions give as plain Python."""

from __future__ import annotations

from dataclasses import replace

import pytest
from compiled import uncompile

from kinmatch.index import LiveIndex, asking, columns, counting, held, nearness, offering, texts
from kinmatch.names import postings

MODULES = (asking, columns, counting, held, nearness, offering, postings, texts)


@pytest.fixture
def uncompiled(monkeypatch):
    """Put the plain function in the place of every compiled one."""

    def put():
        uncompile(monkeypatch, MODULES)

    return put


def told(people, asked):
    """Fill an index, change it, and ask."""
    index = LiveIndex()
    index.load(people[:2])
    for person in people[2:]:
        index.insert(person)
    before = [index.search(one) for one in asked]
    index.delete(people[0].id)
    index.insert(replace(people[0], places=("Test",), mother=("Fatima",)))
    index.settle()
    index.census.tidy()
    return before, [index.search(one) for one in asked], index.search_family(asked)


def test_plain_and_compiled_loops_agree(person, found, sought, uncompiled):
    more = [
        person("S4", names=("Руслан", "Ruslan"), siblings=("Зайнаб", "Zaynab", "Тимур")),
        person("S5", names="Timur Ruslanov", siblings=("Ruslan", "Zainab")),
        person("S6"),
    ]
    asked = [*found, person("F4", names="رسلان", siblings=("زينب", "تيمور"), places="Test")]
    compiled = told([*sought, *more], asked)

    uncompiled()

    assert told([*sought, *more], asked) == compiled
