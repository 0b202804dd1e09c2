"""Who says what stands in a sentence: "…, X said", "according to Y", and who goes on speaking."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from kinward.figures.rules.reading.pieces import Span, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 12  # words of who says something
SAYING: Final = {
    "en": r"said|says|told|added|adding|adds|estimates?|estimated|warned|reports|reported|"
    r"announced|"
    r"confirmed|stated|claimed|claims|believes|gives|lists|put|puts|knew|knows|ordered|ruled|wrote|"
    r"posted|spoke of|speaks of|insisted|noted|explained|acknowledged|declared|"
    r"stressed|recalled|revealed|disclosed|cautioned|replied|answered|remarked|mentioned|"
    r"asserted|maintained|conceded|admitted|argued|testified|concluded|recounted|pointed out",
    "ru": r"сообщил[аио]?|сообщает|заявил[аио]?|сказал[аио]?|отметил[аио]?|рассказал[аио]?|"
    r"добавил[аио]?|уточнил[аио]?|пояснил[аио]?|утвержда[ею]т|счита[ею]т|подчеркнул[аио]?|"
    r"написал[аио]?|переда[её]т|передал[аио]?|ссылается|напомнил[аио]?|подтвердил[аио]?|"
    r"говорит|рассказывает|отмечает|уточняет|поясняет|добавляет|пишет|утверждал[аио]?|"
    r"объявил[аио]?|проинформировал[аио]?|доложил[аио]?|указал[аио]?|заметил[аио]?|"
    r"ответил[аио]?|признал[аио]?|предупредил[аио]?|констатировал[аио]?|оценил[аио]?",
}
ACCORDING: Final = {
    "en": r"(?:according to|in the words of|citing|quoting) "
    r"(?:(?:estimates?|figures|data|a report|a statement|reports) (?:from|by|of) )?",
    "ru": r"со ссылкой на |ссылаясь на |согласно (?:данным|сведениям|сообщению|заявлению) |"
    r"по (?:словам|данным|сведениям|информации|оценк(?:ам|е)|подсч[её]там|мнению|"
    r"сообщени(?:ю|ям)|заявлени(?:ю|ям)|утверждени(?:ю|ям)|версии|свидетельств(?:у|ам)) |"
    r"говорится (?:в|на) (?:(?:докладе|сообщении|заявлении|странице|пресс-релизе) )?",
}
# Who is no speaker by themselves, but somebody told of before.
AGAIN: Final = {
    "en": r"he|she|it|they|the (?:statement|report|list)",
    "ru": r"он|она|они|там|(?:его|е[её]|их) (?:словам|данным|подсч[её]там)|"
    r"ведомств\w+|в (?:ведомстве|аппарате|нём|ней)",
}
GOES_ON: Final = {
    "en": r"(?:he|she|it|they|of (?:the|those|these|them))\b",
    "ru": r"(?:он|она|они|там|из них)\b",
}
NOT_WHO: Final = re.compile(r"^(?:who|which|that|whose|котор\w+)\b", re.IGNORECASE)
LEADING: Final = re.compile(
    r"^(?:(?:and|but|while|that|meanwhile|then|also|as|как|что|а|и|но|однако|между тем|при этом|"
    r"(?:in|on|last|during|at the|by) (?:[a-z]+-)?\w+|в \w+(?=\s[а-яё]+\w* )),?\s+)+",
    re.IGNORECASE,
)
TITLES: Final = re.compile(r"^(?:the|an?|its|their|his|her|our)\s+", re.IGNORECASE)
NAME: Final = re.compile(r"(?:^|\s)(?P<name>(?:[A-ZА-ЯЁ][\w’'-]+\s+){1,3}[A-ZА-ЯЁ][\w’'-]+)$")
POLITE: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.?\s+(?P<last>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)$")
PUNCTUATION: Final = re.compile(r"[,;:“”«»\"]|\s[–—-]\s")
REPORT_BY: Final = re.compile(
    r"^(?:report|statement|study|survey|post|list) (?:by|from|of) (?:the )?"
)
CREDIT: Final = re.compile(r"\b(?P<agency>[A-Z]{2,6})/[A-Z]")
ADDED: Final = re.compile(r"\b(?:added|adding|добавил[аио]?)\b", re.IGNORECASE)
STOPS_NAME: Final = re.compile(
    r"\s+(?:in|on|at|during|told|by telephone|after|when|that|from the camp|last|who|журналист\w*|"
    r"врач\w*|в эфире|во?\s(?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье))\b.*$"
)


class Said(NamedTuple):
    """Who says something in a sentence, where that is said, and by which kind of words."""

    span: Span
    who: str
    is_carrier: bool = False  # "according to an agency" where somebody else "said"


@dataclass(slots=True)
class Voices:
    """Who has spoken so far in a text, so that "she added" is known."""

    language: str
    text: str = ""  # where a name may stand in full before it is told in short
    spoken: list[str] = field(default_factory=list)
    quoted: bool = False  # within a quotation that began in an earlier sentence

    def of(self, sentence: str, credit: str = "") -> list[Said]:
        """Return who says the sentence; the last to speak is remembered.

        `credit` is the agency that a picture is credited to beside which the sentence stands.
        """
        found = [*self.said(sentence), *self.according(sentence)]
        if not found and credit:
            return [Said(Span(0, 0), credit)]
        inside, self.quoted = self.quoted, still_open(sentence, opened=self.quoted)
        if not found and self.spoken and (inside or self.goes_on(sentence)):
            return [Said(Span(0, 0), self.spoken[-1])]
        if found:
            self.spoken.append(found[0].who)
        return found

    def goes_on(self, sentence: str) -> bool:
        """Tell whether the last to speak goes on: in a quotation, or as "he"."""
        again = re.match(GOES_ON[self.language], sentence, re.IGNORECASE)
        return bool(again) or sentence[:1] in '“«"'

    def said(self, sentence: str) -> Iterator[Said]:
        """Yield who "said" it."""
        for verb in re.finditer(rf"\b(?:{SAYING[self.language]})\b", sentence, re.IGNORECASE):
            before = sentence[: verb.start()]
            told_of = re.search(rf"(?:{ACCORDING[self.language]})$", before, re.IGNORECASE)
            if told_of or still_open(before, opened=self.quoted):
                continue  # somebody's own words
            told = self.before(sentence, verb) or self.after(sentence, verb)
            if told:
                yield told
                return

    def before(self, sentence: str, verb: re.Match[str]) -> Said | None:
        """Return who stands before the verb."""
        chunks = cut(sentence, 0, verb.start())
        if not sentence[chunks[-1].start : chunks[-1].end].strip():
            chunks = chunks[:-1] if follows_somebody(sentence, chunks[:-1]) else []
        for back, chunk in enumerate(reversed(chunks)):
            words = LEADING.sub("", tidy(sentence[chunk.start : chunk.end]) + " ").strip()
            if not words or NOT_WHO.match(words):
                continue
            if self.last_named(chunks[: len(chunks) - back - 1], sentence, words):
                continue
            who = "" if self.is_own(words) else self.known(words)
            return Said(Span(chunk.start, verb.end()), who) if who else None
        return None

    def is_own(self, words: str) -> bool:
        """Tell whether words are those of a speaker about themselves, or hold a number."""
        return bool(re.search(r"\d", words) or re.match(r"(?:we|i|мы|я)\b", words, re.IGNORECASE))

    def last_named(self, earlier: list[Span], sentence: str, words: str) -> bool:
        """Tell whether words only say who somebody is who was named just before."""
        if not earlier or re.match(r"(?:the|an?|its|their|his|her)\b|[A-ZА-ЯЁ]", words):
            return False
        named = tidy(sentence[earlier[-1].start : earlier[-1].end])
        return bool(NAME.search(named)) and len(words.split()) <= LONGEST

    def after(self, sentence: str, verb: re.Match[str]) -> Said | None:
        """Return who stands after the verb: "said X", "сообщила пресс-служба"."""
        chunks = cut(sentence, verb.end(), len(sentence))
        if not chunks:
            return None
        words = STOPS_NAME.sub("", tidy(sentence[chunks[0].start : chunks[0].end]))
        following = tidy(sentence[chunks[1].start : chunks[1].end]) if len(chunks) > 1 else ""
        if re.match(r"(?:their|its|his|her) ", words) and NAME.fullmatch(following):
            words = following
        who = self.known(words) if words and not self.is_own(words) else ""
        return Said(Span(verb.start(), chunks[0].end), who) if who else None

    def according(self, sentence: str) -> Iterator[Said]:
        """Yield "according to" whom."""
        for found in re.finditer(rf"\b(?:{ACCORDING[self.language]})", sentence, re.IGNORECASE):
            end = PUNCTUATION.search(sentence, found.end())
            stop = end.start() if end else len(sentence)
            if end and end[0] == "«":
                stop = sentence.find("»", end.end()) + 1 or stop
            words = tidy(sentence[found.end() : stop].rstrip("."))
            own = re.match(r"(?:our|my|наш\w+|мо\w+)\s", words, re.IGNORECASE)
            who = "" if own else self.known(words, sentence[found.start() : stop])
            if who:
                yield Said(Span(found.start(), stop), who, is_carrier=True)

    def known(self, words: str, whole: str = "") -> str:
        """Return who is meant by some words; empty where nobody can be."""
        again = rf"(?:{AGAIN[self.language]})(?:\s+\w+)?"
        if re.fullmatch(again, words, re.IGNORECASE) or re.search(
            r"(?:е[её]|его|их) (?:словам|данным|подсч[её]там)$", f"{whole}", re.IGNORECASE
        ):
            return self.spoken[-1] if self.spoken else ""
        if len(words.split()) > LONGEST or not re.search(r"[^\W\d]{2}", words):
            return ""
        polite = POLITE.search(words)
        if polite:
            return self.earlier(polite["last"]) or self.in_full(polite["last"])
        words = REPORT_BY.sub("", TITLES.sub("", words))
        if named := NAME.search(words):
            return tidy(named["name"])
        return self.earlier(words) or words

    def in_full(self, last: str) -> str:
        """Return a name in full, as the text has it where it is told first."""
        full = re.search(rf"\b(?!Mr|Mrs|Ms|Dr)[A-Z][\w’'-]+ {re.escape(last)}\b", self.text)
        return full.group() if full else last

    def earlier(self, words: str) -> str:
        """Return who spoke before and ends in these words: "Kadyrov", "groups"."""
        told = (who for who in reversed(self.spoken) if who.lower().endswith(words.lower()))
        return next(told, "")


def follows_somebody(sentence: str, chunks: list[Span]) -> bool:
    """Tell whether what stands before a comma and a verb is who speaks: "Its head, N. N., said"."""
    if not chunks:
        return False
    end = sentence[chunks[-1].end : chunks[-1].end + 2]
    words = tidy(sentence[chunks[-1].start : chunks[-1].end])
    if end[:1] != "," or "”" in end or '"' in end:
        return False
    if NOT_WHO.match(words) or NAME.fullmatch(words):
        return True
    named = tidy(sentence[chunks[-2].start : chunks[-2].end]) if len(chunks) > 1 else ""
    return bool(NAME.search(named)) and words[:1].islower()


def cut(sentence: str, start: int, end: int) -> list[Span]:
    """Return the chunks of a sentence between punctuation."""
    chunks = []
    for found in PUNCTUATION.finditer(sentence, start, end):
        chunks.append(Span(start, found.start()))
        start = found.end()
    chunks.append(Span(start, end))
    return [
        chunk
        for n, chunk in enumerate(chunks)
        if sentence[chunk.start : chunk.end].strip() or n == len(chunks) - 1
    ]


def credited(paragraph: str) -> str:
    """Return the agency that a paragraph, as the words beside a picture, ends with."""
    found = CREDIT.search(paragraph)
    return found["agency"] if found else ""


def still_open(sentence: str, *, opened: bool) -> bool:
    """Tell whether a quotation goes on after the sentence."""
    for sign in re.findall(r"[“”«»\"]", sentence):
        opened = {"“": True, "«": True, "”": False, "»": False}.get(sign, not opened)
    return opened


def speaker_of(told: list[Said], at: int) -> tuple[str, str]:
    """Return who says what stands at a place of a sentence, and who carries it.

    Where somebody said it and it is told according to another, the other is the carrier.
    """
    said = [one for one in told if not one.is_carrier]
    carriers = [one for one in told if one.is_carrier]
    if not said:
        near = min(carriers, key=lambda one: abs(one.span.start - at), default=None)
        return (near.who if near else ""), ""
    near = min(said, key=lambda one: abs(one.span.start - at))
    carrier = next((one.who for one in carriers if one.who != near.who), "")
    return near.who, carrier
