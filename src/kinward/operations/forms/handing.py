"""A handover minute with a line a child, the correction of a line, and families who met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day, Form, Guard, choose
from kinward.operations.actions import PARTS, Handed, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kinward.operations.models import Receiver
    from kinward.operations.queries import Traveller

MOMENT: Final = "%Y-%m-%dT%H:%M"
BEFORE_IT: Final = "before"  # the choice of whoever kept the children before
LONGEST: Final = 2_000


class Moment(forms.DateTimeField):
    """A moment, chosen or typed as 2018-12-30T10:15."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format=MOMENT)
        formats = [MOMENT, "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]
        super().__init__(widget=widget, input_formats=formats, **options)


def named(receiver: Receiver) -> str:
    """Return a receiver as whoever chooses one knows them."""
    return f"{receiver.organisation}: {receiver.surname} {receiver.given}"


class MinuteForm(Form):
    """From whom to whom, when and before whom."""

    guarded: ClassVar[Mapping[str, Guard]] = {"witnesses": Guard.OWN, "kept_by": Guard.OWN}

    giver = forms.ChoiceField(label=_("Who hands the children over?"))
    kept_by = forms.CharField(
        label=_("If whoever kept them before: which house is that?"),
        help_text=_("The shelter, home or prison by its name, and no person."),
        required=False,
        max_length=200,
    )
    receiver = forms.ChoiceField(
        label=_("Who receives them?"),
        help_text=_("Only those who were named, and to whom a second person agreed."),
    )
    handed_at = Moment(label=_("When?"))
    witnesses = forms.CharField(
        label=_("Before whom?"),
        help_text=_("Each by name and office."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(
        self,
        *arguments: Any,
        holders: Iterable[Receiver] = (),
        allowed: Iterable[Receiver] = (),
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.known = {str(each.pk): each for each in (*holders, *allowed)}
        before = (BEFORE_IT, _("whoever kept the children before"))
        choose(self, "giver", [before, *((str(each.pk), named(each)) for each in holders)])
        back = (BEFORE_IT, _("back to whoever kept the children before"))
        choose(self, "receiver", [*((str(each.pk), named(each)) for each in allowed), back])

    def clean(self) -> dict[str, Any]:
        """Ask which house kept the children, where nobody of the operation hands them over."""
        said = self.cleaned_data
        if said.get("giver") == BEFORE_IT and not said.get("kept_by") and not said.get("void"):
            self.add_error("kept_by", _("Write which house kept the children until then."))
        return said

    def handed(self) -> Handed:
        """Return what was handed over. Only once the form is valid."""
        said = self.cleaned_data
        return Handed(
            giver=self.known.get(said["giver"]),
            receiver=self.known.get(said["receiver"]),
            handed_at=said["handed_at"],
            witnesses=said["witnesses"],
            kept_by=said["kept_by"],
        )


class LineForm(Form):
    """The line of one child; what is not said is asked for only if the child is handed over."""

    guarded: ClassVar[Mapping[str, Guard]] = dict.fromkeys(PARTS, Guard.OWN)

    handed = forms.BooleanField(label=_("is handed over"), required=False)
    condition = forms.CharField(label=_("How is the child?"), required=False, max_length=500)
    belongings = forms.CharField(label=_("Belongings"), required=False, max_length=500)
    documents = forms.CharField(label=_("Documents"), required=False, max_length=500)
    medicines = forms.CharField(label=_("Medicines"), required=False, max_length=500)

    def __init__(self, *arguments: Any, traveller: Traveller, **options: Any) -> None:
        super().__init__(*arguments, prefix=str(traveller.child), **options)
        self.traveller = traveller

    @property
    def parts(self) -> list[forms.BoundField]:
        """The fields of the line itself."""
        return [self[part] for part in PARTS]

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing in the line of a child that is handed over."""
        if self.cleaned_data.get("handed"):
            for part in PARTS:
                if not self.cleaned_data.get(part):
                    self.add_error(part, _("Fill this in; write “none” where there is none."))
        return self.cleaned_data

    def line(self) -> Line | None:
        """Return the line; none where the child is not handed over. Only once it is valid."""
        said = dict(self.cleaned_data)
        return Line(child=self.traveller.child, **said) if said.pop("handed") else None


class CorrectForm(MinuteForm):
    """What happened instead of what a line says, or that it did not happen."""

    guarded: ClassVar[Mapping[str, Guard]] = {
        "witnesses": Guard.OWN,
        "kept_by": Guard.OWN,
        "reason": Guard.OWN,
    }

    void = forms.BooleanField(label=_("It did not happen at all"), required=False)
    reason = forms.CharField(
        label=_("How is that known?"), max_length=LONGEST, widget=forms.Textarea({"rows": 2})
    )


class MeetForm(Form):
    """That a child and its family met on the way."""

    guarded: ClassVar[Mapping[str, Guard]] = {"who": Guard.OWN, "words": Guard.OWN}

    child = forms.ChoiceField(label=_("Which child?"))
    met_on = Day(label=_("On which day?"))
    who = forms.CharField(
        label=_("Who met it?"), help_text=_("By name, and what they are to it."), max_length=500
    )
    words = forms.CharField(
        label=_("How did it go?"),
        help_text=_("What the child said of it first."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(
        self, *arguments: Any, travellers: Iterable[Traveller] = (), **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        named = [(str(each.child), each.name) for each in travellers]
        choose(self, "child", [("", ""), *named])


def lines(forms_of_children: Iterable[LineForm]) -> list[Line]:
    """Return the lines of all children who are handed over. Only once all forms are valid."""
    return [line for each in forms_of_children if (line := each.line())]
