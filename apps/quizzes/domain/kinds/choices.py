"""What `single` and `multiple` share: a list of choices of which some are right."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from apps.kernel.documents import Findings, join, read_list, read_object
from apps.kernel.shown import shown

from .base import Json, Line
from .members import members
from .texts import MAX_FEEDBACK, MAX_MEMBER, read_flag, read_line, read_markdown

MIN_CHOICES, MAX_CHOICES = 2, 12
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAX_ID = 40
# Ids stand in the page, where anyone may read them.
_TELLING = frozenset({"right", "wrong", "correct", "answer", "key", "true", "false", "distractor"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice as a file states it, or as an engine computed it."""

    id: str  # "" for one made from the text
    text: str
    right: bool
    feedback: str = ""


def read_choices(
    document: Mapping[str, object], path: str, findings: Findings
) -> list[Choice] | None:
    """The array `choice`; None if something is wrong in it."""
    if "choice" not in document:
        return None
    place = join(path, "choice")
    choices: list[Choice] = []
    whole = True
    texts: set[str] = set()
    for each, value in read_list(document["choice"], place, findings, most=MAX_CHOICES):
        choice = _read_choice(value, each, findings)
        if choice is None:
            whole = False
            continue
        if choice.text in texts:
            findings.add(join(each, "text"), f"같은 보기가 이미 있습니다: {shown(choice.text)}")
        texts.add(choice.text)
        choices.append(choice)
    if not whole or not isinstance(document["choice"], list):
        return None
    if len(choices) < MIN_CHOICES:
        findings.add(place, f"보기는 {MIN_CHOICES}개 이상이어야 합니다. 적힌 수: {len(choices)}개")
    return _with_ids(choices, place, findings)


def _read_choice(value: object, path: str, findings: Findings) -> Choice | None:
    fields = read_object(
        value, path, findings, required=("text", "right"), optional=("id", "feedback")
    )
    if fields is None:
        return None
    text = read_markdown(fields, "text", path, findings, most=MAX_MEMBER)
    right = read_flag(fields, "right", path, findings)
    feedback = read_markdown(fields, "feedback", path, findings, most=MAX_FEEDBACK, empty=True)
    id_ = read_line(fields, "id", path, findings)
    if id_ and (len(id_) > _MAX_ID or not _ID.fullmatch(id_)):
        findings.add(
            join(path, "id"),
            f"영어 소문자, 숫자, 하이픈으로 {_MAX_ID}자까지 적어 주세요. 적힌 값: {shown(id_)}",
        )
    elif telling := _TELLING.intersection(id_.split("-")):
        findings.add(
            join(path, "id"),
            "id는 문제를 푸는 화면에 들어가므로 정답을 알려 주는 낱말을 쓸 수 없습니다: "
            + ", ".join(sorted(telling)),
        )
    if right is False and not feedback:
        findings.advise(
            join(path, "feedback"), "오답 보기에는 왜 틀렸는지 알려 주는 설명이 있어야 합니다."
        )
    return Choice(id_, text, right, feedback) if text and right is not None else None


def _with_ids(choices: Sequence[Choice], place: str, findings: Findings) -> list[Choice] | None:
    """Every choice with its id; None where ids or texts repeat."""
    texts = [choice.text for choice in choices]
    if len(set(texts)) < len(texts):
        return None
    named = [
        Choice(choice.id or made["id"], choice.text, choice.right, choice.feedback)
        for choice, made in zip(choices, members("c", texts), strict=True)
    ]
    seen: set[str] = set()
    for index, choice in enumerate(named):
        if choice.id in seen:
            findings.add(f"{place}[{index}].id", f"같은 id가 이미 있습니다: {shown(choice.id)}")
        seen.add(choice.id)
    return named if len(seen) == len(named) else None


def shown_choices(choices: Sequence[Choice]) -> list[Json]:
    """What a body holds of them: in the order of the file, and nothing that is secret."""
    return [{"id": choice.id, "text": choice.text} for choice in choices]


def feedback_of(choices: Sequence[Choice]) -> dict[str, str]:
    return {choice.id: choice.feedback for choice in choices if choice.feedback}


def dump_choices(
    body: Json, right: Collection[str], feedback: Mapping[str, str]
) -> list[dict[str, object]]:
    """The array `choice` of a document."""
    dumped: list[dict[str, object]] = []
    for choice in body["choices"]:
        id_ = choice["id"]
        entry: dict[str, object] = {"id": id_, "text": choice["text"], "right": id_ in right}
        if id_ in feedback:
            entry["feedback"] = feedback[id_]
        dumped.append(entry)
    return dumped


def review_choices(
    body: Json, right: Collection[str], feedback: Mapping[str, str], picked: Collection[str]
) -> list[Line]:
    """A line a choice. A right one that was left alone is wrong: it was missed.

    Feedback stands where the learner chose, and at the right choices.
    """
    lines = []
    for choice in body["choices"]:
        id_, text = choice["id"], choice["text"]
        is_key, is_picked = id_ in right, id_ in picked
        lines.append(
            Line(
                text,
                own=text if is_picked else "",
                right=text if is_key else "",
                is_right=None if not is_key and not is_picked else is_key and is_picked,
                picked=is_picked,
                feedback=feedback.get(id_, "") if is_key or is_picked else "",
            )
        )
    return lines
