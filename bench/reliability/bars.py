"""Run one bar and say its rows, one line of JSON each, as they are found.

    python -m reliability.bars NUMBER SEED SHORT SHARE PARSER_MINUTES

A bar that breaks ends this process; `python -m reliability` says so in its table.
"""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from dataclasses import asdict, replace
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING, Final

from reliability.rows import FULL, SHORT, Amounts, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


def writes_kept(amounts: Amounts, seed: int) -> Iterator[Row]:
    """Bar 1: kill writers and servers, cut the power; with the usual settings some must go."""
    from reliability import writes

    ways = {
        "sqlite": "SQLite, kill -9",
        "sqlite power cut": "SQLite, power cut",
        "postgresql": "PostgreSQL, kill -9 of all",
    }
    for engine, label in ways.items():
        found = writes.run(cycles=amounts.kills, engine=engine, seed=seed)
        told, fails = "the page cache survives a kill", True
        if waits := writes.CONTROLS.get(engine):
            control = writes.run(
                cycles=amounts.control_kills, engine=engine, waits=waits, seed=seed
            )
            told, fails = f"{control.lost:,} of {control.acknowledged:,}", control.lost > 0
        yield Row(
            1,
            f"{label}: acknowledged writes lost in {found.cycles} cycles",
            "0 lost, 0 half, 0 corrupt",
            f"{found.lost} of {found.acknowledged:,}, {found.half} half, {found.corrupt} corrupt",
            told,
            reached=(found.lost, found.half, found.corrupt) == (0, 0, 0)
            and found.acknowledged > 0
            and fails,
        )


