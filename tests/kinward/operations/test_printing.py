"""The paper of a journey: a line a child in two languages, and no name where none belongs."""

from __future__ import annotations

import io
from hashlib import sha256

import pytest
from django.urls import reverse
from operation import plan
from pypdf import PdfReader

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed
from kinward.core.models import Imprint
from kinward.core.printing import written
from kinward.operations import actions
from kinward.operations.models import (
    Manifest,
    ManifestLine,
    Minute,
    Paper,
    PaperOut,
    Signature,
)
from kinward.operations.printouts import Wanted, sheet_of
from kinward.operations.queries import minutes_of, under_way


@pytest.fixture
def planned(make_user, make_child, at):
    made = plan(make_user, [make_child(name) for name in ("رسلان", "زينب")], at)
    actions.give_bands(operation=made.operation, by=made.lead, at=at)
    return made


@pytest.fixture
def html(planned, at):
    """What a paper says: html(Paper.MINUTE, minute)."""

    def said(paper, minute=None, first="ar", second="ru", third=""):
        journey = under_way(planned.operation, user=planned.lead)
        wanted = Wanted(paper=paper, first=first, second=second, third=third, minute=minute)
        return written(sheet_of(wanted, journey, user=planned.lead), at=at)

    return said


def test_minute_to_sign_has_a_line_a_child_in_two_languages(html):
    said = html(Paper.MINUTE)

    assert said.count("MADEUP CHILD") == 2
    assert "محضر التسليم" in said
    assert "Акт передачи" in said
    assert 'dir="rtl"' in said


def test_one_language_stands_alone(html):
    assert '<span class="second"' not in html(Paper.MINUTE, first="en", second="en")


def test_minute_stands_in_three_languages_each_named(html):
    said = html(Paper.MINUTE, third="en")

    for language, words in (("ru", "Акт передачи"), ("en", "Handover minute")):
        assert words in said
        assert f'<span class="second" lang="{language}">' in said
    assert said.count('lang="ru"') == said.count('lang="en"') > 10
    twice = html(Paper.MINUTE, first="en", second="ru", third="ru")
    assert twice == html(Paper.MINUTE, first="en", second="ru")


def test_minute_that_is_recorded_says_what_its_lines_say(html, planned):
    first = planned.children[0]
    planned.hand_over([first], None, planned.delegation, witnesses="the ambassador")
    minute = Minute.objects.get()

    said = html(Paper.MINUTE, minute, first="en", second="ru")

    assert said.count("MADEUP CHILD") == 1
    assert "the ambassador" in said
    assert "The delegation" in said
    assert said.count(">none<") == 4


def test_line_that_was_corrected_stays_on_the_minute_struck_out(planned, html):
    planned.hand_over(planned.children, None, planned.delegation)
    minute, when = Minute.objects.get(), planned.now()
    line = minute.lines.get(child=planned.children[0])
    actions.correct_handover(line=line, handed=None, reason="no", by=planned.lead, at=when)

    signed, coming = (html(each, minute, first="en") for each in (Paper.MINUTE, Paper.RECEIVING))

    assert signed.count("MADEUP CHILD") == 2
    assert signed.count('<tr class="struck">') == 1
    assert "corrected since" in signed
    assert "<strong>1</strong>" in signed
    assert coming.count("MADEUP CHILD") == 1
    assert minute in minutes_of(planned.operation, user=planned.lead)


def test_minute_keeps_a_child_that_is_on_the_manifest_no_more(planned, html, at):
    planned.hand_over(planned.children, None, planned.delegation)
    own = {"recorded_by": planned.lead, "recorded_at": at}
    later = Manifest.objects.create(
        operation=planned.operation, version=2, escorts=[], digest="1" * 64, **own
    )
    told = {"surname": "MADEUP", "given": "CHILD 2", "document": {}, "over": [1]}
    ManifestLine.objects.create(manifest=later, number=1, child=planned.children[1], **told, **own)
    for number, signer in enumerate(planned.counters, 1):
        said = {"digest": "1" * 64, "recorded_by": signer, "recorded_at": at}
        Signature.objects.create(manifest=later, number=number, **said)

    assert html(Paper.MINUTE, Minute.objects.get()).count("MADEUP CHILD") == 2
    assert html(Paper.MANIFEST).count("MADEUP CHILD") == 1


