"""One learner's exception: given, changed, taken back, and what becomes of it."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import AuditEntry
from apps.classrooms.access import ArchivedError
from apps.classrooms.models import Assignment, Enrollment
from apps.classrooms.services.assigning import NeedsConsentError, RefusedError
from apps.classrooms.services.extending import extend_assignment, withdraw_extension
from apps.content.catalogue import Catalogue
from apps.quizzes.models import Extension
from apps.quizzes.queries import deadline_of
from tests.classrooms.factories import enroll, make_classroom, make_user, signed_in
from tests.classrooms.gradebook.work import begin, hand_in, words
from tests.classrooms.work_factories import assign_quiz, assign_reading, teacher_of
from tests.quizzes.factories import HOUR, MINUTE, NOW

pytestmark = pytest.mark.django_db
DUE = NOW + 24 * HOUR
LATER = "2026-03-08T18:00"  # a day after DUE


def set_quiz(**rules: Any) -> tuple[Assignment, Enrollment]:
    rules = {"closes_at": DUE, "time_limit": 3600, "max_attempts": 1, **rules}
    assignment = assign_quiz(make_classroom(), **rules)
    return assignment, enroll(assignment.classroom, "김하늘")


def give(assignment: Assignment, enrollment: Enrollment, **exception: Any) -> Extension:
    values = {"closes_at": None, "now": NOW, "by": teacher_of(assignment.classroom), **exception}
    return extend_assignment(assignment=assignment, enrollment=enrollment, **values)


def take(assignment: Assignment, enrollment: Enrollment, consent: tuple[str, ...] = ()) -> None:
    withdraw_extension(
        assignment=assignment,
        enrollment=enrollment,
        by=teacher_of(assignment.classroom),
        now=NOW,
        consent=consent,
    )


def page_of(assignment: Assignment) -> tuple[Client, str]:
    client = signed_in(teacher_of(assignment.classroom))
    return client, f"/assignments/{assignment.public_id}/extensions/"


def test_an_extension_is_given_on_its_page() -> None:
    assignment, enrollment = set_quiz()
    client, address = page_of(assignment)
    response = client.post(
        address,
        {
            "do": "extend",
            "learner": str(enrollment.public_id),
            "closes_at": LATER,
            "time_factor": "1.5",
            "extra_attempts": "1",
        },
    )
    assert (response.status_code, response["Location"]) == (302, address)
    extension = Extension.objects.get()
    assert extension.closes_at == DUE + 24 * HOUR
    assert (extension.time_factor, extension.extra_attempts) == (Decimal("1.5"), 1)
    text = words(client, address)
    assert "2026년 3월 8일 (일) 18:00 (한국 시각) · 2일 남음" in text
    assert "90분 (1.5배)" in text
    assert "추가 응시: 1번" in text


def test_giving_again_replaces_what_was_given() -> None:
    assignment, enrollment = set_quiz()
    give(assignment, enrollment, closes_at=DUE + HOUR)
    give(assignment, enrollment, time_factor=Decimal(2))
    extension = Extension.objects.get()
    assert (extension.closes_at, extension.time_factor) == (None, Decimal(2))


def test_the_form_is_filled_with_what_was_given() -> None:
    assignment, enrollment = set_quiz()
    give(assignment, enrollment, closes_at=DUE + 24 * HOUR, time_factor=Decimal("1.5"))
    client, address = page_of(assignment)
    html = client.get(address, {"learner": str(enrollment.public_id)}).content.decode()
    assert f'value="{LATER}"' in html
    assert f'value="{enrollment.public_id}" selected' in html
    assert 'value="1.5' in html


def test_a_running_attempt_goes_on_under_its_extension() -> None:
    assignment, enrollment = set_quiz()
    attempt = begin(assignment, enrollment)
    assert deadline_of(attempt) == NOW + HOUR
    give(assignment, enrollment, time_factor=Decimal("1.5"))
    assert deadline_of(attempt) == NOW + 90 * MINUTE


def test_both_are_kept_in_the_trail() -> None:
    assignment, enrollment = set_quiz()
    give(assignment, enrollment, extra_attempts=2)
    take(assignment, enrollment)
    withdrawn, given = AuditEntry.objects.all()[:2]
    assert (given.action, withdrawn.action) == ("extension-given", "extension-withdrawn")
    assert given.detail["after"]["extra_attempts"] == 2
    assert given.detail["enrollment"] == str(enrollment.public_id)
    assert (withdrawn.detail["before"], withdrawn.detail["after"]) == (given.detail["after"], None)


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"learner": ""}, "learner", "학습자를 골라 주세요."),
        ({"learner": "nobody"}, "learner", "지금 이 반에 있는"),
        ({"closes_at": "모레"}, "closes_at", "읽을 수 없습니다"),
        ({"time_factor": "0.5"}, "time_factor", "1에서 3 사이"),
        ({"time_factor": "3.5"}, "time_factor", "1에서 3 사이"),
        ({"time_factor": "두 배"}, "time_factor", "1에서 3 사이"),
        ({"time_factor": "NaN"}, "time_factor", "1에서 3 사이"),
        ({"time_factor": "1.333"}, "time_factor", "1에서 3 사이"),
        ({"extra_attempts": "-1"}, "extra_attempts", "0에서 20 사이"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(typed: dict[str, str], field: str, says: str) -> None:
    assignment, enrollment = set_quiz()
    client, address = page_of(assignment)
    form = {"do": "extend", "learner": str(enrollment.public_id), **typed}
    response = client.post(address, form)
    assert response.status_code == 422
    assert says in response.context["form"].errors[field][0]
    assert not Extension.objects.exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "늘린 것이 없습니다."),
        ({"closes_at": "2026-03-07T18:00"}, "반 전체의 마감보다 뒤여야 합니다."),
    ],
)
def test_what_is_no_extension_is_refused(typed: dict[str, str], says: str) -> None:
    assignment, enrollment = set_quiz()
    client, address = page_of(assignment)
    form = {"do": "extend", "learner": str(enrollment.public_id), **typed}
    response = client.post(address, form)
    assert response.status_code == 409
    assert says in response.content.decode()


def test_only_what_is_limited_can_be_extended() -> None:
    assignment, enrollment = set_quiz(closes_at=None, time_limit=None)
    client, address = page_of(assignment)
    html = client.get(address).content.decode()
    assert 'name="extra_attempts"' in html
    assert 'name="closes_at"' not in html
    assert 'name="time_factor"' not in html
    extension = give(
        assignment,
        enrollment,
        closes_at=DUE,
        time_factor=Decimal(2),
        extra_attempts=1,
    )
    assert (extension.closes_at, extension.time_factor) == (None, Decimal(1))


def test_where_nothing_is_limited_the_page_says_so() -> None:
    assignment, _ = set_quiz(closes_at=None, time_limit=None, max_attempts=None)
    client, address = page_of(assignment)
    assert "늘릴 것이 없습니다" in words(client, address)


def test_taking_back_under_a_running_attempt_is_asked_first() -> None:
    assignment, enrollment = set_quiz()
    give(assignment, enrollment, time_factor=Decimal(2))
    begin(assignment, enrollment)
    client, address = page_of(assignment)
    form = {"do": "withdraw", "learner": str(enrollment.public_id)}
    response = client.post(address, form)
    assert response.status_code == 409
    assert "앞당겨집니다" in response.content.decode()
    assert Extension.objects.exists()
    consent = list(response.context["withdraw_consequences"])
    assert client.post(address, {**form, "consent": consent}).status_code == 302
    assert not Extension.objects.exists()


def test_giving_less_than_before_under_a_running_attempt_is_asked_first() -> None:
    assignment, enrollment = set_quiz()
    give(assignment, enrollment, time_factor=Decimal(2))
    begin(assignment, enrollment)
    with pytest.raises(NeedsConsentError, match="앞당겨집니다"):
        give(assignment, enrollment, time_factor=Decimal("1.5"))


def test_taking_back_what_made_work_on_time_is_asked_first() -> None:
    assignment, enrollment = set_quiz(closes_at=NOW - HOUR, late_until=DUE)
    give(assignment, enrollment, closes_at=DUE - HOUR)
    hand_in(assignment, enrollment, right_ones=1)
    with pytest.raises(NeedsConsentError, match="지각이 됩니다"):
        take(assignment, enrollment)


def test_hiding_results_that_are_told_already_is_asked_first() -> None:
    assignment, enrollment = set_quiz(closes_at=NOW - HOUR, feedback="after_close")
    with pytest.raises(NeedsConsentError, match="이미 공개된 과제"):
        give(assignment, enrollment, closes_at=DUE)


def test_taking_back_what_is_not_there_does_nothing() -> None:
    assignment, enrollment = set_quiz()
    take(assignment, enrollment)
    assert not AuditEntry.objects.filter(action="extension-withdrawn").exists()


def test_only_people_of_the_class_are_extended() -> None:
    assignment, _ = set_quiz()
    elsewhere = enroll(make_classroom(), "남의 반")
    removed = enroll(assignment.classroom, "나간 사람", state="removed")
    for enrollment in (elsewhere, removed):
        with pytest.raises(RefusedError, match="지금 이 반에 있는"):
            give(assignment, enrollment, extra_attempts=1)


def test_namesakes_are_told_apart_by_their_number() -> None:
    assignment, _ = set_quiz()
    enroll(assignment.classroom, "이바다", student_number="2601")
    enroll(assignment.classroom, "이바다", student_number="2602")
    client, address = page_of(assignment)
    html = client.get(address).content.decode()
    assert "이바다 (2601)" in html
    assert "이바다 (2602)" in html


def test_who_left_the_class_is_still_listed_and_can_be_taken_back() -> None:
    assignment, enrollment = set_quiz()
    give(assignment, enrollment, extra_attempts=1)
    Enrollment.objects.update(state="removed")
    client, address = page_of(assignment)
    assert "내보냄" in words(client, address)
    client.post(address, {"do": "withdraw", "learner": str(enrollment.public_id)})
    assert not Extension.objects.exists()


def test_a_reading_has_no_extensions(course: Catalogue) -> None:
    assignment = assign_reading(make_classroom())
    client, address = page_of(assignment)
    assert client.get(address).status_code == 404
    with pytest.raises(RefusedError, match="읽기 과제"):
        give(assignment, enroll(assignment.classroom), extra_attempts=1)


def test_nothing_is_extended_in_an_archived_class() -> None:
    assignment, enrollment = set_quiz()
    assignment.classroom.archived_at = NOW
    assignment.classroom.save()
    client, address = page_of(assignment)
    assert client.get(address).status_code == 200
    form = {"do": "extend", "learner": str(enrollment.public_id), "extra_attempts": "1"}
    response = client.post(address, form)
    assert response.status_code == 409
    assert str(ArchivedError()) in response.content.decode()


def test_only_an_instructor_of_the_class_extends(client: Client) -> None:
    assignment, _ = set_quiz()
    _, address = page_of(assignment)
    assert signed_in(make_user(role="instructor")).get(address).status_code == 404
    assert signed_in(make_user()).get(address).status_code == 403
    assert client.get(address).status_code == 302


def test_a_torn_form_changes_nothing() -> None:
    assignment, _ = set_quiz()
    client, address = page_of(assignment)
    assert client.post(address).status_code == 400
    assert client.post(address, {"do": "withdraw", "learner": "x"}).status_code == 400


def test_the_page_does_not_ask_more_with_more_extensions(
    django_assert_max_num_queries: Any,
) -> None:
    assignment, _ = set_quiz()
    for number in range(8):
        give(assignment, enroll(assignment.classroom, f"학습자{number}"), extra_attempts=1)
    client, address = page_of(assignment)
    with django_assert_max_num_queries(9):
        client.get(address)
