"""Times on pages: date, weekday, time, zone and what remains.

All filters give "" for no time at all, so that a template may ask before it knows.
"""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.kernel import moments

register = template.Library()


@register.filter
def moment(when: dt.datetime | None) -> str:
    """`2026년 3월 6일 (금) 23:59` in the site's zone."""
    return "" if when is None else moments.moment(when, timezone.get_current_timezone())


@register.filter
def exact_moment(when: dt.datetime | None) -> str:
    """The same with seconds, for an end that nobody chose to the minute."""
    if when is None:
        return ""
    return moments.moment(when, timezone.get_current_timezone(), seconds=True)


@register.filter
def zone_name(when: dt.datetime | None) -> str:
    """The zone in which `moment` shows it: `한국 시각`."""
    return "" if when is None else moments.zone_name(timezone.get_current_timezone())


@register.filter
def remaining(end: dt.datetime | None, now: dt.datetime) -> str:
    """`3시간 20분 남음`, or `끝남`."""
    return "" if end is None else moments.remaining(end, now)


@register.filter
def starts_in(start: dt.datetime | None, now: dt.datetime) -> str:
    """`3시간 20분 뒤` or `곧`, for what is still to come."""
    return "" if start is None else moments.until(start, now)


@register.simple_tag
def deadline(end: dt.datetime | None, now: dt.datetime) -> SafeString:
    """Everything about an end at once: `2026년 3월 6일 (금) 23:59 (한국 시각) · 20분 남음`."""
    return SafeString() if end is None else _whole(end, remaining(end, now))


@register.simple_tag
def opening(start: dt.datetime | None, now: dt.datetime) -> SafeString:
    """Everything about a beginning: `2026년 3월 6일 (금) 23:59 (한국 시각) · 20분 뒤`."""
    return SafeString() if start is None else _whole(start, starts_in(start, now))


def _whole(when: dt.datetime, how_long: str) -> SafeString:
    return format_html(
        '<time datetime="{}">{}</time> ({}) · {}',
        when.isoformat(),
        moment(when),
        zone_name(when),
        how_long,
    )
