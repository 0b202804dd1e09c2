"""Numbers and dates in templates, and the direction of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from kinward.core import wording

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from django.utils.safestring import SafeString

register = template.Library()

register.filter("day", wording.day)
register.filter("number", wording.number)
register.filter("signed", wording.signed)
register.filter("percent", wording.percent)
register.filter("isolate", wording.isolate)
register.filter("listed", wording.listed)


@register.filter
def moment(value: datetime) -> SafeString:
    """Show day and time, with the exact moment for machines and on hover."""
    exact = timezone.localtime(value).isoformat(timespec="minutes")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', exact, exact, wording.moment(value)
    )


@register.filter
def each_line(text: str) -> SafeString:
    """Show each line of a text in its own direction, for paper, which knows no `dir="auto"`."""
    lines = [(wording.direction_of(line), line or "\u00a0") for line in text.splitlines()]
    return format_html_join("", '<div dir="{}">{}</div>', lines)


@register.filter
def money(amount: Decimal, currency: str) -> str:
    """Show an amount of a currency, by its code."""
    return wording.money(amount, currency)


@register.filter
def ago(value: datetime) -> SafeString:
    """Show how long ago something was, with the exact moment for machines and on hover."""
    exact = timezone.localtime(value).isoformat(timespec="minutes")
    said = wording.ago(value, now=timezone.now())
    return format_html('<time datetime="{}" title="{}">{}</time>', exact, exact, said)


@register.filter
def written_date(text: str) -> SafeString:
    """Show a partial date as people say it, with the form it was written in on hover."""
    return format_html('<time title="{}">{}</time>', text, wording.written_date(text))


@register.simple_tag
def page_direction() -> str:
    """Return the value of `dir` for the page."""
    return "rtl" if wording.reads_right_to_left() else "ltr"


@register.filter
def place_under(path: str, section: str) -> str:
    """Return the `aria-current` of a link to a section, on the page with that path."""
    if path == section:
        return "page"
    return "true" if section != "/" and path.startswith(section) else ""
