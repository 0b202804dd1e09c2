"""Words, numbers and photographs planted by the actions people use, then looked for by a thief.

The thief takes everything but the keys: database and its write-ahead log, key store, sealed files,
temporary files, the log of the server, backups of data and of keys. One word is planted in a
column that is not sealed: whoever does not find it looks in vain. Runs inside Django.
"""

from __future__ import annotations

import io
import logging
import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from kinward.access.actions import open_account
from kinward.access.models import Grant, Purpose, Role, Way, clock
from kinward.core.backups.making import back_up_keys, make_backup
from kinward.core.canaries import stored_files, stored_rows, traces
from kinward.core.intake.images import redraw
from kinward.health import actions as health
from kinward.health.models import EntryKind, Fit, Meeting
from kinward.health.rules import Stated
from kinward.people import actions as people
from kinward.people.models import AgreedBy, FileKind, SaidBy
from kinward.people.rules import Statement
from kinward.tracing import actions as tracing
from kinward.tracing.models import Candidate, Judgement, Opinion, Relation
from reliability import made
from reliability.inside import signed_in
from reliability.mutating import photographs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kinward.core.intake import Taken
    from kinward.people.models import Person
    from reliability.inside import Installed

NAMES: Final = ("Runakhari", "Рунахари", "روناخاري")
CANARIES: Final = (
    *NAMES,
    "Zelenbrukovo",  # a place
    "+7 928 555 01 77",
    "canary told this at length",
    "canary sang a song",
    "canary note on the group",
    "canary opinion",
    "canary taken back",
    "canary held",
    "canary erased because",
    "Canary Fullname",
    "canary source",
    "canary caption",
    "canary of the medic",
    "canary of the mind",
    "canary grounds",
)
PLAIN: Final = "canary-in-a-plain-column"
PIECE: Final = 48  # bytes of a photograph that stand in no other file
PIECES: Final = 8


@dataclass(frozen=True, slots=True)
class Read:
    """What the thief could read, and of what."""

    planted: int
    read: int
    plain: int  # of the one in the clear
    on_page: int  # names shown to who may read them
    files: int
    megabytes: float


def run(installed: Installed) -> Read:
    """Plant, work, back up, steal; count what can be read."""
    with serving(installed.folder) as logged:
        with transaction.atomic():
            candidate = plant()
            reader = signed_in(made.account("reader"))
        child = candidate.child_id
        addresses = [
            reverse("tracing:candidate", args=[candidate.pk]),
            f"/children/{child}/facts/",
            f"/find/?name={NAMES[0]}",
            f"/children/?reference={NAMES[1]}",
        ]
        pages = [reader.get(address).content.decode() for address in addresses]
        reader.post("/find/", {"purpose": "tracing", "name": NAMES[1]})
        make_backup(at=timezone.now())
        back_up_keys(at=timezone.now())
        haul = thiefs_haul() | {"the log": logged.getvalue().encode()}
    photo = photograph()
    return Read(
        planted=len(CANARIES) + 2,
        read=len({word for word, _file in traces(CANARIES, haul)})
        + sum(map(bool, (pieces(photo.content, haul), pieces(photo.thumbnail, haul)))),
        plain=len({word for word, _file in traces([PLAIN], haul)}),
        on_page=sum(name in pages[0] for name in NAMES),
        files=len(haul),
        megabytes=sum(map(len, haul.values())) / 1e6,
    )


@contextmanager
def serving(folder: Path) -> Iterator[io.StringIO]:
    """Keep all that is logged, and have temporary files lie where the thief looks."""
    said, root = io.StringIO(), logging.getLogger()
    keeper, before = logging.StreamHandler(said), (root.level, tempfile.tempdir)
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    root.addHandler(keeper)
    root.setLevel(logging.DEBUG)
    tempfile.tempdir = os.environ["TMPDIR"] = str(temporary)
    try:
        yield said
    finally:
        root.removeHandler(keeper)
        root.setLevel(before[0])
        tempfile.tempdir = before[1]
        del os.environ["TMPDIR"]


def photograph() -> Taken:
    """Return a photograph as it is kept."""
    return redraw(photographs()["jpeg"])


def pieces(content: bytes, haul: Mapping[str, bytes]) -> list[str]:
    """Return the files in which a piece of a photograph stands as it is."""
    step = (len(content) - PIECE) // PIECES
    parts = [content[place : place + PIECE] for place in range(step, len(content) - PIECE, step)]
    return [name for name, held in haul.items() if any(part in held for part in parts)]


