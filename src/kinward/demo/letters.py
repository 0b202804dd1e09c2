"""The programme's letters: a case worker writes each, a manager agrees, and it is put into use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinward.access.actions import approve
from kinward.access.models import Role
from kinward.audit.context import acting
from kinward.demo.scenario import data
from kinward.people.actions import use_letter, write_letter

if TYPE_CHECKING:
    from kinward.demo.hands import Hands


def put_letters_into_use(hands: Hands) -> None:
    """Have every letter of `data/letters.toml` written, agreed to and put into use, by two."""
    told = data("letters")
    writer, manager = hands.first(Role.CASE_WORKER), hands.first(Role.PROGRAMME_MANAGER)
    at = told["used_on"]
    for letter in told["letters"]:
        with acting(writer):
            written = write_letter(
                name=letter["name"], texts=letter["texts"], reason=told["why"], by=writer, at=at
            )
        with acting(manager):
            approve(approval=written.approval, by=manager, at=at)
        with acting(writer):
            use_letter(version=written, by=writer, at=at)
