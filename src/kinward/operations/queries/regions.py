"""Children of an operation counted by region: where their relatives live, and where they go."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.casework.queries import last_places
from kinward.places.queries import names_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Regions:
    """How many of the children who came so far are of each region, the most first, then unknown."""

    heading: str
    rows: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(amount for _words, amount in self.rows)


KINDS: Final[Mapping[str, _StrPromise]] = {
    "relatives_region": gettext_lazy("By where their relatives live"),
    "destination": gettext_lazy("By where they go"),
}


def regions_of(children: Collection[UUID], language: str) -> list[Regions]:
    """Some children counted by the region of their relatives, and by where they go.

    These are different places and are never mixed. It is read past the walls, as a count: whoever
    leads an operation learns how many go where, and of nobody which.
    """
    found = []
    for kind, heading in KINDS.items():
        places = last_places(children, kind)
        counted = Counter(places.get(child, "").partition(":")[0] for child in children)
        unknown = counted.pop("", 0)
        names = names_of(counted, language)
        rows = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
        said = [(names.get(code, code), amount) for code, amount in rows]
        said += [(_("not known"), unknown)] if unknown else []
        found.append(Regions(heading=str(heading), rows=tuple(said)))
    return found
