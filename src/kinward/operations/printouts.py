"""The paper of a journey: minutes in up to three languages, wristbands, labels, cards, lists.

Each is made anew whenever it is wanted, of what stands then; nothing of it is kept but what it is
known again by.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from kinward.core.printing import Sheet, matrix_uri
from kinward.operations.models import Escort, Handover, Minute, Paper, PaperOut, Side, SignedMinute
from kinward.operations.queries import ever_listed, signed_of
from kinward.operations.rules import HIGH, WIDE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from kinward.access.models import User
    from kinward.operations.models import Operation
    from kinward.operations.queries import Traveller, UnderWay


# What stands on paper in two or three languages, beside each other.
WORDS: Final[dict[str, Any]] = {
    "title": _("Handover minute"),
    "number": _("No."),
    "child": _("Child"),
    "condition": _("How the child is"),
    "belongings": _("Belongings"),
    "documents": _("Documents"),
    "medicines": _("Medicines"),
    "given": _("Handed over by"),
    "received": _("Received by"),
    "witness": _("Witness"),
    "name": _("Name and office"),
    "signature": _("Signature"),
    "when": _("Place, day and time"),
    "witnesses": _("Witnesses"),
    "count": _("Children in this minute"),
    "coming": _("Children on this list"),
    "corrected": _("corrected since"),
    "receiving": _("Children who arrive"),
    "manifest": _("Manifest"),
    "there": _("There"),
    "remarks": _("Remarks"),
    "cards": _("Escort"),
    "organisation": _("Organisation"),
    "at_most": _("Looks after at most"),
    "legs": _("Legs"),
    "wristbands": _("Wristbands"),
    "labels": _("Labels for belongings and medicines"),
    "before": _("whoever kept the child before"),
    "on_paper": _("signed on paper; the paper is kept"),
}
TITLES: Final = {
    Paper.MINUTE: "title",
    Paper.RECEIVING: "receiving",
    Paper.MANIFEST: "manifest",
    Paper.WRISTBANDS: "wristbands",
    Paper.LABELS: "labels",
    Paper.CARDS: "cards",
}
LABELS_A_CHILD: Final = 3  # luggage, medicines, papers


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which paper of a journey, in which languages, and of which minute if it is one."""

    paper: Paper
    first: str
    second: str
    third: str = ""  # where two are enough
    minute: Minute | None = None

    @property
    def others(self) -> list[str]:
        """The languages that stand beside the first, each once."""
        said = dict.fromkeys((self.second, self.third))
        return [each for each in said if each and each != self.first]


class Said(NamedTuple):
    """Words on paper: in the first language, and in each other one, which is named."""

    first: str
    others: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A child on paper, with what its line of a minute says; empty where it is still to be said."""

    traveller: Traveller
    line: Handover | None = None
    struck: bool = False  # its line was corrected since
    matrix: str = ""  # its wristband's code as a picture


def papers_out(operation: Operation, *, user: User) -> list[PaperOut]:
    """The papers of an operation that were taken out, as far as this account may see them."""
    seen = PaperOut.objects.visible_to(user).filter(operation=operation)
    return list(seen.select_related("recorded_by"))


OF_WHO_COMES: Final = frozenset({Paper.MINUTE, Paper.RECEIVING})


def rows_of(journey: UnderWay, wanted: Wanted, *, user: User) -> list[Row]:
    """Return the children of a paper in the order of the manifest: those of a minute, or all.

    Who is said not to have gone on stands on no list of who comes. A minute keeps every line that
    was signed: one that was corrected since is struck out, and a child that is on the manifest no
    more bears the name of the version that it was on.
    """
    if wanted.minute is None:
        gone = {each.child_id for each in journey.leavings if wanted.paper in OF_WHO_COMES}
        listed = [each for each in journey.travellers.values() if each.child not in gone]
        lines: dict[UUID, Handover] = {}
    else:
        lines = lines_on(journey, wanted)
        once = (
            ever_listed(journey.operation, user=user) if lines.keys() - journey.travellers else {}
        )
        everybody = once | dict(journey.travellers)
        listed = [everybody[child] for child in lines]
    corrected = {line.corrects_id for line in journey.lines.values()}
    return [
        Row(
            traveller=each,
            line=lines.get(each.child),
            struck=each.child in lines and lines[each.child].pk in corrected,
            matrix=matrix_uri(each.code) if each.code else "",
        )
        for each in sorted(listed, key=lambda one: one.number)
    ]


def lines_on(journey: UnderWay, wanted: Wanted) -> dict[UUID, Handover]:
    """Return the lines of a minute by child; on a list of who comes, those that stand."""
    corrected = {line.corrects_id for line in journey.lines.values()}
    return {
        line.child_id: line
        for line in journey.lines.values()
        if wanted.minute
        and line.minute_id == wanted.minute.pk
        and not line.void
        and (wanted.paper == Paper.MINUTE or line.pk not in corrected)
    }


def words_in(language: str) -> dict[str, str]:
    """Return all that stands on paper beside what was recorded, in one language."""
    with translation.override(language):
        return {name: str(words) for name, words in WORDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A signature on paper: its row, and the picture of what was drawn; none of a scan."""

    row: SignedMinute
    picture: str


