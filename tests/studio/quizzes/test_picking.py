"""Choosing questions, drawing at random, and the settings."""

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.quizzes.models import Draw, Quiz
from tests.quizzes.factories import NOW
from tests.studio.factories import make_instructor, make_question

pytestmark = pytest.mark.django_db

DRAW = {
    "source": "studio",
    "pool": "practice",
    "topic": "other",
    "tag": "",
    "count": "2",
    "points": "1",
}
SETTINGS = {
    "title": "기말",
    "summary": "",
    "topic": "",
    "lesson": "",
    "minutes": "12",
    "feedback": "after_close",
    "time_limit": "20",
    "max_attempts": "2",
    "scoring": "partial",
    "pass_mark": "60",
}


def revision(quiz: Quiz) -> int:
    quiz.refresh_from_db()
    return quiz.revision


def test_several_questions_are_added_at_once(desk: Client, kim: User, quiz: Quiz) -> None:
    more = [make_question(kim, title=name, stem=f"{name}?") for name in ("넷째", "다섯째")]
    page = desk.get(f"/studio/quizzes/{quiz.uuid}/pick/?q=넷째").content.decode()
    assert str(more[0].uuid) in page
    assert str(more[1].uuid) not in page
    sent = {"question": [str(each.uuid) for each in more], "section": "1"}
    response = desk.post(f"/studio/quizzes/{quiz.uuid}/pick/", {**sent, "revision": revision(quiz)})
    assert response["Location"].endswith("#draw-1-4")
    assert Draw.objects.count() == 5


def test_what_is_there_already_cannot_be_ticked(desk: Client, quiz: Quiz) -> None:
    page = desk.get(f"/studio/quizzes/{quiz.uuid}/pick/").content.decode()
    assert page.count("이미 있음") == 3


def test_a_draft_is_refused_with_a_reason_and_the_ticks_stay(
    desk: Client, kim: User, quiz: Quiz
) -> None:
    draft = make_question(kim, published=False, title="덜 쓴 문제")
    whole = make_question(kim, title="다 쓴 문제", stem="다 쓴 문제?")
    sent = {"question": [str(draft.uuid), str(whole.uuid)], "revision": revision(quiz)}
    response = desk.post(f"/studio/quizzes/{quiz.uuid}/pick/?whose=mine", sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "아직 발행하지 않은 초안입니다" in page
    assert page.count(" checked") == 2
    assert Draw.objects.count() == 3


def test_ticks_outside_the_list_are_kept_as_well(desk: Client, kim: User, quiz: Quiz) -> None:
    draft = make_question(kim, published=False, title="덜 쓴 문제")
    sent = {"question": [str(draft.uuid)], "revision": revision(quiz)}
    page = desk.post(f"/studio/quizzes/{quiz.uuid}/pick/?q=없는말", sent).content.decode()
    assert f'<input type="hidden" name="question" value="{draft.uuid}">' in page


def test_questions_of_others_are_asked_only_with_leave(desk: Client, kim: User, quiz: Quiz) -> None:
    lee = make_instructor("lee")
    theirs = make_question(lee, title="남의 문제")
    address = f"/studio/quizzes/{quiz.uuid}/pick/"
    sent = {"question": [str(theirs.uuid)], "revision": revision(quiz)}
    assert desk.post(address, sent).status_code == 409
    theirs.shares.create(user=kim, right="view", shared_at=NOW)
    assert desk.post(address, sent).status_code == 409
    theirs.shares.update(right="copy")
    assert desk.post(address, sent).status_code == 302


def test_a_random_draw_is_counted_then_added_then_changed(
    desk: Client, kim: User, quiz: Quiz
) -> None:
    for name in ("넷째", "다섯째"):
        make_question(kim, title=name, stem=f"{name}?", tags=["기말"])
    address = f"/studio/quizzes/{quiz.uuid}/draw/"
    counted = desk.post(address, {**DRAW, "go": "count"}).content.decode()
    assert "뽑을 수 있는 문제: <strong>2개</strong>" in counted  # three are fixed anyway
    response = desk.post(address, {**DRAW, "go": "save", "revision": revision(quiz)})
    assert response["Location"].endswith("#draw-1-4")
    changed = {**DRAW, "topic": "", "tag": "기말", "count": "1", "points": "2"}
    desk.post(f"{address}?at=1.4", {**changed, "go": "save", "revision": revision(quiz)})
    draw = Draw.objects.get(question=None)
    assert (draw.topic, draw.tag, draw.count, str(draw.points)) == ("", "기말", 1, "2.00")


def test_a_draw_from_nowhere_is_refused_at_its_field(desk: Client, quiz: Quiz) -> None:
    address = f"/studio/quizzes/{quiz.uuid}/draw/"
    response = desk.post(address, {**DRAW, "topic": "", "count": "0", "points": "0"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "주제를 고르거나 꼬리표를 적어 주세요." in page
    assert "id_points_error" in page


def test_a_draw_that_finds_too_few_says_so(desk: Client, quiz: Quiz) -> None:
    address = f"/studio/quizzes/{quiz.uuid}/draw/"
    page = desk.post(address, {**DRAW, "go": "count"}).content.decode()
    assert "<strong>0개</strong>뿐입니다" in page
    desk.post(address, {**DRAW, "go": "save", "revision": revision(quiz)})
    page = desk.get(f"/studio/quizzes/{quiz.uuid}/").content.decode()
    assert "4~5번 무작위 출제: 0문제 가운데 2문제를 뽑을 수는 없습니다." in page


def test_settings_are_kept(desk: Client, quiz: Quiz) -> None:
    address = f"/studio/quizzes/{quiz.uuid}/settings/"
    response = desk.post(address, {**SETTINGS, "revision": revision(quiz)})
    assert response["Location"] == f"/studio/quizzes/{quiz.uuid}/"
    quiz.refresh_from_db()
    assert (quiz.time_limit, quiz.max_attempts, quiz.pass_mark) == (1200, 2, 60)
    assert (quiz.scoring, quiz.shuffle_choices, quiz.minutes) == ("partial", False, 12)
    page = desk.get(address).content.decode()
    assert 'value="20"' in page


def test_wrong_settings_are_told_at_their_fields(desk: Client, quiz: Quiz) -> None:
    address = f"/studio/quizzes/{quiz.uuid}/settings/"
    sent = {**SETTINGS, "title": "", "pass_mark": "101", "revision": revision(quiz)}
    response = desk.post(address, sent)
    assert response.status_code == 422
    assert 'aria-describedby="id_pass_mark_helptext id_pass_mark_error"' in (
        response.content.decode()
    )


def test_settings_on_an_older_quiz_keep_what_was_typed_and_show_what_is_stored(
    desk: Client, quiz: Quiz
) -> None:
    address = f"/studio/quizzes/{quiz.uuid}/settings/"
    old = revision(quiz)
    desk.post(address, {**SETTINGS, "revision": old})
    response = desk.post(address, {**SETTINGS, "title": "쪽지 시험", "revision": old})
    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="쪽지 시험"' in page
    assert "제목: 기말 → 쪽지 시험" in page
    assert f'name="revision" value="{revision(quiz)}"' in page
