"""Markdown of questions as HTML that templates may print: sanitized in apps.content."""

from html import unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from apps.content.snippet import render_inline, render_snippet


def block_html(text: str) -> SafeString:
    return mark_safe(render_snippet(text))  # noqa: S308


def inline_html(text: str) -> SafeString:
    return mark_safe(render_inline(text))  # noqa: S308


def plain(text: str) -> str:
    """What the Markdown says, for an `<option>` or an attribute; templates escape it."""
    return " ".join(unescape(strip_tags(render_inline(text))).split())
