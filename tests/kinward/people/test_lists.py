from __future__ import annotations

import pytest
from reliability import made

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import WordsRefused
from kinward.people import actions, listed, queries
from kinward.people.consents import Giver, State
from kinward.people.listed import Standing
from kinward.people.listing import MOST_COLUMNS, MOST_ROWS, Told, UnfitList
from kinward.people.memory import asked_for
from kinward.people.models import Assertion, ListRow, Mention, NameList, Person
from kinward.people.rules import LISTED_ALIKE_OFTEN, ConsentAnswer

pytestmark = pytest.mark.django_db

NOT_ASKED = ConsentAnswer(state=State.NOT_SOUGHT, giver=Giver.CHILD)
HEADER = ["Name", "Sex", "Age"]
MEANINGS = ["name", "sex", "age"]
ROWS = [["رسلان", "m", "7"], ["Заира", "x", "6"], ["Maryam", "f", ""]]


@pytest.fixture
def registrar(make_user):
    return make_user("huda", role=Role.REGISTRAR, region="IQ-BG")


@pytest.fixture
def take(registrar, at):
    """Take a list in: take(["Ali", "m", "7"])."""

    def taken(*rows, header=HEADER, by=registrar, **known):
        table = [(number, list(row)) for number, row in enumerate([header, *(rows or ROWS)], 1)]
        known = {"name": "shelter", "given_by": "Red Crescent", "given_on": "2018-12-30"} | known
        return actions.take_list(table=table, by=by, at=at, **known)

    return taken


@pytest.fixture
def read(registrar, at):
    def said(one, meanings=MEANINGS, consent=NOT_ASKED):
        actions.read_list(
            one=one, meanings=meanings, told=Told(), consent=consent, by=registrar, at=at
        )
        return one

    return said


def standings(one, user):
    found = listed.checked(one, listed.reading_of(one), user=user)
    return {each.row.number: each.standing for each in found}


def test_list_is_kept_word_by_word_and_registers_nobody(take, registrar):
    taken = take()

    assert not taken.known
    assert [(row.number, row.cells) for row in listed.rows_of(taken.list)] == [
        (number, row) for number, row in enumerate(ROWS, 2)
    ]
    assert (taken.list.given_by, taken.list.columns) == ("Red Crescent", HEADER)
    assert Person.objects.count() == 0
    assert Event.objects.get(action="people.took_list").details == {"rows": 3, "left_out": 0}


def test_same_list_again_is_not_taken_in_twice(take, make_user):
    first = take()
    colleague = make_user("amal", role=Role.REGISTRAR, region="IQ-BG")

    again = take(by=colleague, name="another name")

    assert again.known
    assert again.list == first.list
    assert ListRow.objects.count() == 3


def test_same_list_in_another_office_is_another_list(take, make_user):
    take()

    other = take(by=make_user("sara", role=Role.REGISTRAR, region="IQ-NI"))

    assert not other.known
    assert NameList.objects.count() == 2


@pytest.mark.parametrize(
    "table", [[], [(1, HEADER)], [(1, ["x"] * (MOST_COLUMNS + 1)), (2, ["x"])]]
)
def test_list_without_rows_or_with_too_much_is_refused(registrar, at, table):
    with pytest.raises(UnfitList):
        actions.take_list(table=table, name="x", given_by="y", by=registrar, at=at)


def test_list_longer_than_is_registered_at_once_is_refused(take):
    with pytest.raises(UnfitList):
        take(*[[f"child {number}"] for number in range(MOST_ROWS + 1)])


def test_list_is_taken_in_only_by_who_registers(take, make_user):
    with pytest.raises(NotAllowed):
        take(by=make_user("anna", role=Role.TRACING_OFFICER))


def test_words_that_label_are_refused_or_left_out_and_counted(take):
    rows = [["Ali", "m", "7", "ISIS child"], ["جهاد", "m", "8", "quiet"]]
    header = [*HEADER, "Remarks"]

    with pytest.raises(WordsRefused):
        take(*rows, header=header)
    taken = take(*rows, header=header, leave_out=True)

    assert taken.list.left_out == 1
    assert [row.cells for row in listed.rows_of(taken.list)] == [
        ["Ali", "m", "7", "…"],
        ["جهاد", "m", "8", "quiet"],
    ]


