"""Two names compared part by part, whatever their scripts and the order of their words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kinmatch.names.arrays import (
    MOST_PARTS,
    ROLES,
    Arrays,
    Workspace,
    workspace,
)
from kinmatch.names.calibration import probability
from kinmatch.names.forms import (
    SHORT_NAME,
    UNKNOWN_NAME,
    bare,
    joined,
    name_number,
    readable,
    script_of_form,
    stem_hint,
)
from kinmatch.names.matching import (
    MEET_TWO_LEFT,
    MEET_TWO_RIGHT,
    Weights,
    compare_arrays,
    lone_initial,
    meetings,
)
from kinmatch.names.parts import Name, Part, Role
from kinmatch.names.rarity import KNOWN_SAYS, SCALE, corrected, expectation, rarity, share
from kinmatch.names.reading import parse
from kinmatch.names.scripts import KNOWN
from kinmatch.names.sounds import (
    NOTHING,
    bits_between,
    resemblance,
    sound_bits,
    spell_by_script,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

FREE = frozenset({Role.UNSURE, Role.INITIAL})
FAMILY_LIKE = frozenset({Role.FAMILY, Role.NISBA, Role.KUNYA})
SAME = "same name"
SAME_FROM = 0.8  # resemblance from which two spellings are said to be the same name
COMMON = 0.005  # share of persons from which a name is called common
FOREFATHER = 2.0  # bits it costs to take a family name for the father's name it is made of
WEIGHTS = Weights().both_ways


@dataclass(frozen=True, slots=True)
class Pair:
    """Parts of two names that met: what it says that they are one, in bits, and in words.

    Above 0 they agree; below they contradict, or are two things that need not agree.
    """

    left: tuple[Part, ...]
    right: tuple[Part, ...]
    bits: float
    words: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A part the other name does not have, and the bits that costs, below 0."""

    part: Part
    bits: float


@dataclass(frozen=True, slots=True)
class NameComparison:
    """What two names say of being one person's, and why.

    `bits` is log2 of how much likelier the two names are as one person's than as two strangers',
    the sum of those of the pairs and of the absent parts; `probability` what it comes to when half
    of all pairs compared so closely are one person's.
    """

    bits: float
    probability: float
    pairs: tuple[Pair, ...]
    left_only: tuple[Absent, ...]
    right_only: tuple[Absent, ...]


def roled(name: Name) -> tuple[Part, ...]:
    """Return the parts of a name that are compared, the first so many."""
    return name.compared[:MOST_PARTS]


@dataclass(frozen=True)
class Prepared:
    """A name ready for the loop: its arrays, and the forms they count through."""

    arrays: Arrays
    forms: tuple[str, ...]


@lru_cache(maxsize=100_000)
def prepare(name: Name) -> Prepared:
    """Number the forms of a name's parts, and of neighbours written as one word."""
    numbers: dict[str, int] = {}
    begins, forms, costs, letters, joins = [0], [], [], [], []
    parts = roled(name)
    for part in parts:
        for form, cost in forms_in(part):
            forms.append(numbers.setdefault(form, len(numbers)))
            costs.append(cost)
        begins.append(len(forms))
        letters.append(numbers.setdefault(first_letter(part.key), len(numbers)))
    for one, other in pairwise(parts):
        apart = Role.INITIAL in {one.role, other.role}
        together = joined((written_form(one), bare(written_form(other))))
        joins.append(-1 if apart else numbers.setdefault(together, len(numbers)))
    arrays = Arrays(
        np.array(begins, np.int64),
        np.array(forms, np.int64),
        np.array(costs, np.float64),
        np.array([ROLES.index(part.role) for part in parts], np.int64),
        np.array([other_role(part) for part in parts], np.int64),
        np.array([part.or_cost for part in parts], np.float64),
        np.array([min(rarity(form) for form, _ in part.forms) for part in parts], np.float64),
        np.array(letters, np.int64),
        np.array([*joins, -1], np.int64),
    )
    return Prepared(arrays, tuple(numbers))


def forms_in(part: Part) -> tuple[tuple[str, float], ...]:
    """Return every form a part may be compared by; of a family name also the forefather it names.

    «Умарова» may be the daughter of Умар, where he is a known name.
    """
    stem = stem_hint(part.key) if part.role is Role.FAMILY else ""
    if name_number(stem) == UNKNOWN_NAME:
        return part.forms
    return (*part.forms, (stem, FOREFATHER))


def other_role(part: Part) -> int:
    """Return the number of the other role of a part, of an initial that of its name; or -1."""
    role = part.initial_of if part.role is Role.INITIAL else part.or_role
    return ROLES.index(role) if role else -1


