"""What a tab is told about an answer it sent."""

from typing import Any

from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.models import AttemptItem
from apps.quizzes.services.taking import Saved, SaveStatus

_MESSAGES = {
    SaveStatus.SAVED: "저장됨",
    SaveStatus.CONFLICT: (
        "다른 창에서 이 문제에 먼저 답했습니다. 저장된 답을 확인하고, 이 화면의 답을 쓰려면 "
        "‘이 답으로 바꾸기’를 누르세요."
    ),
    SaveStatus.LATE: "제출이 끝난 뒤에 도착했습니다. 답은 보관했지만 점수에는 넣지 않습니다.",
    SaveStatus.LOCKED: "이미 확인한 문제입니다. 고치려면 ‘다시 풀기’를 누르세요.",
}


def saved_message(status: SaveStatus) -> str:
    return _MESSAGES[status]


def saved_state(item: AttemptItem, saved: Saved) -> dict[str, Any]:
    """For the script: the status, what is stored now as form fields, what is still missing."""
    shown = item.spec.shown
    kind = kind_of(shown.kind)
    empty = kind.is_empty(shown.body, saved.answer)
    return {
        "status": saved.status.value,
        "message": saved_message(saved.status),
        "revision": saved.revision,
        "fields": kind.fill(shown.body, saved.answer) if saved.answer else {},
        "problem": "" if empty else kind.problem(shown.body, saved.answer),
        "empty": empty,
    }
