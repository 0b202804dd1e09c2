"""Handing a document out over the network."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

# Whatever a document holds, a browser that shows it runs nothing and knows of no session.
SANDBOX: Final = "default-src 'none'; sandbox"


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """Return a document to be saved, under a name that names nobody."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