def expected_met(amounts: Amounts, seed: int) -> Iterator[Row]:
    """Bar 2: every role at every door; what is decided is what is seen; a hole must be found."""
    from reliability.inside import installed

    with installed():
        from access_matrix import matrix
        from clients import ProvedClient

        from reliability import faces, opened

        found = matrix(ProvedClient)
        with opened.everywhere():
            hole = matrix(ProvedClient, roles=opened.ROLES)
        yield Row(
            2,
            "cells of role, door, record and fact: leaks, met otherwise, doors unlisted",
            "0 of more than 20,000",
            f"{len(found.leaks)}, {len(found.wrong)}, {len(found.missing)} of {found.cells:,}"
            + "".join(f"; {each}" for each in (found.leaks + found.wrong + found.missing)[:3]),
            f"{len(hole.leaks):,} leaks with one rule widened",
            reached=not (found.leaks or found.wrong or found.missing)
            and found.cells > 20_000  # noqa: PLR2004 (the goal)
            and bool(hole.leaks),
        )
        worlds = faces.run(amounts.worlds, seed=seed)
        with opened.face():
            blind = faces.run(amounts.worlds // 10, seed=seed)
        yield Row(
            2,
            f"records of random worlds decided as they are seen ({worlds.records:,})",
            "0 differ",
            f"{worlds.differing} differ; {worlds.shown:,} of {worlds.compared:,} shown",
            f"{blind.differing:,} differ with one face blinded",
            reached=worlds.differing == 0
            and worlds.records >= amounts.worlds
            and 0 < worlds.shown < worlds.compared
            and blind.differing > 0,
        )


def tampering_noticed(amounts: Amounts, seed: int) -> Iterator[Row]:
    """Bar 3: edit the log in every way; where nothing is changed, nothing may be noticed."""
    from reliability.inside import installed

    with installed():
        from reliability.tampering import CONTROL, fill, tamper

        anchors = fill()
        tally = tamper(anchors, mutations=amounts.mutations, seed=seed)
    false = tally.with_anchors.pop(CONTROL) + tally.without.pop(CONTROL)
    untouched = tally.made.pop(CONTROL)
    made, noticed, alone = map(
        sum, map(dict.values, (tally.made, tally.with_anchors, tally.without))
    )
    yield Row(
        3,
        f"mutations in {len(tally.made)} kinds noticed, older than the last anchor",
        "all",
        f"{noticed:,} of {made:,}; without anchors {alone:,}",
        f"{false} of {untouched} untouched logs accused",
        reached=noticed == made > 0 and false == 0 and alone < made,
    )


def reads_in_the_log(amounts: Amounts, seed: int) -> Iterator[Row]:
    """Bar 4: who stands in a body stands in the log; a log that forgets some must be found out."""
    from reliability.inside import installed

    with installed():
        from reliability import reads

        found = reads.run(amounts.requests, seed=seed)
        forgetful = reads.run_forgetful(amounts.requests // 20, seed=seed)
        full = reads.run_full(seed=seed)
    yield Row(
        4,
        f"requests where persons shown are not those logged ({found.requests:,} requests)",
        "0 differ",
        f"{found.differing} differ; {found.shown:,} persons shown"
        + "".join(f"; {each}" for each in sorted(found.differed)[:3]),
        f"{forgetful.differing} differ where the log forgets one in ten",
        reached=found.differing == 0
        and found.requests >= amounts.requests
        and found.shown > 0
        and forgetful.differing > 0,
    )
    yield Row(
        4,
        "bodies with a person while the log cannot be written",
        "0",
        f"{full.bodies} of {full.asked}",
        f"{full.before} of {full.asked} before",
        reached=full.bodies == 0 < full.before,
    )


def broken_input(amounts: Amounts, seed: int) -> Iterator[Row]:
    """Bar 5: broken photographs, files and requests; planted metadata and faults must be seen."""
    from reliability import intake
    from reliability.mutating import photographs

    found = intake.run(files=amounts.uploads, seed=seed)
    planted = sum(map(intake.not_picture, intake.jpegs(photographs())))
    yield Row(
        5,
        f"broken uploads ({found.files:,}): crashes, wrongly taken, bytes of metadata",
        "0, 0, 0",
        f"{found.crashes}, {found.wrongly_accepted}, {found.bytes_of_metadata};"
        f" {found.redrawn:,} redrawn",
        f"{planted:,} bytes in what was sent",
        reached=(found.crashes, found.wrongly_accepted, found.bytes_of_metadata) == (0, 0, 0)
        and found.redrawn > 0
        and planted > 0,
    )
    from reliability.inside import installed

    with installed():
        from reliability import asking

        asked = asking.run_as_roles(amounts.inputs, seed=seed)
        faulty = asking.run_faulty(max(amounts.inputs // 20, 100), seed=seed)
    yield Row(
        5,
        f"requests to the API ({asked.inputs:,}): server errors, answers not in its document",
        "0, 0",
        f"{len(asked.broken)}, {len(asked.undocumented) + len(asked.untold)}",
        f"{len(faulty.broken)} server errors with a fault planted",
        reached=not (asked.broken or asked.undocumented or asked.untold)
        and asked.inputs >= amounts.inputs
        and bool(faulty.broken),
    )


def fuzzed(amounts: Amounts, seed: int) -> Iterator[Row]:  # noqa: ARG001 (libFuzzer has its own)
    """Bar 6: feed each parser what breaks parsers; one that lies must be caught."""
    from reliability import fuzzing

    lie = fuzzing.run_one("lying", amounts.executions)
    for target in fuzzing.SEEDS:
        found = fuzzing.run_one(target, amounts.executions, seconds=amounts.parser_seconds)
        yield Row(
            6,
            f"executions of the parser `{target}` without a crash, a hang or a lie",
            f"{FULL.executions:,}",
            f"{found.executions:,}{f', {found.failure}' if found.failed else ''}",
            f"a liar caught after {lie.executions:,}" if lie.failed else "a liar not caught",
            reached=not found.failed and found.executions >= FULL.executions and lie.failed,
        )


def canaries_unread(amounts: Amounts, seed: int) -> Iterator[Row]:  # noqa: ARG001 (all of them, always)
    """Bar 7: look for planted words in everything but the keys; one in the clear must be found."""
    from reliability.inside import installed

    with installed() as made:
        from reliability import canaries

        found = canaries.run(made)
    yield Row(
        7,
        f"planted words, places, numbers and photographs ({found.planted}) readable in"
        f" {found.files} files, {found.megabytes:.0f} MB, without the keys",
        "0",
        str(found.read),
        f"{found.plain} of 1 put in the clear; {found.on_page} shown to who may",
        reached=found.read == 0 < found.plain and found.on_page > 0,
    )


def barrier_holds(amounts: Amounts, seed: int) -> Iterator[Row]:  # noqa: ARG001 (every address, always)
    """Bar 8: walk all addresses as all roles; an opened compartment must be seen."""
    from reliability.inside import installed

    with installed():
        from reliability import barrier, opened, walled

        with walled.world() as world:
            walked = walled.walk(world)
            held = barrier.held(walled.PLANTED)
            with opened.compartment():
                hole = walled.walk(world, roles=opened.ROLES)
    behind = walled.holes(walked)
    yield Row(
        8,
        f"texts read out of closed compartments in {walked.answers:,} answers, memories and logs",
        "0",
        f"{len(behind) + len(held)}; {len(walked.broken)} answers broken",
        f"{len(hole.behind(walled.WALLED))} with one rule widened",
        reached=not (behind or held or walked.broken) and bool(hole.behind(walled.WALLED)),
    )


def restored(amounts: Amounts, seed: int) -> Iterator[Row]:
    """Bar 9: back up under load, restore, compare; one bit changed must be refused."""
    from reliability import drills

    for engine in ("sqlite", "postgresql"):
        found = drills.run(cycles=amounts.drills, engine=engine, seed=seed)
        yield Row(
            9,
            f"{engine}: drills restored row by row under load, writes missing",
            f"{amounts.drills} of {amounts.drills}, 0",
            f"{found.restored} of {found.drills}, {found.missing}; {found.rows:,} rows",
            f"{found.harmed_refused} of {found.drills} harmed refused",
            reached=found.restored == found.harmed_refused == found.drills == amounts.drills
            and found.missing == 0 < found.rows,
        )


def pages_quick(amounts: Amounts, seed: int) -> Iterator[Row]:  # noqa: ARG001 (each visitor has its own)
    """Bar 10: fifty people work. There is no control: what is slow is printed."""
    import web

    for children in amounts.pages:
        for kind in web.DATABASES:
            found = web.run(kind, children, visitors=50, minutes=amounts.minutes)
            judged = web.judged(found)
            times = ", ".join(f"{row[2]} {row[6]}" for row in found)
            failed = sum(int(row[4]) for row in found)
            yield Row(
                10,
                f"{kind}, {children:,} children, 50 people: p95 of each act in ms, failures",
                f"{web.WITHIN * 1e3:.0f}, 0",
                f"{times}; {failed} failed",
                "none: a time",
                reached=all(goal.reached for goal in judged),
            )


def jobs_done_once(amounts: Amounts, seed: int) -> Iterator[Row]:
    """Bar 12: kill workers; a queue that marks first and works then must lose."""
    from reliability import jobs

    for engine in ("sqlite", "postgresql"):
        found = jobs.run(cycles=amounts.job_kills, engine=engine, seed=seed)
        control = jobs.run(
            cycles=min(amounts.job_kills, amounts.control_kills),
            engine=engine,
            seed=seed,
            careless=True,
        )
        yield Row(
            12,
            f"{engine}: jobs stuck, lost, done twice in {found.cycles} kills of the workers",
            "0, 0, 0",
            f"{found.stuck}, {found.lost}, {found.twice} of {found.asked:,};"
            f" {found.given_up} given up",
            f"{control.lost} lost, {control.twice} twice, effect outside the transaction",
            reached=(found.stuck, found.lost, found.twice) == (0, 0, 0)
            and found.asked > 0
            and control.lost + control.twice > 0,
        )


def erased(amounts: Amounts, seed: int) -> Iterator[Row]:  # noqa: ARG001 (every field, always)
    """Bar 14: erase a child; what is left must be unreadable, what others said must not be."""
    from reliability.inside import installed

    with installed() as made:
        from reliability import erasing

        found = erasing.run(made)
    yield Row(
        14,
        "sealed values of the erased readable: live, and in a backup restored with today's keys",
        "0, 0; the log verifies",
        f"{found.live}, {found.restored} of {found.values}; the log"
        f" {'verifies' if found.whole else 'DOES NOT VERIFY'}",
        f"{found.before} before, {found.others} of others",
        reached=found.live == found.restored == 0 < found.before
        and found.others > 0
        and found.whole,
    )


def rotated(amounts: Amounts, seed: int) -> Iterator[Row]:
    """Bar 15: rotate while people read and write; without the new version nothing may open."""
    from reliability.inside import installed

    with installed():
        from reliability import rotating

        found = rotating.run(amounts.children, seed=seed)
    yield Row(
        15,
        f"values unreadable while the keys of {found.children:,} are rotated, and after",
        "0, 0",
        f"{found.failed} of {found.reads:,} meanwhile, {found.unreadable} after;"
        f" {found.seconds:.1f} s",
        f"{found.with_the_old:,} of {found.children:,} unreadable with the old version alone",
        reached=found.failed == found.unreadable == 0 < found.reads
        and found.with_the_old == found.children,
    )


def stopped(amounts: Amounts, seed: int) -> Iterator[Row]:  # noqa: ARG001 (nothing is drawn)
    """Bar 16: guess and copy; without the limits both must get through."""
    from reliability.inside import installed

    with installed():
        from reliability import copying, guessing

        found = guessing.run(amounts.guesses)
        free = guessing.run(amounts.guesses // 10, limited=False)
        yield Row(
            16,
            f"passwords compared of {found.guesses:,} guesses from as many addresses",
            "at most 50",
            str(found.compared),
            f"{free.compared:,} of {free.guesses:,} without the limits",
            reached=0 < found.compared <= 50 < free.compared,  # noqa: PLR2004 (the goal)
        )
        copied = copying.run()
        unbraked = copying.run(braked=False)
        yield Row(
            16,
            "children a bot copies in a day; seconds until somebody is told",
            "at most 200; 60",
            f"{copied.children}; {copied.seconds:.1f}",
            f"{unbraked.children} of {unbraked.listed} without the brake",
            reached=0 < copied.children <= 200 < unbraked.children  # noqa: PLR2004 (the goal)
            and copied.told
            and copied.seconds <= 60,  # noqa: PLR2004 (the goal)
        )


RUNS: Final[Mapping[int, Callable[[Amounts, int], Iterator[Row]]]] = {
    1: writes_kept,
    2: expected_met,
    3: tampering_noticed,
    4: reads_in_the_log,
    5: broken_input,
    6: fuzzed,
    7: canaries_unread,
    8: barrier_holds,
    9: restored,
    10: pages_quick,
    12: jobs_done_once,
    14: erased,
    15: rotated,
    16: stopped,
}


def spent() -> float:
    """Return the seconds of processor time of this process and of those it waited for."""
    used = (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def main() -> None:
    """Run the bar, and say what was found."""
    number, seed, short = map(int, sys.argv[1:4])
    share, minutes = map(float, sys.argv[4:6])
    chosen = (SHORT if short else FULL).shared(share)
    amounts = replace(chosen, parser_seconds=int(minutes * 60))
    before, out = 0.0, sys.stdout
    with redirect_stdout(sys.stderr):  # what commands say on the way
        for row in RUNS[number](amounts, seed):
            now = spent()
            print(json.dumps(asdict(replace(row, cpu=now - before))), file=out, flush=True)
            before = now


if __name__ == "__main__":
    main()
