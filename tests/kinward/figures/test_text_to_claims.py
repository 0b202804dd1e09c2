"""An editor's way from a text to claims: paste or send it, confirm what was read, see the rest."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from warcio.archiveiterator import ArchiveIterator

from kinward.audit.context import acting
from kinward.core.errors import NotAllowed
from kinward.figures import actions, queries
from kinward.figures.models import ArchivedCopy, Claim, ClaimLink, SetAside, Source, Verdict

TEXT = (
    "Thirty children landed on Friday, the ministry said. They are three to ten years old.\n\n"
    "24 of them were from Dagestan, and another three were from Chechnya, it added."
)
FIELDS = (
    "quote operator low high unit words state dimension category as_of since speaker channel group"
)
PAGE = f"""<html lang="en"><head><title>Thirty came</title>
<meta property="og:site_name" content="A Paper"></head><body><article><h1>Thirty came</h1>
<p>{TEXT.replace(chr(10) * 2, "</p><p>")}</p></article></body></html>"""


@pytest.fixture
def reader(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def source(make_source):
    return make_source(TEXT)


def sent(source, decisions, **typed):
    """Return what a browser sends of the page as it was shown, with answers by place: {0: "yes"}.

    An answer for all is a word alone. What is typed besides: `n0_low="31"`.
    """
    data = {}
    for one in queries.offered(source):
        at, whole = one.suggestion.at, one.suggestion.whole
        told = {name: getattr(one.coding, name) for name in FIELDS.split()}
        told |= {"whole": one.whole.pk if one.whole else "" if whole is None else f"n{whole}"}
        told |= {"decision": decisions if isinstance(decisions, str) else decisions.get(at, "")}
        data |= {f"n{at}-{name}": "" if said is None else said for name, said in told.items()}
    return data | {name.replace("_", "-", 1): said for name, said in typed.items()}


def the_same_people(data):
    """Return what is sent with the same words about whom, wherever they are asked."""
    same = {name: "on the flight of 3 May" for name in data if name.endswith("-words")}
    return data | same


def residuals():
    return [
        (one.finding.rest, one.sentence.replace("\u2068", "").replace("\u2069", ""))
        for one in queries.inbox()
        if one.verdict == Verdict.RESIDUAL
    ]


def test_text_becomes_claims_and_what_is_left_is_given_to_nobody(reader, source):
    address = reverse("figures:read", args=[source.pk])
    shown = reader.get(address).content.decode()

    answer = reader.post(address, the_same_people(sent(source, "yes")))

    register = reader.get(reverse("figures:register")).content.decode()
    assert "<mark>Thirty children landed on Friday</mark>" in shown
    assert answer.url == reverse("figures:source", args=[source.pk])
    assert [(int(claim.low), claim.speaker) for claim in queries.claims_of(source)] == [
        (30, "ministry"),
        (3, "ministry"),
        (24, "ministry"),
        (3, "ministry"),
    ]
    assert residuals() == [((3, 3), "24 + 3 = 27 of 30: not accounted for in this source: 3.")]
    assert "not accounted for in this source" in register
    assert queries.offered(source) == []
    assert "kw-empty" in reader.get(address).content.decode()


@pytest.mark.external
def test_article_becomes_claims_with_three_not_accounted_for(reader, make_source, vectors):
    text = (vectors / "article.txt").read_text("utf-8")
    article = make_source(text, published_on=date(2018, 12, 30))
    typed = sent(article, "yes")
    words = {name: said or "as the text says" for name, said in typed.items() if "words" in name}

    answer = reader.post(reverse("figures:read", args=[article.pk]), typed | words)

    assert answer.status_code == 302
    assert Claim.objects.count() == 12
    parts = Claim.objects.filter(category__in=["Dagestan", "Chechnya"])
    assert {(int(each.low), each.speaker, each.category) for each in parts} == {
        (24, "Ramzan Kadyrov", "Dagestan"),
        (3, "Ramzan Kadyrov", "Chechnya"),
    }
    assert ((3, 3), "24 + 3 = 27 of 30: not accounted for in this source: 3.") in residuals()
    shown = {one.claim.category: one.feasible for group in queries.groups() for one in group.claims}
    assert (shown["Dagestan"], shown["Chechnya"]) == ("24", "3")


def test_one_sentence_is_confirmed_by_its_button(reader, source):
    first, *_rest = queries.offered(source)
    data = sent(source, {}, all=str(first.suggestion.sentence.start))

    answer = reader.post(reverse("figures:read", args=[source.pk]), data)

    assert answer.url == reverse("figures:read", args=[source.pk])
    assert [int(claim.low) for claim in Claim.objects.all()] == [30]
    assert len(queries.offered(source)) == 3


def test_parts_find_a_whole_that_was_confirmed_before(reader, source):
    address = reverse("figures:read", args=[source.pk])
    reader.post(address, sent(source, {0: "yes"}))
    part = queries.offered(source)[1]

    reader.post(address, sent(source, {part.suggestion.at: "yes"}))

    whole, claim = Claim.objects.get(low=30), Claim.objects.get(low=24)
    assert part.whole == whole
    assert [(link.claim, link.other) for link in ClaimLink.objects.all()] == [(claim, whole)]


def test_what_is_no_figure_is_set_aside(reader, source):
    address = reverse("figures:read", args=[source.pk])

    reader.post(address, sent(source, {0: "no"}))

    assert [row.number_at for row in SetAside.objects.all()] == [0]
    assert Claim.objects.count() == 0
    assert 0 not in [one.suggestion.at for one in queries.offered(source)]


@pytest.mark.parametrize(
    ("decisions", "typed", "words"),
    [
        ({}, {"n0_low": "31"}, "You changed this figure"),
        ({0: "yes"}, {"n0_quote": "40 children"}, "These words do not stand in the source"),
        ({0: "yes"}, {"n0_words": ""}, "There is something to correct"),
        ({87: "yes"}, {}, "Confirm that figure too"),
    ],
)
def test_nothing_typed_is_lost(reader, source, decisions, typed, words):
    typed = sent(source, decisions, n0_speaker="Somebody else") | sent(
        source, decisions, **typed, n0_speaker="Somebody else"
    )

    response = reader.post(reverse("figures:read", args=[source.pk]), typed)

    shown = response.content.decode()
    assert response.status_code == 422
    assert words in shown
    assert 'value="Somebody else"' in shown
    assert Claim.objects.count() == 0


def test_what_somebody_else_decided_stands(reader, source, editor, at):
    late = sent(source, {0: "yes"})
    with acting(editor):
        actions.read_source(source=source, chosen={}, aside=[0], by=editor, at=at)

    answer = reader.post(reverse("figures:read", args=[source.pk]), late, follow=True)

    assert "Somebody else decided" in answer.content.decode()
    assert Claim.objects.count() == 0
    with acting(editor), pytest.raises(actions.AlreadyRead):
        actions.read_source(source=source, chosen={}, aside=[0], by=editor, at=at)


def test_words_that_would_be_refused_are_not_offered(make_source):
    label = "terror" + "ists"  # no word of ours
    source = make_source(
        f"Ten children of suspected {label} came. Nine women left to join {label}."
    )

    assert [one.coding.words for one in queries.offered(source)] == ["", "left"]


def test_figures_coded_by_hand_are_not_offered_again(source, make_claim):
    make_claim("Thirty children landed on Friday", 30, of=source)

    assert [one.coding.low for one in queries.offered(source)] == [3, 24, 3]


def test_correction_keeps_where_the_number_stands(reader, source, editor, at):
    reader.post(reverse("figures:read", args=[source.pk]), sent(source, {0: "yes"}))
    claim = Claim.objects.get()
    [other] = [one.coding for one in queries.offered(source) if one.coding.low == 24]
    changed = {"quote": claim.quote, "number_at": None}

    with acting(editor):
        corrected = actions.code_claim(
            source=source,
            coding=type(other)(**{**vars_of(other), **changed}),
            corrects=claim,
            reason="Misread.",
            by=editor,
            at=at,
        )

    assert corrected.number_at == 0


def vars_of(coding):
    return {name: getattr(coding, name) for name in coding.__slots__}


def test_saved_page_becomes_a_source_with_its_archived_copy(reader):
    file = SimpleUploadedFile("page.html", PAGE.encode())
    kept = reader.post(reverse("figures:add_copy"), {"file": file})
    copy = ArchivedCopy.objects.get()
    form = reader.get(kept.url)
    typed = {
        name: str(form.context["form"][name].value() or "") for name in form.context["form"].fields
    }
    added = reader.post(kept.url, typed | {"published_on": "2019-05-03", "translation": "none"})

    source = Source.objects.get()
    shown = reader.get(reverse("figures:source", args=[source.pk])).content.decode()
    file = reader.get(reverse("figures:copy_file", args=[copy.pk]))
    assert typed["outlet"] == "A Paper"
    assert added.url == reverse("figures:read", args=[source.pk])
    assert source.made_from.copy == copy
    assert copy.digest in shown
    assert "attachment" in file.headers["Content-Disposition"]
    bodies = [each.content_stream().read() for each in ArchiveIterator(BytesIO(file.content))]
    assert bodies == [PAGE.encode()]


@pytest.mark.parametrize(
    ("told", "text", "language"),
    [
        ("ru", "Thirty", "ru"),
        ("fr", "Trente", "und"),
        ("", "Тридцать детей", "ru"),
        ("", "ثلاثون طفلا", "ar"),
        ("", "Thirty", "en"),
    ],
)
def test_language_of_a_page_is_proposed(told, text, language):
    assert queries.language_of(ArchivedCopy(told={"language": told}, text=text)) == language


def test_source_in_another_language_is_coded_by_hand(reader, make_source):
    source = make_source("ثلاثون طفلا", language="ar")

    answer = reader.get(reverse("figures:read", args=[source.pk]))

    assert answer.url == reverse("figures:source", args=[source.pk])


def test_file_that_is_no_page_is_refused_at_its_field(reader):
    file = SimpleUploadedFile("page.html", b"<html><body></body></html>")

    response = reader.post(reverse("figures:add_copy"), {"file": file})

    assert response.status_code == 422
    assert "No article was found in this file" in response.content.decode()
    assert ArchivedCopy.objects.count() == 0


LONG = (
    "Thirty children landed on Friday after a flight of four hours from the south, the ministry "
    "said in a statement that was sent to all papers of the capital late in the evening. "
)


def test_copies_of_one_text_count_once(reader, make_source, make_claim, editor, at):
    one = make_source(LONG, outlet="A paper")
    other = make_source(
        f"Our reporter. {LONG} More soon.", outlet="Another", published_on=date(2019, 5, 4)
    )
    make_source("Quite another text about the weather of the week. " * 5, outlet="A third")
    for source in (one, other):
        make_claim("Thirty children landed on Friday", 30, of=source)
    before = [each.told_by for group in queries.groups() for each in group.claims]

    [like] = queries.alike(one)
    shown = reader.get(reverse("figures:source", args=[one.pk])).content.decode()
    reader.post(reverse("figures:tell_copies", args=[one.pk]), {"other": other.pk, "same": "yes"})

    after = [each.told_by for group in queries.groups() for each in group.claims]
    assert (like.source, like.said) == (other, None)
    assert "They print one text" in shown
    assert (before, after) == ([2, 2], [1, 1])
    assert [each.said for each in queries.alike(one)] == [True]
    reader.post(reverse("figures:tell_copies", args=[one.pk]), {"other": other.pk, "same": "no"})
    assert [each.told_by for group in queries.groups() for each in group.claims] == [2, 2]


@pytest.mark.parametrize(("agency", "told_by"), [("An agency", 1), ("", 10)])
def test_ten_copies_of_one_agency_text_count_once(make_source, make_claim, agency, told_by):
    for number in range(10):
        paper = make_source(LONG, outlet=f"Paper {number}", agency=agency)
        make_claim("Thirty children landed on Friday", 30, of=paper)

    [group] = queries.groups()

    assert {each.told_by for each in group.claims} == {told_by}


def test_second_editor_reads_nothing_in(second, source, at):
    with acting(second), pytest.raises(NotAllowed):
        actions.read_source(source=source, chosen={}, aside=[0], by=second, at=at)
    with acting(second), pytest.raises(NotAllowed):
        actions.tell_copies(source=source, other=source, same=True, by=second, at=at)


def test_a_source_is_no_copy_of_itself(source, editor, at):
    with acting(editor), pytest.raises(actions.CannotLink):
        actions.tell_copies(source=source, other=source, same=True, by=editor, at=at)


def test_reading_costs_the_same_for_few_and_for_many(reader, make_source):
    costs = []
    for text in ("Thirty children came.", "Thirty children came. " * 20):
        address = reverse("figures:read", args=[make_source(text).pk])
        reader.get(address)
        with CaptureQueriesContext(connection) as asked:
            reader.get(address)
        costs.append(len(asked))

    assert costs[0] == costs[1]
