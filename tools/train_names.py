"""Learn how names sound from public spellings, and write what `kinmatch.names` ships.

    KINWARD_VECTORS=… python tools/train_names.py            write the tables
    KINWARD_VECTORS=… python tools/train_names.py --check    say which differ from what it gives

Reads only rows marked *train* of the token and person lists in KINWARD_VECTORS/names, and leaves
out the groups of `tokens_multiscript` that hold a Latin form of a *dev* row. There is no chance in
it but a seeded one: the same rows give the same tables, to the last digit shown.

    units_A_B.tsv      which units of two scripts meet, and the bits of each meeting
    letters_A.tsv      how much likelier two or three letters are together than apart
    frequent_A.tsv     the share of persons who bear a word
    calibration.tsv    from bits to a probability
    provenance.tsv     the lists all of it was learned from, and their hashes
    short_names_heard.tsv   the short names of `short_names.tsv` as other scripts write them
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from itertools import chain, combinations, product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from calibrate import calibration, lines, provenance
from multigram import train

from kinmatch.names.fold import split
from kinmatch.names.forms import form_of, joined, script_of_form
from kinmatch.names.parts import Role
from kinmatch.names.reading import parse
from kinmatch.names.scripts import Script
from kinmatch.names.sounds.kernel import LONGEST as LONGEST_UNIT
from kinmatch.names.sounds.kernel import NO_UNIT, bits_to_many
from kinmatch.names.tables import rows as shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kinmatch.names.sounds.kernel import Grams

OUT = Path(__file__).resolve().parent.parent / "src" / "kinmatch" / "data" / "names" / "sounds"
SOURCE = "learned: tools/train_names.py"
LATIN, CYRILLIC, ARABIC = Script.LATIN, Script.CYRILLIC, Script.ARABIC
Kind = tuple[Script, Script]
Pairs = Counter[tuple[str, str]]
KINDS: tuple[Kind, ...] = (
    (LATIN, ARABIC), (LATIN, CYRILLIC), (CYRILLIC, ARABIC),
    (LATIN, LATIN), (CYRILLIC, CYRILLIC), (ARABIC, ARABIC),
)  # fmt: skip
# How many units of one, two, three and four letters a script may have.
CAPS = {LATIN: (100, 450, 450, 120), ARABIC: (100, 400, 120, 0), CYRILLIC: (100, 450, 300, 0)}
SHORT = [(1, 0), (0, 1), (1, 1), (2, 1), (1, 2), (2, 2)]
SIZES = {
    (LATIN, ARABIC): [*SHORT, (3, 1), (3, 2), (4, 1), (4, 2), (1, 3), (2, 3)],
    (LATIN, CYRILLIC): [*SHORT, (3, 1), (3, 2), (4, 1), (2, 3), (4, 2), (3, 3)],
    (CYRILLIC, ARABIC): [*SHORT, (3, 1), (3, 2), (1, 3), (2, 3)],
    (LATIN, LATIN): [
        *SHORT, (3, 1), (1, 3), (3, 2), (2, 3), (4, 1), (1, 4), (3, 3), (4, 2), (2, 4),
    ],
    (CYRILLIC, CYRILLIC): [*SHORT, (3, 1), (1, 3), (3, 2), (2, 3)],
    (ARABIC, ARABIC): SHORT,
}  # fmt: skip
LONGEST = 24  # letters; longer words are several names run together
FIRST = np.zeros(1, np.int64)
UNKNOWN = 0.001  # odds of a letter the first model does not know
ALIGNED_FROM = 0.0  # bits from which two words of one person's two names are one name
MOST_SPELLINGS = 4  # of one Latin word in Arabic that are taken as spellings of each other
EVERY = 4  # of this many words one teaches that a word is itself
FEWEST_GRAM = 3  # times three letters must be seen to be listed
FEWEST_BEARERS = 5
MOST_FREQUENT = 4000
WORDS_A_NAME = 2.2  # in the person lists; turns shares of words into shares of persons


def say(text: str) -> None:
    """Say what is being done."""
    print(text, file=sys.stderr, flush=True)


def word(text: str, script: Script) -> str:
    """Return a text as one form of a script, "" when it is none or too long."""
    form = joined(form_of(piece) for piece in split(text))
    return form if 0 < len(form) <= LONGEST and script_of_form(form) is script else ""


class Lists:
    """Every pair of spellings the training rows hold, by kind."""

    def __init__(self) -> None:
        self.pairs: dict[Kind, Pairs] = {kind: Counter() for kind in KINDS}
        self.latin: dict[Script, dict[str, set[str]]] = {
            ARABIC: defaultdict(set),
            CYRILLIC: defaultdict(set),
        }

    def read(self) -> None:
        """Read the lists of words, and pair Cyrillic with Arabic through their Latin forms."""
        for name, script in (
            ("tokens_lat_ara.tsv", ARABIC),
            ("tokens_lat_ara_wikipedia.tsv", ARABIC),
            ("tokens_lat_cyr.tsv", CYRILLIC),
        ):
            for latin, other, times, part in lines(name):
                one, two = word(latin, LATIN), word(other, script)
                if part == "train" and one and two:
                    self.pairs[LATIN, script][one, two] += int(times)
                    self.latin[script][one].add(two)
        self.read_groups()
        for one, theirs in self.latin[ARABIC].items():
            for pair in product(sorted(self.latin[CYRILLIC].get(one, ())), sorted(theirs)):
                self.pairs[CYRILLIC, ARABIC][pair] += 1

    def read_groups(self) -> None:
        """Read the groups of spellings of one name, but those that hold a dev form."""
        dev = {
            word(row[0], LATIN)
            for name in ("tokens_lat_ara.tsv", "tokens_lat_ara_wikipedia.tsv", "tokens_lat_cyr.tsv")
            for row in lines(name)
            if row[3] == "dev"
        }
        for _, *columns in lines("tokens_multiscript.tsv")[1:]:
            if any(word(form, LATIN) in dev for form in columns[0].split("|")):
                continue
            forms = {
                script: sorted({word(form, script) for form in column.split("|")} - {""})
                for script, column in zip((LATIN, CYRILLIC, ARABIC), columns, strict=True)
            }
            for one, two in KINDS:
                same = one is two
                both = combinations(forms[one], 2) if same else product(forms[one], forms[two])
                for pair in both:
                    # Pairs of Cyrillic and Arabic are few, and these are the best of them.
                    self.pairs[one, two][pair] += 2 if (one, two) == (CYRILLIC, ARABIC) else 1


class Persons:
    """What the list of persons teaches: words aligned across scripts, spellings, frequencies."""

    def __init__(self, units: Mapping[tuple[str, str], float]) -> None:
        self.model = Aligner(units)
        self.aligned: Pairs = Counter()
        self.seen: dict[Script, Counter[str]] = {LATIN: Counter(), ARABIC: Counter()}
        self.latin_of: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self.arabic_of: dict[str, set[tuple[str, ...]]] = defaultdict(set)

    def read(self) -> None:
        """Align the words of each person's two names where they come in the same order."""
        for latin, arabic, _, _, _, part in lines("persons_lat_ara.tsv")[1:]:
            if part != "train":
                continue
            ours, theirs = words_of(latin, LATIN), words_of(arabic, ARABIC)
            self.latin_of[arabic].add(ours)
            self.arabic_of[latin].add(theirs)
            if not ours or len(ours) != len(theirs):
                continue
            bits = np.array([[self.model.bits(one, two) for two in theirs] for one in ours])
            if in_order(bits):
                self.seen[LATIN].update(ours)
                self.seen[ARABIC].update(theirs)
                for pair, likely in zip(
                    zip(ours, theirs, strict=True), bits.diagonal(), strict=True
                ):
                    self.aligned[pair] += likely > ALIGNED_FROM

    def spellings(self, names: Mapping[str, set[tuple[str, ...]]]) -> Pairs:
        """Return the words in which two names of one person in one script differ."""
        found: Pairs = Counter()
        for forms in names.values():
            for one, two in combinations(sorted(forms), 2):
                changed = [pair for pair in zip(one, two, strict=False) if pair[0] != pair[1]]
                if len(one) == len(two) and len(changed) <= 2:  # noqa: PLR2004 - more is another name
                    found.update(tuple(sorted(pair)) for pair in changed)
        return found


