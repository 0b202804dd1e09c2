"""A group asked about as a whole: the best of each member, ranked anew by their families.

Only the families of the best are compared, as `families` does it; who else there is, and how many
families, is told by the index, and the circumstances are those the model has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.engines.arrays import Batch, Weighing
from kinmatch.families.collective import Collective
from kinmatch.families.groups import Groups
from kinmatch.records import Person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kinmatch.engines.arrays import Codes
    from kinmatch.engines.columns import Positions
    from kinmatch.families.collective import Matched
    from kinmatch.index.asking import Question
    from kinmatch.index.held import Held
    from kinmatch.model import Model

ONE_GROUP = "asked"


@dataclass(frozen=True, slots=True)
class Beside:
    """The members asked about, by position, beside some places of the index, by theirs in order."""

    questions: Sequence[Question]
    places: Positions
    best: Sequence[Positions]  # of each member, the places it is likeliest to be

    def blocked(self, weigh: Weighing, prior: float) -> Iterator[Batch]:
        """Yield each member beside its best."""
        for member, best in enumerate(self.best):
            j = np.searchsorted(self.places, np.sort(best))
            codes = self.questions[member].codes(self.places[j])
            yield Batch(np.full(len(j), member), j, codes, weigh.total(codes) + prior)

    def codes(self, i: Positions, j: Positions) -> Codes:
        """Return the level of each pair by comparison."""
        found = [
            self.questions[member].codes(self.places[j[i == member]])
            for member in range(len(self.questions))
        ]
        return np.concatenate(found)[np.argsort(np.argsort(i, kind="stable"), kind="stable")]


def match_family(
    model: Model, held: Held, questions: Sequence[Question], best: Sequence[Positions]
) -> tuple[Matched, Positions]:
    """Match a group with the families of its best; return that, and the places compared."""
    near = {place for places in best for place in places.tolist()}
    places = np.array(
        sorted({member for place in near for member in held.group_members(place)}), np.int64
    )
    found = [Person(id=str(member), group=ONE_GROUP) for member in range(len(questions))]
    sought = [Person(id=held.ids[at], group=str(held.group.array[at])) for at in places]
    collective = Collective(
        arrays=Beside(questions, places, best),
        found=Groups.read(found),
        sought=Groups.read(sought),
        weigh=Weighing(model),
        weigh_kin=Weighing(model, among_kin=True),
        circumstances=model.circumstances,
        across=False,
        people=len(held),
        groups=held.companies,
        learning=False,
    )
    return collective.match(collective.start()), places
