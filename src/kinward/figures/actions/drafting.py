"""Asking for a release to be drafted, and the job that counts it, makes it safe and audits it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.audit.context import acting
from kinward.core.guarding import refuse_words
from kinward.core.jobs import enqueue, handles
from kinward.figures.actions.releases import UnfitRelease, allow
from kinward.figures.definitions import fewest_shown
from kinward.figures.models import (
    Against,
    AskedDraft,
    Breakdown,
    DraftRefused,
    Figure,
    Release,
    ReleaseAudit,
)
from kinward.figures.queries import (
    DRAFT,
    Surroundings,
    children_counted,
    counted_tables,
    drafts_before,
    earlier_than,
    figures_beside,
    heard,
)
from kinward.figures.rules import CannotProtect, audited

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from kinward.access.models import User
    from kinward.core.models import Job
    from kinward.figures.rules import Audited, Counted, Sum


@transaction.atomic
def ask_for_draft(  # noqa: PLR0913 (what is released, and by whom)
    *,
    title: str,
    figures: Sequence[str],
    breakdowns: Sequence[str],
    as_of: date,
    threshold: int,
    by: User,
    at: datetime,
    titles: Mapping[str, str] | None = None,  # in other languages; `title` is in English
    takes_place_of: Release | None = None,
) -> AskedDraft:
    """Ask for a release to be drafted; a job does it, as it can take minutes.

    Raises:
        NotAllowed: `by` releases no figures.
        WordsRefused: a title holds a label.
        UnfitRelease: the month is not over, or the threshold is too low.
    """
    allow(by, Permission.RELEASE)
    titles = {code: said.strip() for code, said in (titles or {}).items() if said.strip()}
    refuse_words(title, field="title")
    for code, said in titles.items():
        refuse_words(said, field=f"title_{code}")
    figures = [each for each in Figure if each in figures]
    breakdowns = [each for each in Breakdown if each in breakdowns]
    fewest = fewest_shown(breakdowns)
    if not figures or threshold < fewest:
        said = _("These tables need a threshold of at least %(number)s.") % {"number": fewest}
        raise UnfitRelease(said)
    _refuse_unended(as_of, at)
    asked = AskedDraft.objects.create(
        title=title.strip(),
        titles=titles,
        figures=figures,
        breakdowns=breakdowns,
        as_of=as_of,
        threshold=threshold,
        takes_place_of=takes_place_of,
        asked_by=by,
        asked_at=at,
    )
    record("figures.asked_for_draft", asked, by=by, at=at)
    enqueue(DRAFT, at=at, asked=str(asked.pk))
    return asked


@handles(DRAFT, outside=True)
def _draft(job: Job, at: datetime) -> None:
    """Draft what was asked for, once."""
    asked = AskedDraft.objects.select_related("asked_by").get(pk=job.arguments["asked"])
    with acting(asked.asked_by):
        if may(asked.asked_by, Permission.RELEASE):
            draft(asked=asked, by=asked.asked_by, at=at)


def draft(*, asked: AskedDraft, by: User, at: datetime) -> Release | None:
    """Count the tables, hide what has to be hidden, and audit them against all that is public.

    The audit is made outside of any transaction. Returns None where the tables cannot be protected
    whatever is hidden, which is written down; and the release there is, where one was drafted.

    Raises:
        NotAllowed: `by` releases no figures.
    """
    allow(by, Permission.RELEASE)
    if hasattr(asked, "release") or hasattr(asked, "refused"):
        return getattr(asked, "release", None)
    with transaction.atomic():
        earlier = earlier_than(None, asked.as_of)
        others = figures_beside(asked.figures, earlier)
        drafts = drafts_before(None, asked.as_of)
        told = heard(asked.as_of, {*asked.figures, *others})
        tables = counted_tables(
            children_counted(until=asked.as_of),
            figures=[Figure(each) for each in asked.figures],
            breakdowns=[Breakdown(each) for each in asked.breakdowns],
            until=asked.as_of,
            beside=others,
        )
    try:
        found = audited(
            tables,
            threshold=asked.threshold,
            earlier=earlier,
            heard=told,
            as_of=asked.as_of,
            drafts=drafts,
        )
    except CannotProtect:
        _refuse(asked, by=by, at=at)
        return None
    beside = Surroundings(tables, earlier, told, drafts)
    return _keep(asked, tables, found, beside, by=by, at=at)


@transaction.atomic
def _refuse(asked: AskedDraft, *, by: User, at: datetime) -> None:
    """Write down that nothing can be released like that."""
    DraftRefused.objects.create(asked=asked, refused_at=at)
    record("figures.refused_draft", asked, by=by, at=at)


@transaction.atomic
def _keep(  # noqa: PLR0913 (what is kept of a release)
    asked: AskedDraft,
    tables: Counted,
    found: Audited,
    beside: Surroundings,
    *,
    by: User,
    at: datetime,
) -> Release:
    """Keep a release as it was drafted, and as it was audited."""
    release = Release.objects.create(
        asked=asked,
        title=asked.title,
        titles=asked.titles,
        figures=asked.figures,
        breakdowns=asked.breakdowns,
        as_of=asked.as_of,
        threshold=asked.threshold,
        values={cell: tables.values[cell] for cell in sorted(tables.shown)},
        sums=[[one.whole, list(one.parts)] for one in sorted(tables.sums) if _inside(one, tables)],
        hidden=sorted(found.hidden),
        audit=_held_against(beside),
        takes_place_of=asked.takes_place_of,
        drafted_by=by,
        drafted_at=at,
    )
    record("figures.drafted_release", release, by=by, at=at, hidden=len(found.hidden))
    ReleaseAudit.objects.create(
        release=release, version=beside.version, is_safe=found.is_safe, audited_at=at
    )
    return release


def _inside(one: Sum, tables: Counted) -> bool:
    """Tell whether a sum is one of shown cells only."""
    return {one.whole, *one.parts} <= tables.shown


def _refuse_unended(as_of: date, at: datetime) -> None:
    """Let through the last day of a month that is over.

    Raises:
        UnfitRelease: it is another day: what is public is as of months, and no finer.
    """
    if (as_of + timedelta(days=1)).day != 1 or as_of >= timezone.localdate(at):
        raise UnfitRelease(_("Choose a month that is over."))


def _held_against(beside: Surroundings) -> list[list[str]]:
    """Return what a release was audited against, as it is kept."""
    claims = [(Against.CLAIM if one.is_ours else Against.DIFFERS, one.key) for one in beside.told]
    releases = [(Against.RELEASE, one.key) for one in beside.earlier]
    drafts = [(Against.DRAFT, one.key) for one in beside.drafts]
    found = ((Against.ITSELF, ""), *releases, *drafts, *claims)
    return [[str(kind), key] for kind, key in found]