def first_letter(form: str) -> str:
    """Return the first letter of a form that is in a known script."""
    return next((letter for letter in form if script_of_form(letter) in KNOWN), form[:1])


def written_form(part: Part) -> str:
    """Return the form of a part as it is written: a patronymic whole, a family name as it is."""
    return next((form for form, cost in part.readings if cost == 0.0), part.key)


def sounds(left: Sequence[str], right: Sequence[str]) -> NDArray[np.float64]:
    """Return the sound bits of every form of one list with every form of another."""
    found = np.full((len(left), len(right)), NOTHING)
    for places, spelled in spell_by_script(right):
        for row, form in enumerate(left):
            found[row, places] = bits_between(form, spelled)
    return found


def said(left: Prepared, right: Prepared) -> NDArray[np.float64]:
    """Return what every form of the left name says beside every form of the right one, in bits.

    A form says what it would if all who bear the other were compared with it, and the other the
    same of it; the two answers are averaged.
    """
    expected = np.array(
        [
            [expectation(form, other, script_of_form(other)) for other in right.forms]
            for form in left.forms
        ]
    )
    ours, theirs = ([rarity(form) for form in side.forms] for side in (left, right))
    rare = np.add.outer(ours, theirs) / 2
    bits: NDArray[np.float64] = SCALE * (sounds(left.forms, right.forms) - expected) + rare
    named = np.array([name_number(form) for form in right.forms], np.int16)
    for row, form in enumerate(left.forms):
        bits[row] = corrected(form, bits[row], named, KNOWN_SAYS * rare[row])
    return bits


class Aligned(NamedTuple):
    """Two names and their best alignment: the bits, and the last state of it in `space`."""

    left: Prepared
    right: Prepared
    bits: float
    met: int
    alone: int
    space: Workspace


def align(left: Name, right: Name) -> Aligned | None:
    """Align two parsed names as well as can be; None where one has no part to compare."""
    one, other = prepare(left), prepare(right)
    if not one.forms or not other.forms:
        return None
    space = workspace()
    best = compare_arrays(one.arrays, other.arrays, said(one, other), WEIGHTS.array, space)
    return Aligned(one, other, *best, space)


def in_order(left: Name, right: Name) -> tuple[Name, Name]:
    """Return two names in an order of their own: it does not matter which is named first."""
    one, other = sorted(
        (left, right), key=lambda name: (prepare(name).forms, len(name.parts), name.written)
    )
    return one, other


def score(left: Name, right: Name) -> float:
    """Return the bits of two parsed names; what `compare` says without its words."""
    aligned = align(*in_order(left, right))
    return aligned.bits if aligned else 0.0


def score_names(a: str, b: str) -> float:
    """Return the bits for two written names being one person's, the same in either order."""
    return score(parse(a), parse(b))


def compare(a: str | Name, b: str | Name) -> NameComparison:
    """Compare two names of any script: which part met which, and what they say as a whole."""
    left, right = (name if isinstance(name, Name) else parse(name) for name in (a, b))
    one, other = in_order(left, right)
    aligned = align(one, other)
    if aligned is None:
        return NameComparison(0.0, probability(0.0), (), (), ())
    turned = one is not left
    pairs = tuple(met(roled(one), roled(other), aligned, turned=turned))
    only = (
        absent(roled(one), pairs, aligned.left.arrays, aligned.right.arrays),
        absent(roled(other), pairs, aligned.right.arrays, aligned.left.arrays),
    )
    first, second = only[::-1] if turned else only
    return NameComparison(aligned.bits, probability(aligned.bits), pairs, first, second)


def met(
    left: Sequence[Part], right: Sequence[Part], aligned: Aligned, *, turned: bool
) -> Iterator[Pair]:
    """Yield the parts that met, in the order of the left name, with their words.

    Where the names were `turned` to be aligned, left and right are turned back.
    """
    for i, j, step, bits in meetings(
        aligned.left.arrays, aligned.space, aligned.met, aligned.alone
    ):
        ours = tuple(left[i : i + 1 + (step == MEET_TWO_LEFT)])
        theirs = tuple(right[j : j + 1 + (step == MEET_TWO_RIGHT)])
        if turned:
            ours, theirs = theirs, ours
        words = (
            words_for(ours, theirs) if agree(ours, theirs, bits) else words_against(ours, theirs)
        )
        yield Pair(ours, theirs, bits, words)


def agree(ours: tuple[Part, ...], theirs: tuple[Part, ...], bits: float) -> bool:
    """Whether two parts are one name, be it in roles that cost more than that says."""
    return bits > 0 or (bits > -WEIGHTS.crossed and alike(ours, theirs) == SAME)


