"""A group of thirty in one sitting, which a reload does not lose; and a list with bad rows."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hands import agree, found_by_axe
from playwright.sync_api import expect

from kinward.people import actions
from kinward.people.models import Draft, Person

pytestmark = pytest.mark.django_db(transaction=True)

THIRTY = 30
EMPTY = {f"{each}-0-answer": ["not_asked"] for each in ("name", "sex", "born", "mother", "father")}
PASTED = (
    "№\tФИО\tПол\tВозраст\n"
    "1\tРуслан Магомедов\tм\t7\n"
    "2\tЗаира Алиева\tы\t6\n"
    "3\tAmina\tж\t8 months\n"
    "4\tعلي\tм\t5\n"
)


@pytest.fixture
def enter(live_server, page, make_client, accounts):
    """Sign in as the registrar, without the doors that another journey goes through."""
    client = make_client()
    client.force_login(accounts["huda"])
    session = client.cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
    return accounts["huda"]


def type_child(page, number, name, age):
    """What a registrar does for each child: a name, a sex, an age, on."""
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Child {number} of {THIRTY}")
    page.locator("#id_name-0-text").fill(name)
    page.get_by_label("girl or woman").check()
    page.locator("#id_born-0-age").fill(age)


def fill_the_rest(by):
    """The pages of the other children, as each was kept when it was typed."""
    with transaction.atomic():
        draft = Draft.objects.get()
        for number in range(3, THIRTY + 1):
            typed = EMPTY | {"name-0-text": [f"Child {number}"], "born-0-age": [str(number % 8)]}
            actions.keep_page(draft=draft, number=number, typed=typed, by=by, at=timezone.now())


def test_group_of_thirty_is_typed_kept_checked_and_registered(live_server, page, enter):
    page.goto(live_server.url + "/children/")
    page.get_by_role("link", name="Register a group").click()
    page.get_by_role("button", name="Begin a group").click()
    agree(page)
    page.locator("#id_note").fill("Came in one bus.")
    page.locator("#id_as_of").fill("2018-12-30")
    page.locator("#id_custodian-0-text").fill("دار الكرخ")
    expect(page.locator("#kept")).to_contain_text("Kept at")
    page.get_by_role("button", name="Go on to the first child").click()
    type_child(page, 1, "Заира", "7")
    page.get_by_role("button", name="Go on to the next child").click()
    type_child(page, 2, "مريم", "5")
    page.get_by_label("Заира").check()
    expect(page.locator("#kept")).to_contain_text("Kept at")
    page.reload()
    expect(page.locator("#id_name-0-text")).to_have_value("مريم")
    expect(page.get_by_label("Заира")).to_be_checked()
    assert found_by_axe(page) == []
    fill_the_rest(by=enter)
    page.get_by_role("button", name="Check all answers").click()
    expect(page.get_by_role("link", name="Change child")).to_have_count(THIRTY)
    assert found_by_axe(page) == []
    page.get_by_role("button", name="Register 30 children").click()
    expect(page.get_by_text("30 children are registered as a group.")).to_be_visible()
    assert Person.objects.filter(group__isnull=False).count() == THIRTY


def test_list_with_bad_rows_is_registered_and_its_rows_mended(live_server, page, enter):
    page.goto(live_server.url + reverse("people:take_list"))
    page.get_by_label("Who handed the list over?").fill("Red Crescent")
    page.get_by_label("What is it called?").fill("shelter in Karkh")
    page.get_by_label("Of which day is it?").fill("2018-12-30")
    page.get_by_label("Copy the rows here").fill(PASTED)
    page.get_by_role("button", name="Go on to the columns").click()
    expect(page.get_by_label("ФИО")).to_have_value("name")
    expect(page.get_by_label("Возраст")).to_have_value("age")
    page.get_by_label("not asked yet").check()
    assert found_by_axe(page) == []
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_text("Write female or male")).to_be_visible()
    expect(page.get_by_text("This is no age in whole years")).to_be_visible()
    assert found_by_axe(page) == []
    page.get_by_role("button", name="Register 2 children").click()
    expect(page.get_by_text("2 children are registered from this list.")).to_be_visible()
    page.get_by_role("link", name="Mend row 3").click()
    page.get_by_label("Пол").fill("ж")
    page.get_by_role("button", name="Mend the row").click()
    expect(page.get_by_text("The row is mended.")).to_be_visible()
    page.get_by_role("button", name="Register 1 child").click()
    expect(page.get_by_text("1 child is registered from this list.")).to_be_visible()
    expect(page.get_by_role("link", name="Cannot be read: 1")).to_be_visible()
    assert Person.objects.count() == 3
