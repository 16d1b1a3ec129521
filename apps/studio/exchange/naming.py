"""Titles and tags as questions keep them."""

import re
from collections.abc import Iterable

LONGEST_TITLE = 120
LONGEST_TAG, MOST_TAGS = 40, 12
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean_line(text: str) -> str:
    return " ".join(_INVISIBLE.sub(" ", text).split())


def clean_title(text: str, told: dict[str, None]) -> str:
    title = clean_line(text)
    if len(title) > LONGEST_TITLE:
        told[f"이름은 {LONGEST_TITLE}자까지만 옮겼습니다."] = None
    return title[:LONGEST_TITLE].rstrip()


def tags_within(wanted: Iterable[str], told: dict[str, None]) -> tuple[str, ...]:
    """No space around, none twice, in order, bounded."""
    named = [clean_line(tag) for tag in wanted]
    if any(len(tag) > LONGEST_TAG for tag in named):
        told[f"꼬리표는 {LONGEST_TAG}자까지만 옮겼습니다."] = None
    tags = tuple(dict.fromkeys(tag[:LONGEST_TAG].rstrip() for tag in named if tag))
    if len(tags) > MOST_TAGS:
        told[f"꼬리표는 {MOST_TAGS}개까지만 옮겼습니다."] = None
    return tags[:MOST_TAGS]
