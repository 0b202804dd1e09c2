"""Children as a FHIR R4B bundle: who each is, nothing of where it is or of its health.

Source: HL7 FHIR R4B (4.3.0), https://hl7.org/fhir/R4B/patient.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from kinward.people.models import Person
    from kinward.people.rules import Fact

REFERENCES: Final = "urn:kinward:reference"  # of the identifier: made, and of nothing else
DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def bundle_of(children: Iterable[tuple[Person, Mapping[str, Fact]]], *, at: datetime) -> bytes:
    """Return a collection of patients as JSON, checked as it is made.

    Raises:
        ValidationError: what was made is no FHIR; our mistake, and nothing leaves.
    """
    from fhir.resources.R4B.bundle import Bundle  # noqa: PLC0415 (takes long, and is needed here)

    entries = [
        {"fullUrl": f"urn:uuid:{child.pk}", "resource": patient_of(child, facts)}
        for child, facts in children
    ]
    said = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": at.isoformat(),
        "entry": entries,
    }
    content: bytes = Bundle.model_validate(said).model_dump_json(indent=1).encode()
    return content


def patient_of(child: Person, facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Return a child as a patient: what differs between those who told of it is left out."""
    patient: dict[str, Any] = {
        "resourceType": "Patient",
        "id": str(child.pk),
        "identifier": [{"system": REFERENCES, "value": child.reference}],
    }
    values = {kind: [saying.value for saying in fact.known] for kind, fact in facts.items()}
    if names := [value["text"] for value in values.get("name", [])]:
        patient["name"] = [{"text": name} for name in names]
    sexes = {value["code"] for value in values.get("sex", [])}
    patient["gender"] = sexes.pop() if len(sexes) == 1 else "unknown"
    births = {str(value.get("edtf", "")) for value in values.get("born", [])}
    if len(births) == 1 and DATE.fullmatch(born := births.pop()):
        patient["birthDate"] = born
    return patient
