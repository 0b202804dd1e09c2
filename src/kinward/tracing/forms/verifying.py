"""The two forms of a verification, photographs, explanations, genetic tests, and what it comes to.

Answers that nobody knows stay empty: a child forgets, and an empty answer disagrees with nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day, Form, Guard, choose
from kinward.core.wording import listed
from kinward.tracing.actions import Heard, Report
from kinward.tracing.models import DnaResult, RelationTested, Settled, Side, Wish
from kinward.tracing.rules import FEWEST_PHOTOGRAPHS, MOST_PHOTOGRAPHS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kinward.access.models import User

UNKNOWN: Final = ("", _("not known"))
YES_NO: Final = [("yes", _("yes")), ("no", _("no")), UNKNOWN]
YES_NO_UNSURE: Final = [("yes", _("yes")), ("no", _("no")), ("unsure", _("unsure, which is no"))]
UNSURE: Final = "unsure"
LIVED_WITH: Final = [
    ("mother", _("the mother")),
    ("father", _("the father")),
    ("grandparents", _("grandparents")),
    ("siblings", _("brothers and sisters")),
    ("relatives", _("other relatives")),
    ("others", _("people who are no relatives")),
]
BROUGHT: Final = [
    ("documents", _("documents")),
    ("photographs", _("photographs")),
    ("objects", _("things of the child’s")),
    ("nothing", _("nothing")),
]
FIRST_YEAR: Final = 1990


def words(label: Any, *, help_text: Any = "", required: bool = False, rows: int = 3) -> Any:
    """Return a field for an answer in one's own words."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4_000,
        widget=forms.Textarea({"rows": rows}),
    )


