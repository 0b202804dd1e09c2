"""The accounts of the demo, by what they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinward.access.models import Role, User


@dataclass(frozen=True, slots=True)
class Hands:
    """Everybody who works on the story."""

    workers: Sequence[User]

    def all(self, role: Role) -> list[User]:
        """Return everybody of a role, in the order their accounts were opened."""
        return [each for each in self.workers if each.role == role]

    def first(self, role: Role) -> User:
        """Return the first of a role."""
        return self.all(role)[0]
