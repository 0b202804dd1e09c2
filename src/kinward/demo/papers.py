"""The papers of children of the demo: evidence, a claim, a birth, a travel document, its name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils.timezone import localdate

from kinward.audit.context import acting
from kinward.demo.scenario import data
from kinward.legal import actions
from kinward.legal.models import Formality, Progress, TravelDocument
from kinward.legal.rules import Printed
from kinward.people.naming import romanise
from kinward.people.queries import names_of, profiles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from kinward.access.models import User
    from kinward.people.models import Person


def evidence(child: Person, *, by: User, at: datetime) -> None:
    """Record what shows who the child is, which nationality it is said to have, what is asked."""
    told = data("papers")
    with acting(by):
        for each in told["evidence"]:
            item = actions.record_evidence(child=child, shown=actions.Shown(**each), by=by, at=at)
        claimed = actions.Claimed(**told["claimed"])
        actions.claim_nationality(child=child, claimed=claimed, by=by, at=at)
        for each in told["facts"]:
            actions.record_legal_fact(child=child, **each, evidence=item, by=by, at=at)
        said = dict(told["translation"])
        due = localdate(at) + timedelta(days=said.pop("days"))
        needed = actions.Needed(**said, due_on=due)
        actions.need_formality(paper=item, needed=needed, by=by, at=at)


def birth(child: Person, *, by: User, at: datetime) -> None:
    """Have the translation done, and the birth registered."""
    told = data("papers")
    need = Formality.objects.get(child=child)
    with acting(by):
        actions.record_progress(
            formality=need,
            progress=Progress.DONE,
            done_by=told["translator"],
            happened_on=localdate(at),
            by=by,
            at=at,
        )
        entered = actions.Entered(**told["birth"], happened_on=localdate(at))
        actions.record_birth(child=child, entered=entered, by=by, at=at)


def document(child: Person, *, by: User, at: datetime) -> None:
    """Record a travel document in the name that was told first."""
    told = dict(data("papers")["document"])
    names = names_of(profiles([child], user=by)[child.pk])
    given, _, surname = romanise(names[0] if names else told["unnamed"]).partition(" ")
    printed = Printed(
        kind=told["kind"],
        issuer=told["issuer"],
        number=f"{told['series']}{child.reference[2:].replace('-', '')}",
        surname=surname,
        given=given,
        zone="",
        valid_from=localdate(at),
        valid_until=localdate(at) + timedelta(days=told["lasts"]),
    )
    with acting(by):
        actions.record_document(child=child, printed=printed, by=by, at=at)


def checked(child: Person, *, by: User, at: datetime) -> None:
    """Compare the name on the passenger list with the document: it is the same."""
    held = TravelDocument.objects.get(child=child)
    with acting(by):
        actions.check_name(
            document=held,
            surname=held.surname,
            given=held.given,
            list_named=data("papers")["list_named"],
            by=by,
            at=at,
        )


PAPERS: Final[Mapping[str, Callable[..., None]]] = {
    "evidence": evidence,
    "birth": birth,
    "document": document,
    "checked": checked,
}
