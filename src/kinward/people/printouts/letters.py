"""Letters: the programme's own words, in the version in force, filled in for one child."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localdate

from kinward.access.models import Compartment, Step
from kinward.core.printing import Sheet
from kinward.core.wording import day
from kinward.people.letters import PLACEHOLDERS, filled, paragraphs
from kinward.people.models import DocumentKind, LetterVersion
from kinward.people.printouts.offering import MAKERS, Drawn, Maker, Offer
from kinward.people.queries import names_of, profiles
from kinward.places.queries import names_of as places_named

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kinward.access.models import User
    from kinward.people.models import Person, Printout

TEMPLATE = "people/printed/letter.html"


def versions() -> QuerySet[LetterVersion]:
    """Every version of every letter, the last of each first. They are about nobody."""
    rows = LetterVersion.objects.select_related("written_by", "approval")
    return rows.prefetch_related("approval__steps__taken_by").order_by("letter", "-number")


def is_in_force(version: LetterVersion) -> bool:
    """Tell whether a version was put into use, as a second person had agreed."""
    return any(step.step == Step.USED for step in version.approval.steps.all())


def in_force() -> list[LetterVersion]:
    """The version in force of each letter, by name."""
    last: dict[UUID, LetterVersion] = {}
    for version in versions():
        if is_in_force(version):
            last.setdefault(version.letter, version)
    return sorted(last.values(), key=lambda one: one.name)


def written_out(version: LetterVersion, language: str, values: Mapping[str, str]) -> dict[str, Any]:
    """Return subject and paragraphs of a letter, filled in."""
    text = version.texts[language]
    return {
        "subject": filled(text["subject"], values),
        "paragraphs": [filled(part, values) for part in paragraphs(text["body"])],
    }


def as_explained(version: LetterVersion) -> list[tuple[str, dict[str, Any]]]:
    """Return a letter in each language with what each placeholder stands for in its place."""
    shown = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            values = {name: f"[{words}]" for name, words in PLACEHOLDERS.items()}
            shown.append((language, written_out(version, language, values)))
    return shown


def offers(_child: Person, _user: User, opened: Collection[Compartment]) -> list[Offer]:
    """Offer every letter that is in force."""
    if Compartment.IDENTITY not in opened:
        return []
    return [
        Offer(
            kind=DocumentKind.LETTER,
            about=str(each.pk),
            label=each.name,
            compartment=Compartment.IDENTITY,
        )
        for each in in_force()
    ]


def draw(printout: Printout, user: User, at: datetime) -> Drawn | None:
    """Fill the letter in; what is not known of the child stays to be written by hand."""
    version = next((one for one in in_force() if str(one.pk) == printout.about), None)
    if version is None:
        return None
    text = written_out(version, printout.language, values_of(printout, user, at))
    sheet = Sheet(
        template=TEMPLATE, language=printout.language, title=text["subject"], context=text
    )
    return Drawn(
        sheet=sheet,
        version=f"{version.letter.hex[:8]}-{version.number}",
        compartments=frozenset({Compartment.IDENTITY}),
    )


def values_of(printout: Printout, user: User, at: datetime) -> dict[str, str]:
    """Return what each placeholder stands for, as far as this account may know it."""
    from kinward.people.templatetags.people import age_today  # noqa: PLC0415 (reads what we do)

    person = printout.person
    facts = profiles([person], user=user)[person.pk]
    names, born = names_of(facts), facts.get("born")
    said = born.known[0].value if born and born.known else None
    return {
        "name": names[0] if names else "",
        "reference": person.reference,
        "age": age_today(said) if said else "",
        "recipient": printout.recipient,
        "office": places_named([person.region], printout.language)[person.region],
        "today": day(localdate(at)),
        "writer": user.get_full_name(),
    }


MAKERS[DocumentKind.LETTER] = Maker(offers=offers, draw=draw)
