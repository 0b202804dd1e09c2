"""Passenger lists, against messages that others made, and read back as they were written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.operations import paxlst
from kinward.operations.paxlst import Document, Flight, Sending, Traveller

FLIGHT = Flight(
    number="KW401",
    origin="BGW",
    destination="ZIA",
    departs_at="2612301030",
    arrives_at="2612301630",
)
SENDING = Sending(
    sender="Kinward",
    recipient="Borders",
    reference="O7KQ4M2XYZ",
    made_at=datetime(2026, 12, 29, 8, 5, tzinfo=UTC),
)
NAMES = st.text(ascii_uppercase + "'+:?< ", min_size=1, max_size=12).map(paxlst.unedi)
TRAVELLERS = st.lists(
    st.builds(Traveller, surname=NAMES.filter(bool), given=NAMES, reference=st.just("")),
    max_size=12,
)


@pytest.fixture(scope="session")
def received(vectors):
    """Read one of the messages that others made: received("gtas-Test1.txt")."""
    return lambda name: paxlst.read((vectors / "vectors" / "paxlst" / name).read_text())


@pytest.mark.external
@pytest.mark.parametrize(
    ("name", "travellers", "flights", "wrong"),
    [
        ("gtas-apisMessage.txt", 2, ["AA123", "AA124"], []),
        ("gtas-multiple_flight_leg_apis.txt", 2, ["QQ877", "QQ827", "QQ827"], []),
        ("gtas-Test1.txt", 8, ["UA0989"], [("UNT", 107)]),
        ("gtas-airline2.edi", 10, ["TN506"], [("CNT", 10), ("UNT", 111), ("UNT", "1402111800")]),
        ("ediclean-original-A.txt", 1, ["A92707"], [("CNT", 1), ("UNT", 25)]),
        ("ediclean-original-B.txt", 1, ["B2740"], [("CNT", 1), ("UNT", 22)]),
        ("ediclean-original-C.txt", 3, ["B2740"], [("CNT", 3), ("UNT", 50)]),
    ],
)
def test_message_is_read_and_wrong_totals_are_flagged(received, name, travellers, flights, wrong):
    read = received(name)

    assert len(read.travellers) == travellers
    assert [each.number for each in read.messages[0].flights] == flights
    assert [(each.segment[:3], each.found) for each in read.flags] == wrong


@pytest.mark.external
@pytest.mark.parametrize("letter", "ABC")
def test_message_in_a_telex_is_the_cleaned_one(received, letter):
    assert received(f"ediclean-original-{letter}.txt") == received(
        f"ediclean-reference-{letter}.txt"
    )


@pytest.mark.external
def test_names_and_references_are_those_of_the_message(received):
    first, second = received("gtas-apisMessage.txt").travellers

    assert (first.surname, first.given, first.reference) == ("CLARK", "MICHAEL", "ABC123")
    assert (second.surname, second.given, second.reference) == ("CLARK", "CHERYL", "TYL009")
    assert [each.code for each in received("gtas-Test1.txt").travellers] == ["FM"] * 8


@pytest.mark.external
def test_flag_says_what_stands_there(received):
    flags = received("gtas-airline2.edi").flags

    assert (flags[0].segment, flags[0].said, flags[0].found) == ("CNT+42:136", "136", 10)
    assert flags[0].part == "10:F"


@given(travellers=TRAVELLERS, each=st.integers(1, 5))
def test_list_is_read_back_as_it_was_written(travellers, each):
    read = paxlst.read(paxlst.write(FLIGHT, travellers, SENDING, each=each))

    assert list(read.travellers) == travellers
    assert read.flags == ()
    assert {message.flights for message in read.messages} == {(FLIGHT,)}
    assert len(read.messages) == max(-(-len(travellers) // each), 1)
    assert {total for one in read.messages for total in one.totals} == {
        ("42", str(len(travellers)))
    }


def test_parts_of_one_flight_say_first_and_last_and_share_a_total():
    travellers = [Traveller(surname=f"TESTOV{letter}") for letter in "ABCDE"]

    read = paxlst.read(paxlst.write(FLIGHT, travellers, SENDING, each=2))

    assert [one.part for one in read.messages] == ["01:C", "02", "03:F"]
    assert {one.group for one in read.messages} == {"KW401/261230/1030"}
    assert [one.totals for one in read.messages] == [(("42", "5"),)] * 3


def test_part_that_did_not_come_is_missed():
    travellers = [Traveller(surname=f"TESTOV{letter}") for letter in "ABCD"]
    written = paxlst.write(FLIGHT, travellers, SENDING, each=2)
    second = written.index("UNH+PAX002")
    cut = written[:second] + written[written.index("UNE+") :]

    assert [(flag.segment, flag.found) for flag in paxlst.read(cut).flags] == [
        ("CNT+42:4", 2),
        ("UNE+2+O7KQ4M2XYZ", 1),
    ]


def test_list_holds_names_alone_unless_documents_are_given():
    named = Traveller(surname="TESTOVA", given="AISHA", reference="1")
    shown = Document(
        kind="passport", issuer="RUS", number="530123456", valid_until=date(2027, 5, 1)
    )
    full = Traveller(surname="TESTOVA", given="AISHA", reference="1", document=shown)

    by_name = paxlst.write(FLIGHT, [named], SENDING)
    whole = paxlst.write(FLIGHT, [full], SENDING)

    assert "DOC" not in by_name
    assert "NAD+FL+++TESTOVA:AISHA'RFF+ABO:1'CNT+42:1'UNT+12+PAX001'" in by_name
    assert "DOC+P:110:111+530123456'DTM+36:270501'LOC+91+RUS'" in whole
    assert paxlst.read(whole).flags == ()


def test_answer_of_an_authority_is_read():
    answer = (
        "UNA:*.? #UNB*UNOA:4*BORDERS:ZZ*KINWARD:ZZ*261229:0900*1#"
        "UNH*1*CUSRES:D:05B:UN:IATA#BGM*962#RFF*TN:9#RFF*AF:KW401#"
        "ERP*2#RFF*ABO:1#ERC*0#ERP*2#RFF*ABO:2#ERC*1#ERC*4#UNT*12*1#UNZ*1*1#"
    )

    read = paxlst.read(answer)

    assert [(one.level, one.references, one.codes) for one in read.answers] == [
        ("2", ("1",), ("0",)),
        ("2", ("2",), ("1", "4")),
    ]
    assert read.flags == ()


@pytest.mark.parametrize(
    "text",
    ["", "a letter", "UNB+UNOA:4+A+B+1:2+3'UNH+1+PAXLST'", "UNA:+.? 'UNB+UNOA:4+A+B'UNH+1+X'UNZ+1"],
)
def test_what_is_no_interchange_is_refused(text):
    with pytest.raises(paxlst.Unreadable):
        paxlst.read(text)
