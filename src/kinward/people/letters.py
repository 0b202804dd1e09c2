"""What a letter is written in: words, blank lines between paragraphs, and names of what to fill in.

A placeholder stands in braces: {name}. There is nothing else in it: no condition, no code, and no
placeholder that is not on the list. A brace that is meant is written twice: {{.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

PLACEHOLDERS: Final[Mapping[str, _StrPromise]] = {
    "name": _("the child’s name as it was first written"),
    "reference": _("the child’s reference"),
    "age": _("how old the child is, from what is known"),
    "recipient": _("who receives the letter"),
    "office": _("the office whose child it is"),
    "today": _("the day on which the letter is made"),
    "writer": _("the name of who makes the letter"),
}
PART: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a text is no letter: a placeholder that is not known, or a brace that stands alone."""

    found: str


def faults(text: str) -> list[Fault]:
    """Return what is wrong in a text, in its order."""
    return [
        Fault(found=part[0])
        for part in PART.finditer(text)
        if part[0] not in {"{{", "}}"} and (part[1] or "").strip() not in PLACEHOLDERS
    ]


def used(text: str) -> frozenset[str]:
    """Return the placeholders of a text."""
    return frozenset(part[1].strip() for part in PART.finditer(text) if part[1] is not None)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its placeholders filled in; what has no value yet stays to be written."""

    def one(part: re.Match[str]) -> str:
        if part[1] is None:
            return part[0][0]
        return values.get(part[1].strip(), "") or BLANK

    return PART.sub(one, text)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text: what blank lines part."""
    return [
        part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()
    ]


BLANK: Final = "…………………"
