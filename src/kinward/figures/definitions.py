"""What the programme's own figures are: each defined once, for every page, file and release.

All are read from the ledgers of casework and people. A child is counted once however many records
there are of it, and by what had happened until the last day; a step that was withdrawn never was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from kinward.casework.models import Track
from kinward.casework.tracks import Locate, Movement, Placement, Tracing
from kinward.casework.tracks.locate import GONE
from kinward.casework.tracks.movement import FLOWN
from kinward.casework.tracks.placement import LIVING
from kinward.figures.models import Breakdown, By, Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One figure: of whom it is, how it is counted, and as of when."""

    figure: Figure
    population: _StrPromise
    method: _StrPromise
    track: Track
    steps: frozenset[str]  # whoever took one of these is counted, from the first of them on
    within: str = ""  # everybody counted is counted by that figure too

    @property
    def label(self) -> str:
        """Its name in the language in use."""
        return str(self.figure.label)

    @property
    def as_of(self) -> str:
        """As of when it is; one rule for all of them."""
        return str(AS_OF)


AS_OF: Final = _(
    "By what had happened until that day, as the ledgers stood when it was counted. A step that "
    "was withdrawn never was."
)
ON_RECORD: Final = frozenset(
    {
        Locate.LOCATED,
        Locate.REGISTERED,
        Locate.HYPOTHESIS,
        Locate.CORROBORATED,
        Locate.ESTABLISHED,
    }
)
NOT_COUNTED: Final = frozenset(GONE)  # a child that died, is another’s record, or is not there
MOVED_IN: Final = frozenset(
    {*LIVING, Placement.FOLLOW_UP, Placement.STABLE, Placement.CLOSING, Placement.CLOSED}
)
VISITED: Final = frozenset({Placement.FOLLOW_UP, Placement.STABLE})
ARRIVED: Final = frozenset(FLOWN) - {Movement.BOARDED, Movement.IN_FLIGHT, Movement.MEDEVAC}

DEFINITIONS: Final[Mapping[Figure, Definition]] = {
    each.figure: each
    for each in (
        Definition(
            figure=Figure.FOUND,
            population=_(
                "Children who are located or registered. Not children somebody only reports or "
                "has seen, nor those who have died or whose record is of another child."
            ),
            method=_("Each child once, from the day it was registered, or was said to be located."),
            track=Track.LOCATE,
            steps=ON_RECORD,
        ),
        Definition(
            figure=Figure.TRACED,
            population=_("Children found for whom a family came forward that could be verified."),
            method=_("From the day on which verifying a family began."),
            track=Track.TRACING,
            steps=frozenset({Tracing.PENDING, Tracing.VERIFIED, Tracing.REUNIFIED}),
            within=Figure.FOUND,
        ),
        Definition(
            figure=Figure.VERIFIED,
            population=_("Children found whose family was verified by interviews on both sides."),
            method=_("From the day on which a family was first verified."),
            track=Track.TRACING,
            steps=frozenset({Tracing.VERIFIED, Tracing.REUNIFIED}),
            within=Figure.TRACED,
        ),
        Definition(
            figure=Figure.CLEARED,
            population=_("Children found who were put on a passenger list with nothing open."),
            method=_("From the day on which they were first cleared to fly."),
            track=Track.MOVEMENT,
            steps=frozenset({Movement.MANIFESTED}),
            within=Figure.FOUND,
        ),
        Definition(
            figure=Figure.FLOWN,
            population=_("Children found who went on board, or were flown out for treatment."),
            method=_("From the day on which they first went on board."),
            track=Track.MOVEMENT,
            steps=frozenset(FLOWN),
            within=Figure.FOUND,
        ),
        Definition(
            figure=Figure.LANDED,
            population=_("Children flown of whom somebody counted that they landed."),
            method=_("From the day on which they landed."),
            track=Track.MOVEMENT,
            steps=ARRIVED,
            within=Figure.FLOWN,
        ),
        Definition(
            figure=Figure.PLACED,
            population=_("Children found who moved in with a carer, relatives among them."),
            method=_("From the day on which they first moved in; where it broke down, too."),
            track=Track.PLACEMENT,
            steps=MOVED_IN,
            within=Figure.FOUND,
        ),
        Definition(
            figure=Figure.FOLLOWED_UP,
            population=_("Children placed who were visited after they moved in."),
            method=_("From the day of the first visit."),
            track=Track.PLACEMENT,
            steps=VISITED,
            within=Figure.PLACED,
        ),
        Definition(
            figure=Figure.REMAINING,
            population=_("Children found who have not flown. Nobody who was not found is in it."),
            method=_("Children found less children flown: it goes down as they come home."),
            track=Track.MOVEMENT,
            steps=frozenset(),
            within=Figure.FOUND,
        ),
    )
}

# Where the words of a dimension come from: a kind of fact; a place is counted by its region.
FACTS: Final[Mapping[By, str]] = {
    By.ORIGIN: "relatives_region",
    By.SEX: "sex",
    By.AGE: "born",
    By.DESTINATION: "destination",
    By.HOST: "stay",
}
PLACES: Final = frozenset({By.ORIGIN, By.DESTINATION, By.HOST})
TABLES: Final[Mapping[str, tuple[By, ...]]] = {
    each: tuple(By(by) for by in each.split("-")) for each in Breakdown.values
}
# Where a child lives or was held is worth more to who looks for it: ten are the fewest shown.
SENSITIVE: Final = frozenset({By.DESTINATION, By.HOST})
FEWEST: Final = 5
FEWEST_SENSITIVE: Final = 10
# Between which figures children wait.
WAITS: Final = (
    (Figure.FOUND, Figure.VERIFIED),
    (Figure.VERIFIED, Figure.FLOWN),
    (Figure.LANDED, Figure.PLACED),
)


def fewest_shown(breakdowns: Iterable[str]) -> int:
    """Return the least threshold of some tables: more where one tells where children are."""
    told = {by for each in breakdowns for by in TABLES[each]}
    return FEWEST_SENSITIVE if told & SENSITIVE else FEWEST