SIDES: Final = ((Side.GIVER, "given"), (Side.RECEIVER, "received"), (Side.WITNESS, "witness"))
WITNESSES: Final = 2  # for so many there is a line at least


def signatures_of(
    minute: Minute | None, both: Mapping[str, Said], *, user: User
) -> list[tuple[Said, Drawn | None]]:
    """Return the lines for signatures: who signed on the screen, and where to sign by hand."""
    rows = list(signed_of(minute.operation, user=user)) if minute else []
    found: list[tuple[Said, Drawn | None]] = []
    for side, words in SIDES:
        own = [drawn_of(each) for each in rows if each.minute == minute and each.side == side]
        least = WITNESSES if side == Side.WITNESS else 1
        found += [(both[words], each) for each in [*own, *[None] * (least - len(own))]]
    scans = [each for each in rows if each.minute == minute and each.side == Side.PAPER]
    return found + [(both["signature"], drawn_of(each)) for each in scans]


def drawn_of(row: SignedMinute) -> Drawn:
    """Return a signature with its picture in a data URI."""
    if not row.drawn:
        return Drawn(row=row, picture="")
    picture = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"><path d="{}" fill="none" '
        'stroke="#0b0c0c" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>',
        WIDE,
        HIGH,
        row.drawn,
    )
    return Drawn(
        row=row, picture=f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"
    )


def sheet_of(wanted: Wanted, journey: UnderWay, *, user: User) -> Sheet:
    """Draw a paper up, as far as the account may see the operation."""
    first = words_in(wanted.first)
    others = [(language, words_in(language)) for language in wanted.others]
    both = {
        name: Said(first[name], [(language, words[name]) for language, words in others])
        for name in WORDS
    }
    title, rows = TITLES[wanted.paper], rows_of(journey, wanted, user=user)
    escorts = Escort.objects.visible_to(user).filter(operation=journey.operation, end=None)
    context = {
        "operation": journey.operation,
        "both": both,
        "rows": rows,
        "amount": sum(not each.struck for each in rows),
        "minute": wanted.minute,
        "escorts": list(escorts) if wanted.paper == Paper.CARDS else [],
        "labels": range(LABELS_A_CHILD),
        "lines": range(4),
        "signatures": signatures_of(wanted.minute, both, user=user)
        if wanted.paper == Paper.MINUTE
        else [],
    }
    return Sheet(
        template=f"operations/printed/{wanted.paper}.html",
        language=wanted.first,
        title=" · ".join([both[title].first, *(words for _language, words in both[title].others)]),
        context=context,
    )
