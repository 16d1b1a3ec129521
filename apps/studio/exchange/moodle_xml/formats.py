"""The names of text formats in Moodle XML, and when a text survives a change of format."""

import re
from typing import Final

from ..items import TextFormat

NAMES: Final = {
    TextFormat.MOODLE: "moodle_auto_format",
    TextFormat.HTML: "html",
    TextFormat.MARKDOWN: "markdown",
    TextFormat.PLAIN: "plain_text",
}
FORMATS: Final = {name: each for each, name in NAMES.items()}
LABELS: Final = {
    TextFormat.MOODLE: "Moodle 자동",
    TextFormat.HTML: "HTML",
    TextFormat.MARKDOWN: "마크다운",
    TextFormat.PLAIN: "일반 텍스트",
}
# Characters that some format takes for more than themselves.
_TELLING = re.compile(r"[<>&*_`\[\]#\\~|\n]|^\s*(?:[-+]|\d+[.)])\s", re.MULTILINE)


def reads_alike(text: str, one: TextFormat, other: TextFormat) -> bool:
    """Whether a reader sees the same under either format. When in doubt: no."""
    if one is other or not _TELLING.search(text):
        return True
    return {one, other} == {TextFormat.HTML, TextFormat.MOODLE} and "\n" not in text
