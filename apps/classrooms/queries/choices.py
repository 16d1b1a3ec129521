"""What there is to set: quizzes with items and minutes, lessons by unit."""

from apps.accounts.models import User
from apps.lessons.models import Lesson
from apps.quizzes.models import Authorship, Draw, Pool, Quiz

Choices = list[tuple[str, str | list[tuple[str, str]]]]
"""As forms take them: (value, label), or (group, [(value, label), …])."""


def quiz_choices(user: User) -> Choices:
    """What this instructor may set, by slug: own quizzes, colleagues', then the shipped ones.

    Of those the ones that hold exam questions are apart. Three queries.
    """
    quizzes = Quiz.objects.current().copyable_by(user).prefetch_related("sections__draws")
    exams = set(
        Draw.objects.filter(question__pool=Pool.EXAM).values_list("section__quiz", flat=True)
    )
    names = ("내 퀴즈", "다른 강사의 퀴즈", "연습 문제", "시험 문제")
    groups: dict[str, list[tuple[str, str]]] = {name: [] for name in names}
    for quiz in quizzes:
        draws = [draw for section in quiz.sections.all() for draw in section.draws.all()]
        is_exam = quiz.pk in exams or any(draw.pool == Pool.EXAM for draw in draws)
        items = sum(draw.count for draw in draws)
        label = f"{quiz.title} ({items}문제, {quiz.minutes}분쯤)"
        groups[_group(quiz, user, is_exam=is_exam)].append((quiz.slug, label))
    return [("", "퀴즈를 고르세요"), *((name, rows) for name, rows in groups.items() if rows)]


def _group(quiz: Quiz, user: User, *, is_exam: bool) -> str:
    if quiz.authorship == Authorship.STUDIO:
        return "내 퀴즈" if quiz.owner_id == user.pk else "다른 강사의 퀴즈"
    return "시험 문제" if is_exam else "연습 문제"


def rules_proposed_by(user: User, slug: str) -> dict[str, str]:
    """What the form of a new assignment begins with: the rules that the author of a quiz chose.

    Shipped quizzes propose none. Values as the form's fields show them.
    """
    usable = Quiz.objects.current().copyable_by(user).from_studio()
    quiz = usable.filter(slug=slug).first() if slug else None
    if quiz is None:
        return {}
    return {
        "feedback": quiz.feedback,
        "time_limit": "" if quiz.time_limit is None else str(-(-quiz.time_limit // 60)),
        "max_attempts": "" if quiz.max_attempts is None else str(quiz.max_attempts),
    }


def lesson_choices() -> Choices:
    """Lessons of the present course by slug, under their units."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for lesson in Lesson.objects.current().select_related("unit"):
        groups.setdefault(lesson.unit.title, []).append((lesson.slug, lesson.title))
    return [("", "레슨을 고르세요"), *groups.items()]
