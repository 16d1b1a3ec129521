"""The demo class: what is in it, and that its pages show it."""

from collections import Counter
from io import StringIO

from django.core.management import call_command
from django.test import Client, TestCase

from apps.accounts.models import User
from apps.classrooms.demo import seeding
from apps.classrooms.domain.standing import Standing, State
from apps.classrooms.models import Assignment, Classroom
from apps.classrooms.queries.standings import standings
from apps.lessons.loading import sync_content
from tests.classrooms.factories import make_user, signed_in
from tests.moments import NOW
from tests.shipped import shipped_content


class TestDemoClass(TestCase):
    """A TestCase for its setUpTestData: 24 learners who answer are made once for all."""

    instructor: User
    room: Classroom

    @classmethod
    def setUpTestData(cls) -> None:
        sync_content(shipped_content(), source_digest="test", now=NOW)
        cls.instructor = make_user("teacher", role="instructor")
        cls.room = seeding.seed(instructor=cls.instructor, now=NOW)

    def standings(self) -> list[tuple[Assignment, list[Standing]]]:
        """By assignment: the exam, the practice, the reading."""
        works = list(self.room.assignments.with_targets())
        people = list(self.room.enrollments.order_by("student_number"))
        found = standings(works, people, now=NOW)
        return [(work, [found[work.pk, person.pk] for person in people]) for work in works]

    def client_of_instructor(self) -> Client:
        return signed_in(self.instructor)

    def test_24_learners_stand_in_the_roster_and_two_share_a_name(self) -> None:
        names = self.room.enrollments.values_list("name", flat=True)
        assert len(names) == 24
        assert Counter(names).most_common(2) == [("예시 하늘", 2), ("예시 가온", 1)]
        numbers = self.room.enrollments.values_list("student_number", flat=True)
        assert len(set(numbers)) == 24

    def test_nobody_can_sign_in_as_one_of_them(self) -> None:
        users = User.objects.filter(learner__enrollments__classroom=self.room)
        assert users.count() == 24
        assert not any(user.has_usable_password() for user in users)
        assert not any(user.may_teach for user in users)

    def test_the_class_is_closed_to_who_has_its_code(self) -> None:
        assert not self.room.join_open

    def test_the_exam_has_every_state_of_a_closed_assignment(self) -> None:
        exam, practice, reading = self.standings()
        assert Counter(each.state for each in exam[1]) == {
            State.DONE_ON_TIME: 20,
            State.DONE_LATE: 2,
            State.MISSING: 1,
            State.EXCUSED: 1,
        }
        late = [each for each in exam[1] if each.state is State.DONE_LATE]
        assert all(each.late_percent == 10 for each in late)
        assert all(each.raw_score and each.score and each.score < each.raw_score for each in late)
        assert {each.state for each in practice[1]} == {
            State.NOT_STARTED,
            State.WORKING,
            State.DONE_ON_TIME,
        }
        assert {each.state for each in reading[1]} == {
            State.DONE_ON_TIME,
            State.DONE_LATE,
            State.MISSING,
        }

    def test_scores_spread_as_in_a_class(self) -> None:
        _, exam = self.standings()[0]
        shares = sorted(
            float(each.raw_score / each.max_score)
            for each in exam
            if each.raw_score is not None and each.max_score
        )
        assert len(set(shares)) >= 15
        assert shares[0] < 0.45
        assert shares[-1] > 0.85
        assert 0.45 < shares[len(shares) // 2] < 0.8

    def test_some_tried_twice_and_one_got_a_comment(self) -> None:
        exam, practice, _ = self.standings()
        assert 2 in {each.attempts for each in practice[1]}
        assert sum(bool(each.comment) for each in exam[1]) == 1

    def test_nothing_happened_in_the_future_or_before_the_class(self) -> None:
        for _, row in self.standings():
            for each in row:
                if each.finished_at is not None:
                    assert self.room.created_at < each.finished_at < NOW

    def test_check_scores_finds_no_difference(self) -> None:
        out = StringIO()
        call_command("check_scores", stdout=out)
        assert "다른 곳이 없습니다." in out.getvalue()
        assert "응시 0건" not in out.getvalue()

    def test_the_gradebook_shows_everybody(self) -> None:
        shown = self.client_of_instructor().get(f"/classrooms/{self.room.public_id}/gradebook/")
        assert shown.status_code == 200
        page = shown.content.decode()
        for person in self.room.enrollments.all():
            assert person.student_number in page
        for word in ("제출", "지각 제출", "미제출", "면제", "응시 중", "늦게 읽음"):
            assert word in page

    def test_the_live_pages_show_everybody(self) -> None:
        client = self.client_of_instructor()
        for work in self.room.assignments.all():
            shown = client.get(f"/assignments/{work.public_id}/live/")
            assert shown.status_code == 200
            assert shown.content.decode().count("예시 하늘") >= 2

    def test_a_second_one_is_refused(self) -> None:
        with self.assertRaisesMessage(seeding.RefusedError, "이미 있습니다"):
            seeding.seed(instructor=self.instructor, now=NOW)
        assert Classroom.objects.count() == 1
