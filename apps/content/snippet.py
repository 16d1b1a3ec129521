"""Short texts with Markdown – a question, a choice, an explanation – as safe HTML."""

import re
from functools import lru_cache
from html import escape

from apps.content.markdown import render_markdown
from apps.content.sanitize import sanitize

MOST_BRACKETS = 400
"""Nobody opens more in a short text; the parser's work grows faster than their number."""
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>\s*\Z", re.DOTALL)


@lru_cache(maxsize=4096)
def render_snippet(text: str) -> str:
    """Blocks of HTML; whoever wrote the text, nothing in it can run or reach another address."""
    if text.count("[") - text.count("]") > MOST_BRACKETS:
        return f"<p>{escape(text)}</p>"
    try:
        return sanitize(render_markdown(text)).html
    except RecursionError:  # nested hundreds deep: nobody means that, and a page must not fail
        return f"<p>{escape(text)}</p>"


@lru_cache(maxsize=4096)
def render_inline(text: str) -> str:
    """The same without the paragraph around it, for a choice or a cell."""
    html = render_snippet(text)
    match = _ONE_PARAGRAPH.match(html)
    return match[1] if match else html
