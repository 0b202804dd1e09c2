"""The coded lists, as they are shipped: vaccines, and what is looked for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kinward.health.rules.entries import Listed
from kinward.health.rules.vaccines import Series, Vaccine

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def read(name: str) -> Mapping[str, Any]:
    """Return one list as it stands in its file."""
    text = files("kinward.health.data").joinpath(f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def vaccines() -> Mapping[str, Vaccine]:
    """Return the vaccines by their code."""
    found = {}
    for each in read("vaccines")["vaccine"]:
        told = {name: value for name, value in each.items() if name not in {"label", "series"}}
        series = tuple(
            Series(from_months=one["from_months"], doses=one["doses"], gaps=tuple(one["gaps"]))
            for one in each["series"]
        )
        found[each["id"]] = Vaccine(series=series, **told)
    return found


def sources() -> list[str]:
    """Return from where the recommendations on vaccination are, each with its date."""
    return list(read("vaccines")["sources"])


@cache
def labels(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the words of a list, "vaccine" or "screening": code to language to words."""
    return {each["id"]: each["label"] for each in read(f"{name}s")[name]}


def label(name: str, code: str, language: str) -> str:
    """Return a code of a list in words; in English where the language is not spoken."""
    words = labels(name).get(code, {})
    return words.get(language.partition("-")[0]) or words.get("en", code)


def listed() -> Listed:
    """Return the codes that there are."""
    return Listed(vaccines=labels("vaccine").keys(), screenings=labels("screening").keys())
