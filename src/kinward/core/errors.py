"""What can be refused, and how a door shows it. Concrete errors stand beside their action.

KinwardError        400   a request that cannot be understood
├── NotSignedIn     401   nobody is signed in
├── NotAllowed      403   this person may not do that
├── NotFound        404   absent, or unseen: the two look alike
└── RuleBroken      409   a rule of the work says no
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class KinwardError(Exception):
    """Anything Kinward refuses. Its text is for the person who asked."""

    status: ClassVar[int] = 400
    title: ClassVar[str | _StrPromise] = _("This could not be understood")

    @property
    def said(self) -> str:
        """What to tell the person, in their language."""
        return " ".join(str(part) for part in self.args) or str(self.title)

    @property
    def members(self) -> dict[str, Any]:
        """What a machine is told beside the words, as the field that is wrong."""
        return {}


class NotSignedIn(KinwardError):
    """Nobody is signed in."""

    status = 401
    title = _("Sign in first")


class NotAllowed(KinwardError):
    """This person may not do that."""

    status = 403
    title = _("You may not do this")


class NotFound(KinwardError):
    """There is nothing there that this person may see."""

    status = 404
    title = _("Not found")


class RuleBroken(KinwardError):
    """A rule of the work says no."""

    status = 409
    title = _("This cannot be done")


def problem(error: KinwardError) -> dict[str, Any]:
    """Return the error for a machine, as RFC 9457 has it (application/problem+json)."""
    return {
        "type": "about:blank",
        "title": str(error.title),
        "status": error.status,
        "detail": error.said,
        **error.members,
    }
