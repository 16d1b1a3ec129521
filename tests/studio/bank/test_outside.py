"""What instructors write reaches those it was set to, and shows nowhere else."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from apps.accounts.hooks import all_records
from apps.accounts.models import User
from apps.accounts.services.exporting import export_records
from apps.accounts.services.learners import learner_of
from apps.classrooms.forms.assignments import NewQuizForm
from apps.classrooms.models import Classroom
from apps.classrooms.queries.choices import quiz_choices
from apps.classrooms.services.assigning import RefusedError
from apps.classrooms.services.cloning import clone_classroom, plan_clone
from apps.classrooms.services.rooms import add_instructor, open_classroom
from apps.content.catalogue import Catalogue
from apps.core.maintenance import run_chores
from apps.home.queries.topics import weak_topics
from apps.lessons.models import Lesson
from apps.quizzes.dealing import deal_quiz, drawn_from
from apps.quizzes.models import (
    Attempt,
    Authorship,
    Draw,
    Origin,
    Question,
    QuestionShare,
    Quiz,
    QuizRun,
    QuizShare,
    Right,
    Section,
)
from apps.quizzes.models.words import Feedback
from apps.quizzes.presenting.catalogue import catalogue_groups
from apps.quizzes.services.taking import submit_attempt
from apps.quizzes.told import asked_elsewhere, told_attempts
from apps.reports.models import Report
from apps.reports.services import report_item
from apps.studio.models import Draft, ImportFile
from apps.studio.services.trials import start_trial
from tests.classrooms.work_factories import assign_quiz
from tests.quizzes.factories import NOW, make_learner, make_run, only_item, right, save, start
from tests.quizzes.factories import make_question as make_shipped
from tests.quizzes.factories import make_quiz as make_shipped_quiz
from tests.shipped import bring_in
from tests.studio.factories import make_draft, make_instructor, make_question, make_quiz

LESSON = "sg-vs-nacl"
SECRET = "이 문장은 아무에게도 보이면 안 됩니다"


@pytest.fixture
def room(kim: User) -> Classroom:
    return open_classroom(name="3반", instructor=kim, now=NOW, guests_allowed=False)


@pytest.fixture
def trial(kim: User) -> Attempt:
    """Kim's finished trial of an own quiz with five questions, all answered wrong."""
    quiz = make_quiz(kim, [make_question(kim) for _ in range(5)])
    learner = learner_of(kim, now=NOW)
    attempt = start_trial(quiz=quiz, user=kim, learner=learner, now=NOW, seed=7)
    submit_attempt(attempt=attempt, now=NOW)
    return Attempt.objects.get(pk=attempt.pk)


def test_no_public_page_shows_it(client: Client, kim: User, course: Catalogue) -> None:
    question = make_question(kim, topic=LESSON, stem=SECRET, title=SECRET)
    quiz = make_quiz(kim, [question], title=SECRET, topic=LESSON, lesson=LESSON)
    start_trial(quiz=quiz, user=kim, learner=learner_of(kim, now=NOW), now=NOW, seed=7)
    lesson = Lesson.objects.current().get(slug=LESSON)
    for address in ("/", "/quizzes/", lesson.get_absolute_url(), "/widgets/", "/me/"):
        assert SECRET not in client.get(address).content.decode()
    assert client.get(f"/quizzes/{quiz.slug}/").status_code == 404
    assert client.post(f"/quizzes/{quiz.slug}/trial-{kim.pk}/start/").status_code == 404
    assert quiz not in [entry.quiz for group in catalogue_groups() for entry in group.entries]


def test_another_instructor_sees_nothing_of_it(kim: User, lee: User, course: Catalogue) -> None:
    question = make_question(kim, stem=SECRET, title=SECRET, tags=[SECRET])
    quiz = make_quiz(kim, [question], title=SECRET)
    make_draft(kim, stem=SECRET)
    client = Client()
    client.force_login(lee)
    addresses = (
        "/studio/",
        "/studio/questions/",
        "/studio/quizzes/",
        "/studio/questions/?q=이+문장",
    )
    for address in (*addresses, "/quizzes/", "/classrooms/"):
        response = client.get(address)
        assert SECRET not in response.content.decode()
    for address in (f"/quizzes/{quiz.slug}/sheet/", f"/studio/quizzes/{quiz.uuid}/"):
        assert client.get(address).status_code == 404


def test_shipped_quizzes_draw_shipped_questions_alone(kim: User) -> None:
    shipped = make_shipped("single", topic="s3")
    for _ in range(5):
        make_question(kim, topic="s3", pool="exam")
    quiz = make_shipped_quiz()
    section = Section.objects.create(quiz=quiz, position=1)
    draw = Draw.objects.create(section=section, position=1, topic="s3", pool="exam")
    assert list(drawn_from(draw)) == [shipped]
    (dealt,) = deal_quiz(quiz, seed=7, today=dt.date(2026, 3, 6))
    assert dealt.version.question == shipped


