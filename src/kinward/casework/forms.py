"""Steps of a track, going on all the same; holds; and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Role
from kinward.access.rules import Permission, grants
from kinward.casework.models import Added, Ended, HoldEnded, HoldKind, Lack, Party, What
from kinward.casework.rules import NO_WORDS
from kinward.casework.tracks import TABLES, Next
from kinward.core.forms import Day, Form, Guard, choose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

ROLES: Final = [(role.value, role.label) for role in Role if grants(role, Permission.SET_TASKS)]
# Whoever takes steps of a case may be asked to do the next thing about a hold.
ACTING: Final = sorted(
    {Role.CASE_WORKER, Role.PROGRAMME_MANAGER}
    | {table.by for table in TABLES.values()}
    | {each.by for table in TABLES.values() for each in table.moves if each.by}
)
WHO_ACTS: Final = [(role.value, role.label) for role in ACTING]
FIELD_OF: Mapping[Lack, str] = {
    Lack.IMPOSSIBLE: "to",
    Lack.ANOTHER: "to",
    Lack.REASON: "reason",
    Lack.NO_WORDS: "reason",
    Lack.EVIDENCE: "evidence",
    Lack.FROM: "holds_from",
    Lack.UNTIL: "holds_until",
    Lack.ENDS_BEFORE: "holds_until",
    Lack.FUTURE: "on",
    Lack.BEFORE: "on",
}


class StepForm(Form):
    """What happened on a track."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN, "evidence": Guard.OWN}

    to = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect)
    on = Day(label=_("On which day?"))
    evidence = forms.CharField(
        label=_("What shows it?"),
        help_text=_("A document with its number, a decision, who saw it, or who is named."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )
    holds_from = Day(label=_("From when on does it hold?"), required=False)
    holds_until = Day(label=_("Until when does it hold, that day included?"), required=False)
    reason = forms.CharField(
        label=_("Why, in your own words?"),
        help_text=_("Only what this step needs, and nothing of the child’s health."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(
        self,
        *arguments: Any,
        choices: list[tuple[str, str]],
        lacking: Callable[[Next], tuple[Lack, ...]],
        **options: Any,
    ) -> None:
        self.lacking = lacking
        super().__init__(*arguments, **options)
        choose(self, "to", choices)

    def clean(self) -> dict[str, Any]:
        """Say of each thing that lacks where it is written."""
        if not self.errors:
            for lack in self.lacking(self.wanted()):
                self.add_error(FIELD_OF[lack], lack.label)
        return self.cleaned_data

    def wanted(self) -> Next:
        """Return the step. Only once every field could be read."""
        return Next(**self.cleaned_data)


class WithdrawForm(Form):
    """Why the last step of a track is withdrawn."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = forms.CharField(
        label=_("Why is it withdrawn?"), max_length=2_000, widget=forms.Textarea({"rows": 2})
    )


class GoOnForm(Form):
    """Why a step is to be taken though a gate refuses it."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    to = forms.CharField(max_length=40, widget=forms.HiddenInput)
    on = forms.DateField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why must it be done all the same?"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )


class HoldForm(Form):
    """What its owner says against a child's going, and what is done about it."""

    guarded: ClassVar[Mapping[str, Guard]] = {
        "owner": Guard.OWN,
        "told_by": Guard.OWN,
        "claim": Guard.OWN,
        "evidence": Guard.OWN,
        "next_action": Guard.OWN,
    }

    kind = forms.ChoiceField(label=_("What is it about?"), choices=HoldKind)
    party = forms.ChoiceField(label=_("Whose hold is it?"), choices=Party)
    owner = forms.CharField(
        label=_("Which authority or court, or who?"),
        help_text=_("Whoever says that the child may not go yet."),
        max_length=200,
    )
    told_by = forms.CharField(
        label=_("Who told you so, and how?"),
        help_text=_("A letter with its number, an officer by telephone, the child itself."),
        max_length=200,
    )
    since = Day(label=_("Since which day?"))
    claim = forms.CharField(
        label=_("What do they say?"),
        help_text=_("As they put it. Of a clearance and of health no words are kept."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )
    evidence = forms.CharField(
        label=_("What shows it, if anything does?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )
    next_action = forms.CharField(
        label=_("What is done next?"), max_length=500, widget=forms.Textarea({"rows": 2})
    )
    next_by = forms.ChoiceField(label=_("Who does it?"), choices=WHO_ACTS)
    next_on = Day(label=_("By which day?"))

    def clean(self) -> dict[str, Any]:
        """Ask for what is said, except of what no words are kept."""
        said, kind = self.cleaned_data.get("claim", "").strip(), self.cleaned_data.get("kind")
        if kind in NO_WORDS and said:
            words = _("No words are kept of this: only that it is so, and who said so.")
            self.add_error("claim", words)
        if kind and kind not in NO_WORDS and not said:
            self.add_error("claim", _("Write what its owner says."))
        return self.cleaned_data


class HoldEntryForm(Form):
    """What is added to a hold."""

    guarded: ClassVar[Mapping[str, Guard]] = {"words": Guard.OWN}

    hold = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.ChoiceField(label=_("What do you add?"), choices=Added)
    words = forms.CharField(
        label=_("In your own words, with who said so"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )
    next_by = forms.ChoiceField(
        label=_("Of what is done next: who does it?"),
        choices=[("", _("no next step")), *WHO_ACTS],
        required=False,
    )
    next_on = Day(label=_("Of what is done next: by which day?"), required=False)
    how = forms.ChoiceField(
        label=_("Of its end: how did it end?"),
        choices=[("", _("it has not ended")), *HoldEnded.choices],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what each kind of entry needs, and drop what it does not."""
        typed, what = self.cleaned_data, self.cleaned_data.get("what")
        if what != Added.NEXT:
            typed["next_by"], typed["next_on"] = "", None
        elif not (typed.get("next_by") and typed.get("next_on")):
            self.add_error("next_on", _("Say who does it, and by which day."))
        if what != Added.ENDED:
            typed["how"] = ""
        elif not typed.get("how"):
            self.add_error("how", _("Say how it ended."))
        return typed


class NarrowBoard(Form):
    """By what the board is broken down, and the period in which children moved."""

    by = forms.ChoiceField(
        label=_("Counted by"),
        choices=[
            ("office", _("the office that registered the child")),
            ("relatives", _("where its relatives live")),
            ("host", _("where it was last said to be kept")),
        ],
        required=False,
    )
    start = Day(label=_("First day"), required=False)
    end = Day(label=_("Last day"), required=False)

    def chosen(self, start: date, end: date) -> tuple[str, date, date]:
        """Return what was chosen; what was not, or cannot be read, is as given here."""
        self.is_valid()
        typed = self.cleaned_data
        first, last = typed.get("start") or start, typed.get("end") or end
        return typed.get("by") or "office", min(first, last), max(first, last)


class TaskForm(Form):
    """A task about one person."""

    guarded: ClassVar[Mapping[str, Guard]] = {"words": Guard.OWN}

    what = forms.ChoiceField(label=_("What is to be done?"), choices=What)
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("Who compares children with requests does not read this: it may say too much."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )
    role = forms.ChoiceField(
        label=_("Who does it?"),
        choices=[("", _("one account, named below")), *ROLES],
        required=False,
    )
    account = forms.CharField(
        label=_("Account"),
        help_text=_("Leave it empty if whoever has the role may do it. Your own is possible too."),
        required=False,
        max_length=150,
    )
    due_on = Day(label=_("By which day?"))

    def clean(self) -> dict[str, Any]:
        """Refuse both a role and an account, or neither."""
        if bool(self.cleaned_data.get("role")) == bool(self.cleaned_data.get("account")):
            words = _("Choose who does it: a role, or one account; not both.")
            self.add_error("role", words)
        return self.cleaned_data


class EndForm(Form):
    """That a task was done, or is taken back."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    how = forms.ChoiceField(label=_("What became of it?"), choices=Ended)
    reason = forms.CharField(
        label=_("What came of it, or why is it taken back?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where a task is taken back."""
        withdrawn = self.cleaned_data.get("how") == Ended.WITHDRAWN
        if withdrawn and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("Give a reason in your own words."))
        return self.cleaned_data
