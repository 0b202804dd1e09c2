"""What is read out of a source: suggestions of claims, its archived copy, copies of its text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kinward.core.guarding import objection
from kinward.figures.models import ArchivedCopy, CopyOf, SameText, SetAside, Source
from kinward.figures.queries.register import claims_that_stand
from kinward.figures.rules import ALIKE, Coding, likeness, shingles
from kinward.figures.rules.reading import LEXICONS, Suggestion, by_stem, suggestions
from kinward.places.gazetteer import entries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    import numpy as np
    from numpy.typing import NDArray

    from kinward.figures.models import Claim

LARGE: Final = 250_000  # people: smaller towns bear too many names that are words
ALWAYS: Final = frozenset({"country", "region", "former", "camp"})
RUNS: Final[dict[str, NDArray[np.uint64]]] = {}  # by the digest of a text
DAYS: Final = 14  # between copies of one text
TEXTS_KEPT: Final = 4_000  # whose runs of words this process keeps: 32 MB of long reports
SPEAKER: Final = 200  # signs
# What leads a phrase: from the last of them on words are left out that end in a label.
LEADS: Final = frozenset(
    ("of", "for", "to", "as", "with", "by", "from", "из", "для", "за", "с", "к", "в", "от", "у")
)
# The languages that a source can be said to be in, each with letters of its script.
SCRIPTS: Final = {
    "en": re.compile(r"[a-z]"),
    "ru": re.compile(r"[а-яё]"),
    "ar": re.compile(r"[\u0620-\u064a]"),
}


class Offered(NamedTuple):
    """A suggestion as it is offered: how it would be coded, and the claim that is its whole."""

    suggestion: Suggestion
    coding: Coding
    whole: Claim | None  # one that is in the register already


@cache
def known_places(language: str) -> Mapping[str, str]:
    """Return the places of the gazetteer that texts of a language name, by stem."""
    if language not in LEXICONS:
        return {}
    named: dict[str, str] = {}
    for entry in entries():
        name = entry["names"].get(language)
        if name and (entry["kind"] in ALWAYS or entry.get("population", 0) >= LARGE):
            named.setdefault(name, name)
    return by_stem(named, LEXICONS[language])


def can_be_read(source: Source) -> bool:
    """Tell whether suggestions can be made in the language of a source."""
    return source.language[:2] in LEXICONS


def offered(source: Source) -> list[Offered]:
    """Return what a text seems to claim and nobody has decided of, in the order of the text."""
    language = source.language[:2]
    found = suggestions(
        source.text,
        language=language,
        published_on=source.published_on,
        known=known_places(language),
    )
    claims = list(claims_that_stand().filter(source=source))
    at = {claim.number_at: claim for claim in claims if claim.number_at is not None}
    aside = set(SetAside.objects.filter(source=source).values_list("number_at", flat=True))
    by_hand = [claim for claim in claims if claim.number_at is None]
    codings = coded(found, source.text)
    return [
        Offered(one, codings[one.at], None if one.whole is None else at.get(one.whole))
        for one in found
        if one.at not in aside and one.at not in at and not is_coded(one, by_hand, source.text)
    ]


def is_coded(one: Suggestion, claims: list[Claim], text: str) -> bool:
    """Tell whether a quantity was coded by hand: its number, in a quote that holds it."""
    return any(
        claim.low == plain(one.low) and start <= one.at and one.end <= start + len(claim.quote)
        for claim in claims
        if (start := text.find(claim.quote)) >= 0
    )


def coded(found: list[Suggestion], text: str) -> dict[int, Coding]:
    """Return by place how each suggestion would be coded; parts are of the people of the whole."""
    codings: dict[int, Coding] = {}
    for one in found:
        coding = coding_of(one, text)
        whole = codings.get(one.whole) if one.whole is not None else None
        codings[one.at] = replace(coding, words=whole.words) if whole else coding
    return codings


def coding_of(one: Suggestion, text: str) -> Coding:
    """Return how a suggestion would be coded, without words that would be refused."""
    return Coding(
        quote=text[one.quote.start : one.quote.end],
        operator=one.operator.value,
        low=plain(one.low),
        high=plain(one.high),
        unit=one.unit.value,
        words=keepable(one.words),
        state=one.state.value,
        dimension=one.dimension.value,
        category=keepable(one.category),
        as_of=one.as_of,
        since=one.since,
        speaker=one.speaker[:SPEAKER],
        channel=one.channel[:SPEAKER],
        number_at=one.at,
    )


def plain(number: float | None) -> Decimal | None:
    """Return a number as it is coded, a whole one without decimals."""
    if number is None:
        return None
    return Decimal(int(number)) if number == int(number) else Decimal(str(number))


def keepable(words: str) -> str:
    """Return words without the phrase that would be refused, and without what follows it.

    A label takes the phrase that leads to it along: nothing of "to join …" is left.
    """
    while found := objection(words):
        before = words.partition(found.written)[0].split()
        led = [at for at, word in enumerate(before) if word.lower() in LEADS]
        words = " ".join(before[: led[-1]] if led else []).rstrip(" ,;:–-")
    return words


def copy_of(key: UUID) -> ArchivedCopy | None:
    """The archived copy of that key."""
    return ArchivedCopy.objects.filter(pk=key).first()


def language_of(copy: ArchivedCopy) -> str:
    """Return the language of a page: as it says itself, else by its script; "und" for others."""
    told: str = copy.told.get("language", "")
    if told:
        return told if told in SCRIPTS else "und"
    letters = {language: len(script.findall(copy.text)) for language, script in SCRIPTS.items()}
    return max(letters, key=lambda language: letters[language])


def copy_behind(source: Source) -> ArchivedCopy | None:
    """The archived copy that a source was made from, without its content."""
    link = CopyOf.objects.filter(source=source).select_related("copy").defer("copy__content")
    found = link.first()
    return found.copy if found else None


class Alike(NamedTuple):
    """Another source with a like text, how like, and what was said of the two last."""

    source: Source
    likeness: float
    said: bool | None

    @property
    def percent(self) -> int:
        """How like they are, of a hundred."""
        return round(100 * self.likeness)


def alike(source: Source) -> list[Alike]:
    """Return sources whose texts are like this one's, of about the same time, the most like first.

    Those of which somebody has said that they are copies stand there whatever their likeness.
    """
    said: dict[UUID, bool] = {}
    told = SameText.objects.filter(source=source) | SameText.objects.filter(other=source)
    for one in told:
        said[one.other_id if one.source_id == source.pk else one.source_id] = one.same
    near = timedelta(days=DAYS)
    there = Source.objects.filter(
        language=source.language,
        published_on__range=(source.published_on - near, source.published_on + near),
    )
    others = (there | Source.objects.filter(pk__in=said)).exclude(pk=source.pk).defer("text")
    runs = runs_of([source, *others])
    found = [
        Alike(each, likeness(runs[source.digest], runs[each.digest]), said.get(each.pk))
        for each in others
    ]
    shown = [one for one in found if one.likeness >= ALIKE or one.said]
    return sorted(shown, key=lambda one: -one.likeness)


def runs_of(sources: list[Source]) -> dict[str, NDArray[np.uint64]]:
    """Return the runs of words of some texts by their digests; a text is read once a process.

    The texts of those that are not kept are asked for in one query.
    """
    found = {one.digest: RUNS[one.digest] for one in sources if one.digest in RUNS}
    missing = [one.pk for one in sources if one.digest not in found]
    texts = Source.objects.filter(pk__in=missing).values_list("digest", "text")
    found |= {digest: shingles(text) for digest, text in texts.iterator()}
    RUNS.update(found)
    while len(RUNS) > TEXTS_KEPT:
        RUNS.pop(next(iter(RUNS)), None)
    return found
