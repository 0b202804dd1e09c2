"""Pictures of the register: who said which number when, and what a whole is made up of."""

from __future__ import annotations

from math import isinf
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from kinward.core.charts import Part, Whisker, parts, whiskers
from kinward.core.wording import isolate, number, reads_right_to_left, written_date
from kinward.figures import queries
from kinward.figures.models import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from kinward.figures.models import Claim

LONGEST: Final = 46  # signs of a label in a picture
DRAWN: Final = frozenset({Verdict.CLOSES, Verdict.RESIDUAL, Verdict.OVER})


def over_time(claims: Sequence[queries.Shown], name: str) -> SafeString | str:
    """Draw what each claim says that its number can be, over time; nothing for one alone."""
    rows = [
        Whisker(
            mark=number(mark),
            at=day_of(one.claim),
            when=isolate(written_date(day_of(one.claim))),
            low=one.low,
            high=None if isinf(one.high) else one.high,
        )
        for mark, one in enumerate(claims, 1)
        if one.feasible or one.impossible
    ]
    if len(rows) < 2:  # noqa: PLR2004 (there is nothing to compare)
        return ""
    return whiskers(
        rows,
        title=_("Who said which number when"),
        description=_(
            "Each line reaches from the least to the greatest number that a source can mean. The "
            "same figures stand in the table below, by their numbers."
        ),
        mirrored=reads_right_to_left(),
        name=name,
    )


def day_of(claim: Claim) -> str:
    """Return when a claim is of, as closely as it was told: its day, month or year."""
    return claim.as_of or claim.source.published_on.isoformat()


def tree(told: queries.Told, name: str) -> SafeString | str:
    """Draw a whole and its parts, with what none of them accounts for; nothing for a pair."""
    if not told.finding.whole or told.verdict not in DRAWN:
        return ""
    whole, *rest = told.claims
    rows = [Part(queries.written(queries.as_plain(one)), label_of(one)) for one in rest]
    if told.verdict == Verdict.RESIDUAL:
        left = queries.span(told.finding.rest)
        rows.append(Part(left, _("not accounted for in this source"), known=False))
    if told.verdict == Verdict.OVER:
        rows.append(Part(queries.span(told.finding.rest), _("more than the whole"), known=False))
    return parts(
        Part(queries.written(queries.as_plain(whole)), _("the whole")),
        rows,
        title=_("A whole and its parts"),
        description=told.sentence,
        mirrored=reads_right_to_left(),
        name=name,
    )


def label_of(claim: Claim) -> str:
    """Return the label of a part: of whom, who said so."""
    words = f"{claim.category or claim.words} – {claim.speaker or claim.source.outlet}"
    return isolate(words if len(words) <= LONGEST else f"{words[:LONGEST]}…")
