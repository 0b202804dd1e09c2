"""A role in words, and what the screens of signing in need."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from kinward.access.models import Role

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator

# The first that fits: a browser of Edge also calls itself Chrome, and Chrome calls itself Safari.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}

register = template.Library()


@register.filter
def role_label(role: str) -> str:
    """Return the role in words; one that is no more stands for itself."""
    return str(Role(role).label) if role in Role.values else role


@register.simple_tag
def idle_seconds() -> int:
    """Return after how long a screen that nobody uses is locked."""
    return round(settings.IDLE_MINUTES * 60)


@register.simple_tag
def as_json(value: Any) -> str:
    """Return a value as JSON, for an attribute that a script reads: no script stands in a page."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def in_fours(text: str) -> str:
    """Return a key or code in groups of four, as people copy it."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


@register.filter
def codes_left(codes: Authenticator) -> int:
    """Return how many recovery codes are not used yet."""
    return len(codes.wrap().get_unused_codes())


@register.filter
def device(user_agent: str) -> str:
    """Return what a browser calls itself in two words."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return " · ".join(filter(None, [browser, system])) or _("another device")
