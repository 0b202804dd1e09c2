"""What comes in from phones and about them, made clean."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.errors import KinwardError
from kinward.core.forms import Form, Guard, choose
from kinward.field.actions import Sent
from kinward.field.models import More, Stands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kinward.access.models import User
    from kinward.field.models import Device

TEXTS: Final = ("id", "record", "kind", "form", "box")
CARD: Final = ("kinward-field-queue", 1)  # what a file of entries says of itself
MOST_ON_A_CARD: Final = 500


class NotUnderstood(KinwardError):
    """What a phone sent is not what the protocol says; its words name the part."""


def asked(body: bytes) -> dict[str, Any]:
    """Return what was sent as a JSON object.

    Raises:
        NotUnderstood: it is none.
    """
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood("This is no JSON.") from error
    if not isinstance(told, dict):
        raise NotUnderstood("This is no JSON object.")
    return told


def text_in(told: Mapping[str, Any], name: str) -> str:
    """Return a part that has to be text.

    Raises:
        NotUnderstood: it is not.
    """
    said = told.get(name)
    if not isinstance(said, str) or not said.strip() or len(said) > 1 << 20 or "\0" in said:
        raise NotUnderstood(f"{name}: a text is expected.")
    return said


def entries_in(
    told: Mapping[str, Any], *, device: Device | None, found: Callable[[str], Device | None]
) -> list[Sent]:
    """Return the entries that were sent; one may name another phone of the account that sealed it.

    Raises:
        NotUnderstood: one is not what the protocol says, by its number.
    """
    listed = told.get("entries")
    if not isinstance(listed, list):
        raise NotUnderstood("entries: a list is expected.")
    read = []
    for number, one in enumerate(listed):
        if not isinstance(one, dict):
            raise NotUnderstood(f"entries/{number}: an object is expected.")
        sealed_by = found(str(one["device"])) if one.get("device") else device
        if sealed_by is None:
            raise NotUnderstood(f"entries/{number}/device: no phone of this account.")
        read.append(entry_in(one, number, sealed_by))
    return read


def entry_in(one: Mapping[str, Any], number: int, device: Device) -> Sent:
    """Return one entry.

    Raises:
        NotUnderstood: it is not what the protocol says, by its number and part.
    """
    base = one.get("base", 0)
    if type(base) is not int or not 0 <= base < 1 << 62:
        raise NotUnderstood(f"entries/{number}/base: a whole number is expected.")
    try:
        told = {name: text_in(one, name) for name in TEXTS}
        entry, record = UUID(told["id"]), UUID(told["record"])
    except ValueError as error:
        raise NotUnderstood(f"entries/{number}: id and record are UUIDs.") from error
    except NotUnderstood as error:
        raise NotUnderstood(f"entries/{number}/{error.said}") from error
    said_at = one.get("said_at", "")
    return Sent(
        id=entry,
        record=record,
        kind=told["kind"],
        form=told["form"],
        base=base,
        said_at=said_at if isinstance(said_at, str) else "",
        box=told["box"],
        device=device,
    )


class InviteForm(Form):
    """For whose phone a code is made."""

    account = forms.ChoiceField(label=_("Whose phone is it?"))

    def __init__(self, *arguments: Any, accounts: Iterable[User], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.accounts = {str(each.pk): each for each in accounts}
        named = [(key, str(each.get_full_name())) for key, each in self.accounts.items()]
        choose(self, "account", named)

    def chosen(self) -> User:
        """Return the account. Only once the form is valid."""
        return self.accounts[self.cleaned_data["account"]]


class RevokeForm(Form):
    """Why a phone is revoked."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    reason = forms.CharField(
        label=_("Why is this phone revoked?"),
        help_text=_("For example: lost, taken at a checkpoint, handed back."),
        max_length=300,
    )


class AllowForm(Form):
    """What a phone may carry beside the usual, and why."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    what = forms.ChoiceField(
        label=_("What may it carry beside the usual?"), choices=More, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("What is it needed for?"),
        help_text=_("It holds for seven days. A phone that is taken tells what it carries."),
        max_length=300,
    )


class SettleForm(Form):
    """Which of two values stands, and how that is known."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    stands = forms.ChoiceField(
        label=_("Which one stands?"), choices=Stands, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("How is that known?"),
        help_text=_("Both stay on record, with who said them and when."),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )


class CardForm(Form):
    """A file of entries that was carried by card."""

    file = forms.FileField(
        label=_("The file from the phone"),
        help_text=_("Its name ends in .json. It stays sealed: only this server opens it."),
    )

    def __init__(
        self, *arguments: Any, found: Callable[[str], Device | None], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.found = found

    def clean_file(self) -> list[Sent]:
        """Read the entries; refuse what is no such file, and say where."""
        try:
            told = asked(self.cleaned_data["file"].read())
            if (told.get("format"), told.get("version")) != CARD:
                raise forms.ValidationError(_("This is no file of a phone of Kinward."))
            entries = entries_in(told, device=None, found=self.found)
        except NotUnderstood as error:
            raise forms.ValidationError(error.said) from error
        if len(entries) > MOST_ON_A_CARD:
            raise forms.ValidationError(_("There are too many entries in this file."))
        return entries
