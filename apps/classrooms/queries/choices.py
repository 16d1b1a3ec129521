"""What there is to set: quizzes with items and minutes, lessons by unit."""

from apps.lessons.models import Lesson
from apps.quizzes.models import Draw, Pool, Quiz

Choices = list[tuple[str, str | list[tuple[str, str]]]]
"""As forms take them: (value, label), or (group, [(value, label), …])."""


def quiz_choices() -> Choices:
    """Current quizzes by slug; those that hold exam questions apart. Three queries."""
    quizzes = Quiz.objects.current().prefetch_related("sections__draws")
    exams = set(
        Draw.objects.filter(question__pool=Pool.EXAM).values_list("section__quiz", flat=True)
    )
    groups: dict[str, list[tuple[str, str]]] = {"연습 문제": [], "시험 문제": []}
    for quiz in quizzes:
        draws = [draw for section in quiz.sections.all() for draw in section.draws.all()]
        is_exam = quiz.pk in exams or any(draw.pool == Pool.EXAM for draw in draws)
        items = sum(draw.count for draw in draws)
        label = f"{quiz.title} ({items}문제, {quiz.minutes}분쯤)"
        groups["시험 문제" if is_exam else "연습 문제"].append((quiz.slug, label))
    return [("", "퀴즈를 고르세요"), *((name, rows) for name, rows in groups.items() if rows)]


def lesson_choices() -> Choices:
    """Lessons of the present course by slug, under their units."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for lesson in Lesson.objects.current().select_related("unit"):
        groups.setdefault(lesson.unit.title, []).append((lesson.slug, lesson.title))
    return [("", "레슨을 고르세요"), *groups.items()]
