"""What was published about the flights, coded by the editors of the demo."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kinward.access.models import Role
from kinward.audit.context import acting
from kinward.demo.scenario import data
from kinward.figures.actions import add_source, check_claim, code_claim, link_claims
from kinward.figures.models import Dimension, Tie
from kinward.figures.rules import Coding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from kinward.access.models import User
    from kinward.figures.models import Claim

NOT_CODED: Final = {"key", "part_of", "checked"}


def code_figures(workers: Iterable[User], *, at: datetime) -> dict[str, Claim]:
    """Add the sources, code, link and check their figures; return key to claim."""
    by_role = {Role(worker.role): worker for worker in workers}
    editor, second = by_role[Role.FIGURES_EDITOR], by_role[Role.SECOND_EDITOR]
    entries = data("figures")["sources"]
    with acting(editor):
        coded = {key: claim for entry in entries for key, claim in code(entry, editor, at).items()}
        told = [claim for entry in entries for claim in entry["claims"]]
        for each in told:
            if "part_of" in each:
                link_claims(
                    claim=coded[each["key"]],
                    tie=Tie.PART_OF,
                    other=coded[each["part_of"]],
                    dimension=Dimension.NONE,
                    by=editor,
                    at=at,
                )
    with acting(second):
        for each in told:
            if each.get("checked"):
                check_claim(claim=coded[each["key"]], agrees=True, reason="", by=second, at=at)
    return coded


def code(entry: Mapping[str, Any], editor: User, at: datetime) -> dict[str, Claim]:
    """Add one source and code its figures; return key to claim."""
    about = {"address": "", "agency": ""} | {
        name: said for name, said in entry.items() if name != "claims"
    }
    source = add_source(**about, by=editor, at=at)
    return {
        each["key"]: code_claim(source=source, coding=coding(each), by=editor, at=at)
        for each in entry["claims"]
    }


def coding(each: Mapping[str, Any]) -> Coding:
    """Return a figure of the file as a coder types it."""
    parts: dict[str, Any] = {name: said for name, said in each.items() if name not in NOT_CODED}
    for end in {"low", "high"} & parts.keys():
        parts[end] = Decimal(parts[end])
    return Coding(**parts)
