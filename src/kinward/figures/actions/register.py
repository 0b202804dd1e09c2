"""Adding sources, coding their figures, checking and linking them."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.figures.models import (
    ArchivedCopy,
    Claim,
    ClaimCheck,
    ClaimLink,
    CopyOf,
    Dimension,
    Fault,
    SameText,
    SetAside,
    Source,
    Tie,
)
from kinward.figures.rules import faults, told

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

    from kinward.access.models import User
    from kinward.core.intake import Page
    from kinward.figures.rules import Coding


class Chosen(NamedTuple):
    """A suggestion that an editor confirmed: its coding, and the whole that it is a part of.

    The whole is a claim that is there already, or where the number of one stands that is confirmed
    at the same time.
    """

    coding: Coding
    whole: Claim | int | None = None


class UnfitClaim(RuleBroken):
    """A claim cannot be kept as it was coded; its words say why."""


class AlreadyCorrected(RuleBroken):
    """Somebody has corrected this claim in the meantime."""


class CannotCheck(RuleBroken):
    """One's own claims, and those one has checked before, are for somebody else to check."""


class AlreadyRead(RuleBroken):
    """Somebody has decided in the meantime whether this quantity is a claim."""


class CannotLink(RuleBroken):
    """Two claims cannot be linked like this; its words say why."""


def _allow(by: User, permission: Permission) -> None:
    """Let through who may.

    Raises:
        NotAllowed: `by` may not.
    """
    if not may(by, permission):
        raise NotAllowed(_("Your role does not include it. Nothing was changed."))


@transaction.atomic
def keep_copy(*, page: Page, content: bytes, by: User, at: datetime) -> ArchivedCopy:
    """Keep a page as archives do, with its digest and what was read out of it.

    Raises:
        NotAllowed: `by` codes no figures.
    """
    _allow(by, Permission.CODE_CLAIM)
    told = asdict(page)
    copy = ArchivedCopy.objects.create(
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        text=told.pop("text"),
        told=told,
        kept_by=by,
        kept_at=at,
    )
    record("figures.kept_copy", copy, by=by, at=at)
    return copy


@transaction.atomic
def add_source(  # noqa: PLR0913 (what is known of a source)
    *,
    kind: str,
    title: str,
    address: str,
    outlet: str,
    agency: str,
    language: str,
    translation: str,
    published_on: date,
    text: str,
    by: User,
    at: datetime,
    copy: ArchivedCopy | None = None,
) -> Source:
    """Keep a published text as it is, with its digest, and the copy that it was read out of.

    Raises:
        NotAllowed: `by` codes no figures.
    """
    _allow(by, Permission.CODE_CLAIM)
    source = Source.objects.create(
        kind=kind,
        title=title.strip(),
        address=address.strip(),
        outlet=outlet.strip(),
        agency=agency.strip(),
        language=language,
        translation=translation,
        published_on=published_on,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        added_by=by,
        added_at=at,
    )
    if copy is not None:
        CopyOf.objects.create(source=source, copy=copy)
    record("figures.added_source", source, by=by, at=at)
    return source


@transaction.atomic
def code_claim(  # noqa: PLR0913 (what is coded, and what it corrects)
    *,
    source: Source,
    coding: Coding,
    by: User,
    at: datetime,
    corrects: Claim | None = None,
    reason: str = "",
) -> Claim:
    """Write down one figure of a source, or correct how it was coded: both are kept.

    Raises:
        NotAllowed: `by` codes no figures.
        WordsRefused: what the coder says in their own words holds a label.
        UnfitClaim: the quote does not stand in the source, or the number is impossible.
        AlreadyCorrected: another correction came first.
    """
    _allow(by, Permission.CODE_CLAIM)
    for name, words in (("words", coding.words), ("category", coding.category), ("reason", reason)):
        refuse_words(words, field=name)
    if wrong := faults(coding, source.text):
        raise UnfitClaim(str(Fault(next(iter(wrong.values()))).label))
    if corrects is not None:
        corrects = _standing(corrects, source=source, reason=reason)
    if corrects is not None and coding.number_at is None:
        coding = replace(coding, number_at=corrects.number_at)
    about = told(coding.words)
    claim = Claim.objects.create(
        source=source,
        **asdict(coding)
        | {"state": coding.state or about.state, "since": coding.since or about.since},
        population={str(facet): said for facet, said in about.facets.items()},
        corrects=corrects,
        reason=reason.strip(),
        coded_by=by,
        coded_at=at,
    )
    act = "figures.corrected" if corrects else "figures.coded"
    record(act, claim, by=by, at=at, source=str(source.pk))
    return claim


