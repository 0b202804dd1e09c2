"""A page on which two people decide: what a form of it says is done, and the page shown anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from kinward.core.versions import seen_in, unless_overtaken
from kinward.people.views import show_form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.core.forms import Form

Context = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """One such page: where it is, how it is opened, which forms it has."""

    address: str
    template: str
    keys: Callable[[Context], dict[str, UUID]]  # what its address names
    opened: Callable[..., Context]  # of a request and those keys
    forms: Callable[[Context], Mapping[str, Form]]

    def show(
        self,
        request: UserRequest,
        context: Context,
        typed: Mapping[str, Form] | None = None,
        conflict: Any = None,
    ) -> HttpResponse:
        """Show the page with its forms; those typed into as they came."""
        forms = dict(self.forms(context)) | dict(typed or {})
        return show_form(request, self.template, list(forms.values()), context | forms, conflict)

    def sent(
        self,
        request: UserRequest,
        context: Context,
        typed: Mapping[str, Form],
        act: Callable[..., object],
        words: str,
    ) -> HttpResponse:
        """Do what a form says and show the page anew, or show the form with what is wrong."""
        (form,) = typed.values()
        if not form.is_valid():
            return self.show(request, context, typed)
        conflict = unless_overtaken(
            lambda: act(seen=seen_in(request), by=request.user, at=timezone.now())
        )
        keys = self.keys(context)
        if conflict:
            return self.show(request, self.opened(request, **keys), typed, conflict)
        messages.success(request, words)
        return redirect(reverse(self.address, kwargs=keys))
