"""Who says what stands in a sentence: "…, X said", "according to Y", and who goes on speaking."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from kinward.figures.rules.reading import speaking
from kinward.figures.rules.reading.pieces import Span, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 12  # words of who says something
# A name in guillemets is no quotation: it is read with these signs in their place.
NAME_QUOTED: Final = re.compile(r"(?:(?<=[\w.] )|^)«([A-ZА-ЯЁ][^«»,.!?]{1,60})»(?!,?\s[–—-]\s)")
OPENED, CLOSED = "\ue000", "\ue001"


class Said(NamedTuple):
    """Who says something in a sentence, where that is said, and by which kind of words."""

    span: Span
    who: str
    is_carrier: bool = False  # "according to an agency" where somebody else "said"
    is_cited: bool = False  # "quoting a ministry", in what an agency reports


@dataclass(slots=True)
class Voices:
    """Who has spoken so far in a text, so that "she added" is known."""

    language: str
    text: str = ""  # where a name may stand in full before it is told in short
    spoken: list[str] = field(default_factory=list)
    topic: str = ""  # whom the text was about since somebody spoke last
    of_person: bool = False  # that is a person, "she"; else an office, "it"
    quoted: bool = False  # within a quotation that began in an earlier sentence

    def of(self, sentence: str, credit: str = "", *, begins: bool = False) -> list[Said]:
        """Return who says the sentence; the last to speak is remembered.

        `credit` is the agency that a picture is credited to beside which the sentence stands;
        `begins` tells that a paragraph does: no quotation goes on there unless it is opened anew.
        """
        sentence = masked(sentence)
        self.quoted = self.quoted and not begins
        found = [*self.said(sentence), *self.according(sentence)]
        if not found and credit:
            return [Said(Span(0, 0), credit)]
        inside, self.quoted = self.quoted, still_open(sentence, opened=self.quoted)
        if not found and (self.spoken or self.topic) and (inside or self.goes_on(sentence)):
            return [Said(Span(0, 0), self.last(sentence))]
        if found:
            self.spoken.append(speaker_of(found, 0)[0])
            self.topic = ""
        elif self.denied(sentence):
            pass
        elif about := speaking.TOPIC[self.language].match(sentence):
            self.topic, self.of_person = tidy(about["name"]), True
        return found

    def denied(self, sentence: str) -> bool:
        """Take it that a text goes on about an office that did "not confirm" something."""
        for verb in re.finditer(self.verbs, sentence, re.IGNORECASE):
            told = self.before(sentence, verb)
            if told and speaking.NEGATED.search(sentence[: verb.start()]):
                name = speaking.NAME.fullmatch(told.who)
                self.topic, self.of_person = told.who, bool(name and "The " not in told.who)
                return True
        return False

    def last(self, words: str) -> str:
        """Return whom "she", or a quotation without a speaker, means.

        That may be somebody whom the text was about since somebody spoke last.
        """
        person = bool(self.of_one_person(words))
        told = (who for who in reversed(self.spoken) if not (person and is_many(who)))
        spoken = next(told, "")
        fits = person is self.of_person and (person or not words.startswith(tuple('“«"')))
        return self.topic if self.topic and (fits or not spoken) else spoken

    def of_one_person(self, words: str) -> bool:
        """Tell whether words go back to one person: "she added", "по его словам"."""
        said = re.match(r"\W*(?:(?:in|by|по|согласно) )?(?P<who>\w+)", words, re.IGNORECASE)
        theirs = said and re.fullmatch(r"(?:his|её|ее|его)", said["who"], re.IGNORECASE)
        return bool(theirs or speaking.PERSON_AGAIN.match(words))

    @property
    def verbs(self) -> str:
        """The pattern of the verbs of saying."""
        return rf"\b(?:{speaking.SAYING[self.language]})\b"

    def goes_on(self, sentence: str) -> bool:
        """Tell whether the last to speak goes on: in a quotation, or as "he"."""
        again = re.match(speaking.GOES_ON[self.language], sentence, re.IGNORECASE)
        return bool(again) or sentence[:1] in '“«"'

    def said(self, sentence: str) -> Iterator[Said]:
        """Yield who "said" it: the first to do so, and who says otherwise ("…, but X says")."""
        quoted = speaking.QUOTED_AS.search(sentence)
        if quoted and (who := self.known(tidy(quoted["whom"]))):
            yield Said(Span(*quoted.span()), who)
            return
        found = False
        for verb in re.finditer(self.verbs, sentence, re.IGNORECASE):
            if self.is_none(sentence[: verb.start()]):
                continue
            told = self.by_whom(sentence, verb) or self.before(sentence, verb)
            told = told or (None if found else self.after(sentence, verb))
            start = told.span.start if told else 0
            if told and (not found or speaking.CONTRAST.match(sentence[start:])):
                yield told
                found = True

    def is_none(self, before: str) -> bool:
        """Tell whether a verb after these words says nothing: it is quoted, or "would not say"."""
        according = rf"(?:{speaking.ACCORDING[self.language]})$"
        return bool(
            re.search(r"\b(?:not|n[’']t|не|to) $", before)
            or re.search(according, before, re.IGNORECASE)
            or still_open(before, opened=self.quoted)
        )

    def by_whom(self, sentence: str, verb: re.Match[str]) -> Said | None:
        """Return by whom something "was confirmed"."""
        found = speaking.BY_WHOM.match(sentence, verb.end())
        if not found or not speaking.PASSIVE.search(sentence[: verb.start()]):
            return None
        who = self.known(tidy(found["who"]))
        return Said(Span(verb.start(), found.end()), who) if who else None

    def before(self, sentence: str, verb: re.Match[str]) -> Said | None:
        """Return who stands before the verb."""
        if speaking.PASSIVE.search(sentence[: verb.start()]) and " " not in verb[0]:
            return None
        chunks = chunks_before(sentence, verb)
        aside = ""
        for back, chunk in enumerate(reversed(chunks)):
            words = subject(sentence[chunk.start : chunk.end], verb[0])
            earlier = chunks[: len(chunks) - back - 1]
            if re.fullmatch(r"(?:who|which|котор\w+)", words, re.IGNORECASE) and not back:
                return self.antecedent(sentence, earlier, verb)
            if earlier and speaking.ASIDE.match(words):
                aside = words
                continue
            words = self.not_preposed(words)
            if not words or self.is_beside(words, earlier, sentence):
                continue
            who = "" if self.is_own(words) else self.subject_known(words, aside, sentence, verb)
            return Said(Span(chunk.start, verb.end()), who) if who else None
        return None

    def subject_known(self, words: str, aside: str, sentence: str, verb: re.Match[str]) -> str:
        """Return who is meant by the subject of a verb.

        "Там" is the office that the sentence has named, if it has; a report that is said to be
        somebody's is no report told of before.
        """
        if words.lower() == "там":
            named = re.search(r"(?:^|\s)(?:в|во)\s[^,;:]+(?=[:,;])", sentence[: verb.start()])
            if named and (found := speaking.WITHIN.match(named[0].strip())):
                return office(found["who"])
        if aside and re.fullmatch(speaking.AGAIN[self.language], words, re.IGNORECASE):
            return re.sub(r"^в\s", "", f"{words}, {aside}", flags=re.IGNORECASE)
        return self.known(words)

    def not_preposed(self, words: str) -> str:
        """Return words that can be a subject: of "На вопрос о них Досбаев" it is the name."""
        if not speaking.PREPOSED.match(words):
            return words
        return "" if words.islower() else self.earlier(words.rpartition(" ")[2])

    def is_beside(self, words: str, earlier: list[Span], sentence: str) -> bool:
        """Tell whether words stand beside who speaks, and are not who."""
        return bool(speaking.NOT_WHO.match(words)) or self.last_named(earlier, sentence, words)

    def antecedent(self, sentence: str, earlier: list[Span], verb: re.Match[str]) -> Said | None:
        """Return who it is of whom a clause says that they "say": "…by the council, which says"."""
        if not earlier:
            return None
        words = tidy(sentence[earlier[-1].start : earlier[-1].end])
        words = re.split(r"\b(?:by|from|with|of|in|to)\s", words)[-1]
        who = self.known(words) if words and not self.is_own(words) else ""
        return Said(Span(earlier[-1].end, verb.end()), who) if who else None

    def is_own(self, words: str) -> bool:
        """Tell whether words are those of a speaker about themselves, or hold a number."""
        return bool(re.search(r"\d", words) or re.match(r"(?:we|i|мы|я)\b", words, re.IGNORECASE))

    def last_named(self, earlier: list[Span], sentence: str, words: str) -> bool:
        """Tell whether words only say who somebody is who was named just before."""
        if not earlier or re.match(r"(?:the|an?|its|their|his|her)\b|[A-ZА-ЯЁ]", words):
            return False
        named = tidy(sentence[earlier[-1].start : earlier[-1].end])
        return bool(speaking.NAME.search(named)) and len(words.split()) <= LONGEST

    def after(self, sentence: str, verb: re.Match[str]) -> Said | None:
        """Return who stands after the verb: "said X", "сообщила пресс-служба"."""
        chunks = cut(sentence, verb.end(), len(sentence))
        if not chunks:
            return None
        words = speaking.TOLD_TO.sub("", tidy(sentence[chunks[0].start : chunks[0].end]) + " ")
        words = speaking.STOPS_NAME.sub("", within(words.strip(), verb[0]))
        words = described(words, sentence, chunks)
        if not words or speaking.NO_SPEAKER.match(words) or self.is_own(words):
            return None
        who = self.known(words)
        return Said(Span(verb.start(), chunks[0].end), who) if who else None

    def according(self, sentence: str) -> Iterator[Said]:
        """Yield "according to" whom."""
        pattern = rf"\b(?:{speaking.ACCORDING[self.language]})"
        for found in re.finditer(pattern, sentence, re.IGNORECASE):
            chunks = cut(sentence, found.end(), len(sentence))
            stop = chunks[0].end
            if sentence[stop : stop + 1] == "«":
                stop = sentence.find("»", stop) + 1 or stop
            words = tidy(sentence[found.end() : stop].rstrip("."))
            words = re.split(r"\s\d", words)[0]
            own = re.match(r"(?:our|my|наш\w+|мо\w+)\s", words, re.IGNORECASE)
            who = "" if own else self.known(described(words, sentence, chunks))
            cited = speaking.CITING.match(found[0])
            if who:
                of_figures = speaking.FIGURES_OF.search(found[0])
                is_cited = bool(cited and not of_figures)
                yield Said(Span(found.start(), stop), who, is_carrier=True, is_cited=is_cited)
        again = speaking.IN_THEIR_WORDS[self.language]
        for found in re.finditer(again, sentence, re.IGNORECASE):
            if who := self.last(found[0]):
                yield Said(Span(*found.span()), who, is_carrier=True)

    def known(self, words: str) -> str:
        """Return who is meant by some words; empty where nobody can be."""
        if re.fullmatch(rf"(?:{speaking.AGAIN[self.language]})", words, re.IGNORECASE):
            return self.last(words)
        if len(words.split()) > LONGEST or not re.search(r"[^\W\d]{2}", words):
            return ""
        polite = speaking.POLITE.search(words)
        if polite:
            return self.earlier(polite["last"]) or self.in_full(polite["last"])
        words = speaking.REPORT_BY.sub("", speaking.TITLES.sub("", words))
        if named := speaking.NAME.search(words):
            return tidy(named["name"])
        return unmasked(self.earlier(words) or self.as_told_before(words) or office(words))

    def in_full(self, last: str) -> str:
        """Return a name in full, as the text has it where it is told first."""
        full = re.search(rf"\b(?!Mr|Mrs|Ms|Dr)[A-Z][\w’'-]+ {re.escape(last)}\b", self.text)
        return full.group() if full else last

    def earlier(self, words: str) -> str:
        """Return who spoke before and ends in these words: "Kadyrov", "groups"."""
        told = [*self.spoken, *([self.topic] if self.topic else [])]
        return next((who for who in reversed(told) if who.lower().endswith(words.lower())), "")

    def as_told_before(self, words: str) -> str:
        """Return who was introduced by a word that stands alone now: "the spokesman"."""
        if " " in words:
            return ""
        for who in reversed(self.spoken):
            introduced = rf"\b{re.escape(words)}\b[^.!?\n]{{0,50}}{re.escape(who)}"
            if speaking.NAME.fullmatch(who) and re.search(introduced, self.text, re.IGNORECASE):
                return who
        return ""


def is_many(who: str) -> bool:
    """Tell whether a speaker is several, as "camp nurses" are."""
    return bool(re.search(r"[a-z]s$", who)) and who.rpartition(" ")[2].islower()


def masked(sentence: str) -> str:
    """Return a sentence in which names in guillemets are told from quotations, sign by sign."""
    return NAME_QUOTED.sub(rf"{OPENED}\1{CLOSED}", sentence)


def unmasked(words: str) -> str:
    """Return words with their guillemets."""
    return words.replace(OPENED, "«").replace(CLOSED, "»")


def chunks_before(sentence: str, verb: re.Match[str]) -> list[Span]:
    """Return the chunks before a verb in which its subject can stand."""
    chunks = cut(sentence, 0, verb.start())
    if sentence[chunks[-1].start : chunks[-1].end].strip():
        return chunks
    return chunks[:-1] if follows_somebody(sentence, chunks[:-1]) else []


def subject(chunk: str, verb: str) -> str:
    """Return who a clause is of, without what leads to it and what stands before its verb."""
    words, before = tidy(chunk), ""
    while words != before:
        before, words = words, speaking.TRAILING.sub("", words)
    named = within(words, verb)
    return named if named != words else speaking.LEADING.sub("", f"{words} ").strip()


def within(words: str, verb: str) -> str:
    """Return the office in which they say something: "в фонде сообщили" names no person."""
    found = speaking.WITHIN.match(words) if speaking.PLURAL.search(verb) else None
    return found["who"] if found else words


def office(words: str) -> str:
    """Return an office that begins with one of the known words as that word is named."""
    first, blank, rest = words.partition(" ")
    named = (name for stem, name in speaking.OFFICES.items() if first.lower().startswith(stem))
    name = next(named, "")
    return f"{name}{blank}{rest}" if name else words


def described(words: str, sentence: str, chunks: list[Span]) -> str:
    """Return the name that follows who somebody is: "said one of the lawyers, N. N."."""
    if len(chunks) == 1 or sentence[chunks[0].end : chunks[0].end + 1] != ",":
        return words
    following = tidy(sentence[chunks[1].start : chunks[1].end])
    if speaking.NAME.fullmatch(following) and not speaking.NAME.search(words):
        return following
    return words


def follows_somebody(sentence: str, chunks: list[Span]) -> bool:
    """Tell whether what stands before a comma and a verb is who speaks: "Its head, N. N., said"."""
    if not chunks:
        return False
    end = sentence[chunks[-1].end : chunks[-1].end + 2]
    words = tidy(sentence[chunks[-1].start : chunks[-1].end])
    if end[:1] != "," or "”" in end or '"' in end:
        return False
    aside = speaking.NOT_WHO.match(words) or (len(chunks) > 1 and speaking.ASIDE.match(words))
    if aside or speaking.NAME.fullmatch(words):
        return True
    named = tidy(sentence[chunks[-2].start : chunks[-2].end]) if len(chunks) > 1 else ""
    return bool(speaking.NAME.search(named)) and words[:1].islower()


def cut(sentence: str, start: int, end: int) -> list[Span]:
    """Return the chunks of a sentence between punctuation."""
    chunks = []
    for found in speaking.PUNCTUATION.finditer(sentence, start, end):
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
    found = speaking.CREDIT.search(paragraph)
    return found["agency"] if found else ""


def still_open(sentence: str, *, opened: bool) -> bool:
    """Tell whether a quotation goes on after the sentence."""
    for sign in re.findall(r"[“”«»\"]", sentence):
        opened = {"“": True, "«": True, "”": False, "»": False}.get(sign, not opened)
    return opened


def speaker_of(told: list[Said], at: int) -> tuple[str, str]:
    """Return who says what stands at a place of a sentence, and who carries it.

    Where somebody said it and it is told according to another, the other is the carrier; but an
    agency that reports it, quoting another, carries what the other says.
    """
    said = [one for one in told if not one.is_carrier]
    carriers = [one for one in told if one.is_carrier]
    if not said:
        near = min(carriers, key=lambda one: apart(one.span, at), default=None)
        return (near.who if near else ""), ""
    near = min(said, key=lambda one: apart(one.span, at))
    other = next((one for one in carriers if one.who != near.who), None)
    if other and other.is_cited and speaking.MEDIUM.search(near.who):
        return other.who, near.who
    return near.who, other.who if other else ""


def apart(span: Span, at: int) -> int:
    """Return how many signs a place is away from a span."""
    return max(span.start - at, at - span.end, 0)
