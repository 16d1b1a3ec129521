"""Saving answers: what is kept, what is refused, and what a tab is told."""

import pytest

from apps.quizzes.models import Response
from apps.quizzes.services.taking import SaveStatus, check_item, flag_item, submit_attempt
from tests.quizzes.factories import (
    EVERY_KIND,
    HOUR,
    MINUTE,
    NOW,
    make_exam,
    make_practice,
    only_item,
    right,
    save,
    start,
    stored_answer,
    wrong,
)

pytestmark = pytest.mark.django_db

A, B, C = {"choice": "a"}, {"choice": "b"}, {"choice": "c"}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_an_answer_of_every_kind_is_kept_as_sent(kind: str) -> None:
    item = only_item(start(make_exam(kind)))
    saved = save(item, right(item))
    assert (saved.status, saved.revision, saved.answer) == (SaveStatus.SAVED, 1, right(item))
    assert stored_answer(item) == right(item)


def test_every_change_is_added_to_the_trail() -> None:
    item = only_item(start(make_exam("single")))
    save(item, A)
    saved = save(item, B, base=1, sequence=2, now=NOW + MINUTE)
    assert saved.revision == 2
    trail = list(Response.objects.values_list("revision", "answer", "received_at"))
    assert trail == [(1, A, NOW), (2, B, NOW + MINUTE)]


def test_an_answer_can_be_taken_back() -> None:
    item = only_item(start(make_exam("single")))
    save(item, A)
    assert save(item, {}, base=1, sequence=2).status is SaveStatus.SAVED
    assert stored_answer(item) == {}


def test_nothing_said_where_nothing_was_said_adds_no_row() -> None:
    """Leafing through without answering must not make the other tab's answer stale."""
    item = only_item(start(make_exam("single")))
    assert save(item, {}, client="").revision == 0
    assert Response.objects.count() == 0
    assert save(item, A, client="tab-b").status is SaveStatus.SAVED


def test_the_same_save_sent_again_is_acknowledged_and_not_counted_twice() -> None:
    item = only_item(start(make_exam("single")))
    first = save(item, A)
    assert save(item, A) == first
    assert Response.objects.count() == 1


def test_a_tab_that_missed_an_acknowledgment_may_go_on() -> None:
    item = only_item(start(make_exam("single")))
    save(item, A, base=0, sequence=1)
    assert save(item, B, base=0, sequence=2).status is SaveStatus.SAVED
    assert stored_answer(item) == B


def test_a_retry_that_was_stored_before_undoes_nothing_and_is_acknowledged() -> None:
    item = only_item(start(make_exam("single")))
    save(item, A, sequence=1)
    save(item, B, sequence=2)
    late_retry = save(item, A, sequence=1)
    assert (late_retry.status, late_retry.revision, late_retry.answer) == (SaveStatus.SAVED, 2, B)
    assert stored_answer(item) == B


def test_a_delayed_save_that_was_never_stored_is_not_called_saved() -> None:
    item = only_item(start(make_exam("single")))
    save(item, B, sequence=2)
    delayed = save(item, A, sequence=1)
    assert (delayed.status, delayed.revision, delayed.answer) == (SaveStatus.CONFLICT, 1, B)
    assert stored_answer(item) == B


def test_a_delayed_save_does_not_undo_that_the_tab_came_back_to_what_was_stored() -> None:
    item = only_item(start(make_exam("single")))
    save(item, A, sequence=1)
    back = save(item, A, base=1, sequence=3)  # overtook the second, which said B
    assert (back.status, back.answer) == (SaveStatus.SAVED, A)
    assert save(item, B, base=1, sequence=2).status is SaveStatus.CONFLICT
    assert stored_answer(item) == A


def test_coming_back_to_a_checked_answer_adds_nothing_to_what_was_judged() -> None:
    item = only_item(start(make_practice("single")))
    save(item, wrong(item), sequence=1)
    check_item(item=item, now=NOW)
    assert save(item, wrong(item), base=1, sequence=3).status is SaveStatus.SAVED
    assert Response.objects.count() == 1


@pytest.mark.parametrize("sequence", [1, 2, 3])
def test_a_duplicated_tab_is_never_told_that_a_lost_answer_was_saved(sequence: int) -> None:
    """Browsers copy a tab together with its name and its count."""
    item = only_item(start(make_exam("single")))
    for number, answer in enumerate((A, B, C), start=1):
        save(item, answer, sequence=number)
    copied = save(item, {"choice": "d"}, base=3, sequence=sequence)
    assert copied.status is SaveStatus.CONFLICT
    assert stored_answer(item) == C


