"""A role in words."""

from __future__ import annotations

from django import template

from kinward.access.models import Role

register = template.Library()


@register.filter
def role_label(role: str) -> str:
    """Return the role in words; one that is no more stands for itself."""
    return str(Role(role).label) if role in Role.values else role