def thiefs_haul() -> dict[str, bytes]:
    """Return everything but the keys: the rows too, of a server whose files we do not have."""
    folders = [Path(settings.KEY_STORE).parent, Path(settings.FILES), Path(settings.BACKUPS)]
    if connection.vendor == "sqlite":
        folders.append(Path(connection.settings_dict["NAME"]).parent)
    keys = {str(Path(settings.KEY_FILE)), str(Path(settings.KEY_IDENTITY))}
    there = [folder for folder in folders if folder.exists()]
    taken = {path: held for path, held in stored_files(*there).items() if path not in keys}
    return taken | stored_rows()


def said(property_: str, text: str, **circumstances: Any) -> Statement:
    """Make a statement, with its circumstances."""
    return Statement(property=property_, value={"text": text}, **circumstances)


def plant() -> Candidate:
    """Put each canary where people write such things, by the actions they do it with."""
    at = made.AT
    registrar = made.account(role=Role.REGISTRAR, region="IQ-BG")
    anna, karim = made.account("anna"), made.account("karim", role=Role.SECOND_REVIEWER)
    (child,) = people.register_group(
        children=[
            [
                *(said("name", name, source="canary source") for name in NAMES),
                said("place_of_birth", "Zelenbrukovo"),
                said("songs_and_words", "canary sang a song"),
            ]
        ],
        consents=[[made.AGREES]],
        note="canary note on the group",
        by=registrar,
        at=at,
    )
    people.attach_file(
        person=child,
        taken=photograph(),
        kind=FileKind.PHOTO,
        caption="canary caption",
        agreed_by=AgreedBy.CHILD,
        by=registrar,
        at=at,
    )
    treat(child)
    tracing.take_request(
        enquirer=[said("contact", "+7 928 555 01 77", said_by=SaidBy.RELATIVE)],
        told="canary told this at length",
        sought=[(Relation.CHILD, [said("name", name) for name in NAMES])],
        consents=[made.RELATIVE_AGREES],
        region=PLAIN,
        by=made.account(role=Role.ENQUIRY_WORKER),
        at=at,
    )
    tracing.find_candidates(by=clock(), at=at)
    candidate = Candidate.objects.get()
    for reviewer in (anna, karim):
        tracing.review_candidate(
            candidate=candidate, opinion=Opinion.SAME, reason="canary opinion", by=reviewer, at=at
        )
    tracing.undo_judgement(
        judgement=Judgement.objects.get(), reason="canary taken back", by=anna, at=at
    )
    ask_for_erasure(child)
    return candidate


def treat(child: Person) -> None:
    """Write what medics write of a child."""
    at, medic = made.AT, made.account(role=Role.MEDIC)
    Grant.objects.create(
        subject=child.pk,
        way=Way.ASSIGNED,
        account=medic,
        purpose=Purpose.PROTECTION,
        since=at,
        until=at + timedelta(days=1),
        given_by=made.account(role=Role.PROGRAMME_MANAGER),
    )
    met = health.Met(meeting=Meeting.BEFORE, seen_on=at.date(), notes="canary of the medic")
    encounter, _step = health.record_encounter(child=child, met=met, by=medic, at=at)
    said = {"words": "canary of the mind"}
    health.record_entry(encounter=encounter, kind=EntryKind.MIND, said=said, by=medic, at=at)
    stated = Stated(fit=Fit.NOT_FIT, until=None, grounds="canary grounds")
    health.state_fitness(child=child, stated=stated, by=medic, at=at)


def ask_for_erasure(child: Person) -> None:
    """Write what is written where somebody asks to be erased, and where accounts are opened."""
    at, officer = made.AT, made.account(role=Role.DATA_PROTECTION_OFFICER)
    people.hold_erasure(person=child, reason="canary held", by=officer, at=at)
    people.ask_to_erase(
        person=child, ground="asked", reason="canary erased because", by=officer, at=at
    )
    open_account(
        username="someone",
        password="a long and quiet password",  # noqa: S106 (of an account that is made here)
        role=Role.REGISTRAR,
        full_name="Canary Fullname",
        by=made.account(role=Role.ADMINISTRATOR),
        at=at,
    )
