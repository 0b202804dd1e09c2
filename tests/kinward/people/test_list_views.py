from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from reliability import made

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.people import actions, listed
from kinward.people.models import ListRow, NameList, Person
from kinward.people.rules import LISTED_ALIKE_OFTEN

pytestmark = pytest.mark.django_db

GIVEN = {"name": "shelter", "given_by": "Red Crescent", "given_on": "2018-12-30"}
PASTED = "Name\tSex\tAge\nرسلان\tm\t7\nЗаира\tx\t6\n=1+1\tf\t8\n"
SAID = {
    "said_by": "official",
    "certainty": "probable",
    "as_of": "2018-12-30",
    "consent-state": "not_sought",
    "consent-giver": "child",
}
COLUMNS = {"column_0": "name", "column_1": "sex", "column_2": "age"} | SAID


@pytest.fixture
def taken(client, registrar):
    """A list that was pasted; not read yet."""
    client.post("/lists/new/", GIVEN | {"pasted": PASTED})
    return NameList.objects.get()


@pytest.fixture
def one(client, taken):
    """A list whose columns were named."""
    client.post(reverse("people:list_columns", args=[taken.pk]), COLUMNS)
    return taken


def register(client, one, **sent):
    """Press the button of the page as it stands."""
    seen = {"seen": str(listed.reading_of(one).pk)}
    return client.post(reverse("people:list", args=[one.pk]), seen | sent, follow=True)


def body(response) -> str:
    return response.content.decode()


def row_of(one, number):
    return ListRow.objects.get(of=one, number=number, mended_by=None)


def test_list_is_pasted_its_columns_named_its_rows_checked_and_registered(client, registrar):
    taken = client.post("/lists/new/", GIVEN | {"pasted": PASTED})
    columns = client.get(taken.url)
    named = client.post(taken.url, COLUMNS)
    checked = client.get(named.url)
    seen = re.search(r'name="seen" value="([^"]+)"', body(checked))[1]
    registered = client.post(named.url, {"seen": seen}, follow=True)

    guessed = re.findall(r'<option value="(\w+)" selected', body(columns))
    assert guessed[:3] == ["name", "sex", "age"]
    assert "رسلان" in body(columns)
    assert "Register 1 child" in body(checked)
    assert "1 child is registered from this list." in body(registered)
    child = Person.objects.get()
    assert child.reference in body(registered)
    assert child.assertions.get(property="name").source == "shelter, row 2"


def test_workbook_is_taken_in(client, registrar):
    book, written = openpyxl.Workbook(), BytesIO()
    for row in (["ФИО", "Возраст"], ["Заира", 6]):
        book.active.append(row)
    book.save(written)
    file = SimpleUploadedFile("list.xlsx", written.getvalue())

    response = client.post("/lists/new/", GIVEN | {"file": file})

    assert response.status_code == 302
    assert ListRow.objects.get().cells == ["Заира", "6"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "one of the two"),
        ({"pasted": PASTED, "file": SimpleUploadedFile("x.csv", b"a\nb\n")}, "one of the two"),
        ({"file": SimpleUploadedFile("x.csv", b"\xcd\xc7\n")}, "saved as UTF-8"),
        ({"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04")}, "cannot be read"),
        ({"pasted": "Name"}, "a row for a child"),
        ({"pasted": 'Name\tAge\n"Ali\t7'}, "Row 2"),
        ({"pasted": PASTED, "given_on": "yesterday"}, "This date cannot be read"),
        ({"pasted": "Locus,Value\nD3S1358,14"}, "genetic profile"),
    ],
)
def test_what_is_no_list_is_refused_in_words(client, registrar, sent, said):
    response = client.post("/lists/new/", GIVEN | sent)

    assert response.status_code == 422
    assert said in body(response)
    assert NameList.objects.count() == 0


def test_words_that_label_are_named_and_left_out_if_asked(client, registrar):
    labels = GIVEN | {"pasted": "Name\tRemarks\nAli\tISIS child\nOmar\tquiet\n"}

    refused = client.post("/lists/new/", labels)
    taken = client.post("/lists/new/", labels | {"leave_out": "on"}, follow=True)
    client.post(taken.request["PATH_INFO"], {"column_0": "name", "column_1": ""} | SAID)
    checked = client.get(reverse("people:list", args=[NameList.objects.get().pk]))

    assert refused.status_code == 422
    assert "Row 2, column" in body(refused)
    assert "Leave these cells out" in body(refused)
    assert "1 cell was left out" in body(checked)


