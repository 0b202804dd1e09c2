"""Ask the API whatever its document allows, and whatever it does not.

Runs inside Django, with a client that is signed in. Half of the requests name records that exist,
so that they come past the door.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch
from urllib.parse import quote

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.core import NotSet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.test import Client
    from schemathesis import APIOperation, Case

HEADER = "If-Match"
PROBLEM = "application/problem+json"
REFUSED = 400  # from here on an answer is a refusal
BROKEN = 500


@dataclass(slots=True)
class Asked:
    """What became of the requests: how many of each status, and what must not be."""

    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)  # answered as a fault of the server's
    undocumented: set[str] = field(default_factory=set)  # statuses the document does not name
    untold: set[str] = field(default_factory=set)  # refusals that are no problem document

    @property
    def inputs(self) -> int:
        """How many requests were sent."""
        return sum(self.statuses.values())


def run(
    inputs: int, *, client: Client, known: Mapping[str, Sequence[str]], chance: int = 1
) -> Asked:
    """Send about so many requests over all operations, half of them against the document.

    Args:
        inputs: how many.
        client: signed in; it must not raise what the server does.
        known: ids that exist, by the name of the parameter that holds them; of If-Match, versions.
        chance: where chance starts.
    """
    from kinward.api import document

    described = json.loads(document())
    loaded = schemathesis.openapi.from_dict(described)
    operations = [result.ok() for result in loaded.get_all_operations()]
    asked = Asked()
    each = -(-inputs // (2 * len(operations)))
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            ask(operation, mode, each, asked, client=client, known=known, chance=chance)
    return asked


ROLES: Final = ("tracing_officer", "registrar", "enquiry_worker", "auditor")


def run_as_roles(inputs: int, *, seed: int = 1) -> Asked:
    """Send so many as several roles, to an installation with something in it."""
    asked, short = Asked(), True
    while short:
        for number, role in enumerate(ROLES):
            one = run_as(role, -(-inputs // len(ROLES)), seed=seed * 100 + number + asked.inputs)
            asked.statuses += one.statuses
            asked.broken += one.broken
            asked.undocumented |= one.undocumented
            asked.untold |= one.untold
        short = asked.inputs < inputs
    return asked


def run_faulty(inputs: int, *, seed: int = 1) -> Asked:
    """Send so many to an API with a fault planted: the control, of which some must break."""
    with patch("kinward.tracing.queries.too_weak", side_effect=ValueError):
        return run_as(ROLES[0], inputs, seed=seed)


def run_as(role: str, inputs: int, *, seed: int) -> Asked:
    """Send so many as one role; leaves nothing behind."""
    from django.db import transaction

    from kinward.access.models import Role
    from reliability import made
    from reliability.inside import signed_in

    with transaction.atomic():
        candidate = made.candidate()
        known = {"child_id": [str(candidate.child_id)], "candidate_id": [str(candidate.pk)]}
        client = signed_in(made.account(role=Role(role)))
        asked = run(inputs, client=client, known=known, chance=seed)
        transaction.set_rollback(True)
    return asked


def ask(  # noqa: PLR0913 (what a round of requests needs)
    operation: APIOperation,
    mode: GenerationMode,
    inputs: int,
    asked: Asked,
    *,
    client: Client,
    known: Mapping[str, Sequence[str]],
    chance: int,
) -> None:
    """Send so many requests for one operation."""
    documented = {str(status) for status in operation.definition.raw["responses"]}

    @seed(chance)
    @settings(
        max_examples=inputs,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Case) -> None:
        answer = send(
            client, case, aimed(case, known, asked.inputs), seen(case, known, asked.inputs)
        )
        status = answer.status_code
        asked.statuses[status] += 1
        where = f"{case.method} {case.path}"
        if status >= BROKEN:
            asked.broken.append(f"{where} {case.formatted_path}")
        elif str(status) not in documented:
            asked.undocumented.add(f"{where} {status}")
        if status >= REFUSED and answer.headers.get("Content-Type") != PROBLEM:
            asked.untold.add(f"{where} {status}")

    one()


def aimed(case: Case, known: Mapping[str, Sequence[str]], number: int) -> str:
    """Return the path, every second time with ids that exist."""
    path = case.formatted_path
    if number % 2:
        return path
    for name, ids in known.items():
        if f"{{{name}}}" in case.path and ids:
            path = case.path.replace(f"{{{name}}}", quote(ids[number // 2 % len(ids)]))
    return path


def seen(case: Case, known: Mapping[str, Sequence[str]], number: int) -> dict[str, str]:
    """Return which version the request says it saw, every fourth time one that stands."""
    standing = known.get(HEADER, ())
    made = case.headers.get(HEADER) if case.headers else None
    value = standing[number // 4 % len(standing)] if standing and number % 4 == 0 else made
    return {HEADER: str(value)} if value is not None else {}


def send(client: Client, case: Case, path: str, headers: Mapping[str, str]) -> Any:
    """Send a request; return the answer."""
    body = b"" if isinstance(case.body, NotSet) else case.body
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    query = {name: as_text(value) for name, value in (case.query or {}).items()}
    return client.generic(
        case.method,
        path,
        content,
        content_type=case.media_type or "application/json",
        query_params=query,
        headers=dict(headers),
    )


def as_text(value: object) -> str:
    """Return a value as it stands in an address."""
    return value if isinstance(value, str) else json.dumps(value)
