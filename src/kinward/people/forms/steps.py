"""One child registered step by step: one thing a page, consents first; as it is typed.

The pages are those of a draft, kept as those of a group are (see `forms.groups`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import KEEP, Keeping, all_valid
from kinward.people.forms.consents import AskedFirst, PhotographAsked
from kinward.people.forms.groups import typed
from kinward.people.forms.statements import Circumstances, Description, Section
from kinward.people.values import born_span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.functional import _StrPromise

    from kinward.core.forms import Form
    from kinward.people.forms.answers import AnswerForm
    from kinward.people.models import Draft
    from kinward.people.rules import ConsentAnswer, Statement

# The age below which forms for unaccompanied children have an annex of clothes, songs and habits:
# younger children may be unable to tell their name.
YOUNG: Final = timedelta(days=5 * 365 + 1)


class Part(StrEnum):
    """Steps that stand under one heading of the list of tasks."""

    FIRST = "first"
    CHILD = "child"
    FAMILY = "family"
    PLACES = "places"
    YOUNG = "young"
    EVIDENCE = "evidence"


PARTS: Final[Mapping[Part, str | _StrPromise]] = {
    Part.FIRST: _("Before anything else"),
    Part.CHILD: _("The child"),
    Part.FAMILY: _("The family"),
    Part.PLACES: _("Places"),
    Part.YOUNG: _("For a child under five"),
    Part.EVIDENCE: _("What only the family may know"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One page: what it asks for, and under which heading it stands."""

    id: str
    part: Part
    title: str | _StrPromise
    properties: tuple[str, ...] = ()


CONSENT, PHOTOGRAPH, WHO = "consent", "photograph", "circumstances"
STEPS: Final = (
    Step(CONSENT, Part.FIRST, _("Does the child agree to be looked for?")),
    Step(PHOTOGRAPH, Part.FIRST, _("May a photograph be kept and shown?")),
    Step(WHO, Part.FIRST, _("Who says this")),
    Step("names", Part.CHILD, _("Names"), ("name",)),
    Step("birth", Part.CHILD, _("Sex, and date of birth or age"), ("sex", "born")),
    Step("speech", Part.CHILD, _("Languages and nationality"), ("language", "nationality")),
    Step(
        "parents", Part.FAMILY, _("Parents, brothers and sisters"), ("father", "mother", "sibling")
    ),
    Step("relatives", Part.FAMILY, _("Relatives, and whom the child lets reach it"), ("relative",)),
    Step(
        "separation",
        Part.FAMILY,
        _("How the family was separated"),
        ("separated", "separated_at"),
    ),
    Step(
        "homes",
        Part.PLACES,
        _("Where the child and its family lived"),
        ("place_of_birth", "last_residence", "relatives_region"),
    ),
    Step(
        "found",
        Part.PLACES,
        _("Where the child was found, and is to go"),
        ("found_at", "custodian", "destination"),
    ),
    Step("stays", Part.PLACES, _("Stays, and who kept the child"), ("stay",)),
    Step("brought", Part.YOUNG, _("Who brought the child"), ("handed_over_by", "came_with")),
    Step("things", Part.YOUNG, _("Clothes and belongings"), ("clothes", "belongings")),
    Step(
        "ways",
        Part.YOUNG,
        _("Songs, words, habits and games"),
        ("songs_and_words", "accent", "habits", "games"),
    ),
    Step("marks", Part.EVIDENCE, _("Distinguishing marks"), ("mark",)),
)
NUMBER: Final = {step.id: number for number, step in enumerate(STEPS)}
NEEDED: Final = (CONSENT, WHO)  # nobody is registered without them


class Stage(StrEnum):
    """How a step stands."""

    LATER = "later"  # consent is asked for before
    TO_DO = "to_do"
    WRONG = "wrong"
    DONE = "done"
    NOT_NEEDED = "not_needed"  # asked of younger children