def test_same_list_leads_to_the_one_taken_in_before(client, one):
    again = client.post("/lists/new/", GIVEN | {"pasted": PASTED}, follow=True)

    assert again.request["PATH_INFO"] == reverse("people:list", args=[one.pk])
    assert "This very list was taken in before" in body(again)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (COLUMNS | {"column_1": "age"}, "Two columns cannot both mean this."),
        (SAID, "Say of one column at least what it means."),
        (COLUMNS | {"consent-state": "overridden"}, "give the decision and who took it"),
    ],
)
def test_columns_that_cannot_be_so_are_refused(client, taken, sent, said):
    response = client.post(reverse("people:list_columns", args=[taken.pk]), sent)

    assert response.status_code == 422
    assert said in body(response)
    assert listed.reading_of(taken) is None


def test_rows_read_otherwise_meanwhile_come_back_to_be_checked(client, one):
    address = reverse("people:list", args=[one.pk])
    seen = str(listed.reading_of(one).pk)
    client.post(reverse("people:list_columns", args=[one.pk]), COLUMNS | {"column_2": "language"})

    response = client.post(address, {"seen": seen})

    assert response.status_code == 409
    assert "another meaning meanwhile" in body(response)
    assert Person.objects.count() == 0


def test_list_whose_columns_nobody_named_leads_to_naming_them(client, taken):
    columns = reverse("people:list_columns", args=[taken.pk])

    assert client.get(reverse("people:list", args=[taken.pk])).url == columns
    row = reverse("people:mend_row", args=[taken.pk, row_of(taken, 3).pk])
    assert client.get(row).url == columns


def test_named_columns_stay_named_when_they_are_named_anew(client, one):
    address = reverse("people:list_columns", args=[one.pk])
    client.post(address, COLUMNS | {"column_2": "language"})

    guessed = re.findall(r'<option value="(\w+)" selected', body(client.get(address)))

    assert guessed[:3] == ["name", "sex", "language"]


def test_each_row_says_how_it_stands_and_what_is_wrong_in_which_column(client, one):
    page = body(client.get(reverse("people:list", args=[one.pk])))

    assert "All rows: 3" in page
    assert "Can be registered: 1" in page
    assert "Cannot be read: 2" in page
    assert re.search(r"<bdi>Sex</bdi></strong> – Write female or male", page)
    assert re.search(r"<bdi>Name</bdi></strong> – This is a formula", page)


def test_rows_of_one_standing_or_one_number_are_shown_if_asked(client, one):
    address = reverse("people:list", args=[one.pk])

    wrong, second = client.get(address, {"show": "wrong"}), client.get(address, {"row": "2"})
    none = client.get(address, {"show": "registered"})

    assert re.findall(r'id="row-(\d+)"', body(wrong)) == ["3", "4"]
    assert re.findall(r'id="row-(\d+)"', body(second)) == ["2"]
    assert "No row of this list stands so now." in body(none)


def test_row_is_mended_with_what_is_wrong_said_at_its_cell(client, one):
    address = reverse("people:mend_row", args=[one.pk, row_of(one, 3).pk])

    asked = body(client.get(address))
    mended = client.post(address, {"cell_0": "Заира", "cell_1": "f", "cell_2": "6"}, follow=True)

    assert re.search(r'id="id_cell_1_helptext">Write female or male', asked)
    assert "The row is mended." in body(mended)
    assert "can be registered" in body(mended)


def test_row_mended_meanwhile_comes_back_with_what_was_typed(client, one):
    row = row_of(one, 3)
    address = reverse("people:mend_row", args=[one.pk, row.pk])
    client.post(address, {"cell_0": "Заира", "cell_1": "f"})

    response = client.post(address, {"cell_0": "Zaira", "cell_1": "f"})

    assert response.status_code == 409
    assert 'value="Zaira"' in body(response)


def test_row_is_not_mended_with_words_that_label(client, registrar):
    client.post("/lists/new/", GIVEN | {"pasted": "Name\tRemarks\nAli\tx\tmore\n"})
    one = NameList.objects.get()
    client.post(reverse("people:list_columns", args=[one.pk]), {"column_0": "name"} | SAID)
    address = reverse("people:mend_row", args=[one.pk, row_of(one, 2).pk])

    asked = body(client.get(address))
    response = client.post(address, {"cell_0": "Ali", "cell_1": "terrorist", "cell_2": ""})

    assert "This row has more cells than the list has columns." in asked
    assert "Column 3" in asked
    assert response.status_code == 422


