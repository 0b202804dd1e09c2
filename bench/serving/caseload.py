"""Fill an installation with a made-up caseload.

    python -m serving.caseload --children N --accounts N [--compared N] OUT

Runs inside Django, in the installation that the environment names, and writes a JSON file of who
may visit it: usernames, and a few children and requests that each may see.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kinmatch.synth.row import Row
    from kinward.people.rules import ConsentAnswer, Statement

BAGHDAD, DAGESTAN = "IQ-BG", "RU-DA"
SEED = 20_181_230


def asked_for() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Fill an installation with made-up people.")
    parser.add_argument("--children", type=int, default=20_000)
    parser.add_argument("--accounts", type=int, default=50)
    parser.add_argument("--compared", type=int, default=2_000, help="children with candidates")
    parser.add_argument("out", type=Path)
    return parser.parse_args()


def companies(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield rows that stand together: a group, or one alone."""
    for _key, group in groupby(sorted(rows, key=key), key=key):
        yield list(group)


def key(row: Row) -> tuple[str, str]:
    """Return what rows that stand together share."""
    return (row.group, "") if row.group else ("", row.id)


def statements(row: Row) -> list[Statement]:
    """Return what a row says, as statements."""
    from kinward.people.models import SaidBy  # noqa: PLC0415 (models need settings)
    from kinward.people.rules import Statement  # noqa: PLC0415

    values: list[tuple[str, dict[str, Any]]] = [("name", {"text": name}) for name in row.name]
    values += [("sex", {"code": row.sex})] if row.sex else []
    values += [("born", {"edtf": row.born})] if row.born else []
    if row.age and row.age_as_of and not row.born:
        values.append(("born", {"age": int(row.age), "as_of": row.age_as_of}))
    for parent in ("father", "mother"):
        values += [(parent, {"text": name}) for name in getattr(row, parent)]
    values += [("sibling", {"text": name}) for name in row.siblings]
    values += [("last_residence", {"text": place}) for place in row.place[:1]]
    return [Statement(property=kind, value=value, said_by=SaidBy.CHILD) for kind, value in values]


def agrees(giver: str) -> ConsentAnswer:
    """Return the answer of who agrees to be looked for."""
    from kinward.people.consents import Giver, State  # noqa: PLC0415
    from kinward.people.rules import ConsentAnswer  # noqa: PLC0415

    return ConsentAnswer(state=State.GIVEN, giver=Giver(giver), form_version="bench", language="ar")


def opened(accounts: int) -> dict[str, list[str]]:
    """Open accounts; return usernames by role."""
    from django.db import transaction  # noqa: PLC0415 (models need settings)

    from kinward.access.models import Role, User, clock  # noqa: PLC0415
    from kinward.audit.context import acting  # noqa: PLC0415

    wanted = {
        Role.REGISTRAR: (BAGHDAD, accounts // 2),
        Role.ENQUIRY_WORKER: (DAGESTAN, 1),
        Role.TRACING_OFFICER: ("", accounts - accounts // 2),
    }
    names: dict[str, list[str]] = {}
    for role, (region, count) in wanted.items():
        names[role] = [f"{role}-{number}" for number in range(count)]
        for name in names[role]:
            with acting(clock()), transaction.atomic():
                User.objects.create_user(name, role=role, region=region)
    return names


def fill(children: int, compared: int) -> None:
    """Register children, take requests, find candidates among the first `compared` children."""
    from kinmatch.synth import stream  # noqa: PLC0415

    done = 0
    for part in stream(children, SEED):
        if done < children:
            store(part.found, part.sought, compares=done < compared)
            done += len(part.found)
            print(f"\r{done} children", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def store(found: Iterable[Row], sought: Iterable[Row], *, compares: bool) -> None:
    """Store families of both sides; with `compares` also the candidates among them."""
    from django.db import transaction  # noqa: PLC0415 (models need settings)

    from kinward.access.models import Role, User, clock  # noqa: PLC0415
    from kinward.audit.context import acting  # noqa: PLC0415
    from kinward.tracing.models import Relation  # noqa: PLC0415
    from serving.batch import Batch, compare  # noqa: PLC0415

    at = timezone.now()
    registrar = User.objects.get(username=f"{Role.REGISTRAR}-0")
    desk = User.objects.get(username=f"{Role.ENQUIRY_WORKER}-0")
    children, requests = Batch(registrar, at), Batch(desk, at)
    for together in companies(found):
        children.register([statements(row) for row in together], agrees("child"))
    for together in companies(sought):
        requests.take(
            [statements(row) for row in together], Relation.GRANDCHILD, agrees("relative")
        )
    persons = []
    for batch in (children, requests):
        with acting(batch.by), transaction.atomic():
            persons += batch.store()
    if compares:
        with acting(clock()), transaction.atomic():
            compare(persons, at=at)


def main() -> None:
    """Fill the installation and say who may visit."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kinward.settings")
    django.setup()
    arguments = asked_for()
    names = opened(arguments.accounts)
    fill(arguments.children, arguments.compared)
    arguments.out.write_text(json.dumps(names), encoding="utf-8")


if __name__ == "__main__":
    main()
