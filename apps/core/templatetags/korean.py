"""Template filters for Korean text."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from apps.kernel.korean import leaning_parts

register = template.Library()


@register.filter
def keep_particles(text: str) -> SafeString:
    """The text, escaped, with particles kept at the closing bracket before them."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span class="nobr">{}</span>', part) if leaning else part,)
            for part, leaning in leaning_parts(str(text))
        ),
    )
