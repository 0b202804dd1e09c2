"""`kinmatch explain`: one pair in words, what would have to be true instead, what to ask next."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from kinmatch.cli.link import as_wholes
from kinmatch.engines import prepare
from kinmatch.engines.reference import scored
from kinmatch.errors import BadInput
from kinmatch.explain import (
    BY_NAME,
    LANGUAGES,
    Candidate,
    Kind,
    Language,
    Question,
    WhyNot,
    as_json,
    band,
    explain,
    questions,
    say,
    say_band,
    say_chance,
    say_change,
    say_line,
    say_phrase,
    say_question,
    say_sets,
    say_whom,
    waterfall,
    why_not,
)
from kinmatch.link import link
from kinmatch.model import Model, default_model, weight_of
from kinmatch.records import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kinmatch.engines import Population
    from kinmatch.explain import Met, Move
    from kinmatch.records import Person

FILE = click.Path(path_type=Path)
ANY = 1e-9  # a probability below that of any pair worth a look


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything there is to say about one pair."""

    population: Population
    candidate: Candidate
    apart: bool  # whether groups are matched as wholes, and these two were not worth comparing
    next_best: list[Question] | None  # None where nobody asked what to ask
    instead: WhyNot | None


@click.command("explain")
@click.argument("found", type=FILE)
@click.argument("sought", type=FILE)
@click.argument("found_id")
@click.argument("sought_id")
@click.option(
    "--why-not",
    "other_id",
    metavar="OTHER_SOUGHT_ID",
    help="Say what would have to be true for this one to come before SOUGHT_ID.",
)
@click.option("--questions", "asked", type=click.IntRange(min=1), help="Say what to ask next.")
@click.option(
    "--reserved",
    type=click.Choice(list(BY_NAME)),
    multiple=True,
    help="A fact kept for verification, never to be asked for; may be said several times.",
)
@click.option(
    "--families/--no-families",
    default=None,
    help="Match groups as wholes; by default where both files hold any.",
)
@click.option("--one-to-one", is_flag=True, help="Nobody stands in either file twice.")
@click.option("--model", "model_file", type=FILE, help="Another model than the one shipped.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for machines.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--encoding", default="utf-8", show_default=True)
def explain_command(
    *,
    found: Path,
    sought: Path,
    found_id: str,
    sought_id: str,
    other_id: str | None,
    asked: int | None,
    reserved: tuple[str, ...],
    families: bool | None,
    one_to_one: bool,
    model_file: Path | None,
    form: str,
    lang: str,
    encoding: str,
) -> None:
    """Say why FOUND_ID of FOUND and SOUGHT_ID of SOUGHT may be one person, and why not.

    Any pair can be asked about, also one that `link` did not show or did not compare. Weight and
    probability are those `link` gives the pair.
    """
    language = cast("Language", lang)
    found_records, sought_records = read(found, encoding=encoding), read(sought, encoding=encoding)
    place_of(found_id, found_records.persons, found)
    for one in filter(None, (sought_id, other_id)):
        place_of(one, sought_records.persons, sought)
    population = prepare(
        found_records.persons,
        sought_records.persons,
        model=Model.load(model_file) if model_file else default_model(),
    )
    families = as_wholes(found_records, sought_records, families, one_to_one=one_to_one)
    candidates = candidates_of(population, found_id, families=families, one_to_one=one_to_one)
    candidate = next((one for one in candidates if one.sought_id == sought_id), None)
    explained = Explained(
        population=population,
        candidate=candidate or by_itself(population, found_id, sought_id),
        apart=families and candidate is None,
        next_best=questions(population, found_id, candidates, reserved=reserved, most=asked)
        if asked
        else None,
        instead=why_not(population, found_id, sought_id, other_id, candidates)
        if other_id
        else None,
    )
    click.echo(
        in_json(explained, language) if form == "json" else "\n".join(in_words(explained, language))
    )


def candidates_of(
    population: Population, found_id: str, *, families: bool, one_to_one: bool
) -> Sequence[Candidate]:
    """Return everyone compared with a child, the strongest first."""
    linkage = link(
        population.found,
        population.sought,
        engine="reference",
        only=[found_id],
        threshold=ANY,
        population=population,
        families=families,
        one_to_one=one_to_one,
    )
    return linkage.of(found_id)


