"""What every form about a child's home has in common: whose it is, its texts, its carers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Form, Guard, choose
from kinward.people.relations import RELATIONS

if TYPE_CHECKING:
    from kinward.placement.models import Carer
    from kinward.placement.queries import Home

LONGEST: Final = 8_000
YES_NO: Final = [("yes", _("yes")), ("no", _("no"))]


def text(label: Any, help_text: Any = "", *, rows: int = 3, required: bool = True) -> Any:
    """Return a field for free text."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": rows}),
    )


def yes_or_no(label: Any, help_text: Any = "") -> Any:
    """Return a field that is answered with yes or no."""
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=YES_NO, widget=forms.RadioSelect
    )


def own(*names: str) -> dict[str, Guard]:
    """Return that these fields hold a worker's own words."""
    return dict.fromkeys(names, Guard.OWN)


def named(carer: Carer) -> str:
    """Return a carer in words, for a choice."""
    kin = carer.relation in RELATIONS
    kind = RELATIONS[carer.relation].label if kin else carer.get_kind_display()
    return f"\u2068{carer.name}\u2069 ({kind})"


class HomeForm(Form):
    """A form about a child's home."""

    def __init__(self, *arguments: Any, home: Home, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.home = home
        if "carer" in self.fields:
            choose(self, "carer", [(str(each.pk), named(each)) for each in home.carers])

    def clean(self) -> dict[str, Any]:
        """Turn what was chosen into what it stands for."""
        said = self.cleaned_data
        for each in self.home.carers:
            if said.get("carer") == str(each.pk):
                said["carer"] = each
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField) and field.choices == YES_NO and name in said:
                said[name] = said[name] == "yes"
        return said

    def said(self) -> Any:
        """Return what was said, as its action wants it. Only once the form is valid."""
        return self.cleaned_data


class CarerForm(HomeForm):
    """A form about one of a child's carers."""

    carer = forms.ChoiceField(label=_("Which carer?"), widget=forms.RadioSelect)
