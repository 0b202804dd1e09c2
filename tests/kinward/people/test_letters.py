"""The programme's letters: a few words to fill in, three languages, two people."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kinward.access import actions as access
from kinward.access.actions import NotApproved, SamePerson
from kinward.access.models import Role
from kinward.core.errors import NotAllowed
from kinward.core.guarding import WordsRefused
from kinward.people import actions
from kinward.people.letters import BLANK, PLACEHOLDERS, faults, filled, paragraphs, used
from kinward.people.models import LetterVersion
from kinward.people.printouts.letters import in_force, is_in_force

VALUES = {name: f"<{name}>" for name in PLACEHOLDERS}
plain = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]))


@given(before=plain, name=st.sampled_from([*PLACEHOLDERS]), after=plain)
def test_what_is_on_the_list_is_filled_in_and_the_rest_stays(before, name, after):
    text = f"{before}{{{name}}}{after}"

    assert faults(text) == []
    assert used(text) == {name}
    assert filled(text, VALUES) == f"{before}<{name}>{after}"


@given(text=plain)
def test_text_without_braces_is_what_it_was(text):
    assert (faults(text), filled(text, VALUES)) == ([], text)


@given(value=st.text())
def test_what_is_filled_in_is_not_read_again(value):
    assert filled("{name}", {"name": value}) == (value or BLANK)


@pytest.mark.parametrize(
    "text", ["{nme}", "{name", "name}", "{}", "{name.__class__}", "{ {name} }"]
)
def test_what_is_not_on_the_list_is_refused(text):
    assert faults(text) != []


def test_brace_that_is_meant_is_written_twice():
    assert (faults("{{name}}"), filled("{{name}}", VALUES)) == ([], "{name}")


def test_what_is_not_known_stays_to_be_written():
    assert filled("Dear {recipient},", {}) == f"Dear {BLANK},"


def test_blank_lines_part_paragraphs():
    assert paragraphs("one\r\ntwo\n\n \nthree\n") == ["one\ntwo", "three"]


@pytest.fixture
def salma(make_user):
    return make_user("salma", role=Role.CASE_WORKER, region="IQ-BG")


@pytest.fixture
def officer(make_user):
    return make_user("officer", role=Role.DATA_PROTECTION_OFFICER)


def said(**more):
    text = {"subject": "About {reference}", "body": "Dear {recipient},\n\n{name} is well."}
    return {
        "name": "News",
        "texts": dict.fromkeys(("en", "ru", "ar"), text),
        "reason": "new",
    } | more


@pytest.fixture
def write(salma, at):
    return lambda by=salma, **more: actions.write_letter(**said(**more), by=by, at=at)


@pytest.fixture
def put_into_use(salma, officer, at):
    def used_by(version, by=salma):
        access.approve(approval=version.approval, by=officer, at=at)
        actions.use_letter(version=version, by=by, at=at)
        return version

    return used_by


def test_letter_is_used_once_another_person_agreed(write, put_into_use):
    version = write()
    before = in_force()

    put_into_use(version)

    assert (before, in_force()) == ([], [version])
    assert is_in_force(LetterVersion.objects.get())


def test_letter_is_not_used_before_that(write, salma, at):
    with pytest.raises(NotApproved):
        actions.use_letter(version=write(), by=salma, at=at)


def test_who_writes_a_letter_does_not_agree_to_it(write, make_user, at):
    zaur = make_user("zaur", role=Role.PROGRAMME_MANAGER)
    version = write(by=zaur)

    with pytest.raises(SamePerson):
        access.approve(approval=version.approval, by=zaur, at=at)


def test_every_version_is_kept_and_the_last_agreed_one_in_force(write, put_into_use):
    first = put_into_use(write())
    second = write(letter=first.letter, seen=1, name="News again")
    still = in_force()
    put_into_use(second)

    assert still == [first]
    assert in_force() == [second]
    assert [each.number for each in LetterVersion.objects.all()] == [2, 1]


def test_version_written_meanwhile_is_read_first(write):
    first = write()
    write(letter=first.letter, seen=1)

    with pytest.raises(actions.WrittenMeanwhile):
        write(letter=first.letter, seen=1)


@pytest.mark.parametrize(
    "texts",
    [
        {"en": {"subject": "a", "body": "b"}},
        {code: {"subject": "a", "body": " "} for code in ("en", "ru", "ar")},
        {code: {"subject": "a", "body": "{code}"} for code in ("en", "ru", "ar")},
    ],
)
def test_letter_that_cannot_be_sent_is_refused(write, texts):
    with pytest.raises(actions.UnfitLetter):
        write(texts=texts)


def test_letter_labels_nobody(write):
    text = {"subject": "a", "body": "the terrorist’s child"}

    with pytest.raises(WordsRefused):
        write(texts=dict.fromkeys(("en", "ru", "ar"), text))


def test_who_registers_writes_no_letters(write, make_user):
    with pytest.raises(NotAllowed):
        write(by=make_user("huda", role=Role.REGISTRAR))


def sent(**more):
    typed = {"name": "News", "reason": "new", "seen": "0"}
    for code in ("en", "ru", "ar"):
        typed |= {f"subject_{code}": "About {reference}", f"body_{code}": "Dear {recipient}"}
    return typed | more


def test_letter_is_written_read_and_used_on_its_pages(client, salma, officer, at):
    client.force_login(salma)
    client.post(reverse("people:write_letter"), sent())
    version = LetterVersion.objects.get()
    access.approve(approval=version.approval, by=officer, at=at)
    page = client.get(reverse("people:letter", args=[version.letter])).content.decode()

    client.post(reverse("people:use_letter", args=[version.letter]))

    assert "About [the child’s reference]" in page
    assert "About [код ребёнка]" in page
    assert in_force() == [version]
    assert "News" in client.get(reverse("people:letters")).content.decode()


def test_placeholder_that_is_not_known_is_said_at_its_field_and_nothing_is_lost(client, salma):
    client.force_login(salma)

    answer = client.post(reverse("people:write_letter"), sent(body_ru="Уважаемый {nme}"))

    assert answer.status_code == 422
    assert [*answer.context["form"].errors] == ["body_ru"]
    assert "Уважаемый {nme}" in answer.content.decode()
    assert LetterVersion.objects.count() == 0


def test_second_of_two_versions_at_once_is_shown_again(client, write, salma):
    first = write()
    client.force_login(salma)
    client.post(reverse("people:change_letter", args=[first.letter]), sent(seen="1"))

    answer = client.post(reverse("people:change_letter", args=[first.letter]), sent(seen="1"))

    assert answer.status_code == 409
    assert LetterVersion.objects.count() == 2
