"""English, as news agencies write it."""

from __future__ import annotations

import re
from typing import Final

from kinward.figures.models.words import Operator, State, Unit
from kinward.figures.rules.reading.lexicon import Lexicon, pattern

# fmt: off
ONES: Final = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]
TENS: Final = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
]
# fmt: on
PEOPLE: Final = (
    "people|persons?|citizens|nationals|passengers|residents|relatives|doctors?|nurses?|"
    "psychologists?|officials|detainees|prisoners|inmates|refugees|others|adults|"
    "civilians|escorts?|staff|members|carers?|teachers?|Russians|Iraqis|Syrians|Tajiks|Uzbeks|"
    "Kazakhs|Belgians|Germans|newcomers|patients|faces|displaced"
)
ENGLISH: Final = Lexicon(
    numerals={word: number for number, word in enumerate(ONES)}
    | {word: 10 * (number + 2) for number, word in enumerate(TENS)}
    | {"a dozen": 12},
    scales={"hundred": 100, "thousand": 1_000, "million": 1_000_000},
    digits=re.compile(r"\d{1,3}(?:,\d{3})+(?![\d,])|\d+(?:\.\d+)?"),
    decimal=".",
    operators=(
        (
            r"no (?:more|greater) than|not more than|at most|up to|as many as|a maximum of",
            Operator.AT_MOST,
        ),
        (
            r"at least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of",
            Operator.AT_LEAST,
        ),
        (r"more than|(?:well |just )?over|above|upwards? of|in excess of", Operator.MORE),
        (r"fewer than|less than|(?:just )?under|below", Operator.LESS),
        (
            (
                r"about|around|some|nearly|almost|approximately|roughly|closer? to|perhaps|"
                r"an estimated|circa"
            ),
            Operator.ABOUT,
        ),
    ),
    vague=(
        (
            r"(?:(?:several|many|a few) )?(?:dozens|scores|tens)(?: of)?|several dozen",
            Operator.TENS,
        ),
        (r"(?:(?:several|many|a few) )?hundreds(?: of)?|several hundred", Operator.HUNDREDS),
        (r"(?:(?:several|many|a few) )?thousands(?: of)?|several thousand", Operator.THOUSANDS),
    ),
    shares=(
        (r"two[ -]thirds", 2 / 3),
        (r"three[ -]quarters", 3 / 4),
        (r"(?:a|one) third", 1 / 3),
        (r"(?:a|one) quarter", 1 / 4),
        (r"(?:a|one) fifth", 1 / 5),
        (r"(?:a )?half", 1 / 2),
    ),
    among=pattern(r"(?P<part>\w+) (?:in|out of) (?:every )?(?P<whole>three|four|five|ten|100)\b"),
    percent=pattern(r"\s?(?:%|per ?cent\b)"),
    ranges=(
        (r"between\s+$", r"\s+and\s+"),
        (r"(?:from\s+)?$", r"\s+(?:to|or)\s+"),
        (r"$", r"\s?[-–]\s?"),
    ),
    units=(
        (r"girls?|daughters?", Unit.GIRLS),
        (r"boys?|sons?", Unit.BOYS),
        (r"widows", Unit.WIDOWS_AND_CHILDREN),
        (
            (
                r"child(?:ren)?|minors?|orphans?|infants?|bab(?:y|ies)|newborns?|"
                r"toddlers?|youngsters|grandchild(?:ren)?"
            ),
            Unit.CHILDREN,
        ),
        (r"wom[ae]n|mothers?|wives|grandmothers?", Unit.WOMEN),
        (r"m[ae]n|fathers?", Unit.MEN),
        (r"foreigners?", Unit.FOREIGNERS),
        (r"families|households", Unit.FAMILIES),
        (r"names?", Unit.NAMES),
        (PEOPLE, Unit.PEOPLE),
    ),
    both={
        (Unit.WOMEN, Unit.CHILDREN): Unit.WOMEN_AND_CHILDREN,
        (Unit.WIDOWS_AND_CHILDREN, Unit.CHILDREN): Unit.WIDOWS_AND_CHILDREN,
    },
    conjunction=r"\s+and\s+",
    elliptic=pattern(
        r"\s+(?:were|was|are|is|had|has|have|came|come|could|can|from|in|left|live|lived|remain|"
        r"remained|who|died|returned|arrived|still|others?|to|would|will|may|might|should)\b"
    ),
    of_them=pattern(
        r"\s+(?:more )?of (?:them|whom|those|these|"
        r"the (?:\w+ )?(?:children|women|people|girls|boys))\b"
    ),
    of_them_before=pattern(
        r"(?:of (?:whom|them|those|these|the \w+)|among (?:them|whom)|including)[\s,]+$"
    ),
    names_before=pattern(r"\bnames of (?:the )?$"),
    are=pattern(
        r"\s*(?:(?:of (?:them|whom|those) )?(?:are|were)|(?:is|are|were) thought to be)\s+"
        r"(?:thought to be )?(?P<unit>\w+)"
    ),
    no_count_before=pattern(
        r"(?:flights?|case|room|no\.|number|article|section|page|route|resolution|school|cell|"
        r"(?:mother|father|grandmother|grandfather|boy|girl|child|man|woman) of|"
        r"(?:the )?(?:first|last|next)|under|over the age of|aged?|[$€£]|(?-i:\b[A-Z]{2}))\s*$"
    ),
    no_count_after=pattern(
        r"(?:st|nd|rd|th)\b|[./:]\d|\s?(?:%|km|m|kg)\b|[- ](?:year|month|day)s?\b|"
        r",?\s*(?:a\.m|p\.m)|"
        r"\s+of (?!them|whom|those|these|the|his|her|their|our)\w+"
    ),
    age_before=pattern(r"(?:\baged?(?: between| from)?|\bages (?:of|from)|ages? rang\w+ from)\s+$"),
    age_after=pattern(r"[\s-]+(?:years?|months?)(?:[\s-]+(?:old|of age)\b|(?=\W))"),
    months_old=pattern(r"\s*months?\b"),
    states=(
        (r"\blanded\b|\barrived\b|\btouched down\b", State.LANDED),
        (
            (
                r"\bplan(?:s|ned)?\b|\bexpect(?:s|ed)?\b|\bwill\b|\bwould\b|"
                r"\bto (?:be (?:brought|flown|repatriated|returned)|bring)\b|"
                r"\bbuilt for\b|\bscheduled\b"
            ),
            State.PLANNED,
        ),
        (
            (
                r"\bremain(?:s|ed|ing)?\b|\bstill in\b|\bleft in\b|\bare left\b|\bstranded\b|"
                r"\bthought to be in\b"
            ),
            State.REMAINING,
        ),
        (
            (
                r"\bheld\b|\bholds\b|\bprisons?\b|\bjail(?:s|ed)?\b|\bdetention\b|\bin custody\b|"
                r"\bdetained\b|\bin camps\b"
            ),
            State.HELD,
        ),
        (r"\bon board\b|\bboarded\b|\bcarried\b|\bflew\b|\bflown\b", State.FLOWN),
        (
            (
                r"\breturned\b|\brepatriated\b|"
                r"\b(?:brought|bringing|come|came|taken) (?:\w+ )?(?:back|home)\b|"
                r"\bbrought\b|\bhave left\b|\btaken to\b"
            ),
            State.RETURNED,
        ),
        (r"\bplaced with\b|\bfoster\b", State.PLACED),
        (r"\blocated\b|\bwere found\b", State.LOCATED),
    ),
    clause_ends=re.compile(r"[,;:](?=\s)|\s[–—-]\s|[“”\"]"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    since=r"\bsince\s+",
    since_began=pattern(r"\bsince (?:\w+ ){1,5}(?:began|started) in (?P<year>\d{4})\b"),
    last={
        "last year": r"last year",
        "last month": r"last month",
        "last week": r"last week",
        "this year": r"this year",
        "yesterday": r"yesterday",
        "today": r"today",
    },
    back_then=pattern(r"\bat (?:the|that) time\b"),
    prepositions=r"(?:in|from|to|at|near|of|across|through|and|reached|for|northern|southern|eastern|"
    r"western|north-eastern|straddling)",
    adjectives={
        "Iraqi": "Iraq",
        "Syrian": "Syria",
        "Turkish": "Turkey",
        "Lebanese": "Lebanon",
        "Jordanian": "Jordan",
        "Kurdish": "Kurdistan",
        "Libyan": "Libya",
        "Afghan": "Afghanistan",
    },
    endings="",
)
