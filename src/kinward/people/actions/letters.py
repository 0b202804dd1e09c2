"""Writing the programme's letters: one person writes, another agrees, and only then is it used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.actions import request_approval, use_approval
from kinward.access.actions.approvals import hash_of
from kinward.access.models import ApprovalKind
from kinward.access.rules import may_ask
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.core.versions import Conflict
from kinward.people.letters import faults
from kinward.people.models import LetterVersion

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User


class UnfitLetter(RuleBroken):
    """The letter cannot be written like that; its words say why."""


class WrittenMeanwhile(Conflict):
    """Somebody wrote another version of the letter meanwhile."""


@transaction.atomic
def write_letter(  # noqa: PLR0913 (what a version has)
    *,
    letter: UUID | None = None,
    seen: int = 0,
    name: str,
    texts: Mapping[str, Mapping[str, str]],
    reason: str,
    by: User,
    at: datetime,
) -> LetterVersion:
    """Write a letter, or another version of one, and ask a second person to agree.

    `texts` are subject and body by language; `seen` the number of the last version that was seen.

    Raises:
        NotAllowed: `by` writes no letters.
        UnfitLetter: a language is missing, or a placeholder is not known.
        WordsRefused: the words label a person.
        WrittenMeanwhile: there is a later version than the one that was seen.
    """
    if not (by.is_active and may_ask(by.role, ApprovalKind.LETTER)):
        raise NotAllowed(_("You may not write letters."))
    refuse_words(name, field="name")
    for language, _name in settings.LANGUAGES:
        refuse_unfit(texts.get(language, {}), language)
    before = LetterVersion.objects.filter(letter=letter).order_by("-number") if letter else None
    last = before.select_for_update().select_related("written_by").first() if before else None
    if last and last.number != seen:
        raise WrittenMeanwhile(
            _("Another version has been written meanwhile. Read it before you write yours."),
            had=str(seen),
            stands=str(last.number),
            by=last.written_by.get_full_name(),
            at=last.written_at,
        )
    version = LetterVersion(
        letter=letter or uuid4(),
        number=last.number + 1 if last else 1,
        name=name.strip(),
        texts={language: dict(said) for language, said in texts.items()},
        written_by=by,
        written_at=at,
    )
    payload, kind = payload_of(version), ApprovalKind.LETTER
    version.approval = request_approval(kind=kind, payload=payload, reason=reason, by=by, at=at)
    version.save()
    record("people.wrote_letter", version, by=by, at=at, version=version.number)
    return version


def payload_of(version: LetterVersion) -> dict[str, Any]:
    """Return what a second person agrees to: this version, and just these words."""
    return {
        "letter": str(version.letter),
        "version": version.number,
        "name": version.name,
        "sha256": hash_of(version.texts),
    }


def refuse_unfit(text: Mapping[str, str], language: str) -> None:
    """Refuse a text that is missing, labels somebody, or has a placeholder that is not known.

    Raises:
        UnfitLetter, WordsRefused
    """
    for part in ("subject", "body"):
        said = text.get(part, "")
        if not said.strip():
            raise UnfitLetter(_("Write subject and text in every language."))
        refuse_words(said, field=f"{part}_{language}")
        if wrong := faults(said):
            told = _("%(found)s is not on the list of what can be filled in.")
            raise UnfitLetter(told % {"found": wrong[0].found})


@transaction.atomic
def use_letter(*, version: LetterVersion, by: User, at: datetime) -> None:
    """Put a version into use, once a second person agreed to just these words.

    Raises:
        NotApproved: nobody has, or the words are others, or somebody else asked.
    """
    agreed, kind = version.approval, ApprovalKind.LETTER
    use_approval(approval=agreed, kind=kind, payload=payload_of(version), by=by, at=at)
    record("people.used_letter", version, by=by, at=at, version=version.number)
