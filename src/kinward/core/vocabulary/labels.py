"""Finding labels in a text, however they are written."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from kinward.core.vocabulary.folding import Folded, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA: Final = "labels.toml"
# و ف (and, so), ب ك ل (in, like, for), ال and its short form before ل: written onto an Arabic word.
ARABIC_PREFIX: Final = "(?:[وف])?(?:[بكل])?(?:ال|ل)?"
ARABIC_LETTER: Final = re.compile("[\u0600-\u06ff]")
# "t e r r o r": single letters, each parted from the next by a sign or two, four at least.
SPACED: Final = re.compile(r"(?<!\w)(?:[^\W\d][^\w]{1,2}){3,}[^\W\d](?!\w)")
# A word in which digits and signs stand for letters, "t3rr0r1st": some of each.
MIXED: Final = re.compile(r"(?=[\w@$!]*[^\W\d])(?=[\w@$!]*[\d@$!])[\w@$!]+")
SIGNS: Final = str.maketrans("013457@$!", "oieastasi")
SHORTEST_MIXED: Final = (
    5  # letters of a label sought among digits: shorter ones are in document numbers
)
CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Kind(StrEnum):
    """Why a word is not to stand there."""

    LABEL = "label"  # says to whom someone belongs, or what they are held to be
    CHARGE = "charge"  # a charge or a verdict
    GENETIC = "genetic"  # looks like a genetic profile
    FACE = "face"  # looks like a measured face


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One entry of the list; `labels.toml` says what each part means."""

    text: str
    language: str
    because: str
    endings: str | tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    where: str = ""
    kind: Kind = Kind.LABEL


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A word that is not to stand there: what it is, how it is written, and where in the text."""

    kind: Kind
    label: str
    written: str
    start: int
    end: int


@lru_cache(maxsize=1)
def labels() -> tuple[Label, ...]:
    """Return the list."""
    read = tomllib.loads((files(__package__) / DATA).read_text("utf-8"))
    return tuple(_entry(each) for each in read["label"])


def _entry(each: dict[str, Any]) -> Label:
    """Return an entry as it is held: lists as tuples, the kind as one of ours."""
    endings = each["endings"]
    return Label(
        **each
        | {
            "endings": endings if endings == "any" else tuple(endings),
            "unless": tuple(each.get("unless", ())),
            "kind": Kind(each.get("kind", Kind.LABEL)),
        }
    )


def pattern(text: str, endings: str | tuple[str, ...] = ()) -> str:
    """Return the regular expression of a label, to be sought in a folded text."""
    words = r"[^\w]+".join(re.escape(fold(word).text) for word in text.split())
    prefix = ARABIC_PREFIX if ARABIC_LETTER.search(text) else ""
    tail = r"[^\W\d]*" if endings == "any" else _one_of(endings)
    return rf"(?<!\w){prefix}{words}{tail}(?:['’]s?)?(?!\w)"


def _one_of(endings: str | tuple[str, ...]) -> str:
    """Return the expression of the endings a label may have; it may have none."""
    return f"(?:{'|'.join(fold(ending).text for ending in endings)})?" if endings else ""


@lru_cache(maxsize=2)
def _sought(*, in_names: bool) -> re.Pattern[str]:
    """Return one expression of all labels; the group that matched says which."""
    wanted = (
        f"(?P<label_{number}>{pattern(label.text, label.endings)})"
        for number, label in enumerate(labels())
        if in_names or label.where != "names"
    )
    return re.compile("|".join(wanted))


@lru_cache(maxsize=1)
def _harmless() -> re.Pattern[str]:
    """Return one expression of all the phrases in which a label means no harm."""
    return re.compile("|".join(pattern(each) for label in labels() for each in label.unless))


def find(text: str, *, in_names: bool = False) -> list[Found]:
    """Return the labels of a text as they stand; `in_names` adds what no field is called."""
    folded = fold(text)
    harmless = [match.span() for match in _harmless().finditer(folded.text)]
    hits = {
        folded.span(start, end): label
        for read in (_as_written, _spaced, _mixed)
        for label, start, end in read(folded, in_names=in_names)
        if not any(first <= start and end <= last for first, last in harmless)
    }
    return [
        Found(kind=label.kind, label=label.text, written=text[start:end], start=start, end=end)
        for (start, end), label in sorted(hits.items(), key=lambda hit: hit[0])
    ]


def _label_of(match: re.Match[str]) -> Label:
    """Return the entry whose group matched."""
    group = match.lastgroup or ""
    return labels()[int(group.removeprefix("label_"))]


def _as_written(folded: Folded, *, in_names: bool) -> Iterator[tuple[Label, int, int]]:
    """Yield the labels that stand as words."""
    for match in _sought(in_names=in_names).finditer(folded.text):
        yield _label_of(match), match.start(), match.end()


def _spaced(folded: Folded, *, in_names: bool) -> Iterator[tuple[Label, int, int]]:
    """Yield the labels that are written letter by letter."""
    for run in SPACED.finditer(folded.text):
        word = fold("".join(filter(str.isalpha, run.group()))).text
        match = _sought(in_names=in_names).fullmatch(word)
        if match:
            yield _label_of(match), run.start(), run.end()


def _mixed(folded: Folded, *, in_names: bool) -> Iterator[tuple[Label, int, int]]:
    """Yield the labels in which digits or signs stand for letters."""
    for token in MIXED.finditer(folded.text):
        word = fold(token.group().translate(SIGNS)).text
        match = _sought(in_names=in_names).fullmatch(word)
        if match and len(word) >= SHORTEST_MIXED:
            yield _label_of(match), token.start(), token.end()


def find_in_name(name: str) -> list[Found]:
    """Return the labels in the name of a field, code or column, as "riskLevel" or "risk_level"."""
    return find(CAMEL.sub(" ", name), in_names=True)
