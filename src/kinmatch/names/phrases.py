"""Words of a name that say what the next word is: titles, ibn, Abu, Abd, the article.

They are joined to the word they speak of, or give it its role; what they leave alone is a plain
word, UNSURE until its place in the name is looked at. Two plain words with a hyphen between them
are one part until then: a double family name stays one, a double given name becomes two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kinmatch.names.fold import SILENT, fold_word, split
from kinmatch.names.forms import ARTICLE, form_of, joined
from kinmatch.names.parts import EITHER, Part, Role
from kinmatch.names.patronymics import fathers_in
from kinmatch.names.tables import kinds, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HYPHEN = re.compile("[-‐‑‒–—]")
HYPHENED = "two words with a hyphen"
PLAIN = "position"
MAYBE_TITLE = "title or name"
FAITH = "name with al-Din or Allah"
SERVANT = "Abd + name of God"
PATRONYMIC = "patronymic ending"
AFTER = "after "
L_OF_ARTICLE = re.compile("(?:l|ль?)$")
NOTHING_SAID: frozenset[str] = frozenset()
TWO, THREE = 2, 3
LOOK_AHEAD = 16  # words: none says anything of a word further on, however often it is repeated
WITHOUT_TITLE = 2.0  # bits it costs that a title in a name (Гаджи-Магомед) is left out of it


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name.

    `folded` is the word folded by its script, `kinds` what it says of the next, as `words.tsv` has
    it; most words say nothing. `tied` tells that a hyphen ties it to the word before.
    """

    text: str
    folded: str
    kinds: frozenset[str]
    tied: bool

    def is_any(self, *told: str) -> bool:
        """Whether the word is of one of these kinds."""
        return not self.kinds.isdisjoint(told)


def words_of(text: str) -> list[Word]:
    """Return the words of a text, those after a hyphen tied to the one before."""
    found: list[Word] = []
    for chunk in text.split():
        first = len(found)
        for piece in HYPHEN.split(chunk):
            tied = len(found) > first
            for word in split(piece):
                folded = fold_word(word)
                found.append(Word(word, folded, kinds().get(folded, NOTHING_SAID), tied))
                tied = False
    return found


def read_words(text: str, place: int = 0) -> list[Part]:
    """Return the parts of a text with the roles words themselves show; others are UNSURE.

    `place` says how many parts of the name stand before; titles do not count.
    """
    found: list[Part] = []
    told = words_of(text)
    at = 0
    while at < len(told):
        part, used = read_next(told[at : at + LOOK_AHEAD], place)
        one = as_one(found[-1], part) if part and found and told[at].tied else None
        if one:
            found[-1] = one
        elif part:
            found.append(part)
            place += part.role is not Role.TITLE
        at += used
    return found


def as_one(part: Part, other: Part) -> Part | None:
    """Return two words with a hyphen as one part, None where they are two."""
    if part.why == PLAIN and is_plain(part) and other.why == PATRONYMIC:
        return double_patronymic(part, other)
    return hyphened(part, other) if may_be_one(part, other) else None


def double_patronymic(part: Part, other: Part) -> Part:
    """Return "Султан-Хамитович" as the patronymic of a man of two names.

    Where one of them is a title too (Гаджи-Магомедович), the other alone may be his name.
    """
    written = f"{part.written}-{other.written}"
    whole = form_of(other.written)
    fathers = [(form, cost) for form, cost in other.forms if form != whole]
    joint = [(joined((part.key, form)), cost) for form, cost in fathers]
    (key, _), *readings = joint
    readings.append((joined((part.key, whole)), 0.0))
    if may_be_title(part.key):
        readings += [(form, cost + WITHOUT_TITLE) for form, cost in fathers]
    elif may_be_title(other.key):
        readings.append((part.key, WITHOUT_TITLE))
    return Part(written, key, Role.FATHER, PATRONYMIC, tuple(readings))


def may_be_title(form: str) -> bool:
    """Whether a word may be a title."""
    return not kinds().get(form, NOTHING_SAID).isdisjoint({"title", "title_or_name"})


def may_be_one(part: Part, other: Part) -> bool:
    """Whether two words with a hyphen may be one family name; Jong-un is a given name."""
    as_large = part.written[0].isupper() == other.written[0].isupper()
    return is_plain(part) and is_plain(other) and as_large


def is_plain(part: Part) -> bool:
    """Whether a part is words that say nothing of themselves, without an article."""
    return part.role is Role.UNSURE and part.why in {PLAIN, HYPHENED} and ARTICLE not in part.key