def words_of(name: str, script: Script) -> tuple[str, ...]:
    """Return the forms of a name's words, as written."""
    return tuple(
        part.readings[0][0] if part.why == "patronymic ending" else part.key
        for part in parse(name).compared
        if part.role is not Role.INITIAL and script_of_form(part.key) is script
    )


def in_order(bits: np.ndarray) -> bool:
    """Whether no word is likelier to be another one's than its own."""
    return bool((bits.argmax(1) == np.arange(len(bits))).all())


class Aligner:
    """The bits of two words by a first model, before there are tables to read."""

    def __init__(self, units: Mapping[tuple[str, str], float]) -> None:
        self.numbers: tuple[dict[str, int], dict[str, int]] = ({"": 0}, {"": 0})
        for pair in sorted(units):
            for unit, numbers in zip(pair, self.numbers, strict=True):
                numbers.setdefault(unit, len(numbers))
        # The last of each side is a letter left unknown: it may be left out or met, at a price.
        self.odds = np.full((len(self.numbers[0]) + 1, len(self.numbers[1]) + 1), 0.0, np.float32)
        self.odds[-1, :], self.odds[:, -1] = UNKNOWN, UNKNOWN
        for (one, two), bits in units.items():
            self.odds[self.numbers[0][one], self.numbers[1][two]] = 2.0**bits
        self.known: dict[tuple[str, str], float] = {}

    def bits(self, one: str, two: str) -> float:
        """Return log2 of the odds of two words."""
        if (one, two) not in self.known:
            ours, theirs = self.units(one, 0), self.units(two, 1)
            ends, found = np.array([len(theirs)]), np.zeros(1)
            bits_to_many(ours, theirs, ends, FIRST, self.odds, found)
            self.known[one, two] = float(found[0])
        return self.known[one, two]

    def units(self, form: str, side: int) -> Grams:
        """Return a word as units of one side."""
        marked, numbers = f"^{form}$", self.numbers[side]
        rows = [
            [numbers.get(marked[at : at + n], NO_UNIT) for n in range(1, LONGEST_UNIT + 1)]
            for at in range(len(marked))
        ]
        grams = np.array(rows, np.int32)
        for n in range(1, LONGEST_UNIT):
            grams[len(marked) - n :, n] = NO_UNIT
        grams[grams[:, 0] == NO_UNIT, 0] = len(numbers)
        return grams


