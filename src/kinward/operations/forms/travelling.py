"""The code of a wristband, where counts differ, who stayed behind, and closing."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, Guard, choose
from kinward.operations.actions import Stayed, Wrong
from kinward.operations.models import Left, SeenHow, WhyNot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kinward.operations.models import Operation
    from kinward.operations.queries import Post

LONGEST = 2_000
NOT_LISTED = "before"  # the choice that it was not on the manifest already


class CodeForm(Form):
    """The code of a wristband, typed or scanned."""

    code = forms.CharField(
        label=_("Code on the wristband"),
        max_length=20,
        widget=forms.TextInput(
            {
                "dir": "ltr",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "class": "kw-code",
            }
        ),
    )


class KnownForm(Form):
    """Why something is said."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = forms.CharField(
        label=_("How is that known?"), max_length=LONGEST, widget=forms.Textarea({"rows": 2})
    )


class SettleForm(Form):
    """Whether a child is there, where two counts differ."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    there = forms.ChoiceField(
        label=_("Is the child there?"),
        choices=[("yes", _("Yes, it is there")), ("no", _("No, it is not there"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("How is that known?"), max_length=LONGEST, widget=forms.Textarea({"rows": 2})
    )


class LeaveForm(Form):
    """That a child did not go on, and why."""

    guarded: ClassVar[Mapping[str, Guard]] = {"words": Guard.OWN, "kept_by": Guard.OWN}

    child = forms.ChoiceField(label=_("Which child?"))
    checkpoint = forms.ChoiceField(label=_("From where did it not go on?"))
    left = forms.ChoiceField(label=_("What happened?"), choices=Left, widget=forms.RadioSelect)
    why = forms.ChoiceField(label=_("Why?"), choices=WhyNot)
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("Nothing of what an authority suspects: of an objection no words are kept."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2}),
    )
    kept_by = forms.CharField(
        label=_("Which house keeps it until then?"),
        help_text=_("Needed where no minute says who holds it. Its name, and no person."),
        required=False,
        max_length=200,
    )
    carried_to = forms.ChoiceField(label=_("With which operation does it go?"), required=False)

    def __init__(
        self,
        *arguments: Any,
        names: Mapping[UUID, str] = MappingProxyType({}),
        posts: Iterable[Post] = (),
        others: Iterable[Operation] = (),
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.others = {str(each.pk): each for each in others}
        self.checkpoints = {str(each.checkpoint.pk): each.checkpoint for each in posts}
        choose(self, "child", [("", ""), *((str(child), name) for child, name in names.items())])
        before = (NOT_LISTED, _("it was not on the manifest already"))
        opened = [(str(each.checkpoint.pk), each.label) for each in posts if each.closing is None]
        choose(self, "checkpoint", [*opened, before])
        listed = [(key, f"{each.reference} {each.title}") for key, each in self.others.items()]
        choose(self, "carried_to", [("", _("with none yet")), *listed])

    def stayed(self) -> Stayed:
        """Return what happened. Only once the form is valid."""
        said = self.cleaned_data
        return Stayed(
            left=Left(said["left"]),
            why=WhyNot(said["why"]),
            words=said["words"],
            kept_by=said["kept_by"],
            carried_to=self.others.get(said["carried_to"]),
        )

    def at(self) -> Any:
        """Return the checkpoint; none where it was not on the manifest."""
        return self.checkpoints.get(self.cleaned_data["checkpoint"])


class AmendForm(Form):
    """That a child was there, or was not, at a checkpoint that is closed."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    child = forms.ChoiceField(label=_("Of which child was it recorded wrongly?"))
    left = forms.ChoiceField(
        label=_("If it was not there: what happened?"),
        choices=[("", ""), *Left.choices],
        required=False,
    )
    why = forms.ChoiceField(
        label=_("If it was not there: why?"), choices=[("", ""), *WhyNot.choices], required=False
    )
    line = forms.ChoiceField(
        label=_("Which line of a minute did not happen either?"), required=False
    )
    reason = forms.CharField(
        label=_("How is that known?"),
        help_text=_("Where an authority objected, leave this empty: no words of it are kept."),
        required=False,  # which the action asks for, but of an objection
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(
        self,
        *arguments: Any,
        gone: Mapping[UUID, str] = MappingProxyType({}),
        there: Mapping[UUID, str] = MappingProxyType({}),
        minuted: Mapping[UUID, str] = MappingProxyType({}),
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        was = [
            (f"no {child}", _("%(name)s was not there") % {"name": name})
            for child, name in gone.items()
        ]
        was += [
            (f"yes {child}", _("%(name)s was there") % {"name": name})
            for child, name in there.items()
        ]
        choose(self, "child", [("", ""), *was])
        choose(
            self, "line", [("", _("none")), *((str(key), words) for key, words in minuted.items())]
        )

    def wrong(self) -> Wrong:
        """Return what was wrong. Only once the form is valid."""
        said = self.cleaned_data
        there, _space, child = said["child"].partition(" ")
        return Wrong(
            child=UUID(child),
            there=there == "yes",
            reason=said["reason"],
            left=said["left"],
            why=said["why"],
            line=UUID(said["line"]) if said["line"] else None,
        )


def how_of(word: str) -> SeenHow:
    """Return how a code came in."""
    return SeenHow.SCANNED if word == SeenHow.SCANNED else SeenHow.TYPED


def among(key: str, children: Iterable[UUID]) -> UUID | None:
    """Return the child that a button names, if it is one of these."""
    return next((each for each in children if str(each) == key), None)
