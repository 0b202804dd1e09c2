"""The register: claims that stand, held against each other. Whoever sees figures sees all of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256
from math import isinf
from typing import TYPE_CHECKING, Final

from kinward.figures.models import (
    Claim,
    ClaimLink,
    Dimension,
    Facet,
    Operator,
    SameText,
    Source,
    State,
    Tie,
    Unit,
    Verdict,
)
from kinward.figures.queries.sentences import counted, sentence, span, written
from kinward.figures.rules import Claim as Plain
from kinward.figures.rules import Link, Reconciled, reconcile, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from kinward.figures.rules import Finding

TO_LOOK_AT: Final = (
    Verdict.CONTRADICTS,
    Verdict.OVER,
    Verdict.MONOTONICITY_BREAK,
    Verdict.STALE_AS_OF,
    Verdict.RESIDUAL,
)

VERSIONS_KEPT: Final = 4
COME_TO: Final[dict[str, Reconciled]] = {}  # by the version of the ledger


@dataclass(frozen=True, slots=True)
class Told:
    """What some claims come to, as it is shown."""

    finding: Finding
    sentence: str
    claims: tuple[Claim, ...]  # the whole first, then the parts; or those that are compared

    @property
    def verdict(self) -> Verdict:
        """The verdict, with its words."""
        return self.finding.verdict

    @property
    def dimension(self) -> str:
        """By what a whole is broken down, in words."""
        return str(Dimension(self.finding.dimension).label)


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim as the register shows it: what is said, and what everything else leaves possible."""

    claim: Claim
    written: str
    counted: str  # with what is counted
    low: float
    high: float  # inf where it is open
    feasible: str  # in words; empty for what is no count
    impossible: bool
    told_by: int

    @property
    def is_open(self) -> bool:
        """Nothing is said of the greatest it can be."""
        return isinf(self.high)


@dataclass(slots=True)
class Group:
    """Claims that have something to do with each other, and what they come to."""

    claims: list[Shown] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    @property
    def heading(self) -> Claim:
        """The claim that gives the group its name: a whole with most parts, else the first."""
        wholes = [one.claims[0] for one in self.told if one.finding.whole]
        return max(wholes, key=wholes.count) if wholes else self.claims[0].claim


def sources() -> QuerySet[Source]:
    """Every source, the latest first."""
    return Source.objects.select_related("added_by")


def source_of(key: UUID) -> Source | None:
    """The source of that key."""
    return sources().filter(pk=key).first()


def claims_that_stand() -> QuerySet[Claim]:
    """Every claim that no other corrects."""
    found = Claim.objects.filter(corrected_by=None).select_related("source", "coded_by")
    return found.prefetch_related("checks__checked_by")


def claim_of(key: UUID) -> Claim | None:
    """The claim of that key, corrected or not."""
    return Claim.objects.select_related("source", "coded_by").filter(pk=key).first()


def claims_of(source: Source) -> list[Claim]:
    """The claims of a source that stand, in the order of their quotes in the text."""
    found = claims_that_stand().filter(source=source)
    return sorted(found, key=lambda claim: (source.text.find(claim.quote), claim.coded_at))


def newest(claim: Claim) -> Claim:
    """The claim as it was corrected last."""
    while following := Claim.objects.filter(corrects=claim).first():
        claim = following
    return claim


def history_of(claim: Claim) -> list[Claim]:
    """What a claim was before it was corrected, the latest first."""
    earlier = []
    before = claim
    while before.corrects_id:
        before = Claim.objects.select_related("coded_by").get(pk=before.corrects_id)
        earlier.append(before)
    return earlier


def links_that_stand() -> QuerySet[ClaimLink]:
    """Every link that nobody took back."""
    return ClaimLink.objects.filter(takes_back=None, taken_back_by=None)


def link_of(key: UUID) -> ClaimLink | None:
    """The link of that key."""
    return ClaimLink.objects.filter(pk=key).first()


def links_of(claim: Claim) -> list[tuple[ClaimLink, Claim, Claim]]:
    """The links of a claim, whichever of its versions they were made with: link, from, to."""
    versions = {claim.pk, *(each.pk for each in history_of(claim))}
    found = links_that_stand().filter(claim__in=versions)
    found |= links_that_stand().filter(other__in=versions)
    return [
        (link, newest(link.claim), newest(link.other))
        for link in found.select_related("claim__source", "other__source")
    ]


def as_plain(claim: Claim, texts: Mapping[UUID, Source] | None = None) -> Plain:
    """Return a claim as the rules know it. `texts` is by source the first that prints its text.

    Copies of one text are told by it: its agency, or itself where it names none, on its day.
    """
    first = (texts or {}).get(claim.source_id)
    agency = first.agency or f"{first.outlet}, {first.title}" if first else claim.source.agency
    published = (first or claim.source).published_on.isoformat()
    return Plain(
        key=str(claim.pk),
        operator=Operator(claim.operator),
        low=None if claim.low is None else float(claim.low),
        high=None if claim.high is None else float(claim.high),
        unit=Unit(claim.unit),
        population={Facet(facet): said for facet, said in claim.population.items()},
        state=State(claim.state),
        dimension=Dimension(claim.dimension),
        category=claim.category,
        as_of=claim.as_of or published,
        since=claim.since,
        chain=(claim.speaker, claim.channel or agency, claim.source.outlet),
        said_on=claim.as_of or published,
        group=claim.group,
    )