def both_ways(pairs: Pairs, known: Iterable[str]) -> Pairs:
    """Return pairs of one script in either order, and some words met by themselves."""
    found: Pairs = Counter()
    for (one, two), times in pairs.items():
        found[one, two] += times
        found[two, one] += times
    found.update((form, form) for form in sorted(known)[::EVERY])
    return found


def letters(words: Iterable[str]) -> dict[str, float]:
    """Return the bits by which letters are likelier together (Witten and Bell 1991)."""
    counts: list[Counter[str]] = [Counter() for _ in range(4)]
    for form in words:
        marked = f"^{form}$"
        for n in (1, 2, 3):
            counts[n].update(marked[at : at + n] for at in range(len(marked) - n + 1))
    kinds = Counter(gram[:-1] for n in (2, 3) for gram in counts[n])
    totals: Counter[str] = Counter()
    for n in (2, 3):
        for gram, times in counts[n].items():
            totals[gram[:-1]] += times
    whole = sum(counts[1].values())
    alone = {letter: (times + 0.5) / (whole + 50) for letter, times in counts[1].items()}
    found: dict[str, float] = {letter: float(np.log2(share)) for letter, share in alone.items()}
    for n in (2, 3):
        for gram, times in counts[n].items():
            before, last = gram[:-1], gram[-1]
            shorter = alone[last] * 2 ** (found[gram[1:]] if n == 3 else 0.0)  # noqa: PLR2004
            chance = (times + kinds[before] * shorter) / (totals[before] + kinds[before])
            found[gram] = float(np.log2(chance / alone[last]))
    return {
        gram: bits
        for gram, bits in found.items()
        if not counts[3][gram] or counts[3][gram] >= FEWEST_GRAM
    }


def heard(pairs: Mapping[Kind, Pairs]) -> Iterator[tuple[str, str]]:
    """Yield the short names of the Latin list as Cyrillic and Arabic write them."""
    found: dict[str, set[str]] = defaultdict(set)
    for script in (CYRILLIC, ARABIC):
        usual: dict[str, Counter[str]] = defaultdict(Counter)
        for (one, two), times in pairs[LATIN, script].items():
            usual[one][two] += times
        for row in shipped("short_names"):
            short = [form for name in row["short"].split("|") for form in most(usual.get(name))]
            for full in most(usual.get(row["name"])):
                found[full].update(short)
    for full, short_ones in sorted(found.items()):
        if kept := sorted(short_ones - {full}):
            yield full, "|".join(kept)


def most(counted: Counter[str] | None) -> list[str]:
    """Return the one or two spellings that are about as frequent as the most frequent one."""
    ranked = sorted((counted or {}).items(), key=lambda c: (-c[1], c[0]))[:2]
    return [
        form for form, times in ranked if times == ranked[0][1] or times >= max(2, ranked[0][1] / 3)
    ]


