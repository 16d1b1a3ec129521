"""Starting: who may, how often, and what is laid down when it happens."""

from decimal import Decimal

import pytest

from apps.quizzes.models import Attempt, Question, Section
from apps.quizzes.services.taking import RefusedError, start_attempt, submit_attempt
from tests.quizzes.factories import (
    HOUR,
    MINUTE,
    NOW,
    add_draws,
    extend,
    items_of,
    make_exam,
    make_learner,
    make_question,
    make_quiz,
    make_run,
    start,
)

pytestmark = pytest.mark.django_db


def test_starting_deals_every_question_once_and_sums_the_points() -> None:
    quiz = make_quiz()
    section = Section.objects.create(quiz=quiz, position=1, title="첫 영역")
    single, numeric = make_question("single"), make_question("numeric")
    add_draws(section, {"question": single, "points": 2}, {"question": numeric, "points": "0.5"})
    attempt = start(make_run(quiz))
    items = items_of(attempt)
    assert [item.version for item in items] == [single.current, numeric.current]
    assert [item.position for item in items] == [1, 2]
    assert [item.section for item in items] == ["첫 영역", "첫 영역"]
    assert attempt.max_score == Decimal("2.5")
    assert (attempt.number, attempt.started_at, attempt.score) == (1, NOW, None)


def test_starting_twice_gives_the_running_attempt() -> None:
    run, learner = make_exam(), make_learner()
    first = start(run, learner, seed=1)
    again = start(run, learner, seed=2, now=NOW + MINUTE)
    assert again == first
    assert again.started_at == NOW
    assert Attempt.objects.count() == 1


def test_two_learners_each_get_their_own_attempt() -> None:
    run = make_exam()
    assert start(run).learner != start(run).learner
    assert Attempt.objects.count() == 2


def test_attempts_are_numbered_and_limited() -> None:
    run, learner = make_exam(max_attempts=2), make_learner()
    for number in (1, 2):
        attempt = start(run, learner)
        assert attempt.number == number
        submit_attempt(attempt=attempt, now=NOW)
    with pytest.raises(RefusedError, match="응시 횟수를 모두"):
        start(run, learner)
    assert Attempt.objects.filter(learner=learner).count() == 2


def test_the_last_attempt_can_be_gone_on_with_though_none_is_left() -> None:
    run, learner = make_exam(max_attempts=1), make_learner()
    first = start(run, learner)
    assert start(run, learner) == first


def test_attempts_of_another_run_or_learner_do_not_count() -> None:
    run, other_run, learner = make_exam(max_attempts=1), make_exam(max_attempts=1), make_learner()
    submit_attempt(attempt=start(run, make_learner()), now=NOW)
    submit_attempt(attempt=start(other_run, learner), now=NOW)
    assert start(run, learner).is_running


def test_extra_attempts_are_for_the_one_who_got_them() -> None:
    run, learner = make_exam(max_attempts=1), make_learner()
    extend(run, learner, extra_attempts=1)
    submit_attempt(attempt=start(run, learner), now=NOW)
    second = start(run, learner)
    assert second.number == 2
    submit_attempt(attempt=second, now=NOW)
    with pytest.raises(RefusedError):
        start(run, learner)
    other = make_learner()
    submit_attempt(attempt=start(run, other), now=NOW)
    with pytest.raises(RefusedError):
        start(run, other)


def test_an_expired_attempt_uses_up_its_place_and_a_new_one_begins() -> None:
    run, learner = make_exam(time_limit=600, max_attempts=2), make_learner()
    first = start(run, learner)
    second = start(run, learner, now=NOW + HOUR)
    assert second != first
    assert second.number == 2
    first.refresh_from_db()
    assert first.closed_by == Attempt.ClosedBy.DEADLINE
    assert first.finished_at == NOW + 10 * MINUTE


def test_an_expired_last_attempt_stays_closed_though_a_new_one_is_refused() -> None:
    run, learner = make_exam(time_limit=600, max_attempts=1), make_learner()
    first = start(run, learner)
    with pytest.raises(RefusedError):
        start(run, learner, now=NOW + HOUR)
    first.refresh_from_db()
    assert not first.is_running


def test_nobody_starts_before_the_opening_and_everybody_at_it() -> None:
    run = make_exam(opens_at=NOW)
    with pytest.raises(RefusedError, match="아직 시작할 수 없습니다"):
        start(run, now=NOW - MINUTE)
    assert start(run, now=NOW).is_running


def test_one_may_start_at_the_close_and_not_after_it() -> None:
    run = make_exam(closes_at=NOW)
    assert start(run, now=NOW).is_running
    with pytest.raises(RefusedError, match="마감되었습니다"):
        start(run, now=NOW + MINUTE)


def test_a_later_close_lets_one_learner_start_later() -> None:
    run, learner = make_exam(closes_at=NOW), make_learner()
    extend(run, learner, closes_at=NOW + HOUR)
    assert start(run, learner, now=NOW + MINUTE).is_running
    with pytest.raises(RefusedError):
        start(run, make_learner(), now=NOW + MINUTE)


@pytest.mark.parametrize("what", ["run", "quiz"])
def test_what_was_taken_down_starts_no_more(what: str) -> None:
    run = make_exam()
    row = run if what == "run" else run.quiz
    row.retired_at = NOW
    row.save()
    with pytest.raises(RefusedError, match="더는 내지 않는"):
        start(run)
    assert Attempt.objects.count() == 0


def test_a_quiz_without_enough_questions_refuses_and_leaves_nothing() -> None:
    quiz = make_quiz()
    section = Section.objects.create(quiz=quiz, position=1)
    add_draws(section, {"topic": "empty-topic", "pool": "exam", "count": 1})
    with pytest.raises(RefusedError, match="문제가 모자랍니다"):
        start(make_run(quiz))
    assert Attempt.objects.count() == 0


def test_a_question_that_its_engine_no_longer_knows_refuses_and_leaves_nothing() -> None:
    run = make_exam("generated")
    document = {**Question.objects.get().current.document}  # type: ignore[union-attr]
    document["shown"] = {**document["shown"], "body": {"generator": "gone"}}
    Question.objects.get().versions.update(document=document)
    with pytest.raises(RefusedError):
        start(run)
    assert Attempt.objects.count() == 0


def test_editing_a_question_changes_no_running_attempt() -> None:
    run = make_exam("single")
    attempt = start(run)
    question = Question.objects.get()
    dealt = question.current
    replacement = make_question("single", stem="새 질문입니다.")
    question.current = replacement.current
    question.save()
    assert [item.version for item in items_of(attempt)] == [dealt]


def test_how_it_is_scored_is_laid_down_at_the_start() -> None:
    run = make_exam("multiple", quiz={"scoring": "partial"})
    attempt = start(run)
    run.quiz.scoring = "all_or_nothing"
    run.quiz.save()
    assert Attempt.objects.get(pk=attempt.pk).scoring == "partial"


def test_a_learner_who_is_gone_cannot_start() -> None:
    """Their row is what two starts of one person wait for."""
    run, learner = make_exam(), make_learner()
    gone = learner.pk
    learner.delete()
    learner.pk = gone
    with pytest.raises(type(learner).DoesNotExist):
        start_attempt(run=run, learner=learner, now=NOW, seed=1)