@pytest.mark.parametrize(
    ("paper", "names"), [(Paper.RECEIVING, 1), (Paper.MINUTE, 1), (Paper.MANIFEST, 2)]
)
def test_who_did_not_go_on_is_on_no_list_of_who_comes(planned, html, paper, names):
    planned.stay(planned.children[0], "boarded")

    assert html(paper).count("MADEUP CHILD") == names


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("paper", "across", "down"), [(Paper.LABELS, 3, 2), (Paper.CARDS, 2, 1)])
def test_sheet_is_filled_in_either_direction(planned, language, paper, across, down):
    content = actions.take_paper(
        operation=planned.operation,
        wanted=Wanted(paper=paper, first=language, second="ru"),
        recipient="the hospital",
        purpose="to receive",
        by=planned.lead,
        at=planned.now(),
    )
    codes = set(planned.operation.bands.values_list("code", flat=True))
    written_on_it = codes if paper == Paper.LABELS else {planned.operation.reference}

    found = places_of(written_on_it, PdfReader(io.BytesIO(content)).pages[0])

    assert (len({x for x, _y in found}), len({y for _x, y in found})) == (across, down)


def places_of(words, page):
    """Return where words stand on a page, in points; what stands in its foot is left out."""
    found = []

    def seen(text, _current, place, _font, _size):
        if text.strip() in words and place[5] < 900:
            found.append((round(place[4]), round(place[5])))

    page.extract_text(visitor_text=seen)
    return found


@pytest.mark.parametrize("paper", [Paper.LABELS, Paper.CARDS])
def test_what_lies_about_names_no_child(html, paper):
    assert "MADEUP" not in html(paper)


def test_wristbands_bear_the_codes_of_the_operation(html, planned):
    codes = planned.operation.bands.values_list("code", flat=True)

    said = html(Paper.WRISTBANDS)

    assert len(codes) == 2
    assert all(said.count(f">{code}<") == 1 for code in codes)


@pytest.mark.parametrize("paper", [Paper.MINUTE, Paper.WRISTBANDS])
def test_paper_is_taken_out_as_pdf_and_written_down(client, planned, paper):
    client.force_login(planned.lead)
    address = reverse("operations:paper_file", args=[planned.operation.pk])

    said = {"paper": paper, "minute": "", "first": "ar", "second": "en"}

    short = client.post(address, said | {"recipient": "the hospital"})
    answer = client.post(address, said | {"recipient": "the hospital", "purpose": "to receive"})
    listed = client.get(reverse("operations:paper", args=[planned.operation.pk])).content.decode()

    assert short.status_code == 422
    assert 'value="the hospital"' in short.content.decode()
    assert answer["Content-Type"] == "application/pdf"
    out = PaperOut.objects.get()
    assert (out.paper, out.recipient, out.purpose) == (paper, "the hospital", "to receive")
    assert out.sha256 == sha256(answer.content).hexdigest()
    assert "the hospital" in listed
    assert PdfReader(io.BytesIO(answer.content)).pages
    told = Event.objects.filter(action="operations.took_paper")
    assert {each.object_id for each in told} == {str(each.pk) for each in planned.children}
    assert {each.compartments for each in told} == {"movement"}
    assert Imprint.objects.count() == (paper == Paper.MINUTE)  # what is cut apart bears no mark


def test_choice_is_shown_and_a_paper_that_is_not_there_leads_back_to_it(client, planned):
    client.force_login(planned.lead)
    page = reverse("operations:paper", args=[planned.operation.pk])

    answer = client.get(f"{page}file/")
    poster = client.post(f"{page}file/", {"paper": "poster"})

    assert answer["Location"] == page
    assert poster.status_code == 422
    assert "handover minute to sign on the spot" in client.get(page).content.decode()


def test_who_does_not_read_who_travels_takes_out_no_paper(planned, make_user, at):
    with pytest.raises(NotAllowed):
        actions.take_paper(
            operation=planned.operation,
            wanted=Wanted(paper=Paper.MINUTE, first="en", second="ru"),
            recipient="the hospital",
            purpose="to receive",
            by=make_user("salma", role=Role.CASE_WORKER),
            at=at,
        )


def test_operation_of_others_is_absent(client, planned, make_user):
    client.force_login(make_user("far", role=Role.ESCORT))

    answer = client.get(reverse("operations:paper", args=[planned.operation.pk]))

    assert answer.status_code == 404
