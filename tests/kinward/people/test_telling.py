from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kinward.access import actions as access
from kinward.access.models import Emergency, Finding, Purpose, Role
from kinward.audit.actions import record, record_reads
from kinward.audit.models import Event
from kinward.audit.rules import TELLING, as_told
from kinward.people import actions
from kinward.people.consents import ConsentPurpose, Giver, State
from kinward.people.rules import ConsentAnswer

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("http://x","y")'


@pytest.fixture
def officer(client, make_user):
    user = make_user("anna", role=Role.TRACING_OFFICER)
    client.force_login(user)
    return user


@pytest.fixture
def told_child(make_child, make_user, say, at):
    """A child that was read, listed, stated about, shared, referred, and opened in an emergency."""
    huda = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")
    far = make_user("=far", role=Role.REGISTRAR, region="RU-DA")
    child = make_child(by=huda)
    for hour in (1, 2):
        record_reads(
            "people.read",
            [child],
            by=huda,
            at=at + timedelta(hours=hour),
            purpose="tracing",
            compartments=["identity", "family"],
        )
    actions.add_statement(person=child, statement=say("born", edtf="2012"), by=huda, at=at)
    agrees = ConsentAnswer(
        purpose=ConsentPurpose.SHARING,
        named=FORMULA,
        state=State.GIVEN,
        giver=Giver.CHILD,
        form_version="2018-11",
        language="ar",
    )
    actions.record_consent(person=child, answer=agrees, by=huda, at=at)
    access.refer(
        subject=child,
        purpose=Purpose.TRACING,
        reason="They know the family.",
        to_account=far,
        by=huda,
        at=at + timedelta(days=1),
    )
    use = access.break_glass(
        subject=child,
        reference=child.reference,
        emergency=Emergency.DANGER,
        reason="He is at the door.",
        by=far,
        at=at + timedelta(days=2),
    )
    access.review_emergency(
        use=use,
        finding=Finding.NEEDED,
        reason="I called.",
        by=make_user("olga", role=Role.DATA_PROTECTION_OFFICER),
        at=at + timedelta(days=3),
    )
    return child


def days(response):
    return {
        (str(day.day), day.actor): {told.action: told for told in day.told}
        for day in response.context["days"]
    }


def test_list_tells_day_by_day_who_did_what_and_why(client, officer, told_child):
    page = client.get(reverse("people:history", args=[told_child.pk]))

    found = days(page)
    first = found["2019-01-02", "huda"]
    assert first["people.read"].times == 2
    assert first["people.read"].purpose == "tracing"
    assert first["people.read"].compartments == ("family", "identity")
    assert first["people.stated"].details == (("property", "born"),)
    assert set(found["2019-01-03", "huda"]) == {"access.offered_referral"}
    assert found["2019-01-04", "=far"]["access.broke_glass"].details == (("emergency", "danger"),)
    assert set(found["2019-01-05", "olga"]) == {"access.reviewed_emergency"}
    assert set(found[str(timezone.localdate()), "anna"]) == {"people.read"}
    body = page.content.decode()
    for words in ("Date of birth or age", "finding a family", "family and identity", "2 times"):
        assert words in body
    assert "no answer yet" in body
    assert "it was needed" in body


def test_reading_in_a_request_is_written_down_with_its_purpose(client, officer, told_child):
    client.get(reverse("people:history", args=[told_child.pk]))

    assert Event.objects.get(action="people.read", actor="anna").purpose == "tracing"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"actor": "olga"}, {("2019-01-05", "olga")}),
        ({"act": "given"}, {("2019-01-03", "huda"), ("2019-01-04", "=far")}),
        ({"since": "2019-01-04", "until": "2019-01-04"}, {("2019-01-04", "=far")}),
        ({"purpose": "management"}, set()),
    ],
)
def test_list_is_narrowed(client, officer, told_child, asked, found):
    page = client.get(reverse("people:history", args=[told_child.pk]), asked)

    assert set(days(page)) == found


def test_list_says_that_a_day_cannot_be_read(client, officer, told_child):
    page = client.get(reverse("people:history", args=[told_child.pk]), {"since": "yesterday"})

    assert page.status_code == 422
    assert 'href="#id_since"' in page.content.decode()


def test_list_is_paged_by_days(client, officer, make_child, at):
    child = make_child()
    for day in range(30):
        record("people.read", child, by=officer, at=at + timedelta(days=day))

    page = client.get(reverse("people:history", args=[child.pk]), {"page": "2"})

    assert len(page.context["days"]) == 32 - 25  # 30 days, the registering, today
    assert "26 to 32 of 32" in page.content.decode()


