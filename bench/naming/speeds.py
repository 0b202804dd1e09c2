"""Speed and memory of ours and of peers in the same run, as ratios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from naming import goals, speed
from naming.peers import Family, Missing, question_of
from naming.tables import Row, amount, times

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from naming.peers import Peer
    from naming.sets import Retrieval

SEARCH, SCORE = "kinmatch search, effective", "kinmatch score, prepared"
# The peers whose speed is told, and how many queries each is given.
TIMED = {"anyascii+Jaro-Winkler": 200, "anyascii+WRatio": 20, "logic-v2": 5, "name-based": 5}
HEAD: Row = ("what", "pairs/s", "search ÷ it", "score ÷ it", "peak MB", "to prepare s")


def measure(one: Retrieval, peers: Sequence[Peer]) -> dict[str, Any]:
    """Measure ours and the peers on one list of candidates."""
    asked = question_of_ours(one)
    told = {
        SEARCH: speed.apart({**asked, "what": "search"}),
        SCORE: speed.apart({**asked, "what": "pairs"}),
    }
    for peer in peers:
        if peer.name in TIMED:
            try:
                told[peer.name] = of_peer(peer, one.sampled(TIMED[peer.name]))
            except Missing:
                continue  # said already, where its scores were asked for
    return {"rows": told, "first stage": speed.apart({**asked, "what": "exactness"})}


def question_of_ours(one: Retrieval) -> dict[str, Any]:
    """Return the list of candidates, and some of its queries."""
    used = one.sampled(speed.QUERIES)
    queries = [(query.name, query.right) for query in used.queries]
    return {"queries": queries, "cands": used.cands}


def of_peer(peer: Peer, one: Retrieval) -> dict[str, float]:
    """Measure a peer, in a process of its own."""
    with Family(peer.family) as family:
        said = family.ask({**question_of(peer, one), "timed": True})
    prepared, scored = said["cpu"]
    return {"pairs": said["pairs"] / scored, "prepare": prepared, "peak": said["peak"]}


def judged(measured: dict[str, Any]) -> list[goals.Goal]:
    """Return the goals of a search: so many pairs a second with hardly a name lost; the same first.

    What an exhaustive search finds first, the quick one is to find first.
    """
    found = measured["rows"][SEARCH]["pairs"]
    lost = measured["first stage"]["points lost"]
    same = measured["first stage"]["same first"]
    quick = lost < goals.POINTS_LOST and found >= goals.PAIRS_PER_SECOND
    return [
        goals.Goal("speed", "pairs/s", goals.PAIRS_PER_SECOND, found, quick),
        goals.Goal("speed", "same first", goals.SAME_FIRST, same, same >= goals.SAME_FIRST),
    ]


def judged_million(measured: dict[str, float]) -> list[goals.Goal]:
    """Return the goals of a million names: searched in so many milliseconds, the same first."""
    spent, same = measured["p95 ms"], measured["same first"]
    return [
        goals.Goal("million", "p95 ms, at most", goals.LIVE_MS, spent, spent <= goals.LIVE_MS),
        goals.Goal("million", "same first", goals.SAME_FIRST, same, same >= goals.SAME_FIRST),
    ]


def table(measured: dict[str, Any]) -> tuple[Row, list[Row]]:
    """Return speed and memory, and how many times each is ours."""
    told = measured["rows"]
    search, score = told[SEARCH]["pairs"], told[SCORE]["pairs"]
    rows = [
        (
            what,
            amount(held["pairs"]),
            times(search, held["pairs"]),
            times(score, held["pairs"]),
            f"{held['peak'] / 1e6:.0f}",
            f"{held['prepare']:.1f}" if "prepare" in held else "–",
        )
        for what, held in told.items()
    ]
    return HEAD, rows


def notes(measured: dict[str, Any]) -> list[str]:
    """Say what the first stage of the search loses."""
    if "speed" not in measured:
        return []
    told = measured["speed"]["first stage"]
    lost = (
        f"first stage: {told['points lost']:.2f} points of recall@1 lost; the same best name for "
        f"{told['same first']:.1%} of {told['queries']} queries, {told['of the best ten']:.1%} of "
        f"the best ten; the speed goal of {amount(goals.PAIRS_PER_SECOND)} "
        f"pairs/s asks for less than {goals.POINTS_LOST} lost"
    )
    return [lost]


def million(persons: Path) -> dict[str, float]:
    """Measure the search of a million made-up names."""
    return speed.apart({"what": "million", "persons": str(persons)})


def million_table(measured: dict[str, float]) -> tuple[Row, list[Row]]:
    """Return what was measured of a million names."""
    return ("what", "figure"), [(what, amount(figure)) for what, figure in measured.items()]