def test_genetic_profile_spread_over_cells_is_never_taken_in(take):
    with pytest.raises(WordsRefused):
        take(["D3S1358", "15,16"], header=["Locus", "Value"], leave_out=True)


def test_rows_that_can_be_read_are_registered_and_others_wait(take, read, registrar, at):
    one = read(take().list)

    made_of = actions.register_rows(one=one, by=registrar, at=at)

    assert [mention.row.number for mention in made_of] == [2, 4]
    assert standings(one, registrar) == {
        2: Standing.REGISTERED,
        3: Standing.WRONG,
        4: Standing.REGISTERED,
    }
    assert [child.region for child in Person.objects.all()] == ["IQ-BG", "IQ-BG"]
    born = Assertion.objects.get(property="born")
    assert born.value == {"age": 7, "as_of": "2018-12-30"}
    assert born.source == "shelter, row 2"
    assert born.person.consents.get().state == State.NOT_SOUGHT


def test_registering_twice_registers_nobody_twice(take, read, registrar, at):
    one = read(take().list)
    actions.register_rows(one=one, by=registrar, at=at)

    assert actions.register_rows(one=one, by=registrar, at=at) == []
    assert Person.objects.count() == 2


def test_row_of_a_later_list_that_says_the_same_waits_for_a_person(take, read, registrar, at):
    actions.register_rows(one=read(take().list), by=registrar, at=at)
    known = Person.objects.get(mention__row__number=2)
    later = read(
        take(["7", "رسلان", "male"], ["3", "Omar", "m"], header=["age", "name", "sex"]).list,
        ["age", "name", "sex"],
    )

    rows = listed.checked(later, listed.reading_of(later), user=registrar)
    actions.register_rows(one=later, by=registrar, at=at)

    assert [(each.standing, each.same_person) for each in rows] == [
        (Standing.SAME, known),
        (Standing.READY, None),
    ]
    assert standings(later, registrar) == {2: Standing.SAME, 3: Standing.REGISTERED}


def test_two_children_described_alike_are_registered_if_a_person_says_so(take, read, registrar, at):
    one = read(take(["?", "m", "5"], ["?", "m", "5"], ["?", "m", "5"]).list)
    second = listed.rows_of(one)[1]

    rows = listed.checked(one, listed.reading_of(one), user=registrar)
    actions.register_rows(one=one, as_well={str(second.pk)}, by=registrar, at=at)

    assert [each.same_row for each in rows] == [None, 2, 2]
    assert standings(one, registrar) == {
        2: Standing.REGISTERED,
        3: Standing.REGISTERED,
        4: Standing.SAME,
    }


def test_mended_row_stands_in_the_place_of_the_row_that_came(take, read, registrar, at):
    one = read(take().list)
    row = listed.rows_of(one)[1]

    mended = actions.mend_row(row=row, cells=["Заира", " f ", "6"], by=registrar, at=at)
    actions.register_rows(one=one, by=registrar, at=at)

    assert [(each.number, each.cells) for each in listed.rows_of(one)][1] == (
        3,
        ["Заира", "f", "6"],
    )
    assert ListRow.objects.get(pk=row.pk).cells == ROWS[1]
    assert mended.mention.person.assertions.get(property="sex").value == {"code": "female"}


def test_row_is_mended_once_and_not_once_it_is_registered(take, read, registrar, at):
    one = read(take().list)
    first, second, _ = listed.rows_of(one)
    actions.mend_row(row=second, cells=["Заира"], by=registrar, at=at)
    actions.register_rows(one=one, by=registrar, at=at)

    for row in (first, second):
        with pytest.raises(actions.MendedAlready):
            actions.mend_row(row=row, cells=["Заира"], by=registrar, at=at)


def test_row_is_not_mended_with_words_that_label(take, read, registrar, at):
    row = listed.rows_of(read(take(header=["a", "b", "Remarks"]).list))[1]

    with pytest.raises(WordsRefused):
        actions.mend_row(row=row, cells=["Заира", "", "terrorist"], by=registrar, at=at)


def test_rows_are_registered_only_once_somebody_said_what_the_columns_mean(take, registrar, at):
    one = take().list

    with pytest.raises(RuleBroken):
        actions.register_rows(one=one, by=registrar, at=at)


