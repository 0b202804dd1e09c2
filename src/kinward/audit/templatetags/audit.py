"""What was done, and what for, in words."""

from __future__ import annotations

from typing import Any

from django import template

from kinward.audit.queries import act_words, purpose_words

register = template.Library()
register.filter("act_words", act_words)
register.filter("purpose_words", purpose_words)


@register.filter
def split(text: Any) -> list[str]:
    """Return the parts of what is kept with spaces between them."""
    return str(text).split()
