"""Somebody keeps all that is published, release by release, and tries to work out small numbers."""

from __future__ import annotations

import random
from datetime import date
from math import inf

import pytest

from kinward.figures.queries.programme import WITHIN
from kinward.figures.rules import (
    Beheld,
    CannotProtect,
    Child,
    Counted,
    Earlier,
    Heard,
    Interval,
    Span,
    audited,
    beside,
    kept_from,
    read_place,
    tables,
    with_wider,
)
from kinward.figures.rules import suppression as suppressing
from tests.kinward.figures.attacker import NEVER, Asked, Keeper, Kind

DAYS = [date(2019, month, 28) for month in range(1, 4)]
FIGURES = ("found", "flown", "landed", "remaining")
BREAKDOWNS = ([], [("origin",)], [("sex",)], [("origin", "sex")], [("origin",), ("sex",)])
THRESHOLD = 5


def child_of(kind):
    steps = {"found": kind.found, "flown": kind.flown, "landed": kind.landed}
    since = {figure: DAYS[month] for figure, month in steps.items() if month != NEVER}
    return Child(since=since, of=dict(zip(("origin", "sex"), kind.of, strict=True)))


def asked_of(cell, month):
    one = read_place(cell)
    return Asked(one.figure, month, one.of)


def as_kept(counted):
    """What a release tells of its tables: the shown cells, and what adds up among them."""
    sums = frozenset(one for one in counted.sums if {one.whole, *one.parts} <= counted.shown)
    values = {cell: value for cell, value in counted.values.items() if cell in counted.shown}
    return beside(Counted(values, sums, counted.shown), WITHIN)


class World:
    """Children of some kinds, what is published of them, and who keeps it."""

    def __init__(self, kinds, *, months):
        self.kinds = kinds
        dimensions = {
            by: sorted({kind.of[n] for kind in kinds}) for n, by in enumerate(("origin", "sex"))
        }
        self.keeper = Keeper(dimensions, months)
        self.public = []  # earlier releases, as the next one is held against them
        self.drafts = []  # those that were never published
        self.months = []
        self.hidden = set()  # of small numbers: (cell, month)

    def heard(self, month, claims):
        """What others said of a cell at the end of a month, if it is the month of the release."""
        return [
            Heard(key=f"c{n}", cell=cell, possible=possible, ours=ours, whole=True)
            for n, (cell, at, possible, ours) in enumerate(claims)
            if at == month
        ]

    def release(self, figures, breakdowns, month, claims=(), *, published=True):
        """Publish, or draft only, if it can be made safe; tell whether it was."""
        others = {read_place(cell).figure for one in self.public for cell in one.counted.shown}
        others -= set(figures)
        counted = {*figures, *(with_wider({*figures, *others}, WITHIN) if others else ())}
        found = tables(
            [child_of(kind) for kind in self.kinds],
            [figure for figure in FIGURES if figure in counted],
            breakdowns,
            until=DAYS[month],
            places=set(),
            within=WITHIN,
            shown=figures,
        )
        earlier = [
            Earlier(
                key=one.key,
                counted=one.counted,
                hidden=one.hidden,
                threshold=one.threshold,
                same_day=one.as_of == DAYS[month],
                as_of=one.as_of,
            )
            for one in self.public
        ]
        try:
            safe = audited(
                found,
                threshold=THRESHOLD,
                earlier=earlier,
                heard=self.heard(month, claims),
                drafts=self.drafts,
            )
        except CannotProtect:
            return False
        (self.public if published else self.drafts).append(
            Earlier(
                key=f"r{len(self.public)}",
                counted=as_kept(found),
                hidden=safe.hidden,
                threshold=THRESHOLD,
                same_day=not published,
                as_of=DAYS[month],
            )
        )
        for cell in sorted(found.shown):
            value = found.values[cell]
            unseen = cell in safe.hidden
            low, high = (1, inf) if unseen else (value, value)
            self.keeper.told.append((asked_of(cell, month), low, high))
            if unseen and value < THRESHOLD:
                self.hidden.add((cell, month))
        return True

    def worked_out(self):
        """The hidden small numbers that whoever kept everything knows."""
        return [
            (cell, month)
            for cell, month in sorted(self.hidden)
            if self.keeper.works_out((1, asked_of(cell, month)))
        ]


