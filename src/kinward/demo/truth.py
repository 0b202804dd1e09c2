"""The truth of the demo: a file beside the database, never in it."""

from __future__ import annotations

import csv
import json
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kinward.demo.requests import Asked
    from kinward.people.models import Person
    from kinward.tracing.models import Request

FILE = "demo-truth.csv"
Key = tuple[int, int]  # the number of a family, and of a child in it


@dataclass(frozen=True, slots=True)
class Tie:
    """A child and a request that truly seeks it, by reference; none if its family never asked."""

    child: str
    request: str = ""
    sought: str = ""
    consent: str = "given"  # "refused" or "withdrawn": the child may not be looked for


def truth_file() -> Path:
    """Return where the truth stands."""
    return Path(settings.DATA) / FILE


def write_truth(ties: Iterable[Tie]) -> Path:
    """Write the truth and return its path."""
    path = truth_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Tie))
        writer.writerows(astuple(tie) for tie in ties)
    return path


def read_truth() -> list[Tie]:
    """Read the truth; empty if the file is gone."""
    path = truth_file()
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [Tie(**row) for row in csv.DictReader(file)]


def ties(
    found: dict[Key, Person], requests: list[tuple[Asked, Request]], consents: Mapping[Key, str]
) -> list[Tie]:
    """Return the truth: each child with every request that truly seeks it, or with none."""
    sought: dict[Key, list[tuple[str, str]]] = {}
    for asked, request in requests:
        if found.keys() & set(asked.keys):
            for key, person in who_is_who(asked, request):
                sought.setdefault(key, []).append((request.reference, person.reference))
    return [
        Tie(child.reference, *pair, consent=consents[key])
        for key, child in found.items()
        for pair in sought.get(key, [("", "")])
    ]


def who_is_who(asked: Asked, request: Request) -> list[tuple[Key, Person]]:
    """Return each key of a request with the person stored for it, told by what was stated.

    Rows written within one millisecond come back in any order, so the order tells nothing.
    """
    stored = {}
    for one in request.sought.select_related("person").prefetch_related("person__assertions"):
        values = ((said.property, dict(said.value)) for said in one.person.assertions.all())
        stored[fingerprint(values)] = one.person
    return [
        (key, stored[fingerprint((said.property, said.value) for said in statements)])
        for key, (_relation, statements) in zip(asked.keys, asked.sought, strict=True)
    ]


def fingerprint(values: Iterable[tuple[str, Mapping[str, Any]]]) -> frozenset[str]:
    """Return what is stated about a person in a form that does not hang on order."""
    return frozenset(
        f"{kind} {json.dumps(value, sort_keys=True, ensure_ascii=False)}" for kind, value in values
    )
