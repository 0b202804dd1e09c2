"""Consent forms: the words of each purpose by version, blank or with what was answered."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from kinward.access.models import Compartment
from kinward.core.printing import Sheet
from kinward.core.wording import language_name
from kinward.people.consents import ABOUT_SOMEBODY, Consent, ConsentPurpose
from kinward.people.models import DocumentKind
from kinward.people.printouts.offering import MAKERS, Drawn, Maker, Offer
from kinward.people.queries import consents_of, names_of, profiles

if TYPE_CHECKING:
    from collections.abc import Collection

    from kinward.access.models import User
    from kinward.people.models import Person, Printout

WORDS: Final = Path(__file__).parent.parent / "data" / "consent_forms.toml"
TEMPLATE: Final = "people/printed/consent.html"
BLANK: Final = "blank-"  # before the purpose of a form that is still to be answered


@lru_cache
def forms() -> dict[str, Any]:
    """Return the words of every version."""
    with WORDS.open("rb") as file:
        return tomllib.load(file)


def current_version() -> str:
    """Return the version that is explained now."""
    return str(forms()["current"])


def explained_since() -> datetime:
    """Return from when the version holds: the day that blank forms bear, so that all are alike."""
    year, month = current_version().split("-")
    return datetime(int(year), int(month), 1, tzinfo=UTC)


def words_of(version: str, purpose: str, language: str) -> dict[str, list[str]] | None:
    """Return what a version says for a purpose, and what rights; None where it is not ours."""
    said = forms().get(version)
    if not isinstance(said, dict) or purpose not in said or language not in said[purpose]:
        return None
    return {"said": said[purpose][language], "rights": said["rights"][language]}


def blank_sheet(purpose: ConsentPurpose, language: str, *, reference: str = "") -> Sheet:
    """Return a form that is still to be answered, in the words that are explained now."""
    version = current_version()
    with translation.override(language):
        title = _("Consent: %(purpose)s") % {"purpose": purpose.label}
    context = {
        "words": words_of(version, purpose, language),
        "version": version,
        "purpose": purpose,
        "named": purpose in ABOUT_SOMEBODY,
        "reference": reference,
    }
    return Sheet(template=TEMPLATE, language=language, title=title, context=context)


def offers(child: Person, user: User, opened: Collection[Compartment]) -> list[Offer]:
    """Offer a form to be filled in for each purpose, and each answer that stands."""
    if Compartment.IDENTITY not in opened:
        return []
    common: dict[str, Any] = {"kind": DocumentKind.CONSENT, "compartment": Compartment.IDENTITY}
    blank = [
        Offer(
            about=f"{BLANK}{purpose}",
            label=_("Consent form to fill in: %(purpose)s") % {"purpose": purpose.label},
            **common,
        )
        for purpose in ConsentPurpose
    ]
    last = {(one.purpose, one.named, one.giver): one for one in consents_of(child, user=user)}
    answered = [
        Offer(
            about=str(one.pk),
            label=_("Consent as it was answered: %(purpose)s – %(giver)s, %(state)s")
            % {
                "purpose": one.get_purpose_display(),
                "giver": one.get_giver_display(),
                "state": one.get_state_display(),
            },
            **common,
        )
        for one in last.values()
    ]
    return blank + answered


def draw(printout: Printout, user: User, _at: datetime) -> Drawn | None:
    """Draw up a form with the child's reference, or one as it was answered."""
    about, language = printout.about, printout.language
    if about.startswith(BLANK):
        purpose = ConsentPurpose(about.removeprefix(BLANK))
        sheet = blank_sheet(purpose, language, reference=printout.person.reference)
        return drawn(sheet, current_version())
    answers = {one.pk: one for one in consents_of(printout.person, user=user)}
    answer = answers.get(UUID(about))
    if answer is None:
        return None
    return drawn(answered_sheet(printout, answer, user), answer.form_version)


def answered_sheet(printout: Printout, answer: Consent, user: User) -> Sheet:
    """Return a form as it was answered, in the words of the version that was explained."""
    facts = profiles([printout.person], user=user)[printout.person_id]
    blank = blank_sheet(
        ConsentPurpose(answer.purpose), printout.language, reference=printout.person.reference
    )
    more = {
        "words": words_of(answer.form_version, answer.purpose, printout.language),
        "version": answer.form_version,
        "answer": answer,
        "names": names_of(facts),
        "explained_in": language_name(answer.language) if answer.language else "",
    }
    return Sheet(
        template=TEMPLATE,
        language=printout.language,
        title=blank.title,
        context=blank.context | more,
    )


def drawn(sheet: Sheet, version: str) -> Drawn:
    """Return a form as what is drawn up: it holds who somebody is, at most."""
    return Drawn(sheet=sheet, version=version, compartments=frozenset({Compartment.IDENTITY}))


MAKERS[DocumentKind.CONSENT] = Maker(offers=offers, draw=draw)
