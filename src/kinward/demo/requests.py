"""Tracing requests as relatives tell them: in Russian with patronymics, in French, in German."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from kinmatch.synth import Adult, Parameters, Relative
from kinmatch.synth.families import adult
from kinmatch.synth.parts import Spelling, found_places
from kinmatch.synth.sought import Enquiry
from kinward.demo.scenario import data
from kinward.people.models import Answer, Certainty, SaidBy
from kinward.people.rules import Statement
from kinward.tracing.models import Relation

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from random import Random

    from kinmatch.synth import Child, Family
    from kinmatch.synth.parts import Place

MOSCOW: Final = ZoneInfo("Europe/Moscow")
TAKEN_FROM: Final = date(2017, 11, 6)
TAKEN_DAYS: Final = 400
LEFT: Final = (2013, 2016)  # years in which families left
KNOWS_PLACE: Final = 0.6  # relatives who name the place where the children were indeed
SPELLINGS: Final = {
    "ru": Spelling.CYRILLIC,
    "fr": Spelling.FRENCH,
    "de": Spelling.GERMAN,
}
SCRIPTS: Final = {"ru": "cyrillic", "fr": "latin", "de": "latin"}
SPOKEN: Final = {"ru": "русский", "fr": "français", "de": "Deutsch"}
ABROAD: Final = {"fr": "FR", "de": "DE"}  # where a relative lives who does not write from home
RELATIVES: Final[Mapping[str, tuple[str, Relation]]] = {
    "mother_of_mother": ("female", Relation.DAUGHTERS_CHILD),
    "mother_of_father": ("female", Relation.SONS_CHILD),
    "father_of_father": ("male", Relation.SONS_CHILD),
    "sister_of_mother": ("female", Relation.SISTERS_CHILD),
    "sister_of_father": ("female", Relation.BROTHERS_CHILD),
    "brother_of_father": ("male", Relation.BROTHERS_CHILD),
    "brother_of_mother": ("male", Relation.SISTERS_CHILD),
}
HABITS: Final = Parameters(nameless_sought=0.1, patronymic_dropped=0.1, typing_error=0.01)


@dataclass(frozen=True, slots=True)
class Asked:
    """A tracing request before it is taken; `family` and the keys are the truth, never stored."""

    family: int
    keys: tuple[tuple[int, int], ...]
    enquirer: tuple[Statement, ...]
    told: str
    language: str
    region: str
    sought: tuple[tuple[Relation, tuple[Statement, ...]], ...]
    at: datetime


class Desk:
    """The desk where relatives ask.

    Args:
        chance: the source of chance.
        places: codes the gazetteer knows; others are left out.
        habits: how relatives write.
    """

    def __init__(
        self, chance: Random, places: Collection[str], habits: Parameters = HABITS
    ) -> None:
        self.chance = chance
        self.places = places
        self.habits = habits
        self.enquiry = Enquiry(chance, habits)

    def ask(
        self,
        family: Family,
        *,
        kind: str,
        language: str,
        children: Sequence[Child],
        last: Place | None = None,
    ) -> Asked:
        """Write down one request; `last` is where the children were last, if anyone knew."""
        relative = Relative(
            self.chance,
            SPELLINGS[language],
            patronymic_dropped=self.habits.patronymic_dropped,
            typing_error=self.habits.typing_error,
        )
        sex, relation = RELATIVES[kind]
        enquirer = self.enquirer(kind, sex, children[0])
        who = relative.adult(enquirer, family.custom)
        if last is None or self.chance.random() >= KNOWS_PLACE:
            last = self.chance.choice(found_places())
        sought = [tuple(self.sought(child, relative, family, last, language)) for child in children]
        return Asked(
            family=family.number,
            keys=tuple(child.key for child in children),
            enquirer=tuple(self.described(who, sex, language)),
            told=self.told(kind, language, relative, who, children, sought, last),
            language=language,
            region=self.region(family, language),
            sought=tuple((relation, statements) for statements in sought),
            at=self.moment(),
        )

    def moment(self) -> datetime:
        """Draw when a request was taken."""
        day = TAKEN_FROM + timedelta(days=self.chance.randrange(TAKEN_DAYS))
        hour = time(self.chance.randint(9, 17), self.chance.randrange(60), tzinfo=MOSCOW)
        return datetime.combine(day, hour)

    def region(self, family: Family, language: str) -> str:
        """Return where the relative lives: the family's region, or abroad."""
        home = family.home.code.partition(":")[0]
        abroad = ABROAD.get(language, home)
        # Families of a country whose language it is ask from home.
        return home if home.startswith(abroad) else abroad

    def enquirer(self, kind: str, sex: str, child: Child) -> Adult:
        """Make the relative: on the father's side with his family name, else with the mother's."""
        parent = child.father if kind.endswith("of_father") else child.mother
        made = adult(self.chance, child.custom, sex, parent.surname)
        if kind.startswith(("sister", "brother")):
            return Adult(sex, made.given, parent.father, parent.grandfather, parent.surname)
        return made

    def described(self, who: str, sex: str, language: str) -> list[Statement]:
        """Return what is written down about the enquirer."""
        return [
            said("name", {"text": who, "script": SCRIPTS[language], "language": language}),
            said("sex", {"code": sex}),
            said("language", {"text": SPOKEN[language]}),
        ]

    def sought(
        self, child: Child, relative: Relative, family: Family, last: Place, language: str
    ) -> list[Statement]:
        """Return what is written down about one sought child."""
        row = self.enquiry.row(child, relative, ())
        writing = {"script": SCRIPTS[language], "language": language}
        statements = [said("name", {"text": name} | writing) for name in row.name] or [
            Statement(property="name", answer=Answer.UNKNOWN, said_by=SaidBy.RELATIVE)
        ]
        statements.append(said("sex", {"code": row.sex}))
        if row.born:
            statements.append(said("born", {"edtf": row.born}))
        statements += [said("father", {"text": name} | writing) for name in row.father]
        statements += [said("mother", {"text": name} | writing) for name in row.mother]
        statements.append(said("last_residence", self.place(last, relative)))
        statements.append(said("relatives_region", self.place(family.home, relative)))
        return statements

    def place(self, place: Place, relative: Relative) -> dict[str, str]:
        """Return a place as written, with its code if the gazetteer has it."""
        value = {"text": relative.place(place)}
        return value | {"code": place.code} if place.code in self.places else value

    def told(  # noqa: PLR0913, PLR0917 - what a story is told from
        self,
        kind: str,
        language: str,
        relative: Relative,
        who: str,
        children: Sequence[Child],
        sought: Sequence[Sequence[Statement]],
        last: Place,
    ) -> str:
        """Tell the story in the enquirer's words."""
        words = data("told")[language]
        custom, first = children[0].custom, children[0]
        names = [
            words["born"].format(name=relative.given(child.given), year=child.born.year)
            if statements[0].value
            else words["unnamed"]
            for child, statements in zip(children, sought, strict=True)
        ]
        parts: dict[str, Any] = {
            "who": who,
            "mother": relative.adult(first.mother, custom),
            "father": relative.adult(first.father, custom),
            "year": self.chance.randint(*LEFT),
            "children": words["between"].join(names),
            "place": relative.place(last),
        }
        sentences = (kind, "children", "place", "close")
        return " ".join(self.chance.choice(words[one]).format(**parts) for one in sentences)


def said(kind: str, value: dict[str, str]) -> Statement:
    """Return what a relative states."""
    return Statement(
        property=kind, value=value, said_by=SaidBy.RELATIVE, certainty=Certainty.PROBABLE
    )
