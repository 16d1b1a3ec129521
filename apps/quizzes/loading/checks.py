"""What shows only when all files are read: names, quotes in lessons, pools, draws to be met."""

from collections import Counter
from collections.abc import Collection, Iterable

from apps.content.anchor import TextIndex
from apps.content.catalogue import Catalogue, LessonSpec
from apps.content.tree import parse
from apps.quizzes.loading.balance import check_balance
from apps.quizzes.loading.bank import Bank, DrawEntry, QuestionEntry, QuizEntry
from apps.quizzes.models import Pool
from apps.quizzes.models.words import Feedback


def check_bank(bank: Bank, catalogue: Catalogue, broken: Collection[str] = ()) -> None:
    """Tell every problem at its place; the bank is fit to load if there is none.

    `broken` are slugs of questions with problems of their own: nobody is told that they do not
    exist.
    """
    _check_names(bank.questions, "문제")
    _check_names(bank.quizzes, "퀴즈")
    lessons = {lesson.slug: lesson for lesson in catalogue.lessons}
    _check_quotes(bank.questions, lessons)
    questions = {question.slug: question for question in bank.questions}
    pools = Counter(
        (each.spec.about.topic, each.pool) for each in bank.questions if not _may_go_stale(each)
    )
    for quiz in bank.quizzes:
        if quiz.lesson and quiz.lesson not in lessons:
            quiz.place.report(f"퀴즈 {quiz.slug}: “{quiz.lesson}” 레슨이 없습니다.")
        _check_draws(quiz, questions, pools, broken)
    check_balance(bank)


def _check_names(entries: Iterable[QuestionEntry | QuizEntry], noun: str) -> None:
    for attribute in ("slug", "uuid"):
        seen: dict[str, QuestionEntry | QuizEntry] = {}
        for entry in entries:
            value = str(getattr(entry, attribute))
            other = seen.setdefault(value, entry)
            if other is not entry:
                name = "id" if attribute == "uuid" else attribute
                entry.place.report(
                    f"{noun} {entry.slug}: {other.place.problems.path} "
                    f"{other.place.line}번째 줄의 {noun}와 {name}가 같습니다. 하나를 바꾸십시오."
                )


def _check_quotes(questions: Iterable[QuestionEntry], lessons: dict[str, LessonSpec]) -> None:
    indexes: dict[str, TextIndex] = {}
    for question in questions:
        about = question.spec.about
        if not about.lesson:
            continue
        lesson = lessons.get(about.lesson)
        if lesson is None:
            question.place.report(f"문제 {question.slug}: “{about.lesson}” 레슨이 없습니다.")
            continue
        if about.erratum and about.erratum not in {each.id for each in lesson.errata}:
            question.place.report(
                f"문제 {question.slug}: 이 레슨에 “{about.erratum}” 정정이 없습니다."
            )
        if not about.quote and not about.section:
            continue
        if lesson.slug not in indexes:
            indexes[lesson.slug] = _index(lesson)
        _check_quote(question, indexes[lesson.slug])


def _check_quote(question: QuestionEntry, index: TextIndex) -> None:
    about = question.spec.about
    if about.section not in index.sections:
        question.place.report(
            f"문제 {question.slug}: {about.lesson} 레슨에 #{about.section} 제목이 없습니다. "
            "section을 고치십시오."
        )
    elif about.quote and index.count(about.quote, about.section) != 1:
        where = f"#{about.section} 절" if about.section else "첫 제목 앞"
        question.place.report(
            f"문제 {question.slug}: 인용문이 {about.lesson} 레슨의 {where}에 꼭 한 번 있어야 "
            "합니다. quote와 section을 확인하십시오."
        )


def _index(lesson: LessonSpec) -> TextIndex:
    root, _ = parse("".join(block.html for block in lesson.blocks))
    return TextIndex(root)


def _check_draws(
    quiz: QuizEntry,
    questions: dict[str, QuestionEntry],
    pools: Counter[tuple[str, str]],
    broken: Collection[str],
) -> None:
    draws = [draw for section in quiz.sections for draw in section.draws]
    fixed = Counter(draw.question for draw in draws if draw.question)
    for slug, times in fixed.items():
        if slug not in questions and slug not in broken:
            quiz.place.report(f"퀴즈 {quiz.slug}: “{slug}” 문제가 없습니다.")
        elif times > 1:
            quiz.place.report(f"퀴즈 {quiz.slug}: “{slug}” 문제가 {times}번 있습니다.")
    if not broken:
        _check_counts(quiz, draws, [questions[slug] for slug in fixed if slug in questions], pools)
    if quiz.runs:
        _check_pools(quiz, draws, questions)


def _check_counts(
    quiz: QuizEntry,
    draws: list[DrawEntry],
    fixed: list[QuestionEntry],
    pools: Counter[tuple[str, str]],
) -> None:
    """Is there enough to draw from? What is asked anyway is not drawn a second time."""
    wanted: Counter[tuple[str, str]] = Counter()
    for draw in draws:
        if not draw.question:
            wanted[draw.topic, draw.pool] += draw.count
    taken = Counter((each.spec.about.topic, each.pool) for each in fixed if not _may_go_stale(each))
    for (topic, pool), count in wanted.items():
        left = pools[topic, pool] - taken[topic, pool]
        if left < count:
            quiz.place.report(
                f"퀴즈 {quiz.slug}: {topic} 주제의 {pool} 문제는 "
                f"{left}개인데 {count}개를 뽑으려 합니다."
            )


def _may_go_stale(question: QuestionEntry) -> bool:
    """Exams draw no number that may have changed meanwhile: they have to do without it."""
    return question.pool == Pool.EXAM and bool(question.spec.about.as_of)


def _check_pools(
    quiz: QuizEntry, draws: list[DrawEntry], questions: dict[str, QuestionEntry]
) -> None:
    """What is kept for exams never appears in practice, nor the other way."""
    practice = {run.feedback == Feedback.IMMEDIATE for run in quiz.runs}
    if len(practice) > 1:
        quiz.place.report(
            f"퀴즈 {quiz.slug}: 연습과 시험은 다른 퀴즈로 나누십시오. "
            "시험 문제는 연습에 내지 않습니다."
        )
        return
    pool = Pool.PRACTICE if practice == {True} else Pool.EXAM
    for draw in draws:
        if draw.question in questions and _may_go_stale(questions[draw.question]):
            quiz.place.report(
                f"퀴즈 {quiz.slug}: “{draw.question}” 문제에는 as_of가 있어 때가 지나면 시험에서 "
                "빠집니다. 시험에는 question으로 고정하지 말고 topic과 count로 뽑으십시오."
            )
        found = questions[draw.question].pool if draw.question in questions else draw.pool
        if found and found != pool:
            what = f"“{draw.question}” 문제" if draw.question else f"{draw.topic} 주제의 문제"
            quiz.place.report(
                f"퀴즈 {quiz.slug}: {pool.label} 퀴즈에는 pool이 {pool.value}인 문제만 냅니다. "
                f"{what}는 {found}입니다."
            )