def made_up(seed):
    """A world of up to three months, with up to three releases and a claim of somebody else."""
    chance = random.Random(seed)  # noqa: S311 (made-up numbers)
    months = chance.randint(1, 3)
    kinds = []
    for of in ((origin, sex) for origin in "ABC" for sex in "fm"):
        for _ in range(chance.choice([0, 1, 2, 3, chance.randint(0, 12), chance.randint(0, 30)])):
            found = chance.randrange(months)
            flown = chance.choice([NEVER, *range(found, months)])
            landed = NEVER if flown == NEVER else chance.choice([NEVER, *range(flown, months)])
            kinds.append(Kind(found, flown, landed, of))
    world = World(kinds or [Kind(0, NEVER, NEVER, ("A", "f"))], months=months)
    month = 0
    for _ in range(chance.randint(1, 3)):
        month = chance.randrange(month, months)
        figures = chance.sample(FIGURES, chance.randint(1, 2))
        claims = made_up_claim(chance, world, month) if chance.random() < 0.5 else []
        if world.release(figures, chance.choice(BREAKDOWNS), month, claims):
            for cell, at, possible, _ours in claims:
                world.keeper.told.append((asked_of(cell, at), possible.low, possible.high))
    return world


def made_up_claim(chance, world, month):
    """What somebody says of how many were found of one origin: that many, or about."""
    origin = chance.choice(world.keeper.dimensions["origin"])
    ours = sum(kind.of[0] == origin and kind.counts("found", month) for kind in world.kinds)
    wide = chance.choice([0, 2])
    possible = Interval(max(ours - wide, 0), ours + wide)
    return [(f"found origin={origin}", month, possible, ours)]


def told_by_others(world, cell, month):
    """Whether a number is known from others' claims alone: then nothing of ours tells it."""
    claims = [one for one in world.keeper.told if one[0] == asked_of(cell, month)]
    return any(low == high for _asked, low, high in claims)


def test_attacker_works_out_what_is_only_hidden_itself():
    kinds = [Kind(0, NEVER, NEVER, ("A", "f"))] * 2 + [Kind(0, NEVER, NEVER, ("A", "m"))] * 9
    keeper = Keeper({"origin": ["A"], "sex": ["f", "m"]}, 1)
    keeper.told = [
        (Asked("found", 0), len(kinds), len(kinds)),
        (Asked("found", 0, (("sex", "f"),)), 1, inf),
        (Asked("found", 0, (("sex", "m"),)), 9, 9),
    ]

    assert keeper.range_of((1, Asked("found", 0, (("sex", "f"),)))) == (2, 2)


def test_attacker_leaves_open_what_two_hidden_cells_share():
    keeper = Keeper({"origin": ["A"], "sex": ["f", "m"]}, 1)
    keeper.told = [
        (Asked("found", 0), 11, 11),
        (Asked("found", 0, (("sex", "f"),)), 1, inf),
        (Asked("found", 0, (("sex", "m"),)), 1, inf),
    ]

    assert keeper.range_of((1, Asked("found", 0, (("sex", "f"),)))) == (1, 10)


def test_two_releases_of_two_figures_do_not_give_away_a_third():
    girls = [Kind(0, 0, NEVER, ("A", "f"))] * 3 + [Kind(0, NEVER, NEVER, ("A", "f"))] * 20
    boys = [Kind(0, 0, NEVER, ("A", "m"))] * 20 + [Kind(0, NEVER, NEVER, ("A", "m"))] * 20
    world = World([*girls, *boys], months=1)

    assert world.release(["found"], [("sex",)], 0)
    assert world.release(["remaining"], [("sex",)], 0)

    assert not world.keeper.works_out((1, Asked("flown", 0, (("sex", "f"),))))
    assert not world.keeper.works_out((1, Asked("flown", 0, (("sex", "m"),))))


