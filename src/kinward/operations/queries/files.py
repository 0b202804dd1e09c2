"""A frozen manifest as a file: a table, or a passenger list for border authorities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kinward.core.errors import RuleBroken
from kinward.core.sheets import Table, as_csv
from kinward.operations.models import FileKind, Variant
from kinward.operations.queries.manifests import rows_of
from kinward.people.naming import machine_readable

if TYPE_CHECKING:
    from kinward.operations.models import Disclosure, ManifestLine
    from kinward.operations.paxlst import Traveller
    from kinward.operations.queries.journeys import Journey

SENDER = "KINWARD"
AT = "%y%m%d%H%M"


def file_of(journey: Journey, handed: Disclosure) -> bytes:
    """Return the file that is handed out. Whether it may be was asked before."""
    rows = [row for row in rows_of([handed.manifest]) if handed.leg.number in row.over]
    made = passenger_list if handed.kind == FileKind.PAXLST else table
    return made(journey, handed, rows)


def escorts_on(handed: Disclosure) -> list[tuple[str, str]]:
    """Who travels with the children on that leg, by surname and given names."""
    number = handed.leg.number
    listed = [one for one in handed.manifest.escorts if number in one["over"]]
    return [(one["surname"], one["given"]) for one in listed]


def table(journey: Journey, handed: Disclosure, rows: list[ManifestLine]) -> bytes:
    """Return the names on a leg as a table, and with the full variant their documents."""
    full = handed.variant == Variant.FULL
    head = [_("No."), _("Surname"), _("Given names")]
    more = [_("Document"), _("Issued by"), _("Number"), _("Valid until"), _("Escort")]
    lines = [
        [row.surname, row.given, *((*(row.document.get(key, "") for key in KEPT), "") * full)]
        for row in rows
    ]
    lines += [[*names, *(("", "", "", "", _("yes")) * full)] for names in escorts_on(handed)]
    operation, manifest = journey.operation, handed.manifest
    note = _("Operation %(reference)s, leg %(leg)s, version %(version)s, %(digest)s") % {
        "reference": operation.reference,
        "leg": handed.leg.number,
        "version": manifest.version,
        "digest": manifest.digest,
    }
    return as_csv(
        Table(
            title=operation.reference,
            head=[*head, *(more if full else [])],
            rows=[[str(number), *line] for number, line in enumerate(lines, 1)],
            notes=(note,),
        )
    )


KEPT = ("kind", "issuer", "number", "valid_until")


def passenger_list(journey: Journey, handed: Disclosure, rows: list[ManifestLine]) -> bytes:
    """Return the names on a leg as PAXLST, in the letters of a machine-readable zone.

    Raises:
        RuleBroken: the leg has no airports, or something is not in Latin letters.
    """
    from kinward.operations.paxlst import (  # noqa: PLC0415 (who writes none pays nothing)
        Flight,
        Sending,
        Traveller,
        write,
    )

    stretch = next(one for one in journey.stretches if one.leg.pk == handed.leg_id)
    times = stretch.times
    if not times.departs_from or not times.arrives_in:
        raise RuleBroken(_("A passenger list takes the airports of the leg."))
    flight = Flight(
        number=times.vehicle,
        origin=times.departs_from,
        destination=times.arrives_in,
        departs_at=localtime(times.departs_at).strftime(AT),
        arrives_at=localtime(times.arrives_at).strftime(AT),
    )
    travellers = [
        of_child(row, Traveller(surname=row.document["zone_surname"]), handed) for row in rows
    ]
    for surname, given in escorts_on(handed):
        name = (machine_readable(surname), machine_readable(given))
        travellers.append(Traveller(surname=name[0], given=name[1]))
    numbered = [replace(one, reference=str(at)) for at, one in enumerate(travellers, 1)]
    sending = Sending(
        sender=SENDER,
        recipient=machine_readable(handed.recipient)[:35],
        reference=journey.operation.reference.replace("-", ""),
        made_at=localtime(handed.recorded_at),
    )
    try:
        return write(flight, numbered, sending).encode("ascii")
    except UnicodeEncodeError as error:
        said = _("A passenger list takes Latin letters: see the flight, and numbers of documents.")
        raise RuleBroken(said) from error


def of_child(row: ManifestLine, named: Traveller, handed: Disclosure) -> Traveller:
    """Return a child as a passenger list has it: by name, with its document where all of it goes.

    A child whose document has a surname alone, or given names alone, is listed by that.
    """
    from kinward.operations.paxlst import Document  # noqa: PLC0415 (who writes none pays nothing)

    said = row.document
    surname, given = named.surname, said["zone_given"]
    named = replace(named, surname=surname or given, given=given if surname else "")
    if handed.variant != Variant.FULL:
        return named
    document = Document(
        kind=said["kind"],
        issuer=said["issuer"],
        number=said["number"],
        valid_until=date.fromisoformat(said["valid_until"]),
    )
    return replace(named, document=document)
