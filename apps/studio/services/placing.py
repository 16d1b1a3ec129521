"""Whether the lesson, the heading, the sentence and the correction that a question names exist."""

from apps.kernel.documents import Findings, join
from apps.kernel.shown import shown
from apps.lessons.models import Erratum
from apps.quizzes.domain.spec import QuestionSpec
from apps.studio.queries.lesson_text import current_lesson, text_of


def check_place(spec: QuestionSpec, findings: Findings, path: str = "") -> None:
    """Tell what is not there, at `lesson`, `section`, `quote` or `erratum` under `path`.

    The quote has to stand exactly once in its section, so that the review can lead to it.
    """
    about = spec.about
    if not about.lesson:
        return
    lesson = current_lesson(about.lesson)
    if lesson is None:
        findings.add(join(path, "lesson"), f"없는 레슨입니다. 적힌 값: {shown(about.lesson)}")
        return
    errata = Erratum.objects.filter(lesson=lesson, retired_at__isnull=True)
    if about.erratum and not errata.filter(slug=about.erratum).exists():
        findings.add(
            join(path, "erratum"), f"이 레슨에 없는 정정입니다. 적힌 값: {shown(about.erratum)}"
        )
    if not about.quote and not about.section:
        return
    index = text_of(lesson)
    if about.section not in index.sections:
        findings.add(
            join(path, "section"), f"이 레슨에 없는 제목입니다. 적힌 값: {shown(about.section)}"
        )
        return
    if not about.quote:
        return
    count = index.count(about.quote, about.section)
    if count != 1:
        found = f"{count}번 나옵니다. 한 번만 나오도록 더 길게" if count else "없습니다."
        ending = " 옮겨 주세요." if count else " ‘문장 고르기’로 골라 주세요."
        where = "그 제목 아래에" if about.section else "첫 제목 앞에"
        findings.add(join(path, "quote"), f"이 문장이 레슨의 {where} {found}{ending}")