def first_prints() -> dict[UUID, Source]:
    """Return by source the earliest of those that print its text; nothing for texts of their own.

    The agency is that of any of them that names one.
    """
    said = list(SameText.objects.values_list("source", "other", "same"))
    keys = {key for one, other, _same in said for key in (one, other)}
    known = Source.objects.defer("text").in_bulk(keys)
    rank = {key: (one.published_on.isoformat(), str(key)) for key, one in known.items()}
    first = together(said, rank)
    found = {key: known[top] for key, top in first.items()}
    for key, top in first.items():
        found[key].agency = known[top].agency or known[key].agency
    return found


def newest_of() -> dict[UUID, UUID]:
    """Return of every corrected claim the one that stands for it now."""
    pairs = Claim.objects.exclude(corrects=None).values_list("corrects", "pk")
    following = {before: after for before, after in pairs if before}
    found = {}
    for key in following:
        last = key
        while last in following:
            last = following[last]
        found[key] = last
    return found


def plain_links() -> list[Link]:
    """Return the links as the rules know them, between claims as they stand now."""
    stands = newest_of()
    return [
        Link(
            str(stands.get(link.claim_id, link.claim_id)),
            Tie(link.tie),
            str(stands.get(link.other_id, link.other_id)),
            Dimension(link.dimension),
        )
        for link in links_that_stand()
    ]


def groups() -> list[Group]:
    """Return the register: what belongs together, what it comes to; the largest group first."""
    claims = {str(claim.pk): claim for claim in claims_that_stand()}
    texts = first_prints()
    plain = {key: as_plain(claim, texts) for key, claim in claims.items()}
    links = plain_links()
    come_to = reconciled(plain, links)
    top = belonging(plain, links, come_to.findings)
    found: defaultdict[str, Group] = defaultdict(Group)
    for key in sorted(claims):
        found[top[key]].claims.append(shown(claims[key], plain[key], come_to))
    for finding in come_to.findings:
        found[top[finding.claims[0]]].told.append(told_of(finding, claims, plain))
    return sorted(found.values(), key=lambda group: (-len(group.told), -len(group.claims)))


def reconciled(plain: Mapping[str, Plain], links: Sequence[Link]) -> Reconciled:
    """Return what the register comes to, reckoned once for what its ledger says.

    That is the claims as they count, with whose text they print, and the links. Kept by this
    process only.
    """
    claims = (repr(plain[key]) for key in sorted(plain))
    told = "\n".join([*claims, *sorted(map(str, links))])
    version = sha256(told.encode()).hexdigest()
    if version not in COME_TO:
        found = reconcile(plain.values(), links)
        while len(COME_TO) >= VERSIONS_KEPT:
            COME_TO.pop(next(iter(COME_TO)), None)
        COME_TO[version] = found
    return COME_TO[version]


def counted_claim(claim: Claim) -> str:
    """Return the number of a claim with what is counted."""
    return counted(as_plain(claim))


def shown(claim: Claim, plain: Plain, come_to: Reconciled) -> Shown:
    """Return a claim with what the others leave possible."""
    feasible = come_to.intervals.get(plain.key)
    return Shown(
        claim=claim,
        written=written(plain),
        counted=counted(plain),
        low=plain.possible.low,
        high=plain.possible.high,
        feasible=span(feasible) if feasible else "",
        impossible=plain.key in come_to.intervals and feasible is None,
        told_by=come_to.told_by.get(plain.key, 0),
    )


def told_of(finding: Finding, claims: Mapping[str, Claim], plain: Mapping[str, Plain]) -> Told:
    """Return a finding with its sentence and its claims."""
    keys = [key for key in (finding.whole, *finding.claims) if key]
    return Told(finding, sentence(finding, plain), tuple(claims[key] for key in keys))


def belonging(
    plain: Mapping[str, Plain], links: Sequence[Link], findings: Iterable[Finding]
) -> dict[str, str]:
    """Return by claim the name of its group: what is linked, or was found together."""
    top = {key: key for key in plain}

    def name(key: str) -> str:
        while top[key] != key:
            key = top[key]
        return key

    together = [(link.claim, link.other) for link in links]
    together += [
        (finding.claims[0], key)
        for finding in findings
        for key in (finding.whole, *finding.claims)
        if key
    ]
    for one, other in together:
        if one in top and other in top:
            top[name(one)] = name(other)
    return {key: name(key) for key in plain}


def inbox() -> list[Told]:
    """Return what an editor has to look at, contradictions first."""
    found = [one for group in groups() for one in group.told if one.verdict in TO_LOOK_AT]
    return sorted(found, key=lambda one: TO_LOOK_AT.index(one.verdict))
