"""Knowing a document again: by its code and what it says, or by its file. Never what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.core.models import Imprint
from kinward.core.printing.pages import SHOWN_OF_DIGEST, digest_of

if TYPE_CHECKING:
    from datetime import date


class Finding(models.TextChoices):
    """What is found of a document that somebody holds."""

    UNCHANGED = "unchanged", _("It was made by this programme, and is unchanged.")
    SAME_CODE = (
        "same_code",
        _("A document with this code was made by this programme. Compare the line below the code."),
    )
    CHANGED = "changed", _("A document with this code was made here, and this is not it.")
    UNKNOWN = "unknown", _("No such document was made by this programme.")


def imprint(*, code: str, html: str, file: bytes, on: date) -> Imprint:
    """Keep what a document is known again by: its code, what it says, and its file."""
    return Imprint.objects.create(
        code=code, contents=digest_of(html), file=digest_of(file), made_on=on
    )


def known_again(
    *, code: str = "", digest: str = "", file: bytes | None = None
) -> tuple[Finding, Imprint | None]:
    """Say whether a document was made here: by its file, else by its code and its digest."""
    found = Imprint.objects.filter(code=code).first() if code else None
    if file is not None:
        whole = Imprint.objects.filter(file=digest_of(file)).first()
        if whole and (not code or whole == found):
            return Finding.UNCHANGED, whole
        return (Finding.CHANGED, found) if found else (Finding.UNKNOWN, None)
    if found is None:
        return Finding.UNKNOWN, None
    if not digest:
        return Finding.SAME_CODE, found
    same = found.contents[:SHOWN_OF_DIGEST] == digest[:SHOWN_OF_DIGEST]
    return (Finding.UNCHANGED if same else Finding.CHANGED), found
