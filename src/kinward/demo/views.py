"""The guided tour of the demo: from an orphanage to a home, one real page after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kinward.core.doors import open_to_all
from kinward.demo import queries
from kinward.demo.scenario import data

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@login_not_required
@open_to_all
def tour(request: HttpRequest) -> HttpResponse:
    """Lead a visitor through the story, with a sentence for each page and who opens it."""
    context = {"stops": queries.stops(), "password": data("accounts")["password"]}
    return render(request, "demo/tour.html", context)
