"""An attempt's life, driven at random and held against a model written apart from the services.

The model knows minutes, tabs and trails, and nothing of rows. Requests are composed by a tab and
delivered later, in any order, as often as the network likes; an acknowledgment may get lost.
"""

import datetime as dt
import random
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from apps.quizzes.models import Attempt, AttemptItem, Pool
from apps.quizzes.models.words import Feedback
from apps.quizzes.services.checking import check_attempt
from apps.quizzes.services.taking import (
    RefusedError,
    SaveStatus,
    check_item,
    close_if_over,
    close_overdue,
    flag_item,
    save_response,
    submit_attempt,
    try_again,
)
from tests.quizzes.factories import (
    MINUTE,
    NOW,
    extend,
    items_of,
    make_learner,
    make_question,
    make_quiz,
    make_run,
    right,
    start,
)
from tests.quizzes.life import Request, Sheet, Sitting

PLACES = 2
LIMIT = 10
CLOSE = 45
MOST = 2
TABS = ("tab-a", "tab-b", "")  # the last one runs no scripts
places = st.integers(1, PLACES)


class Life(RuleBasedStateMachine):
    requests = Bundle("requests")

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    @initialize(practice=st.booleans(), closes=st.booleans())
    def open(self, practice: bool, closes: bool) -> None:
        self.practice = practice
        self.close: int | None = CLOSE if closes else None
        self.minute, self.factor, self.most = 0, 1, MOST
        self.sittings: list[Sitting] = []
        self.seen: dict[tuple[str, int], int] = {}
        self.count = dict.fromkeys(TABS, 0)
        pool = Pool.PRACTICE if practice else Pool.EXAM
        quiz = make_quiz([make_question("single", pool=pool) for _ in range(PLACES)])
        self.run = make_run(
            quiz,
            feedback=Feedback.IMMEDIATE if practice else Feedback.AFTER_SUBMIT,
            time_limit=LIMIT * 60,
            closes_at=self.at(self.close) if self.close else None,
            max_attempts=MOST,
        )
        self.learner = make_learner()

    # What the model knows -----------------------------------------------------------------

    @property
    def now(self) -> dt.datetime:
        return self.at(self.minute)

    def at(self, minute: int) -> dt.datetime:
        return NOW + minute * MINUTE

    @property
    def sitting(self) -> Sitting | None:
        """The one that runs, as far as anybody has noticed."""
        return next((each for each in self.sittings if each.ended is None), None)

    def end_of(self, sitting: Sitting) -> int:
        own = sitting.began + LIMIT * self.factor
        return own if self.close is None else min(own, self.close)

    def notice(self, sitting: Sitting) -> bool:
        """Somebody looks: whether the sitting is over."""
        if sitting.ended is None and self.minute > self.end_of(sitting):
            self.finish(sitting, self.end_of(sitting), "deadline")
        return sitting.ended is not None

    def finish(self, sitting: Sitting, minute: int, by: str) -> None:
        sitting.ended, sitting.ended_by = minute, by
        sitting.score = 0
        for sheet in sitting.current:
            sheet.grades = 1
            sitting.score += sheet.counts == self.key(sheet)

    def key(self, sheet: Sheet) -> str:
        return str(right(sheet.row)["choice"])

    def option(self, sheet: Sheet, number: int) -> str:
        """An answer that can be given; 0 takes it back."""
        choices: list[str] = [""] + [each["id"] for each in sheet.row.spec.shown.body["choices"]]
        return choices[number]

    def expected(self, request: Request) -> SaveStatus:
        """What the promise says about a delivery, and what the model's trail becomes."""
        sheet, over = request.sheet, self.notice(request.sitting)
        last = sheet.all[-1] if sheet.all else ("", "", 0)
        mine = bool(request.tab) and last[1] == request.tab
        if request.answer == last[0]:
            if mine and request.count > last[2] and not over and not sheet.checked:
                sheet.trail.append(request.entry)  # what it sent in between may still arrive
            return SaveStatus.LATE if sheet.late else SaveStatus.SAVED
        if mine and not sheet.late and request.entry in sheet.trail:
            return SaveStatus.SAVED
        if over:
            sheet.late.append(request.entry)
            return SaveStatus.LATE
        if sheet.checked:
            return SaveStatus.LOCKED
        knows = request.count > last[2] if mine else request.base >= len(sheet.trail)
        if not knows:
            return SaveStatus.CONFLICT
        sheet.trail.append(request.entry)
        return SaveStatus.SAVED

    # What happens -------------------------------------------------------------------------

    @rule(seed=st.integers(0, 1000))
    def start(self, seed: int) -> None:
        running = self.sitting
        if running is not None and not self.notice(running):
            assert start(self.run, self.learner, now=self.now, seed=seed) == running.row
            return
        closed = self.close is not None and self.minute > self.close
        if closed or len(self.sittings) >= self.most:
            with pytest.raises(RefusedError):
                start(self.run, self.learner, now=self.now, seed=seed)
            return
        row = start(self.run, self.learner, now=self.now, seed=seed)
        assert row not in [each.row for each in self.sittings]
        sheets = {item.position: [Sheet(item)] for item in items_of(row)}
        self.sittings.append(Sitting(row, self.minute, sheets))

    @precondition(lambda self: self.sittings)
    @rule(
        target=requests,
        tab=st.sampled_from(TABS),
        place=places,
        number=st.integers(0, 3),
        knows=st.booleans(),
    )
    def compose(self, tab: str, place: int, number: int, knows: bool) -> Request:
        return self.composed(tab, place, number, knows)

    @precondition(lambda self: self.sittings)
    @rule(
        tab=st.sampled_from(TABS),
        place=places,
        numbers=st.lists(st.integers(0, 3), min_size=2, max_size=3),
        order=st.randoms(use_true_random=False),
    )
    def overtake(self, tab: str, place: int, numbers: list[int], order: random.Random) -> None:
        """Several saves of one tab arrive in another order than they were sent."""
        sent = [self.composed(tab, place, number, knows=False) for number in numbers]
        order.shuffle(sent)
        for request in sent:
            self.deliver(request, acknowledged=False)

    def composed(self, tab: str, place: int, number: int, knows: bool) -> Request:
        """A tab shows the newest try; `knows`: it was loaded just now."""
        sitting = self.sittings[-1]
        sheet = sitting.sheets[place][-1]
        if knows:
            self.seen[tab, sheet.row.pk] = len(sheet.all)
        if tab:
            self.count[tab] += 1
        base = self.seen.get((tab, sheet.row.pk), 0)
        return Request(sheet, sitting, self.option(sheet, number), tab, base, self.count[tab])

    @rule(request=requests, acknowledged=st.booleans())
    def arrive(self, request: Request, acknowledged: bool) -> None:
        self.deliver(request, acknowledged)

    def deliver(self, request: Request, acknowledged: bool) -> None:
        before = list(request.sheet.trail)
        status = self.expected(request)
        saved = save_response(
            item=request.sheet.row,
            answer=as_json(request.answer),
            base_revision=request.base,
            client=request.tab,
            sequence=request.count,
            now=self.now,
        )
        assert saved.status is status
        assert saved.revision == len(request.sheet.all)
        if saved.status is SaveStatus.LATE:
            assert saved.answer == as_json(request.answer)
            assert request.sheet.trail == before
        else:
            assert saved.answer == as_json(request.sheet.all[-1][0] if request.sheet.all else "")
        if acknowledged:
            self.seen[request.tab, request.sheet.row.pk] = saved.revision

    @precondition(lambda self: self.sittings)
    @rule(place=places, flagged=st.booleans())
    def flag(self, place: int, flagged: bool) -> None:
        sitting = self.sittings[-1]
        sheet = sitting.sheets[place][-1]
        done = flag_item(item=sheet.row, flagged=flagged, now=self.now)
        assert done is not self.notice(sitting)
        if done:
            sheet.flagged = flagged

    @precondition(lambda self: self.sittings)
    @rule(place=places)
    def check(self, place: int) -> None:
        sitting = self.sittings[-1]
        sheet = sitting.sheets[place][-1]
        if not self.practice:
            with pytest.raises(RefusedError):
                check_item(item=sheet.row, now=self.now)
            return
        grade = check_item(item=sheet.row, now=self.now)
        if not self.notice(sitting):
            sheet.checked, sheet.grades = True, 1
        assert grade is not None
        assert grade.score == (sheet.counts == self.key(sheet))

    @precondition(lambda self: self.sittings)
    @rule(place=places, seed=st.integers(0, 1000))
    def again(self, place: int, seed: int) -> None:
        sitting = self.sittings[-1]
        tries = sitting.sheets[place]
        if not self.practice:
            with pytest.raises(RefusedError):
                try_again(item=tries[0].row, seed=seed, now=self.now)
            return
        row = try_again(item=tries[0].row, seed=seed, now=self.now)
        if not self.notice(sitting) and tries[-1].checked:
            tries.append(Sheet(row))
        assert row == tries[-1].row

    @precondition(lambda self: self.sittings)
    @rule()
    def submit(self) -> None:
        sitting = self.sittings[-1]
        if not self.notice(sitting):
            self.finish(sitting, self.minute, "learner")
        assert not submit_attempt(attempt=sitting.row, now=self.now).is_running

    @rule(minutes=st.sampled_from([1, 2, 5, 11]))
    def wait(self, minutes: int) -> None:
        self.minute += minutes

    @rule(factor=st.sampled_from([2, 3]))
    def give_more_time(self, factor: int) -> None:
        self.factor = max(self.factor, factor)
        extend(self.run, self.learner, time_factor=Decimal(self.factor))

    @precondition(lambda self: self.close == CLOSE)
    @rule()
    def give_a_later_close(self) -> None:
        self.close = 2 * CLOSE
        extend(self.run, self.learner, closes_at=self.at(self.close))

    @rule()
    def give_another_attempt(self) -> None:
        self.most = MOST + 1
        extend(self.run, self.learner, extra_attempts=1)

    @precondition(lambda self: self.sittings)
    @rule(stale=st.booleans())
    def look(self, stale: bool) -> None:
        """From a page that just loaded the attempt, or from one that knew it at its start."""
        sitting = self.sittings[-1]
        row = sitting.row if stale else Attempt.objects.get(pk=sitting.row.pk)
        seen = close_if_over(attempt=row, now=self.now)
        over = self.notice(sitting)
        assert over or seen.is_running

    @rule()
    def sweep(self) -> None:
        running = self.sitting
        closed = close_overdue(now=self.now)
        assert closed == (running is not None and self.notice(running))

    # What holds at all times --------------------------------------------------------------

    @invariant()
    def rows_say_what_the_model_says(self) -> None:
        for sitting in getattr(self, "sittings", []):
            row = Attempt.objects.get(pk=sitting.row.pk)
            finished = None if sitting.ended is None else self.at(sitting.ended)
            assert (row.finished_at, row.closed_by) == (finished, sitting.ended_by)
            assert row.score == sitting.score
            assert row.is_provisional is False
            for tries in sitting.sheets.values():
                for sheet in tries:
                    self.check_sheet(sheet)

    def check_sheet(self, sheet: Sheet) -> None:
        item = AttemptItem.objects.get(pk=sheet.row.pk)
        trail = [
            (each.answer.get("choice", ""), each.client, each.sequence, each.is_late)
            for each in item.responses.all()
        ]
        in_time = [(*entry, False) for entry in sheet.trail]
        assert trail == in_time + [(*entry, True) for entry in sheet.late]
        assert (item.is_flagged, item.checked_at is not None) == (sheet.flagged, sheet.checked)
        assert item.grades.count() == sheet.grades

    def teardown(self) -> None:
        """The proof of the scores, then nothing of this life is left for the next."""
        try:
            for sitting in getattr(self, "sittings", []):
                check = check_attempt(Attempt.objects.get(pk=sitting.row.pk))
                assert check.differences == []
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)


def as_json(answer: str) -> dict[str, Any]:
    return {"choice": answer} if answer else {}


@pytest.mark.django_db
def test_whatever_happens_in_whatever_order_the_model_knows_it() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=80,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