def hyphened(part: Part, other: Part) -> Part:
    """Return two words with a hyphen between them as one part."""
    return Part(
        f"{part.written}-{other.written}", joined((part.key, other.key)), Role.UNSURE, HYPHENED
    )


def halves(part: Part) -> list[Part]:
    """Return the words of a part with a hyphen, each as a part."""
    found = (plain_part(word) for word in words_of(part.written))
    return [replace(half, why=part.why) for half in found if half]


def taken_as(part: Part, role: Role, why: str = "") -> list[Part]:
    """Return a part with a role; of two words with a hyphen both.

    A family name has both words in that role, any other name the first.
    """
    if part.why != HYPHENED:
        return [replace(part, role=role, why=why or part.why)]
    also = role if role is Role.FAMILY else Role.UNSURE
    first, *others = halves(part)
    return [
        replace(first, role=role, readings=part.readings),
        *(replace(other, role=also) for other in others),
    ]


def read_next(waiting: Sequence[Word], place: int) -> tuple[Part | None, int]:
    """Return the part at the head of the words, None for a dropped word, and how many words."""
    # Nothing said here or by the next two words: a plain word, as most are.
    for reader in READERS if any(word.kinds for word in waiting[:3]) else ():
        read = reader(waiting, place)
        if read:
            return read
    return plain_part(waiting[0]), 1


Read = tuple[Part | None, int] | None


def read_father_first(waiting: Sequence[Word], place: int) -> Read:
    """Read "X уулу Y", "X кызы Y" as Kyrgyz papers have it: X is the father, Y follows.

    Only a name of just these three words is read so. In a longer one whoever stands before the
    particle may be the bearer as well, and Turkic neighbours put the father second.
    """
    if place or len(waiting) != THREE or not waiting[1].is_any("father_first"):
        return None
    return father_before(waiting)


def father_before(waiting: Sequence[Word]) -> tuple[Part, int]:
    """Return the father named before a word for son or daughter of."""
    written = " ".join(word.text for word in waiting[:2])
    return Part(written, form_of(waiting[0].text), Role.FATHER, f"before {waiting[1].text}"), 2


def read_title(waiting: Sequence[Word], place: int) -> Read:
    """Read a title, or what follows a name (Jr, III); a name of nothing but a title is a name.

    Many titles are names too (Sayed, Имам): before a patronymic and after another word they are
    taken for names. At the head, or with a hyphen (Магомед-хаджи), one may still be a name, which
    `why` tells.
    """
    word = waiting[0]
    if place and word.is_any("suffix"):
        return Part(word.text, form_of(word.text), Role.TITLE, "after a name"), 1
    if len(waiting) == 1:
        return None
    if word.is_any("title"):
        return Part(word.text, form_of(word.text), Role.TITLE, "title"), 1
    leads = place == 0 or word.tied
    if leads and word.is_any("title_or_name") and not names_the_father(waiting[1:]):
        return Part(word.text, form_of(word.text), Role.TITLE, MAYBE_TITLE), 1
    return None


def names_the_father(waiting: Sequence[Word]) -> bool:
    """Whether the words begin with the father's name: a patronymic, "ibn X", "X оглы"."""
    if len(waiting) > 1 and (waiting[0].is_any("nasab") or waiting[1].is_any("patronymic")):
        return True
    return bool(waiting and fathers_in(waiting[0].text))


def read_nasab(waiting: Sequence[Word], place: int) -> Read:
    """Read "ibn X": X is the father. "Ben" at the start of a name is a name; "ibn ibn" is "ibn"."""
    if not (place and waiting[0].is_any("nasab")):
        return None
    begin = 1
    while begin < len(waiting) and waiting[begin].folded == waiting[0].folded:
        begin += 1
    # "bin Haji X" names X.
    while begin < len(waiting) - 1 and waiting[begin].is_any("title", "title_or_name"):
        begin += 1
    if begin == len(waiting):
        return None
    named, used = read_next(waiting[begin:], place=0)
    if named is None:
        return None, begin
    written = " ".join(word.text for word in waiting[: begin + used])
    # "ibn Abi X" names the father by his byname, which says nothing about his name.
    role = Role.KUNYA if named.role is Role.KUNYA else Role.FATHER
    return Part(written, named.key, role, f"{AFTER}{waiting[0].text}"), begin + used


def read_patronymic_word(waiting: Sequence[Word], place: int) -> Read:
    """Read "X оглы", "X кызы": X is the father."""
    if place and len(waiting) > 1 and waiting[1].is_any("patronymic"):
        return father_before(waiting)
    return None


