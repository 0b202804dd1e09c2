"""From a text to suggestions of claims, on sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.figures.models import Operator, State, Unit
from kinward.figures.queries import known_places
from kinward.figures.rules.reading import suggestions

DAY = date(2019, 5, 3)  # a Friday


def read(text, language="en"):
    return suggestions(text, language=language, published_on=DAY, known=known_places(language))


def numbers(text, language="en"):
    return [(one.operator, one.low, one.high) for one in read(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thirty-two children came.", ("=", 32, None)),
        ("More than 2,000 children came.", (">", 2000, None)),
        ("Around a hundred women left.", ("~", 100, None)),
        ("Up to 60 children wait.", ("<=", 60, None)),
        ("No fewer than two thousand people came.", (">=", 2000, None)),
        ("Fewer than 20 boys came.", ("<", 20, None)),
        ("Between 90 and 110 children remain.", ("range", 90, 110)),
        ("They expect 120 to 150 children.", ("range", 120, 150)),
        ("Several hundred families came.", ("hundreds", None, None)),
        ("Dozens of girls came.", ("tens", None, None)),
        ("Two thirds of the children are ill.", ("=", 0.667, None)),
        ("Some 15 per cent of them are ill.", ("~", 0.15, None)),
    ],
)
def test_english_numbers_are_read_with_how_they_are_put(text, expected):
    assert numbers(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Двадцать семь детей вернулись.", ("=", 27, None)),
        ("Вернулись пятеро детей.", ("=", 5, None)),
        ("Более 1,1 тыс. детей ждут.", (">", 1100, None)),
        ("Около 1 500 женщин ждут.", ("~", 1500, None)),
        ("До двух тысяч человек ждут.", ("<=", 2000, None)),
        ("Не менее 200 детей ждут.", (">=", 200, None)),
        ("Ждут от 300 до 350 человек.", ("range", 300, 350)),
        ("Несколько десятков семей ждут.", ("tens", None, None)),
        ("Треть детей больны.", ("=", 0.333, None)),
    ],
)
def test_russian_numbers_are_read_in_every_case(text, expected):
    assert numbers(text, "ru") == [expected]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Flight 318 landed at 19.40 on 14 March 2019.", "en"),
        ("The court ordered 5,000 euros a day within six weeks.", "en"),
        ("The camp has 12 schools and stands 60 kilometres from the border.", "en"),
        ("A mother of two, 34, waited for 11 months.", "en"),
        ("It was the 4th flight; the first three were late.", "en"),
        ("One boy of nine spoke.", "en"),
        ("Рейс 318 прибыл 14 марта 2019 года в 18:35.", "ru"),
        ("Мальчику 9 лет, в тюрьме № 4 он провёл 3 года.", "ru"),
        ("Thirty children came.", "ar"),
    ],
)
def test_what_is_no_claim_is_not_suggested(text, language):
    assert read(text, language) == [] if language == "ar" else numbers(text, language) == []


def test_ages_of_a_group_are_a_claim_and_ages_that_describe_are_none():
    told = read("The children, aged three to ten, came. Eight children aged 11 to 17 are missing.")

    assert [(one.unit, one.low, one.high) for one in told] == [
        (Unit.AGE, 3, 10),
        (Unit.CHILDREN, 8, None),
    ]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Some 100 women and children returned.", Unit.WOMEN_AND_CHILDREN),
        ("Over 2,000 widows and children remain.", Unit.WIDOWS_AND_CHILDREN),
        ("A list of 90 names was handed over.", Unit.NAMES),
        ("They keep the names of 56 people.", Unit.NAMES),
        ("Some 185 foreigners came.", Unit.FOREIGNERS),
    ],
)
def test_what_is_counted_is_read(text, unit):
    assert [one.unit for one in read(text)] == [unit]


@pytest.mark.parametrize(
    ("text", "language", "speaker"),
    [
        ("Thirty children came, a ministry said.", "en", "ministry"),
        ("“Thirty children came,” said Ayla Testova, who led them.", "en", "Ayla Testova"),
        ("Its head, Ayla Testova, told reporters that 30 children came.", "en", "Ayla Testova"),
        ("According to the charity Way Home, 30 children came.", "en", "Way Home"),
        ("Ayla Testova spoke. “30 children came,” Ms Testova said.", "en", "Ayla Testova"),
        ("Вернулись 30 детей, сообщило министерство.", "ru", "министерство"),
        ("По данным центра «Очаг», вернулись 30 детей.", "ru", "центр «Очаг»"),
        ("Thirty children came, the ministry stressed.", "en", "ministry"),
        ("Thirty children came, an agency wrote, citing the army.", "en", "army"),
        ("Вернулись 30 детей, отмечает министерство.", "ru", "министерство"),
        ("Согласно сообщению министерства, вернулись 30 детей.", "ru", "министерство"),
        ("Thirty children came.", "en", ""),
        ("Ayla Testova was quoted as saying that 30 children came.", "en", "Ayla Testova"),
        ("The paper quoted Ayla Testova as saying that 30 children came.", "en", "Ayla Testova"),
        ("Thirty children came, a nurse, speaking by telephone, said.", "en", "nurse"),
        ("“30 children came,” said one of the nurses, Ayla Testova.", "en", "Ayla Testova"),
        ("It was confirmed by the council, which says that 30 children came.", "en", "council"),
        ("In a statement on Sunday the council said 30 children came.", "en", "council"),
        ("The council would not say whether 30 children came.", "en", ""),
        ("Thirty children are believed to be ill.", "en", ""),
        ("They came from other states, such as Mali, 30 children in all.", "en", ""),
        ("В пресс-службе фонда сообщили, что вернулись 30 детей.", "ru", "пресс-служба фонда"),
        ("Вернулись 30 детей, рассказали ТАСС в министерстве.", "ru", "министерство"),
        ("Вернулись 30 детей, рассказал журналистам врач Айла Тестова.", "ru", "Айла Тестова"),
        ("Вернулись 30 детей, следует из доклада фонда.", "ru", "фонд"),
        ("В фонде «Очаг» считают, что вернулись 30 детей.", "ru", "фонд «Очаг»"),
        ("О 30 детях знают и в министерстве.", "ru", "министерство"),
    ],
)
def test_speaker_is_read(text, language, speaker):
    assert [one.speaker for one in read(text, language)] == [speaker]


@pytest.mark.parametrize(
    ("text", "language", "speakers"),
    [
        ("A council said 30 children came. By its count, 20 women wait.", "en", ["council"] * 2),
        (
            "The council has not confirmed it. In a statement it said 30 children came.",
            "en",
            ["council"],
        ),
        (
            "A council said 30 children came, but the army said 20 women came.",
            "en",
            ["council", "army"],
        ),
        (
            "Its head, Ayla Testova, called it a lie. In her view, 30 children came.",
            "en",
            ["Ayla Testova"],
        ),
        (
            "Nurses said 30 children fled.\n\nThe army said 20 men fled. “So.”\n\nTwo girls wait.",
            "en",
            ["Nurses", "army", ""],
        ),
        (
            "Вернулись 30 детей. Об этом сообщило министерство. По его данным, ждут 20 женщин.",
            "ru",
            ["министерство", "министерство"],
        ),
        (
            "Глава группы Айла Тестова назвала рейс первым. «Вернулись 30 детей», – сказала она.",
            "ru",
            ["Айла Тестова"],
        ),
        (
            "В докладе, подготовленном фондом, говорится, что вернулись 30 детей.",
            "ru",
            ["докладе, подготовленном фондом"],
        ),
        ("С этим не согласны в ведомстве: там насчитали 30 детей.", "ru", ["ведомство"]),
    ],
)
def test_speakers_are_kept_over_sentences(text, language, speakers):
    assert [one.speaker for one in read(text, language)] == speakers


def test_who_goes_on_speaking_is_known():
    told = read("“30 children came,” said Ayla Testova. She added that 20 women wait.")

    assert [one.speaker for one in told] == ["Ayla Testova", "Ayla Testova"]


def test_an_agency_that_another_is_told_by_is_the_channel():
    [one] = read("Thirty children came, the ministry said according to the North agency.")

    assert (one.speaker, one.channel) == ("ministry", "North agency")


def test_an_agency_that_quotes_somebody_is_the_channel():
    [one] = read("Thirty children came, the North agency wrote, quoting the army.")

    assert (one.speaker, one.channel) == ("army", "North agency")


@pytest.mark.parametrize(
    ("text", "as_of", "since"),
    [
        ("On Thursday 30 children came.", "2019-05-02", ""),
        ("Since last year, 30 children have come.", "", "2018"),
        ("Some 30 children came in November.", "2018-11", ""),
        ("Some 30 children came on 21 August 2018.", "2018-08-21", ""),
        ("30 children came, a ministry said on Monday.", "", ""),
    ],
)
def test_times_are_counted_from_publication(text, as_of, since):
    assert [(one.as_of, one.since) for one in read(text)] == [(as_of, since)]


def test_parts_know_their_whole_and_place():
    text = "Thirty children came. 24 of them are from Dagestan, and another three from Chechnya."

    whole, *parts = read(text)

    assert [(one.whole, one.category, one.unit) for one in parts] == [
        (whole.at, "Dagestan", Unit.CHILDREN),
        (whole.at, "Chechnya", Unit.CHILDREN),
    ]


def test_numbers_that_add_up_are_parts():
    whole, *parts = read("They have 56 people. Here are 19 women and 37 children.")

    assert [one.whole for one in parts] == [whole.at, whole.at]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Some 30 children landed.", State.LANDED),
        ("Some 30 children remain there.", State.REMAINING),
        ("They plan to bring 30 children.", State.PLANNED),
        ("Some 30 children are held there.", State.HELD),
    ],
)
def test_what_is_said_of_them_is_read(text, state):
    assert [one.state for one in read(text)] == [state]


PIECES = st.sampled_from(
    [
        "30",
        " children",
        " of them",
        ", ",
        ". ",
        "\n\n",
        " from ",
        "Iraq",
        " said",
        "“",
        "”",
        " two",
        " to ",
        "more than ",
        "1,000",
        " aged",
        " years old",
        " on Sunday",
        "«",
        "\r\n",
        "\u00a0",
        "x",
    ]
)


@given(
    st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200),
    st.sampled_from(["en", "ru", "ar"]),
)
def test_any_text_gives_quotes_that_stand_in_it(text, language):
    told = read(text, language)

    assert [one.at for one in told] == sorted({one.at for one in told})
    for one in told:
        assert one.sentence.start <= one.at < one.end <= one.sentence.end
        assert one.quote.start <= one.at
        assert one.end <= one.quote.end
        assert (one.low is None) == (
            one.operator in {Operator.TENS, Operator.HUNDREDS, Operator.THOUSANDS}
        )
