"""Is the log whole? Walks the chain from its start, then what was signed and anchored of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef

from kinward.audit.models import Change, Checkpoint, Event, Link, Unsealed, Wrong, in_words
from kinward.audit.rules import EMPTY, Anchor, canonical, link_mac, mac
from kinward.audit.sealing import ANCHORING, CHAIN, OF_CHANGE, OF_EVENT
from kinward.core.keys import is_signed, secret_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Fault = tuple[Wrong, dict[str, int | str]]

AT_ONCE: Final = 2_000
JOINED: Final = (
    "id",
    "mac",
    "event_id",
    *(f"event__{part}" for part in OF_EVENT),
    "event__mac",
    *(f"change__{part}" for part in OF_CHANGE),
)


@dataclass(slots=True, kw_only=True)
class Finding:
    """What was checked, and the first thing that is wrong."""

    links: int = 0
    checkpoints: int = 0
    anchors: int = 0
    waiting: int = 0  # rows that are not sealed yet
    signed_up_to: int = 0  # the last place that is signed, here or in an anchor
    heads: dict[int, str] = field(default_factory=dict)  # of the places that are signed
    wrong: str = ""  # one of Wrong
    places: dict[str, int | str] = field(default_factory=dict)  # what fills its words

    @property
    def fault(self) -> str:
        """What is wrong, in the language in use; empty where nothing is."""
        return in_words(self.wrong, self.places)

    @property
    def whole(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.wrong


def verify(anchors: Iterable[str] = ()) -> Finding:
    """Check the whole log; with anchors, that it still is what it was when they were made.

    Without them, whoever holds the keys of this machine can have rewritten it.
    """
    finding = Finding()
    given = [text.strip() for text in anchors if text.strip()]
    signed = [*Checkpoint.objects.order_by("position", "at").values_list("text", flat=True)]
    read = {text: Anchor.parse(text) for text in {*signed, *given}}
    wanted = {anchor.position for anchor in read.values() if anchor}
    finding.wrong, finding.places = next(faults(finding, wanted, signed, given, read), ("", {}))
    return finding


def faults(
    finding: Finding,
    wanted: set[int],
    signed: Sequence[str],
    given: Sequence[str],
    read: dict[str, Anchor | None],
) -> Iterator[Fault]:
    """Yield what is wrong, in the order in which it should be told."""
    yield from faults_of_chain(finding, wanted)
    yield from rows_outside(finding)
    for text in signed:
        finding.checkpoints += 1
        yield from faults_of_anchor(finding, read[text])
    for text in given:
        finding.anchors += 1
        yield from faults_of_anchor(finding, read[text])
        if text not in signed:
            anchor = read[text]
            yield Wrong.GONE, {"place": anchor.position if anchor else ""}


def faults_of_chain(finding: Finding, wanted: set[int]) -> Iterator[Fault]:
    """Yield where the chain does not hold."""
    key, before = secret_for(CHAIN), EMPTY
    for place, said, event_id, *rest in chain():
        finding.links += 1
        if place != finding.links:
            yield Wrong.MISSING, {"place": finding.links}
            return
        event, event_mac, change = split(rest)
        row = event if event_id else change
        if row is None:
            yield Wrong.DELETED, {"place": place}
        elif event_id and mac(key, row) != event_mac:
            yield Wrong.CHANGED, {"place": place}
        if said != link_mac(key, before, place, row):
            yield Wrong.RELINKED, {"place": place}
        before = said
        if place in wanted:
            finding.heads[place] = said


def chain() -> Iterator[tuple[Any, ...]]:
    """Yield each link with what its row says, in order."""
    last = -1
    while True:
        links = Link.objects.filter(id__gt=last).order_by("id").values_list(*JOINED)
        rows = list(links[:AT_ONCE])
        yield from rows
        if len(rows) < AT_ONCE:
            return
        last = rows[-1][0]


def split(rest: Sequence[Any]) -> tuple[bytes | None, str, bytes | None]:
    """Return what the event says, its HMAC, and what the change says; None for what is not there.

    The second value of either is a moment, which every row has.
    """
    event, event_mac = rest[: len(OF_EVENT)], rest[len(OF_EVENT)]
    change = rest[len(OF_EVENT) + 1 :]
    return (
        None if event[1] is None else canonical(event),
        event_mac,
        None if change[1] is None else canonical(change),
    )


def rows_outside(finding: Finding) -> Iterator[Fault]:
    """Yield whether a row is neither in the chain nor waiting for its place."""
    finding.waiting = Unsealed.objects.count()
    linked_events = Link.objects.filter(event=OuterRef("pk"))
    linked_changes = Link.objects.filter(change=OuterRef("pk"), event=None)  # a link seals one row
    queued = {(each.ledger, each.row_id.replace("-", "")) for each in Unsealed.objects.all()}
    for model, linked in ((Event, linked_events), (Change, linked_changes)):
        loose = model._default_manager.filter(~Exists(linked)).order_by("pk")  # noqa: SLF001 (Django's documented model API)
        for key in loose.values_list("pk", flat=True).iterator():
            if (model._meta.db_table, str(key).replace("-", "")) not in queued:  # noqa: SLF001 (likewise)
                yield Wrong.BESIDE, {"row": str(key)}


def faults_of_anchor(finding: Finding, anchor: Anchor | None) -> Iterator[Fault]:
    """Yield what of an anchor, or of a checkpoint here, does not agree with the chain."""
    if anchor is None or not is_signed(anchor.signed.encode(), anchor.signature, ANCHORING):
        yield Wrong.UNSIGNED, {}
        return
    if anchor.position > finding.links:
        yield Wrong.CUT, {"then": anchor.position, "now": finding.links}
    elif finding.heads.get(anchor.position) != anchor.head:
        yield Wrong.REWRITTEN, {"place": anchor.position}
    finding.signed_up_to = max(finding.signed_up_to, anchor.position)
