"""Every page against WCAG 2.2 AA, in a language of each direction, wide and narrow."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from casefile import papers_of
from django.db import transaction
from django.urls import get_resolver, reverse
from django.utils import timezone
from hands import found_by_axe, speak
from reliability import made
from reliability.barrier import routes
from reliability.mutating import photographs

from kinward.access.actions import assign
from kinward.access.models import Purpose, Role, User, clock
from kinward.audit.actions import verify_log
from kinward.audit.context import acting
from kinward.casework.models import Track
from kinward.core.intake.images import redraw
from kinward.core.jobs import enqueue
from kinward.core.models import Job
from kinward.demo.stops import STOPS
from kinward.operations.models import Leaving, Left, Operation, WhyNot
from kinward.people.actions import add_statement, attach_file, hold_erasure, register_group
from kinward.people.consents import Giver, State
from kinward.people.models import AgreedBy, Answer, FileKind, SaidBy
from kinward.people.rules import ConsentAnswer, Statement
from kinward.placement.models import Breakdown, Carer, Placed
from kinward.tracing.actions import find_candidates, review_candidate, take_request
from kinward.tracing.models import Candidate, Opinion, Relation

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2019, 1, 2, 9, 30, tzinfo=UTC)
AGREES = ConsentAnswer(state=State.GIVEN, giver=Giver.CHILD, form_version="2018-11", language="ar")
NARROW, WIDE = 360, 1280
BUDGET = 75_000
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
PAGES_OF_A_CHILD = 30


@pytest.fixture
def caseload(accounts):
    """Two children, a request for two, candidates between them, one of them judged."""

    def child(property_, **value):
        return Statement(property=property_, value=value)

    def relative(property_, **value):
        return Statement(property=property_, value=value, said_by=SaidBy.RELATIVE)

    first = [
        child("name", text="رسلان ماغوميدوف"),
        child("sex", code="male"),
        child("born", edtf="2012"),
        Statement(property="born", value={"edtf": "2009"}, said_by=SaidBy.CUSTODIAN),
        child("father", text="ماغوميد"),
        child("mother", text="زينب"),
        child("sibling", text="مريم"),
        Statement(property="found_at", answer=Answer.REFUSED),
    ]
    second = [child("name", text="مريم ماغوميدوفا"), child("sex", code="female")]
    children = register_group(
        children=[first, second], consents=[[AGREES]] * 2, by=accounts["huda"], at=AT
    )
    sought = [
        relative("name", text="Руслан Магомедович Магомедов"),
        relative("sex", code="male"),
        relative("born", edtf="2012-05"),
        relative("father", text="Магомед"),
        relative("mother", text="Зайнаб"),
        relative("sibling", text="Марьям"),
    ]
    request = take_request(
        enquirer=[relative("name", text="Патимат Магомедова")],
        told="Ищу детей моей дочери.",
        language="ru",
        sought=[
            (Relation.GRANDCHILD, sought),
            (Relation.GRANDCHILD, [relative("name", text="Марьям Магомедова")]),
        ],
        consents=[replace(AGREES, giver=Giver.RELATIVE)],
        by=accounts["madina"],
        at=AT,
    )
    attach_file(
        person=children[0],
        kind=FileKind.PHOTO,
        taken=redraw(photographs()["jpeg"]),
        caption="The drawing the child made",
        agreed_by=AgreedBy.CHILD,
        by=accounts["huda"],
        at=AT,
    )
    add_statement(
        person=children[0],
        statement=child("songs_and_words", text="They called us ISIS children."),
        keeping="The child’s own words.",
        by=accounts["huda"],
        at=timezone.now(),
    )
    find_candidates(by=clock(), at=AT)
    watch_over(children, accounts)
    candidate = Candidate.objects.strongest_first()[0]
    return {"child": children[0], "request": request, "candidate": candidate}


def watch_over(children, accounts):
    """A hold, an assignment, work given up and a checked log: each page has something to show."""
    now = timezone.now()
    hold_erasure(person=children[1], reason="A court asked.", by=accounts["dina"], at=AT)
    with transaction.atomic():
        assign(
            subject=children[0].pk,
            to=accounts["huda"],
            purpose=Purpose.TRACING,
            until=now + timedelta(days=9),
            by=accounts["malik"],
            at=now,
        )
        enqueue("tracing.match", at=now)
        Job.objects.update(given_up_at=now, attempts=8, failure="KeyError in find, line 9")
        with acting(accounts["olga"]):
            verify_log(by=accounts["olga"], at=now)


@pytest.fixture
def judged(caseload, accounts):
    """The strongest candidate, with two opinions and a judgement."""
    for reviewer in ("anna", "karim"):
        review_candidate(
            candidate=caseload["candidate"],
            opinion=Opinion.SAME,
            reason="Father and mother are the same.",
            by=accounts[reviewer],
            at=AT,
        )
    return caseload


def addresses(caseload) -> dict[str, list[str]]:
    """Who looks at which pages."""
    child, request = [caseload["child"].pk], [caseload["request"].pk]
    candidate = [caseload["candidate"].pk]
    return {
        "anna": [
            "/",
            "/children/",
            "/children/claimed/",
            reverse("people:child", args=child),
            reverse("people:facts", args=child),
            reverse("people:family", args=child),
            reverse("people:files", args=child),
            reverse("people:timeline", args=child),
            reverse("people:history", args=child),
            reverse("people:history_print", args=child),
            reverse("people:add_statement", args=[*child, "born"]),
            reverse("tracing:child_candidates", args=child),
            "/requests/",
            reverse("tracing:request", args=request),
            "/matches/",
            "/matches/?show=confirmed",
            reverse("tracing:candidate", args=candidate),
            reverse("tracing:candidate_history", args=candidate),
            "/children/print/",
            "/requests/print/",
        ],
        "huda": [
            "/",
            "/exchange/bring/",
            "/children/register/",
            reverse("tracing:child_candidates", args=child),
            "/phones/",
            "/phones/sent/",
            "/phones/card/",
            "/phones/conflicts/",
            "/my-sign-in/machines/",
        ],
        "madina": [
            "/requests/take/",
            reverse("tracing:request_history", args=request),
            reverse("tracing:consent", args=request),
        ],
        "olga": [
            "/",
            "/log/",
            f"/log/?record={caseload['child'].reference}",
            "/log/accounts/",
            "/log/accounts/?actor=anna",
            "/log/verification/",
        ],
        "dina": ["/", "/holds/", "/holds/new/", "/retention/"],
        "malik": ["/assignments/", reverse("casework:assign", args=child), "/exchange/archive/"],
        "adrian": ["/jobs/"],
    }


@pytest.fixture
def papers(caseload, accounts):
    """One of each paper of a child, and a member of the panel to whom it is assigned."""
    member = made.account(role=Role.PANEL_MEMBER)
    found = papers_of(
        caseload["child"],
        by=accounts["salma"],
        member=member,
        manager=accounts["malik"],
        at=timezone.now(),
    )
    return found | {"child": caseload["child"], "accounts": accounts | {"paula": member}}


def case_addresses(papers) -> dict[str, list[str]]:
    """Who looks at which pages of a case, its papers and what is printed of it."""
    child = papers["child"].pk

    def of(name, *more):
        return reverse(name, args=[child, *(papers[each].pk for each in more)])

    tracks = [reverse("casework:track", args=[child, track]) for track in Track]
    withdraw = reverse("casework:withdraw_step", args=[child, Track.LOCATE])
    return {
        "salma": [
            of("people:child"),
            *tracks,
            withdraw,
            of("casework:holds"),
            "/board/",
            "/board/children/?phase=registered",
            "/due/",
            "/due/month/",
            "/tasks/",
            reverse("casework:tasks_about", args=[child]),
            of("legal:papers"),
            of("legal:document"),
            of("legal:note", "document"),
            of("legal:proceeding"),
            of("legal:ruling", "matter"),
            of("legal:duty", "matter"),
            of("legal:duty_done", "duty"),
            of("legal:evidence"),
            of("legal:evidence_add"),
            of("legal:evidence_note", "item"),
            of("legal:nationality"),
            of("legal:claim"),
            of("legal:legal_fact"),
            of("legal:claim_answer", "claim"),
            of("legal:formalities"),
            of("legal:formality"),
            of("legal:progress", "formality"),
            of("legal:birth"),
            of("legal:birth_add"),
            of("legal:best"),
            of("legal:assess"),
            of("legal:report"),
            of("people:consent"),
            of("people:documents"),
        ],
        "yusuf": [of("legal:check", "document")],
        "paula": [of("legal:best"), of("legal:opinion", "report"), of("legal:decide", "report")],
        "malik": ["/board/", "/board/holds/", "/due/", "/letters/", "/letters/new/"],
    }


def wider_than_the_screen(page) -> bool:
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )


@pytest.fixture
def looked_at(page, live_server, client):
    """Look at pages as who may, wide and narrow: return what is wrong, and what is too wide."""

    def looked(addresses, accounts, language):
        found: list[str] = []
        too_wide: list[str] = []
        speak(page, live_server, language)
        for username, visited in addresses.items():
            client.force_login(accounts[username])
            session = client.cookies["session"].value
            cookie = {"name": "session", "value": session, "url": live_server.url}
            page.context.add_cookies([cookie])
            for address in visited:
                page.set_viewport_size({"width": WIDE, "height": 800})
                answer = page.goto(f"{live_server.url}{address}")
                assert answer.status == HTTPStatus.OK, (username, address)
                found += found_by_axe(page)
                page.set_viewport_size({"width": NARROW, "height": 740})
                too_wide += [address] if wider_than_the_screen(page) else []
        return found, too_wide

    return looked


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_is_accessible_and_fits_a_phone(
    looked_at, accounts, caseload, console, language
):
    assert looked_at(addresses(caseload), accounts, language) == ([], [])
    assert console == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_a_case_is_accessible_and_fits_a_phone(looked_at, papers, console, language):
    assert looked_at(case_addresses(papers), papers["accounts"], language) == ([], [])
    assert console == []


@pytest.fixture
def workers(caseload, accounts):
    """Who works on the case of the first child, each in a part of it."""
    now, malik = timezone.now(), accounts["malik"]
    told = {"purpose": Purpose.PROTECTION, "until": now + timedelta(days=9)}
    roles = (Role.LEGAL_OFFICER, Role.MEDIC, Role.GUARDIANSHIP_OFFICER)
    found = [accounts["salma"], *(made.account(role=role, region="IQ-BG") for role in roles)]
    with acting(malik), transaction.atomic():
        for worker in found:
            assign(subject=caseload["child"].pk, to=worker, by=malik, at=now, **told)
    return found


def pages_of(child) -> list[str]:
    """Every address that needs no more than a child, and what of it."""
    keys = {"child_id": str(child.pk), "track": "host_release", "entry": "carer", "kind": "born"}
    found = []
    for route in routes(get_resolver().url_patterns):
        wanted = PARAMETER.findall(route)
        if "child_id" in wanted and set(wanted) <= set(keys) and not route.startswith("api/"):
            found.append("/" + PARAMETER.sub(lambda part: keys[part[1]], route))
    return found


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_a_child_is_accessible_and_fits_a_phone(
    page, live_server, enter, caseload, workers, language
):
    found: list[str] = []
    too_wide: list[str] = []
    looked_at: set[str] = set()
    speak(page, live_server, language)

    for worker in workers:
        enter(worker)
        for address in pages_of(caseload["child"]):
            if address in looked_at or not opens(page, live_server.url + address):
                continue
            looked_at.add(address)
            page.set_viewport_size({"width": WIDE, "height": 800})
            page.goto(live_server.url + address)
            found += found_by_axe(page)
            page.set_viewport_size({"width": NARROW, "height": 740})
            too_wide += [address] if wider_than_the_screen(page) else []

    assert found == []
    assert too_wide == []
    assert len(looked_at) > PAGES_OF_A_CHILD


def opens(page, address) -> bool:
    """Tell whether a page stands there for who is signed in, and no form to be sent elsewhere."""
    answer = page.request.get(address, max_redirects=0)
    return answer.status == 200 and answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_page_of_a_judged_candidate_is_accessible(
    page, live_server, client, accounts, judged, console, language
):
    client.force_login(accounts["anna"])
    session = client.cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
    speak(page, live_server, language)

    page.goto(live_server.url + reverse("tracing:candidate", args=[judged["candidate"].pk]))

    assert found_by_axe(page) == []
    assert console == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_for_everyone_are_accessible(page, live_server, transactional_db, console, language):
    speak(page, live_server, language)
    page.goto(f"{live_server.url}/sign-in/")
    found = found_by_axe(page)

    page.locator("#sign-in button.govuk-button").last.click()
    page.locator(".govuk-error-summary").wait_for()

    assert found + found_by_axe(page) == []
    # What the server answers to an empty form is no fault of the page.
    assert [line for line in console if "422" not in line] == []


@pytest.fixture
def story(caseload, accounts, owning):
    """What the guided tour is about: an operation, who stayed, and a home that did not last."""
    own = {"recorded_by": accounts["malik"], "recorded_at": AT}
    child, day = caseload["child"], AT.date()
    with owning(), transaction.atomic():
        for role in set(Role) - {Role.CLOCK}:
            User.objects.create_user(f"tour-{role}", role=role, full_name="Made Up")
        operation = Operation.objects.create(title="From north to south", **own)
        Leaving.objects.create(
            operation=operation, child=child, left=Left.NOT_FLOWN, why=WhyNot.DOCUMENT, **own
        )
        told = {"kind": "foster", "name": "Made Up", "why": "asked", "for_now": False}
        carer = Carer.objects.create(child=child, **told, **own)
        placed = Placed.objects.create(child=child, carer=carer, moved_on=day, **own)
        Breakdown.objects.create(child=child, placed=placed, ended_on=day, **own)


@pytest.mark.urls("tour_urls")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_tour_is_accessible_and_fits_a_phone(looked_at, page, story, accounts, console, language):
    found, too_wide = looked_at({"malik": ["/tour/"]}, accounts, language)

    assert page.locator(".kw-tour__stop").count() == len(STOPS)
    assert found == []
    assert too_wide == []
    assert console == []


def test_axe_finds_what_is_wrong(page, live_server, transactional_db):
    page.goto(f"{live_server.url}/sign-in/")
    page.evaluate("document.querySelector('label').remove()")

    assert any(": label at" in each for each in found_by_axe(page))


def test_first_load_is_light(page, live_server, sign_in, caseload):
    sign_in("anna")
    weights: list[int] = []
    page.on("response", lambda answer: weights.append(compressed(answer.body())))

    page.goto(live_server.url + reverse("tracing:candidate", args=[caseload["candidate"].pk]))
    page.wait_for_load_state("networkidle")

    assert sum(weights) <= BUDGET


def compressed(body: bytes) -> int:
    """Return the size on the wire of a body that a server compresses."""
    return len(gzip.compress(body, 9))