@pytest.mark.parametrize("seed", [1007, 1023, 1036, 1041, 1046, 1049])
def test_nobody_who_keeps_all_releases_works_out_a_small_number(seed, monkeypatch):
    monkeypatch.setattr(suppressing, "LONGEST", 0.5)  # seconds: few instead of fewest will do
    world = made_up(seed)

    known = [one for one in world.worked_out() if not told_by_others(world, *one)]

    assert known == []


@pytest.mark.parametrize("forgets", [True, False])
def test_who_saw_all_drafts_works_out_a_small_number_only_if_they_are_forgotten(
    forgets, monkeypatch
):
    monkeypatch.setattr(suppressing, "LONGEST", 0.5)  # seconds: few instead of fewest will do
    chance = random.Random(3000)  # noqa: S311 (made-up numbers)
    kinds = [
        Kind(0, NEVER, NEVER, (origin, sex))
        for origin in "ABC"
        for sex in "fm"
        for _ in range(chance.choice([0, 1, 2, 3, 6, 9, 12]))
    ]
    world = World(kinds, months=1)
    for breakdown in ([("origin",)], [("origin", "sex")], [("sex",)]):
        world.release(["found"], breakdown, 0, published=False)
        if forgets:
            world.drafts = []

    assert bool(world.worked_out()) is forgets


# The page that holds what others say against our own


def page_of(world, chance):
    """A page of up to three days: wholes with their parts by origin, and single parts, claimed."""
    figures = chance.sample(FIGURES, chance.randint(1, 2))
    page = []
    for month in sorted({chance.randrange(world.keeper.months) for _ in range(3)}):
        counted = tables(
            [child_of(kind) for kind in world.kinds],
            [each for each in FIGURES if each in with_wider({*FIGURES, *figures}, WITHIN)],
            [("origin",)],
            until=DAYS[month],
            places=set(),
            within=WITHIN,
        )
        parts = {
            figure: [c for c in counted.values if c.startswith(f"{figure} ")] for figure in figures
        }
        claimed = [chance.choice([figure, *parts[figure]]) for figure in figures]
        shown = {*claimed, *(c for each in claimed if "=" not in each for c in parts[each])}
        said = [
            (cell, Interval(max(counted.values[cell] - wide, 0), counted.values[cell] + wide))
            for cell, wide in ((each, chance.choice([0, 2])) for each in claimed)
        ]
        page.append((month, counted._replace(shown=frozenset(shown)), said))
    return page


def told_by_page(page, kept):
    """What the page tells: what it shows, and that something is hidden is one at least."""
    return [
        (asked_of(cell, month), *((1, inf) if hidden else (value, value)))
        for month, counted, _said in page
        for cell in sorted(counted.shown)
        for value in [counted.values[cell]]
        for hidden in [Span(DAYS[month]).cell(cell) in kept]
    ]


def learned_from_page(world, page, kept, *, believes):
    """The small parts that whoever reads the page works out, and could not without it."""
    before = list(world.keeper.told)
    if believes:
        before += [
            (asked_of(cell, month), possible.low, possible.high)
            for month, _counted, said in page
            for cell, possible in said
        ]
    without = Keeper(world.keeper.dimensions, world.keeper.months, before)
    reader = Keeper(world.keeper.dimensions, world.keeper.months, before + told_by_page(page, kept))
    small = [
        asked_of(cell, month)
        for month, counted, _said in page
        for cell in sorted(counted.shown)
        if 0 < counted.values[cell] < THRESHOLD
    ]
    return [one for one in small if reader.works_out((1, one)) and not without.works_out((1, one))]


