"""The page of one question."""

from typing import Any

from apps.accounts.models import User
from apps.quizzes.domain.reading import dump_question
from apps.quizzes.models import Question
from apps.quizzes.presenting.lesson_titles import lesson_titles
from apps.studio.models import Draft
from apps.studio.presenting.bank import rows
from apps.studio.presenting.preview import previewed
from apps.studio.queries.used_in import holds_on, use_of
from apps.studio.services.archiving import may_archive
from apps.studio.services.sharing import may_share


def question_page(question: Question, user: User) -> dict[str, Any]:
    """The template's context. `question` comes from `with_row_parts(annotated(…))`."""
    (row,) = rows([question], user)
    draft: Draft | None = next(iter(getattr(question, "own_drafts", [])), None)
    archives = may_archive(question, user)
    return {
        "question": question,
        "row": row,
        "draft": draft,
        "about": _about(question),
        "use": use_of(question, user),
        "may_copy": question.current is not None
        and Question.objects.copyable_by(user).filter(pk=question.pk).exists(),
        "may_archive": archives,
        "may_share": may_share(question, user) and question.current is not None,
        "holds_on": holds_on(question) if archives else "",
        **_shown(question, draft),
    }


def _shown(question: Question, draft: Draft | None) -> dict[str, Any]:
    """What learners meet; of what was never published, what the draft says so far."""
    if question.current is not None:
        return previewed(dump_question(question.current.spec))
    return previewed(draft.document) if draft else {}


def _about(question: Question) -> dict[str, Any]:
    """Where it belongs, in words; empty for a draft."""
    if question.current is None:
        return {}
    document = dump_question(question.current.spec)
    lesson = question.lesson
    return {
        "difficulty": document["difficulty"],
        "lesson": lesson,
        "lesson_title": lesson_titles({lesson}).get(lesson, lesson) if lesson else "",
        "as_of": question.as_of,
        "versions": question.current.number,
        "published_at": question.current.published_at,
        "engine": question.current.engine,
    }
