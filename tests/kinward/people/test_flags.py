"""Flags of the identity bar, and what else stands there."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core.intake import Taken
from kinward.people import actions
from kinward.people.flags import Flag, flags
from kinward.people.models import AgreedBy, Answer, Assertion, FileKind
from kinward.people.rules import profile

TODAY = date(2019, 1, 1)


def told(*said, **known):
    facts = profile(
        Assertion(id=uuid4(), property=kind, answer=Answer.KNOWN, value=value)
        for kind, value in said
    )
    return flags(facts, **{"traced": True, "together": False, "today": TODAY} | known)


@pytest.mark.parametrize(
    ("said", "flag"),
    [
        ([("relative", {"relation": "father", "agrees": "no"})], [Flag.NO_CONTACT]),
        ([("relative", {"relation": "father", "told": "no"})], [Flag.NO_CONTACT]),
        ([("relative", {"relation": "father", "agrees": "yes", "told": "unable"})], []),
        ([("sex", {"code": "male"}), ("sex", {"code": "female"})], [Flag.CONTRADICTED]),
        ([("born", {"edtf": "2014-06"})], [Flag.YOUNG]),
        ([("born", {"edtf": "2013/2014"})], [Flag.YOUNG]),
        ([("born", {"edtf": "2013"})], []),
        ([("born", {"edtf": "2001-12"})], [Flag.GROWN_SOON]),
        ([("born", {"edtf": "2002-02"})], []),
        ([("born", {"edtf": "2001/2015"})], [Flag.GROWN_SOON, Flag.YOUNG]),
        ([], []),
    ],
)  # fmt: skip
def test_flags_follow_from_what_was_said(said, flag):
    assert told(*said) == flag


def test_flags_follow_from_consent_and_from_who_was_found_together():
    assert told(traced=False, together=True) == [Flag.NOT_TRACED, Flag.TOGETHER]


@pytest.fixture
def photo_of(at):
    def make(child, *, by):
        taken = Taken("image/jpeg", b"\xff\xd8 a face \xff\xd9", b"\xff\xd8 small \xff\xd9")
        known = {"kind": FileKind.PHOTO, "agreed_by": AgreedBy.CHILD}
        return actions.attach_file(person=child, taken=taken, by=by, at=at, **known)

    return make


def opened(client, child, name="child"):
    return client.get(reverse(f"people:{name}", args=[child.pk])).content.decode()


@pytest.mark.django_db
def test_identity_bar_shows_flags_and_both_of_what_contradicts(client, registrar, make_child, say):
    child = make_child(statements=[say("sex", code="male"), say("sex", code="female")])

    page = opened(client, child)

    assert "what is said contradicts itself" in page
    bar = page.partition("kw-identity__facts")[2].partition("</ul>")[0]
    assert "girl or woman" in bar
    assert "boy or man" in bar
    assert "contradicts itself" in bar


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "offered"),
    [(Role.REGISTRAR, True), (Role.CASE_WORKER, True), (Role.TRACING_OFFICER, False)],
)
def test_photograph_is_offered_to_who_may_open_it_and_each_view_is_logged(
    client, registrar, make_child, make_user, photo_of, role, offered
):
    child = make_child(by=registrar, region="IQ-BG")
    photo = photo_of(child, by=registrar)
    reader = make_user(role=role, region="IQ-BG")
    client.force_login(reader)

    page = opened(client, child)
    assert ("Show the photograph" in page) == offered
    assert not Event.objects.filter(action="people.opened_file").exists()
    address = reverse("people:open_file", args=[child.pk, photo.pk])
    assert client.get(address).status_code == (200 if offered else 404)

    seen = Event.objects.filter(action="people.opened_file", actor=reader.username)
    assert seen.count() == offered


@pytest.mark.django_db
def test_photograph_that_was_withdrawn_is_offered_no_more(
    client, registrar, make_child, photo_of, at
):
    child = make_child(by=registrar, region="IQ-BG")
    photo = photo_of(child, by=registrar)
    actions.withdraw_file(attachment=photo, reason="another child", by=registrar, at=at)

    assert "Show the photograph" not in opened(client, child)


@pytest.mark.django_db
def test_page_of_files_says_who_may_open_a_photograph(client, registrar, make_child):
    page = opened(client, make_child(region="IQ-BG"), "files")

    told = page.partition("Who may open a photograph")[2].partition("</p>")[0]
    assert "registrar" in told
    assert "tracing officer" not in told
