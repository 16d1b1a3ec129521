"""Scores on pages."""

from decimal import Decimal

from django import template

from apps.quizzes.presenting.result import number

register = template.Library()


@register.filter
def points(value: Decimal | None) -> str:
    """`7.5`, as everywhere on the site; "" for no score."""
    return "" if value is None else number(value)
