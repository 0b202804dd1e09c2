"""What every page offers: another language, and the way out; and what tells of our health."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from kinward.core.doors import open_to_all
from kinward.core.health import readiness

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SEE_HEALTH: Final = "core.see_health"

# A page anybody may have open. Whoever looks over a shoulder learns nothing from it.
SOMEWHERE_ELSE: Final = "https://www.wikipedia.org/"


@require_POST
@login_not_required
@open_to_all
def switch_language(request: HttpRequest) -> HttpResponse:
    """Go back to the page; the middleware has kept the language that was asked for."""
    there = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(there if allowed else "/")  # `redirect` would take it for a name


@require_safe
@login_not_required
@open_to_all
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out and show some other site, at once: "Exit this page".

    A link, not a form, so that it works at the first touch. Another site's link may bring someone
    here, but signs nobody out.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        logout(request)
    response = HttpResponseRedirect(SOMEWHERE_ELSE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@require_safe
@login_not_required
@open_to_all
def livez(_request: HttpRequest) -> JsonResponse:
    """Say that this process answers, which is all there is to say of it."""
    return JsonResponse({"ok": True})


@require_safe
@login_not_required
@open_to_all
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether this installation is fit for work; what is not, only to who may see it."""
    found = readiness()
    ok = all(found.values())
    shown: dict[str, object] = {"ok": ok}
    if request.user.is_authenticated and request.user.has_perm(SEE_HEALTH):
        shown["checks"] = found
    return JsonResponse(shown, status=200 if ok else 503)
