"""Write the reference pages that are made from the code.

    python tools/build_reference.py [--check]

Settings from `.env.example`, roles from `access/rules/table.py`, retention from its schedule, the
eight tracks of a case from their state tables (`casework/tracks/*.py`), the
kinmatch command from its own help, made-up caseloads from their parameters, comparisons from their
specification, the API from its document, requirements from `tools/pages/asvs.tsv`. With --check it
only says which pages are out of date.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
import tomllib
from collections import Counter
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
import django
from draw_tracks import picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kinward.access.models import Compartment, Role
    from kinward.casework.tracks import Move, Table

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
VARIABLE = re.compile(r"^#? ?(KINWARD_[A-Z_]+)=(.*)$")
CASELOADS = ROOT / "tools" / "pages" / "made-up-caseloads.md"
ROLES = ROOT / "tools" / "pages" / "roles.md"
TRACKS = ROOT / "tools" / "pages" / "tracks.md"
MAPPED = ROOT / "tools" / "pages" / "mapped-fields.md"
RETENTION = ROOT / "tools" / "pages" / "retention.md"
COMPARED = ROOT / "tools" / "pages" / "comparisons.md"
DOORS = ROOT / "tests" / "kinward" / "access" / "expected_access.toml"
ASVS = ROOT / "tools" / "pages" / "asvs.tsv"
REQUIREMENTS = ROOT / "tools" / "pages" / "asvs.md"
CHAPTERS = (  # of OWASP ASVS 5.0.0
    "Encoding and sanitization",
    "Validation and business logic",
    "Web frontend",
    "API and web service",
    "File handling",
    "Authentication",
    "Session management",
    "Authorization",
    "Self-contained tokens",
    "OAuth and OIDC",
    "Cryptography",
    "Secure communication",
    "Configuration",
    "Data protection",
    "Secure coding and architecture",
    "Logging and error handling",
    "WebRTC",
)
MANY_ROLES = 10
LEVELS = ROOT / "tests" / "kinmatch" / "comparisons" / "levels.toml"
MADE = "<!-- Made by tools/build_reference.py: change its source, not this page. -->\n\n"


def settings_page() -> str:
    """Every KINWARD_ variable, with what `.env.example` says about it."""
    rows, said = [], []
    for line in (ROOT / ".env.example").read_text().splitlines():
        if found := VARIABLE.match(line):
            rows.append(
                f"| `{found[1]}` | {' '.join(said)} | {f'`{found[2]}`' if found[2] else ''} |"
            )
            said = []
        else:
            said = [*said, line.removeprefix("#").strip()] if line.startswith("#") else []
    table = "\n".join(
        ["| variable | what it does | as in `.env.example` |", "| --- | --- | --- |", *rows]
    )
    return (
        "# Settings\n\nKinward is configured by its environment. "
        f"Nothing needs to be set to try it.\n\n{table}\n"
    )


def roles_page() -> str:
    """Who may do what to which records, as the table of rules has it."""
    from kinward.access.models import Role  # noqa: PLC0415 (needs Django set up)
    from kinward.access.rules import (  # noqa: PLC0415 (likewise)
        APPROVALS,
        TABLE,
        Permission,
        grants,
        purposes_of,
    )

    permissions = list(Permission)
    able = [role for role in Role if TABLE.get(role)]
    matrix = ["| | " + " | ".join(str(role.label) for role in able) + " |"]
    matrix.append("| --- |" + " --- |" * len(able))
    for each in permissions:
        marks = " | ".join("yes" if grants(role, each) else "–" for role in able)
        matrix.append(f"| `{each.value}` | {marks} |")
    reach = ["| role | may | records | of them |", "| --- | --- | --- | --- |"]
    for role in able:
        for rule in TABLE[role]:
            if rule.ways:
                may = ", ".join(f"`{each}`" for each in permissions if each in rule.permissions)
                ways = ", ".join(sorted(str(way.label) for way in rule.ways))
                parts = ", ".join(sorted(str(each.label) for each in rule.compartments))
                reach.append(f"| {role.label} | {may} | {ways} | {parts} |")
    purposes = ["| role | reads for |", "| --- | --- |"] + [
        f"| {role.label} | {', '.join(str(each.label) for each in purposes_of(role))} |"
        for role in able
        if purposes_of(role)
    ]
    two = ["| what takes two people | asked for by | answered by | days |", "| --- " * 4 + "|"] + [
        f"| {kind.label} | {said(asking.asked_by)} | {said(asking.answered_by)} | "
        f"{asking.holds.days} |"
        for kind, asking in APPROVALS.items()
    ]
    nothing = ", ".join(str(role.label) for role in Role if not TABLE.get(role))
    return ROLES.read_text().format(
        matrix="\n".join(matrix),
        reach="\n".join(reach),
        purposes="\n".join(purposes),
        approvals="\n".join(two),
        nothing=nothing,
        doors=doors_table(),
    )


def doors_table() -> str:
    """Who meets what at which door, as the file written by hand has it."""
    content = tomllib.loads(DOORS.read_text("utf-8"))
    groups: dict[str, str] = content["groups"]

    def named(words: str) -> str:
        roles = (role for word in words.split() for role in groups.get(word, word).split())
        listed = [role.replace("_", " ") for role in roles]
        return "everybody who signed in" if len(listed) > MANY_ROLES else ", ".join(listed)

    lines = ["| doors | whose record | let in | everybody else finds |", "| --- " * 4 + "|"]
    for entry in content["doors"]:
        addresses = "<br>".join(f"`{address}`" for address in entry["addresses"])
        allowed = entry.get("allowed") or dict.fromkeys(entry["absent"], "")
        let_in = {whose: named(words) or "nobody" for whose, words in allowed.items()}
        for who in dict.fromkeys(let_in.values()):
            whose = ", ".join(each for each, them in let_in.items() if them == who)
            rest = {"absent": "nothing there", "refused": "a refusal"}[entry["otherwise"]]
            lines.append(f"| {addresses} | {whose} | {who} | {rest} |")
    return "\n".join(lines)


def said(roles: Iterable[Role]) -> str:
    """Return roles in words."""
    return ", ".join(sorted(str(role.label) for role in roles))


def commands_of(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Walk a command and those below it, with the words that call each."""
    yield path, command
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from commands_of(command.commands[name], f"{path} {name}")


