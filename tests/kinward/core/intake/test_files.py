"""Other files are known by their content, kept as they came, and read for what is never kept."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from reliability.mutating import others, photographs, zipped

from kinward.core.intake import archives, take_file, texts
from kinward.core.intake.refusals import Refused, Why
from kinward.core.intake.texts import inspect

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STR = "D3S1358"


def why(content):
    with pytest.raises(Refused) as refused:
        inspect(content)
    return refused.value.why


def pdf(text, *, password=None, pages=1):
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(200, 200)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password is not None:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def word(body, **more):
    members = {"[Content_Types].xml": b"<Types/>", "word/document.xml": body.encode()}
    return zipped(members | {name.replace("__", "/"): part for name, part in more.items()})


def sheet(*cells):
    book = Workbook()
    book.active.append(cells)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


KEPT = {
    "application/pdf": pdf("A letter"),
    WORD: word("<w:p><w:t>A letter</w:t></w:p>"),
    SHEET: sheet("name", "born", 2012),
    "application/vnd.oasis.opendocument.text": zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": b"<text:p>x</text:p>",
        }
    ),
    "text/plain": "Ищу детей моей дочери.\n".encode(),
    "audio/mpeg": b"ID3\x04" + bytes(40),
    "audio/ogg": b"OggS" + bytes(40),
    "audio/wav": b"RIFF\x24\0\0\0WAVEfmt " + bytes(40),
    "audio/mp4": b"\0\0\0\x20ftypM4A " + bytes(40),
    "audio/amr": b"#!AMR\n" + bytes(40),
    "audio/flac": b"fLaC" + bytes(40),
}


@pytest.mark.parametrize(("media_type", "content"), sorted(KEPT.items()))
def test_file_is_kept_as_it_came_and_known_by_its_content(media_type, content):
    taken = inspect(content)

    assert (taken.media_type, taken.content, taken.thumbnail) == (media_type, content, b"")


def test_text_of_another_encoding_with_a_mark_is_text():
    assert inspect("رسلان".encode("utf-16")).media_type == "text/plain"


@pytest.mark.parametrize(
    "content",
    [
        pdf(f"{STR} 15,16"),
        word(f"<w:p><w:r><w:t>{STR[:3]}</w:t></w:r><w:r><w:t>{STR[3:]}</w:t></w:r></w:p>"),
        sheet("locus", STR, 15, 16),
        f"locus;a;b\n{STR};15;16\n".encode(),
        f"{STR} 15,16".encode("utf-16"),
    ],
    ids=["pdf", "docx", "xlsx", "csv", "utf-16"],
)
def test_genetic_profile_in_the_text_of_a_file_is_refused(content):
    assert why(content) == Why.GENETIC


def test_face_as_numbers_in_a_file_is_refused():
    assert why(", ".join(f"0.{number}5" for number in range(100, 200)).encode()) == Why.FACE


REFUSED = {
    "nothing": (b"", Why.EMPTY),
    "program": (b"MZ\x90\0" + bytes(99), Why.UNKNOWN),
    "page": (others()["html"], Why.UNKNOWN),
    "drawing": (others()["svg"], Why.UNKNOWN),
    "gif": (others()["gif"], Why.UNKNOWN),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), Why.UNKNOWN),
    "archive": (zipped({"a.txt": b"a"}), Why.UNKNOWN),
    "film": (b"\0\0\0\x20ftypisom" + b"hdlr" + bytes(8) + b"vide", Why.UNKNOWN),
    "locked pdf": (pdf("x", password="secret"), Why.LOCKED),
    "broken pdf": (b"%PDF-1.7 nothing more", Why.BROKEN),
    "broken archive": (word("x")[:-30], Why.BROKEN),
    "macros": (word("x", word__vbaProject_bin=b"x").replace(b"t_bin", b"t.bin"), Why.MACROS),
    "way out": (word("x", **{"..__out.xml": b"x"}), Why.ARCHIVE),
    "from the root": (word("x", **{"__etc__x.xml": b"x"}), Why.ARCHIVE),
    "windows": (word("x", **{"C:x.xml": b"x"}), Why.ARCHIVE),
    "many": (word("x", **{f"{n}": b"" for n in range(archives.MOST_MEMBERS)}), Why.ARCHIVE),
    "bomb": (word(" " * (archives.MOST_UNPACKED + 1)), Why.ARCHIVE),
    "too large": (bytes(texts.MOST_BYTES + 1), Why.TOO_LARGE),
    "too long": (b"word " * (texts.MOST_LETTERS // 5 + 1), Why.TOO_LARGE),
    "too many pages": (pdf("x", pages=texts.MOST_PAGES + 1), Why.TOO_LARGE),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_file_that_is_not_kept_says_why(name):
    content, expected = REFUSED[name]

    assert why(content) == expected


def test_pdf_locked_without_a_password_can_be_read():
    assert inspect(pdf("A letter", password="")).media_type == "application/pdf"
    assert PdfReader(BytesIO(pdf("A letter", password=""))).is_encrypted


def test_link_in_an_archive_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    assert why(out.getvalue()) == Why.ARCHIVE


def test_member_locked_with_a_password_is_refused():
    content = bytearray(word("<w:t>x</w:t>"))
    for head in (b"PK\x03\x04", b"PK\x01\x02"):
        place = content.index(head) + (6 if head == b"PK\x03\x04" else 8)
        content[place] |= 1

    assert why(bytes(content)) == Why.LOCKED


def test_archive_that_lies_about_its_size_is_not_unpacked():
    honest = word("A" * 200_000)
    place = honest.rindex(b"PK\x01\x02") + 24  # its second member, as the directory declares it
    lying = honest[:place] + struct.pack("<I", 10) + honest[place + 4 :]

    assert why(lying) in {Why.ARCHIVE, Why.BROKEN}


def test_photograph_among_files_is_redrawn_too():
    taken = take_file(photographs()["png"])

    assert (taken.media_type, taken.content[:2]) == ("image/jpeg", b"\xff\xd8")
