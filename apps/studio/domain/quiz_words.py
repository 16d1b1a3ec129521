"""What differs between two states of a quiz, in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from apps.studio.domain.quiz_changes import SETTINGS, Document, draws_of

_LABELS = {
    "title": "제목",
    "summary": "소개",
    "topic": "주제",
    "lesson": "레슨",
    "minutes": "걸리는 시간",
    "scoring": "모두 고르기의 채점",
    "shuffle_choices": "보기 순서 섞기",
    "pass_mark": "통과 기준",
    "feedback": "점수와 정답을 보여 주는 때",
    "time_limit": "제한 시간",
    "max_attempts": "응시 횟수",
}
_WORDS = {
    "all_or_nothing": "모두 맞아야 점수",
    "partial": "부분 점수",
    "immediate": "문제마다 바로",
    "after_submit": "제출한 뒤",
    "after_close": "모두 마감된 뒤",
}
_UNITS = {"minutes": "분", "pass_mark": "%", "max_attempts": "번"}


def differences(
    old: Document,
    new: Document,
    names: Mapping[str, str],
    labels: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:
    """A sentence or a line for each difference.

    `names`: what to call a question, by uuid; `labels`: topics and lessons, by slug.
    """
    return [
        *_settings(old, new, labels),
        *_sections(old, new),
        *_questions(old, new, names),
        *_draws(old, new, labels),
    ]


def setting_words(name: str, value: object) -> str:
    """A setting's value as it is read: `20분`, `없음`, `부분 점수`."""
    if value is None or value == "":
        return "없음"
    if isinstance(value, bool):
        return "켬" if value else "끔"
    if name == "time_limit" and isinstance(value, int):
        return f"{value // 60}분" if value % 60 == 0 else f"{value}초"
    return _WORDS.get(str(value), str(value)) + _UNITS.get(name, "")


def _settings(old: Document, new: Document, labels: Mapping[str, str]) -> list[str]:
    lines = []
    for name in SETTINGS:
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        if name in {"topic", "lesson"}:
            before, after = labels.get(str(before), before), labels.get(str(after), after)
        said = f"{setting_words(name, before)} → {setting_words(name, after)}"
        lines.append(f"{_LABELS[name]}: {said}")
    return lines


def _sections(old: Document, new: Document) -> list[str]:
    before = [each["title"] for each in old["sections"]]
    after = [each["title"] for each in new["sections"]]
    lines = []
    if before != after:
        lines.append(f"영역: {_listed(before)} → {_listed(after)}")
    shuffled = [each["shuffle"] for each in new["sections"]]
    if len(before) == len(after) and shuffled != [each["shuffle"] for each in old["sections"]]:
        on = [str(at) for at, each in enumerate(shuffled, start=1) if each]
        lines.append(f"문제 순서를 섞는 영역: {', '.join(on) + '번째' if on else '없음'}")
    return lines


def _listed(titles: list[str]) -> str:
    named = [f"‘{title}’" if title else f"{at}번째" for at, title in enumerate(titles, start=1)]
    return ", ".join(named) or "없음"


def _questions(old: Document, new: Document, names: Mapping[str, str]) -> list[str]:
    before, after = _fixed(old), _fixed(new)
    lines = [f"넣은 문제: {_called(each, names)}" for each in after if each not in before]
    lines += [f"뺀 문제: {_called(each, names)}" for each in before if each not in after]
    stayed = [each for each in before if each in after]
    if stayed != [each for each in after if each in before]:
        lines.append("문제의 순서를 바꿨습니다.")
    elif any(before[each][0] != after[each][0] for each in stayed) and len(old["sections"]) == len(
        new["sections"]
    ):
        lines.append("문제를 다른 영역으로 옮겼습니다.")
    for each in stayed:
        if before[each][1] != after[each][1]:
            lines.append(f"배점: {_called(each, names)} – {before[each][1]}점 → {after[each][1]}점")
    return lines


def _fixed(document: Document) -> dict[str, tuple[int, str]]:
    return {
        draw["question"]: (place[0], draw["points"])
        for place, draw in draws_of(document)
        if "question" in draw
    }


def _called(question: str, names: Mapping[str, str]) -> str:
    return f"“{names[question]}”" if question in names else "지워진 문제"


def _draws(old: Document, new: Document, labels: Mapping[str, str]) -> list[str]:
    before = [_random(draw, labels) for _, draw in draws_of(old) if "question" not in draw]
    after = [_random(draw, labels) for _, draw in draws_of(new) if "question" not in draw]
    lines = [f"넣은 무작위 출제: {each}" for each in after if each not in before]
    return lines + [f"뺀 무작위 출제: {each}" for each in before if each not in after]


def _random(draw: dict[str, Any], labels: Mapping[str, str]) -> str:
    topic = draw["topic"]
    said = [labels.get(topic, topic), f"#{draw['tag']}" if draw["tag"] else ""]
    words = " ".join(each for each in said if each)
    return f"{words} {draw['count']}문제 (한 문제 {draw['points']}점)"