class InterviewForm(Form):
    """What both sides are asked, each for themselves."""

    guarded: ClassVar[Mapping[str, Guard]] = dict.fromkeys(
        ("family", "address", "friends", "separation"), Guard.OWN
    )

    held_on = Day(label=_("On which day was the interview?"))
    apart = forms.ChoiceField(
        label=_("Was nobody of the other side, and nobody who speaks for it, in the room?"),
        choices=[("yes", _("yes, we were apart")), ("no", _("no"))],
        widget=forms.RadioSelect,
    )
    family = words(
        _("Who is in the family? Names as they are said"),
        help_text=_("Parents, brothers and sisters, grandparents, and what they are called."),
    )
    address = words(_("Where did the child live before the separation?"))
    lived_with = forms.MultipleChoiceField(
        label=_("Whom did the child live with?"),
        choices=LIVED_WITH,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    siblings = forms.IntegerField(
        label=_("How many brothers and sisters does the child have?"),
        required=False,
        min_value=0,
        max_value=30,
    )
    friends = words(_("Who were friends, neighbours, people who were often there?"))
    school = forms.ChoiceField(
        label=_("Did the child go to school?"),
        choices=YES_NO,
        required=False,
        widget=forms.RadioSelect,
    )
    animal = forms.ChoiceField(
        label=_("Was there an animal at home?"),
        choices=YES_NO,
        required=False,
        widget=forms.RadioSelect,
    )
    separation = words(_("How were they separated, and who was there?"))
    separated_in = forms.IntegerField(
        label=_("In which year?"), required=False, min_value=FIRST_YEAR
    )

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Refuse a day, and a year, that are still to come."""
        typed = self.cleaned_data
        if "held_on" in typed and typed["held_on"] > self.today:
            self.add_error("held_on", _("This day is still to come. Record what was done."))
        if (typed.get("separated_in") or FIRST_YEAR) > self.today.year:
            self.add_error("separated_in", _("This year is still to come."))
        return typed

    def heard(self) -> Heard:
        """Return what was answered."""
        typed = dict(self.cleaned_data)
        held_on, apart = typed.pop("held_on"), typed.pop("apart") == "yes"
        wish = typed.pop("wish", "")
        said = {name: answer for name, answer in typed.items() if answer not in (None, "", [])}
        return Heard(said=said, held_on=held_on, apart=apart, wish=wish)


class AdultForm(InterviewForm):
    """What the claimant is asked, before anything of the child is shown to them."""

    guarded: ClassVar[Mapping[str, Guard]] = dict(InterviewForm.guarded) | dict.fromkeys(
        ("identity", "small", "able"), Guard.OWN
    )

    identity = words(
        _("How does the claimant show who they are?"),
        help_text=_("Which document was seen; or that there is none, and who vouches."),
        required=True,
    )
    small = words(
        _("What else may the child remember?"),
        help_text=_("Of a child under five: clothes, things, songs, what it was afraid of."),
    )
    brought = forms.MultipleChoiceField(
        label=_("What did the claimant bring?"),
        choices=BROUGHT,
        widget=forms.CheckboxSelectMultiple,
    )
    wants = forms.ChoiceField(
        label=_("Does the claimant want to care for the child?"),
        choices=[*YES_NO_UNSURE[:2], (UNSURE, _("undecided"))],
        widget=forms.RadioSelect,
    )
    able = words(_("Are they able to? What would they need?"))


class ChildForm(InterviewForm):
    """What the child is asked, by somebody else, once the claimant's answers are captured."""

    guarded: ClassVar[Mapping[str, Guard]] = dict(InterviewForm.guarded) | dict.fromkeys(
        ("small", "whom", "reactions", "told", "concerns"), Guard.OWN
    )

    told_before = forms.ChoiceField(
        label=_("Was the child told before of who died, married again or was born?"),
        help_text=_("A child must not learn it from a photograph or a question."),
        choices=[
            ("yes", _("yes")),
            ("nothing", _("there is nothing to tell")),
            ("no", _("no, it was not told")),
        ],
        widget=forms.RadioSelect,
    )
    told = words(_("What was it told, and by whom?"))
    small = words(_("What else does the child remember of home?"))
    recognises = forms.ChoiceField(
        label=_("Does the child recognise people in the claimant’s photographs?"),
        choices=[*YES_NO_UNSURE, ("none", _("none were shown"))],
        widget=forms.RadioSelect,
    )
    whom = words(_("Whom, and what does it call them?"))
    recognises_self = forms.ChoiceField(
        label=_("Does the child recognise itself in them?"),
        choices=[*YES_NO_UNSURE, ("none", _("none were shown"))],
        widget=forms.RadioSelect,
    )
    reactions = words(_("How did the child react?"))
    wish = forms.ChoiceField(
        label=_("What does the child want?"), choices=Wish, widget=forms.RadioSelect
    )
    concerns = words(_("What worries the child, or you?"))


class PickForm(Form):
    """Which photograph was pointed at."""

    place = forms.ChoiceField(
        label=_("At which photograph did they point?"),
        help_text=_("Do not help, and do not ask twice. Unsure is no."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *arguments: Any, photographs: int, **options: Any) -> None:
        super().__init__(*arguments, **options)
        places = [(str(place), str(place)) for place in range(1, photographs + 1)]
        choose(self, "place", [*places, (UNSURE, _("at none, or they were unsure"))])

    def picked(self) -> int | None:
        """Return the place; None where they were unsure."""
        place = self.cleaned_data["place"]
        return None if place == UNSURE else int(place)


class OpenForm(Form):
    """Who interviews the two sides."""

    adult = forms.ChoiceField(label=_("Who asks the claimant?"))
    child = forms.ChoiceField(label=_("Who asks the child?"))

    def __init__(
        self, *arguments: Any, interviewers: Mapping[Side, Sequence[User]], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        for side, accounts in interviewers.items():
            named = [(str(user.pk), user.get_full_name()) for user in accounts]
            choose(self, side.value, [("", _("choose")), *named])

    def clean(self) -> dict[str, Any]:
        """Refuse one person for both."""
        typed = self.cleaned_data
        if typed.get("adult") and typed.get("adult") == typed.get("child"):
            self.add_error("child", _("Two different people interview the two sides."))
        return typed


class LineUpForm(Form):
    """How many photographs are laid out, and for whom."""

    side = forms.ChoiceField(label=_("Who looks at them?"), choices=Side, widget=forms.RadioSelect)
    photographs = forms.IntegerField(
        label=_("How many photographs?"),
        help_text=_("One of the person, the others of people of the same sex and age."),
        min_value=FEWEST_PHOTOGRAPHS,
        max_value=MOST_PHOTOGRAPHS,
        initial=FEWEST_PHOTOGRAPHS,
    )


class ExplainForm(Form):
    """Why the two sides disagree on something."""

    guarded: ClassVar[Mapping[str, Guard]] = {"words": Guard.OWN}

    words = words(_("How do you explain it?"), required=True)


class DnaRequestForm(Form):
    """A genetic test that is asked for."""

    guarded: ClassVar[Mapping[str, Guard]] = {"offered_first": Guard.OWN, "consents": Guard.OWN}

    relation = forms.ChoiceField(label=_("Which relation is tested?"), choices=RelationTested)
    offered_first = words(
        _("What was offered first instead, and why was it not enough?"), required=True
    )
    consents = words(
        _("Who agreed, on which form, with whom present?"),
        help_text=_("The child, or its guardian, and the claimant."),
        required=True,
    )


class DnaReportForm(Form):
    """What the laboratory concludes, as printed. Never a profile."""

    guarded: ClassVar[Mapping[str, Guard]] = dict.fromkeys(
        ("likelihood_ratio", "prior", "laboratory"), Guard.OWN
    )

    result = forms.ChoiceField(
        label=_("What does the laboratory conclude?"), choices=DnaResult, widget=forms.RadioSelect
    )
    likelihood_ratio = forms.CharField(
        label=_("The likelihood ratio, as printed"), max_length=60, strip=True
    )
    prior = forms.CharField(
        label=_("The prior odds it is printed with"), max_length=60, required=False
    )
    laboratory = forms.CharField(label=_("Which laboratory?"), max_length=200)
    sha256 = forms.CharField(
        label=_("The SHA-256 of the report"),
        help_text=_("64 signs. The report itself stays with the laboratory and the court."),
        validators=[RegexValidator(r"^[0-9a-fA-F]{64}$", _("Write 64 signs, 0 to 9 and a to f."))],
        max_length=64,
    )

    def report(self) -> Report:
        """Return what was printed."""
        typed = self.cleaned_data
        return Report(
            result=DnaResult(typed["result"]),
            likelihood_ratio=typed["likelihood_ratio"],
            prior=typed["prior"],
            laboratory=typed["laboratory"],
            sha256=typed["sha256"].lower(),
        )


class SettleForm(Form):
    """What a verification comes to, recommended by one and decided by another."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    outcome = forms.ChoiceField(
        label=_("What does it come to?"), choices=Settled, widget=forms.RadioSelect
    )
    reason = words(_("Why?"), help_text=_("In your own words."), required=True)


def question_of(name: str) -> Any:
    """Return the question of an answer, as the forms ask it."""
    asked = AdultForm.base_fields | ChildForm.base_fields
    return asked[name].label if name in asked else name


def spoken(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers in words: what was chosen as it stood in the form."""
    return {name: in_words(name, answer) for name, answer in said.items()}


def in_words(name: str, answer: Any) -> Any:
    """Return one answer in words."""
    asked = AdultForm.base_fields | ChildForm.base_fields
    choices = dict(getattr(asked.get(name), "choices", ()))
    if isinstance(answer, list):
        return listed(choices.get(each, each) for each in answer)
    return choices.get(answer, answer)
