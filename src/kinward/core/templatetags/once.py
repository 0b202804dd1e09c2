"""A hidden name for the request a form will make, so that a double click acts once."""

from __future__ import annotations

from django import template
from django.utils.html import format_html

from kinward.core.once import FIELD, fresh

register = template.Library()


@register.simple_tag
def once() -> str:
    """Return the hidden field."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, fresh())