def frequent(counted: Counter[str]) -> Iterator[tuple[str, str]]:
    """Yield the most frequent words and the share of persons who bear each."""
    whole = sum(counted.values()) / WORDS_A_NAME
    for form, times in sorted(counted.items(), key=lambda c: (-c[1], c[0]))[:MOST_FREQUENT]:
        if times >= FEWEST_BEARERS:
            yield form, f"{times / whole:.6f}"


def learn() -> Iterator[tuple[str, tuple[str, ...], Iterable[tuple[str, ...]]]]:
    """Yield each table: its name, its columns, its rows."""
    lists = Lists()
    say("reading the lists of words")
    lists.read()
    say("latin and arabic, without persons")
    kind = (LATIN, ARABIC)
    first = train(lists.pairs[kind], SIZES[kind], (CAPS[LATIN], CAPS[ARABIC]), say)
    say("aligning the names of persons")
    persons = Persons(first)
    persons.read()
    add(lists.pairs, persons)
    for one, two in KINDS:
        say(f"{one} and {two}: {len(lists.pairs[one, two]):,} pairs")
        units = train(lists.pairs[one, two], SIZES[one, two], (CAPS[one], CAPS[two]), say)
        yield (
            f"units_{one}_{two}",
            ("one", "other", "bits"),
            ((a, b, f"{bits:.2f}") for (a, b), bits in sorted(units.items())),
        )
    vocabulary = {
        LATIN: {p[0] for p in lists.pairs[LATIN, ARABIC]}
        | {p[0] for p in lists.pairs[LATIN, CYRILLIC]},
        CYRILLIC: {p[1] for p in lists.pairs[LATIN, CYRILLIC]},
        ARABIC: {p[1] for p in lists.pairs[LATIN, ARABIC]},
    }
    seen = dict(persons.seen)
    seen[CYRILLIC] = Counter()
    for (_, form), times in lists.pairs[LATIN, CYRILLIC].items():
        seen[CYRILLIC][form] += times
    for script, known in vocabulary.items():
        grams = sorted(letters(sorted(known)).items())
        yield f"letters_{script}", ("letters", "bits"), ((g, f"{bits:.2f}") for g, bits in grams)
        yield f"frequent_{script}", ("form", "share"), frequent(seen[script])
    yield "short_names_heard", ("name", "short"), heard(lists.pairs)


def add(pairs: dict[Kind, Pairs], persons: Persons) -> None:
    """Add what persons teach to what words teach."""
    pairs[LATIN, ARABIC].update({pair: n for pair, n in persons.aligned.items() if n})
    for script, names in ((LATIN, persons.latin_of), (ARABIC, persons.arabic_of)):
        for pair, times in persons.spellings(names).items():
            pairs[script, script][pair] += 2 * times
    known = {
        LATIN: {one for one, _ in pairs[LATIN, CYRILLIC]},
        CYRILLIC: {two for _, two in pairs[LATIN, CYRILLIC]},
        ARABIC: {two for _, two in pairs[LATIN, ARABIC]},
    }
    for script, forms in known.items():
        pairs[script, script] = both_ways(pairs[script, script], forms)
    arabic: dict[str, Counter[str]] = defaultdict(Counter)
    for (one, two), times in pairs[LATIN, ARABIC].items():
        arabic[one][two] += times
    for counted in arabic.values():
        usual = [form for form, _ in sorted(counted.items(), key=lambda c: (-c[1], c[0]))]
        for one, two in combinations(usual[:MOST_SPELLINGS], 2):
            pairs[ARABIC, ARABIC].update([(one, two), (two, one)])


def last() -> Iterator[tuple[str, tuple[str, ...], Iterable[tuple[str, ...]]]]:
    """Yield what is told by the finished tables, and where all of it comes from."""
    slope, even = calibration()
    figures = [("slope", f"{slope:.3f}"), ("even", f"{even:.2f}")]
    yield "calibration", ("parameter", "value"), figures
    yield "provenance", ("list", "sha256", "train_rows"), provenance()


def written(columns: tuple[str, ...], found: Iterable[tuple[str, ...]]) -> str:
    """Return a table as text: its columns, the source last."""
    listed = ["\t".join((*columns, "source")), *("\t".join((*row, SOURCE)) for row in found)]
    return "\n".join(listed) + "\n"


def main() -> int:
    """Write or check every table; return the exit code."""
    changed = []
    OUT.mkdir(exist_ok=True)
    csv.field_size_limit(1 << 20)
    for name, columns, found in chain(learn(), last()):
        path, text = OUT / f"{name}.tsv", written(columns, found)
        if "--check" not in sys.argv:
            path.write_text(text, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != text:
            changed.append(path.name)
    for name in changed:
        print(f"{name} is not what training gives: run tools/train_names.py")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
