"""Korean typography that browsers do not know."""

import re
from collections.abc import Iterator

# A closing bracket and the short particle that leans on it: `(Availability)은`, `(SCP)을`.
_LEANING = re.compile(r"[)\]”’][가-힣]{1,4}(?![가-힣])")


def leaning_parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces; True marks those within which a line must not break.

    Even under `word-break: keep-all` browsers break between a closing bracket and the particle
    after it, which then begins a line on its own. The pieces joined are the text.
    """
    end = 0
    for match in _LEANING.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], False
        yield match[0], True
        end = match.end()
    if end < len(text):
        yield text[end:], False