def test_a_draw_of_own_questions_takes_nobody_elses(kim: User, lee: User) -> None:
    own = make_question(kim, tags=["가"])
    make_question(lee, tags=["가"])
    quiz = make_quiz(kim)
    draw = Draw.objects.create(
        section=quiz.sections.get(), position=1, tag="가", pool="practice", source=Authorship.STUDIO
    )
    assert list(drawn_from(draw)) == [own]


def test_loading_the_course_takes_nothing_of_an_instructor_away(
    kim: User, course: Catalogue
) -> None:
    question, quiz = make_question(kim), make_quiz(kim)
    run = QuizRun.objects.create(
        quiz=quiz, origin=Origin.TRIAL, slug="trial-1", title="미리 풀기", feedback="after_submit"
    )
    bring_in()
    for row in (question, quiz, run):
        row.refresh_from_db()
        assert row.retired_at is None
    assert question.owner == kim


def test_loading_the_course_fills_in_what_is_searched(course: Catalogue) -> None:
    assert not Question.objects.from_files().current().filter(search_text="").exists()


def test_an_assignment_offers_shipped_own_and_copyable_quizzes(kim: User, lee: User) -> None:
    shipped, own, copyable, seen, hidden = (
        make_shipped_quiz(title="기본"),
        make_quiz(kim, title="내 것"),
        make_quiz(lee, title="복제 가능"),
        make_quiz(lee, title="보기만"),
        make_quiz(lee, title="안 보임"),
    )
    QuizShare.objects.create(quiz=copyable, user=kim, right=Right.COPY, shared_at=NOW)
    QuizShare.objects.create(quiz=seen, user=kim, right=Right.VIEW, shared_at=NOW)
    groups: dict[str, Any] = dict(quiz_choices(kim)[1:])
    offered = {name: [slug for slug, _ in rows] for name, rows in groups.items()}
    assert offered == {
        "내 퀴즈": [own.slug],
        "다른 강사의 퀴즈": [copyable.slug],
        "연습 문제": [shipped.slug],
    }
    form = NewQuizForm({"quiz": hidden.slug}, user=kim, now=NOW, choices=quiz_choices(kim))
    assert form.has_error("quiz")


def test_the_form_begins_with_the_rules_of_the_quiz(
    desk: Client, kim: User, room: Classroom
) -> None:
    quiz = make_quiz(kim, feedback=Feedback.IMMEDIATE, time_limit=900, max_attempts=3)
    address = f"{room.get_absolute_url()}assignments/new/"
    initial = desk.get(address, {"quiz": quiz.slug}).context["form"].initial
    assert (initial["feedback"], initial["time_limit"], initial["max_attempts"]) == (
        "immediate",
        "15",
        "3",
    )
    hidden = make_quiz(make_instructor("park"), max_attempts=7)
    assert desk.get(address, {"quiz": hidden.slug}).context["form"].initial["max_attempts"] == "1"


def test_nobody_sets_a_quiz_that_is_not_theirs_to_use(
    kim: User, lee: User, room: Classroom
) -> None:
    quiz = make_quiz(lee, [make_question(lee)])
    with pytest.raises(RefusedError, match="다른 강사의 퀴즈"):
        assign_quiz(room, quiz, by=kim)
    QuizShare.objects.create(quiz=quiz, user=None, right=Right.COPY, shared_at=NOW)
    assert assign_quiz(room, quiz, by=kim).run is not None


def test_an_empty_quiz_is_not_set(kim: User, room: Classroom) -> None:
    with pytest.raises(RefusedError, match="문제가 없는"):
        assign_quiz(room, make_quiz(kim), by=kim)


def test_a_class_taught_again_leaves_a_colleagues_quiz_behind(
    kim: User, lee: User, room: Classroom
) -> None:
    assign_quiz(room, make_quiz(kim, [make_question(kim)]), by=kim)
    (planned,) = plan_clone(room, None, dt.UTC, by=lee)
    assert "공유받지 않아서" in planned.problem
    copy = clone_classroom(classroom=room, name="4반", start=None, zone=dt.UTC, by=lee, now=NOW)
    assert copy.assignments.count() == 0


def test_a_colleague_of_the_class_gets_no_sheet_of_it(
    kim: User, lee: User, room: Classroom
) -> None:
    assignment = assign_quiz(room, make_quiz(kim, [make_question(kim)]), by=kim)
    add_instructor(classroom=room, login_name="lee", by=kim, now=NOW)
    for user, prints in ((kim, True), (lee, False)):
        client = Client()
        client.force_login(user)
        page = client.get(assignment.get_absolute_url()).content.decode()
        assert ("문제지 인쇄" in page) == prints


def test_a_trial_stays_out_of_weak_topics(kim: User, trial: Attempt) -> None:
    assert weak_topics(trial.learner, now=NOW) == []
    QuizRun.objects.update(origin=Origin.ASSIGNMENT)
    (row,) = weak_topics(trial.learner, now=NOW)
    assert row.title == "기타"


def test_a_trial_is_called_so_in_the_list_of_attempts(desk: Client, trial: Attempt) -> None:
    assert "미리 풀기" in desk.get("/me/").content.decode()


