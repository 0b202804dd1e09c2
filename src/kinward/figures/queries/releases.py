"""Releases: where they stand, what is public of them, and what a new one is held against."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from kinward.core.jobs import Stage, stage_of
from kinward.core.keys import is_signed, public_key
from kinward.core.models import Job
from kinward.figures.models import (
    AskedDraft,
    DraftState,
    Figure,
    FileKind,
    Meaning,
    Release,
    ReleaseAudit,
    ReleaseFile,
    ReleaseState,
    ReleaseStepKind,
)
from kinward.figures.queries.programme import WITHIN, children_counted, counted_tables
from kinward.figures.queries.register import as_plain, newest_of
from kinward.figures.rules import (
    Counted,
    Earlier,
    Heard,
    Sum,
    beside,
    place,
    read_place,
    standing,
    version_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kinward.figures.models import Claim
    from kinward.figures.rules import Child

DRAFT: Final = "figures.draft"  # the kinds of jobs
AUDIT: Final = "figures.audit"
TOLD_FOR: Final = timedelta(days=30)  # that nothing came of a draft; the log keeps it
SIGNED_FOR: Final = "release"  # what the signature of a manifest is for
ONCE_PUBLIC: Final = (
    ReleaseState.PUBLISHED,
    ReleaseState.WITHDRAWN,
    ReleaseState.SUPERSEDED,
)


def releases() -> QuerySet[Release]:
    """Every release with its steps, the last drafted first."""
    return Release.objects.select_related("drafted_by").prefetch_related("steps__taken_by")


def waiting_drafts(*, now: datetime) -> list[tuple[AskedDraft, DraftState]]:
    """Every draft asked for of late that is no release, with how far it is; the last first.

    What waits is told until it is done, and of which nothing came for thirty days.
    """
    asked = AskedDraft.objects.select_related("asked_by", "refused").filter(release=None)
    rows = list(asked)
    keys = [str(row.pk) for row in rows]
    found = Job.objects.filter(kind=DRAFT, arguments__asked__in=keys)
    jobs = {job.arguments["asked"]: job for job in found}
    told = [(row, how_far(row, jobs.get(str(row.pk)), now)) for row in rows]
    over = {DraftState.REFUSED, DraftState.GIVEN_UP}
    return [one for one in told if one[1] not in over or now - one[0].asked_at <= TOLD_FOR]


def how_far(asked: AskedDraft, job: Job | None, now: datetime) -> DraftState:
    """Say how far a draft has come that is no release, from what was found and from the job."""
    if hasattr(asked, "refused"):
        return DraftState.REFUSED
    stage = stage_of(job, now)
    # Done without a release: whoever asked may not release any more.
    return DraftState.GIVEN_UP if stage == Stage.DONE else DraftState(stage)


def release_of(key: UUID) -> Release | None:
    """The release of that key."""
    return releases().filter(pk=key).first()


def state_of(release: Release) -> ReleaseState:
    """Return where a release stands."""
    return standing(step.step for step in release.steps.all())


def published() -> list[Release]:
    """The releases that are public now, the latest day first."""
    there = releases().filter(steps__step=ReleaseStepKind.PUBLISHED)
    found = [one for one in there if state_of(one) == ReleaseState.PUBLISHED]
    return sorted(found, key=lambda one: (one.as_of, one.drafted_at), reverse=True)


def published_of(key: UUID) -> Release | None:
    """The release of that key, if it is public now."""
    return next((one for one in published() if one.pk == key), None)


def released_days() -> list[date]:
    """The days that a release is public of, the latest first."""
    return sorted({one.as_of for one in published()}, reverse=True)


def released_totals(on: date | None) -> dict[Figure, int | None]:
    """Return the totals that are public as of a day; None for one that every release of it hides.

    Of what was counted twice, what was drafted last stands.
    """
    found: dict[Figure, int | None] = {}
    for one in reversed([each for each in published() if each.as_of == on]):
        for figure in map(Figure, one.figures):
            hidden = figure in one.hidden
            found[figure] = found.get(figure) if hidden else int(one.values[figure])
    return found


def files_of(release: Release) -> QuerySet[ReleaseFile]:
    """The files of a release without what is in them."""
    return ReleaseFile.objects.filter(release=release).defer("content")


def public_file(key: UUID) -> ReleaseFile | None:
    """The file of that key, if its release is public now."""
    file = ReleaseFile.objects.select_related("release").filter(pk=key).first()
    return file if file and state_of(file.release) == ReleaseState.PUBLISHED else None


def is_genuine(file: ReleaseFile) -> bool:
    """Tell whether a manifest is as this installation signed it."""
    said = json.loads(bytes(file.content))
    signature = said.pop("signature", "")
    return file.kind == FileKind.MANIFEST and is_signed(as_signed(said), signature, SIGNED_FOR)


def as_signed(said: dict[str, object]) -> bytes:
    """Return the bytes of a manifest that are signed: keys in order, no white space."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def key_of_releases() -> str:
    """Return the public key that others check manifests with, in hexadecimals."""
    return public_key(SIGNED_FOR)


# What a release is held against


def counted_of(release: Release) -> Counted:
    """Return the tables of a release as they were counted."""
    values = {cell: int(value) for cell, value in release.values.items()}
    sums = frozenset(Sum(whole, tuple(parts)) for whole, parts in release.sums)
    return beside(Counted(values, sums, frozenset(values)), WITHIN)


