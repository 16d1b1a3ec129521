"""Who may use a question or a quiz, for the page on which its owner says so."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.quizzes.models import Draw, Question, Quiz, Right
from apps.studio.presenting.publish import question_name
from apps.studio.services.sharing import Share, Shared, draws_from_owner, questions_along

RIGHTS = [
    (Right.VIEW, "문제와 정답, 이력을 봅니다."),
    (Right.COPY, "보는 것에 더해, 복제하여 자기 것으로 고치고 자기 퀴즈에 냅니다."),
    (
        Right.EDIT,
        "복제하는 것에 더해, 직접 고쳐 발행합니다. 이력에 이름이 남습니다.",
    ),
]
_RIGHTS_OF_QUIZ = [
    (Right.VIEW, "퀴즈와 그 안의 문제를 봅니다."),
    (
        Right.COPY,
        "보는 것에 더해, 퀴즈와 그 안의 문제를 복제하고 과제로 냅니다.",
    ),
    (Right.EDIT, "복제하는 것에 더해, 이 퀴즈를 직접 고칩니다. 그 안의 문제는 고치지 못합니다."),
]


@dataclass(frozen=True, slots=True)
class ShareRow:
    share: Share
    name: str
    login_name: str  # "" for everybody


def share_page(item: Shared) -> dict[str, Any]:
    """The template's context but for its forms."""
    shares: Any = item.shares
    rows = [
        ShareRow(
            each,
            each.user.get_full_name() if each.user else "모든 강사",
            each.user.username if each.user else "",
        )
        for each in shares.select_related("user").order_by("user__display_name", "pk")
    ]
    context: dict[str, Any] = {
        "section": "studio",
        "current": "true",
        "item": item,
        "rows": rows,
        "address": address_of(item),
        "right_choices": Right.choices,
    }
    if isinstance(item, Quiz):
        return context | {
            "part": "quizzes",
            "is_quiz": True,
            "name": item.title,
            "rights": _RIGHTS_OF_QUIZ,
            "asked": _names_asked(item),
            "along": len(questions_along(item)) if item.owner_id else 0,
            "draws_from_owner": draws_from_owner(item),
        }
    return context | {
        "part": "bank",
        "is_quiz": False,
        "name": question_name(item),
        "rights": RIGHTS,
    }


def _names_asked(quiz: Quiz) -> list[str]:
    """What is shared along with a quiz, in its order."""
    draws = (
        Draw.objects.filter(section__quiz=quiz, question__isnull=False)
        .select_related("question__current")
        .order_by("section__position", "position")
    )
    return [question_name(draw.question) for draw in draws if draw.question is not None]


def address_of(item: Shared) -> str:
    name = "studio:question" if isinstance(item, Question) else "studio:quiz"
    return reverse(name, args=[item.uuid])
