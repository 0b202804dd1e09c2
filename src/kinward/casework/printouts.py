"""The case file of a child on paper: what its reader may see, track by track."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from kinward.access.models import Compartment
from kinward.access.policy import decide
from kinward.access.rules import Permission
from kinward.casework.queries import case_of, lines_of, steps_of
from kinward.casework.rules import phase
from kinward.casework.tracks import TABLES
from kinward.core.printing import Sheet, watermark
from kinward.people.models import DocumentKind
from kinward.people.printouts import MAKERS, Drawn, Maker, Offer
from kinward.people.queries import consents_of, may_be_traced, names_of, profiles

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from kinward.access.models import User
    from kinward.casework.models import Step
    from kinward.casework.queries import Line
    from kinward.people.models import Person, Printout

TEMPLATE: Final = "casework/printed/case_file.html"
VERSION: Final = "1"  # of what the file holds, and in which order
# The file is sealed with the key of what is kept most closely of all that stands in it.
CLOSEST: Final = (
    Compartment.HEALTH,
    Compartment.LEGAL,
    Compartment.EVIDENCE,
    Compartment.LOCATION,
    Compartment.MOVEMENT,
    Compartment.FAMILY,
    Compartment.IDENTITY,
)


def offers(_child: Person, _user: User, opened: Collection[Compartment]) -> list[Offer]:
    """Offer the file to who may read who the child is."""
    if Compartment.IDENTITY not in opened:
        return []
    one = Offer(
        kind=DocumentKind.CASE_FILE,
        about="whole",
        label=_("Case file, as far as you may read it"),
        compartment=next(each for each in CLOSEST if each in opened),
    )
    return [one]


def draw(printout: Printout, user: User, at: datetime) -> Drawn:
    """Draw the file up as its asker would read it on the screen at that moment."""
    child, today = printout.person, timezone.localdate(at)
    opened = decide(user, Permission.MAKE_DOCUMENTS, child, at=at).compartments
    facts = profiles([child], user=user)[child.pk]
    lines = lines_of(child, opened=opened, traced=may_be_traced(child), today=today)
    title = _("Case file %(reference)s") % {"reference": child.reference}
    context = {
        "child": child,
        "facts": facts,
        "names": names_of(facts),
        "lines": [(line, taken_on(line, child, user)) for line in lines],
        "phase": phase(case_of(child), today) if len(lines) == len(TABLES) else None,
        "consents": consents_of(child, user=user),
        "opened": sorted(opened, key=str),
        "reader": user,
        "recipient": printout.recipient,
    }
    sheet = Sheet(
        template=TEMPLATE,
        language=printout.language,
        title=title,
        context=context,
        watermark=watermark(user.get_full_name(), today),
    )
    return Drawn(sheet=sheet, version=VERSION, compartments=frozenset(opened))


def taken_on(line: Line, child: Person, user: User) -> list[tuple[Step, str]]:
    """Return the steps on a track that this account may see, with their words, oldest first."""
    steps = steps_of(child, line.track, user=user)
    return [(step, line.table.label(step.to)) for step in steps]


MAKERS[DocumentKind.CASE_FILE] = Maker(offers=offers, draw=draw)
