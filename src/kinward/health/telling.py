"""A summary of a child's health as hospitals read it: a FHIR R4B document, checked when it is made.

It tells who the child is by its made reference (by name only where that is chosen), what was
measured, given, found and planned, and what was said when it left hospital. The notes of medics,
what they saw of the child's mind, and the grounds of their statements are not in it. Codes stand
only where they say no more than what was recorded: LOINC for weight and height, CVX for vaccines;
everything else is in words. Medics are not named.

Source: HL7 FHIR R4B (4.3.0), https://hl7.org/fhir/R4B/documents.html
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kinward.core.ids import uuid7
from kinward.health.models import EntryKind, Found, Shown
from kinward.health.queries import born_between, file_of, sexes_of
from kinward.health.rules import vaccines
from kinward.people import queries as people

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from kinward.access.models import User
    from kinward.health.models import Encounter
    from kinward.health.queries import HealthFile, Kept
    from kinward.people.models import Person
    from kinward.people.rules import Fact

LOINC: Final = "http://loinc.org"
CVX: Final = "http://hl7.org/fhir/sid/cvx"
UNITS: Final = "http://unitsofmeasure.org"
REFERENCES: Final = "urn:kinward:reference"  # of the identifier: made, and of nothing else
SUMMARY: Final = ("60591-5", "Patient summary Document")
SECTIONS: Final[Mapping[str, tuple[str, str]]] = {
    EntryKind.MEASURE: ("8716-3", "Vital signs"),
    EntryKind.VACCINE: ("11369-6", "History of Immunization Narrative"),
    EntryKind.SCREENING: ("11450-4", "Problem list - Reported"),
    EntryKind.PLAN: ("18776-5", "Plan of care note"),
}
WEIGHT: Final = ("29463-7", "Body weight")
HEIGHT: Final = ("8302-2", "Body height")
LENGTH: Final = ("8306-3", "Body height --lying")
CONDITION: Final = "http://terminology.hl7.org/CodeSystem/condition-clinical"


def summary_of(child: Person, *, named: bool, user: User, at: datetime) -> bytes:
    """Return the summary of a child's health that this account may see, as JSON.

    Raises:
        ValidationError: what was made is no FHIR; our mistake, and nothing leaves.
    """
    from fhir.resources.R4B.bundle import Bundle  # noqa: PLC0415 (takes long, and is needed here)

    facts = people.profiles([child], user=user)[child.pk]
    document = Document(patient=patient_of(child, facts, named=named))
    document.fill(file_of(child, user=user))
    bundle = Bundle.model_validate(document.bundle(at))
    content = bundle.model_dump_json(indent=1).encode()
    Bundle.model_validate_json(content)  # what leaves is what can be read again
    return content


def patient_of(child: Person, facts: Mapping[str, Fact], *, named: bool) -> dict[str, Any]:
    """Return who the child is: its reference, sex, birth as exactly as it is known; its name."""
    sexes, names = sexes_of(facts), people.names_of(facts)
    patient: dict[str, Any] = {
        "resourceType": "Patient",
        "identifier": [{"system": REFERENCES, "value": child.reference}],
        "gender": sexes[0] if len(sexes) == 1 else "unknown",
    }
    born = born_between(facts)
    if born and (written := shared_part(*born)):
        patient["birthDate"] = written
    if named and names:
        patient["name"] = [{"text": name} for name in names]
    return patient


def shared_part(first: date, last: date) -> str:
    """Return a date as far as two days share it: a day, a month or a year; "" if not even that."""
    if first == last:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return first.isoformat()[:7]
    return f"{first.year:04}" if first.year == last.year else ""


@dataclass(slots=True, kw_only=True)
class Document:
    """A document that is being put together: resources in the order in which they are told."""

    patient: dict[str, Any]
    subject: str = field(default_factory=lambda: f"urn:uuid:{uuid7()}")
    told: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)
    closing: str = ""

    def fill(self, of: HealthFile) -> None:
        """Take in what stands of a child's health."""
        for kind, tell in TELLS.items():
            for encounter, kept in of.standing(EntryKind(kind)):
                for resource in tell(kept, encounter):
                    who = "patient" if resource["resourceType"] == "Immunization" else "subject"
                    told = resource | {who: {"reference": self.subject}}
                    self.told.setdefault(kind, []).append((f"urn:uuid:{uuid7()}", told))
        if of.discharges:
            last = of.discharges[0]
            self.closing = f"{last.left_on.isoformat()}. {last.summary}\n{last.care}"

    def composition(self, at: datetime) -> dict[str, Any]:
        """Return what stands first in the document: what it is, of whom, in which sections."""
        sections: list[dict[str, Any]] = [
            {
                "title": str(EntryKind(kind).label),
                "code": coded(LOINC, *SECTIONS[kind]),
                "entry": [{"reference": name} for name, _resource in told],
            }
            for kind, told in self.told.items()
        ]
        if self.closing:
            sections.append({"title": _("On leaving hospital"), "text": narrative(self.closing)})
        return {
            "resourceType": "Composition",
            "status": "final",
            "language": get_language() or "en",
            "type": coded(LOINC, *SUMMARY),
            "subject": {"reference": self.subject},
            "date": at.isoformat(),
            "author": [{"type": "Practitioner", "display": _("a medic of the programme")}],
            "title": _("Summary of a child’s health"),
            "section": sections,
        }

    def bundle(self, at: datetime) -> dict[str, Any]:
        """Return the whole document."""
        whole = [
            (f"urn:uuid:{uuid7()}", self.composition(at)),
            (self.subject, self.patient),
            *(each for told in self.told.values() for each in told),
        ]
        return {
            "resourceType": "Bundle",
            "type": "document",
            "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{uuid7()}"},
            "timestamp": at.isoformat(),
            "entry": [{"fullUrl": name, "resource": resource} for name, resource in whole],
        }


