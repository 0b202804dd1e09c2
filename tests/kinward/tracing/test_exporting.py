"""Lists that leave the screen: printed, or as a sealed file that a second person agreed to."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pyrage
import pytest
from openpyxl import load_workbook

from kinward.access import actions as access
from kinward.access.models import Approval, Role
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed
from kinward.core.sheets import Table, as_csv, as_workbook
from kinward.tracing import actions
from kinward.tracing.actions.exporting import Export

pytestmark = pytest.mark.django_db
READER = pyrage.x25519.Identity.generate()
ASKED = {
    "purpose": "tracing",
    "form": "xlsx",
    "recipient": "Nur Haddad, office of Erbil",
    "key": str(READER.to_public()),
    "reason": "They visit the shelter on Monday.",
}


@pytest.fixture
def officer(client, make_user):
    user = make_user("anna", role=Role.TRACING_OFFICER)
    client.force_login(user)
    return user


@pytest.fixture
def manager(make_user):
    return make_user(role=Role.PROGRAMME_MANAGER)


def agreed(client, manager, at, address="/exports/children/", **asked):
    """Ask for a file, and have it agreed to; returns the approval."""
    response = client.post(address, ASKED | asked)
    assert (response.status_code, response.url) == (302, "/exports/")
    approval = Approval.objects.latest("requested_at")
    access.approve(approval=approval, by=manager, at=approval.requested_at)
    return approval


def lines_of(response):
    book = load_workbook(BytesIO(pyrage.decrypt(response.content, [READER])))
    return book.active, [[each.value for each in row] for row in book.active.iter_rows()]


def test_list_is_handed_out_once_a_second_person_agreed_and_each_child_tells_of_it(
    client, officer, manager, make_child, at
):
    children = [make_child("Руслан"), make_child("=cmd()")]
    approval = agreed(client, manager, at)
    page = client.get("/exports/").content.decode()

    response = client.post(f"/exports/{approval.pk}/")

    assert f'action="/exports/{approval.pk}/"' in page
    assert response["Content-Disposition"] == 'attachment; filename="kinward-children.xlsx.age"'
    assert "Руслан".encode() not in response.content
    sheet, lines = lines_of(response)
    assert (sheet.sheet_view.rightToLeft, lines[4][:2]) == (False, ["Reference", "Child"])
    assert {tuple(line[:2]) for line in lines[5:]} == {
        (child.reference, name) for child, name in zip(children, ("Руслан", "=cmd()"), strict=True)
    }
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert "Nur Haddad, office of Erbil" in lines[2][0]
    told = Event.objects.filter(action="people.exported", actor="anna")
    assert {event.object_id for event in told} == {str(child.pk) for child in children}
    assert {event.purpose for event in told} == {"tracing"}
    event = Event.objects.get(action="tracing.exported_list")
    assert (event.details["rows"], len(event.details["sha256"])) == (2, 64)


def test_file_is_made_once_and_not_without_an_answer(client, officer, manager, make_child, at):
    make_child("Руслан")
    client.post("/exports/children/", ASKED)
    waiting = Approval.objects.get()

    before = client.post(f"/exports/{waiting.pk}/")
    access.approve(approval=waiting, by=manager, at=waiting.requested_at)
    made = [client.post(f"/exports/{waiting.pk}/").status_code for _ in range(2)]

    assert (before.status_code, made) == (409, [200, 409])
    assert Event.objects.filter(action="tracing.exported_list").count() == 1
    assert "Make the file" not in client.get("/exports/").content.decode()


def test_list_that_has_changed_since_is_not_handed_out(client, officer, manager, make_child, at):
    make_child("Руслан")
    approval = agreed(client, manager, at)
    make_child("Зара")

    response = client.post(f"/exports/{approval.pk}/")

    assert response.status_code == 409
    assert "has changed since" in response.content.decode()
    assert not Event.objects.filter(action="people.exported").exists()


def test_arabic_list_of_matches_reads_from_right_to_left(
    client, officer, manager, make_candidate, at
):
    candidate = make_candidate(probability=0.97)
    approval = agreed(client, manager, at, "/exports/matches/?band=very_likely")
    client.cookies["language"] = "ar"

    sheet, lines = lines_of(client.post(f"/exports/{approval.pk}/"))

    assert approval.payload["narrowed"] == "band=very_likely"
    assert sheet.sheet_view.rightToLeft is True
    assert candidate.child.reference in lines[5]
    exported = Event.objects.filter(action="tracing.exported")
    assert [event.object_id for event in exported] == [str(candidate.pk)]


def test_requests_are_handed_out_as_csv_whose_cells_do_not_run(
    client, officer, manager, make_request, at
):
    asked_for = make_request("+Зара")
    approval = agreed(client, manager, at, "/exports/requests/", form="csv")

    content = pyrage.decrypt(client.post(f"/exports/{approval.pk}/").content, [READER])

    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert rows[5][0] == asked_for.reference
    assert rows[5][2].startswith("'+Зара")
    assert content.startswith(b"\xef\xbb\xbf")


def test_manager_hands_out_references_and_no_names(client, manager, make_child, make_user, at):
    make_child("Руслан")
    client.force_login(manager)
    approval = agreed(
        client, make_user(role=Role.DATA_PROTECTION_OFFICER), at, purpose="management"
    )

    _sheet, lines = lines_of(client.post(f"/exports/{approval.pk}/"))

    assert (lines[5][0][:2], lines[5][1] or "") == ("C-", "")
    assert client.get("/exports/matches/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "said"),
    [({"key": "age1not"}, "no age key"), ({"reason": ""}, "This field is required")],
)
def test_what_cannot_be_asked_for_is_said(client, officer, make_child, asked, said):
    make_child("Руслан")

    response = client.post("/exports/children/", ASKED | asked)

    assert response.status_code in {409, 422}
    assert said in response.content.decode()
    assert Approval.objects.count() == 0


def test_empty_list_and_one_of_too_many_rows_are_not_asked_for(client, officer, make_user, at):
    asked = {"recipient": "Nur", "reason": "visits", "at": at}
    export = Export(
        list="children", narrowed="", rows=201, digest="", purpose="tracing", form="csv", key="x"
    )

    assert "Narrow the list down" in client.get("/exports/children/").content.decode()
    with pytest.raises(actions.UnfitExport):
        actions.ask_to_export(export=export, by=officer, **asked)
    with pytest.raises(NotAllowed):
        actions.ask_to_export(export=export, by=make_user(role=Role.REGISTRAR), **asked)


@pytest.mark.parametrize(
    ("address", "of"), [("/matches/print/?show=all", "matches"), ("/requests/print/", "requests")]
)
def test_printed_list_says_who_made_it_what_for_and_is_written_down(
    client, officer, make_candidate, address, of
):
    candidate = make_candidate(probability=0.97)

    page = client.get(address).content.decode()

    assert candidate.sought.request.reference in page
    assert "tracing" in page
    assert officer.get_full_name() in page
    event = Event.objects.get(action="tracing.printed_list")
    assert event.details == {"list": of, "rows": 1}
    listed = Event.objects.filter(action="people.listed")
    assert str(candidate.sought.person_id) in {each.object_id for each in listed}


@pytest.mark.parametrize("text", ["=1+1", "\t=1", " @x", "-2", "＝1"])
def test_no_cell_of_a_file_is_run(text):
    table = Table(title="t", head=["a"], rows=[[text]])

    (_head, row) = csv.reader(StringIO(as_csv(table).decode("utf-8-sig"), newline=""))
    cell = load_workbook(BytesIO(as_workbook(table, right_to_left=True))).active["A2"]

    assert row == [f"'{text}"]
    assert (cell.data_type, cell.value, cell.number_format) == ("s", text, "@")
