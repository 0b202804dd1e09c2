"""What was best for children of the demo: assessed, laid before a panel of three, decided."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from django.utils.timezone import localdate

from kinward.access.actions import assign
from kinward.access.models import Purpose, User
from kinward.audit.context import acting
from kinward.demo.scenario import data
from kinward.legal.actions import (
    Assessed,
    Option,
    Reported,
    assess,
    decide,
    give_opinion,
    lay_before_panel,
)
from kinward.legal.models import Opinion, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from kinward.people.models import Person

SITTING: Final = timedelta(days=30)  # for so long a child is open to its panel


class Deciders(NamedTuple):
    """Who writes of what is best for a child, who opens it to the panel, and the panel."""

    worker: User
    manager: User
    panel: Sequence[User]


def assessed(child: Person, *, who: Deciders, at: datetime) -> None:
    """Assess what is best for a child; a panel has to determine it."""
    told = dict(data("interests")["assessed"])
    review = localdate(at) + timedelta(days=told.pop("review"))
    with acting(who.worker):
        said = Assessed(**told, to_determine=True, review_on=review)
        assess(child=child, assessed=said, by=who.worker, at=at)


def reported(child: Person, *, who: Deciders, at: datetime) -> None:
    """Lay a report before the panel, and open the child to its members."""
    told = dict(data("interests")["reported"])
    options = [Option(**each) for each in told.pop("options")]
    with acting(who.worker):
        said = Reported(**told, options=options)
        lay_before_panel(child=child, reported=said, by=who.worker, at=at)
    for member in who.panel:
        with acting(who.manager):
            assign(
                subject=child.pk,
                to=member,
                purpose=Purpose.PROTECTION,
                until=at + SITTING,
                by=who.manager,
                at=at,
            )


def decided(child: Person, *, who: Deciders, at: datetime) -> None:
    """Have each member of the panel say what they think, and put down what most say."""
    told = data("interests")["decided"]
    report = Report.objects.filter(child=child).latest("number")
    for member, said in zip(who.panel, told["opinions"], strict=True):
        opinion = Opinion(said["opinion"])
        with acting(member):
            give_opinion(report=report, opinion=opinion, words=said["words"], by=member, at=at)
    first, words = who.panel[0], told["opinions"][0]["words"]
    review = localdate(at) + timedelta(days=told["review"])
    with acting(first):
        decide(
            report=report, decision=Opinion.APPROVES, words=words, review_on=review, by=first, at=at
        )


BEST: Final[Mapping[str, Callable[..., None]]] = {
    "assessed": assessed,
    "reported": reported,
    "decided": decided,
}
