"""Walk every address as every role, and look for what was planted behind a wall.

Runs inside Django, with clients that are signed in. What is planted is a text for each compartment
that stands nowhere else. Where it may be read it must be found, or the walk is blind.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, URLResolver, get_resolver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.test import Client

    from kinward.access.models import User

ENDS_A_SESSION = ("leave/", "sign-out/")  # asked for last


@dataclass(frozen=True, order=True, slots=True)
class Leak:
    """Where a planted text was read: by whom, at which route, out of which compartment."""

    who: str
    where: str
    compartment: str


@dataclass(slots=True)
class Walked:
    """How many answers were looked at, how many of them were pages, and what was read in them."""

    answers: int = 0
    shown: int = 0  # answers that are no refusal
    broken: set[tuple[str, str]] = field(
        default_factory=set
    )  # who, where: a fault hides what leaks
    read: set[Leak] = field(default_factory=set)

    def behind(self, compartments: Iterable[str]) -> set[Leak]:
        """Return what was read out of some compartments."""
        closed = set(compartments)
        return {leak for leak in self.read if leak.compartment in closed}


def routes(patterns: Sequence[Any] | None = None, prefix: str = "") -> Iterator[str]:
    """Yield every address there is, with its parameters as Django writes them."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)


def addresses(route: str, known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the addresses of a route for every known value of its parameters.

    A parameter of which nothing is known is an error: the walk would leave the route out.
    """
    parts = route.replace(">", "<").split("<")
    names = [part.rpartition(":")[2] for part in parts[1::2]]
    for values in product(*(known[name] for name in names)):
        filled = list(parts)
        filled[1::2] = values
        yield "/" + "".join(filled)


def walk(
    clients: Mapping[str, Client],
    *,
    known: Mapping[str, Sequence[str]],
    planted: Mapping[str, str],
    bodies: Mapping[str, Sequence[Mapping[str, str]]],
) -> Walked:
    """Ask for every address as everyone, and tell where what was planted could be read.

    Args:
        clients: by the name of who is signed in; they must not raise what the server does.
        known: values of the parameters of addresses, by their names.
        planted: a text for each compartment.
        bodies: address of a route to what is sent there by POST; only what changes nothing.
    """
    walked = Walked()
    for who, client in clients.items():
        for route in sorted(routes(), key=ENDS_A_SESSION.__contains__):
            for address in addresses(route, known):
                asked = [client.get(address)]
                asked += [client.post(address, body) for body in bodies.get(route, ())]
                for answer in asked:
                    look(walked, who, route, answer, planted)
    return walked


def look(walked: Walked, who: str, route: str, answer: Any, planted: Mapping[str, str]) -> None:
    """Count an answer, and keep what of the planted can be read in it, its headers too."""
    walked.answers += 1
    walked.shown += answer.status_code < 300  # noqa: PLR2004 (HTTP: it succeeded)
    if answer.status_code >= 500 and route != "readyz":  # noqa: PLR2004 (HTTP: the server failed)
        walked.broken.add((who, route))
    content = b"" if answer.streaming else answer.content
    said = html.unescape(content.decode(errors="replace")) + str(dict(answer.headers))
    walked.read |= {Leak(who, route, each) for each, text in planted.items() if text in said}


FORBIDDEN = (
    "DELETE FROM people_assertion",
    "TRUNCATE people_person CASCADE",
    "UPDATE audit_event SET actor = 'nobody'",
    "ALTER TABLE people_assertion DISABLE ROW LEVEL SECURITY",
)


@dataclass(slots=True)
class AskedInSql:
    """What bare SQL read of statements in compartments that are closed to whoever acts."""

    rows: int = 0
    of_others: int = 0  # how many such rows there are, added up over the accounts
    tried: int = 0
    refused: int = 0  # of FORBIDDEN, "permission denied" or "must be owner"


def ask_in_sql(accounts: Iterable[User]) -> AskedInSql:
    """Ask PostgreSQL itself, as each account, for every statement, and try what is forbidden.

    Runs inside a transaction, as the role of the application. How many rows there are is asked
    through a passage, which is no part of what is measured.
    """
    from django.db import DatabaseError, connection, transaction

    from kinward.access.models import Compartment
    from kinward.access.rows import Passage, passage
    from kinward.access.rules import TABLE
    from kinward.audit.context import acting

    closed_rows = "SELECT count(*) FROM people_assertion WHERE compartment = ANY (%s)"
    asked = AskedInSql()
    for account in accounts:
        rules = TABLE.get(account.role, ())
        opened = frozenset().union(*(rule.compartments for rule in rules))
        closed = [str(each) for each in Compartment if each not in opened]
        with acting(account), connection.cursor() as cursor:
            asked.rows += cursor.execute(closed_rows, [closed]).fetchone()[0]
            with passage(Passage.COUNTING):
                asked.of_others += cursor.execute(closed_rows, [closed]).fetchone()[0]
            for sql in FORBIDDEN:
                asked.tried += 1
                try:
                    with transaction.atomic():
                        cursor.execute(sql)
                        transaction.set_rollback(True)
                except DatabaseError:
                    asked.refused += 1
    return asked


def held(planted: Mapping[str, str]) -> set[Leak]:
    """Look for what was planted where nobody asks: match memory, candidates, messages, the log."""
    from kinward.audit.models import Event
    from kinward.people.memory import MEMORY
    from kinward.people.models import Message
    from kinward.tracing import matching
    from kinward.tracing.models import Candidate

    people, census = matching.read_people(), MEMORY.now().census
    places = {
        "match memory": repr((people.found, people.sought)),
        "search memory": repr((list(census.nearness.keys), list(census.words))),
        "candidates": repr([(one.reasons, one.alignment) for one in Candidate.objects.all()]),
        "messages": repr([one.text for one in Message.objects.all()]),
        "log": repr(list(Event.objects.values())),
    }
    return {
        Leak("", where, compartment)
        for where, content in places.items()
        for compartment, text in planted.items()
        if text.casefold() in content.casefold()
    }
