"""Drafting, agreeing, publishing and withdrawing releases; saying what a claim is of."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.core.keys import signed
from kinward.core.sheets import as_csv, as_workbook
from kinward.figures.actions.keeping import ask_for_page
from kinward.figures.models import (
    Claim,
    FileKind,
    Meaning,
    Release,
    ReleaseFile,
    ReleaseState,
    ReleaseStep,
    ReleaseStepKind,
)
from kinward.figures.queries import (
    SIGNED_FOR,
    as_signed,
    audit_of,
    key_of_releases,
    sheet_of,
    state_of,
    surroundings,
    tagged,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from kinward.access.models import User

RIGHT_TO_LEFT: Final = frozenset({"ar"})


class UnfitRelease(RuleBroken):
    """These tables cannot be released like that; its words say why."""


class ReleaseMoved(RuleBroken):
    """The release does not stand where this step is possible."""


class NotAuditedYet(RuleBroken):
    """It was not audited beside what is public by now: `ask_for_audit` has that done."""


class SameEditor(RuleBroken):
    """Whoever drafted a release may not agree to it: it takes another editor."""


def allow(by: User, permission: Permission) -> None:
    """Let through who may.

    Raises:
        NotAllowed: `by` may not.
    """
    if not may(by, permission):
        raise NotAllowed(_("Your role does not include it. Nothing was changed."))


def _locked(release: Release, *states: ReleaseState) -> Release:
    """Return a release that stands in one of these states, locked.

    Raises:
        ReleaseMoved: it stands elsewhere.
    """
    release = Release.objects.select_for_update().get(pk=release.pk)
    if state_of(release) not in states:
        said = _("This release is %(state)s by now. Nothing was changed.")
        raise ReleaseMoved(said % {"state": state_of(release).label})
    return release


def _take(
    release: Release, step: ReleaseStepKind, *, by: User, at: datetime, reason: str = ""
) -> ReleaseStep:
    """Append a step."""
    taken = ReleaseStep.objects.create(
        release=release,
        step=step,
        drafter_id=release.drafted_by_id,
        reason=reason.strip(),
        taken_by=by,
        taken_at=at,
    )
    record(f"figures.{ACTS[step]}", release, by=by, at=at)
    return taken


ACTS: Final = {
    ReleaseStepKind.AGREED: "agreed_release",
    ReleaseStepKind.RETURNED: "returned_release",
    ReleaseStepKind.PUBLISHED: "published_release",
    ReleaseStepKind.WITHDRAWN: "withdrew_release",
    ReleaseStepKind.SUPERSEDED: "superseded_release",
}


def _refuse_unsafe(release: Release) -> None:
    """Let through what was found safe beside all that is public by now.

    Raises:
        UnfitRelease: a small number could be worked out by now, or our records have changed.
        NotAuditedYet: nobody knows, for it was not audited beside that.
    """
    beside = surroundings(release)
    if beside.counted is None:
        raise UnfitRelease(_("Our records have changed since this was drafted. Draft it anew."))
    audit = audit_of(release, beside.version)
    if audit is None:
        raise NotAuditedYet(_("Something was said or published since this was audited."))
    if not audit.is_safe:
        said = _(
            "Something became public since this was drafted, by which a small number could be "
            "worked out. Draft it anew."
        )
        raise UnfitRelease(said)


@transaction.atomic
def agree_release(*, release: Release, by: User, at: datetime) -> ReleaseStep:
    """Agree to a release as a second editor: its files are made and signed.

    Raises:
        NotAllowed: `by` agrees to no releases.
        SameEditor: `by` drafted it.
        ReleaseMoved: somebody agreed to it or turned it down before.
        UnfitRelease: it is not safe any more.
        NotAuditedYet: whether it is, has to be found first.
    """
    allow(by, Permission.AGREE_RELEASE)
    release = _locked(release, ReleaseState.AUDITED)
    _refuse_same(release, by)
    _refuse_unsafe(release)
    step = _take(release, ReleaseStepKind.AGREED, by=by, at=at)
    _make_files(release, by=by, at=at)
    return step


@transaction.atomic
def return_release(*, release: Release, reason: str, by: User, at: datetime) -> ReleaseStep:
    """Turn a release down as a second editor, and say why.

    Raises:
        NotAllowed: `by` agrees to no releases.
        SameEditor: `by` drafted it.
        ReleaseMoved: somebody agreed to it or turned it down before.
        UnfitRelease: no reason is given.
        WordsRefused: the reason holds a label.
    """
    allow(by, Permission.AGREE_RELEASE)
    release = _locked(release, ReleaseState.AUDITED)
    _refuse_same(release, by)
    _refuse_no_reason(reason)
    return _take(release, ReleaseStepKind.RETURNED, by=by, at=at, reason=reason)


def _refuse_same(release: Release, by: User) -> None:
    """Let through another editor.

    Raises:
        SameEditor: it is the one who drafted it.
    """
    if release.drafted_by_id == by.pk:
        raise SameEditor(_("You drafted this release. Another editor has to look at it."))


def _refuse_no_reason(reason: str) -> None:
    """Let through a reason in words.

    Raises:
        UnfitRelease: it is blank.
        WordsRefused: it holds a label.
    """
    if not reason.strip():
        raise UnfitRelease(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")


@transaction.atomic
def publish_release(*, release: Release, by: User, at: datetime) -> ReleaseStep:
    """Publish what a second editor agreed to; what it takes the place of is replaced.

    Raises:
        NotAllowed: `by` releases no figures.
        ReleaseMoved: nobody agreed to it, or it was published before.
        UnfitRelease: it is not safe any more.
        NotAuditedYet: whether it is, has to be found first.
    """
    allow(by, Permission.RELEASE)
    # Two published at once must each see the other, or both together tell what neither does.
    list(Release.objects.select_for_update().values_list("pk", flat=True))
    release = _locked(release, ReleaseState.AGREED)
    _refuse_unsafe(release)
    step = _take(release, ReleaseStepKind.PUBLISHED, by=by, at=at)
    before = release.takes_place_of
    if before is not None and state_of(before) == ReleaseState.PUBLISHED:
        _take(before, ReleaseStepKind.SUPERSEDED, by=by, at=at)
    return step


@transaction.atomic
def withdraw_release(*, release: Release, reason: str, by: User, at: datetime) -> ReleaseStep:
    """Take a release from the public page, and say why. Who has kept it still has it.

    Raises:
        NotAllowed: `by` releases no figures.
        ReleaseMoved: it is not public.
        UnfitRelease: no reason is given.
        WordsRefused: the reason holds a label.
    """
    allow(by, Permission.RELEASE)
    release = _locked(release, ReleaseState.PUBLISHED)
    _refuse_no_reason(reason)
    return _take(release, ReleaseStepKind.WITHDRAWN, by=by, at=at, reason=reason)


def _make_files(release: Release, *, by: User, at: datetime) -> None:
    """Make the files of a release, and the manifest that is signed."""
    made: list[tuple[FileKind, str, bytes]] = [(FileKind.HXL, "", as_csv(tagged(release)))]
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            table = sheet_of(release)
            right = language in RIGHT_TO_LEFT
            made.append((FileKind.CSV, language, as_csv(table)))
            made.append((FileKind.XLSX, language, as_workbook(table, right_to_left=right)))
    said: dict[str, object] = {
        "release": str(release.pk),
        "title": release.title,
        "titles": release.titles,
        "as_of": release.as_of.isoformat(),
        "threshold": release.threshold,
        "agreed_by_editors": 2,
        "agreed_at": at.isoformat(),
        "files": [
            {"kind": kind.value, "language": language, "sha256": digest_of(content)}
            for kind, language, content in made
        ],
        "key": key_of_releases(),
    }
    manifest = said | {"signature": signed(as_signed(said), SIGNED_FOR)}
    written = json.dumps(manifest, sort_keys=True, indent=1, ensure_ascii=False).encode()
    for kind, language, content in [*made, (FileKind.MANIFEST, "", written)]:
        ReleaseFile.objects.create(
            release=release,
            kind=kind,
            language=language,
            content=content,
            digest=digest_of(content),
            made_by=by,
            made_at=at,
        )


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a file, in hexadecimals."""
    return hashlib.sha256(content).hexdigest()


@transaction.atomic
def say_meaning(  # noqa: PLR0913 (what a claim is of)
    *,
    claim: Claim,
    figure: str,
    of: str,
    category: str,
    since: date | None,
    until: date,
    by: User,
    at: datetime,
) -> Meaning:
    """Say of which of our own figures a claim speaks; of none, if `figure` is empty.

    Raises:
        NotAllowed: `by` codes no figures.
        UnfitRelease: a category without a dimension, or a period that ends before it begins.
    """
    allow(by, Permission.CODE_CLAIM)
    if bool(of) != bool(category.strip()) or (since and since > until):
        raise UnfitRelease(_("Say by what it is a part and which, and when it ends."))
    meaning = Meaning.objects.create(
        claim=claim,
        figure=figure,
        by=of,
        category=category.strip(),
        since=since,
        until=until,
        said_by=by,
        said_at=at,
    )
    record("figures.said_meaning", claim, by=by, at=at, figure=figure)
    ask_for_page(by=by, at=at)
    return meaning
