"""Every role at every door about every kind of record: what is met, beside what was expected.

`matrix(client_class)` makes its own made-up records in an empty database and returns what it
counted; tests/kinward/access/test_matrix.py asserts on it, a benchmark may print it.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from reliability.made import SHAPED

from kinward.access.models import (
    Approval,
    BreakGlass,
    Compartment,
    Grant,
    Purpose,
    Referral,
    Role,
    User,
    Way,
)
from kinward.casework.models import Hold, HoldKind, Party, Task, What
from kinward.casework.rules import TRACK_OF
from kinward.casework.tracks import TABLES
from kinward.core import files
from kinward.core.doors import doors
from kinward.core.sealing import seal
from kinward.health.models import Encounter, Entry, FitnessStatement
from kinward.legal.models import (
    CourtStep,
    Duty,
    EvidenceItem,
    Formality,
    NationalityClaim,
    Proceeding,
    Report,
    TravelDocument,
)
from kinward.people import queries as people
from kinward.people.actions import store_consents
from kinward.people.consents import Consent, Giver, State
from kinward.people.models import (
    Answer,
    Assertion,
    Certainty,
    DocumentKind,
    Draft,
    DraftOf,
    Kind,
    ListReading,
    ListRow,
    Method,
    NameList,
    Person,
    Printout,
    PrintoutMade,
    SaidBy,
)
from kinward.people.printouts import place_of_printout
from kinward.people.properties import PROPERTIES, Shape
from kinward.people.rules import ConsentAnswer
from kinward.tracing.models import (
    Candidate,
    Interview,
    Judgement,
    Relation,
    Request,
    Says,
    Side,
    Sought,
    Verdict,
    Verification,
)

EXPECTED = Path(__file__).parents[1] / "kinward/access/expected_access.toml"
HERE, THERE = "IQ-BG", "SY-HA"
ABSENT = UUID("018f3c1e-0000-7000-8000-000000000000")
ANONYMOUS = "anonymous"
WHAT_WE_KNOW = "GET children/<uuid:child_id>/facts/"
METHODS = ("GET", "POST")
MET = {404: "absent", 403: "refused"}


@dataclass
class Counted:
    """What the matrix found."""

    cells: int = 0
    wrong: list[str] = field(default_factory=list)  # met otherwise than expected
    leaks: list[str] = field(default_factory=list)  # shown what may not be read
    missing: list[str] = field(default_factory=list)  # doors without an entry, or the reverse

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.cells:,} cells, {len(self.leaks)} leaks, {len(self.wrong)} met otherwise"


@dataclass
class Expected:
    """The file written by hand."""

    content: dict

    def roles(self, words):
        """Return the roles of a line: names of roles and of groups."""
        groups = self.content["groups"]
        named = (groups.get(word, word).split() for word in words.split())
        return {role for part in named for role in part}

    def rows(self):
        """Yield (address, whose, {role: how it is met}) for every door."""
        for entry in self.content["doors"]:
            told = entry.keys() & {"allowed", "absent"}
            whose = [each for kind in sorted(told) for each in entry[kind]]
            for each in dict.fromkeys(whose):
                met = dict.fromkeys(self.roles("everyone"), entry["otherwise"])
                met |= dict.fromkeys(self.roles(entry.get("refused", "")), "refused")
                for kind in told:
                    met |= dict.fromkeys(self.roles(entry[kind].get(each, "")), kind)
                for address in entry["addresses"]:
                    yield address, each, met

    def addresses(self):
        """Every address there is an entry for."""
        listed = [each for entry in self.content["doors"] for each in entry["addresses"]]
        return listed + self.content["open"]["addresses"]

    def readable(self, role, whose):
        """Return the kinds of fact the role reads of such a child."""
        open_ = self.content["reads"].get(role, {}).get(whose, "").split()
        return {kind for kind, where in self.content["stands_in"].items() if where in open_}

    def told_to(self, role, whose):
        """Return the kinds of fact the role reads of such a child word by word."""
        blind = self.content["reads_regions_only"]
        hidden = set(blind["facts"].split()) if role in self.roles(blind["roles"]) else set()
        return self.readable(role, whose) - hidden


def expected():
    """Read the file."""
    return Expected(tomllib.loads(EXPECTED.read_text()))


def present():
    """Return every address as the file writes it, without its method."""
    found = []
    for address, _name, _view in doors():
        method, _, path = address.rpartition(" ")
        path = re.sub(r"\{uuid(str)?:", "{uuid:", path)
        found.append(f"{method} api{path}" if method in METHODS else address)
    return found


def unlisted(listed):
    """Return the doors without an entry, and the entries without a door."""
    paths = {address.partition(" ")[2] for address in listed}
    here = present()
    gaps = [address for address in here if address not in {*listed, *paths}]
    there = {address if address in here else address.partition(" ")[2] for address in listed}
    return gaps + [f"no door: {each}" for each in sorted(there - set(here))]


class World:
    """One account of each role, and for each the records it stands to in every way."""

    def __init__(self, whose, roles=()):
        self.now = timezone.now()
        self.whose = [each for each in whose if each != "none"]
        self.other = self.account("other", Role.REGISTRAR, THERE)
        self.far = self.account("far", Role.REGISTRAR, "RU-DA")
        self.colleague = self.account("colleague", Role.REGISTRAR, HERE)
        self.readers = {
            role: self.account(f"reader-{role}", role, HERE)
            for role in roles or Role.values
            if role != Role.CLOCK
        }
        self.beside = Person.objects.create(  # a record that a child may be compared with
            kind=Kind.CHILD, region=THERE, registered_by=self.other, registered_at=self.now
        )
        self.records = {}  # (role, whose, parameter) to its identifier
        for role, reader in self.readers.items():
            for each in self.whose:
                self.make(role, reader, each)
            self.between_people(role, reader)
            self.lists(role, reader)

    def lists(self, role, reader):
        """Take in a list of each office, with a row, say how it is to be read; begin drafts."""
        for whose, by in (("own", reader), ("region", self.colleague), ("elsewhere", self.other)):
            one = NameList.objects.create(
                name="made up",
                given_by="made up",
                columns=["Name"],
                digest="0" * 64,
                region=by.region,
                taken_by=by,
                taken_at=self.now,
            )
            ListReading.objects.create(
                of=one,
                meanings=["name"],
                said_by=SaidBy.OFFICIAL,
                certainty=Certainty.POSSIBLE,
                consent={"state": "not_sought", "giver": "child", "purpose": "tracing"},
                read_by=by,
                read_at=self.now,
            )
            row = ListRow.objects.create(
                of=one, number=2, cells=["made up"], written_by=by, written_at=self.now
            )
            draft = Draft.objects.create(of=DraftOf.GROUP, typed_by=by, begun_at=self.now)
            begun = Draft.objects.create(of=DraftOf.CHILD, typed_by=by, begun_at=self.now)
            self.records |= {(role, whose, "list_id"): one.pk, (role, whose, "row_id"): row.pk}
            self.records |= {
                (role, whose, "draft_id"): draft.pk,
                (role, whose, "begun_id"): begun.pk,
            }

    def account(self, username, role, region):
        return User.objects.create_user(username, role=role, region=region)

    def make(self, role, reader, whose):
        by = {"own": reader, "region": self.colleague, "away": self.colleague}.get(
            whose, self.other
        )
        region = THERE if by == self.other else HERE
        child = self.person(Kind.CHILD, by, region, role, whose)
        enquirer = self.person(Kind.ENQUIRER, by, region, role, whose)
        person = self.person(Kind.SOUGHT, by, region, role, whose)
        told = f"told-{role}-{whose}"
        request = Request.objects.create(
            enquirer=enquirer, told=told, region=region, taken_by=by, taken_at=self.now
        )
        sought = Sought.objects.create(
            request=request, person=person, relation=Relation.OTHER_RELATIVE
        )
        candidate = Candidate.objects.create(
            child=child,
            sought=sought,
            weight=9,
            probability=0.9,
            model_version="made up",
            first_found_at=self.now,
            computed_at=self.now,
            verdict=Verdict.CONFIRMED,
        )
        Judgement.objects.create(
            candidate=candidate, says=Says.SAME, judged_by=self.other, judged_at=self.now
        )
        for record in (child, request, enquirer, person):
            self.give(record.pk, whose, reader)
        self.records |= {
            (role, whose, "child_id"): child.pk,
            (role, whose, "other_id"): self.beside.pk,
            (role, whose, "request_id"): request.pk,
            (role, whose, "person_id"): person.pk,
            (role, whose, "candidate_id"): candidate.pk,
        }
        self.records[role, whose, "task_id"] = Task.objects.create(
            person=child,
            what=What.OTHER,
            words=f"child-father-{role}-{whose}-said",
            role=Role.REGISTRAR,
            due_on=self.now.date(),
            set_by=self.other,
            set_at=self.now,
        ).pk
        self.records[role, whose, "hold_id"] = Hold.objects.create(
            child=child,
            kind=HoldKind.FAMILY,
            party=Party.RELATIVE,
            owner=f"child-father-{role}-{whose}-said",
            told_by="made up",
            since=self.now.date(),
            claim=f"child-father-{role}-{whose}-said",
            next_action="made up",
            next_by=Role.CASE_WORKER,
            next_on=self.now.date(),
            compartment=TABLES[TRACK_OF[HoldKind.FAMILY]].compartment,
            recorded_by=self.other,
            recorded_at=self.now,
        ).pk
        self.records[role, whose, "document_id"] = TravelDocument.objects.create(
            child=child,
            kind="passport",
            issuer="RUS",
            number=f"child-father-{role}-{whose}-said",
            surname=f"child-father-{role}-{whose}-said",
            valid_from=self.now.date(),
            valid_until=self.now.date(),
            recorded_by=self.other,
            recorded_at=self.now,
        ).pk
        self.court(role, whose, child)
        self.health(role, whose, child)
        self.printed(role, whose, child, reader)
        self.civil(role, whose, child)
        consent = Consent.objects.get(subject=child)
        self.records[role, whose, "consent_id"] = consent.pk
        self.verify(role, whose, candidate, reader)

    def court(self, role, whose, child):
        """Bring a matter before a court, which orders something; lay a report before the panel."""
        row = {"child": child, "recorded_by": self.other, "recorded_at": self.now}
        today = self.now.date()
        matter = Proceeding.objects.create(seat="home", matter="birth", court="made up", **row)
        filed = {"number": 1, "ruled": "filed", "happened_on": today, "reference": "1"}
        step = CourtStep.objects.create(proceeding=matter, **filed, **row)
        duty = {"owner": "family", "words": f"child-father-{role}-{whose}-said", "due_on": today}
        self.records |= {
            (role, whose, "proceeding_id"): matter.pk,
            (role, whose, "report_id"): Report.objects.create(number=1, heard="said", **row).pk,
            (role, whose, "duty_id"): Duty.objects.create(ordered=step, **duty, **row).pk,
        }

    def health(self, role, whose, child):
        """Have a medic see the child, write something down and state whether it may fly."""
        row = {"child": child, "recorded_by": self.other, "recorded_at": self.now}
        words = f"child-health-{role}-{whose}-said"
        met = {"meeting": "before", "seen_on": self.now.date(), "place": words, "notes": words}
        encounter = Encounter.objects.create(**met, **row)
        said = {"kind": "mind", "words": words}
        entry = Entry.objects.create(encounter=encounter, said=said, **row)
        FitnessStatement.objects.create(fit="not_fit", grounds=words, passed_on=False, **row)
        self.records |= {
            (role, whose, "encounter_id"): encounter.pk,
            (role, whose, "entry_id"): entry.pk,
        }

    def printed(self, role, whose, child, reader):
        """Have a document made for the reader."""
        asked = Printout.objects.create(
            person=child,
            kind=DocumentKind.LETTER,
            compartment=Compartment.IDENTITY,
            about="made up",
            language="en",
            purpose=Purpose.TRACING,
            recipient="made up",
            asked_by=reader,
            asked_at=self.now,
        )
        content, name = b"made up", uuid4()
        files.write(name, seal(content, **place_of_printout(asked, name)))
        PrintoutMade.objects.create(
            printout=asked,
            version="1",
            compartments="identity",
            code=asked.pk.hex[-10:],
            size=len(content),
            digest="0" * 64,
            stored_as=name,
            made_at=self.now,
        )
        self.records[role, whose, "printout_id"] = asked.pk

    def civil(self, role, whose, child):
        """Record evidence, that it needs a translation, and a claim to a nationality."""
        row = {"child": child, "recorded_by": self.other, "recorded_at": self.now}
        words = f"child-father-{role}-{whose}-said"
        shown = {"question": "identity", "kind": "copy", "issuer": "made up", "holder": "made up"}
        item = EvidenceItem.objects.create(shows=words, **shown, **row)
        need = {"kind": "translation", "issued_in": "IQ", "used_in": "RU", "language": "ru"}
        need |= {"item": item, "due_on": self.now.date()}
        claim = {"country": "RU", "basis": "descent", "claimed_by": words}
        self.records |= {
            (role, whose, "item_id"): item.pk,
            (role, whose, "formality_id"): Formality.objects.create(**need, **row).pk,
            (role, whose, "nationality_id"): NationalityClaim.objects.create(**claim, **row).pk,
        }

    def verify(self, role, whose, candidate, reader):
        """Verify the candidate; of their own, the reader was asked to interview whom they reach."""
        verification = Verification.objects.create(
            candidate=candidate, round=candidate.round, opened_by=self.other, opened_at=self.now
        )
        if whose != "own":
            return
        claimant = role == Role.ENQUIRY_WORKER
        self.records[role, whose, "interview_id"] = Interview.objects.create(
            verification=verification,
            side=Side.ADULT if claimant else Side.CHILD,
            person=candidate.sought.request.enquirer if claimant else candidate.child,
            kept_from=candidate.child if claimant else None,
            interviewer=reader,
            asked_by=self.other,
            asked_at=self.now,
        ).pk

    def person(self, kind, by, region, role, whose):
        person = Person.objects.create(
            kind=kind, region=region, registered_by=by, registered_at=self.now
        )
        answer = ConsentAnswer(
            state=State.GIVEN, giver=Giver.CHILD, form_version="made up", language="ar"
        )
        store_consents(person, [answer], by=by, at=self.now)
        Assertion.objects.bulk_create(
            Assertion(
                person=person,
                property=each.id,
                answer=Answer.KNOWN,
                value=self.value(each, f"{kind}-{each.id}-{role}-{whose}-said"),
                said_by=SaidBy.CHILD,
                method=Method.INTERVIEW,
                certainty=Certainty.POSSIBLE,
                compartment=each.compartment,
                recorded_by=by,
                recorded_at=self.now,
            )
            for each in PROPERTIES.values()
        )
        return person

    @staticmethod
    def value(kind, text):
        if kind.shape == Shape.SEX:
            return {"code": "female"}
        if kind.shape == Shape.BIRTH:
            return {"edtf": "2014"}
        return {"text": text} | SHAPED.get(kind.shape, {})

    def give(self, subject, whose, reader):
        given = {"assigned": Way.ASSIGNED, "referred": Way.REFERRED, "emergency": Way.BREAK_GLASS}
        purposes = {Way.BREAK_GLASS: Purpose.PROTECTION}
        if whose == "away":
            way, account, region = Way.REFERRED, None, THERE
        elif whose in given:
            way = given[whose]
            account, region = (None, HERE) if way == Way.REFERRED else (reader, "")
        else:
            return
        Grant.objects.create(
            subject=subject,
            way=way,
            account=account,
            region=region,
            purpose=purposes.get(way, Purpose.TRACING),
            since=self.now - timedelta(hours=1),
            until=None if way == Way.REFERRED else self.now + timedelta(hours=3),
            given_by=self.other,
        )

    def between_people(self, role, reader):
        def offer(by, from_region, to_region):
            return Referral.objects.create(
                subject=ABSENT,
                reference="C-222-222-222",
                offered_by=by,
                from_region=from_region,
                to_region=to_region,
                purpose=Purpose.TRACING,
                reason="made up",
                offered_at=self.now,
            ).pk

        self.records[role, "own", "referral_id"] = offer(reader, HERE, "RU-DA")
        self.records[role, "region", "referral_id"] = offer(self.other, THERE, HERE)
        self.records[role, "elsewhere", "referral_id"] = offer(self.other, THERE, "RU-DA")
        self.records[role, "region", "approval_id"] = Approval.objects.create(
            kind="export",
            payload={},
            payload_hash="0" * 64,
            reason="made up",
            requester=self.other,
            requested_at=self.now,
            expires_at=self.now + timedelta(days=1),
        ).pk
        grant = Grant.objects.get(
            subject=self.records[role, "emergency", "child_id"], way=Way.BREAK_GLASS
        )
        self.records[role, "region", "use_id"] = BreakGlass.objects.create(
            grant=grant,
            reference="C-222-222-222",
            account=self.other,
            emergency="danger",
            reason="made up",
            opened_at=self.now,
        ).pk

    def path(self, address, role, whose):
        """Return the path of an address about that record."""
        path = address.partition(" ")[2].replace("<property:kind>", "name").replace("<int:pk>", "1")
        path = (
            path.replace("<int:number>", "1")
            .replace("<int:offset>", "0")
            .replace("<track:track>", "locate")
        )
        path = path.replace("{track}", "locate")
        path = path.replace("<entry:entry>", "visit").replace("<str:part>", "mind")
        path = path.replace("<str:code>", "IQ-BG").replace("<str:language>", "en")
        for pattern in re.findall(r"[<{]uuid:(\w+)[>}]", path):
            known = self.records.get((role, whose, pattern), ABSENT)
            path = re.sub(rf"[<{{]uuid:{pattern}[>}}]", str(known), path)
        return f"/{path}"


def matrix(client_class, roles=(), *, whole=True):
    """Ask at every door as every role, or as some, and count. Leaves nothing behind.

    Unless it is `whole`, a role that meets the same refusal whatever the record is asked once.
    """
    counted, wanted = Counted(), expected()
    counted.missing = unlisted(wanted.addresses())
    with transaction.atomic():
        world = World(wanted.content["whose"], roles)
        ask_at_every_door(client_class, world, wanted, counted, whole=whole)
        read_every_profile(world, wanted, counted)
        transaction.set_rollback(True)
    return counted


def ask_at_every_door(client_class, world, wanted, counted, *, whole):
    rows = sorted(wanted.rows(), key=lambda row: "sign-out" in row[0])
    for role in [*world.readers, ANONYMOUS]:
        client = client_class(raise_request_exception=False)
        if role != ANONYMOUS:
            client.force_login(world.readers[role])
        for address, whose, expected_of in rows if whole else worth_asking(rows, role):
            with transaction.atomic():
                response = ask(client, address, world.path(address, role, whose))
                transaction.set_rollback(True)
            met = how(response)
            if met == "signed out" and role != ANONYMOUS and " field/api/" in address:
                met = "allowed"  # the role is; what is asked for is the proof of a phone
            right = "signed out" if role == ANONYMOUS else expected_of[role]
            counted.cells += 1
            if met != right:
                counted.wrong.append(f"{role}: {address} ({whose}): {met} not {right}")
            look_for_leaks(response, role, address, wanted, counted)
            if "child_id" in address:
                look_for_facts(response, role, address, whose, wanted, counted)


def worth_asking(rows, role):
    """Leave out what a role is refused in the same way whatever the record; once is enough."""
    met = defaultdict(set)
    for address, _whose, expected_of in rows:
        met[address].add("signed out" if role == ANONYMOUS else expected_of[role])
    asked = set()
    for address, whose, expected_of in rows:
        if address in asked and len(met[address]) == 1 and met[address] != {"allowed"}:
            continue
        asked.add(address)
        yield address, whose, expected_of


# What an operation of the API takes, by the end of its address: it is read before the door is.
SAYS = {"property": "name", "value": {"text": "M"}, "said_by": "child", "method": "interview"}
BODIES = {
    "statements": SAYS,
    "children": {"statements": [SAYS]},
    "requests": {"enquirer": [SAYS], "sought": [{"relation": "child", "statements": [SAYS]}]},
    "consents": {"state": "refused", "giver": "child"},
    "withdrawal": {"reason": "made up"},
    "steps": {"to": "hypothesis", "on": "2019-01-02", "reason": "made up"},
    "counts": {"child_id": str(ABSENT), "how": "tapped"},
    "done": {},
    "visits": {
        "visited_on": "2019-01-02",
        "seen": True,
        "where": "home",
        "changed": "made up",
        "next_on": "2019-02-02",
    },
    "sources": {
        "kind": "article",
        "title": "T",
        "outlet": "O",
        "language": "en",
        "translation": "none",
        "published_on": "2019-01-02",
        "text": "30 children.",
    },
    "holds": {
        "kind": "family",
        "party": "relative",
        "owner": "made up",
        "told_by": "made up",
        "since": "2019-01-02",
        "next_action": "made up",
        "next_by": "case_worker",
        "next_on": "2019-02-02",
        "claim": "made up",
    },
    "entries": {"what": "reply", "words": "made up"},
    "tasks": {"what": "other", "due_on": "2019-01-02", "role": "registrar"},
    "end": {"how": "withdrawn"},
    "assessments": {
        "heard": "said",
        "view": "made up",
        "analysis": "made up",
        "recommends": "made up",
        "to_determine": True,
        "why": "made up",
        "review_on": "2019-01-02",
    },
    "reports": {
        "heard": "said",
        "view": "made up",
        "participants": "made up",
        "options": [],
        "recommends": "made up",
    },
    "opinions": {"opinion": "approves", "words": "made up"},
    "decision": {"decision": "approves", "words": "made up", "review_on": "2019-01-02"},
    "documents": {
        "kind": "passport",
        "issuer": "RUS",
        "number": "1",
        "surname": "MADE UP",
        "valid_from": "2019-01-02",
        "valid_until": "2018-01-02",
    },
    "note": {"noted": "error", "reason": "made up"},
    "checks": {"surname": "MADE UP", "list_named": "made up"},
    "evidence": {
        "question": "identity",
        "kind": "dna",
        "shows": "made up",
        "issuer": "made up",
        "holder": "made up",
    },
    "notes": {"noted": "contested", "said_by": "made up", "reason": "made up"},
    "claims": {
        "country": "RU",
        "basis": "birth",
        "claimed_by": "made up",
        "since": "2999-01-02",
    },
    "facts": {"country": "RU", "fact": "born_there", "holds": True, "said_by": " "},
    "answers": {
        "answer": "refused",
        "authority": "made up",
        "reference": "made up",
        "happened_on": "2019-01-02",
    },
}


def ask(client, address, path):
    if address.startswith("GET"):
        return client.get(path)
    if " api/" in address:
        body = BODIES.get(address.rpartition("/")[2], {"opinion": "same", "reason": "made up"})
        return client.post(path, body, content_type="application/json")
    return client.post(path, {"reason": ""})


def how(response):
    """Return in a word how a request was met."""
    signing_in = response.status_code == 302 and "/sign-in/" in response.headers["Location"]
    if response.status_code == 401 or (signing_in and "next=" in response.headers["Location"]):
        return "signed out"
    if response.status_code >= 500:
        return "failed"
    return MET.get(response.status_code, "allowed")


SAID = re.compile(r"(child|sought|enquirer)-(\w+?)-(\w+)-(\w+)-said|told-(\w+)-(\w+)")


def look_for_leaks(response, role, address, wanted, counted):
    """Find every made-up saying in a body, and ask of each whether the role may read it.

    Everybody's records are in one world: what stands in a page may be of another reader's. That
    reader's own child is, to this one, of the region or of elsewhere.
    """
    if response.status_code >= 300 or not response.content:
        return
    for kind, fact, whose_role, whose, told_role, told_whose in SAID.findall(
        response.content.decode()
    ):
        counted.cells += 1
        if kind == "child":
            seen_as = whose if whose_role == role else OF_ANOTHER.get(whose, whose)
            fine = fact in wanted.readable(role, seen_as) or treats(fact, role, seen_as)
        else:
            seen_as = (whose or told_whose) if (whose_role or told_role) == role else None
            place = seen_as or OF_ANOTHER.get(whose or told_whose, whose or told_whose)
            fine = may_read_request(role, place)
        if not fine:
            counted.leaks.append(
                f"{role}: {address}: {kind or 'told'} {fact} {whose or told_whose}"
            )


def look_for_facts(response, role, address, whose, wanted, counted):
    """Ask of every kind of fact whether this page shows it to who may not read it, or hides it."""
    body = response.content.decode() if response.status_code < 300 else ""
    readable = wanted.told_to(role, whose)
    for fact in wanted.content["stands_in"]:
        counted.cells += 1
        shown = f"child-{fact}-{role}-{whose}-said" in body
        if shown and fact not in readable:
            counted.leaks.append(f"{role}: {address}: {fact} of a child {whose}")
        told = PROPERTIES[fact].shape not in {Shape.SEX, Shape.BIRTH}  # these hold no free text
        if address == WHAT_WE_KNOW and told and fact in readable and not shown:
            counted.wrong.append(f"{role}: {address} ({whose}) hides {fact}")


# How a record that stands in such a way to one reader stands to another of the same office.
OF_ANOTHER = {"own": "region", "assigned": "elsewhere", "emergency": "elsewhere"}


def may_read_request(role, whose):
    """Tell whether the role reads who asks, and what was told, in such a request."""
    if role in {"tracing_officer", "second_reviewer"}:
        return True
    return role == "enquiry_worker" and whose in {"own", "region", "assigned", "referred"}


def treats(fact, role, whose):
    """Tell whether that is of a child's health and the role reads it: medics, of their children."""
    return fact == "health" and role == "medic" and whose in {"assigned", "referred"}


def read_every_profile(world, wanted, counted):
    """Compare, fact by fact, the profile of each child with what its reader may see."""
    for role, reader in world.readers.items():
        children = {
            whose: Person.objects.get(pk=world.records[role, whose, "child_id"])
            for whose in world.whose
        }
        profiles = people.profiles(children.values(), user=reader)
        for whose, child in children.items():
            readable = wanted.readable(role, whose)
            for fact in wanted.content["stands_in"]:
                counted.cells += 1
                shown = fact in profiles[child.pk]
                if shown != (fact in readable):
                    found = counted.leaks if shown else counted.wrong
                    found.append(f"{role}: {fact} of a child {whose}: shown is {shown}")
