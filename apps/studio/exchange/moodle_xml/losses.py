"""What of an item Moodle XML cannot hold."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ..items import Item, ItemAnswer, ItemChoice, ItemKind, UnreadableError
from ..xml_safety import BLANKS
from .reader import read_moodle_xml
from .writer import FORBIDDEN, centered, write_moodle_xml

_LOST: Final = {
    "title": "문제 이름을 그대로 담지 못합니다.",
    "id": "문제의 id를 그대로 담지 못합니다.",
    "tags": "비었거나 되풀이되는 태그를 뺍니다.",
    "stem": "문제 글을 그대로 담지 못합니다.",
    "stem_format": "글 형식을 담지 못합니다.",
    "choices": "보기를 그대로 담지 못합니다.",
    "pairs": "짝을 그대로 담지 못합니다.",
    "answer": "참·거짓의 정답을 담지 못합니다.",
    "answers": "답을 그대로 담지 못합니다.",
    "feedback_true": "참에 대한 피드백을 담지 못합니다.",
    "feedback_false": "거짓에 대한 피드백을 담지 못합니다.",
    "general_feedback": "전체 피드백을 담지 못합니다.",
    "files": "그림 파일을 모두 담지는 못합니다.",
}


def losses_moodle_xml(item: Item) -> list[str]:
    """What is another after writing and reading, in Korean sentences; none if nothing is.

    Found by doing just that, so that it cannot differ from what the writer does.
    """
    possible = mapped(item, lambda text: FORBIDDEN.sub("", text))
    kept = mapped(possible, lambda text: text.strip(BLANKS))
    losses = []
    if possible != item:
        losses.append("XML에 담을 수 없는 제어 문자를 뺍니다.")
    if kept != possible:
        losses.append("글 앞뒤의 빈칸과 줄바꿈을 뺍니다.")
    if item.kind is ItemKind.NUMERIC:
        middles = tuple(centered(each) for each in kept.answers)
        if middles != kept.answers:
            losses.append("답의 범위를 가운데 값과 허용 오차로 바꾸어 적습니다.")
        kept = replace(kept, answers=middles)
    try:
        read = read_moodle_xml(write_moodle_xml([item]).encode()).items[0]
    except UnreadableError:
        return ["너무 커서 Moodle XML로 다시 읽을 수 없습니다. 그림을 줄여 주십시오."]
    if item.kind is ItemKind.CATEGORY:  # a path has no format
        read = replace(read, stem_format=item.stem_format)
    kept = replace(kept, files=tuple(sorted(kept.files, key=lambda each: each.path)))
    losses += [
        sentence for name, sentence in _LOST.items() if getattr(read, name) != getattr(kept, name)
    ]
    return losses


def mapped(item: Item, change: Callable[[str], str]) -> Item:
    """The item with every text changed; files stay."""
    return replace(
        item,
        title=change(item.title),
        id=change(item.id),
        tags=tuple(change(tag) for tag in item.tags),
        stem=change(item.stem),
        choices=tuple(
            ItemChoice(change(each.text), change(each.weight), change(each.feedback))
            for each in item.choices
        ),
        pairs=tuple((change(left), change(right)) for left, right in item.pairs),
        answers=tuple(
            ItemAnswer(
                change(each.text),
                change(each.value),
                change(each.tolerance),
                change(each.low),
                change(each.high),
                change(each.weight),
                change(each.feedback),
            )
            for each in item.answers
        ),
        feedback_true=change(item.feedback_true),
        feedback_false=change(item.feedback_false),
        general_feedback=change(item.general_feedback),
    )