def page_and_kept(seed):
    """A world of releases, a page beside them, and what is kept from who reads it."""
    world, chance = made_up(seed), random.Random(seed)  # noqa: S311 (made-up numbers)
    page = page_of(world, chance)
    try:
        kept = kept_from(
            [
                Beheld(span=Span(DAYS[month]), counted=counted, said=said)
                for month, counted, said in page
            ],
            threshold=THRESHOLD,
            earlier=world.public,
            hushed=(),
        )
    except CannotProtect:
        return world, [], frozenset()  # nothing of ours is shown
    return world, page, kept


PAGES = [2003, 2031, 2032, 2035, 2040]


@pytest.mark.parametrize("believes", [True, False])
@pytest.mark.parametrize("seed", PAGES)
def test_nobody_who_reads_the_page_works_out_a_small_part(seed, believes, monkeypatch):
    monkeypatch.setattr(suppressing, "LONGEST", 0.5)  # seconds: few instead of fewest will do
    world, page, kept = page_and_kept(seed)

    assert learned_from_page(world, page, kept, believes=believes) == []


def test_page_that_takes_too_long_to_make_safe_shows_nothing():
    world = made_up(PAGES[0])
    page = page_of(world, random.Random(PAGES[0]))  # noqa: S311 (made-up numbers)
    beheld = [
        Beheld(span=Span(DAYS[month]), counted=counted, said=said) for month, counted, said in page
    ]

    with pytest.raises(CannotProtect):
        kept_from(beheld, threshold=THRESHOLD, earlier=(), hushed=(), patience=-1)


def test_page_that_hides_small_parts_alone_tells_one_and_the_safe_page_does_not():
    few, many = Kind(0, NEVER, NEVER, ("A", "f")), Kind(0, NEVER, NEVER, ("B", "f"))
    world = World([few] * 3 + [many] * 24, months=1)
    counted = tables(
        [child_of(kind) for kind in world.kinds],
        FIGURES,
        [("origin",)],
        until=DAYS[0],
        places=set(),
        within=WITHIN,
    )._replace(shown=frozenset({"found", "found origin=A", "found origin=B"}))
    world.keeper.told.append((Asked("found", 0), 0, inf))
    page = [(0, counted, [("found origin=A", Interval(3, 3))])]
    alone = {Span(DAYS[0]).cell("found origin=A")}
    kept = kept_from(
        [Beheld(span=Span(DAYS[0]), counted=counted, said=page[0][2])],
        threshold=THRESHOLD,
        earlier=(),
        hushed=(),
    )

    told = [learned_from_page(world, page, hidden, believes=False) for hidden in (alone, kept)]

    assert told == [[asked_of("found origin=A", 0)], []]


def test_page_of_two_days_does_not_tell_who_came_between_them():
    world = World(
        [Kind(0, NEVER, NEVER, ("A", "f"))] * 24 + [Kind(1, NEVER, NEVER, ("A", "f"))], months=2
    )
    page = []
    for month in (0, 1):
        counted = tables(
            [child_of(kind) for kind in world.kinds],
            FIGURES,
            [],
            until=DAYS[month],
            places=set(),
            within=WITHIN,
        )
        page.append((month, counted._replace(shown=frozenset({"found"})), []))
    kept = kept_from(
        [Beheld(span=Span(DAYS[month]), counted=counted) for month, counted, _said in page],
        threshold=THRESHOLD,
        earlier=(),
        hushed=(),
    )

    came = [came_between(world, page, hidden) for hidden in (frozenset(), kept)]

    assert came[0] == (1, 1)
    assert came[1][1] - came[1][0] >= 1


def came_between(world, page, kept):
    """The fewest and the most who can have come between two days, to who reads a page of both."""
    keeper = Keeper(world.keeper.dimensions, world.keeper.months, told_by_page(page, kept))
    return keeper.range_of((1, Asked("found", 1)), (-1, Asked("found", 0)))