def test_children_like_those_of_a_row_are_advice_and_in_the_log(client, registrar, make_child):
    mother = made.said("mother", text="Zaynab Alieva")
    known = make_child("رسلان محمدوف", statements=[mother], region="IQ-BG")
    make_child("Руслан Магомедов", statements=[mother], region="IQ-NI")
    pasted = "Name,Mother\nRuslan Magomedov,Зайнаб Алиева\nWolfgang,\n"
    client.post("/lists/new/", GIVEN | {"pasted": pasted})
    one = NameList.objects.get()
    client.post(
        reverse("people:list_columns", args=[one.pk]),
        {"column_0": "name", "column_1": "mother"} | SAID,
    )

    page = body(client.get(reverse("people:list", args=[one.pk])))

    assert page.count("On record already?") == 1
    assert known.reference in page
    assert "1 child in another office" in page
    assert "Register 2 children" in page
    found = Event.objects.filter(action="people.found").values_list("object_id", flat=True)
    assert list(found) == [str(known.pk)]


def test_list_says_so_where_nobody_was_looked_for(client, one, registrar):
    ((_, most), _) = LISTED_ALIKE_OFTEN
    for _ in range(most):
        actions.look_for_alike_each(asked=[], by=registrar, at=timezone.now())

    page = body(client.get(reverse("people:list", args=[one.pk])))

    assert "was not looked for" in page
    assert "Register 1 child" in page


def test_rows_that_wait_are_handed_out_with_why_and_run_nothing(client, one, registrar):
    response = client.get(reverse("people:list_waiting", args=[one.pk]))

    rows = list(csv.reader(StringIO(body(response).lstrip("\ufeff"))))
    assert rows[0] == ["Row", "Name", "Sex", "Age", "Why it is not registered"]
    assert [row[:4] for row in rows[1:]] == [["3", "Заира", "x", "6"], ["4", "'=1+1", "f", "8"]]
    assert rows[1][4].startswith("Sex: Write female or male")
    assert Event.objects.get(action="people.handed_out_rows").details == {"rows": 2}


def test_rows_that_say_the_same_wait_until_a_person_says_they_are_another(client, registrar):
    client.post("/lists/new/", GIVEN | {"pasted": "Name,Age\n?,5\n?,5\n"})
    one = NameList.objects.get()
    address = reverse("people:list", args=[one.pk])
    client.post(
        reverse("people:list_columns", args=[one.pk]),
        {"column_0": "name", "column_1": "age"} | SAID,
    )

    asked = body(client.get(address))
    waiting = body(client.get(reverse("people:list_waiting", args=[one.pk])))
    register(client, one, as_well=str(row_of(one, 3).pk))

    assert "Row 2 of this list says just the same." in asked
    assert "It says just what another row says." in waiting
    assert Person.objects.count() == 2


def test_registered_row_of_a_child_that_went_to_another_office_is_not_led_to(
    client, one, registrar, make_user, at
):
    register(client, one)
    child = Person.objects.get()
    made_by = make_user("sara", role=Role.REGISTRAR, region="IQ-NI")
    page = body(client.get(reverse("people:list", args=[one.pk])))
    logged = Event.objects.filter(action="people.listed", object_id=str(child.pk)).count()

    client.force_login(made_by)
    elsewhere = client.get(reverse("people:list", args=[one.pk]))

    assert str(child.pk) in page
    assert logged > 0
    assert elsewhere.status_code == 404


def test_record_leads_to_its_row_of_the_list(client, one, registrar):
    register(client, one)

    page = body(client.get(reverse("people:child", args=[Person.objects.get().pk])))

    assert f"{reverse('people:list', args=[one.pk])}?row=2" in page
    assert "row 2" in page


def test_lists_are_shown_with_who_handed_them_over(client, one):
    page = body(client.get("/lists/"))

    assert "shelter" in page
    assert "Red Crescent" in page
    assert "0 of 3" in page
    assert Event.objects.filter(action="people.opened_list").count() > 0


def test_no_list_says_what_would_fill_the_page(client, registrar):
    assert "No list is taken in yet." in body(client.get("/lists/"))


def test_list_costs_the_same_for_one_row_and_for_nine(
    client, registrar, at, django_assert_max_num_queries
):
    def cost(count):
        rows = "".join(f"Child {count} {number},{number % 9}\n" for number in range(count))
        client.post("/lists/new/", GIVEN | {"pasted": f"Name,Age\n{rows}"})
        one = NameList.objects.order_by("-id").first()
        columns = {"column_0": "name", "column_1": "age"} | SAID
        client.post(reverse("people:list_columns", args=[one.pk]), columns)
        actions.register_rows(one=one, by=registrar, at=at)
        address = reverse("people:list", args=[one.pk])
        client.get(address)
        with django_assert_max_num_queries(100) as taken:
            client.get(address)
        return len(taken)

    assert cost(1) == cost(9)
