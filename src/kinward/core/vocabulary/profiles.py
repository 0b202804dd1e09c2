"""Finding what is never kept, whoever says it: genetic profiles, and faces turned into numbers.

A laboratory keeps the profile and sends a conclusion; Kinward keeps the conclusion. Markers are
those of the kits in use (CODIS 20, European Standard Set, Y-filer; NIST STRBase).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kinward.core.vocabulary.folding import fold
from kinward.core.vocabulary.labels import Found, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Patterns are sought in a folded text: lower case, Latin look-alikes, plain digits.
GAP: Final = r"[ ._-]?"
ALLELE: Final = r"[1-9]\d?(?:\.[1-3])?"
PAIR: Final = rf"{ALLELE}[ ]?[,/|;\t -][ ]?{ALLELE}(?![\d.])"
# A name that nothing else has: one is enough. Chromosomes 1 to 22, X and Y.
MARKER: Final = re.compile(
    rf"(?<![a-z0-9])(?:d{GAP}(?:[1-9]|1\d|2[0-2]|x|y){GAP}s{GAP}(?:\d{{3,4}}|11)"
    rf"|dys{GAP}\d{{3}}[a-b]?|csf1po|tpox|penta{GAP}[de]|amelogenin"
    r"|hum(?:vwa|th01|fga|tho1))(?![a-z0-9])"
)
# A name that other things have too: two of them, or one with two alleles behind it.
WEAK: Final = rf"(?:v[ ]?wa|fga|th[o0]1|se33|amel|y{GAP}gata{GAP}h4)"
WEAK_MARKER: Final = re.compile(rf"(?<![a-z0-9])(?P<marker>{WEAK})(?![a-z0-9])")
WEAK_WITH_ALLELES: Final = re.compile(rf"(?<![a-z0-9]){WEAK}[ :=\t(]+(?:{PAIR}|x[ ,/]?[xy](?!\w))")
# Six pairs or more in a row, one with a part of a repeat (9.3): no dates, no marks of a school.
ALLELES: Final = re.compile(rf"(?<![\d.,/-]){PAIR}(?:[\s;,|]+{PAIR}){{5,}}")
PART_OF_A_REPEAT: Final = re.compile(r"\d\.[1-3](?!\d)")
SNPS: Final = re.compile(
    r"(?<![a-z0-9])rs\d{4,10}(?:[^a-z0-9]+(?:[acgt][/|,]?[acgt]\b[^a-z0-9]*)?rs\d{4,10}){2,}"
)
SNP_WITH_ALLELES: Final = re.compile(
    r"(?<![a-z0-9])rs\d{3,10}[ :=\t(]+[acgt][/|,]?[acgt](?![a-z0-9])"
)
MUTATION: Final = r"[acgt]?[1-9]\d{1,4}(?:\.\d)?(?:[acgt]|del|ins)"
MUTATIONS: Final = re.compile(rf"(?<![a-z0-9]){MUTATION}(?:[\s,;]+{MUTATION}){{2,}}(?![a-z0-9])")
CONTROL_REGION: Final = re.compile(r"16[0-5]\d\d(?:\.\d)?[acgtdi]|\b[acgt]\d{2,5}[acgt]\b")
HAPLO: Final = "|".join(
    fold(word, joined=False).text
    for word in ("haplogroup", "haplogroups", "haplotype", "haplogroupe", "гаплогруппа", "гаплотип")
)
HAPLOGROUP: Final = re.compile(rf"(?<!\w)(?:{HAPLO})[ :=]+[a-z]{{1,2}}\d[a-z0-9]*(?!\w)")
BASES: Final = re.compile(
    r"(?<![a-z])(?:[acgtun]{10,}\s+)+[acgtun]{10,}(?![a-z])|(?<![a-z])[acgtun]{30,}(?![a-z])"
)
# A face as numbers: vectors have 128 values or more; no list of measures of a child comes near 32.
VECTOR: Final = re.compile(r"(?:-?\d?\.\d{3,}(?:e-?\d+)?[\s,;\]\[]+){32,}")


def never_kept(text: str) -> list[Found]:
    """Return what looks like a genetic profile or a measured face, in the order it stands."""
    folded = fold(text, joined=False)
    hits = {folded.span(*span): kind for kind, read in READERS for span in read(folded.text)}
    return [
        Found(kind=kind, label=kind.value, written=text[start:end], start=start, end=end)
        for (start, end), kind in sorted(hits.items(), key=lambda hit: hit[0])
    ]


def _each(pattern: re.Pattern[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    """Return a reader of every place where the expression matches."""
    return lambda text: (match.span() for match in pattern.finditer(text))


def _several_markers(text: str) -> Iterator[tuple[int, int]]:
    """Yield names of markers that other things have too, if there are two different ones."""
    found = list(WEAK_MARKER.finditer(text))
    if len({match["marker"] for match in found}) > 1:
        yield from (match.span() for match in found)


def _alleles(text: str) -> Iterator[tuple[int, int]]:
    """Yield rows of pairs of repeats."""
    for match in ALLELES.finditer(text):
        if PART_OF_A_REPEAT.search(match.group()):
            yield match.span()


def _mutations(text: str) -> Iterator[tuple[int, int]]:
    """Yield rows of differences from the reference sequence of the mitochondrion (rCRS)."""
    for match in MUTATIONS.finditer(text):
        if CONTROL_REGION.search(match.group()):
            yield match.span()


READERS: Final[tuple[tuple[Kind, Callable[[str], Iterator[tuple[int, int]]]], ...]] = (
    (Kind.GENETIC, _each(MARKER)),
    (Kind.GENETIC, _each(WEAK_WITH_ALLELES)),
    (Kind.GENETIC, _several_markers),
    (Kind.GENETIC, _alleles),
    (Kind.GENETIC, _each(SNPS)),
    (Kind.GENETIC, _each(SNP_WITH_ALLELES)),
    (Kind.GENETIC, _mutations),
    (Kind.GENETIC, _each(HAPLOGROUP)),
    (Kind.GENETIC, _each(BASES)),
    (Kind.FACE, _each(VECTOR)),
)
