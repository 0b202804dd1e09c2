"""Which doors are open to whom: each view says so, and whoever forgets lets nobody in.

Four nets: nobody comes in who has not signed in (`SignInRequired`); Kinward does not start while an
address says nothing (`undeclared`); an answer for which nothing was decided is withheld
(`middleware.DefaultDeny`); and where the database can, it shows only what is in reach.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.dispatch import Signal
from django.http import Http404
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from kinward.core.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.http import HttpRequest

    View = Callable[..., Any]

# Sent when a view has made its answer, still in its transaction; who receives it may withhold it.
answering = Signal()

ALL: Final = "anybody"
OF_NINJA: Final = "ninja.operation"  # where the views of operations are made, a path each
ACCOUNTS: Final = "everybody who signed in"


def open_to_all(view: View) -> View:
    """Let anybody in, signed in or not."""
    return declared(view, ALL)


def open_to_accounts(view: View) -> View:
    """Let everybody in who signed in; what they see there is for queries to say."""
    return declared(view, ACCOUNTS)


def needs(permission: str) -> Callable[[View], View]:
    """Let in whose role grants this; say no to everybody else."""
    return lambda view: declared(view, permission, refusal=refuse)


def sees(permission: str) -> Callable[[View], View]:
    """Let in whose role may see such records; to everybody else they are absent."""
    return lambda view: declared(view, permission, refusal=absent)


def declared(view: View, policy: str, refusal: Callable[[], None] | None = None) -> View:
    """Return the view behind its policy. Policies of one view add up: each has to let one in."""

    @wraps(view)
    def behind(request: HttpRequest, *arguments: Any, **options: Any) -> Any:
        if refusal and not request.user.has_perm(policy):
            refusal()
        request.policy_decided = True  # type: ignore[attr-defined]  # read by DefaultDeny
        answer = view(request, *arguments, **options)
        answering.send(sender=None, request=request)
        return answer

    behind.policies = (policy, *policies_of(view))  # type: ignore[attr-defined]
    return behind


def refuse() -> None:
    """Say no.

    Raises:
        NotAllowed: always.
    """
    raise NotAllowed(_("Your role does not include it. Nothing was changed."))


def absent() -> None:
    """Say that there is nothing.

    Raises:
        Http404: always.
    """
    raise Http404


def carrying(policy: Callable[[View], View], patterns: Sequence[Any]) -> list[Any]:
    """Return addresses of somebody else's views, each behind the policy."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = policy(pattern.callback)
        else:
            carrying(policy, pattern.url_patterns)
    return list(patterns)


def doors(patterns: Sequence[Any] | None = None, at: str = "") -> Iterator[tuple[str, str, View]]:
    """Yield each address with its name and its view; of the API, each of its operations."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = f"{at}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from doors(pattern.url_patterns, here)
        elif getattr(pattern.callback, "__module__", "") != OF_NINJA:
            yield here, pattern.name or "", pattern.callback
    if patterns is None:
        yield from operations()


def operations() -> Iterator[tuple[str, str, View]]:
    """Yield each operation of the API, as "POST children/{child_id}/…", with its name and view."""
    api = import_string(settings.API)
    for prefix, router in api._routers:  # noqa: SLF001 (ninja names its operations nowhere else)
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    name = f"{method} {prefix}{path}"
                    yield name, operation.view_func.__name__, operation.view_func


def policies_of(view: View) -> tuple[str, ...]:
    """Return what a view asks for, as it has declared; nothing where it said nothing."""
    return tuple(str(policy) for policy in getattr(view, "policies", ()))


def policies_of_operations() -> frozenset[str]:
    """Return what the operations of the API ask for: what a token can be bound to."""
    return frozenset(
        policy for _address, _name, view in operations() for policy in policies_of(view)
    )


def undeclared() -> list[str]:
    """Return the addresses and operations that say nothing about who may come in."""
    return [address for address, _name, view in doors() if not hasattr(view, "policies")]
