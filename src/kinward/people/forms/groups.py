"""A group registered in one sitting: what holds for all, a few fields a child, as they are typed.

A page is shown as it was typed, right or wrong; it is held against the rules when somebody goes on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import KEEP, SHOW_AGAIN, Form, Guard, Keeping, all_valid
from kinward.people.consents import Giver, State
from kinward.people.forms.consents import OrDecided
from kinward.people.forms.statements import Circumstances, Description, Section
from kinward.people.naming import script_of
from kinward.people.rules import ConsentAnswer, Statement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kinward.people.models import Draft

MOST_CHILDREN: Final = 60
USUAL: Final = 30
NOT_KEPT: Final = frozenset({"csrfmiddlewaretoken", "once", *SHOW_AGAIN})
COMMON: Final = (
    Section(
        "place",
        _("Where and with whom"),
        ("found_at", "custodian", "last_residence", "relatives_region", "language"),
    ),
)
OF_ONE: Final = (Section("child", _("The child"), ("name", "sex", "born", "mother", "father")),)
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
AGE, AS_OF = "born-0-age", "born-0-as_of"


class Sitting(Form):
    """How many children there are, and what is known of them as a group."""

    guarded: ClassVar[Mapping[str, Guard]] = {"note": Guard.OWN}

    count = forms.IntegerField(
        label=_("How many children are there?"),
        help_text=_("As many as there are pages. It can be changed at any time."),
        min_value=1,
        max_value=MOST_CHILDREN,
        initial=USUAL,
    )
    note = forms.CharField(
        label=_("Who are they, as a group?"),
        help_text=_("In a few words: came together from one camp, slept in one room."),
        required=False,
        max_length=500,
    )


class OwnAnswer(Form):
    """What this child says for itself, and who of the group are its brothers and sisters."""

    own = forms.ChoiceField(
        label=_("Does this child agree to be looked for?"),
        choices=[
            ("", _("as was answered for the group")),
            (State.REFUSED, _("refuses")),
            (State.UNABLE, _("cannot answer")),
        ],
        required=False,
    )
    siblings = forms.MultipleChoiceField(
        label=_("Brothers and sisters in this group"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *arguments: Any, others: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["siblings"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (declared above)
        field.choices = others
        if not others:
            del self.fields["siblings"]

    def answers(self) -> list[ConsentAnswer]:
        """Return what the child answered for itself. Only once the form is valid."""
        own = self.cleaned_data["own"]
        return [ConsentAnswer(state=State(own), giver=Giver.CHILD)] if own else []


def kept(data: QueryDict) -> dict[str, list[str]]:
    """Return what stands on a page, to be kept as it is."""
    return {name: values for name, values in data.lists() if name not in NOT_KEPT}


def typed(page: Mapping[str, Sequence[str]], *, shown: bool = False) -> QueryDict | None:
    """Return what was kept as it was sent; None of nothing. Only `shown`, it says no errors."""
    if not page:
        return None
    data = QueryDict(mutable=True)
    for name, values in page.items():
        data.setlist(name, list(values))
    if shown:
        data[next(iter(SHOW_AGAIN))] = "1"
    return data


class CommonPage:
    """What holds for every child of a group."""

    def __init__(self, data: QueryDict | None) -> None:
        self.sitting = Sitting(data)
        self.consent = OrDecided(data, prefix="consent")
        self.circumstances = Circumstances(data)
        self.said = Description(COMMON, data)
        self.keeping = Keeping(data) if data and data.get(KEEP) else None

    @property
    def forms(self) -> list[Form]:
        """Everything that is typed on it."""
        return [self.sitting, self.consent, self.circumstances, *self.said.forms]


class ChildPage:
    """A few fields of one child; the day of its age is the group's, unless another is typed."""

    def __init__(
        self, data: QueryDict | None, *, as_of: str, others: Sequence[tuple[str, str]]
    ) -> None:
        data = dated(data, as_of)
        self.said = Description(OF_ONE, data)
        self.own = OwnAnswer(data, others=others)

    @property
    def forms(self) -> list[Form]:
        """Everything that is typed on it."""
        return [*self.said.forms, self.own]


