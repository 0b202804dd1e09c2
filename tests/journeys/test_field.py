"""The field: a week without a network, lost replies, lost phones, two phones and one child."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.core.signals import request_started
from django.utils import timezone
from hands import found_by_axe
from handset import DURESS, PASSPHRASE, Handset
from links import Link
from PIL import Image
from playwright.sync_api import expect

from kinward.audit.context import acting
from kinward.field import actions
from kinward.field.definitions import FORMS
from kinward.field.models import Entry, EntryState
from kinward.people.models import Attachment, Person

pytestmark = pytest.mark.django_db(transaction=True)

RUSSIAN, ARABIC = "Канарейка Выдуманова", "كناري المختلقة"
SMALL = {"width": 360, "height": 740}


@pytest.fixture
def invite(accounts):
    """The code that the office shows for the phone of an account."""

    def token(username="huda"):
        with acting(accounts["adrian"]):
            made = actions.invite_device(
                account=accounts[username], by=accounts["adrian"], at=timezone.now()
            )
        return made.token

    return token


@pytest.fixture
def link(live_server):
    """What is between phones and the server."""
    made = Link(live_server.thread.port)
    yield made
    made.close()


@pytest.fixture
def handset(browser, link, make_client, accounts):
    """Open a phone of its own in the hands of an account that has signed in."""
    opened = []

    def take(username="huda"):
        client = make_client()
        client.force_login(accounts[username])
        context = browser.new_context(base_url=link.url, viewport=SMALL, locale="en-GB")
        opened.append(context)
        session = client.cookies["session"].value
        context.add_cookies([{"name": "session", "value": session, "url": link.url}])
        page = context.new_page()
        page.goto(link.url)  # as signing in does: it leaves the token of forms
        return Handset(page, link.url)

    yield take
    for context in opened:
        context.close()


@pytest.fixture
def phone(handset, invite):
    """A phone of a registrar, set up."""
    made = handset()
    made.enrol(invite())
    return made


@pytest.fixture
def asked():
    """What the server was asked from now on."""
    seen = []

    def note(environ, **_given):
        seen.append(environ["PATH_INFO"])

    request_started.connect(note)
    yield seen
    request_started.disconnect(note)


def test_week_without_a_network_then_everything_is_sent_once(phone, link, asked):
    page, today = phone.page, timezone.now()
    link.cut()
    asked.clear()

    page.clock.set_system_time(today + timedelta(days=3))
    phone.opened()
    phone.register(RUSSIAN, born="2012")
    phone.opened("#/drafts")
    expect(page.locator("main")).to_contain_text(RUSSIAN)
    page.clock.set_system_time(today + timedelta(days=8))
    phone.opened("anything/deep#/")
    expect(page.locator("main")).to_contain_text("The time of the pack is over")
    phone.register(ARABIC)
    phone.finish_all()
    expect(page.locator("#unsent")).to_contain_text("2 not yet sent")
    while_cut, tried = list(asked), link.refused
    link.mend()
    phone.send()

    assert (while_cut, tried > 0) == ([], True)
    assert [each.state for each in Entry.objects.all()] == [EntryState.KEPT] * 2
    assert Person.objects.count() == 2
    assert phone.rows("entries") == phone.rows("drafts") == []
    phone.go("#/sent")
    expect(page.locator(".govuk-tag--green")).to_have_count(2)


def test_reply_that_was_lost_is_asked_for_again_and_the_entry_is_kept_once(phone):
    page, tries = phone.page, []

    def lose(route):
        tries.append(route.fetch().status)  # the server has taken it
        route.abort()

    page.route("**/field/api/sync", lose)
    phone.register(RUSSIAN)
    phone.finish_all()
    phone.go("#/")
    expect(page.locator('#sync[data-status="offline"]')).to_be_visible()
    waiting = phone.rows("entries")
    page.unroute("**/field/api/sync")
    phone.send()

    assert (tries[0], len(waiting)) == (200, 1)
    assert Entry.objects.count() == Person.objects.count() == 1
    phone.go("#/sent")
    expect(page.locator(".govuk-tag--green")).to_have_count(1)


def test_answers_are_there_after_a_crash(phone):
    page = phone.page
    draft = phone.register(RUSSIAN)
    phone.go(f"#/draft/{draft}/0")
    phone.ask("name")
    page.locator("#q-name-0").fill(ARABIC)
    page.wait_for_timeout(1500)  # an answer is kept a quarter of a second after the last key
    again = page.context.new_page()
    page.close(run_before_unload=False)

    after = Handset(again, phone.url.removesuffix("/field/"))
    after.opened("#/drafts")

    expect(again.locator("main")).to_contain_text(ARABIC)
    assert after.rows("drafts") == [draft]


def test_wrong_passphrase_is_refused_and_too_many_wipe_what_can_be_read(phone):
    page = phone.page
    phone.register(RUSSIAN)
    page.context.set_offline(True)
    phone.finish_all()
    phone.register(ARABIC)
    page.locator("#lock").click()

    left = []
    for number in range(7):
        phone.unlock(f"a wrong passphrase {number}")
        expect(page.locator("#unlock-wrong")).to_contain_text("not the passphrase")
        expect(page.locator("#unlock")).to_have_value("")
        left.append(page.locator("#unlock-wrong").inner_text())
    phone.unlock("a wrong passphrase at last")

    expect(page.locator("#enrol")).to_be_visible()
    expect(page.locator("main")).to_contain_text("1 sealed entry is kept")
    assert "7 tries" in left[0]
    assert "1 try " in left[-1]
    assert phone.rows("about") == phone.rows("drafts") == phone.rows("sent") == []
    assert len(phone.rows("entries")) == 1


def test_passphrase_for_danger_leaves_a_phone_that_was_never_set_up(handset, invite):
    phone = handset()
    phone.enrol(invite(), duress=DURESS)
    phone.register(RUSSIAN)
    phone.page.locator("#lock").click()

    phone.unlock(DURESS)

    expect(phone.page.locator("#enrol")).to_be_visible()
    assert "removed" not in phone.page.locator("main").inner_text()
    assert "not yet sent" not in phone.page.locator("body").inner_text()
    assert phone.rows("about") == phone.rows("drafts") == []


def test_store_of_a_phone_tells_nobody_what_was_written(phone):
    page = phone.page
    page.context.set_offline(True)
    phone.register(RUSSIAN, born="2011")
    phone.finish_all()
    phone.register(ARABIC)
    hidden = phone.dump()

    # The dump would find a name that is not sealed.
    page.evaluate("(name) => { localStorage.setItem('planted', name); }", RUSSIAN)
    found = phone.dump()

    assert RUSSIAN in found
    told = (*RUSSIAN.split(), *ARABIC.split(), PASSPHRASE)
    assert [name for name in told if name in hidden] == []
    assert "secret" not in hidden
    assert len(phone.rows("entries")) == len(phone.rows("drafts")) == 1


def test_revoked_phone_wipes_itself_and_keeps_what_is_sealed(phone, accounts):
    page = phone.page
    page.context.set_offline(True)
    phone.register(RUSSIAN)
    phone.finish_all()
    phone.register(ARABIC)
    device = accounts["huda"].devices.get()
    with acting(accounts["adrian"]):
        actions.revoke_device(
            device=device, reason="lost on the road", by=accounts["adrian"], at=timezone.now()
        )

    page.context.set_offline(False)

    expect(page.locator("#enrol")).to_be_visible()
    expect(page.locator("main")).to_contain_text("took this phone off its list")
    assert phone.rows("about") == phone.rows("drafts") == []
    assert len(phone.rows("entries")) == 1
    assert Entry.objects.count() == 0


def test_two_phones_that_describe_one_child_leave_both_statements(handset, invite, accounts):
    first, second = handset("huda"), handset("huda")
    first.enrol(invite())
    second.enrol(invite())

    for phone, born in ((first, "2012"), (second, "2010")):
        phone.page.context.set_offline(True)
        phone.register(RUSSIAN, born=born)
        phone.finish_all()
    for phone in (first, second):
        phone.page.context.set_offline(False)
        phone.send()

    assert Entry.objects.filter(state=EntryState.KEPT).count() == 2
    assert Entry.objects.values("device").distinct().count() == 2
    second.go("#/sent")
    expect(second.page.locator("main")).to_contain_text("known already")


def test_queue_is_kept_until_somebody_signs_in(phone):
    page = phone.page
    phone.register(RUSSIAN)
    session = next(each for each in page.context.cookies() if each["name"] == "session")
    page.context.clear_cookies(name="session")

    phone.finish_all()
    phone.go("#/")
    expect(page.locator('#sync[data-status="sign_in"]')).to_be_visible()
    kept = phone.rows("entries")
    page.context.add_cookies([session])
    phone.send()

    assert len(kept) == 1
    assert Entry.objects.count() == 1


def test_photograph_follows_the_texts_in_pieces(phone):
    page, picture = phone.page, io.BytesIO()
    Image.effect_noise((1600, 1200), 80).convert("RGB").save(picture, "JPEG")
    draft = phone.register(RUSSIAN)
    phone.go(f"#/draft/{draft}/0")
    phone.ask("photograph")
    phone.choose("photograph", "given")
    phone.choose("photograph-giver", "child")
    phone.ask("photo")
    page.locator("#q-photo").set_input_files(
        {"name": "camera.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    expect(page.locator(".kf-photo__picture")).to_be_visible()

    phone.finish_all()
    phone.in_contact()

    assert Entry.objects.get().state == EntryState.KEPT
    assert Attachment.objects.count() == 1
    assert phone.rows("photos") == phone.rows("media") == []


def test_new_version_waits_for_a_person_and_drafts_are_kept(phone, settings, tmp_path):
    page, made = phone.page, tmp_path / "kinward"
    phone.register(RUSSIAN)
    shutil.copytree(settings.PACKAGE / "static" / "kinward", made)
    with (made / "field.js").open("a") as script:
        script.write('document.documentElement.dataset.fresh = "yes";')
    settings.STATICFILES_DIRS = [tmp_path]
    finders.get_finder.cache_clear()

    page.evaluate(
        "async () => { await (await navigator.serviceWorker.getRegistration('/field/')).update(); }"
    )
    expect(page.locator("#take-new")).to_be_visible()
    before = page.evaluate("document.documentElement.dataset.fresh ?? ''")
    page.locator("#take-new").click()
    expect(page.locator("#unlock")).to_be_visible()
    phone.unlock()
    expect(page.locator("#lock")).to_be_visible()
    phone.go("#/drafts")
    finders.get_finder.cache_clear()

    expect(page.locator("main")).to_contain_text(RUSSIAN)
    assert before == ""
    assert page.evaluate("document.documentElement.dataset.fresh") == "yes"
    assert len(page.evaluate("async () => caches.keys()")) == 1


def with_other_questions(form):
    """The form as its programme changed it: no marks are asked for, and the sex has to be told."""
    groups = [
        replace(
            group,
            questions=tuple(
                replace(each, required=True) if each.name == "sex" else each
                for each in group.questions
            ),
        )
        for group in form.groups
        if group.name != "marks"
    ]
    return replace(form, groups=tuple(groups))


@pytest.fixture
def draft(phone):
    """The draft of a child with a mark."""
    made = phone.register(RUSSIAN, born="2012")
    phone.go(f"#/draft/{made}/0")
    phone.ask("mark")
    phone.page.locator("#q-mark").fill("a scar like a comma")
    phone.go("#/drafts")
    return made


def test_draft_of_an_older_form_is_fitted_and_tells_what_has_no_place(phone, draft, monkeypatch):
    page = phone.page
    older = FORMS["child"]
    monkeypatch.setitem(FORMS, "child", with_other_questions(older))

    phone.opened()
    phone.in_contact()
    phone.go("#/drafts")
    expect(page.locator("main")).to_contain_text("The form has changed")
    phone.go("#/finish")
    expect(page.locator("#finish")).to_have_count(0)
    phone.go(f"#/draft/{draft}/0")
    expect(page.locator("main")).to_contain_text("The form has changed")
    phone.go(f"#/check/{draft}")
    expect(page.locator("main")).to_contain_text("a scar like a comma")
    expect(page.locator(".govuk-error-summary__list li")).to_have_count(1)
    phone.go(f"#/draft/{draft}/0")
    phone.ask("sex")
    phone.choose("sex", "female")
    phone.finish_all()
    phone.send()

    entry = Entry.objects.get()
    assert (entry.state, entry.form) == (EntryState.KEPT, FORMS["child"].version)
    assert entry.form != older.version
    assert Person.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_screens_of_the_field_are_accessible_and_fit_a_small_phone(phone, language):
    page = phone.page
    draft = phone.register(RUSSIAN)
    phone.go("#/settings")
    page.locator(f".kf-chip[lang={language}]").click()
    expect(page.locator(f"html[lang={language}]")).to_be_attached()
    screens = ["#/", "#/drafts", f"#/check/{draft}", "#/finish", "#/ready", "#/sent", "#/settings"]
    pages = [f"#/draft/{draft}/{number}" for number in range(14)]

    # What the bar at the bottom covers is scrolled to; axe takes it for a target cut in half.
    page.set_viewport_size(SMALL | {"height": 3000})
    found = {}
    for screen in [*screens, *pages, "#/search", "#/children", "#/count", "#/visits"]:
        phone.go(screen)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if faults := [*found_by_axe(page), *([f"{wide} wide"] if wide > SMALL["width"] else [])]:
            found[screen] = faults
    page.locator("#lock").click()
    expect(page.locator("#unlock")).to_be_visible()

    assert found == {}
    assert found_by_axe(page) == []
