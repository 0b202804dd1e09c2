"""What was answered when consent was asked for, and recording another answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.errors import NotAllowed
from kinward.core.pages import sent, show_form
from kinward.core.versions import seen_in, unless_overtaken
from kinward.people import actions, queries
from kinward.people.consents import STOPS, ConsentPurpose, State
from kinward.people.forms import Answered, AskedAgainForm
from kinward.people.rules import basis, to_ask_again
from kinward.people.views.children import open_child

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.people.consents import Consent
    from kinward.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question for consent: every answer, newest first, and upon which one may act."""

    purpose: ConsentPurpose
    named: str
    basis: Consent | None
    answers: list[Consent]

    @property
    def told(self) -> list[str]:
        """Who was told while what is withdrawn stood, and has to be told so."""
        last = self.answers[0] if self.answers else None
        gone = last is not None and last.state in STOPS and self.basis is None
        return queries.told_under(last) if last and gone else []

    @property
    def again(self) -> Consent | None:
        """The answer in force whose giver can be asked again; a decision is nobody’s answer."""
        agreed = self.basis is not None and self.basis.state == State.GIVEN
        return self.basis if agreed else None

    @property
    def ask_again(self) -> bool:
        """Tell whether they have to be: they were held, and not asked as they should be."""
        return self.again is not None and to_ask_again(self.again, self.again.revisits.all())


def asked(answers: Iterable[Consent]) -> list[Asked]:
    """Return the questions for consent of one person; that for tracing first, even if unasked."""
    listed = list(answers)
    keys = dict.fromkeys((one.purpose, one.named) for one in listed)
    return [
        Asked(
            purpose=ConsentPurpose(purpose),
            named=named,
            basis=basis(listed, purpose, named),
            answers=[
                one for one in reversed(listed) if (one.purpose, one.named) == (purpose, named)
            ],
        )
        for purpose, named in {(ConsentPurpose.TRACING.value, ""): None} | keys
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
def consent(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show what was answered for a child, and record another answer."""
    context = open_child(request, child_id)
    context |= {"tab": "consent", "purposes": ConsentPurpose.choices}
    child = context["child"]
    form, questions = ask_consent(request, child, Answered)
    conflict = None
    if form.is_valid():
        conflict = unless_overtaken(
            lambda: actions.record_consent(
                person=child,
                answer=form.answer(),
                seen=seen_in(request),
                by=request.user,
                at=timezone.now(),
            )
        )
        if conflict is None:
            messages.success(request, _("The answer is recorded and in effect."))
            return redirect("people:consent", child_id=child_id)
        form, questions = ask_consent(request, child, Answered)
    return show_form(request, "people/consent.html", [form], context | questions, conflict)


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_CONSENT)
def ask_again(request: UserRequest, child_id: UUID, consent_id: UUID) -> HttpResponse:
    """Record that somebody who agrees was asked again, and stands by it."""
    context = open_child(request, child_id, to=Permission.RECORD_CONSENT) | {"tab": "consent"}
    listed = asked(queries.consents_of(context["child"], user=request.user))
    again = (one.again for one in listed if one.again)
    answer = next((one for one in again if one.pk == consent_id), None)
    if answer is None:
        raise Http404
    form = AskedAgainForm(sent(request))
    context |= {"form": form, "answer": answer}
    if not form.is_valid():
        return show_form(request, "people/consent_again.html", [form], context)
    try:
        conflict = unless_overtaken(
            lambda: actions.ask_consent_again(
                answer=answer, asked=form.asked(), by=request.user, at=timezone.now()
            )
        )
    except actions.UnfitConsent as unfit:
        form.add_error("asked_on", unfit.said)
        return show_form(request, "people/consent_again.html", [form], context)
    if conflict:
        return show_form(request, "people/consent_again.html", [form], context, conflict)
    messages.success(request, _("It is recorded that they stand by it."))
    return redirect("people:consent", child_id=child_id)


def ask_consent(
    request: UserRequest, person: Person, form: type[Answered]
) -> tuple[Answered, dict[str, Any]]:
    """Return the form for another answer about a person, and what the page says beside it.

    Raises:
        NotAllowed: an answer was sent by who does not record consent.
    """
    answers = queries.consents_of(person, user=request.user)
    records = may(request.user, Permission.RECORD_CONSENT)
    data = sent(request)
    if data is not None and not records:
        raise NotAllowed(_("You may not record consent."))
    filled = form(data, before=answers)
    context = {"asked": asked(answers), "form": filled, "may_record": records}
    return filled, context | {"seen": answers[-1].number if answers else 0}