def command_page() -> str:
    """The help of every command, as it prints it."""
    from kinmatch.cli import cli  # noqa: PLC0415 (only this page needs it)

    parts = ["# The kinmatch command\n"]
    for path, command in commands_of(cli, "kinmatch"):
        context = click.Context(
            command,
            info_name=path,
            max_content_width=100,
            **cli.context_settings,
        )
        parts.append(f"## {path}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def api_page() -> str:
    """The operations of the API, from its document."""
    document = json.loads((DOCS / "reference" / "openapi.json").read_text())
    rows = [
        f"| `{method.upper()} {path}` | {operation.get('description') or operation['summary']} | "
        f"{', '.join(sorted(operation['responses']))} |"
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    table = "\n".join(["| operation | what it does | answers |", "| --- | --- | --- |", *rows])
    return (
        "# The API\n\nAll of it is in the OpenAPI document [`openapi.json`](openapi.json), "
        "which is checked against the code. An installation serves it to those signed in.\n\n"
        f"{table}\n\n## Versions\n\n"
        "What is read comes with an `ETag`. Whoever judges it sends that as `If-Match`: nothing "
        "is written on what was not seen. Without it the answer is 428; where somebody judged "
        "meanwhile it is 409 with `had` and `stands` (the two versions), `now` (what stands), "
        "`changed_by`, `changed_at` and `sent` (what you sent, of which nothing was recorded): "
        "show both to a person, read anew, send again. In a list each item has its `version`, "
        "which is its `ETag` without the quotes.\n"
    )


def caseloads_page() -> str:
    """What `kinmatch synth` makes: its files, its circumstances, the customs it knows."""
    from kinmatch.synth import Parameters  # noqa: PLC0415 (only this page needs them)
    from kinmatch.synth.parts import customs  # noqa: PLC0415 (likewise)
    from kinmatch.synth.truth import KINDS, Pair, Record, Truth, columns  # noqa: PLC0415 (likewise)

    groups: dict[str, list[str]] = {}
    for each in fields(Parameters):
        about = each.metadata
        default = getattr(Parameters(), each.name)
        groups.setdefault(about["group"], []).append(
            f"| `{each.name}` | {about['means']} | "
            f"`{list(default) if isinstance(default, tuple) else default}` | {about['source']} |"
        )
    head = "| parameter | what it means | default | whence |\n| --- | --- | --- | --- |\n"
    parameters = "\n".join(
        f"### {group[0].upper()}{group[1:]}\n\n{head}" + "\n".join(lines) + "\n"
        for group, lines in groups.items()
    )
    origins = "\n".join(
        f"| `{one.id}` | {one.share} | {one.system} | {', '.join(one.spellings.items)} | "
        f"{len(one.male.items)} · {len(one.female.items)} · {len(one.surnames.items)} |"
        for one in customs().values()
    )
    kinds = "\n".join(f"| `{kind}` | {means} |" for kind, means in KINDS.items())
    return CASELOADS.read_text().format(
        parameters=parameters,
        origins=origins,
        kinds=kinds,
        pairs=", ".join(f"`{name}`" for name in columns(Pair)),
        records=", ".join(f"`{name}`" for name in columns(Record)),
        families=", ".join(f"`{name}`" for name in columns(Truth)),
    )


def comparisons_page() -> str:
    """Every level of every comparison: an example, the sentence, the weight it has by default."""
    from kinmatch.comparisons import COMPARISONS  # noqa: PLC0415 (only this page needs them)
    from kinmatch.explain import say_phrase, subject  # noqa: PLC0415 (likewise)
    from kinmatch.model import default_model  # noqa: PLC0415 (likewise)

    examples = tomllib.loads(LEVELS.read_text("utf-8"))
    model = default_model()
    pages = [COMPARED.read_text().format(model=model.identifier)]
    for one in COMPARISONS:
        about = (import_module(f"kinmatch.comparisons.{one.name}").__doc__ or "").strip()
        rows = [
            f"| `{case['level']}` | {told(case['found'])} | {told(case['sought'])} | "
            f"{say_phrase(one.name, case['level'])} | "
            f"{model.bits(one.name, case['level']):+.1f} |"
            for case in examples[one.name]
        ]
        pages.append(
            f"## {subject(one.name)}\n\n{about}\n\n"
            "| level | found | sought | in words | bits |\n| --- | --- | --- | --- | ---: |\n"
            + "\n".join(rows)
            + "\n"
        )
    return "\n".join(pages)


def requirements_page() -> str:
    """How each requirement of OWASP ASVS is met, chapter by chapter."""
    with ASVS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    count = Counter(row["verdict"] for row in rows)
    counted = ", ".join(f"{count[verdict]} {verdict}" for verdict in sorted(count))
    parts = [REQUIREMENTS.read_text("utf-8").format(total=len(rows), counted=counted)]
    chapter = ""
    for row in rows:
        if (number := row["id"].split(".")[0]) != chapter:
            chapter = number
            head = "| | level | in our words | | because | shown by |\n" + "| --- " * 6 + "|"
            parts.append(f"\n## V{number} {CHAPTERS[int(number) - 1]}\n\n{head}")
        shown = "<br>".join(evidence(each) for each in row["shown by"].split("; ") if each)
        cells = (
            row["id"],
            row["level"],
            row["in our words"],
            row["verdict"],
            row["because"],
            shown,
        )
        parts.append(f"| {' | '.join(cells)} |")
    return "\n".join(parts) + "\n"


def evidence(named: str) -> str:
    """Return a test as its name, a section of a document as a link to it."""
    if named.startswith("tests/"):
        return f"`{named.removeprefix('tests/')}`"
    page, _, section = named.partition("#")
    anchor = re.sub(r"[^\w -]", "", section.lower()).replace(" ", "-")
    where = os.path.relpath(ROOT / page, DOCS / "reference")
    return f"[{section or Path(page).stem}]({where}{f'#{anchor}' if anchor else ''})"


def told(columns: dict[str, str]) -> str:
    """Return what a side of an example says, column by column."""
    return ", ".join(
        f"{column} {value}".replace("|", " / ").replace("_", " ")
        for column, value in columns.items()
    )


def retention_page() -> str:
    """How long what is known about somebody is kept, class by class, and why."""
    from kinward.people.retention import OURS, schedule, terms  # noqa: PLC0415 (needs Django set up)

    rows = [
        f"| {period.data_class} | {period.name} | {parts(period.compartments)} | "
        f"{period.kept.days:,} | {period.why} |"
        for period in schedule(OURS)
    ]
    table = "\n".join(["| class | name | compartments | days | why |", "| --- " * 5 + "|", *rows])
    begun = [f"| {term.kind} | {term.kept.days:,} | {term.why} |" for term in terms(OURS).values()]
    of_terms = "\n".join(["| what | days | why |", "| --- " * 3 + "|", *begun])
    return RETENTION.read_text().format(schedule=table, terms=of_terms)


def mapped_page() -> str:
    """Which fields of other systems are read, from the data that says so."""
    from kinward.exchange import pfif, primero  # noqa: PLC0415 (needs Django set up)
    from kinward.people.listing import MEANINGS  # noqa: PLC0415 (likewise)
    from kinward.people.relations import RELATIONS  # noqa: PLC0415 (likewise)

    def rows(columns: Mapping[str, str]) -> str:
        said = {each: MEANINGS[to] if to else "kept with the row" for each, to in columns.items()}
        return "\n".join(f"| `{each}` | {words} |" for each, words in said.items())

    cases, registry = primero.words(), pfif.words()
    composed = {
        column: ", ".join(registry["composed"].get(column, [column]))
        for column in registry["columns"]
    }
    relative = {name: field for name, field in cases["relative"].items() if name != "section"}
    return MAPPED.read_text("utf-8").format(
        primero=rows(cases["columns"]),
        section=cases["relative"]["section"],
        relative=", ".join(f"`{field}`" for field in relative.values()),
        relations="\n".join(
            f"| `{word}` | {RELATIONS[ours].label} | {cases['sexes'].get(word, '')} |"
            for word, ours in cases["relations"].items()
        ),
        pfif=rows({composed[column]: to for column, to in registry["columns"].items()}),
        versions="\n".join(
            f"| {version} | {', '.join(f'`{each}`' for each in said['must'])} |"
            for version, said in registry["versions"].items()
        ),
    )


def tracks_page() -> str:
    """The eight tracks of a case: a picture of each from its state table, and the table."""
    from kinward.casework.models import Phase, Unmet  # noqa: PLC0415 (needs Django set up)
    from kinward.casework.rules import RESOLVED_BY, clocks  # noqa: PLC0415 (likewise)
    from kinward.casework.tracks import TABLES  # noqa: PLC0415 (likewise)

    shown = []
    for table in TABLES.values():
        about = (import_module(f"kinward.casework.tracks.{table.track}").__doc__ or "").strip()
        rows = [
            f"| {table.label(each.to)}{' *' if each.stays else ''} | {after(table, each)} | "
            f"{', '.join(sorted(str(need.label) for need in each.needs)) or '–'} | "
            f"{', '.join(each.gates) or '–'} | {(each.by or table.by).label} | "
            f"{'followed from where it happens' if each.pushed else 'by hand'} |"
            for each in table.moves
        ]
        head = "| to | from | needs | gate | whose | taken |\n" + "| --- " * 6 + "|"
        shown.append(
            f"## {table.track.label}\n\n{about}\n\n"
            f"Compartment: {table.compartment.label}. Begins: {table.label(table.start)}.\n\n"
            f"![{table.track.label}: positions and steps](../images/tracks/{table.track}.svg)\n\n"
            f"{head}\n" + "\n".join(rows) + "\n"
        )
    reasons = [
        f"| {reason.label} | {track.label} | {TABLES[track].label(to) if to else '–'} |"
        for reason in Unmet
        if reason in RESOLVED_BY
        for track, to in [RESOLVED_BY[reason]]
    ]
    due = [
        f"| {table.label(each.at)} | {table.label(each.to)} | {each.days} | {each.remind} | "
        f"{each.escalate} | {each.source} |"
        for each in clocks()
        for table in [TABLES[each.track]]
    ]
    columns = (
        "| where the track stands | due is | days after | shown before | escalated after | source |"
    )
    head = "| reason | resolved on | by the step |\n| --- | --- | --- |"
    return TRACKS.read_text("utf-8").format(
        tracks="\n".join(shown),
        reasons="\n".join([head, *reasons]),
        clocks="\n".join([columns, "| --- " * 6 + "|", *due]),
        phases=", ".join(f"*{phase.label}*" for phase in Phase),
    )


def pictures() -> dict[str, str]:
    """A picture of each track, by where it lies in the documentation."""
    from kinward.casework.tracks import TABLES  # noqa: PLC0415 (needs Django set up)

    return {f"images/tracks/{table.track}.svg": picture(table) for table in TABLES.values()}


def after(table: Table, move: Move) -> str:
    """Return from where a step is possible, in words and in the order of the table."""
    listed = [each for each in table.words.values if each in move.after]
    return "; ".join(table.label(each) for each in listed)


def parts(compartments: Iterable[Compartment]) -> str:
    """Return compartments in words."""
    return ", ".join(sorted(str(each.label) for each in compartments))


PAGES = {
    "tracks.md": tracks_page,
    "retention.md": retention_page,
    "mapped-fields.md": mapped_page,
    "comparisons.md": comparisons_page,
    "made-up-caseloads.md": caseloads_page,
    "settings.md": settings_page,
    "roles.md": roles_page,
    "kinmatch-command.md": command_page,
    "api.md": api_page,
    "asvs.md": requirements_page,
}


def main() -> int:
    """Write the pages, or name those that differ and exit 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kinward.settings")
    os.environ.setdefault("KINWARD_DEMO", "1")
    django.setup()
    stale = []
    made = {f"reference/{name}": MADE + build() for name, build in PAGES.items()}
    for name, text in (made | pictures()).items():
        page = DOCS / name
        if not page.exists() or page.read_text() != text:
            stale.append(name)
            if "--check" not in sys.argv:
                page.write_text(text)
    for name in stale:
        print(f"docs/{name} {'is out of date' if '--check' in sys.argv else 'written'}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
