"""The instructor's live page: who is where, what is missed, and how little a look costs."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.classrooms.domain.standing import Judgment
from apps.classrooms.models import Assignment, Enrollment
from apps.classrooms.queries.live import live_digest, live_view
from apps.content.catalogue import Catalogue
from apps.lessons.models import Lesson
from apps.lessons.services import mark_read
from apps.quizzes.models import Attempt, Pool
from apps.quizzes.services.taking import check_item, submit_attempt, try_again
from tests.classrooms.assignments.conftest import Clock
from tests.classrooms.factories import browser_of, enroll, make_classroom, make_user, signed_in
from tests.classrooms.gradebook.work import begin, hand_in, say, words
from tests.classrooms.work_factories import (
    assign_quiz,
    assign_reading,
    make_exam_quiz,
    run_of,
    teacher_of,
)
from tests.quizzes.factories import HOUR, MINUTE, NOW, extend, items_of, right, save, wrong

pytestmark = pytest.mark.django_db
DUE = NOW + 24 * HOUR
HTMX = {"HX-Request": "true"}


def set_quiz(*names: str, **rules: Any) -> tuple[Assignment, list[Enrollment]]:
    assignment = assign_quiz(make_classroom(), **rules)
    return assignment, [enroll(assignment.classroom, name) for name in names]


def desk(assignment: Assignment) -> Client:
    return signed_in(teacher_of(assignment.classroom))


def live(assignment: Assignment) -> str:
    return f"/assignments/{assignment.public_id}/live/"


def digest(assignment: Assignment, now: Any = NOW) -> str:
    return live_digest(Assignment.objects.with_targets().get(pk=assignment.pk), now=now)


def view(assignment: Assignment, now: Any = NOW) -> Any:
    return live_view(Assignment.objects.with_targets().get(pk=assignment.pk), now=now)


def test_everybody_is_counted_once_where_they_are() -> None:
    assignment, people = set_quiz(
        "가", "나", "다", "라", "마", "바", closes_at=NOW - HOUR, late_until=DUE
    )
    waiting, working, on_time, late, excused, again = people
    begin(assignment, working)
    hand_in(assignment, on_time, right_ones=1, now=NOW - 2 * HOUR)
    hand_in(assignment, late, right_ones=1)
    say(assignment, excused, Judgment(is_excused=True, reason="병결"))
    hand_in(assignment, again, right_ones=1, now=NOW - 2 * HOUR)
    begin(assignment, again)
    counts = view(assignment).counts
    assert (counts.waiting, counts.working, counts.done) == (1, 2, 2)
    assert (counts.excused, counts.late, counts.total) == (1, 1, 6)
    groups = {row.enrollment: row.group for row in view(assignment).rows}
    assert groups[waiting] == "waiting"
    assert groups[again] == "working"


def test_the_page_says_who_is_where() -> None:
    assignment, (first, second, _) = set_quiz("김하늘", "이바다", "박구름", time_limit=3600)
    attempt = begin(assignment, first)
    item = items_of(attempt)[0]
    save(item, right(item))
    hand_in(assignment, second, right_ones=1)
    text = words(desk(assignment), f"/assignments/{assignment.public_id}/")
    assert "제출1명 응시 중1명 시작하지 않음1명" in text
    assert "김하늘 응시 중 1 / 2문제 2026년 3월 6일 (금) 18:00 시작" in text
    assert "2026년 3월 6일 (금) 19:00까지" in text
    assert "1 / 2점" in text
    assert "18:00:00에 마지막으로 확인했습니다." in text


def test_an_answer_that_was_emptied_is_no_answer() -> None:
    assignment, (person,) = set_quiz("김하늘")
    item = items_of(begin(assignment, person))[0]
    save(item, right(item))
    save(item, {}, base=1, sequence=2)
    assert view(assignment).rows[0].progress.answered == 0


def test_the_median_is_of_those_who_work() -> None:
    assignment, people = set_quiz("가", "나", "다", "라")
    for answered, person in zip((0, 1, 2), people, strict=False):
        for item in items_of(begin(assignment, person))[:answered]:
            save(item, right(item))
    assert view(assignment).median_progress == "2문제 중 1문제"


def test_what_is_over_is_closed_when_the_instructor_looks() -> None:
    assignment, (person,) = set_quiz("김하늘", time_limit=600)
    begin(assignment, person)
    before = digest(assignment)
    assert digest(assignment, NOW + HOUR) != before
    assert Attempt.objects.get().finished_at == NOW + 10 * MINUTE


def test_an_extended_attempt_is_not_closed_by_looking() -> None:
    assignment, (person,) = set_quiz("김하늘", time_limit=600)
    extend(run_of(assignment), person.learner, time_factor=Decimal(2))
    begin(assignment, person)
    digest(assignment, NOW + 15 * MINUTE)
    assert Attempt.objects.get().is_running


def test_the_most_missed_come_first_with_their_number() -> None:
    assignment, people = set_quiz("가", "나", "다", "라")
    for right_ones, person in zip((2, 1, 1, 0), people, strict=True):
        hand_in(assignment, person, right_ones=right_ones)
    missed = view(assignment).missed
    assert [(item.wrong, item.asked, item.percent) for item in missed] == [(3, 4, 75), (1, 4, 25)]
    assert missed[0].stem


def test_below_three_submissions_nothing_is_said_of_questions() -> None:
    assignment, people = set_quiz("가", "나", "다")
    for person in people[:2]:
        hand_in(assignment, person, right_ones=0)
    begin(assignment, people[2])
    assert view(assignment).missed == []
    page = words(desk(assignment), f"/assignments/{assignment.public_id}/")
    assert "세 명 이상 제출하면" in page


def test_of_several_attempts_only_the_counting_one_is_asked() -> None:
    assignment, people = set_quiz("가", "나", "다")
    for person in people:
        hand_in(assignment, person, right_ones=0)
        hand_in(assignment, person, right_ones=2, now=NOW + MINUTE)
    assert view(assignment).missed == []


def test_who_left_the_class_is_not_asked() -> None:
    assignment, people = set_quiz("가", "나", "다")
    for person in people:
        hand_in(assignment, person, right_ones=0)
    people[0].state = Enrollment.State.REMOVED
    people[0].save()
    assert view(assignment).missed == []
    assert view(assignment).counts.total == 2


def test_in_practice_the_first_try_tells_what_is_missed() -> None:
    quiz = make_exam_quiz("single", pool=Pool.PRACTICE)
    assignment = assign_quiz(make_classroom(), quiz, feedback="immediate")
    for name in "가나다":
        attempt = begin(assignment, enroll(assignment.classroom, name))
        (item,) = items_of(attempt)
        save(item, wrong(item))
        check_item(item=item, now=NOW)
        again = try_again(item=item, seed=1, now=NOW)
        save(again, right(again))
        submit_attempt(attempt=attempt, now=NOW)
    (missed,) = view(assignment).missed
    assert (missed.wrong, missed.asked) == (3, 3)


def test_a_learner_never_gets_any_of_it() -> None:
    assignment, people = set_quiz("김하늘", "이바다", "박구름")
    for person in people:
        hand_in(assignment, person, right_ones=0)
    browser = browser_of(people[0].learner)
    assert browser.get(live(assignment)).status_code == 302  # to the sign-in
    page = words(browser, f"/assignments/{assignment.public_id}/")
    assert "많이 틀린 문제" not in page
    assert "이바다" not in page
    account = make_user()
    enroll(assignment.classroom, account)
    assert signed_in(account).get(live(assignment), headers=HTMX).status_code == 403


def test_other_instructors_find_nothing() -> None:
    assignment, _ = set_quiz("가")
    assert signed_in(make_user(role="instructor")).get(live(assignment)).status_code == 404


def test_the_part_alone_for_htmx_and_the_page_for_everybody_else() -> None:
    assignment, _ = set_quiz("가")
    client = desk(assignment)
    part = client.get(live(assignment), headers=HTMX)
    assert b"<html" not in part.content
    assert "HX-Request" in part["Vary"]
    assert b"<html" in client.get(live(assignment)).content
    restored = {**HTMX, "HX-History-Restore-Request": "true"}
    assert b"<html" in client.get(live(assignment), headers=restored).content


def test_signed_out_meanwhile_the_whole_page_goes_to_the_sign_in(client: Client) -> None:
    assignment, _ = set_quiz("가")
    page = f"/assignments/{assignment.public_id}/"
    headers = {**HTMX, "HX-Current-URL": f"http://testserver{page}"}
    response = client.get(live(assignment), headers=headers)
    assert response["HX-Redirect"] == f"/login/?next={page}"
    assert "<" not in response.content.decode()


def test_while_nothing_changes_the_answer_is_304_and_says_when() -> None:
    assignment, (person,) = set_quiz("김하늘")
    begin(assignment, person)
    client = desk(assignment)
    first = client.get(live(assignment), headers=HTMX)
    headers = {**HTMX, "If-None-Match": first["ETag"]}
    second = client.get(live(assignment), headers=headers)
    assert (second.status_code, second.content) == (304, b"")
    assert second["X-Refreshed"] == "18:00:00"
    assert "no-store" in second["Cache-Control"]


def test_the_page_carries_what_the_next_question_sends() -> None:
    assignment, _ = set_quiz("김하늘")
    client = desk(assignment)
    html = client.get(f"/assignments/{assignment.public_id}/").content.decode()
    etag = client.get(live(assignment), headers=HTMX)["ETag"]
    assert etag.replace('"', "\\&quot;") in html
    assert f'hx-get="{live(assignment)}"' in html


def _answer(assignment: Assignment, people: list[Enrollment]) -> None:
    item = items_of(Attempt.objects.get(state="running"))[0]
    save(item, right(item))


def _submit(assignment: Assignment, people: list[Enrollment]) -> None:
    submit_attempt(attempt=Attempt.objects.get(state="running"), now=NOW)


def _begin(assignment: Assignment, people: list[Enrollment]) -> None:
    begin(assignment, people[1])


def _join(assignment: Assignment, people: list[Enrollment]) -> None:
    enroll(assignment.classroom, "새 사람")


def _remove(assignment: Assignment, people: list[Enrollment]) -> None:
    Enrollment.objects.filter(pk=people[1].pk).update(state="removed")


def _swap(assignment: Assignment, people: list[Enrollment]) -> None:
    _remove(assignment, people)
    _join(assignment, people)


def _mark(assignment: Assignment, people: list[Enrollment]) -> None:
    say(assignment, people[1], Judgment(is_excused=True, reason="병결"))


def _extend(assignment: Assignment, people: list[Enrollment]) -> None:
    extend(run_of(assignment), people[0].learner, time_factor=Decimal(2))


def _change_rules(assignment: Assignment, people: list[Enrollment]) -> None:
    run = run_of(assignment)
    run.counts = "last"
    run.save()


def _archive(assignment: Assignment, people: list[Enrollment]) -> None:
    assignment.classroom.archived_at = NOW
    assignment.classroom.save()


CHANGES = [
    *(_answer, _submit, _begin, _join, _remove, _swap, _mark, _extend, _change_rules),
    _archive,
]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_changes_the_digest(change: Any) -> None:
    assignment, people = set_quiz("김하늘", "이바다", time_limit=3600, closes_at=DUE)
    begin(assignment, people[0])
    before = digest(assignment)
    assert digest(assignment) == before
    change(assignment, people)
    assert digest(assignment) != before


@pytest.mark.parametrize("when", [NOW + 2 * HOUR, DUE + MINUTE, DUE + 2 * HOUR])
def test_the_digest_changes_with_the_hour_at_which_states_do(when: Any) -> None:
    assignment, people = set_quiz(
        "김하늘", opens_at=NOW + HOUR, closes_at=DUE, late_until=DUE + HOUR
    )
    extend(run_of(assignment), people[0].learner, closes_at=DUE + 30 * MINUTE)
    assert digest(assignment, when) != digest(assignment, NOW)


def _queries(assignment: Assignment, headers: dict[str, str]) -> int:
    client = desk(assignment)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(live(assignment), headers={**HTMX, **headers})
    return len(queries)


def _class_at_work(size: int) -> Assignment:
    assignment, people = set_quiz(*[f"학습자{number}" for number in range(size)], closes_at=DUE)
    for index, person in enumerate(people):
        if index % 2:
            hand_in(assignment, person, right_ones=index % 3 % 2)
        else:
            begin(assignment, person)
            extend(run_of(assignment), person.learner, closes_at=DUE + HOUR)
    return assignment


def test_a_look_asks_as_often_for_many_learners_as_for_few() -> None:
    few, many = _class_at_work(6), _class_at_work(18)
    assert _queries(many, {}) == _queries(few, {}) <= 28


def test_a_look_without_news_asks_little() -> None:
    assignment = _class_at_work(8)
    etag = desk(assignment).get(live(assignment), headers=HTMX)["ETag"]
    assert _queries(assignment, {"If-None-Match": etag}) <= 10


def test_when_all_is_over_the_page_asks_no_more() -> None:
    assignment, _ = set_quiz("김하늘", closes_at=NOW - HOUR)
    html = desk(assignment).get(f"/assignments/{assignment.public_id}/").content.decode()
    assert "hx-trigger" not in html.split("data-live", 1)[1].split(">", 1)[0]
    assert "모두 마감되어" in html


def test_while_somebody_is_extended_it_goes_on() -> None:
    assignment, (person,) = set_quiz("김하늘", closes_at=NOW - HOUR)
    extend(run_of(assignment), person.learner, closes_at=NOW + HOUR)
    assert not view(assignment).is_final


def test_a_class_without_learners_says_what_to_do() -> None:
    assignment, _ = set_quiz()
    assert "아직 이 반에 학습자가 없습니다." in words(
        desk(assignment), f"/assignments/{assignment.public_id}/"
    )


def test_a_name_is_text_and_nothing_else() -> None:
    assignment, _ = set_quiz('<img src=x onerror="1">')
    html = desk(assignment).get(live(assignment), headers=HTMX).content.decode()
    assert "<img" not in html


def test_of_a_reading_one_sees_who_has_read(course: Catalogue, clock: Clock) -> None:
    lesson = Lesson.objects.current()[0]
    assignment = assign_reading(make_classroom(), lesson, due_at=DUE)
    readers = [enroll(assignment.classroom, name) for name in ("가", "나", "다")]
    before = digest(assignment)
    mark_read(learner=readers[0].learner, lesson=lesson, read=True, now=NOW)
    mark_read(learner=readers[1].learner, lesson=lesson, read=True, now=DUE + HOUR)
    assert digest(assignment) != before
    clock.now = DUE + 2 * HOUR
    counts = view(assignment, clock.now).counts
    assert (counts.done, counts.late, counts.waiting) == (2, 1, 1)
    text = words(desk(assignment), f"/assignments/{assignment.public_id}/")
    assert "읽음2명 (늦게 1명) 읽지 않음1명" in text
    assert "많이 틀린 문제" not in text


def test_the_page_and_its_further_pages_stand_under_the_menu_of_the_class() -> None:
    assignment, (enrollment,) = set_quiz("가")
    work = hand_in(assignment, enrollment, right_ones=1)
    address = f"/assignments/{assignment.public_id}"
    for path, here in (
        ("/", "과제"),
        ("/edit/", "과제"),
        ("/extensions/", "과제"),
        (f"/marks/{enrollment.public_id}/", "성적표"),
        (f"/attempts/{work.public_id}/", "성적표"),
    ):
        page = desk(assignment).get(address + path).content.decode()
        menu = page.split('aria-label="이 반의 메뉴"', 1)[1].split("</nav>", 1)[0]
        assert f'aria-current="true">{here}</a>' in menu, path


def test_progress_has_a_column_only_while_somebody_is_in_the_middle() -> None:
    assignment, (first, second) = set_quiz("가", "나")
    hand_in(assignment, first, right_ones=1)
    assert ">진행</th>" not in desk(assignment).get(live(assignment)).content.decode()
    begin(assignment, second)
    page = desk(assignment).get(live(assignment)).content.decode()
    assert ">진행</th>" in page
    assert "·</span>" not in page
