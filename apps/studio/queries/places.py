"""Where a question about a widget or a generator belongs."""

from collections.abc import Sequence

from django.db.models import Count

from apps.quizzes.models import Question


def place_of(lessons: Sequence[str]) -> dict[str, str]:
    """Lesson and topic, as fields of a document: of the first lesson that shipped questions name.

    Empty where there is none: this site may run without the course.
    """
    for lesson in lessons:
        topics = Question.objects.from_files().current().filter(lesson=lesson).order_by()
        counted = topics.values_list("topic").annotate(times=Count("pk"))
        found = counted.order_by("-times", "topic").first()
        if found is not None:
            return {"topic": found[0], "lesson": lesson}
    return {}
