"""Registers the app, and refuses to start where a secret is missing or data could get lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from kinward.core.fitness import database_is_durable
from kinward.core.keys import KeysUnfit, ring
from kinward.core.logs import configure

if TYPE_CHECKING:
    from collections.abc import Sequence


class CoreConfig(AppConfig):
    """The ground every other app stands on."""

    name = "kinward.core"
    label = "core"

    def ready(self) -> None:
        """Have what is logged hold only what is allowed."""
        configure()


register(database_is_durable, Tags.database)


@register(Tags.urls)
def every_door_says_who_may_come_in(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 (the signature of a check)
    **_options: object,
) -> list[CheckMessage]:
    """Refuse to run while an address or an operation does not say who may come in."""
    from kinward.core.doors import undeclared  # noqa: PLC0415 (addresses load after apps)

    return [
        Error(
            f"{address} does not say who may come in.",
            hint="Put @needs, @sees, @open_to_accounts or @open_to_all of core.doors on its view.",
            id="kinward.E002",
        )
        for address in undeclared()
    ]


@register(Tags.security)
def secret_key_is_set(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 (the signature of a check)
    **_options: object,
) -> list[CheckMessage]:
    """Refuse to run an installation without a secret of its own; the demo may."""
    if settings.DEMO or not settings.SECRET_KEY_IS_MADE_UP:
        return []
    return [
        Error(
            "KINWARD_SECRET_KEY is not set.",
            hint="Set it to 50 random characters (see .env.example), or KINWARD_DEMO=1 for a demo.",
            id="kinward.E001",
        )
    ]


@register(Tags.security)
def keys_are_there(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 (the signature of a check)
    **_options: object,
) -> list[CheckMessage]:
    """Refuse to run an installation whose keys are missing, open to others, or a demo's."""
    try:
        ring()
    except KeysUnfit as error:
        hint = "Make keys with: kinward make_keys --file PATH (see .env.example)."
        return [Error(str(error), hint=hint, id="kinward.E010")]
    return []
