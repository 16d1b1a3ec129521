"""When a text of one format may be taken for another without anybody seeing a difference."""

import pytest

from apps.studio.exchange.items import TextFormat
from apps.studio.exchange.moodle_xml.formats import reads_alike

HTML, MOODLE, MARKDOWN, PLAIN = (
    TextFormat.HTML,
    TextFormat.MOODLE,
    TextFormat.MARKDOWN,
    TextFormat.PLAIN,
)


@pytest.mark.parametrize(
    ("text", "one", "other", "alike"),
    [
        ("가용 영역 (AZ), 3개: 하나!", HTML, PLAIN, True),
        ("<b>a</b>", HTML, HTML, True),
        ("<b>a</b>", HTML, MOODLE, True),
        ("<b>a</b>\nb", HTML, MOODLE, False),
        ("<b>a</b>", HTML, PLAIN, False),
        ("a & b", PLAIN, HTML, False),
        ("a\nb", PLAIN, HTML, False),
        ("2 * 3 * 4", PLAIN, MARKDOWN, False),
        ("1. 첫째", PLAIN, MARKDOWN, False),
        ("- 첫째", PLAIN, MARKDOWN, False),
        ("첫째 - 둘째 1.5", PLAIN, MARKDOWN, True),
    ],
)
def test_reads_alike(text: str, one: TextFormat, other: TextFormat, alike: bool) -> None:
    assert reads_alike(text, one, other) is alike
    assert reads_alike(text, other, one) is alike
