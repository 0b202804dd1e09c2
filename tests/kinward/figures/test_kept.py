"""The page of what others say against our own: made safe by a job, kept, and made anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kinward.access.models import Role, clock
from kinward.audit.context import acting
from kinward.audit.models import Event
from kinward.core import jobs
from kinward.core.errors import NotAllowed
from kinward.figures import actions, queries
from kinward.figures.models import KeptPage
from kinward.figures.rules import version_of

WORKED_OUT = "is being worked out"
ANEW = "being made anew"
SINCE = "nothing has changed since"


@pytest.fixture
def page(client, editor):
    """The page as an editor sees it now."""

    def look(account=editor):
        client.force_login(account)
        return client.get(reverse("figures:own")).content.decode()

    return look


@pytest.fixture
def said(make_landed, make_claim, editor, at, month):
    """Somebody says that thirty landed; ours are 24 and 6."""
    make_landed(24)
    make_landed(6, origin="KZ")
    claim = make_claim()
    with acting(editor):
        actions.say_meaning(
            claim=claim, figure="landed", of="", category="", since=None, until=month,
            by=editor, at=at,
        )  # fmt: skip
    return claim


def work():
    with acting(clock()):
        return jobs.drain(now=timezone.now)


def test_page_tells_none_of_ours_until_it_is_made(said, page):
    before = page()
    work()
    after = page()

    assert WORKED_OUT in before
    assert "Our records hold" not in before
    assert ">24<" not in before
    assert SINCE in after
    assert "Our records hold 30" in after
    assert ">24<" in after
    assert Event.objects.filter(action="figures.kept_page").count() == 1


def test_page_is_asked_for_once_and_made_once(said, page):
    for _each in range(3):
        page()

    asked = queries.pages_asked_for().count()
    work()
    page()

    assert asked == 1
    assert queries.pages_asked_for().count() == 0
    assert KeptPage.objects.count() == 1


def test_page_is_made_anew_where_our_records_have_changed(said, page, make_landed):
    work()
    make_landed(7, origin="TJ")
    stale = page()
    work()
    anew = page()

    assert ANEW in stale
    assert "Our records hold 30" in stale
    assert "Our records hold 37" in anew
    assert SINCE in anew


def test_page_of_before_is_not_shown_beside_what_became_public_since(
    said, page, make_release, make_public
):
    work()
    make_public(make_release())

    shown = page()

    assert WORKED_OUT in shown
    assert "Our records hold" not in shown


def test_page_of_before_is_not_shown_beside_what_others_say_since(
    said, page, make_claim, editor, at, month
):
    work()
    with acting(editor):
        actions.say_meaning(
            claim=make_claim("24 are from Dagestan", 24), figure="landed", of="origin",
            category="RU-DA", since=None, until=month, by=editor, at=at,
        )  # fmt: skip

    shown = page()

    assert WORKED_OUT in shown
    assert "Our records hold" not in shown


def test_nothing_that_is_kept_back_is_kept(said, page, make_landed, manager):
    make_landed(3, origin="RU-CE")
    everything = page(manager)
    work()
    (kept,) = KeptPage.objects.all()

    assert ">3<" in everything
    ((number, *parts),) = kept.told.values()
    shown = dict(parts)
    assert (number, shown["RU-CE"]) == (33, None)
    assert None in {shown["RU-DA"], shown["KZ"]}
    assert 3 not in shown.values()


def test_manager_waits_for_nothing_and_has_nothing_made(said, page, manager):
    work()
    before = KeptPage.objects.count()
    shown = page(manager)

    assert "Our records hold 30" in shown
    assert WORKED_OUT not in shown
    assert (before, queries.pages_asked_for().count()) == (1, 0)


def test_who_sees_no_figures_of_ours_has_no_page_made(make_user, at):
    registrar = make_user("registrar", role=Role.REGISTRAR)

    with pytest.raises(NotAllowed), acting(registrar):
        actions.ask_for_page(by=registrar, at=at)

    assert queries.pages_asked_for().count() == 0


def test_job_of_a_page_that_is_kept_already_makes_no_other(said, editor):
    work()
    with acting(editor):
        actions.ask_for_page(by=editor, at=timezone.now() - timedelta(seconds=1))

    work()

    assert KeptPage.objects.count() == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        (frozenset("abc"), frozenset("cab"), True),
        ({"a": 1}, {"a": 2}, False),
        (["a", "b"], ["b", "a"], False),
        ([1, None], [1, 0], False),
    ],
)
def test_version_is_of_what_is_said_and_not_of_its_order(one, other, same):
    assert (version_of(one) == version_of(other)) is same