def coded(system: str, code: str, display: str) -> dict[str, Any]:
    """Return a concept with its code."""
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def narrative(text: str) -> dict[str, str]:
    """Return words as FHIR wants them to be read."""
    lines = "<br/>".join(escape(line) for line in text.splitlines())
    return {
        "status": "generated",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{lines}</div>',
    }


def tell_measures(kept: Kept, encounter: Encounter) -> Iterator[dict[str, Any]]:
    """Yield an observation for each measure; a length and a height have codes of their own."""
    said, on = kept.entry.said, encounter.seen_on.isoformat()
    observation = {"resourceType": "Observation", "status": "final", "effectiveDateTime": on}
    height = LENGTH if said.get("lying") else HEIGHT
    told = (
        ("weight_kg", coded(LOINC, *WEIGHT), "kg"),
        ("height_cm", coded(LOINC, *height), "cm"),
        ("arm_cm", {"text": _("mid-upper arm circumference")}, "cm"),
    )
    for name, code, unit in told:
        if (value := said.get(name)) is not None:
            quantity = {"value": value, "unit": unit, "system": UNITS, "code": unit}
            yield observation | {"code": code, "valueQuantity": quantity}
    if said.get("swollen"):
        yield observation | {"code": {"text": _("oedema of both feet")}, "valueBoolean": True}


def tell_vaccine(kept: Kept, _encounter: Encounter) -> Iterator[dict[str, Any]]:
    """Yield a vaccination, with where it is known from."""
    said = kept.entry.said
    cvx, words = vaccines()[said["vaccine"]].cvx, kept.listed
    code: dict[str, Any] = {"text": words}
    if cvx:
        code["coding"] = [{"system": CVX, "code": cvx}]
    when = (
        {"occurrenceDateTime": said["on"]}
        if said.get("on")
        else {"occurrenceString": _("day not known")}
    )
    yield {
        "resourceType": "Immunization",
        "status": "completed",
        "vaccineCode": code,
        "primarySource": False,
        "reportOrigin": {"text": str(Shown(said["shown"]).label)},
        **when,
    }


def tell_screening(kept: Kept, encounter: Encounter) -> Iterator[dict[str, Any]]:
    """Yield what was found as a condition; what was looked for and not found as an observation."""
    said, on = kept.entry.said, encounter.seen_on.isoformat()
    if said["found"] == Found.NOTHING:
        code = {"code": {"text": kept.listed}, "valueString": kept.found}
        told = {"resourceType": "Observation", "status": "final", "effectiveDateTime": on}
        yield told | code
        return
    yield {
        "resourceType": "Condition",
        "clinicalStatus": coded(CONDITION, "active", "Active"),
        "code": {"text": f"{kept.listed}: {said['words']}"},
        "recordedDate": on,
    }


def tell_plan(kept: Kept, encounter: Encounter) -> Iterator[dict[str, Any]]:
    """Yield what is planned, and whether it is done."""
    said = kept.entry.said
    due = {"end": said["due_on"], "start": min(encounter.seen_on.isoformat(), said["due_on"])}
    detail = {
        "status": "not-started" if kept.open else "completed",
        "description": said["words"],
        "scheduledPeriod": due,
    }
    yield {
        "resourceType": "CarePlan",
        "status": "active" if kept.open else "completed",
        "intent": "plan",
        "activity": [{"detail": detail}],
    }


TELLS: Final = {
    EntryKind.MEASURE: tell_measures,
    EntryKind.VACCINE: tell_vaccine,
    EntryKind.SCREENING: tell_screening,
    EntryKind.PLAN: tell_plan,
}
