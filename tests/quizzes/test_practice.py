"""Practice: check, see why, try again; and repeat what was wrong."""

from decimal import Decimal

import pytest

from apps.quizzes.models import Attempt, AttemptItem, Grade, Question
from apps.quizzes.services.taking import (
    RefusedError,
    check_item,
    repeat_wrong,
    submit_attempt,
    try_again,
)
from tests.quizzes.factories import (
    GRADED_BY_MACHINE,
    MINUTE,
    NOW,
    items_of,
    make_exam,
    make_practice,
    only_item,
    right,
    save,
    start,
    wrong,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", GRADED_BY_MACHINE)
def test_checking_grades_the_saved_answer_at_once(kind: str) -> None:
    item = only_item(start(make_practice(kind)))
    save(item, right(item))
    grade = check_item(item=item, now=NOW)
    assert grade is not None
    assert grade.score == 1
    assert grade.reason == Grade.Reason.CHECK
    item.refresh_from_db()
    assert item.checked_at == NOW


def test_checking_twice_grades_once() -> None:
    item = only_item(start(make_practice("single")))
    save(item, right(item))
    assert check_item(item=item, now=NOW) == check_item(item=item, now=NOW + MINUTE)
    assert Grade.objects.count() == 1
    item.refresh_from_db()
    assert item.checked_at == NOW


def test_an_essay_can_be_checked_and_waits_for_a_grader() -> None:
    item = only_item(start(make_practice("essay")))
    save(item, {"text": "답"})
    assert check_item(item=item, now=NOW) is None
    item.refresh_from_db()
    assert item.checked_at == NOW
    assert submit_attempt(attempt=item.attempt, now=NOW).is_provisional


def test_what_was_checked_is_not_graded_again_at_the_end() -> None:
    item = only_item(start(make_practice("single")))
    save(item, right(item))
    check_item(item=item, now=NOW)
    assert submit_attempt(attempt=item.attempt, now=NOW).score == 1
    assert Grade.objects.count() == 1


def test_in_an_exam_nothing_is_checked_tried_again_or_repeated() -> None:
    item = only_item(start(make_exam("single")))
    save(item, right(item))
    with pytest.raises(RefusedError, match="제출한 뒤에"):
        check_item(item=item, now=NOW)
    with pytest.raises(RefusedError, match="다시 풀 수 없습니다"):
        try_again(item=item, seed=1, now=NOW)
    closed = submit_attempt(attempt=item.attempt, now=NOW)
    with pytest.raises(RefusedError, match="연습에서 다시 낼 수 없습니다"):
        repeat_wrong(attempt=closed, now=NOW, seed=1)
    assert AttemptItem.objects.get().checked_at is None


def test_trying_again_makes_an_empty_item_at_the_same_place() -> None:
    first, second = items_of(start(make_practice("single", "numeric")))
    save(first, wrong(first))
    check_item(item=first, now=NOW)
    again = try_again(item=first, seed=11, now=NOW)
    assert (again.position, again.try_number, again.version) == (1, 2, first.version)
    assert not again.responses.exists()
    assert [item.pk for item in items_of(first.attempt)] == [again.pk, second.pk]


def test_pressed_twice_it_gives_the_same_new_item() -> None:
    item = only_item(start(make_practice("single")))
    check_item(item=item, now=NOW)
    again = try_again(item=item, seed=1, now=NOW)
    assert try_again(item=item, seed=2, now=NOW) == again  # a tab that still shows the first try
    assert try_again(item=again, seed=3, now=NOW) == again
    assert AttemptItem.objects.count() == 2


def test_what_was_not_checked_is_not_tried_again() -> None:
    item = only_item(start(make_practice("single")))
    assert try_again(item=item, seed=1, now=NOW) == item


def test_a_generated_question_comes_back_as_a_fresh_variant() -> None:
    item = only_item(start(make_practice("generated")))
    check_item(item=item, now=NOW)
    again = try_again(item=item, seed=12345, now=NOW)
    assert again.frozen is not None
    assert item.frozen is not None
    assert again.frozen["scenario"] != item.frozen["scenario"]
    assert again.spec.shown.stem != item.spec.shown.stem
    save(again, right(again))
    check_item(item=again, now=NOW)
    assert submit_attempt(attempt=item.attempt, now=NOW).score == 1


def test_the_newest_try_counts() -> None:
    item = only_item(start(make_practice("single")))
    save(item, wrong(item))
    check_item(item=item, now=NOW)
    again = try_again(item=item, seed=1, now=NOW)
    save(again, right(again))
    closed = submit_attempt(attempt=item.attempt, now=NOW)
    assert closed.score == closed.max_score == 1
    assert [grade.score for grade in Grade.objects.order_by("pk")] == [0, 1]


def test_repeating_deals_what_was_not_fully_right() -> None:
    attempt = start(make_practice("single", "numeric", "multiple", quiz={"scoring": "partial"}))
    good, bad, half = items_of(attempt)
    save(good, right(good))
    save(bad, wrong(bad))
    save(half, {"choices": right(half)["choices"][:1]})
    closed = submit_attempt(attempt=attempt, now=NOW)
    assert closed.score == Decimal("1.5")
    repeated = repeat_wrong(attempt=closed, now=NOW + MINUTE, seed=5)
    assert repeated.repeats == closed
    assert repeated.number == repeated.max_score == 2
    assert [item.version for item in items_of(repeated)] == [bad.version, half.version]
    assert [item.position for item in items_of(repeated)] == [1, 2]


def test_what_waits_for_a_grader_is_not_called_wrong() -> None:
    attempt = start(make_practice("essay"))
    save(only_item(attempt), {"text": "답"})
    closed = submit_attempt(attempt=attempt, now=NOW)
    with pytest.raises(RefusedError, match="틀린 문제가 없습니다"):
        repeat_wrong(attempt=closed, now=NOW, seed=1)


def test_nothing_is_repeated_while_it_runs_or_when_all_was_right() -> None:
    item = only_item(start(make_practice("single")))
    with pytest.raises(RefusedError, match="아직 푸는 중"):
        repeat_wrong(attempt=item.attempt, now=NOW, seed=1)
    save(item, right(item))
    closed = submit_attempt(attempt=item.attempt, now=NOW)
    with pytest.raises(RefusedError, match="틀린 문제가 없습니다"):
        repeat_wrong(attempt=closed, now=NOW, seed=1)


def test_repeating_twice_gives_the_same_attempt() -> None:
    closed = submit_attempt(attempt=start(make_practice("single")), now=NOW)
    first = repeat_wrong(attempt=closed, now=NOW, seed=1)
    assert repeat_wrong(attempt=closed, now=NOW, seed=2) == first
    assert Attempt.objects.count() == 2


def test_repeating_keeps_to_the_limit_of_attempts() -> None:
    closed = submit_attempt(attempt=start(make_practice("single", max_attempts=1)), now=NOW)
    with pytest.raises(RefusedError, match="응시 횟수"):
        repeat_wrong(attempt=closed, now=NOW, seed=1)


def test_a_question_that_cannot_be_dealt_again_is_refused_in_words() -> None:
    item = only_item(start(make_practice("generated")))
    check_item(item=item, now=NOW)
    document = dict(item.version.document)
    document["shown"] = {**document["shown"], "body": {"generator": "gone"}}
    Question.objects.get().versions.update(document=document)
    with pytest.raises(RefusedError, match="다시 낼 수 없습니다"):
        try_again(item=item, seed=1, now=NOW)
    closed = submit_attempt(attempt=item.attempt, now=NOW)
    with pytest.raises(RefusedError, match="다시 낼 수 없습니다"):
        repeat_wrong(attempt=closed, now=NOW, seed=1)
