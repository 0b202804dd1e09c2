from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.urls import reverse
from reliability import made

from kinward.access.models import Role, clock
from kinward.audit.context import acting
from kinward.audit.models import Event
from kinward.core import keystore
from kinward.core.errors import NotAllowed
from kinward.people import actions, listed, workings
from kinward.people.consents import Giver, State
from kinward.people.listed import Standing
from kinward.people.listing import Told
from kinward.people.models import Draft, DraftOf, DraftPage, Person
from kinward.people.retention import OURS, Workings, terms
from kinward.people.rules import ConsentAnswer

pytestmark = pytest.mark.django_db

MONTH, YEAR, MOMENT = timedelta(days=30), timedelta(days=365), timedelta(seconds=1)
TABLE = [
    (1, ["Name", "Born"]),
    (2, ["رسلان", "2012"]),
    (3, ["Заира", "soon"]),
    (4, ["Ali", "soon"]),
]


@pytest.fixture
def draft(registrar, at):
    begun = actions.begin_draft(of=DraftOf.CHILD, by=registrar, at=at)
    actions.keep_page(
        draft=begun, number=3, typed={"name-0-text": ["رسلان"]}, by=registrar, at=at + MONTH
    )
    return begun


@pytest.fixture
def one(registrar, at):
    """A list of three rows: one is registered, one was mended, neither of the others can be."""
    taken = actions.take_list(table=TABLE, name="Karkh", given_by="a ministry", by=registrar, at=at)
    actions.read_list(
        one=taken.list,
        meanings=["name", "born"],
        told=Told(),
        consent=ConsentAnswer(state=State.NOT_SOUGHT, giver=Giver.CHILD),
        by=registrar,
        at=at,
    )
    actions.register_rows(one=taken.list, by=registrar, at=at)
    actions.mend_row(row=taken.list.rows.get(number=4), cells=["Ali", "later"], by=registrar, at=at)
    return taken.list


@pytest.fixture
def let_go(django_capture_on_commit_callbacks):
    def go(at):
        with acting(clock()), django_capture_on_commit_callbacks(execute=True):
            return actions.let_go_of_workings(by=clock(), at=at)

    return go


def test_draft_goes_with_its_key_a_month_after_anybody_typed_in_it(draft, let_go, at):
    early = let_go(at + 2 * MONTH - MOMENT)
    due = workings.drafts_due(at=at + 2 * MONTH)
    late = let_go(at + 2 * MONTH)

    assert (early[Workings.DRAFTS], due, late[Workings.DRAFTS]) == (0, [draft.pk], 1)
    assert (Draft.objects.count(), DraftPage.objects.count()) == (0, 0)
    assert keystore.store().count_of([draft.pk]) == 0
    told = Event.objects.filter(action="people.let_workings_go").values_list("details", flat=True)
    assert [(each["drafts"], each["rows"]) for each in told] == [(1, 0)]


def test_rows_without_a_record_go_a_year_after_anybody_worked_on_the_list(
    one, registrar, let_go, at
):
    early = let_go(at + YEAR - MOMENT)
    late = let_go(at + YEAR)
    again = let_go(at + YEAR + MONTH)

    assert [each[Workings.ROWS] for each in (early, late, again)] == [0, 3, 0]
    reading = listed.reading_of(one)
    standings = [each.standing for each in listed.checked(one, reading, user=registrar)]
    assert standings == [Standing.REGISTERED, Standing.GONE, Standing.GONE]
    row = listed.source_of(Person.objects.get(), user=registrar)
    assert row.cells == ["رسلان", "2012"]
    assert actions.register_rows(one=one, by=registrar, at=at + YEAR) == []


def test_row_that_was_mended_and_registered_is_kept_with_what_it_was_mended_from(
    one, registrar, let_go, at
):
    late = at + timedelta(days=200)
    first = one.rows.get(number=3)
    actions.mend_row(row=first, cells=["Заира", "2013"], by=registrar, at=late)
    actions.register_rows(one=one, by=registrar, at=late)

    gone = let_go(late + YEAR)

    first.refresh_from_db()
    assert gone[Workings.ROWS] == 2
    assert first.cells == ["Заира", "soon"]


def test_list_somebody_worked_on_keeps_its_rows(one, registrar, at):
    later = at + timedelta(days=300)
    row = one.rows.get(number=3)
    actions.mend_row(row=row, cells=["Заира", "?soon"], by=registrar, at=later)

    assert workings.rows_due(at=at + YEAR) == []
    assert len(workings.rows_due(at=later + YEAR)) == 4


def test_list_says_which_rows_are_not_kept_any_longer(client, one, let_go, at):
    let_go(at + YEAR)

    page = client.get(reverse("people:list", args=[one.pk])).content.decode()

    assert "not kept any longer" in page
    assert "Mend row" not in page


def test_nobody_lets_workings_go_but_who_erases(registrar, at):
    with pytest.raises(NotAllowed):
        actions.let_go_of_workings(by=registrar, at=at)


def test_daily_run_lets_go_and_the_list_of_what_is_due_names_it(draft, one):
    due = StringIO()
    call_command("retention", "due", stdout=due)
    run = StringIO()
    call_command("carry_out_erasures", stdout=run)

    assert "drafts never registered: 1 due after 30 days" in due.getvalue()
    assert "rows never registered: 3 due after 365 days" in due.getvalue()
    assert "let go of by the schedule: 1 drafts, 3 rows." in run.getvalue()


def test_page_of_what_is_due_counts_both_for_who_watches_over_it(client, draft, one):
    client.force_login(made.account("officer", role=Role.DATA_PROTECTION_OFFICER))

    page = client.get(reverse("people:retention"))

    assert [(term.kind, due) for term, due in page.context["workings"]] == [
        (Workings.DRAFTS, 1),
        (Workings.ROWS, 3),
    ]
    assert "Rows of lists without a record" in page.content.decode()


def test_nobody_else_is_told_how_much_is_due(registrar, at):
    assert workings.all_due(user=registrar, at=at) == []


@pytest.mark.parametrize(
    ("there", "instead"),
    [("[rows]", "[lines]"), ("days = 365", "days = 'a year'"), ("[rows]", "[")],
)
def test_schedule_without_a_term_is_unfit(tmp_path, there, instead):
    path = tmp_path / "ours.toml"
    path.write_text(OURS.read_text().replace(there, instead))

    with pytest.raises(ImproperlyConfigured):
        terms(path)
