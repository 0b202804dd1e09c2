"""How alike two name keys sound, whatever scripts they came from.

A key is turned into a string of sounds, one character each, and two such strings are aligned at
the lowest cost. Costs come from `data/names/sound_costs.tsv`: sounds one script cannot tell apart
are nearly free (ب for p, ق for k, و for u, o, v), and vowels are nearly free where one side was
written without them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate
from string import ascii_letters

from rapidfuzz.distance import Levenshtein

from kinmatch.names.tables import mapping, rows

Losses = tuple[float, ...]
VOWELS = frozenset("aeiou")
WEAK = frozenset("yw")
CONSONANT = 1.0  # what leaving out or mistaking a consonant costs
ARTICLE = re.compile(r"^(?:[ae]l)(?=[a-zA-Z]{3})")
ARTICLE_COST = 0.05
FEWEST_SHARED_BONES = 0.4  # skeletons less alike than this are not aligned
LEFT_OUT = {"h": 0.45, "y": 0.3, "w": 0.4, "G": 0.7}
WORN_ENDS = {"h": 0.08, "y": 0.2, "e": 0.05, "a": 0.15}  # what a name's last letter costs to lose
VOWEL_LEFT_OUT = 0.32
SHORT_VOWEL_LEFT_OUT = {"a": 0.1, "e": 0.08, "i": 0.12, "o": 0.15, "u": 0.15}
LEAST = 0.55  # keys less alike than this are simply different
LIGHTEST = 0.15  # the least that leaving out sounds costs for the substance they have
CLASSES = str.maketrans(
    {
        **dict.fromkeys("aeiouywhX", ""),
        **dict(zip("pvqGgTDczZCJjS", "bfkkktdsssssss", strict=True)),
    }
)


@cache
def spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds the spellings of one sound in a key, longest first, and the sounds."""
    sounds = mapping("sounds", "spelling", "sound")
    longest_first = sorted(sounds, key=lambda spelling: (-len(spelling), spelling))
    return re.compile("|".join(longest_first)), sounds


@cache
def sound_costs() -> dict[str, dict[str, float]]:
    """Return the cost of hearing one sound for another, in either order; 0 for the same sound."""
    found = {sound: {sound: 0.0} for sound in ascii_letters}
    for row in rows("sound_costs"):
        found[row["one"]][row["other"]] = float(row["cost"])
        found[row["other"]][row["one"]] = float(row["cost"])
    return found


@lru_cache(maxsize=500_000)
def sounds_of(key: str) -> str:
    """Return a key as sounds, one character each: "khadizhat" → "XadiZat"."""
    pattern, sounds = spellings()
    heard = pattern.sub(lambda found: sounds[found.group()], key)
    return re.sub(r"(.)\1+", r"\1", heard)


@lru_cache(maxsize=500_000)
def skeleton(key: str) -> str:
    """Return the broad classes of a key's consonants: "magomed" and "mhmd" come close."""
    return sounds_of(key).translate(CLASSES)


@lru_cache(maxsize=500_000)
def vowels_written(sounds: str) -> bool:
    """Whether a sound string has the vowels of speech; Arabic script leaves them out."""
    vowels = sum(sound in VOWELS for sound in sounds)
    weak = sum(sound in WEAK for sound in sounds)
    return vowels * 2 >= len(sounds) - vowels - weak


@lru_cache(maxsize=500_000)
def losses(sounds: str, *, light: bool) -> Losses:
    """Return what leaving out each sound of a string costs."""
    vowel = SHORT_VOWEL_LEFT_OUT if light else dict.fromkeys(VOWELS, VOWEL_LEFT_OUT)
    costs = [vowel.get(sound, LEFT_OUT.get(sound, CONSONANT)) for sound in sounds]
    if costs:
        costs[-1] = min(costs[-1], WORN_ENDS.get(sounds[-1], CONSONANT))
    return tuple(costs)


def alignment_cost(left: str, right: str, limit: float) -> float:
    """Return the lowest cost of turning one sound string into the other, or any above `limit`."""
    light = not (vowels_written(left) and vowels_written(right))
    lost_left, lost_right = losses(left, light=light), losses(right, light=light)
    start = 0
    for sound, other in zip(left, right, strict=False):
        if sound != other:
            break
        start += 1
    return cheapest(left[start:], right[start:], lost_left[start:], lost_right[start:], limit)


def cheapest(left: str, right: str, lost_left: Losses, lost_right: Losses, limit: float) -> float:
    """Return the lowest cost of aligning two sound strings, given what each sound costs to lose."""
    costs = sound_costs()
    row = list(accumulate(lost_right, initial=0.0))
    for sound, lost in zip(left, lost_left, strict=True):
        heard_as = costs[sound]
        diagonal = row[0]
        best = diagonal + lost
        after = [best]
        for other, lost_other, above in zip(right, lost_right, row[1:], strict=True):
            # Comparisons, not min(): this loop is where every search spends its time.
            best += lost_other
            diagonal += heard_as.get(other, CONSONANT)
            if diagonal < best:  # noqa: PLR1730 - a call costs twice a comparison
                best = diagonal
            diagonal = above
            above += lost  # noqa: PLW2901 - the cost of losing the left sound instead
            if above < best:  # noqa: PLR1730 - likewise
                best = above
            after.append(best)
        nearest = min(after)
        if nearest > limit:
            return nearest
        row = after
    return row[-1]


@lru_cache(maxsize=500_000)
def substance(sounds: str) -> float:
    """Return how much there is to agree on: a consonant 1, a weak letter or vowel less."""
    return sum(0.3 if s in VOWELS else 0.6 if s in WEAK else 1.0 for s in sounds)


def similarity_of_sounds(left: str, right: str, least: float) -> float:
    """Return 1 for the same sounds, less as more of them disagree; 0 below `least`."""
    shorter, longer = sorted((substance(left), substance(right)))
    limit = longer * (1 - least)
    if not longer or (longer - shorter) * LIGHTEST > limit:
        return 0.0
    cost = alignment_cost(left, right, limit)
    return 1.0 - cost / longer if cost <= limit else 0.0


def similarity(a: str, b: str, least: float) -> float:
    """Return how alike two keys sound, 0 or `least`..1; a joined article costs next to nothing."""
    if a == b:
        return 1.0
    left, right = sounds_of(a), sounds_of(b)
    best = similarity_of_sounds(left, right, least)
    bare_left, bare_right = ARTICLE.sub("", left), ARTICLE.sub("", right)
    if (bare_left != left) != (bare_right != right):
        best = max(best, similarity_of_sounds(bare_left, bare_right, least) - ARTICLE_COST)
    return best


@lru_cache(maxsize=1_000_000)
def token_similarity(a: str, b: str) -> float:
    """Return how alike two keys sound, 0..1; 0 for keys that are simply different."""
    bones = Levenshtein.normalized_similarity(skeleton(a), skeleton(b))
    return similarity(a, b, LEAST) if bones >= FEWEST_SHARED_BONES else 0.0
