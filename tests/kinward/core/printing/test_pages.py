"""Pages made into PDF: tagged, with their own letters, the same each time, fetching nothing."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from datetime import UTC, date, datetime

import pytest
import segno
import zxingcpp
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from kinward.core.printing import codes, fonts, pages

AT = datetime(2018, 12, 30, 9, 0, tzinfo=UTC)
TITLES = {"en": "Receipt", "ru": "Квитанция Гӏапур", "ar": "إيصال رسلان"}
ADDRESS = "https://kinward.example/documents/verify/"
LINK = f"{ADDRESS}?code=7F3K29QX4M&digest="


def page_of(language="en", **more):
    sheet = pages.Sheet(
        template="printing/base.html", language=language, title=TITLES[language], **more
    )
    return sheet, pages.written(sheet, at=AT)


@pytest.fixture(scope="module")
def made():
    """One document in each language, with its mark."""
    found = {}
    for language in TITLES:
        sheet, html = page_of(language)
        html = pages.marked(html, sheet=sheet, code="7F3K29QX4M", address=ADDRESS)
        found[language] = pages.pdf(html)
    return found


@pytest.mark.parametrize(("language", "word"), [("en", "Receipt"), ("ru", "Квитанция Гӏапур")])
def test_words_can_be_copied_out_of_a_document(made, language, word):
    (page,) = PdfReader(io.BytesIO(made[language])).pages

    assert word in page.extract_text()


def test_arabic_is_copied_letter_by_letter(made):
    (page,) = PdfReader(io.BytesIO(made["ar"])).pages

    assert {*"إيصال رسلان"} <= {*page.extract_text()}


@pytest.mark.parametrize("language", TITLES)
def test_document_is_tagged_for_reading_aloud_and_says_its_language(made, language):
    root = PdfReader(io.BytesIO(made[language])).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == language
    assert "/StructTreeRoot" in root


@pytest.mark.parametrize("language", TITLES)
def test_every_letter_comes_with_the_document(made, language):
    (page,) = PdfReader(io.BytesIO(made[language])).pages

    letters = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    kept = [each["/DescendantFonts"][0]["/FontDescriptor"] for each in letters]
    assert kept
    assert all("/FontFile2" in each for each in kept)
    assert all(str(each["/FontName"]).split("+")[1].startswith("KW-") for each in kept)


def test_same_page_is_the_same_file_byte_for_byte(made):
    sheet, html = page_of()
    html = pages.marked(html, sheet=sheet, code="7F3K29QX4M", address=ADDRESS)

    assert pages.pdf(html) == made["en"]


@pytest.mark.parametrize(
    "outside",
    [
        "https://example.org/a.png",
        "http://127.0.0.1/a.png",
        "file:///etc/passwd",
        "a.png",
        "data:text/html,x",
    ],
)
def test_nothing_is_fetched_from_outside(outside):
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 (slow to import)

    with pytest.raises((FatalURLFetchingError, ValueError)):
        pages.own_fetcher().fetch(outside)


def test_page_that_names_something_outside_is_not_made():
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 (slow to import)

    _sheet, html = page_of()

    with pytest.raises(FatalURLFetchingError):
        pages.pdf(html.replace("</header>", '<img src="https://example.org/a.png" alt="">'))


def test_mark_leaves_what_the_page_says_alone():
    sheet, html = page_of(watermark="Salma")

    whole = pages.marked(html, sheet=sheet, code="7F3K29QX4M", address="")

    assert "7F3K2-9QX4M" in whole
    assert pages.digest_of(html)[: pages.SHOWN_OF_DIGEST] in whole
    assert pages.PLACE_OF_MARK in html
    assert "Salma" in whole


def test_square_is_read_back_by_a_camera(made, tmp_path):
    _sheet, html = page_of()
    link = LINK + pages.digest_of(html)[: pages.SHOWN_OF_DIGEST]
    if shutil.which("pdftoppm"):
        (tmp_path / "a.pdf").write_bytes(made["en"])
        command = ["pdftoppm", "-r", "150", "-png", "-singlefile", "a.pdf", "a"]
        subprocess.run(command, cwd=tmp_path, check=True)
    else:
        segno.make_qr(link, error="m").save(str(tmp_path / "a.png"), scale=codes.UNIT)

    (read,) = zxingcpp.read_barcodes(Image.open(tmp_path / "a.png"))

    assert read.text == link


def test_every_letter_that_styles_name_is_there():
    assert all(path.is_file() for path in fonts.files().values())
    assert all(address in fonts.faces() for address in fonts.files())


@given(code=st.text(codes.LETTERS, min_size=codes.LENGTH, max_size=codes.LENGTH))
def test_code_is_read_however_it_is_typed(code):
    typed = codes.shown_code(code).lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert codes.plain_code(typed) == code


def test_codes_are_not_alike():
    assert len({codes.new_code() for _ in range(100)}) == 100


def test_letters_that_were_not_built_are_named(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)

    with pytest.raises(ImproperlyConfigured, match="ibm-plex-sans-latin-400-normal"):
        pages.pdf("<p>one</p>")


@pytest.mark.parametrize("before", [None, "/etc/fonts/fonts.conf"])
def test_machines_letters_are_seen_again_after_printing(monkeypatch, before):
    monkeypatch.delenv(pages.LETTERS, raising=False)
    if before:
        monkeypatch.setenv(pages.LETTERS, before)
    pages.pdf(page_of()[1])

    assert os.environ.get(pages.LETTERS) == before


def test_watermark_keeps_name_and_day_whole_in_a_page_of_the_other_direction():
    with translation.override("ar"):
        behind = pages.watermark("Salma", date(2026, 11, 28))

    assert behind == "\u2068Salma\u2069 · \u206828 نوفمبر 2026\u2069"
