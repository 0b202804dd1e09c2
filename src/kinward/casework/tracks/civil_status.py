"""Papers: birth, parentage, nationality, and the document the child travels with."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment, Role
from kinward.casework.models import Need, Track
from kinward.casework.tracks.tables import Table, beside, move


class Civil(models.TextChoices):
    """How far the child's papers have come."""

    CLAIMED = "claimed", _("claimed, without evidence yet")
    EVIDENCE = "evidence", _("evidence is gathered")
    DNA_REQUESTED = "dna_requested", _("a genetic test is asked for")
    DNA_SUPPORTS = "dna_supports", _("a genetic test supports it")
    DNA_EXCLUDES = "dna_excludes", _("a genetic test excludes it")
    DNA_INCONCLUSIVE = "dna_inconclusive", _("a genetic test settles nothing")
    FILED = "home_court_filed", _("before the court at home")
    GRANTED = "home_court_granted", _("the court at home has granted it")
    REFUSED = "home_court_refused", _("the court at home has refused it")
    APPEALED = "home_court_appealed", _("an appeal is before the court at home")
    BIRTH = "birth_registered", _("the birth is registered")
    RECOGNISED = "nationality_recognised", _("a nationality is recognised")
    DISPUTED = "nationality_disputed", _("the nationality is disputed")
    MULTIPLE = "nationality_multiple", _("several nationalities")
    STATELESS = "stateless_risk", _("at risk of having no nationality")
    APPLIED = "document_applied", _("a travel document is applied for")
    ISSUED = "document_issued", _("a travel document is issued")
    CHECKED = "document_checked", _("the name on the document is that of the passenger list")
    ERROR = "document_error", _("there is an error in the travel document")
    REISSUED = "document_reissued", _("the travel document is issued again")
    EXPIRED = "document_expired", _("the travel document has expired")
    CANCELLED = "document_cancelled", _("the travel document is cancelled")
    USED = "document_used", _("the travel document was used")
    FORMALITY = "formality_needed", _("a translation or legalisation is needed")
    FORMALITIES_DONE = "formalities_done", _("no translation or legalisation is needed any more")
    ORDERED = "court_ordered", _("what a court ordered has to be done")
    ORDERS_DONE = "orders_done", _("nothing that a court ordered is open any more")


DNA: Final = (Civil.DNA_SUPPORTS, Civil.DNA_EXCLUDES, Civil.DNA_INCONCLUSIVE)
GROUNDED: Final = (Civil.EVIDENCE, *DNA)
NATIONALITY: Final = (Civil.RECOGNISED, Civil.DISPUTED, Civil.MULTIPLE, Civil.STATELESS)
BEFORE_PAPERS: Final = (Civil.GRANTED, Civil.BIRTH, *GROUNDED)
USABLE: Final = (Civil.ISSUED, Civil.CHECKED, Civil.REISSUED)
IN_HAND: Final = (*USABLE, Civil.USED)
LOST: Final = (Civil.ERROR, Civil.EXPIRED, Civil.CANCELLED)
DATED: Final = (Need.EVIDENCE, Need.FROM, Need.UNTIL)
NEEDED: Final = (Civil.FORMALITY, Civil.ORDERED)
OVER: Final = (Civil.FORMALITIES_DONE, Civil.ORDERS_DONE)
BESIDE: Final = (*NEEDED, *OVER)
ANYWHERE: Final = tuple(each for each in Civil if each not in BESIDE)

# What follows from a document, evidence, a court or a register that was recorded.
follows: Final = partial(move, pushed=True)

TABLE: Final = Table(
    track=Track.CIVIL_STATUS,
    words=Civil,
    start=Civil.CLAIMED,
    by=Role.LEGAL_OFFICER,
    compartment=Compartment.LEGAL,
    moves=(
        follows(Civil.EVIDENCE, Civil.CLAIMED, *DNA, Civil.REFUSED, needs=[Need.EVIDENCE]),
        move(Civil.DNA_REQUESTED, Civil.EVIDENCE, Civil.DNA_INCONCLUSIVE, needs=[Need.REASON]),
        *(follows(each, Civil.DNA_REQUESTED, needs=[Need.EVIDENCE]) for each in DNA),
        follows(Civil.FILED, *GROUNDED, Civil.REFUSED, needs=[Need.EVIDENCE]),
        follows(Civil.GRANTED, Civil.FILED, Civil.APPEALED, needs=[Need.EVIDENCE, Need.FROM]),
        follows(Civil.REFUSED, Civil.FILED, Civil.APPEALED, needs=[Need.EVIDENCE]),
        follows(Civil.APPEALED, Civil.GRANTED, Civil.REFUSED, needs=[Need.EVIDENCE]),
        follows(Civil.BIRTH, Civil.GRANTED, *GROUNDED, needs=[Need.EVIDENCE]),
        *(
            follows(
                each,
                *BEFORE_PAPERS,
                *(one for one in NATIONALITY if one != each),
                needs=[Need.EVIDENCE],
            )
            for each in NATIONALITY
        ),
        move(Civil.APPLIED, Civil.BIRTH, *NATIONALITY, *LOST),
        follows(Civil.ISSUED, Civil.APPLIED, needs=DATED),
        follows(Civil.CHECKED, Civil.ISSUED, Civil.REISSUED, needs=[Need.ANOTHER]),
        follows(Civil.ERROR, *USABLE, needs=[Need.REASON]),
        # Also while another is in hand: whoever has two travels with the one recorded last.
        follows(Civil.REISSUED, *LOST, *USABLE, needs=DATED),
        move(Civil.EXPIRED, *USABLE),
        follows(Civil.CANCELLED, *USABLE, Civil.ERROR, needs=[Need.REASON]),
        move(Civil.USED, Civil.CHECKED),
        *(beside(each, *ANYWHERE, needs=[Need.UNTIL], pushed=True) for each in NEEDED),
        *(beside(each, *ANYWHERE, pushed=True) for each in OVER),
    ),
)
