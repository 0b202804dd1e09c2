"""The stops of the guided tour, in the order of the story: words, page, and who opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinward.access.models import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Stop(NamedTuple):
    """A stop: what it is called, one sentence, the page, whom that is about, and who opens it."""

    heading: _StrPromise
    words: _StrPromise
    page: str
    role: str = ""
    about: str = ""


STOPS: Final = (
    Stop(
        _("The orphanage"),
        _("Children were registered in shelters of Baghdad, with what each could tell."),
        "people:children",
        Role.REGISTRAR,
    ),
    Stop(
        _("Somebody looks for them"),
        _("At home grandmothers and aunts ask, each in their own words."),
        "tracing:requests",
        Role.ENQUIRY_WORKER,
    ),
    Stop(
        _("Who may be whose"),
        _("The two sides are compared, and people decide, never the machine."),
        "tracing:matches",
        Role.TRACING_OFFICER,
    ),
    Stop(
        _("What is best for this child"),
        _("An assessment, a report and a panel came before every ticket."),
        "legal:best",
        Role.CASE_WORKER,
        "home",
    ),
    Stop(
        _("Papers"),
        _("Whose child it is was shown piece by piece, and a document was made."),
        "legal:papers",
        Role.LEGAL_OFFICER,
        "home",
    ),
    Stop(
        _("The plan"),
        _("Thirty-nine were planned; who was not clear to fly is named with the reason."),
        "operations:operation",
        Role.OPERATION_LEAD,
        "operation",
    ),
    Stop(
        _("The manifest"),
        _("Two people signed the list, with names as they are printed in the documents."),
        "operations:manifest",
        Role.ESCORT,
        "operation",
    ),
    Stop(
        _("Counted on the way"),
        _("Two escorts counted, each alone; on board one overlooked a child asleep."),
        "operations:counts",
        Role.ESCORT,
        "operation",
    ),
    Stop(
        _("Who holds whom"),
        _("At every moment each child has exactly one custodian, by the signed minutes."),
        "operations:custody",
        Role.OPERATION_LEAD,
        "operation",
    ),
    Stop(
        _("It has to balance"),
        _("Thirty landed and thirty were admitted: 24, 3 and 3 by region of origin."),
        "operations:reconciliation",
        Role.OPERATION_LEAD,
        "operation",
    ),
    Stop(
        _("Who stayed"),
        _("For each of the nine who did not fly, the case says what is missing and who acts."),
        "people:child",
        Role.CASE_WORKER,
        "stayed",
    ),
    Stop(
        _("Hospital"),
        _("What medics wrote stays with medics; others saw only that the child may go home."),
        "health:file",
        Role.MEDIC,
        "home",
    ),
    Stop(
        _("The whole journey"),
        _("Where the child was counted, and in whose hands it was, on one page."),
        "operations:child_journey",
        Role.CASE_WORKER,
        "home",
    ),
    Stop(
        pgettext_lazy("of a child", "Home"),
        _("The grandmother, the guardianship act, moving in, and visits up to the third month."),
        "placement:home",
        Role.GUARDIANSHIP_OFFICER,
        "home",
    ),
    Stop(
        _("Where it could not go on"),
        _("The aunt fell ill: the child lives with its grandfather now."),
        "placement:home",
        Role.GUARDIANSHIP_OFFICER,
        "moved_on",
    ),
    Stop(
        _("What the public is told"),
        _("Numbers only, small ones hidden, with what is not known said first."),
        "figures:public",
    ),
    Stop(
        _("Who read what"),
        _("Every page that you opened on this tour is written down here."),
        "audit:log",
        Role.AUDITOR,
    ),
)
