"""What was measured in one run, of ours and of every peer, and the tables that show it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from naming import goals, measures
from naming.sets import Pairs
from naming.tables import Row, share, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from naming.peers import Peer
    from naming.sets import NameSet

OURS = "kinmatch"
FEWEST = 10  # examples of a tag for it to have a row of its own
MAIN = {"R": "recall@1", "P": "auc"}


@dataclass(frozen=True, slots=True)
class Figures:
    """What one matcher reached on one set."""

    n: int
    measured: dict[str, float]
    by_tag: dict[str, tuple[int, dict[str, float]]]


def of_ranks(one: NameSet, ranks: Sequence[float]) -> Figures:
    """Return the figures of a retrieval set, by tag too where a tag has enough queries."""
    by_tag: dict[str, list[float]] = defaultdict(list)
    for query, rank in zip(one.queries, ranks, strict=True):
        by_tag[query.tag].append(rank)
    told = {
        tag: (len(held), measures.retrieval(held))
        for tag, held in sorted(by_tag.items())
        if FEWEST <= len(held) < len(ranks)
    }
    return Figures(len(ranks), measures.retrieval(ranks), told)


def of_scores(one: Pairs, scores: Sequence[float]) -> Figures:
    """Return the figures of a set of pairs, by kind too."""
    labels = [pair.same for pair in one.pairs]
    kinds = measures.separation_by_kind(scores, labels, [pair.kind for pair in one.pairs])
    told = {kind: (n, {"auc": found}) for kind, (n, found) in kinds.items()}
    return Figures(len(scores), measures.separation(scores, labels), told)


def of(one: NameSet, values: Sequence[float]) -> Figures:
    """Return the figures of a set: `values` are ranks or scores."""
    return of_scores(one, values) if isinstance(one, Pairs) else of_ranks(one, values)


@dataclass(slots=True)
class Run:
    """Every figure of one run."""

    labels: list[str] = field(default_factory=list)
    ours: dict[str, Figures] = field(default_factory=dict)
    sampled: dict[str, Figures] = field(default_factory=dict)  # on the queries slow peers are given
    peers: dict[str, dict[Peer, Figures]] = field(default_factory=lambda: defaultdict(dict))
    goals: list[goals.Goal] = field(default_factory=list)

    def take(self, one: NameSet, values: Sequence[float], most: int) -> None:
        """Take the ranks or scores of ours; of a slow peer at `most` so many queries are asked."""
        told = of(one, values)
        self.labels.append(one.label)
        self.ours[one.label] = self.sampled[one.label] = told
        self.goals += goals.judged(one.label, told.measured)
        if not isinstance(one, Pairs):
            rank_of = dict(zip(one.queries, values, strict=True))
            sample = one.sampled(most)
            self.sampled[one.label] = of(sample, [rank_of[query] for query in sample.queries])

    def beside(self, label: str, peer: Peer, measure: str) -> float:
        """Return what ours reached on the same queries as a peer was asked."""
        told = self.sampled if peer.slow else self.ours
        return told[label].measured[measure]

    def best(self, label: str, measure: str, *, holds: bool = False) -> tuple[Peer, float] | None:
        """Return the best peer on a set, among those that hold names of Wikidata or the others."""
        found = [
            (peer, figures.measured[measure])
            for peer, figures in self.peers[label].items()
            if peer.holds == holds
        ]
        return max(found, key=lambda held: held[1], default=None)

    def as_json(self) -> dict[str, Any]:
        """Return every figure as plain values."""
        return {
            label: {
                OURS: asdict(self.ours[label]),
                "peers": {peer.name: asdict(told) for peer, told in self.peers[label].items()},
            }
            for label in self.labels
        }


HEAD: Row = (
    "", "set", "measure", "best peer", "best that holds names*",
    "n", "ours", "goal", "", "peer", "ours ÷", "peer*", "ours ÷",
)  # fmt: skip
HEAD_LEFT = 5


def compared(run: Run) -> list[Row]:
    """Return a row for each set and measure: ours, the goal, and the best peers."""
    rows = []
    for number, label in enumerate(run.labels, start=1):
        told = run.ours[label]
        wanted = goals.goals_of(label)
        for measure, ours in told.measured.items():
            first = measure == next(iter(told.measured))
            least = wanted.get(measure)
            names, values = [], []
            for holds in (False, True):
                best = run.best(label, measure, holds=holds)
                names.append(f"{best[0].name} ({run.peers[label][best[0]].n})" if best else "–")
                same = run.beside(label, best[0], measure) if best else 0.0
                values += [share(best and best[1]), times(same, best and best[1])]
            rows.append(
                (
                    f"{number}" if first else "",
                    label if first else "",
                    measure,
                    *names,
                    str(told.n) if first else "",
                    share(ours),
                    share(least),
                    "" if least is None else "reached" if ours >= least else "missed",
                    *values,
                )
            )
    return rows


def every(run: Run, kind: str, measure: str) -> tuple[Row, list[Row]]:
    """Return one measure of every matcher on every set of a kind, sets by number."""
    columns = {
        label: f"[{number}]"
        for number, label in enumerate(run.labels, start=1)
        if label.startswith(kind)
    }
    rows = [(OURS, *(share(run.ours[label].measured[measure]) for label in columns))]
    for peer in dict.fromkeys(peer for label in columns for peer in run.peers[label]):
        told = [run.peers[label].get(peer) for label in columns]
        rows.append((peer.shown, *(share(held and held.measured[measure]) for held in told)))
    return (measure, *columns.values()), rows


TAG_HEAD: Row = ("set", "tag", "n", "measure", "ours", "best peer", "peer", "ours ÷")


def tagged(run: Run) -> list[Row]:
    """Return a row for each tag: ours and the peer that is best on the whole set."""
    rows = []
    for label in run.labels:
        measure = MAIN[label[0]]
        best = run.best(label, measure)
        whole = best and not best[0].slow
        of_peer = run.peers[label][best[0]].by_tag if whole else {}
        for tag, (n, told) in run.ours[label].by_tag.items():
            theirs = of_peer[tag][1][measure] if tag in of_peer else None
            name = best[0].shown if whole else "–"
            against = (name, share(theirs), times(told[measure], theirs))
            rows.append((label, tag, str(n), measure, share(told[measure]), *against))
    return rows