def dated(data: QueryDict | None, as_of: str) -> QueryDict | None:
    """Return a page with a day for an age without one, and without a day where there is no age."""
    if data is None:
        return None
    data = data.copy()
    if not data.get(AGE, "").strip():
        data[AS_OF] = ""
    elif not data.get(AS_OF, ""):
        data[AS_OF] = as_of
    return data


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedChild:
    """A child of a group as its page stands: what it says, or what is wrong."""

    number: int
    name: str
    page: ChildPage

    @property
    def wrong(self) -> list[Form]:
        """The forms in which something is wrong."""
        return [form for form in self.page.forms if form.errors]


class Group:
    """A draft, page by page, as it stands now."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.pages = {page.number: page.typed for page in draft.pages.all()}
        self.common = self.common_page()
        self.is_set = all_valid(self.common.forms) if self.pages.get(0) else False

    def common_page(self, *, shown: bool = False) -> CommonPage:
        """Return the page of what holds for all."""
        return CommonPage(typed(self.pages.get(0, {}), shown=shown))

    def child_page(
        self, number: int, data: QueryDict | None = None, *, shown: bool = False
    ) -> ChildPage:
        """Return the page of a child, as it was sent or as it was kept."""
        data = data or typed(self.pages.get(number, {}), shown=shown)
        return ChildPage(data, as_of=self.as_of, others=self.others(number))

    @property
    def size(self) -> int:
        """How many children there are said to be, or have a page."""
        told = self.first(0, "count")
        said = int(told) if told.isdecimal() else USUAL
        return min(max([said, 1, *self.numbers()]), MOST_CHILDREN)

    @property
    def as_of(self) -> str:
        """The day on which the ages of the group were told; empty where only a month is known."""
        told = self.first(0, "as_of")
        if not told:
            return localdate(self.draft.begun_at).isoformat()
        return told if DAY.fullmatch(told) else ""

    def first(self, number: int, field: str) -> str:
        """Return the first value of a field of a page."""
        return next(iter(self.pages.get(number, {}).get(field, [])), "").strip()

    def name(self, number: int) -> str:
        """Return the name of a child, as far as it is typed."""
        return self.first(number, "name-0-text")

    def numbers(self) -> list[int]:
        """Return the numbers of the children of whom something is typed."""
        return sorted(number for number in self.pages if number and self.is_typed(number))

    def is_typed(self, number: int) -> bool:
        """Tell whether anything is typed on the page of a child, its standard answers apart."""
        usual = {"", "not_asked"}
        return any(
            value.strip() not in usual and name != AS_OF
            for name, values in self.pages[number].items()
            for value in values
        )

    def others(self, number: int) -> list[tuple[str, str]]:
        """Return the other children of the group that have a name, to be marked as siblings."""
        named = (each for each in self.numbers() if each != number and self.name(each))
        return [(str(each), self.name(each)) for each in named]

    def children(self) -> list[TypedChild]:
        """Return every child of whom something is typed, its page held against the rules."""
        found = [
            TypedChild(number=each, name=self.name(each), page=self.child_page(each))
            for each in self.numbers()
        ]
        for child in found:
            all_valid(child.page.forms)
        return found

    def siblings(self) -> dict[int, set[int]]:
        """Return who is marked as whose sibling; it is so of both, whichever page says it."""
        marked: dict[int, set[int]] = {number: set() for number in self.numbers()}
        for number, those in marked.items():
            for other in self.pages[number].get("siblings", []):
                if other.isdecimal() and int(other) in marked:
                    those.add(int(other))
                    marked[int(other)].add(number)
        return marked

    def statements(self, child: TypedChild) -> list[Statement]:
        """Return everything that is said of a child. Only once all pages are valid."""
        circumstances = self.common.circumstances.cleaned_data
        own = child.page.said.statements(circumstances)
        of_all = self.common.said.statements(circumstances)
        names = sorted(self.name(each) for each in self.siblings()[child.number])
        kin = [
            Statement(
                property="sibling",
                value={"text": name, "script": script_of(name)},
                **circumstances,
            )
            for name in names
            if name
        ]
        return [*own, *of_all, *kin]

    def consents(self, child: TypedChild) -> list[ConsentAnswer]:
        """Return what was answered for a child: for the group, and then by itself."""
        return [self.common.consent.answer(), *child.page.own.answers()]
