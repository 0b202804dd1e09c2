from __future__ import annotations

import pytest

from kinmatch.engines import prepare
from kinmatch.engines.reference import scored
from kinmatch.explain import explain
from kinmatch.model import weight_of


@pytest.fixture
def explained():
    """Explain every pair of one found child, pair by pair, the strongest first."""

    def made(population, found=0):
        prior = weight_of(population.model.prior(len(population.sought)))
        every = [
            explain(population, scored(population, found, place), prior=prior)
            for place in range(len(population.sought))
        ]
        return sorted(every, key=lambda one: -one.weight)

    return made


@pytest.fixture
def two_fathers(person):
    """A child whose father nobody asked for; two namesakes are sought, of different fathers."""
    child = person("F1", names="Руслан", sex="male", born="2011", mother="Хадижат")
    sought = [
        person("S1", names="Руслан", sex="male", born="2011", mother="Хадижат", father="Тимур"),
        person("S2", names="Руслан", sex="male", born="2012", father="Магомед"),
        person("S3", names="Заира", sex="female", born="2002", father="Умар"),
    ]
    return prepare([child], sought)