def absent(
    parts: Sequence[Part], pairs: Iterable[Pair], arrays: Arrays, others: Arrays
) -> tuple[Absent, ...]:
    """Return the parts that met nothing, with what that costs."""
    some = {id(part) for pair in pairs for part in (*pair.left, *pair.right)}
    return tuple(
        Absent(
            part,
            -lone_initial(arrays, place, others)
            if part.role is Role.INITIAL
            else -bits_if_absent(float(arrays.rarities[place])),
        )
        for place, part in enumerate(parts)
        if id(part) not in some
    )


def bits_if_absent(rare: float) -> float:
    """Return what it costs that one of two names lacks a part of this rarity, in bits."""
    return WEIGHTS.left_absent + WEIGHTS.rare_absent * rare


def words_against(ours: tuple[Part, ...], theirs: tuple[Part, ...]) -> str:
    """Return in words that two parts met and do not agree."""
    told = " and ".join(" ".join(part.written for part in parts) for parts in (ours, theirs))
    roles = {part.role for part in (*ours, *theirs)} - FREE
    unlike = f", {' beside '.join(sorted(roles))}" if len(roles) > 1 else ""
    return f"{told}: not the same{unlike}"


def words_for(ours: tuple[Part, ...], theirs: tuple[Part, ...]) -> str:
    """Return a meeting in words: "Магомед = محمد: same name, common"."""
    _, one, other = taken(ours, theirs)
    told = " = ".join(" ".join(part.written for part in parts) for parts in (ours, theirs))
    built = False
    for parts, others, form in ((ours, theirs, one), (theirs, ours, other)):
        part, met_part = parts[-1], others[-1]
        if part.role is Role.FAMILY and met_part.role is not Role.FAMILY and is_stem(part, form):
            told, built = (
                f"{part.written} is built on {as_written(form)} = {met_part.written}",
                True,
            )
        elif (
            met_part.role is not Role.INITIAL
            and part.why == "patronymic ending"
            and met_part.why != "patronymic ending"
        ):
            told = f"{part.written} says the father is {as_written(part.key)} = {met_part.written}"
    unlike = "" if built else roles(ours, theirs)
    said_of_it = filter(None, (alike(ours, theirs), common((*ours, *theirs)), unlike))
    return f"{told}: {', '.join(said_of_it)}"


def as_written(form: str) -> str:
    """Return a form as a name."""
    return readable(form).capitalize()


def is_stem(part: Part, form: str) -> bool:
    """Whether a form is not one of a part's own, but the forefather its family name is built on."""
    return form not in dict(part.forms)


def taken(ours: tuple[Part, ...], theirs: tuple[Part, ...]) -> tuple[float, str, str]:
    """Return the forms two parts are most alike in, and what it costs to take them so, in bits."""
    rest, one, other = min(
        (a + b - SCALE * sound_bits(form, met), form, met)
        for form, a in forms_of(ours)
        for met, b in forms_of(theirs)
    )
    return rest + SCALE * sound_bits(one, other), one, other


def alike(ours: tuple[Part, ...], theirs: tuple[Part, ...]) -> str:
    """Say how parts that met are one name: the same, a short name of it, or by sound alone."""
    if Role.INITIAL in {ours[-1].role, theirs[-1].role}:
        return "an initial"
    cost, one, other = taken(ours, theirs)
    if cost >= SHORT_NAME:
        return "a short name of it"
    known, met_known = name_number(one), name_number(other)
    if UNKNOWN_NAME not in {known, met_known}:
        return SAME if known == met_known else "two names that sound alike"
    return SAME if cost or resemblance(one, other) >= SAME_FROM else "sounds alike"


def forms_of(parts: tuple[Part, ...]) -> Iterable[tuple[str, float]]:
    """Return every form of a part; of two written as one, the one they make."""
    if len(parts) == 1:
        return forms_in(parts[0])
    return ((joined((written_form(parts[0]), bare(written_form(parts[1])))), 0.0),)


def common(parts: tuple[Part, ...]) -> str:
    """Say whether a name is borne by many."""
    words = [part for part in parts if part.role is not Role.INITIAL]
    borne = [share(form) for part in words for form, _ in part.forms]
    return "common" if len(words) == len(parts) and max(borne) >= COMMON else ""


def roles(ours: tuple[Part, ...], theirs: tuple[Part, ...]) -> str:
    """Say that two parts that met are not in the same role, where both roles are known."""
    here, there = ({part.role for part in parts} for parts in (ours, theirs))
    told = here | there
    if here.isdisjoint(there) and not told & FREE and not told <= FAMILY_LIKE:
        return f"but {ours[-1].role} here and {theirs[-1].role} there"
    return ""