@transaction.atomic
def read_source(
    *,
    source: Source,
    chosen: Mapping[int, Chosen],
    aside: Collection[int],
    by: User,
    at: datetime,
) -> dict[int, Claim]:
    """Record what an editor decided of suggestions: claims, linked to their wholes, and no claims.

    Both are by where the number stands in the text. All of it is recorded, or nothing.

    Raises:
        NotAllowed: `by` codes no figures.
        AlreadyRead: somebody decided of one of them in the meantime.
        UnfitClaim, WordsRefused, CannotLink: as when it is coded by hand.
    """
    _allow(by, Permission.CODE_CLAIM)
    source = Source.objects.select_for_update().get(pk=source.pk)
    places = {*chosen, *aside}
    done = source.claims.filter(number_at__in=places).exists()
    if done or source.set_aside.filter(number_at__in=places).exists():
        raise AlreadyRead(_("Somebody has decided this in the meantime. Nothing was changed."))
    claims = {
        place: code_claim(source=source, coding=one.coding, by=by, at=at)
        for place, one in sorted(chosen.items())
    }
    for place, one in sorted(chosen.items()):
        whole = claims[one.whole] if isinstance(one.whole, int) else one.whole
        if whole is not None:
            link_claims(
                claim=claims[place], tie=Tie.PART_OF, other=whole, dimension="", by=by, at=at
            )
    for place in sorted(aside):
        SetAside.objects.create(source=source, number_at=place, set_aside_by=by, set_aside_at=at)
    if aside:
        record("figures.set_aside", source, by=by, at=at, count=len(aside))
    return claims


@transaction.atomic
def tell_copies(*, source: Source, other: Source, same: bool, by: User, at: datetime) -> SameText:
    """Say whether two sources print one text. If so, their figures count as one source's.

    Raises:
        NotAllowed: `by` codes no figures.
        CannotLink: it is the same source.
    """
    _allow(by, Permission.CODE_CLAIM)
    if source.pk == other.pk:
        raise CannotLink(_("A source is no copy of itself."))
    said = SameText.objects.create(source=source, other=other, same=same, said_by=by, said_at=at)
    record("figures.told_copies", source, by=by, at=at, other=str(other.pk), same=same)
    return said


def _standing(claim: Claim, *, source: Source, reason: str) -> Claim:
    """Return a claim that can be corrected, locked.

    Raises:
        UnfitClaim: no reason is given, or it is of another source.
        AlreadyCorrected: it was corrected before.
    """
    if not reason.strip() or claim.source_id != source.pk:
        raise UnfitClaim(_("Give a reason in your own words."))
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if Claim.objects.filter(corrects=claim).exists():
        raise AlreadyCorrected(_("This figure was corrected in the meantime."))
    return claim


@transaction.atomic
def check_claim(*, claim: Claim, agrees: bool, reason: str, by: User, at: datetime) -> ClaimCheck:
    """Say, as a second coder, whether a claim is coded as the source has it.

    Raises:
        NotAllowed: `by` checks no figures.
        CannotCheck: it is one's own, was checked by oneself before, or no reason is given against.
        WordsRefused: the reason holds a label.
    """
    _allow(by, Permission.CHECK_CLAIM)
    refuse_words(reason, field="reason")
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if claim.coded_by_id == by.pk or claim.checks.filter(checked_by=by).exists():
        raise CannotCheck(_("Somebody else has to check this figure: you coded or checked it."))
    if not agrees and not reason.strip():
        raise CannotCheck(_("Give a reason in your own words."))
    check = ClaimCheck.objects.create(
        claim=claim, agrees=agrees, reason=reason.strip(), checked_by=by, checked_at=at
    )
    record("figures.checked", claim, by=by, at=at, agrees=agrees)
    return check


@transaction.atomic
def link_claims(  # noqa: PLR0913 (two ends, and what is between them)
    *, claim: Claim, tie: str, other: Claim, dimension: str, by: User, at: datetime
) -> ClaimLink:
    """Say how one claim is linked to another.

    Raises:
        NotAllowed: `by` codes no figures.
        CannotLink: it is the same claim, or a whole would become a part of its own part.
    """
    _allow(by, Permission.CODE_CLAIM)
    if claim.pk == other.pk or (tie == Tie.PART_OF and claim.pk in _wholes_above(other)):
        raise CannotLink(_("A figure cannot be a part of itself, nor of one of its parts."))
    link = ClaimLink.objects.create(
        claim=claim,
        tie=tie,
        other=other,
        dimension=dimension or claim.dimension or Dimension.OTHER if tie == Tie.PART_OF else "",
        linked_by=by,
        linked_at=at,
    )
    record("figures.linked", claim, by=by, at=at, tie=tie, other=str(other.pk))
    return link


def _wholes_above(claim: Claim) -> set[object]:
    """Return the claims that one is a part of, directly or through others."""
    parts = ClaimLink.objects.filter(tie=Tie.PART_OF, taken_back_by=None, takes_back=None)
    above: set[object] = set()
    ask = {claim.pk}
    while ask:
        ask = set(parts.filter(claim__in=ask).values_list("other", flat=True)) - above
        above |= ask
    return above


@transaction.atomic
def take_back_link(*, link: ClaimLink, by: User, at: datetime) -> ClaimLink:
    """Take a link back; that it was made is kept.

    Raises:
        NotAllowed: `by` codes no figures.
        CannotLink: it was taken back before.
    """
    _allow(by, Permission.CODE_CLAIM)
    link = ClaimLink.objects.select_for_update().get(pk=link.pk)
    if link.takes_back_id or ClaimLink.objects.filter(takes_back=link).exists():
        raise CannotLink(_("This link was taken back in the meantime."))
    back = ClaimLink.objects.create(
        claim=link.claim,
        tie=link.tie,
        other=link.other,
        takes_back=link,
        linked_by=by,
        linked_at=at,
    )
    record("figures.took_back_link", link.claim, by=by, at=at, tie=link.tie)
    return back
