"""What a question is about, as instructors choose and read it."""

from apps.quizzes.models import Question
from apps.quizzes.presenting.lesson_titles import lesson_titles
from apps.studio.services.writing import OTHER_TOPIC

OTHER_LABEL = "기타"


def topic_choices() -> list[tuple[str, str]]:
    """Slug and label of each topic: the course's in its order, then 기타. Two queries."""
    shipped = Question.objects.from_files().current()
    slugs = set(shipped.order_by().values_list("topic", flat=True).distinct())
    titles = lesson_titles(slugs)
    rest = sorted(slugs - titles.keys() - {OTHER_TOPIC})
    return [*titles.items(), *((slug, slug) for slug in rest), (OTHER_TOPIC, OTHER_LABEL)]


def topic_label(slug: str) -> str:
    """The title of the lesson that the topic is named after; else the topic's own name."""
    if slug == OTHER_TOPIC:
        return OTHER_LABEL
    return lesson_titles({slug}).get(slug, slug)
