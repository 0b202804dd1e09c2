"""Places people know by several names: which name is which place, where it lies, what is near.

A place has a key, its folded English name. Names of one place in other languages, and those it had
before, lead to that key; a name nobody listed is a key of its own, with nothing around it. What is
known stands in `data/gazetteer.tsv`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

NEAR = 30.0  # kilometres; a day on foot, and what people of a town call near
EARTH = 6371.0  # kilometres, its mean radius
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All places, by key and by position."""

    names: dict[str, str]  # a folded name -> the key of the place
    within: dict[str, str]  # the key of a place -> the region it lies in
    keys: tuple[str, ...]  # of the places whose position is known
    at: npt.NDArray[np.float64]  # latitude and longitude in radians, shape (places, 2)

    @classmethod
    def of(cls, text: str) -> Gazetteer:
        """Read the lines of the file."""
        names: dict[str, str] = {}
        within: dict[str, str] = {}
        keys, at = [], []
        for line in text.splitlines():
            if line.startswith("#"):
                continue
            key, region, latitude, longitude, others = line.split("\t")
            names |= dict.fromkeys((key, *others.split()), key)
            if region:
                within[key] = region
            if latitude:
                keys.append(key)
                at.append((float(latitude), float(longitude)))
        return cls(names, within, tuple(keys), np.radians(at))


def known_as(name: str) -> str:
    """Return the key of the place a folded name stands for; the name itself where none is known."""
    return _gazetteer().names.get(name, name)


@cache
def above(key: str) -> frozenset[str]:
    """Return the regions a place lies in, the innermost and those around it; no country."""
    region = _gazetteer().within.get(key)
    return above(region) | {region} if region else NONE


def below(key: str) -> frozenset[str]:
    """Return the places that lie in a region, however deep."""
    return _below().get(key, NONE)


@cache
def around(key: str) -> frozenset[str]:
    """Return the other places within `NEAR` of one, as the crow flies (haversine formula)."""
    gazetteer = _gazetteer()
    if key not in _numbers():
        return NONE
    own = _numbers()[key]
    here, there = gazetteer.at[own], gazetteer.at
    half = np.sin((there - here) / 2) ** 2
    chord = half[:, 0] + np.cos(here[0]) * np.cos(there[:, 0]) * half[:, 1]
    near = np.flatnonzero(2 * EARTH * np.arcsin(np.sqrt(chord)) <= NEAR)
    return frozenset(gazetteer.keys[other] for other in near.tolist() if other != own)


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.of(files("kinmatch.data").joinpath("gazetteer.tsv").read_text("utf-8"))


@cache
def _numbers() -> dict[str, int]:
    return {key: number for number, key in enumerate(_gazetteer().keys)}


@cache
def _below() -> dict[str, frozenset[str]]:
    inside: dict[str, set[str]] = {}
    for key in _gazetteer().within:
        for region in above(key):
            inside.setdefault(region, set()).add(key)
    return {region: frozenset(keys) for region, keys in inside.items()}