def earlier_than(release: Release | None, as_of: date) -> list[Earlier]:
    """Return the releases that anybody may have kept, of whatever figures.

    Figures lie within each other: two releases of different ones can tell of a third together.
    """
    public = releases().filter(steps__step=ReleaseStepKind.PUBLISHED).order_by("drafted_at")
    return [as_earlier(one, as_of) for one in public if one != release]


def drafts_before(release: Release | None, as_of: date) -> list[Earlier]:
    """Return what was drafted before a release and never published; editors have seen it.

    What is drafted later is held against it in its turn.
    """
    found = releases().exclude(steps__step=ReleaseStepKind.PUBLISHED).order_by("id")
    if release is not None:
        found = found.filter(pk__lt=release.pk)  # keys are made in the order of time
    return [as_earlier(one, as_of) for one in found]


def as_earlier(release: Release, as_of: date) -> Earlier:
    """Return a release as one of a day is held against it."""
    return Earlier(
        key=str(release.pk),
        counted=counted_of(release),
        hidden=frozenset(release.hidden),
        threshold=release.threshold,
        same_day=release.as_of == as_of,
        as_of=release.as_of,
    )


def figures_beside(figures: Iterable[str], earlier: Iterable[Earlier]) -> frozenset[str]:
    """Return the figures of earlier releases that a new one has not."""
    told = {read_place(cell).figure for one in earlier for cell in one.counted.shown}
    return frozenset(told - set(figures))


def counted_again(release: Release, earlier: Iterable[Earlier]) -> Counted | None:
    """Return the tables of a release with the figures that were published beside them.

    None where those have to be counted, and our records have changed since it was drafted.
    """
    told = counted_of(release)
    others = figures_beside(release.figures, earlier)
    if not others:
        return told
    now = counted_tables(
        children_counted(until=release.as_of),
        figures=release.figures,
        breakdowns=release.breakdowns,
        until=release.as_of,
        beside=others,
    )
    same = all(now.values.get(cell) == told.values[cell] for cell in told.shown)
    return now if same and now.shown == told.shown else None


class Surroundings(NamedTuple):
    """What a release is held against at some moment."""

    counted: Counted | None  # its own tables; None where our records have changed since
    earlier: Sequence[Earlier]
    told: Sequence[Heard]
    drafts: Sequence[Earlier]

    @property
    def version(self) -> str:
        """A digest of all of it."""
        counted = self.counted.values if self.counted else ()
        return version_of(counted, self.earlier, self.told, self.drafts)


def surroundings(release: Release) -> Surroundings:
    """Return all that a release is held against now."""
    earlier = earlier_than(release, release.as_of)
    counted = counted_again(release, earlier)
    others = figures_beside(release.figures, earlier)
    told = heard(release.as_of, {*release.figures, *others})
    return Surroundings(counted, earlier, told, drafts_before(release, release.as_of))


def audit_of(release: Release, version: str) -> ReleaseAudit | None:
    """What was found when a release was audited beside just that."""
    return ReleaseAudit.objects.filter(release=release, version=version).first()


def audits_asked_for(release: Release) -> QuerySet[Job]:
    """The jobs that audit a release anew and are not done."""
    return Job.objects.unfinished().filter(kind=AUDIT, arguments__release=str(release.pk))


def hidden_once() -> frozenset[str]:
    """Return the cells that a release hid which anybody may have kept."""
    public = Release.objects.filter(steps__step=ReleaseStepKind.PUBLISHED)
    return frozenset(cell for hidden in public.values_list("hidden", flat=True) for cell in hidden)


def meanings() -> list[Meaning]:
    """Return what each claim that stands says of our own figures, where somebody said so."""
    last: dict[UUID, Meaning] = {}
    stands = newest_of()
    for one in Meaning.objects.select_related("claim__source").order_by("said_at", "id"):
        last[stands.get(one.claim_id, one.claim_id)] = one
    found = []
    for key, one in last.items():
        if one.figure:
            if key != one.claim_id:
                one.claim = type(one.claim).objects.select_related("source").get(pk=key)
            found.append(one)
    return found


def meaning_of(claim: Claim) -> Meaning | None:
    """Return what a claim says of our own figures."""
    return next((one for one in meanings() if one.claim_id == claim.pk), None)


def ours(meaning: Meaning, children: Iterable[Child]) -> int:
    """Return the number of our ledgers that a claim speaks of."""
    figure = Figure(meaning.figure)
    return sum(
        1
        for one in children
        if one.counts(figure, until=meaning.until, since=meaning.since)
        and (not meaning.by or is_of(one.category(meaning.by, figure), meaning.category))
    )


def is_of(category: str, wanted: str) -> bool:
    """Tell whether a category is the one that is meant, or a region of that country."""
    return category == wanted or category.partition("-")[0] == wanted


def heard(as_of: date, figures: Iterable[str]) -> list[Heard]:
    """Return what others said of some figures that can speak of them on a day.

    A claim of a time before that day speaks of a part of what is counted then; of a later one, of
    nothing that follows.
    """
    wanted = set(figures)
    found = []
    children: dict[date, Sequence[Child]] = {}
    for one in meanings():
        if one.figure not in wanted or one.until > as_of:
            continue
        if one.until not in children:
            children[one.until] = children_counted(until=one.until)
        plain = as_plain(one.claim)
        of = {one.by: one.category} if one.by else {}
        found.append(
            Heard(
                key=str(one.claim_id),
                cell=place(one.figure, of).name,
                possible=plain.possible,
                ours=ours(one, children[one.until]),
                whole=one.since is None and one.until == as_of,
            )
        )
    return [one for one in found if not (one.cell.startswith(Figure.REMAINING) and not one.whole)]