class StepPage:
    """One page as it was sent, or as it was kept."""

    def __init__(self, number: int, data: QueryDict | None) -> None:
        self.number, self.step = number, STEPS[number]
        asks = {CONSENT: AskedFirst, PHOTOGRAPH: PhotographAsked}.get(self.step.id)
        self.consent = asks(data, prefix="consent") if asks else None
        self.circumstances = Circumstances(data) if self.step.id == WHO else None
        section = Section(self.step.id, self.step.title, self.step.properties)
        self.said = Description((section,), data)
        self.keeping = Keeping(data) if data and data.get(KEEP) else None

    @property
    def forms(self) -> list[Form]:
        """Everything that is typed on it."""
        one = self.consent or self.circumstances
        return [one] if one else [*self.said.forms]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A step of the list of tasks, and how it stands."""

    number: int
    step: Step
    stage: Stage


class OneChild:
    """A draft of one child, step by step, as it stands now."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.pages = {page.number: page.typed for page in draft.pages.all()}
        self.steps = [self.page(number) for number in range(len(STEPS))]
        self.valid = [all_valid(page.forms) for page in self.steps]

    def page(self, number: int, data: QueryDict | None = None, *, shown: bool = False) -> StepPage:
        """Return a page as it was sent, as it was kept, or as it comes.

        To be `shown` only, it says no errors; a page that comes says of each question "not asked".
        """
        data = data or typed(self.pages.get(number, {}), shown=shown)
        if data is None and not shown and STEPS[number].properties:
            data = QueryDict(
                "&".join(f"{each}-0-answer=not_asked" for each in STEPS[number].properties)
            )
        return StepPage(number, data)

    def is_done(self, step: str) -> bool:
        """Tell whether a step was gone through and holds nothing wrong."""
        number = NUMBER[step]
        return bool(self.pages.get(number)) and self.valid[number]

    def stage(self, number: int) -> Stage:
        """Return how a step stands."""
        step = STEPS[number]
        if self.pages.get(number):
            return Stage.DONE if self.valid[number] else Stage.WRONG
        if step.id != CONSENT and not self.is_done(CONSENT):
            return Stage.LATER
        return Stage.NOT_NEEDED if self.is_left_out(number) else Stage.TO_DO

    def is_left_out(self, number: int) -> bool:
        """Tell whether a step says nothing of this child: asked of younger ones, and not opened."""
        of_the_young = STEPS[number].part == Part.YOUNG and not self.may_be_young
        return of_the_young and not self.pages.get(number)

    @property
    def may_be_young(self) -> bool:
        """Tell whether the child is under five, as far as its birth is known."""
        born = [form for form in self.steps[NUMBER["birth"]].said.forms if form.kind.id == "born"]
        span = born_span(born[0].value()) if self.valid[NUMBER["birth"]] else None
        return span is None or span[1] + YOUNG > localdate()

    @property
    def tasks(self) -> list[tuple[str | _StrPromise, list[Task]]]:
        """The steps under their headings."""
        return [
            (
                PARTS[part],
                [
                    Task(number=number, step=step, stage=self.stage(number))
                    for number, step in enumerate(STEPS)
                    if step.part == part
                ],
            )
            for part in Part
        ]

    @property
    def is_ready(self) -> bool:
        """Tell whether the child can be registered: what is needed is there, and nothing wrong."""
        kept = [number for number in self.pages if number < len(STEPS)]
        return all(map(self.is_done, NEEDED)) and all(self.valid[number] for number in kept)

    @property
    def name(self) -> str:
        """The first name that is typed."""
        names = self.pages.get(NUMBER["names"], {}).get("name-0-text", [])
        return next(iter(names), "").strip()

    @property
    def said_forms(self) -> list[AnswerForm]:
        """Every answer of every step."""
        return [form for page in self.steps for form in page.said.forms]

    def statements_of(self, number: int) -> list[Statement]:
        """Return what one step says; nothing of one that is left out. Only once all is right."""
        circumstances = self.steps[NUMBER[WHO]].circumstances
        assert circumstances is not None  # noqa: S101 (it is the form of that step)
        if self.is_left_out(number):
            return []
        return self.steps[number].said.statements(circumstances.cleaned_data)

    @property
    def statements(self) -> list[Statement]:
        """Everything that is said of the child. Only once all is right."""
        return [said for number in range(len(STEPS)) for said in self.statements_of(number)]

    @property
    def consents(self) -> list[ConsentAnswer]:
        """What was answered when consent was asked for. Only once all is right."""
        asked = (page.consent for page in self.steps if self.pages.get(page.number))
        return [consent.answer() for consent in asked if consent]

    @property
    def keeping(self) -> str:
        """Why words that label a person must stay, as far as somebody said so."""
        reasons = (next(iter(page.get(KEEP, [])), "").strip() for page in self.pages.values())
        return " ".join(dict.fromkeys(filter(None, reasons)))

    def next_after(self, number: int) -> int | None:
        """Return the next step of the same part that is still to be done; None at its end."""
        later: Sequence[int] = range(number + 1, len(STEPS))
        part = STEPS[number].part
        return next(
            (each for each in later if STEPS[each].part == part and not self.pages.get(each)), None
        )
