"""Releases: counted from the ledgers, made safe, agreed by two, signed, public, withdrawn."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import timedelta

import hxl
import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kinward.access.models import Role, User, clock
from kinward.audit.context import acting
from kinward.audit.models import Event
from kinward.core import jobs
from kinward.core.errors import NotAllowed
from kinward.core.guarding import WordsRefused
from kinward.figures import actions, queries
from kinward.figures.models import (
    DraftRefused,
    DraftState,
    FileKind,
    Meaning,
    Release,
    ReleaseFile,
    ReleaseState,
    ReleaseStep,
    Verdict,
)
from kinward.figures.rules import CannotProtect


@pytest.fixture
def flight(make_landed):
    """Children on one flight: 7, 3 and three regions with one each."""
    make_landed(7)
    make_landed(3, origin="RU-CE", sex="male", age=9)
    for origin in ("RU-IN", "KZ", "TJ"):
        make_landed(1, origin=origin, age=9)


@pytest.fixture
def said_of_flight(make_claim, editor, at, flight, month):
    """Somebody says that thirty landed, and it is held against our own."""
    claim = make_claim()
    with acting(editor):
        return actions.say_meaning(
            claim=claim,
            figure="landed",
            of="",
            category="",
            since=None,
            until=month,
            by=editor,
            at=at,
        )


@pytest.fixture
def hold(make_claim, editor, at):
    """Hold a claim against how many landed, of one region or of all: hold("RU-CE", day)."""

    def held(origin, until, *, since=None, number=30):
        with acting(editor):
            return actions.say_meaning(
                claim=make_claim(low=number, words=f"{origin} {until} {since}"),
                figure="landed",
                of="origin" if origin else "",
                category=origin,
                since=since,
                until=until,
                by=editor,
                at=at,
            )

    return held


# Counting


def test_figures_come_from_the_ledgers(flight, month):
    children = queries.children_counted(until=month)
    counted = queries.counted_tables(
        children, figures=["found", "flown", "landed", "remaining"], breakdowns=["sex"], until=month
    )

    assert counted.values["found"] == counted.values["landed"] == 13
    assert counted.values["remaining"] == 0
    assert counted.values["landed sex=male"] == 3


def test_figures_are_of_a_day(flight, at):
    before = (at - timedelta(days=50)).date()
    children = queries.children_counted(until=before)
    counted = queries.counted_tables(
        children, figures=["found", "flown", "remaining"], breakdowns=[], until=before
    )

    assert counted.values == {"found": 13, "flown": 0, "remaining": 13}


def test_counting_costs_the_same_for_one_child_and_for_many(make_landed, month):
    make_landed(1)
    with CaptureQueriesContext(connection) as one:
        queries.children_counted(until=month)
    make_landed(4)
    with CaptureQueriesContext(connection) as many:
        queries.children_counted(until=month)

    assert len(many) == len(one) <= 9


def test_waits_of_few_have_no_median(make_landed, month):
    make_landed(4)

    waits = queries.waits(queries.children_counted(until=month), until=month, fewest=5)

    assert {one.median for one in waits} == {None}


# What who sees no small number is told of our own


def programme_of(client, account, **asked):
    client.force_login(account)
    return client.get(reverse("figures:programme"), asked).content.decode()


def test_two_days_side_by_side_do_not_tell_who_came_between(
    client, make_landed, make_release, make_public, editor, manager, month
):
    before = month - timedelta(days=20)
    make_landed(24, on=before)
    make_landed(1, on=month)
    make_public(make_release(figures=["found", "landed"], breakdowns=[]))
    days = [{"on": day.isoformat()} for day in (before, month)]

    of_manager = [programme_of(client, manager, **day) for day in days]
    of_editor = [programme_of(client, editor, **day) for day in days]

    assert [">24<" in page for page in of_manager] == [True, False]
    assert [">25<" in page for page in of_editor] == [True, True]  # as of the release, both
    assert [">24<" in page for page in of_editor] == [False, False]


def test_figures_that_were_never_released_are_not_told(
    client, make_landed, make_release, make_public, editor, manager
):
    make_landed(24)
    nothing = programme_of(client, editor)
    make_public(make_release(figures=["landed"], breakdowns=[]))
    landed = programme_of(client, editor)

    assert "Nothing is released yet" in nothing
    assert ">24<" not in nothing
    assert landed.count(">24<") == 1
    assert landed.count('numeric" data-label="Children">not published<') == 8


def test_wait_is_told_where_both_its_figures_are_public(
    client, make_landed, make_release, make_public, editor, monkeypatch
):
    make_landed(24)
    monkeypatch.setattr("kinward.figures.queries.programme.WAITS", [("found", "landed")])
    make_public(make_release(figures=["found"], breakdowns=[]))
    one = programme_of(client, editor)
    make_public(make_release(figures=["landed"], breakdowns=[]))
    both = programme_of(client, editor)

    assert ["How long children wait" in page for page in (one, both)] == [False, True]


# Against what others say


def compared(*, small):
    return queries.comparisons(queries.material(), small=small)


def test_thirty_are_made_of_parts_that_only_the_manager_sees(said_of_flight, make_landed):
    make_landed(17)

    (one,) = compared(small=True)
    (guarded,) = compared(small=False)

    assert (one.number, one.verdict) == (30, Verdict.CLOSES)
    assert [part.number for part in one.parts] == [24, 3, 1, 1, 1]
    shown = {part.category: part.number for part in guarded.parts}
    assert guarded.number == 30
    assert {shown[each] for each in ("RU-CE", "RU-IN", "KZ", "TJ")} == {None}


def test_last_meaning_of_a_claim_stands(said_of_flight, editor, at, month):
    with acting(editor):
        actions.say_meaning(
            claim=said_of_flight.claim,
            figure="",
            of="",
            category="",
            since=None,
            until=month,
            by=editor,
            at=at,
        )

    assert compared(small=True) == []
    assert Meaning.objects.count() == 2


def test_claim_that_differs_says_so(make_claim, editor, at, make_landed, month):
    make_landed(7)
    with acting(editor):
        actions.say_meaning(
            claim=make_claim(), figure="landed", of="", category="", since=None, until=month,
            by=editor, at=at,
        )  # fmt: skip

    (one,) = compared(small=False)

    assert (one.number, one.verdict) == (7, Verdict.CONTRADICTS)


# Drafting


def test_draft_hides_small_regions_and_what_gives_them_away(flight, make_release):
    release = make_release()

    small = {f"landed origin={each}" for each in ("RU-CE", "RU-IN", "KZ", "TJ")}
    assert small <= set(release.hidden)
    assert "landed" not in release.hidden
    assert queries.state_of(release) == ReleaseState.AUDITED
    assert Event.objects.filter(action="figures.drafted_release").count() == 1


def test_draft_is_counted_once_however_often_it_is_done(flight, ask, editor, at):
    asked = ask()
    with acting(editor):
        first, second = (actions.draft(asked=asked, by=editor, at=at) for _each in range(2))

    assert first == second == Release.objects.get()


def test_draft_found_to_give_numbers_away_is_no_release_and_says_why(
    flight, ask, client, editor, at
):
    asked = ask(at=timezone.now())
    with acting(editor):
        DraftRefused.objects.create(asked=asked, refused_at=at)
        nothing = actions.draft(asked=asked, by=editor, at=at)
    client.force_login(editor)
    shown = client.get(reverse("figures:releases")).content.decode()

    assert nothing is None
    assert Release.objects.count() == 0
    assert queries.waiting_drafts(now=timezone.now()) == [(asked, DraftState.REFUSED)]
    assert "a small number could be worked out" in shown


def test_draft_of_which_nothing_came_is_told_for_thirty_days(flight, ask, editor, at):
    asked = ask()
    waits = queries.waiting_drafts(now=at + timedelta(days=31))
    with acting(editor):
        DraftRefused.objects.create(asked=asked, refused_at=at)

    last, after = (queries.waiting_drafts(now=at + timedelta(days=days)) for days in (30, 31))

    assert waits == [(asked, DraftState.WAITS)]
    assert (last, after) == ([(asked, DraftState.REFUSED)], [])


def test_draft_of_who_may_release_no_more_is_not_counted(flight, ask, client, second, editor, at):
    asked = ask(at=timezone.now())
    User.objects.filter(pk=editor.pk).update(role=Role.REGISTRAR)
    with acting(clock()):
        jobs.drain(now=timezone.now)
    client.force_login(second)
    shown = client.get(reverse("figures:releases")).content.decode()

    assert Release.objects.count() == 0
    assert queries.waiting_drafts(now=timezone.now()) == [(asked, DraftState.GIVEN_UP)]
    assert "An administrator sees why" in shown


def test_draft_is_held_against_what_others_said(said_of_flight, make_release):
    release = make_release()

    assert release.audit == [["itself", ""], ["differs", str(said_of_flight.claim_id)]]


def test_draft_is_held_against_drafts_before_it_and_not_those_after(
    client, flight, make_release, make_public, editor
):
    first = make_release(breakdowns=["origin"])
    second = make_release(breakdowns=["origin", "sex"])
    client.force_login(editor)
    shown = client.get(reverse("figures:release", args=[second.pk])).content.decode()

    make_public(first)

    assert second.audit == [["itself", ""], ["draft", str(first.pk)]]
    assert reverse("figures:release", args=[first.pk]) in shown
    assert "a draft that was not published" in shown
    assert queries.published() == [first]


def test_only_months_that_are_over_are_released(flight, make_release, month, at):
    for day in (month - timedelta(days=1), month + timedelta(days=31), at.date()):
        with pytest.raises(actions.UnfitRelease):
            make_release(as_of=day)


def test_tables_of_where_children_are_take_a_higher_threshold(flight, make_release):
    with pytest.raises(actions.UnfitRelease):
        make_release(breakdowns=["host"])

    assert make_release(breakdowns=["host"], threshold=10).threshold == 10


def test_second_editor_drafts_nothing(flight, make_release, second):
    with pytest.raises(NotAllowed):
        make_release(by=second)


# Two editors


def test_release_takes_a_second_editor(flight, make_release, editor, at):
    release = make_release()

    with pytest.raises(actions.SameEditor), acting(editor):
        actions.agree_release(release=release, by=editor, at=at)
    with pytest.raises(actions.ReleaseMoved), acting(editor):
        actions.publish_release(release=release, by=editor, at=at)


def test_database_refuses_one_editor_for_both(flight, make_release, editor, at):
    release = make_release()

    with pytest.raises(IntegrityError), acting(editor), transaction.atomic():
        ReleaseStep.objects.create(
            release=release, step="agreed", drafter=editor, taken_by=editor, taken_at=at
        )


def test_release_that_is_turned_down_stays_so(flight, make_release, second, at):
    release = make_release()
    with acting(second):
        actions.return_release(release=release, reason="the month", by=second, at=at)

    with pytest.raises(actions.ReleaseMoved), acting(second):
        actions.agree_release(release=release, by=second, at=at)


def test_release_is_refused_if_a_claim_gives_it_away_by_now(
    make_landed, make_release, make_source, make_claim, editor, second, at, month
):
    make_landed(6)
    make_landed(2, origin="KZ")
    make_landed(7, origin="TJ")
    release = make_release()
    partner = next(cell for cell in release.hidden if release.values[cell] >= 5)
    number = release.values[partner]
    source = make_source(text=f"{number} of that place")
    claim = make_claim(f"{number} of that place", number, of=source)
    with acting(editor):
        actions.say_meaning(
            claim=claim, figure="landed", of="origin", category=partner.partition("=")[2],
            since=None, until=month, by=editor, at=at,
        )  # fmt: skip

    with pytest.raises(actions.NotAuditedYet), acting(second):
        actions.agree_release(release=release, by=second, at=at)
    audit(release, by=second)
    with pytest.raises(actions.UnfitRelease), acting(second):
        actions.agree_release(release=release, by=second, at=at)


def audit(release, *, by):
    """Ask for an audit as an editor, twice, and have it done."""
    for _each in range(2):
        with acting(by):
            actions.ask_for_audit(release=release, by=by, at=timezone.now())
    with acting(clock()):
        jobs.drain(now=timezone.now)


def test_agreeing_and_publishing_solve_nothing_where_nothing_became_public(
    flight, make_release, make_public, monkeypatch
):
    def solves(*_problem, **_options):
        raise AssertionError("It was solved within the request.")

    release = make_release()
    monkeypatch.setattr("kinward.figures.rules.suppression.milp", solves)
    with pytest.raises(AssertionError):
        make_release()

    make_public(release)

    assert queries.published() == [release]


def test_release_is_audited_anew_once_and_agreed_after_that(
    client, said_of_flight, hold, make_release, second, month
):
    release = make_release()
    hold("", month, number=29)
    client.force_login(second)
    answer = reverse("figures:answer", args=[release.pk])

    said = client.post(answer, {"agrees": "yes"}, follow=True).content.decode()
    before = queries.state_of(release)
    audit(release, by=second)
    after = client.post(answer, {"agrees": "yes"}, follow=True).content.decode()

    assert said.count("It is being audited again.") == 2  # what was done, and what goes on
    assert before == ReleaseState.AUDITED
    assert "You agreed." in after
    assert "It is being audited again." not in after
    assert [one.is_safe for one in release.audits.all()] == [True, True]
    assert Event.objects.filter(action="figures.audited_release").count() == 1


def test_who_neither_releases_nor_agrees_has_nothing_audited(flight, make_release, make_user, at):
    release = make_release()
    registrar = make_user("registrar", role=Role.REGISTRAR)

    with pytest.raises(NotAllowed), acting(registrar):
        actions.ask_for_audit(release=release, by=registrar, at=at)


def test_audit_does_not_confirm_what_others_say_of_a_small_number(
    client, flight, hold, make_release, editor, manager, month
):
    for number in (3, 4):
        hold("RU-CE", month, number=number)
    release = make_release()
    shown = {}
    for account in (editor, manager):
        client.force_login(account)
        page = client.get(reverse("figures:release", args=[release.pk])).content.decode()
        shown[account] = [
            page.count(said)
            for said in ("A figure that others published", "not ours", "whether it is ours or not")
        ]

    assert shown == {editor: [0, 0, 2], manager: [1, 1, 0]}


# Files


@pytest.fixture
def released(flight, make_release, make_public):
    return make_public(make_release(breakdowns=["origin", "sex"]))


def content(release, kind, language=""):
    return bytes(ReleaseFile.objects.get(release=release, kind=kind, language=language).content)


def test_files_are_signed_and_hold_no_hidden_number(released):
    table = content(released, FileKind.CSV, "en").decode("utf-8-sig")
    rows = {tuple(row[1:3]): row for row in csv.reader(io.StringIO(table)) if len(row) == 5}

    assert rows["all", "all"][3:] == ["13", "yes"]
    hidden = [row for row in rows.values() if row[4] == "no"]
    assert len(hidden) == len(released.hidden)
    assert {row[3] for row in hidden} == {""}


def test_manifest_names_every_file_and_is_genuine(released):
    file = ReleaseFile.objects.get(release=released, kind=FileKind.MANIFEST)
    said = json.loads(bytes(file.content))
    digests = {
        hashlib.sha256(bytes(each.content)).hexdigest()
        for each in ReleaseFile.objects.exclude(kind=FileKind.MANIFEST)
    }

    assert {each["sha256"] for each in said["files"]} == digests
    assert queries.is_genuine(file)
    file.content = bytes(file.content).replace(b'"threshold": 5', b'"threshold": 6')
    assert not queries.is_genuine(file)


def test_tagged_table_is_valid_hxl(released):
    table = content(released, FileKind.HXL).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))

    assert hxl.data(rows).validate()
    assert "#affected+children" in hxl.data(rows).display_tags
    assert len(list(hxl.data(rows))) == len(released.values)


def test_workbook_runs_nothing(make_landed, make_release, make_public, editor):
    make_landed(6)
    release = make_public(make_release(breakdowns=["sex"]))

    sheet = load_workbook(io.BytesIO(content(release, FileKind.XLSX, "ar"))).active

    assert sheet.sheet_view.rightToLeft
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s"}


# Public, and not


def test_public_page_needs_no_account_and_shows_no_hidden_number(client, released):
    pages = [
        client.get(reverse("figures:public")).content.decode(),
        *(
            client.get(
                reverse("figures:public_release", args=[language, released.pk])
            ).content.decode()
            for language in ("en", "ru", "ar")
        ),
    ]

    assert all(">13<" in page for page in pages)
    assert 'dir="rtl"' in pages[3]
    assert ">3<" not in "".join(pages)
    assert "What we do not know" in pages[1]
    assert pages[1].index("What we do not know") < pages[1].index(">13<")


def test_every_number_of_the_public_page_leads_to_what_it_means(client, released):
    page = client.get(reverse("figures:public_release", args=["en", released.pk])).content.decode()

    assert 'href="#landed"' in page
    assert 'id="landed"' in page
    assert 'id="hidden"' in page


def test_drafts_and_their_files_are_not_public(client, flight, make_release, second, at):
    release = make_release()
    with acting(second):
        actions.agree_release(release=release, by=second, at=at)
    file = ReleaseFile.objects.first()

    answers = [
        client.get(reverse("figures:public_release", args=["en", release.pk])),
        client.get(reverse("figures:public_file", args=[file.pk])),
        client.get(reverse("figures:public_in", args=["xx"])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_withdrawn_release_is_gone_from_the_public_page(client, released, editor, at):
    file = ReleaseFile.objects.filter(release=released).first()
    assert client.get(reverse("figures:public_file", args=[file.pk])).status_code == 200
    with acting(editor):
        actions.withdraw_release(release=released, reason="wrong month", by=editor, at=at)

    assert client.get(reverse("figures:public_file", args=[file.pk])).status_code == 404
    assert "Nothing is published yet." in client.get("/figures/public/en/").content.decode()


def test_later_release_takes_the_place_of_an_earlier_one(
    released, make_release, make_public, month
):
    later = make_public(make_release(breakdowns=["origin", "sex"], takes_place_of=released))

    assert queries.published() == [later]
    assert queries.state_of(Release.objects.get(pk=released.pk)) == ReleaseState.SUPERSEDED


def test_export_is_files_that_need_no_server(released, tmp_path):
    call_command("export_public", str(tmp_path))

    pages = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.html"))
    russian = (tmp_path / "ru" / f"{released.pk}.html").read_text("utf-8")
    assert len(pages) == 7
    assert "<style>" in russian
    assert "/static/" not in russian
    assert 'src="' not in russian
    files = list((tmp_path / "files" / str(released.pk)).iterdir())
    assert len(files) == 8


def test_part_that_a_release_hid_is_not_told_beside_its_sums(
    make_landed, make_release, make_public, make_claim, editor, at, month
):
    make_landed(15)
    make_landed(3, origin="RU-CE")
    make_landed(1, origin="RU-AST")
    make_landed(11, origin="KZ")
    released = make_public(make_release())
    claim = make_claim()
    with acting(editor):
        for of, category in (("", ""), ("origin", "RU-DA")):
            actions.say_meaning(
                claim=claim,
                figure="landed",
                of=of,
                category=category,
                since=None,
                until=month,
                by=editor,
                at=at,
            )
            (guarded,) = compared(small=False)
            (whole,) = compared(small=True)
            shown = {part.category: part.number for part in guarded.parts}

            if category:
                assert (guarded.number, whole.number) == (None, 15)
            else:
                assert (guarded.number, whole.number) == (30, 30)
                assert shown.get("RU-DA") is None
                assert {part.number for part in whole.parts} == {15, 11, 3, 1}
    assert "landed origin=RU-DA" in released.hidden
    assert "landed origin=RU" not in released.hidden


def test_part_is_not_told_by_a_claim_beside_the_whole(make_landed, hold, month):
    make_landed(24)
    make_landed(3, origin="RU-CE")
    for of in ("", "RU-DA", "RU-CE"):
        hold(of, month)

    numbers = {one.meaning.category: one.number for one in compared(small=False)}
    everything = {one.meaning.category: one.number for one in compared(small=True)}

    assert everything == {"": 27, "RU-DA": 24, "RU-CE": 3}
    assert numbers["RU-CE"] is None
    assert None in {numbers[""], numbers["RU-DA"]}


def test_whole_is_shown_where_naming_its_parts_would_tell_each(make_landed, hold, month):
    make_landed(24)
    make_landed(3, origin="RU-CE")
    for origin in ("RU-IN", "KZ", "TJ"):  # three in all: named, they are one each
        make_landed(1, origin=origin)
    for of, number in (("", 30), ("RU-DA", 24), ("RU-CE", 3)):
        hold(of, month, number=number)

    found = {one.meaning.category: one for one in compared(small=False)}

    assert (found[""].number, found[""].parts) == (30, ())
    assert found["RU-CE"].number is None


def test_who_came_between_is_not_told_by_two_days_side_by_side(make_landed, hold, month):
    before = month - timedelta(days=20)
    make_landed(24, on=before)
    make_landed(20, origin="RU-CE", on=before)
    make_landed(1, origin="RU-CE", on=month)
    for on in (before, month):
        make_landed(9, origin="KZ", on=on)
        hold("", on)

    first, second = (
        {part.category: part.number for part in one.parts}
        for one in sorted(compared(small=False), key=lambda one: one.meaning.until)
    )

    assert None in {first.get("RU-CE"), second.get("RU-CE")}


def test_period_is_not_told_by_the_days_around_it(make_landed, hold, month):
    before = month - timedelta(days=20)
    make_landed(24, on=before)
    make_landed(20, origin="RU-CE", on=before)
    make_landed(6, origin="RU-DA", on=month)
    make_landed(1, origin="RU-CE", on=month)
    hold("", before)
    hold("", month, since=before + timedelta(days=1))
    hold("RU-CE", month)
    hold("RU-CE", before)

    told = {
        (one.meaning.category, one.meaning.until, one.meaning.since): one.number
        for one in compared(small=False)
    }

    assert None in {told["RU-CE", month, None], told["RU-CE", before, None]}


def test_nothing_of_ours_is_shown_where_nothing_protects_it(make_landed, hold, month, monkeypatch):
    def cannot(*_page, **_beside):
        raise CannotProtect(["landed"])

    make_landed(24)
    hold("", month)
    (one,) = compared(small=False)
    assert one.number == 24
    monkeypatch.setattr("kinward.figures.queries.own.kept_from", cannot)

    (one,) = compared(small=False)

    assert (one.number, one.verdict, one.parts) == (None, None, ())


# In three languages


def test_title_is_told_in_each_language_or_in_english(flight, make_release, make_public, client):
    released = make_public(make_release(titles={"ru": "Прилетевшие дети", "ar": " "}))
    pages = {
        language: client.get(
            reverse("figures:public_release", args=[language, released.pk])
        ).content.decode()
        for language in ("en", "ru", "ar")
    }
    index = client.get(reverse("figures:public_in", args=["ru"])).content.decode()
    tables = {
        file.language: bytes(file.content).decode()
        for file in released.files.filter(kind=FileKind.CSV)
    }
    manifest = json.loads(bytes(released.files.get(kind=FileKind.MANIFEST).content))

    assert '<bdi lang="en">Children who landed</bdi>' in pages["en"]
    assert '<bdi lang="ru">Прилетевшие дети</bdi>' in pages["ru"]
    assert '<bdi lang="ru">Прилетевшие дети</bdi>' in index
    assert '<bdi lang="en">Children who landed</bdi>' in pages["ar"]
    assert "Прилетевшие дети" in tables["ru"]
    assert "Children who landed" in tables["ar"]
    assert manifest["titles"] == {"ru": "Прилетевшие дети"}


def test_label_is_refused_in_a_title_of_any_language(flight, make_release):
    with pytest.raises(WordsRefused):
        make_release(titles={"ru": "Дети боевиков"})

    assert Release.objects.count() == 0


# Through the pages


def test_release_goes_from_draft_to_public_through_the_pages(client, flight, editor, second, month):
    client.force_login(editor)
    typed = {
        "title": "Children who landed",
        "title_ru": "Прилетевшие дети",
        "title_ar": "",
        "as_of": f"{month:%Y-%m}",
        "figures": ["landed", "found"],
        "breakdowns": ["origin"],
        "threshold": "5",
        "takes_place_of": "",
    }
    wrong = client.post(reverse("figures:draft"), typed | {"as_of": "May"})
    asked = client.post(reverse("figures:draft"), typed)
    waits = client.get(asked.url).content.decode()
    with acting(clock()):
        jobs.drain(now=timezone.now)
    drafted = client.get(asked.url).content.decode()
    release = Release.objects.get()
    client.force_login(second)
    unsaid = client.post(reverse("figures:answer", args=[release.pk]), {"agrees": "no"})
    client.post(reverse("figures:answer", args=[release.pk]), {"agrees": "yes"})
    client.force_login(editor)
    client.post(reverse("figures:publish", args=[release.pk]))
    shown = client.get(reverse("figures:release", args=[release.pk])).content.decode()

    assert (wrong.status_code, unsaid.status_code) == (422, 422)
    assert "Children who landed" in wrong.content.decode()  # nothing typed is lost
    assert "waits to be counted" in waits
    assert "waits to be counted" not in drafted
    assert reverse("figures:release", args=[release.pk]) in drafted
    assert (release.drafted_by, release.title) == (editor, typed["title"])
    assert queries.published() == [release]
    assert "agreed by a second editor, and signed" in shown


def test_pages_show_small_numbers_to_the_manager_only(client, said_of_flight, manager, editor):
    client.force_login(manager)
    seen = client.get(reverse("figures:programme"), {"by": "origin"}).content.decode()
    own = client.get(reverse("figures:own")).content.decode()
    client.force_login(editor)
    guarded = client.get(reverse("figures:programme"), {"by": "origin"}).content.decode()
    theirs = client.get(reverse("figures:own")).content.decode()

    assert "Ingushetia" in seen
    assert "Ingushetia" not in guarded
    assert ">3<" in own
    assert ">3<" not in theirs
    assert Event.objects.filter(action="figures.compared_with_own").count() == 2
