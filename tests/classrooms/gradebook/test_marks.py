"""Marking one learner's work: score, excuse and word, taken back, and by two people at once."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.classrooms.access import ArchivedError
from apps.classrooms.domain.standing import Judgment
from apps.classrooms.models import Assignment, Classroom, Enrollment, Mark
from apps.classrooms.services.marking import StaleMarkError, UnfitMarkError
from tests.classrooms.factories import enroll, make_classroom, make_user, signed_in
from tests.classrooms.gradebook.conftest import Clock
from tests.classrooms.gradebook.work import DUE, LATEST, begin, hand_in, plain, say, words
from tests.classrooms.work_factories import assign_quiz, assign_reading
from tests.quizzes.factories import HOUR, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(classroom: Classroom) -> Assignment:
    return assign_quiz(classroom, closes_at=DUE, late_until=LATEST, late_deduction=25)


@pytest.fixture
def learner(classroom: Classroom) -> Enrollment:
    return enroll(classroom, "김하늘", student_number="7")


def page_of(assignment: Assignment, learner: Enrollment) -> str:
    return f"/assignments/{assignment.public_id}/marks/{learner.public_id}/"


def form(verdict: str = "score", **fields: Any) -> dict[str, Any]:
    values = {"score": "1.5", "reason": "복수 정답", "comment": "", "base": 0}
    return {"verdict": verdict, **values, **fields}


def base_of(page: str) -> int:
    found = re.search(r'name="base" value="(\d+)"', page)
    assert found
    return int(found[1])


def test_the_page_shows_the_attempts_and_why_the_score_is_what_it_is(
    assignment: Assignment, learner: Enrollment, desk: Client, clock: Clock
) -> None:
    hand_in(assignment, learner, right_ones=0)
    hand_in(assignment, learner, right_ones=2, now=DUE + HOUR)
    clock.now = DUE + 2 * HOUR
    page = words(desk, page_of(assignment, learner))
    assert "지각 제출 1.5 / 2점" in page
    assert "응시 2회 가운데 점수가 가장 높은 2번째 응시의 점수입니다." in page
    assert "늦게 제출해 2점에서 25%를 빼면 1.5점입니다." in page
    assert "2 / 2점 → 감점 뒤 1.5점" in page
    assert page.count("성적에 들어감") == 1


def test_who_has_handed_in_nothing_is_told_apart_before_and_after_the_due_time(
    assignment: Assignment, learner: Enrollment, desk: Client, clock: Clock
) -> None:
    assert "아직 제출한 응시가 없습니다." in words(desk, page_of(assignment, learner))
    clock.now = DUE + HOUR
    late = words(desk, page_of(assignment, learner))
    assert "마감까지 제출한 응시가 없어 0점입니다. 지각 제출을 아직 받고 있어" in late
    clock.now = LATEST + HOUR
    assert "지각 제출을 아직" not in words(desk, page_of(assignment, learner))


def test_a_running_attempt_is_named_as_such(
    assignment: Assignment, learner: Enrollment, desk: Client
) -> None:
    begin(assignment, learner)
    page = words(desk, page_of(assignment, learner))
    assert "응시 중" in page
    assert "2026년 3월 6일 (금) 18:00에 시작해 풀고 있습니다." in page


def test_a_score_is_set_with_its_reason_and_stands_in_the_history(
    assignment: Assignment, learner: Enrollment, desk: Client, teacher: User
) -> None:
    hand_in(assignment, learner, right_ones=1)
    response = desk.post(page_of(assignment, learner), form(comment="잘 썼습니다."), follow=True)
    page = plain(response.content.decode().split("<main", 1)[1])
    assert "평가를 저장했습니다." in page
    assert "제출 1.5 / 2점 점수 고침" in page
    assert "계산한 점수는 1점입니다. 한 번 응시한 점수입니다." in page
    assert "성적에 들어감" not in page
    assert "김강사 지금 적용 점수를 1.5점으로 정했습니다. 이유: 복수 정답 잘 썼습니다." in page
    assert Mark.objects.get().made_by == teacher


def test_an_override_is_taken_back_and_both_words_stay(
    assignment: Assignment, learner: Enrollment, desk: Client
) -> None:
    hand_in(assignment, learner, right_ones=1)
    address = page_of(assignment, learner)
    desk.post(address, form())
    base = base_of(desk.get(address).content.decode())
    desk.post(address, form("computed", score="", reason="", base=base))
    page = words(desk, address)
    assert "제출 1 / 2점" in page
    assert "점수 고침" not in page
    assert Mark.objects.count() == 2


def test_an_excuse_wants_a_reason_and_takes_the_score_out(
    assignment: Assignment, learner: Enrollment, desk: Client
) -> None:
    address = page_of(assignment, learner)
    refused = desk.post(address, form("excused", reason=" "))
    assert refused.status_code == 422
    assert "이유를 적어야 합니다." in refused.content.decode()
    desk.post(address, form("excused", reason="병결"))
    assert "면제" in words(desk, address)
    assert Mark.objects.get().score is None


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"score": "2.01"}, "0점부터 2점까지"),
        ({"score": "-1"}, "0점부터 2점까지"),
        ({"score": ""}, "몇 점인지 적으십시오."),
        ({"score": "두 점"}, "7.5처럼 숫자로"),
        ({"score": "NaN"}, "7.5처럼 숫자로"),
        ({"score": "1.555"}, "소수 둘째 자리까지"),
        ({"score": "9" * 40}, "점수가 너무"),
        ({"reason": ""}, "이유를 적어야 합니다."),
        ({"reason": "가" * 301}, "300자까지"),
        ({"comment": "가" * 2001}, "2000자까지"),
        ({"verdict": ""}, "평가를 하나 고르십시오."),
        ({"verdict": "perfect"}, "목록에 있는 평가"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_typed_is_lost(
    assignment: Assignment,
    learner: Enrollment,
    desk: Client,
    fields: dict[str, str],
    message: str,
) -> None:
    sent = form(**{"comment": "다시 보았습니다.", **fields})
    response = desk.post(page_of(assignment, learner), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert 'aria-invalid="true"' in page
    assert sent["comment"] in page
    assert sent["reason"] in page
    assert not Mark.objects.exists()


def test_of_two_instructors_the_second_sees_what_the_first_wrote_and_loses_nothing(
    assignment: Assignment, learner: Enrollment, desk: Client
) -> None:
    other = make_user(role="admin", display_name="박강사")
    address = page_of(assignment, learner)
    first_seen = base_of(desk.get(address).content.decode())
    assert signed_in(other).post(address, form(score="2", reason="발표")).status_code == 302
    response = desk.post(address, form(base=first_seen, comment="내 말"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "박강사 강사: 점수를 2점으로 정했습니다. 이유: 발표" in plain(page)
    assert 'value="복수 정답"' in page
    assert "내 말</textarea>" in page
    assert Mark.objects.count() == 1
    # What was answered knows theirs: saving again is a decision, not an accident.
    assert desk.post(address, form(base=base_of(page))).status_code == 302
    assert Mark.objects.count() == 2


def test_a_form_that_is_mended_still_carries_what_it_saw(
    assignment: Assignment, learner: Enrollment, desk: Client
) -> None:
    address = page_of(assignment, learner)
    say(assignment, learner, Judgment(score=Decimal(2), reason="발표"))
    refused = desk.post(address, form(score="99", base=0))
    assert base_of(refused.content.decode()) == 0
    assert desk.post(address, form(base=0)).status_code == 409


def test_the_same_form_sent_twice_is_one_mark(
    assignment: Assignment, learner: Enrollment, desk: Client
) -> None:
    address = page_of(assignment, learner)
    assert [desk.post(address, form()).status_code for _ in range(2)] == [302, 302]
    assert Mark.objects.count() == 1


@pytest.mark.parametrize("base", ["", "none", "-1", "9" * 400])
def test_a_form_that_forgot_what_it_saw_has_seen_nothing(
    assignment: Assignment, learner: Enrollment, desk: Client, base: str
) -> None:
    address = page_of(assignment, learner)
    assert desk.post(address, form(base=base)).status_code == 302
    assert desk.post(address, form(score="2", base=base)).status_code == 409
    assert Mark.objects.count() == 1


def test_nothing_said_is_nothing_written(
    assignment: Assignment, learner: Enrollment, desk: Client
) -> None:
    desk.post(page_of(assignment, learner), form("computed", score="", reason=""))
    assert not Mark.objects.exists()


def test_an_archived_class_is_read_and_not_marked(
    assignment: Assignment, learner: Enrollment, desk: Client
) -> None:
    Classroom.objects.update(archived_at=NOW)
    address = page_of(assignment, learner)
    assert "보관한 반입니다." in words(desk, address)
    response = desk.post(address, form(comment="적은 말"))
    assert response.status_code == 409
    assert "적은 말" in response.content.decode()
    assert not Mark.objects.exists()


@pytest.mark.usefixtures("course")
def test_a_reading_can_be_excused_but_has_no_score(
    classroom: Classroom, learner: Enrollment, desk: Client
) -> None:
    reading = assign_reading(classroom)
    address = page_of(reading, learner)
    page = desk.get(address).content.decode()
    assert 'name="score"' not in page
    assert "읽은 기록대로" in page
    assert desk.post(address, form("score")).status_code == 422
    assert desk.post(address, form("excused")).status_code == 302
    assert "면제" in words(desk, address)


def test_the_service_refuses_what_no_form_would_send(
    assignment: Assignment, learner: Enrollment
) -> None:
    with pytest.raises(UnfitMarkError, match="만점까지"):
        say(assignment, learner, Judgment(score=Decimal(3), reason="?"))
    with pytest.raises(UnfitMarkError, match="이유"):
        say(assignment, learner, Judgment(is_excused=True))
    say(assignment, learner, Judgment(score=Decimal(2), reason="발표"))
    with pytest.raises(StaleMarkError):
        say(assignment, learner, Judgment(comment="다른 말"), base=0)
    Classroom.objects.update(archived_at=NOW)
    assert not assignment.classroom.is_archived  # as the page was read before that
    with pytest.raises(ArchivedError):
        say(assignment, learner, Judgment(comment="또 다른 말"))


def test_the_neighbors_in_the_list_are_one_press_away(
    assignment: Assignment, learner: Enrollment, classroom: Classroom, desk: Client
) -> None:
    before = enroll(classroom, "앞사람", student_number="6")
    after = enroll(classroom, "뒷사람", student_number="8")
    page = desk.get(page_of(assignment, learner)).content.decode()
    assert f'href="{page_of(assignment, before)}">← 앞사람' in page
    assert f'href="{page_of(assignment, after)}">뒷사람 →' in page


def test_it_is_for_the_instructors_of_this_class_and_its_active_learners(
    assignment: Assignment, learner: Enrollment, teacher: User, desk: Client
) -> None:
    address = page_of(assignment, learner)
    for client, status in [
        (Client(), 302),
        (signed_in(make_user()), 403),
        (signed_in(make_user(role="instructor")), 404),
        (signed_in(make_user(role="admin")), 200),
        (desk, 200),
    ]:
        assert client.get(address).status_code == status
        if status != 200:
            assert client.post(address, form()).status_code == status
    elsewhere = enroll(make_classroom(teacher), "남")
    assert desk.get(page_of(assignment, elsewhere)).status_code == 404
    for state in Enrollment.State:
        Enrollment.objects.filter(pk=learner.pk).update(state=state)
        assert desk.get(address).status_code == (200 if state == "active" else 404)
    assert not Mark.objects.exists()
