"""Handing a pack to a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.models import Compartment
from kinward.access.queries import may, open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record, record_reads
from kinward.core.errors import NotAllowed
from kinward.field import queries
from kinward.field.models import More, Pack
from kinward.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kinward.access.models import User
    from kinward.field.models import Device

SHOWS: Final[Mapping[More, Compartment]] = {
    More.WHEREABOUTS: Compartment.LOCATION,
    More.RELATIVES: Compartment.FAMILY,
}


@transaction.atomic
def hand_pack(*, device: Device, by: User, at: datetime) -> queries.Packed:
    """Hand a phone its pack. Each child of it is read: it stands in the log, and counts.

    Raises:
        NotAllowed: `by` does not work with a phone.
    """
    if not may(by, Permission.USE_DEVICE):
        raise NotAllowed(_("You may not work with a phone."))
    made = queries.packed(user=by, more=queries.more_for(device, at=at), at=at)
    opened = {Compartment.IDENTITY, *(SHOWS[each] for each in made.more)} & open_compartments(by)
    keys = dict.fromkeys([*(each.pk for each in made.children), *made.travellers])
    people = [Person(pk=key) for key in keys]
    told = {"device": str(device.pk)}
    record_reads("field.packed", people, by=by, at=at, compartments=opened, **told)
    Pack.objects.create(
        device=device,
        children=[str(key) for key in keys],
        more=sorted(made.more),
        packed_at=at,
        expires_at=made.expires_at,
    )
    record("field.handed_pack", device, by=by, at=at, children=len(keys))
    return made
