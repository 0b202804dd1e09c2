from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest

from kinward.exchange.pfif import Pfif, Record, read, tombstone, words, written
from kinward.exchange.sources import UnfitFile
from kinward.people.listing import NOTHING, guess

AT = datetime(2019, 1, 2, tzinfo=UTC)
VECTORS = [
    "test.pfif-1.1.xml",
    "test.pfif-1.2.xml",
    "test.pfif-1.2-badrecord.xml",
    "test.pfif-1.2-believed-dead.xml",
    "test.pfif-1.2-note.xml",
    "test.pfif-1.2-source.xml",
    "test.pfif-1.4.xml",
]


def document(inside, version="1.4"):
    tags = re.sub(r"<(/?)(\w)", r"<\1pfif:\2", inside)
    space = f'xmlns:pfif="http://zesty.ca/pfif/{version}"'
    return BytesIO(f"<pfif:pfif {space}>{tags}</pfif:pfif>".encode())


PERSON = (
    "<person_record_id>example.org/1</person_record_id>"
    "<source_date>2018-12-30T00:00:00Z</source_date><full_name>Zaira</full_name>"
)


def entries(inside, version="1.4", **options):
    source = Pfif(name="a.xml", content=document(inside, version), at=AT, **options)
    return list(source.entries())


@pytest.mark.external
@pytest.mark.parametrize("file", VECTORS)
def test_vectors_are_read_and_written_without_loss(vectors, file):
    content = (vectors / "vectors" / "pfif" / file).read_bytes()
    records = list(read(BytesIO(content), file))

    again = "".join(written(records, records[0].version)).encode()

    assert list(read(BytesIO(again), file)) == records
    said = len(re.findall(rb"<pfif:(?!pfif|person>|note>)[a-z_]+>\s*[^\s<]", content))
    assert sum(len(each.fields) + sum(map(len, each.notes)) for each in records) == said


@pytest.mark.external
def test_vector_of_1_4_is_read_field_by_field(vectors):
    with (vectors / "vectors" / "pfif" / "test.pfif-1.4.xml").open("rb") as content:
        (entry,) = Pfif(name="v", content=content, at=AT).entries()

    assert entry.problems == ()
    assert entry.cells == {
        "person_record_id": "test.google.com/person.21009",
        "full_name": "_test_full_name1\n_test_full_name2",
        "alternate_names": "_test_alternate_name1\n_test_alternate_name2",
        "sex": "female",
        "date_of_birth": "1970-01",
        "age": "35-45",
        "source_date": "2000-01-01",
        "last_home": "_test_home_street, _test_home_neighborhood, _test_home_city, "
        "_test_home_state, _test_home_postal_code, US",
        "description_of_person": "_test_description",
    }
    assert len(entry.rest["notes"]) == 4
    assert entry.rest["photo_url"] == "_test_photo_url"
    missing = [each for each in entry.remarks if str(each.place).endswith("author_name")]
    assert len(missing) == 2


@pytest.mark.external
@pytest.mark.parametrize("file", ["test.pfif-1.1.xml", "test.pfif-1.2.xml"])
def test_earlier_vectors_are_told_in_fields_of_1_4(vectors, file):
    with (vectors / "vectors" / "pfif" / file).open("rb") as content:
        (entry,) = Pfif(name="v", content=content, at=AT).entries()

    assert entry.problems == ()
    assert entry.cells["full_name"] == "_test_first_name _test_last_name"
    assert entry.cells["description_of_person"] == "_test_description"
    assert "_test_home_street, _test_home_neighborhood" in entry.cells["last_home"]
    assert entry.rest["given_name"] == "_test_first_name"


@pytest.mark.external
def test_vector_with_a_bad_record_refuses_only_that_one(vectors):
    with (vectors / "vectors" / "pfif" / "test.pfif-1.2-badrecord.xml").open("rb") as content:
        source = Pfif(name="bad.xml", content=content, at=AT, domain="test.google.com")
        good, bad = source.entries()

    assert good.problems == ()
    assert [str(each) for each in bad.problems] == [
        (
            "bad.xml, foo.google.com/person.666, person_record_id: "
            "This record is of another registry than the one that hands it over."
        )
    ]