def test_file_holds_all_of_it_and_runs_nothing(client, officer, told_child):
    response = client.get(reverse("people:history_file", args=[told_child.pk]))

    head, *rows = csv.reader(StringIO(response.content.decode("utf-8-sig")))
    read = next(row for row in rows if row[5] == "read" and row[3] == "huda")
    assert dict(zip(head, read, strict=True)) == {
        "Day": "2019-01-02",
        "First": "10:30:00",
        "Last": "11:30:00",
        "Account": "huda",
        "Role": "registrar",
        "What": "read",
        "Times": "2",
        "What for?": "finding a family",
        "Of what": "family; identity",
        "Details": "",
        "Device": "",
        "Recipient": "",
    }
    recipients = [row[11] for row in rows if row[11]]
    assert recipients == [f"'{FORMULA}", "'=far"]
    assert [row[3] for row in rows if row[5] == "opened in an emergency"] == ["'=far"]
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert f"{told_child.reference}-log.csv" in response["Content-Disposition"]


@pytest.mark.parametrize(("name", "form"), [("history_file", "csv"), ("history_print", "print")])
def test_handing_the_list_out_is_in_the_list(client, officer, told_child, name, form):
    client.get(reverse(f"people:{name}", args=[told_child.pk]))

    event = Event.objects.get(action="people.handed_out_log")
    assert (event.object_id, event.actor) == (str(told_child.pk), "anna")
    assert event.details == {"form": form}


def test_print_for_the_family_names_roles_and_no_account(client, officer, told_child):
    body = client.get(reverse("people:history_print", args=[told_child.pk])).content.decode()

    main = body[body.index("<main") : body.index("</main")]
    for words in ("registrar", "data-protection officer", "opened in an emergency", "Take back"):
        assert words in main
    assert "=HYPERLINK" in main  # to whom it may be passed on is the family's own decision
    for account in ("huda", "=far", "olga", "anna"):
        assert account not in main


@pytest.mark.parametrize("name", ["history_file", "history_print"])
def test_list_is_handed_out_by_nobody_who_may_not_read_it(client, make_user, told_child, name, at):
    manager = make_user(role=Role.PROGRAMME_MANAGER)
    client.force_login(manager)

    assert client.get(reverse(f"people:{name}", args=[told_child.pk])).status_code == 404
    assert not Event.objects.filter(action="people.handed_out_log").exists()


def test_page_of_a_child_open_in_an_emergency_says_so(client, make_user, make_child):
    child = make_child(region="IQ-NI")
    zaur = make_user("zaur", role=Role.REGISTRAR, region="IQ-BG", full_name="Zaur Aliev")
    client.force_login(zaur)
    access.break_glass(
        subject=child,
        reference=child.reference,
        emergency=Emergency.DANGER,
        reason="He is at the door.",
        by=zaur,
        at=timezone.now(),
    )

    for name in ("child", "facts", "timeline", "consent"):
        body = client.get(reverse(f"people:{name}", args=[child.pk])).content.decode()
        assert "Opened in an emergency by \u2068Zaur Aliev\u2069" in body
    read = Event.objects.filter(action="people.read", actor="zaur")
    assert set(read.values_list("purpose", flat=True)) == {"protection"}
    opened = set(read.values_list("compartments", flat=True))
    assert opened == {"family identity location public"}  # what an emergency opens, no evidence


def test_page_of_a_child_of_ones_own_says_nothing_of_it(client, registrar, make_child):
    child = make_child(by=registrar)

    body = client.get(reverse("people:child", args=[child.pk])).content.decode()

    assert "Opened in an emergency" not in body


acts = st.builds(
    Event,
    action=st.sampled_from(["people.read", "people.listed"]),
    purpose=st.sampled_from(["", "tracing"]),
    compartments=st.sampled_from(["", "family identity"]),
    details=st.sampled_from([{}, {"property": "born"}, {"assertion": "1"}]),
    at=st.datetimes(),
)


@given(st.lists(acts, max_size=30))
def test_telling_leaves_nothing_out_and_adds_nothing(events):
    events.sort(key=lambda event: event.at)

    told = as_told(events)

    assert sum(each.times for each in told) == len(events)
    assert all(each.first_at <= each.last_at for each in told)
    same = [(each.action, each.purpose, each.compartments, each.details) for each in told]
    assert len(same) == len(set(same))
    assert {part for each in told for part, _said in each.details} <= set(TELLING)
