"""The forms that a list of children is handed out in beside a table.

Each tells what its asker may see of a child, and PFIF and FHIR no whereabouts whatever that is.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kinward.exchange import pfif, primero
from kinward.exchange.fhir import bundle_of
from kinward.people.models import List, Person
from kinward.people.queries import profiles
from kinward.tracing.actions.exporting import Form

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kinward.access.models import User
    from kinward.people.rules import Fact

CHILDREN: Final = frozenset({str(List.CHILDREN)})
EXPIRES_AFTER: Final = timedelta(days=365)  # then another registry keeps a tombstone only
NO_NAME: Final = "?"  # PFIF demands a name


def as_pfif(children: list[Person], user: User, at: datetime) -> bytes:
    """Return children for another registry: only those who may lawfully be traced (gate G1)."""
    traced = set(
        Person.objects.filter(pk__in=[child.pk for child in children])
        .lawfully_traced()
        .values_list("pk", flat=True)
    )
    facts = profiles([child for child in children if child.pk in traced], user=user)
    records = (
        pfif_record(child, facts[child.pk], at=at) for child in children if child.pk in facts
    )
    return "".join(pfif.written(records)).encode()


def pfif_record(child: Person, facts: Mapping[str, Fact], *, at: datetime) -> pfif.Record:
    """Return a child as a record: who it is; nothing of where it is, was, or who was with it."""
    domain = urlsplit(settings.ADDRESS).hostname or "localhost"
    names = [saying.value["text"] for saying in primero.known(facts, "name")]
    fields = {
        "person_record_id": f"{domain}/{child.reference}",
        "entry_date": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "expiry_date": f"{at + EXPIRES_AFTER:%Y-%m-%dT%H:%M:%SZ}",
        "source_name": domain,
        "source_date": f"{child.registered_at:%Y-%m-%dT%H:%M:%SZ}",
        "full_name": "\n".join(names) or NO_NAME,
    }
    sexes = {saying.value["code"] for saying in primero.known(facts, "sex")}
    if len(sexes) == 1:
        fields["sex"] = sexes.pop()
    births = [saying.value.get("edtf", "") for saying in primero.known(facts, "born")]
    if len(births) == 1 and pfif.BIRTH.fullmatch(births[0]):
        fields["date_of_birth"] = births[0]
    return pfif.Record(version=pfif.NEWEST, fields=fields, notes=[])


def as_api(children: list[Person], user: User, _at: datetime) -> bytes:
    """Return children as cases in the shape of Primero's API."""
    return as_cases(children, user, primero.Form.API)


def as_export(children: list[Person], user: User, _at: datetime) -> bytes:
    """Return children as cases in the shape of Primero's export."""
    return as_cases(children, user, primero.Form.EXPORT)


def as_cases(children: list[Person], user: User, form: primero.Form) -> bytes:
    """Return children as cases of Primero."""
    facts = profiles(children, user=user)
    cases = [primero.as_case(child, facts[child.pk]) for child in children]
    return primero.written(cases, form).encode()


def as_bundle(children: list[Person], user: User, at: datetime) -> bytes:
    """Return children as patients."""
    facts = profiles(children, user=user)
    return bundle_of([(child, facts[child.pk]) for child in children], at=at)


FORMS: Final[dict[str, Form]] = {
    "primero_api": Form(_("Primero, as its API has cases"), "json", CHILDREN, as_api),
    "primero_export": Form(_("Primero, as its export has cases"), "json", CHILDREN, as_export),
    "pfif": Form(_("PFIF 1.4, for another registry only"), "pfif.xml", CHILDREN, as_pfif),
    "fhir": Form(_("FHIR R4B, for hospitals"), "fhir.json", CHILDREN, as_bundle),
}