def test_rows_are_not_registered_upon_a_reading_that_was_replaced(take, read, registrar, at):
    one = read(take().list)
    seen = str(listed.reading_of(one).pk)
    read(one, ["name", "", ""])

    with pytest.raises(actions.ReadAnew):
        actions.register_rows(one=one, seen=seen, by=registrar, at=at)


def test_last_reading_of_a_list_holds(take, read, registrar):
    one = read(read(take().list), ["name", "", ""])

    assert set(standings(one, registrar).values()) == {Standing.READY}


@pytest.mark.parametrize(
    ("role", "region"), [(Role.REGISTRAR, "IQ-NI"), (Role.TRACING_OFFICER, "")]
)
def test_list_is_there_for_registrars_of_its_office_only(
    take, read, registrar, make_user, at, role, region
):
    one = read(take().list)
    actions.register_rows(one=one, by=registrar, at=at)
    child = Person.objects.first()
    other = make_user("other", role=role, region=region)

    assert list(listed.lists(user=other)) == []
    assert listed.source_of(child, user=other) is None
    assert listed.source_of(child, user=registrar).of == one
    with pytest.raises(NotFound):
        actions.register_rows(one=one, by=other, at=at)


def test_lists_tell_how_many_of_their_rows_are_registered(take, read, registrar, at):
    one = read(take().list)
    actions.mend_row(row=listed.rows_of(one)[1], cells=["?"], by=registrar, at=at)
    take(["Ali"])
    actions.register_rows(one=one, by=registrar, at=at)

    assert {(each.count, each.registered) for each in listed.lists(user=registrar)} == {
        (3, 3),
        (1, 0),
    }


def test_erasing_a_child_takes_its_rows_of_the_list_and_no_others(take, read, registrar, erase, at):
    one = read(take().list)
    row = listed.rows_of(one)[1]
    mended = actions.mend_row(row=row, cells=["Заира", "f", "6"], by=registrar, at=at)
    actions.register_rows(one=one, by=registrar, at=at)

    erase(Mention.objects.get(row=mended).person)

    cells = {each.pk: each.cells for each in ListRow.objects.all()}
    assert cells.pop(row.pk) == cells.pop(mended.pk) == []
    assert list(cells.values()) == [ROWS[0], ROWS[2]]
    assert standings(one, registrar)[3] == Standing.REGISTERED


def test_erased_child_whose_list_comes_again_is_not_registered_silently(
    take, read, registrar, erase, at
):
    one = read(take().list)
    actions.register_rows(one=one, by=registrar, at=at)
    erase(Mention.objects.get(row__number=2).person)

    later = read(take(ROWS[0]).list)

    assert standings(later, registrar) == {2: Standing.SAME}


# Who is on record already


def test_children_like_those_of_a_page_are_found_across_scripts(registrar, make_child, at):
    mother = made.said("mother", text="Zaynab Alieva")
    mine = make_child("رسلان محمدوف", statements=[mother], region="IQ-BG")
    make_child("Руслан Магомедов", statements=[mother], region="IQ-NI")
    asked = [asked_for(name="Ruslan Magomedov", mother="Зайнаб Алиева"), asked_for(name="Wolfgang")]

    found = actions.look_for_alike_each(asked=asked, by=registrar, at=at)

    assert found == [
        queries.Alike(shown=[mine], elsewhere=1),
        queries.Alike(shown=[], elsewhere=0),
    ]
    event = Event.objects.get(action="people.looked_list_alike")
    assert event.details == {"rows": 2, "shown": 1}
    assert Event.objects.get(action="people.found").object_id == str(mine.pk)


def test_looking_for_a_page_is_refused_to_who_registers_nobody(make_user, at):
    with pytest.raises(NotAllowed):
        actions.look_for_alike_each(
            asked=[], by=make_user("anna", role=Role.TRACING_OFFICER), at=at
        )


def test_looking_for_very_many_pages_is_refused(registrar, at):
    ((_, most), _) = LISTED_ALIKE_OFTEN
    for _ in range(most):
        actions.look_for_alike_each(asked=[], by=registrar, at=at)

    with pytest.raises(actions.TooManySearches):
        actions.look_for_alike_each(asked=[], by=registrar, at=at)