def read_kunya(waiting: Sequence[Word], place: int) -> Read:
    """Read "Abu X", "Umm X", "Abu-l-X", "Abul X" as one part; X may be Abd al-Y or Y al-Din."""
    if len(waiting) < TWO or not waiting[0].is_any("kunya", "kunya_article"):
        return None
    named = read_faith(waiting[1:], place) or read_servant(waiting[1:], place)
    if named and named[0] and waiting[0].is_any("kunya"):
        written = f"{waiting[0].text} {named[0].written}"
        key = joined((form_of(waiting[0].text), named[0].key))
        return Part(written, key, Role.KUNYA, "kunya"), named[1] + 1
    used = 3 if len(waiting) > TWO and is_article(waiting[1], waiting[2]) else 2
    return compound(waiting[:used], Role.KUNYA, "kunya"), used


def read_servant(waiting: Sequence[Word], place: int) -> Read:
    """Read "Abd al-X" in any spacing as one part, and "Абдул-Хамидович" as a patronymic."""
    del place
    if len(waiting) < TWO or not waiting[0].is_any("servant"):
        return None
    used = 3 if len(waiting) > TWO and is_article(waiting[1], waiting[2]) else 2
    part = compound(waiting[:used], Role.UNSURE, SERVANT)
    last = waiting[used - 1].text
    if fathers := fathers_in(last):
        before = part.key.removesuffix(form_of(last))
        others = [(joined((before, form)), EITHER) for form in fathers[1:]]
        key, whole = joined((before, fathers[0])), (part.key, 0.0)
        return Part(part.written, key, Role.FATHER, PATRONYMIC, (whole, *others)), used
    return part, used


def read_faith(waiting: Sequence[Word], place: int) -> Read:
    """Read "X al-Din" and "X Allah" in any spacing as one part."""
    del place
    if waiting[0].is_any("title", "servant"):
        return None
    for used in (3, 2):
        tail = "".join(word.folded for word in waiting[1:used])
        if len(waiting) >= used and tail in words("faith"):
            return compound(waiting[:used], Role.UNSURE, FAITH), used
    return None


def read_article(waiting: Sequence[Word], place: int) -> Read:
    """Read an article written apart as the start of the next word; "Al Toran" may be a man Al."""
    if len(waiting) < TWO or not is_article(waiting[0], waiting[1], inside=False):
        return None
    if not place and len(waiting) == TWO and not waiting[1].tied:
        return None
    following = plain_part(waiting[1])
    if following is None:
        return None, 1
    key = following.key if following.key.startswith(ARTICLE) else ARTICLE + following.key
    written = ("-" if waiting[1].tied else " ").join(word.text for word in waiting[:2])
    return replace(following, key=key, written=written), 2


READERS: tuple[Callable[[Sequence[Word], int], Read], ...] = (
    read_father_first,
    read_faith,
    read_title,
    read_servant,
    read_nasab,
    read_kunya,
    read_patronymic_word,
    read_article,
)


def is_article(word: Word, following: Word, *, inside: bool = True) -> bool:
    """Whether a word is the Arabic definite article written apart, in any script.

    Before a sun letter it ends in that letter (ash-Sh…, ад-Д…), or a hyphen ties it to the next
    word; else "An" and "Ed" are names. Inside a kunya it may be a mere "l".
    """
    if word.is_any("article"):
        return True
    if inside and word.is_any("short_article"):
        return True
    doubled = following.folded.startswith(word.folded[1:])
    return (doubled or following.tied) and word.is_any("sun_article")


def compound(written: Sequence[Word], role: Role, why: str) -> Part:
    """Return words that belong together as one part, an article between them as its mark."""
    forms = []
    for place, word in enumerate(written):
        if 0 < place < len(written) - 1:
            forms.append(ARTICLE)
        elif place == 0 and word.is_any("kunya_article"):
            forms.append(L_OF_ARTICLE.sub(ARTICLE, form_of(word.text)))
        else:
            forms.append(form_of(word.text))
    return Part(" ".join(word.text for word in written), joined(forms), role, why)


def plain_part(word: Word) -> Part | None:
    """Return the part one word makes: a patronymic, an initial, or a name still UNSURE."""
    key = form_of(word.text)
    if not key:
        return None
    if len(SILENT.sub("", word.text)) == 1:
        return Part(word.text, key, Role.INITIAL, "one letter")
    if fathers := fathers_in(word.text):
        others = ((form, EITHER) for form in fathers[1:])
        return Part(word.text, fathers[0], Role.FATHER, PATRONYMIC, ((key, 0.0), *others))
    return Part(word.text, key, Role.UNSURE)