def by_itself(population: Population, found_id: str, sought_id: str) -> Candidate:
    """Return a pair that shares no block, or whose groups were not worth comparing."""
    (found,), (sought,) = (
        population.positions([found_id]),
        population.sought_positions([sought_id]),
    )
    prior = weight_of(population.model.prior(len(population.sought)))
    return explain(population, scored(population, found, sought), prior=prior)


def place_of(identity: str, persons: Sequence[Person], path: Path) -> int:
    """Return the position of a person. Raises BadInput if nobody has the id."""
    for place, person in enumerate(persons):
        if person.id == identity:
            return place
    raise BadInput(f'{path}: no row has the id "{identity}"')


def in_json(explained: Explained, language: Language) -> str:
    """Return everything as one JSON object."""
    told = as_json(
        explained.candidate,
        model=explained.population.model.identifier,
        language=language,
        questions=explained.next_best,
        instead=explained.instead,
    )
    return json.dumps(told, ensure_ascii=False, indent=2)


def in_words(explained: Explained, language: Language) -> Iterator[str]:
    """Yield everything as lines, each block under a heading of its own."""
    candidate = explained.candidate
    yield say_line("pair", language, found=candidate.found_id, sought=candidate.sought_id)
    yield from steps(candidate, len(explained.population.sought), language)
    if explained.apart:
        yield say_line("apart", language)
    if len(candidate.alignment) > 1:
        yield from ("", say_line("who", language))
        yield from (f"        {who_is_who(one, language)}" for one in candidate.alignment)
    if explained.instead:
        yield from ("", *otherwise(explained.instead, language))
        if candidate.by_families:
            stand = "relatives_stand" if explained.instead.as_matched else "own_facts"
            yield say_line(stand, language)
    if explained.next_best is not None:
        yield from ("", *to_ask(explained.next_best, language))


def steps(candidate: Candidate, sought: int, language: Language) -> Iterator[str]:
    """Yield a line for each bar of the waterfall, then the sums."""
    for bar in waterfall(candidate):
        if bar.reason:
            yield line(bar.reason.bits, say(bar.reason, language))
        elif bar.kind is Kind.PRIOR:
            yield line(bar.bits, say_line("before", language, sought=str(sought)))
        else:
            yield line(candidate.weight, say_line("weight", language))
            yield line(bar.bits, say_line("corrected", language))
    chance, called = candidate.probability, say_band(band(candidate.probability), language)
    end = say_line("end", language, chance=say_chance(chance), band=called)
    yield line(candidate.calibrated, end)


def line(bits: float, sentence: str) -> str:
    """Return a sentence with its bits before it; what weighs nothing has neither sign."""
    return f"{bits:+6.1f}  {sentence}" if bits else f"{0:6.1f}  {sentence}"


def who_is_who(one: Met, language: Language) -> str:
    """Return who of one group is who of the other, or that nobody is."""
    found = f"{one.found_id} {one.found}".strip()
    sought = f"{one.sought_id} {one.sought}".strip()
    kind = "met" if found and sought else "only_found" if found else "only_sought"
    chance = say_chance(one.probability)
    return say_line(kind, language, found=found, sought=sought, chance=chance)


def otherwise(instead: WhyNot, language: Language) -> Iterator[str]:
    """Yield what would have to be true for the other to come first, set by set."""
    yield say_sets(instead, language)
    for number, changes in enumerate(instead.sets, 1):
        for change in changes:
            yield f"{number:>5}.  {say_change(change, instead, language)}"
            yield from (moved(move, language) for move in change.moves)
    if more := instead.enough - len(instead.sets):
        yield say_line("more_sets", language, more=str(more))


def moved(move: Move, language: Language) -> str:
    """Return what a change does to one pair."""
    phrase = say_phrase(move.comparison, move.after, language)
    sentence = say_line("move", language, sought=move.sought_id, phrase=phrase)
    return f"        {line(move.bits, sentence)}"


def to_ask(next_best: Sequence[Question], language: Language) -> Iterator[str]:
    """Yield the questions, the one that tells most first."""
    if not next_best:
        yield say_line("ask_nothing", language)
        return
    yield say_line("ask", language, entropy=f"{next_best[0].entropy:.2f}")
    for one in next_best:
        whom, question = (
            say_whom(one.whom, one.sought_id, language),
            say_question(one.fact, language),
        )
        yield f"{one.gain_each:6.2f}  {say_line('asked', language, whom=whom, question=question)}"
