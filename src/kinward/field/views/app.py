"""The application of the field: its shell, its service worker, and what an installed one is called.

All three are the same for everybody: the service worker keeps them, and answers with them where
there is no network. They name nobody, and hold no token of a session.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from kinward.core.doors import open_to_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

ICONS: Final = {"kinward/field-192.png": "192x192", "kinward/field-512.png": "512x512"}
WORKER: Final = "kinward/field_worker.js"
# What the service worker keeps.
KEPT: Final = (
    "kinward/field.js",
    "kinward/field.css",
    "kinward/field.rtl.css",
    "kinward/field_reader.js",
    "kinward/mark.svg",
)
# Codes of wristbands and of enrolment are read with the camera.
WITH_CAMERA: Final = "camera=(self), geolocation=(), microphone=(), payment=()"
ASK_AGAIN: Final = "no-cache"  # kept by browsers, and compared with ours each time
TEAL: Final = "#0b4f56"
SIGNS_OF_A_VERSION: Final = 16


@require_safe
@login_not_required
@open_to_all
def shell(request: HttpRequest) -> HttpResponse:
    """Show the frame in which the application draws everything else."""
    response = render(request, "field/app.html", addresses())
    response.headers["Cache-Control"] = ASK_AGAIN
    response.headers["Permissions-Policy"] = WITH_CAMERA
    return response


def addresses() -> Mapping[str, str]:
    """Return the addresses that the shell tells its script."""
    return {
        "worker": reverse("field:worker"),
        "sign_in": f"{reverse('account_login')}?next={reverse('field:app')}",
        "manifest": reverse("field:manifest"),
    }


@require_safe
@login_not_required
@open_to_all
def worker(_request: HttpRequest) -> HttpResponse:
    """Give the service worker, told what to keep and under which name.

    The name is a digest of all that is kept: another content is another version.
    """
    kept = {
        "name": f"kinward-field-{version()}",
        "shell": reverse("field:app"),
        "files": [static(name) for name in KEPT],
    }
    script = f"self.KEPT = {json.dumps(kept)};\nimportScripts({json.dumps(static(WORKER))});\n"
    response = HttpResponse(script, content_type="text/javascript")
    response.headers["Cache-Control"] = ASK_AGAIN
    return response


def version() -> str:
    """Return the digest of the shell and of every file that it needs."""
    digest = sha256(render_to_string("field/app.html", addresses()).encode())
    for name in (*KEPT, WORKER):
        path = finders.find(name)
        digest.update(f"{name} {static(name)}\n".encode())
        digest.update(Path(path).read_bytes() if path else b"")
    return digest.hexdigest()[:SIGNS_OF_A_VERSION]


@require_safe
@login_not_required
@open_to_all
def manifest(_request: HttpRequest) -> JsonResponse:
    """Say how the application is installed on a telephone."""
    told = {
        "id": reverse("field:app"),
        "name": "Kinward field",
        "short_name": "Kinward",
        "start_url": reverse("field:app"),
        "scope": reverse("field:app"),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": TEAL,
        "icons": [
            {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": "any maskable"}
            for name, sizes in ICONS.items()
        ],
    }
    response = JsonResponse(told, content_type="application/manifest+json")
    response.headers["Cache-Control"] = ASK_AGAIN
    return response
