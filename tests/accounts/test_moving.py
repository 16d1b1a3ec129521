"""Two learners become one: nothing is lost, nothing counts twice."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import models, transaction
from django.db.models.fields.reverse_related import ForeignObjectRel
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.hooks import all_records
from apps.accounts.models import AuditEntry, Learner, User
from apps.accounts.services.moving import NotMovableError, move_records, record_counts
from apps.classrooms.models import Enrollment, Mark
from apps.lessons.models import Lesson, ReadingProgress, WidgetPrediction
from apps.lessons.services import mark_read, remember_position
from apps.quizzes.models import Attempt, Extension, QuizRun
from apps.quizzes.queries import attempts_left
from apps.quizzes.services.checking import check_attempt
from apps.quizzes.services.taking import start_attempt, submit_attempt
from tests.classrooms.factories import enroll, make_classroom, make_user
from tests.classrooms.work_factories import assign_quiz
from tests.quizzes.factories import (
    HOUR,
    MINUTE,
    NOW,
    extend,
    make_exam,
    make_learner,
    make_practice,
    make_quiz,
    make_run,
    only_item,
    right,
    save,
    start,
    wrong,
)

pytestmark = pytest.mark.django_db
LATER = NOW + HOUR


def move(source: Learner, target: Learner, now: dt.datetime = LATER) -> bool:
    return move_records(source=source, target=target, now=now)


def numbers(learner: Learner, run: QuizRun) -> list[tuple[int, dt.datetime]]:
    rows = Attempt.objects.filter(learner=learner, run=run).order_by("number")
    return [(each.number, each.started_at) for each in rows]


# ------------------------------------------------------------------------------------ attempts


def test_attempts_of_both_are_numbered_by_when_they_began() -> None:
    run = make_exam("single")
    here, account = make_learner(), make_learner("kim")
    starts = {here: [0, 20, 40], account: [10, 30]}
    for learner, minutes in starts.items():
        for minute in minutes:
            at = NOW + minute * MINUTE
            submit_attempt(attempt=start(run, learner, now=at), now=at + MINUTE)
    move(here, account)
    assert numbers(account, run) == [(n + 1, NOW + n * 10 * MINUTE) for n in range(5)]
    assert not Attempt.objects.filter(learner=here).exists()


def test_attempts_of_the_target_in_other_runs_stay_as_they_are() -> None:
    run, other = make_exam("single"), make_exam("single")
    here, account = make_learner(), make_learner("kim")
    start(run, here)
    untouched = start(other, account)
    move(here, account)
    untouched.refresh_from_db()
    assert (untouched.number, untouched.state) == (1, Attempt.State.RUNNING)


def test_of_two_that_run_the_one_begun_first_is_closed_with_what_it_holds() -> None:
    run = make_exam("single")
    account, here = make_learner("kim"), make_learner()
    first = start(run, account, now=NOW)
    item = only_item(first)
    save(item, right(item), now=NOW)
    second = start(run, here, now=NOW + MINUTE)
    move(here, account)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.closed_by, first.finished_at) == ("closed", "move", LATER)
    assert first.score == Decimal(1)
    assert (second.state, second.learner, second.number) == ("running", account, 2)
    assert check_attempt(first).differences == []


def test_which_of_the_two_learners_began_first_does_not_matter() -> None:
    run = make_exam("single")
    here, account = make_learner(), make_learner("kim")
    first = start(run, here, now=NOW)
    second = start(run, account, now=NOW + MINUTE)
    move(here, account)
    states = dict(Attempt.objects.values_list("pk", "state"))
    assert states == {first.pk: "closed", second.pk: "running"}


def test_one_whose_time_was_over_is_closed_by_its_deadline_not_by_the_move() -> None:
    run = make_exam("single", time_limit=60)
    here, account = make_learner(), make_learner("kim")
    first = start(run, here, now=NOW)
    start(run, account, now=LATER)
    move(here, account)
    first.refresh_from_db()
    assert (first.closed_by, first.finished_at) == ("deadline", NOW + MINUTE)


def test_a_running_attempt_goes_on_after_the_move() -> None:
    run = make_exam("single")
    here, account = make_learner(), make_learner("kim")
    attempt = start(run, here)
    move(here, account)
    assert start_attempt(run=run, learner=account, now=LATER, seed=1) == attempt


def test_attempts_made_before_the_move_use_up_the_allowance() -> None:
    run = make_exam("single", max_attempts=2)
    here, account = make_learner(), make_learner("kim")
    for learner in (here, account):
        submit_attempt(attempt=start(run, learner), now=NOW)
    move(here, account)
    assert attempts_left(run, account) == 0


def test_of_two_extensions_the_more_generous_part_of_each_stays() -> None:
    run = make_exam("single", closes_at=LATER)
    here, account = make_learner(), make_learner("kim")
    extend(run, here, time_factor=Decimal("1.5"), closes_at=LATER + HOUR, extra_attempts=1)
    extend(run, account, time_factor=Decimal("1.2"), closes_at=None, extra_attempts=2)
    only_here = extend(make_exam("single"), here, extra_attempts=3)
    move(here, account)
    kept = Extension.objects.get(run=run)
    assert kept.learner == account
    assert (kept.time_factor, kept.closes_at) == (Decimal("1.5"), LATER + HOUR)
    assert kept.extra_attempts == 2
    only_here.refresh_from_db()
    assert only_here.learner == account


_ATTEMPTS = st.lists(
    st.tuples(
        st.booleans(),  # whose
        st.integers(0, 2),  # which run
        st.integers(0, 30),  # when, in minutes; equal times happen
        st.booleans(),  # does it run
    ),
    max_size=12,
).map(lambda rows: sorted(rows, key=lambda row: row[2]))  # as somebody begins them


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_ATTEMPTS)
def test_merging_loses_nothing_doubles_nothing_and_leaves_at_most_one_running(
    wanted: list[tuple[bool, int, int, bool]],
) -> None:
    with transaction.atomic():
        runs = [make_run(make_quiz()) for _ in range(3)]
        learners = [make_learner(), make_learner("kim")]
        made = _make_attempts(wanted, runs, learners)
        move(learners[0], learners[1])
        assert set(Attempt.objects.filter(learner=learners[1]).values_list("pk", flat=True)) == made
        assert not Attempt.objects.filter(learner=learners[0]).exists()
        for run in runs:
            rows = list(Attempt.objects.filter(run=run).order_by("number"))
            assert [each.number for each in rows] == list(range(1, len(rows) + 1))
            begun = [(each.started_at, each.pk) for each in rows]
            assert begun == sorted(begun)
            assert sum(each.is_running for each in rows) == min(
                1, sum(runs[r] == run and running for _, r, _, running in _kept(wanted))
            )
        assert move(learners[0], learners[1]) is False
        transaction.set_rollback(True)


def _kept(wanted: list[tuple[bool, int, int, bool]]) -> list[tuple[bool, int, int, bool]]:
    """Without a second running attempt of one learner in one run: the database refuses it."""
    kept, taken = [], set()
    for who, run, minute, running in wanted:
        kept.append((who, run, minute, running and (who, run) not in taken))
        if running:
            taken.add((who, run))
    return kept


def _make_attempts(
    wanted: list[tuple[bool, int, int, bool]], runs: list[QuizRun], learners: list[Learner]
) -> set[int]:
    counts: dict[tuple[bool, int], int] = {}
    made = set()
    for who, run, minute, running in _kept(wanted):
        counts[who, run] = counts.get((who, run), 0) + 1
        at = NOW + minute * MINUTE
        closed = {} if running else {"state": "closed", "closed_by": "learner", "finished_at": at}
        attempt = Attempt.objects.create(
            run=runs[run],
            learner=learners[who],
            number=counts[who, run],
            started_at=at,
            max_score=1,
            score=None if running else 1,
            **closed,
        )
        made.add(attempt.pk)
    return made


# ------------------------------------------------------------------------------------- lessons


@pytest.mark.usefixtures("course")
def test_of_one_lesson_the_earliest_mark_and_the_newest_place_stay() -> None:
    here, account = make_learner(), make_learner("kim")
    lesson, other = Lesson.objects.current()[:2]
    mark_read(learner=here, lesson=lesson, read=True, now=NOW)
    mark_read(learner=account, lesson=lesson, read=True, now=NOW + HOUR)
    remember_position(learner=here, lesson=lesson, block=7, heading="later", now=NOW + 2 * HOUR)
    mark_read(learner=here, lesson=other, read=True, now=NOW)
    move(here, account)
    row = ReadingProgress.objects.get(learner=account, lesson=lesson)
    assert (row.read_at, row.block, row.heading) == (NOW, 7, "later")
    assert ReadingProgress.objects.get(lesson=other).learner == account
    assert not ReadingProgress.objects.filter(learner=here).exists()


@pytest.mark.usefixtures("course")
def test_an_older_place_does_not_replace_a_newer_one() -> None:
    here, account = make_learner(), make_learner("kim")
    lesson = Lesson.objects.current()[0]
    remember_position(learner=here, lesson=lesson, block=7, heading="old", now=NOW)
    remember_position(learner=account, lesson=lesson, block=2, heading="new", now=LATER)
    move(here, account)
    row = ReadingProgress.objects.get()
    assert (row.block, row.heading, row.updated_at) == (2, "new", LATER)


def test_predictions_move() -> None:
    here, account = make_learner(), make_learner("kim")
    for learner in (here, account):
        WidgetPrediction.objects.create(
            learner=learner,
            widget="packet-walk",
            ask="disposition",
            scenario={},
            answer=["delivered"],
            is_right=True,
            made_at=NOW,
        )
    move(here, account)
    assert WidgetPrediction.objects.filter(learner=account).count() == 2


# ---------------------------------------------------------------------------------- classrooms


def test_a_place_moves_with_its_name_and_number_and_its_code_stops_working() -> None:
    place = enroll(make_classroom(), "김하늘", entry_code="ABCD2345", student_number="7")
    account = make_learner("kim")
    move(place.learner, account)
    place.refresh_from_db()
    assert (place.learner, place.name, place.student_number) == (account, "김하늘", "7")
    assert place.entry_digest == ""


def test_where_the_account_has_a_place_that_one_stays_and_learns_what_it_did_not_know() -> None:
    classroom = make_classroom()
    by_name = enroll(classroom, "김하늘", student_number="7", joined_at=NOW - 48 * HOUR)
    user = make_user("kim")
    own = enroll(classroom, user, name="하늘")
    move(by_name.learner, own.learner)
    (place,) = Enrollment.objects.all()
    assert (place.pk, place.name, place.student_number) == (own.pk, "하늘", "7")
    assert place.joined_at == NOW - 48 * HOUR


def test_marks_move_where_the_account_was_not_marked() -> None:
    classroom = make_classroom()
    by_name, own = enroll(classroom, "김하늘"), enroll(classroom, make_user("kim"))
    one, two = assign_quiz(classroom), assign_quiz(classroom)
    for assignment, place, comment in (
        (one, by_name, "옛 자리"),
        (two, by_name, "옛 자리"),
        (two, own, "새 자리"),
    ):
        Mark.objects.create(assignment=assignment, enrollment=place, comment=comment, made_at=NOW)
    move(by_name.learner, own.learner)
    comments = {mark.assignment_id: mark.comment for mark in Mark.objects.filter(enrollment=own)}
    assert comments == {one.pk: "옛 자리", two.pk: "새 자리"}
    entry = AuditEntry.objects.get(action="enrollment-merged")
    assert entry.detail["marks_dropped"] == 1


State = Enrollment.State


@pytest.mark.parametrize(
    ("own", "moved", "after"),
    [
        (None, State.BLOCKED, State.BLOCKED),  # to sign in is no way around a block
        (State.ACTIVE, State.BLOCKED, State.ACTIVE),  # nor does it reach who was let in
        (State.BLOCKED, State.ACTIVE, State.BLOCKED),
        (State.BLOCKED, State.REMOVED, State.BLOCKED),
        (State.REMOVED, State.ACTIVE, State.ACTIVE),
        (State.REMOVED, State.BLOCKED, State.REMOVED),
        (State.ACTIVE, State.REMOVED, State.ACTIVE),
        (State.LEFT, State.ACTIVE, State.ACTIVE),
        (State.LEFT, State.BLOCKED, State.LEFT),
        (None, State.LEFT, State.LEFT),
    ],
)
def test_a_block_is_neither_escaped_nor_spread(
    own: State | None, moved: State, after: State
) -> None:
    classroom = make_classroom()
    account = make_learner("kim")
    if own is not None:
        enroll(classroom, account, state=own)
    source = enroll(classroom, "김하늘", state=moved).learner
    move(source, account)
    assert Enrollment.objects.get(learner=account).state == after
    assert not Enrollment.objects.filter(learner=source).exists()


def test_an_instructor_who_tried_the_own_class_is_no_learner_of_it() -> None:
    user = make_user("lee", "instructor")
    place = enroll(make_classroom(user), "시험 삼아")
    move(place.learner, Learner.objects.create(user=user, created_at=NOW))
    place.refresh_from_db()
    assert (place.learner.user, place.state) == (user, State.LEFT)


def test_a_number_that_somebody_else_has_by_now_is_not_taken_back() -> None:
    classroom = make_classroom()
    account = make_learner("kim")
    own = enroll(classroom, account, state=State.REMOVED, student_number="7")
    enroll(classroom, "다른 사람", student_number="7")
    move(enroll(classroom, "김하늘").learner, account)
    own.refresh_from_db()
    assert (own.state, own.student_number) == (State.ACTIVE, "")


# ------------------------------------------------------------------------------------ the whole


def test_what_is_moved_is_counted_in_words() -> None:
    here = make_learner()
    assert record_counts(here) == []
    start(make_practice(), here)
    enroll(make_classroom(), here)
    assert dict(record_counts(here)) == {"참여한 반": 1, "퀴즈 응시": 1}


def test_the_source_is_left_empty_and_nobody() -> None:
    place = enroll(make_classroom(), "김하늘")
    move(place.learner, make_learner("kim"))
    source = Learner.objects.get(pk=place.learner_id)
    assert (source.name, source.is_admitted, source.erased_at) == ("", False, LATER)
    assert record_counts(source) == []


def test_the_account_was_here_when_it_took_something_over() -> None:
    account = make_learner("kim")
    move(make_learner(), account)
    account.refresh_from_db()
    assert account.active_at == LATER


def test_a_second_press_does_nothing_more() -> None:
    run = make_exam("single")
    here, account = make_learner(), make_learner("kim")
    start(run, here)
    assert move(here, account) is True
    before = list(Attempt.objects.values())
    assert move(here, account, LATER + HOUR) is False
    assert list(Attempt.objects.values()) == before


def test_an_accounts_records_are_never_moved() -> None:
    one, other = make_learner("kim"), make_learner("lee")
    start(make_exam("single"), one)
    with pytest.raises(NotMovableError):
        move(one, other)
    assert Attempt.objects.get().learner == one


def test_nothing_moves_to_oneself_or_to_somebody_who_is_gone() -> None:
    here, gone = make_learner(), make_learner()
    start(make_exam("single"), here)
    Learner.objects.filter(pk=gone.pk).update(erased_at=NOW)
    assert move(here, here) is False
    assert move(here, gone) is False
    assert Attempt.objects.get().learner == here


@pytest.mark.parametrize("answer", [right, wrong])
def test_scores_prove_true_after_a_move(answer: Callable[..., dict[str, object]]) -> None:
    run = make_practice("single", "multiple")
    here, account = make_learner(), make_learner("kim")
    for learner in (here, account):
        attempt = start(run, learner)
        for item in attempt.items.all():
            save(item, answer(item))
    move(here, account)
    for attempt in Attempt.objects.all():
        assert check_attempt(attempt).differences == []


# -------------------------------------------------------------------------- nothing is forgotten


def test_every_app_that_keeps_something_of_a_learner_says_what_becomes_of_it() -> None:
    keeping = {each.related_model._meta.app_label for each in Learner._meta.related_objects}
    # What an instructor wrote is an account's, never a learner's.
    assert keeping | {"studio"} == {records.name for records in all_records()}


def test_nothing_protects_an_account_that_erasing_does_not_know() -> None:
    protected = {
        each.related_model.__name__
        for each in User._meta.get_fields(include_hidden=True)
        if isinstance(each, ForeignObjectRel)
        and each.on_delete in {models.PROTECT, models.RESTRICT}
    }
    assert protected == {"Learner", "Instructorship"}
