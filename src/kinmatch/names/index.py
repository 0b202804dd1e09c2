"""Many names to search: one in, the likeliest out, the same every time.

Each word of a query brings forward, through the words that sound like it, the names that hold them;
the names that gain the most are compared in full, part by part, as `compare` does, with the rarity
of each word counted in these very names.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING, Any

import numpy as np

from kinmatch.names.alignment import prepare, roled
from kinmatch.names.arrays import COLUMNS, MOST_PARTS, Held, workspace
from kinmatch.names.columns import bring, forgive, forms_of, letters_of, written_forms
from kinmatch.names.forms import SAME_NAME, SHORT_NAME, bare, joined, name_number
from kinmatch.names.growing import Growing
from kinmatch.names.matching import INITIAL, Weights, bounds, score_places
from kinmatch.names.postings import Postings, counts
from kinmatch.names.rarity import KNOWN_SAYS, RAREST, SCALE, corrected, share
from kinmatch.names.reading import parse
from kinmatch.names.sounds import NOTHING, bits_between, itself, spell_by_script
from kinmatch.names.vocabulary import COMPARED, NOWHERE, Chosen, Near, Vocabulary, highest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from kinmatch.names.parts import Name

    Progress = Callable[[int], object]

REJOINED = 20  # of these, the best, in which a word may have met two
REJOINED_EXACT = 20_000  # the same where every name is compared in full
FEW = 100_000  # names among which more can be compared in the same time
FORWARD, FORWARD_OF_FEW = 600, 1000  # names compared in full for each query, at least
MISSED = 10.0  # bits a part of the query that met nothing sets a name back, when names are brought
TOO_MANY = 1.5  # bits a part of a name sets it back that the query has nothing for
FORWARD_FROM = 1.0  # bits a word must say to bring a name forward
WEIGHTS = Weights()
SAID_OF_ITSELF = (
    0.7  # of what a word says of itself, what its spelling elsewhere says; tuned on DEV
)
UNHEARD = -1  # the number of a word that is in no vocabulary
REMEMBERED = 4096  # forms asked for, whose words are kept
PRIOR = 500.0  # names the shipped shares of persons count for beside the names at hand
EVERY = 1000  # names between two steps of progress


@dataclass(frozen=True, slots=True)
class Hit:
    """One name found for a query: its place in the list searched, and its score in bits."""

    index: int
    name: str
    score: float


class Index:
    """Names prepared to be searched many times; more can be added, and names taken out again.

    Names keep their place, the order they were added in; a name taken out is not found any more.
    """

    def __init__(self, names: Iterable[str] = (), *, progress: Progress | None = None) -> None:
        self.vocabulary = Vocabulary()
        self.names: list[str] = []
        self.postings = Postings(np.zeros(1, np.int64), np.empty(0, np.int32))
        self.columns = {name: Growing(np.empty(0, dtype)) for name, dtype in COLUMNS.items()}
        self.asked: dict[tuple[str, int], tuple[int, Near]] = {}
        self.build(names, progress)

    def build(self, names: Iterable[str], progress: Progress | None) -> None:
        """Fill an empty index."""
        batch: dict[str, Any] = {name: [] for name in COLUMNS}
        numbers: dict[str, int] = {}
        holds: list[int] = []
        held: list[int] = []
        for place, written in enumerate(names):
            self.names.append(written)
            forms = enter(
                parse(written), batch, lambda form: numbers.setdefault(form, len(numbers))
            )
            holds.extend(forms)
            held.extend([place] * len(forms))
            if progress and place % EVERY == EVERY - 1:
                progress(EVERY)
        if progress:
            progress(len(self.names) % EVERY)
        self.vocabulary = Vocabulary(numbers)
        # In the order of the vocabulary instead of that in which the words were met.
        final = np.array([self.vocabulary.number[form] for form in numbers], np.int64)
        for column in ("forms", "letters"):
            batch[column] = final[np.array(batch[column], np.int64)]
        keys = final[np.array(holds, np.int64)]
        self.postings = Postings.packed(keys, np.array(held, np.int32), len(numbers))
        self.extend(batch)

    def extend(self, batch: Mapping[str, Any]) -> None:
        """Add the columns of names, their parts and their forms."""
        for name, dtype in COLUMNS.items():
            self.columns[name].extend(np.array(batch[name], dtype))

    def __len__(self) -> int:
        return len(self.names)

    def add(self, written: str) -> int:
        """Add one name; return its place."""
        batch: dict[str, list[Any]] = {name: [] for name in COLUMNS}
        place, name = len(self.names), parse(written)
        self.names.append(written)
        forms = enter(name, batch, self.vocabulary.add, self.offsets())
        self.extend(batch)
        for form in forms:
            self.postings.add(form, place)
        return place

    def remove(self, place: int) -> None:
        """Take one name out: it is not found any more, and the places of others stay.

        Raises IndexError where there is no such name.
        """
        if not 0 <= place < len(self.names):
            raise IndexError(place)
        here = self.columns["here"]
        here.held = here.held if here.held.flags.writeable else here.held.copy()
        here.held[place] = False

    def near(self, form: str, most: int) -> Near:
        """Return the words that may sound like a form, as remembered."""
        words = len(self.vocabulary.forms)
        known = self.asked.get((form, most))
        if known is None or known[0] != words:
            if len(self.asked) >= REMEMBERED:
                self.asked.clear()
            known = self.asked[form, most] = (words, self.vocabulary.near(form, most))
        return known[1]

    def offsets(self) -> tuple[int, int]:
        """Return how many parts and forms there are so far."""
        return self.columns["roles"].count, self.columns["forms"].count

    def search(self, query: str, *, top: int, exact: bool = False) -> list[Hit]:
        """Return the best `top` names for a query; equal scores in the order of the list.

        With `exact` every name is compared in full: slow, and what the quick way is checked by.
        """
        if top < 1:
            raise ValueError(f"top is {top}; at least 1 is needed")
        if not self.names or not parse(query).compared:
            return []
        asked = Question(self, parse(query), exact=exact)
        most = max(3 * top, FORWARD if len(self) > FEW else FORWARD_OF_FEW)
        places = np.arange(len(self.names)) if exact else asked.forward(most)
        places = places[self.columns["here"].array[places]]
        if not len(places):
            return []
        scores = asked.scores(places)
        order = np.lexsort((places, -scores))[:top]
        return [Hit(int(places[at]), self.names[places[at]], float(scores[at])) for at in order]


def enter(
    name: Name,
    batch: Mapping[str, list[Any]],
    number: Callable[[str], int],
    before: tuple[int, int] = (0, 0),
) -> list[int]:
    """Enter one name into the columns; return the numbers of its forms, each once."""
    prepared = prepare(name)
    arrays = prepared.arrays
    numbers = {at: number(prepared.forms[at]) for at in dict.fromkeys(arrays.forms.tolist())}
    first = len(batch["forms"]) + before[1]
    batch["roles"].extend(arrays.roles.tolist())
    batch["or_roles"].extend(arrays.or_roles.tolist())
    batch["or_costs"].extend(arrays.or_costs.tolist())
    batch["rarities"].extend(arrays.rarities.tolist())
    batch["letters"].extend(number(prepared.forms[at]) for at in arrays.letters.tolist())
    batch["forms_end"].extend((arrays.begins[1:] + first).tolist())
    batch["forms"].extend(numbers[at] for at in arrays.forms.tolist())
    batch["costs"].extend(arrays.costs.tolist())
    batch["parts_end"].append(len(batch["roles"]) + before[0])
    batch["here"].append(True)
    return list(dict.fromkeys(numbers.values()))


class Question:
    """One query against an index: what each of its forms says of the words there."""

    def __init__(self, index: Index, name: Name, *, exact: bool) -> None:
        self.index = index
        self.parts = roled(name)
        self.prepared = prepare(name)
        self.exact = exact
        arrays = self.prepared.arrays
        # What costs much to say is looked for less widely: short names, neighbours as one word.
        self.most = np.zeros(len(self.prepared.forms), np.int64)
        self.most[arrays.joins[arrays.joins >= 0]] = COMPARED // 4
        self.most[arrays.forms] = COMPARED // 4
        self.most[arrays.forms[arrays.costs < SHORT_NAME]] = COMPARED
        self.near = [
            NOWHERE if not most else index.near(form, most)
            for form, most in zip(self.prepared.forms, self.most.tolist(), strict=True)
        ]
        # Of a letter, only other letters are asked; of what costs something, only what is near.
        self.widely = np.zeros(len(self.most), np.bool_)
        self.widely[arrays.forms[arrays.costs < SAME_NAME]] = True
        self.letters = np.zeros(len(self.most), np.bool_)
        self.letters[arrays.letters] = True
        forms = self.prepared.forms
        self.own = np.array([SCALE * SAID_OF_ITSELF * itself(form) for form in forms])
        self.surprise = np.array([self.surprise_of(row) for row in range(len(forms))])

    def surprise_of(self, row: int) -> float:
        """Return what the words of the index would say beside a form by mere chance, in bits."""
        form, near, own = self.prepared.forms[row], self.near[row], self.own[row]
        alike = corrected(form, SCALE * near.heard, near.named, own)
        borne = counts(self.index.postings.lists, near.numbers.astype(np.int64))
        bearers = float((borne * np.exp2(np.minimum(alike - own, 0.0))).sum())
        names = len(self.index)
        return log2(RAREST + (bearers + PRIOR * share(form)) / (names + PRIOR)) + float(own)

    def weighed(
        self, row: int, heard: NDArray[np.float64], named: NDArray[np.int16]
    ) -> NDArray[np.float64]:
        """Return the bits of a form with words, from how they sound and which names they are."""
        full = self.own[row] - self.surprise[row]
        bits = SCALE * heard - self.surprise[row]
        return corrected(self.prepared.forms[row], bits, named, KNOWN_SAYS * full)

    def forward(self, most: int) -> NDArray[np.int64]:
        """Return the places of the names that gain the most from the words of the query."""
        totals = np.zeros(len(self.index), np.float32)
        seen = np.zeros(len(self.index), np.int8)
        lists, arrays = self.index.postings.lists, self.prepared.arrays
        for part in range(len(arrays.roles)):
            forms = list(arrays.forms[arrays.begins[part] : arrays.begins[part + 1]])
            costs = list(arrays.costs[arrays.begins[part] : arrays.begins[part + 1]])
            if arrays.joins[part] >= 0:
                forms.append(arrays.joins[part])
                costs.append(WEIGHTS.joined)
            near = [self.near[form] for form in forms]
            numbers = np.concatenate([words.numbers for words in near])
            bits = np.concatenate(
                [
                    self.weighed(form, words.heard, words.named) - cost
                    for form, words, cost in zip(forms, near, costs, strict=True)
                ]
            )
            told = np.flatnonzero(bits >= FORWARD_FROM)
            order = told[np.argsort(-bits[told], kind="stable")]
            bring(numbers[order], bits[order] + MISSED, lists, totals, seen, part + 1)
        parts_end = self.index.columns["parts_end"].array
        forgive(totals, parts_end, len(arrays.roles), MISSED, TOO_MANY)
        return highest(totals, most)

    def scores(self, places: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the bits of the query with each of the names, compared in full."""
        held = Held(*(self.index.columns[name].array for name in COLUMNS))
        letters = letters_of(places, held)
        known = np.unique(np.concatenate([forms_of(places, held), letters]))
        bits = self.said_of(self.index.vocabulary.spelled(known), known, letters)
        found = self.scored(places, held, known, bits, {})
        # A word that met two: looked for in the names that are best without.
        best = np.argsort(-found, kind="stable")[: REJOINED_EXACT if self.exact else REJOINED]
        together = self.joined(places[best], held)
        forms = list(dict.fromkeys(form for made in together.values() for form in made if form))
        if forms:
            numbers = np.array([name_number(form) for form in forms], np.int16)
            written = [
                Chosen(at, spelled, None, numbers[at]) for at, spelled in spell_by_script(forms)
            ]
            more = self.said_of(written, np.full(len(forms), UNHEARD), letters)
            columns = {form: len(known) + at for at, form in enumerate(forms)}
            joins = {
                place: np.array([columns.get(form, -1) for form in made], np.int64)
                for place, made in together.items()
            }
            again = best[np.isin(places[best], list(joins))]
            found[again] = self.scored(places[again], held, known, np.hstack([bits, more]), joins)
        return found

    def said_of(
        self, words: Sequence[Chosen], numbers: NDArray[np.int64], letters: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return what each form of the query says of some words, shape (forms, words).

        What was heard when the words near a form were looked for is not heard again; `letters`
        are the numbers of first letters.
        """
        single = np.isin(numbers, letters)
        bits = np.full((len(self.prepared.forms), len(numbers)), float(NOTHING))
        for row, (form, near) in enumerate(zip(self.prepared.forms, self.near, strict=True)):
            at = np.minimum(np.searchsorted(near.numbers, numbers), max(len(near.numbers) - 1, 0))
            told = near.numbers[at] == numbers if len(near.numbers) else np.zeros(len(at), np.bool_)
            asked = ~told & (self.widely[row] | (self.letters[row] & single))
            for some in words:
                heard = np.full(len(some.places), NOTHING)
                before, now = told[some.places], asked[some.places]
                heard[before] = near.heard[at[some.places[before]]]
                chosen = np.arange(len(heard)) if some.chosen is None else some.chosen
                heard[now] = bits_between(form, some.spelled, chosen[now])
                bits[row, some.places] = self.weighed(row, heard, some.named)
        return bits

    def scored(
        self,
        places: NDArray[np.int64],
        held: Held,
        known: NDArray[np.int64],
        bits: NDArray[np.float64],
        joins: Mapping[int, NDArray[np.int64]],
    ) -> NDArray[np.float64]:
        """Return the bits of the query with some names, given what its forms say of their words."""
        none = np.full(MOST_PARTS, -1, np.int64)
        rows = np.array([joins.get(int(place), none) for place in places]).reshape(-1, MOST_PARTS)
        found = np.empty(len(places))
        asked = self.prepared.arrays
        score_places(asked, places, held, known, rows, bits, WEIGHTS.array, workspace(), found)
        return found

    def joined(self, places: NDArray[np.int64], held: Held) -> dict[int, list[str]]:
        """Return for each name its neighbouring words written as one, "" where there are none.

        Only names with more parts than the query are there: in these one word may have met two.
        """
        text = self.index.vocabulary.forms
        found = {}
        for place in places.tolist():
            first, last = bounds(held.parts_end, place)
            if last - first <= len(self.parts):
                continue
            words = [text[number] for number in written_forms(first, last, held)]
            made = [""] * MOST_PARTS
            for at, (one, other) in enumerate(pairwise(words)):
                if INITIAL not in held.roles[first + at : first + at + 2]:
                    made[at] = joined((one, bare(other)))
            found[place] = made
        return found


def search(names: Sequence[str], queries: Sequence[str], *, top: int) -> Iterator[list[Hit]]:
    """Yield for each query its best `top` names, best first."""
    index = Index(names)
    for query in queries:
        yield index.search(query, top=top)