def test_notes_by_themselves_say_nothing_of_a_child():
    note = "<note><note_record_id>a.org/n</note_record_id><text>seen</text></note>"

    first, second = entries(f"{note}<person>{PERSON}</person>")

    assert first.cells["full_name"] == "Zaira"
    assert "notes" not in first.rest
    assert second.cells == {}
    assert second.rest == {"notes": [{"note_record_id": "a.org/n", "text": "seen"}]}


@pytest.mark.parametrize(
    ("field", "text", "wrong"),
    [
        ("source_date", "yesterday", "no moment"),
        ("source_date", "2018-02-31T00:00:00Z", "no moment"),
        ("expiry_date", "2018", "no moment"),
        ("date_of_birth", "1.2.2003", "no date of birth"),
        ("age", "seven", "no age"),
        ("sex", "f", "no such word"),
        ("person_record_id", "1", "no identifier"),
    ],
)
def test_record_is_refused_with_its_place_and_why(field, text, wrong):
    person = re.sub(rf"<{field}>.*?</{field}>", "", PERSON) + f"<{field}>{text}</{field}>"

    (entry,) = entries(f"<person>{person}</person>")

    (problem,) = entry.problems
    assert str(problem.place).endswith(f", {field}")
    assert wrong in str(problem)


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.3", "1.4"])
def test_record_without_what_must_be_there_is_refused(version):
    (entry,) = entries("<person><author_name>X</author_name></person>", version)

    missing = [each.place.field for each in entry.problems]
    assert missing == words()["versions"][version]["must"]


def test_expired_record_is_a_tombstone():
    past, later = (f"<expiry_date>{year}-01-01T00:00:00Z</expiry_date>" for year in (2018, 2020))

    gone, stands = entries(f"<person>{PERSON}{past}</person><person>{PERSON}{later}</person>")

    assert gone.cells == {}
    assert set(gone.rest) == {"person_record_id", "source_date", "expiry_date"}
    assert gone.problems == ()
    assert stands.cells["full_name"] == "Zaira"


def test_expired_record_goes_out_as_a_tombstone():
    fields = {
        "person_record_id": "a.org/1",
        "full_name": "Zaira",
        "expiry_date": "2018-01-01T00:00:00Z",
    }
    record = Record(version="1.4", fields=fields, notes=[{"text": "seen"}])

    out = "".join(written([tombstone(record)]))

    assert record.expired(AT)
    assert "a.org/1" in out
    assert "Zaira" not in out
    assert "seen" not in out


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no xml",
        b"<pfif>",
        b"<a/>",
        b'<x:pfif xmlns:x="http://zesty.ca/pfif/9.9"/>',
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    ],
)
def test_what_is_no_pfif_is_refused_with_the_name_of_the_file(content):
    with pytest.raises(UnfitFile, match=r"^a\.xml: This is no"):
        list(Pfif(name="a.xml", content=BytesIO(content), at=AT).entries())


def test_text_is_escaped_where_it_is_written():
    record = Record(version="1.4", fields={"full_name": "<&>\x00 Ӏ"}, notes=[])

    out = "".join(written([record]))

    assert "<pfif:full_name>&lt;&amp;&gt; Ӏ</pfif:full_name>" in out
    assert next(read(BytesIO(out.encode()), "x")).fields == {"full_name": "<&> Ӏ"}


def test_columns_are_guessed_as_what_they_mean():
    columns = Pfif(name="x", content=BytesIO(), at=AT).columns

    assert {name: guess(name) or NOTHING for name in columns} == dict(columns)


def test_unknown_field_is_kept_and_told():
    (entry,) = entries(f"<person>{PERSON}<shoe_size>31</shoe_size></person>")

    assert entry.rest["shoe_size"] == "31"
    assert [each.place.field for each in entry.remarks] == ["shoe_size"]


def test_other_sex_is_kept_and_not_read():
    (entry,) = entries(f"<person>{PERSON}<sex>other</sex></person>")

    assert "sex" not in entry.cells
    assert entry.rest["sex"] == "other"