def test_a_running_trial_is_not_offered_in_the_catalogue(desk: Client, kim: User) -> None:
    quiz = make_quiz(kim, [make_question(kim)], title="나만 아는 퀴즈")
    start_trial(quiz=quiz, user=kim, learner=learner_of(kim, now=NOW), now=NOW, seed=7)
    assert "나만 아는 퀴즈" not in desk.get("/quizzes/").content.decode()


def test_a_running_trial_hides_no_result(kim: User) -> None:
    question, learner = make_question(kim), learner_of(kim, now=NOW)
    quiz = make_quiz(kim, [question])
    taken = start(make_run(quiz), learner)
    submit_attempt(attempt=taken, now=NOW)
    start_trial(quiz=quiz, user=kim, learner=learner, now=NOW, seed=7)
    attempts = [Attempt.objects.select_related("run").get(pk=taken.pk)]
    assert asked_elsewhere([taken.pk], now=NOW) == {}
    assert told_attempts(attempts, now=NOW) == {taken.pk}


def test_the_pages_of_a_trial_belong_to_the_studio(desk: Client, trial: Attempt) -> None:
    response = desk.get(f"/attempts/{trial.public_id}/review/")
    assert response.context["section"] == "studio"
    assert trial.run.get_absolute_url() == f"/studio/quizzes/{trial.run.quiz.uuid}/"


def reported(question: Question, classroom: Classroom | None) -> Report:
    learner = make_learner()
    item = only_item(start(make_run(make_shipped_quiz([question])), learner))
    save(item, right(item))
    return report_item(learner=learner, classroom=classroom, item=item, text="틀림", now=NOW)


def test_a_report_without_a_class_reaches_the_author(kim: User, lee: User) -> None:
    report = reported(make_question(kim), None)
    assert list(Report.objects.inbox_of(kim)) == [report]
    assert not Report.objects.inbox_of(lee).exists()


def test_a_report_from_a_colleagues_class_stays_there(
    kim: User, lee: User, room: Classroom
) -> None:
    report = reported(make_question(lee), room)
    assert list(Report.objects.inbox_of(kim)) == [report]
    assert not Report.objects.inbox_of(lee).exists()


def test_an_account_takes_its_questions_along(kim: User, trial: Attempt) -> None:
    make_question(kim, title="7번", stem="내보낼 문장", tags=["가"])
    make_draft(kim, stem="쓰다 만 문장")
    exported = export_records(trial.learner)["studio"]
    last = exported["questions"][-1]
    assert (last["title"], last["tags"], last["document"]["stem"]) == ("7번", ["가"], "내보낼 문장")
    assert [each["document"]["stem"] for each in exported["drafts"]] == ["쓰다 만 문장"]
    assert len(exported["quizzes"]) == 1


def test_a_learner_without_account_has_written_nothing(db: None) -> None:
    assert export_records(make_learner())["studio"]["questions"] == []


def test_when_an_account_goes_its_drafts_go_and_its_questions_stay(
    kim: User, trial: Attempt
) -> None:
    make_draft(kim)
    question = make_question(kim)
    (records,) = [each for each in all_records() if each.name == "studio"]
    records.release(kim)
    question.refresh_from_db()
    assert question.owner is None
    assert question.current_id is not None
    assert not Draft.objects.exists()
    assert not Question.objects.filter(current=None).exists()
    assert not Attempt.objects.filter(run__origin=Origin.TRIAL).exists()
    assert Quiz.objects.get().owner is None


def test_what_belongs_to_nobody_only_administrators_edit(kim: User, lee: User) -> None:
    question = make_question(kim)
    QuestionShare.objects.create(question=question, user=lee, right=Right.VIEW, shared_at=NOW)
    Question.objects.update(owner=None)
    boss = make_instructor("boss", is_staff=True)
    assert list(Question.objects.editable_by(boss)) == [question]
    assert not Question.objects.editable_by(lee).exists()
    assert list(Question.objects.visible_to(lee)) == [question]


def test_files_that_nobody_decided_on_go_after_a_week(kim: User) -> None:
    common: dict[str, Any] = {"owner": kim, "format": "gift", "data": b"x"}
    week = dt.timedelta(days=7)
    old = ImportFile.objects.create(**common, uploaded_at=NOW - week - dt.timedelta(seconds=1))
    fresh = ImportFile.objects.create(**common, uploaded_at=NOW - week)
    done = ImportFile.objects.create(**common, uploaded_at=old.uploaded_at, applied_at=NOW)
    counts = {each.chore.name: each.count for each in run_chores(NOW, dry_run=True)}
    assert counts["import-files"] == 1
    list(run_chores(NOW, dry_run=False))
    assert set(ImportFile.objects.all()) == {fresh, done}


def test_instructors_find_the_way_into_the_studio(desk: Client, client: Client) -> None:
    assert 'href="/studio/"' in desk.get("/classrooms/").content.decode()
    client.force_login(User.objects.create_user("park"))
    assert 'href="/studio/"' not in client.get("/classrooms/").content.decode()
