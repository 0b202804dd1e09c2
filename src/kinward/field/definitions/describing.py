"""The questions about a person, as every form of the field asks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from kinward.field.definitions.asking import Choice, Group, Question, Type, of_words
from kinward.people.consents import ConsentPurpose, Giver, State
from kinward.people.forms.consents import LANGUAGES
from kinward.people.models import Certainty, Method, SaidBy
from kinward.people.properties import PROPERTIES, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TYPES: Final[Mapping[Shape, Type]] = {
    Shape.NAME: Type.NAME,
    Shape.PLACE: Type.PLACE,
    Shape.SEX: Type.CHOICE,
    Shape.TEXT: Type.TEXT,
}
AS_MUCH_AS_IS_KNOWN: Final = _("As much as is known: 2012, 2012-05 or 2012-05-30.")
SEXES: Final = (
    Choice(name="female", label=_("girl or woman")),
    Choice(name="male", label=_("boy or man")),
)
YES_OR_NO: Final = (Choice(name="yes", label=_("yes")), Choice(name="no", label=_("no")))
ANSWERS: Final = of_words(
    State, only=(State.GIVEN, State.REFUSED, State.UNABLE, State.INFORMED, State.NOT_SOUGHT)
)
LEARNT: Final = (Method.INTERVIEW, Method.OBSERVATION, Method.DOCUMENT, Method.OTHER)
OF_A_CHILD: Final = of_words(Giver, only=(Giver.CHILD, Giver.MOTHER, Giver.GUARDIAN))
EXPLAINED_IN: Final = tuple(Choice(name=code, label=label) for code, label in LANGUAGES)
OF_A_RELATIVE: Final = of_words(Giver, only=(Giver.RELATIVE,))
BORN: Final = (
    Question(
        name="born_on",
        type=Type.DATE,
        label=_("Date of birth"),
        hint=AS_MUCH_AS_IS_KNOWN,
        unknown=True,
        property="born",
    ),
    Question(
        name="age",
        type=Type.AGE,
        label=_("Or the age, in whole years"),
        property="born",
        part=Type.AGE,
    ),
)


def about(*names: str) -> tuple[Question, ...]:
    """Return a question for each of these kinds of fact, named as they are."""
    return tuple(one for name in names for one in asked_of(name))


def asked_of(name: str) -> tuple[Question, ...]:
    """Return the questions for one kind of fact; of a birth there are two."""
    kind = PROPERTIES[name]
    if kind.shape == Shape.BIRTH:
        return BORN
    if kind.shape == Shape.WHEN:
        return happened(name)
    one = Question(
        name=name,
        type=TYPES[kind.shape],
        label=kind.label,
        choices=SEXES if kind.shape == Shape.SEX else (),
        unknown=True,
        property=name,
    )
    return (one,)


def happened(name: str) -> tuple[Question, ...]:
    """Return the questions for what happened: in words, and when."""
    told = Question(
        name=name, type=Type.TEXT, label=PROPERTIES[name].label, unknown=True, property=name
    )
    when = Question(
        name=f"{name}_on",
        type=Type.DATE,
        label=_("When was that?"),
        hint=AS_MUCH_AS_IS_KNOWN,
        property=name,
        part="edtf",
    )
    return (told, when)


def several(name: str, *, most: int = 6) -> Group:
    """Return a group of one kind of fact that can be answered several times."""
    label = PROPERTIES[name].label
    return Group(name=f"{name}s", label=label, questions=about(name), repeat=True, most=most)


def consents(givers: tuple[Choice, ...], *purposes: str) -> Group:
    """Return what is asked before anything else: consent, purpose by purpose."""
    asked = [("tracing", _("Do they agree to be looked for?"), ConsentPurpose.TRACING)]
    if ConsentPurpose.PHOTO in purposes:
        asked.append(("photograph", _("May a photograph be kept and shown?"), ConsentPurpose.PHOTO))
    questions = tuple(
        Question(
            name=name,
            type=Type.CONSENT,
            label=label,
            required=purpose == ConsentPurpose.TRACING,
            choices=ANSWERS,
            purpose=purpose,
            givers=givers,
            languages=EXPLAINED_IN,
        )
        for name, label, purpose in asked
    )
    return Group(name="consents", label=_("Before anything else"), questions=questions)


def circumstances(*, usually: Sequence[str] = ()) -> Group:
    """Return who says all this, how it was learnt and how sure it is: for the whole entry."""
    return Group(
        name="circumstances",
        label=_("Who says this"),
        questions=(
            Question(
                name="said_by",
                type=Type.CHOICE,
                label=_("Who says so?"),
                choices=of_words(SaidBy, only=usually),
                required=True,
            ),
            Question(
                name="method",
                type=Type.CHOICE,
                label=_("How was it learnt?"),
                choices=of_words(
                    Method,
                    only=(Method.INTERVIEW, Method.OBSERVATION, Method.DOCUMENT, Method.OTHER),
                ),
            ),
            Question(
                name="certainty",
                type=Type.CHOICE,
                label=_("How sure is it?"),
                choices=of_words(Certainty),
            ),
            Question(
                name="as_of",
                type=Type.DATE,
                label=_("When was it said?"),
                hint=_("A day, a month or a year: 2018-12-30, 2018-12 or 2018."),
            ),
            Question(
                name="source",
                type=Type.TEXT,
                label=_("Where is it written down?"),
                hint=_(
                    "A form, a list, a document and its page. Leave empty if it was only spoken."
                ),
            ),
        ),
    )