def test_a_stale_tab_gets_the_stored_answer_and_overwrites_nothing() -> None:
    item = only_item(start(make_exam("single")))
    save(item, A, client="tab-a")
    stale = save(item, B, base=0, client="tab-b")
    assert (stale.status, stale.revision, stale.answer) == (SaveStatus.CONFLICT, 1, A)
    assert Response.objects.count() == 1


def test_a_tab_that_has_seen_the_newest_answer_may_replace_it() -> None:
    item = only_item(start(make_exam("single")))
    save(item, A, client="tab-a")
    assert save(item, B, base=1, client="tab-b").status is SaveStatus.SAVED
    assert save(item, C, base=1, client="tab-a", sequence=2).status is SaveStatus.CONFLICT
    assert save(item, C, base=2, client="tab-a", sequence=2).status is SaveStatus.SAVED
    assert stored_answer(item) == C


def test_two_tabs_with_the_same_answer_do_not_quarrel() -> None:
    item = only_item(start(make_exam("single")))
    save(item, A, client="tab-a")
    agreed = save(item, A, base=0, client="tab-b")
    assert (agreed.status, agreed.revision) == (SaveStatus.SAVED, 1)


def test_a_revision_from_the_future_is_no_error() -> None:
    item = only_item(start(make_exam("single")))
    save(item, A, client="tab-a")
    assert save(item, B, base=99, client="tab-b").revision == 2


def test_without_scripts_the_page_a_form_was_sent_from_decides() -> None:
    item = only_item(start(make_exam("single")))
    assert save(item, A, client="", sequence=0).status is SaveStatus.SAVED
    assert save(item, B, client="", sequence=0, base=0).status is SaveStatus.CONFLICT  # went back
    assert save(item, B, client="", sequence=0, base=1).status is SaveStatus.SAVED


def test_after_submitting_an_answer_is_kept_marked_and_not_counted() -> None:
    item = only_item(start(make_exam("single")))
    save(item, wrong(item))
    submit_attempt(attempt=item.attempt, now=NOW)
    late = save(item, right(item), base=1, sequence=2, now=NOW + MINUTE)
    assert (late.status, late.answer) == (SaveStatus.LATE, right(item))
    assert stored_answer(item) == wrong(item)
    kept = Response.objects.get(is_late=True)
    assert (kept.answer, kept.revision) == (right(item), 2)
    item.attempt.refresh_from_db()
    assert item.attempt.score == 0


def test_a_late_answer_sent_twice_is_kept_once() -> None:
    item = only_item(start(make_exam("single")))
    submit_attempt(attempt=item.attempt, now=NOW)
    for _ in range(2):
        assert save(item, A, now=NOW + MINUTE).status is SaveStatus.LATE
    assert Response.objects.filter(is_late=True).count() == 1


def test_a_late_retry_of_what_came_in_time_is_told_that_it_counts() -> None:
    item = only_item(start(make_exam("single")))
    save(item, A, sequence=1)
    save(item, B, sequence=2)
    submit_attempt(attempt=item.attempt, now=NOW)
    for answer, sequence in ((B, 2), (A, 1)):
        again = save(item, answer, sequence=sequence, now=NOW + HOUR)
        assert (again.status, again.answer) == (SaveStatus.SAVED, B)
    assert not Response.objects.filter(is_late=True).exists()


def test_the_first_late_save_closes_the_attempt_at_its_deadline() -> None:
    attempt = start(make_exam("single", time_limit=600))
    item = only_item(attempt)
    assert save(item, A, now=NOW + 11 * MINUTE).status is SaveStatus.LATE
    attempt.refresh_from_db()
    assert (attempt.is_running, attempt.finished_at) == (False, NOW + 10 * MINUTE)


def test_what_was_checked_is_answered_for_good() -> None:
    item = only_item(start(make_practice("single")))
    save(item, wrong(item))
    check_item(item=item, now=NOW)
    locked = save(item, right(item), base=1, sequence=2)
    assert (locked.status, locked.answer) == (SaveStatus.LOCKED, wrong(item))
    assert save(item, wrong(item)).status is SaveStatus.SAVED  # a retry of what was stored


def test_flags_come_and_go_and_stay_after_the_end() -> None:
    item = only_item(start(make_exam("single")))
    assert flag_item(item=item, flagged=True, now=NOW)
    item.refresh_from_db()
    assert item.is_flagged
    submit_attempt(attempt=item.attempt, now=NOW)
    assert not flag_item(item=item, flagged=False, now=NOW)
    item.refresh_from_db()
    assert item.is_flagged
