"""A hidden field that says which version of a record a form was made from."""

from __future__ import annotations

from django import template
from django.utils.html import format_html

from kinward.core.versions import FIELD

register = template.Library()


@register.simple_tag
def seen(version: object) -> str:
    """Return the hidden field."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, version)
