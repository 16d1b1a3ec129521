"""Whose is what this browser holds, and how it goes: the pages around moving and erasing."""

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import Learner, User
from apps.accounts.services.learners import LEFT_KEY, SESSION_KEY
from apps.classrooms.models import Enrollment
from apps.classrooms.services.joining import join_by_name
from apps.quizzes.models import Attempt
from tests.classrooms.factories import browser_of, enroll, make_classroom, make_user, signed_in
from tests.quizzes.factories import NOW, make_exam, make_learner, start

pytestmark = pytest.mark.django_db
MOVE, ERASE = "/me/move/", "/me/delete/"
PASSWORD = "여덟 글자 넘는 비밀번호"


def leave(client: Client, learner: Learner) -> Client:
    """This browser had that learner before somebody came."""
    session = client.session
    session[LEFT_KEY] = learner.pk
    session.save()
    return client


def busy(learner: Learner | None = None) -> Learner:
    return start(make_exam("single"), learner or make_learner()).learner


def owner() -> Learner:
    return Attempt.objects.get().learner


# ------------------------------------------------------------------------------------- moving


def test_the_question_says_what_this_browser_holds() -> None:
    client = leave(signed_in(make_user("kim")), busy())
    page = client.get(MOVE).content.decode()
    assert "이 브라우저에 로그인하지 않고 푼 기록이 있습니다. 내 계정으로 옮길까요?" in page
    assert "퀴즈 응시" in page
    for button in ("옮기기", "내 기록이 아닙니다", "나중에"):
        assert button in page


def test_somebody_who_joined_by_name_is_named() -> None:
    place = enroll(make_classroom(name="클라우드 1반"), "김하늘")
    page = leave(signed_in(make_user("kim")), place.learner).get(MOVE).content.decode()
    assert "‘김하늘’ 이름으로 ‘클라우드 1반’에서 푼 기록" in page


def test_yes_moves_it_and_leads_on() -> None:
    user = make_user("kim")
    client = leave(signed_in(user), busy())
    response = client.post(MOVE, {"action": "move", "next": "/quizzes/"})
    assert (response.status_code, response["Location"]) == (302, "/quizzes/")
    assert owner().user == user
    assert LEFT_KEY not in client.session


def test_a_second_press_is_harmless() -> None:
    user = make_user("kim")
    client, other_tab = leave(signed_in(user), busy()), Client()
    other_tab.cookies = client.cookies
    client.post(MOVE, {"action": "move"})
    assert other_tab.post(MOVE, {"action": "move"}).status_code == 302
    assert owner().user == user
    assert Attempt.objects.count() == 1


def test_not_mine_leaves_it_to_nobody_and_is_asked_no_more() -> None:
    left = busy()
    client = leave(signed_in(make_user("kim")), left)
    client.post(MOVE, {"action": "forget"})
    assert owner() == left
    assert client.get(MOVE).status_code == 302
    client.post(MOVE, {"action": "move"})
    assert owner() == left


def test_later_keeps_the_question_and_my_page_remembers_it() -> None:
    client = leave(signed_in(make_user("kim")), busy())
    assert client.post(MOVE, {"action": "later"}).status_code == 302
    assert client.get(MOVE).status_code == 200
    assert MOVE in client.get("/me/").content.decode()


def test_my_page_asks_nothing_about_a_browser_that_holds_nothing() -> None:
    client = leave(signed_in(make_user("kim")), make_learner())
    assert MOVE not in client.get("/me/").content.decode()


@pytest.mark.parametrize("sent", [{}, {"action": ""}, {"action": "MOVE"}])
def test_a_torn_form_moves_nothing(sent: dict[str, str]) -> None:
    left = busy()
    assert leave(signed_in(make_user("kim")), left).post(MOVE, sent).status_code == 400
    assert owner() == left


def test_without_anything_left_there_is_no_question() -> None:
    client = signed_in(make_user("kim"))
    assert client.get(MOVE)["Location"] == "/me/"
    assert leave(client, make_learner()).get(MOVE)["Location"] == "/me/"  # empty


@pytest.mark.parametrize("next_url", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_it_leads_to_no_other_site(next_url: str) -> None:
    client = leave(signed_in(make_user("kim")), busy())
    assert client.post(MOVE, {"action": "later", "next": next_url})["Location"] == "/me/"


def test_only_the_learner_left_in_this_session_can_be_moved() -> None:
    """Whatever else is sent along."""
    other = busy()
    client = signed_in(make_user("kim"))
    client.post(MOVE, {"action": "move", "left": other.pk, LEFT_KEY: other.pk, "source": other.pk})
    client.post(f"{MOVE}?{LEFT_KEY}={other.pk}", {"action": "move"})
    assert owner() == other


def test_an_accounts_learner_is_never_moved_even_if_the_session_says_so() -> None:
    victim = busy(make_learner("lee"))
    client = leave(signed_in(make_user("kim")), victim)
    assert client.get(MOVE).status_code == 302
    client.post(MOVE, {"action": "move"})
    assert owner() == victim


def test_a_neighbors_name_does_not_go_over_to_another_name() -> None:
    """Two pupils at one computer, both by name: only an account may take a name over."""
    classroom = make_classroom()
    one, other = enroll(classroom, "김하늘"), enroll(classroom, "박바다")
    start(make_exam("single"), one.learner)
    client = leave(browser_of(other.learner), one.learner)
    assert client.get(MOVE).status_code == 302
    client.post(MOVE, {"action": "move"})
    assert owner() == one.learner


def test_what_was_done_without_a_name_may_go_over_to_a_name() -> None:
    place = enroll(make_classroom(), "김하늘")
    client = leave(browser_of(place.learner), busy())
    assert "지금 쓰는 ‘김하늘’ 이름으로" in client.get(MOVE).content.decode()
    client.post(MOVE, {"action": "move"})
    assert owner() == place.learner


def test_nobody_in_particular_takes_nothing_over() -> None:
    left = busy()
    client = leave(Client(), left)
    client.post(MOVE, {"action": "move"})
    assert owner() == left


def test_a_forged_session_value_is_nobody() -> None:
    client = signed_in(make_user("kim"))
    session = client.session
    session[LEFT_KEY] = 999_999
    session.save()
    assert client.get(MOVE).status_code == 302
    assert client.get("/me/").status_code == 200


# ------------------------------------------------------------------------------------ erasing


def account(role: str = "learner") -> User:
    user = make_user("kim", role)
    user.set_password(PASSWORD)
    user.save()
    return user


def test_the_page_says_what_goes_and_what_stays() -> None:
    user = account()
    enroll(make_classroom(name="클라우드 1반"), user)
    page = signed_in(user).get(ERASE).content.decode()
    assert "지워지는 것" in page
    assert "이름 없이 남는 것" in page
    assert "클라우드 1반" in page
    assert User.objects.count() == 2  # and looking erases nothing


def test_an_account_goes_with_password_and_tick_and_the_browser_is_signed_out() -> None:
    user = account()
    attempt = start(make_exam("single"), Learner.objects.create(user=user, created_at=NOW))
    client = signed_in(user)
    response = client.post(ERASE, {"password": PASSWORD, "sure": "yes"})
    assert "계정과 기록을 지웠습니다" in response.content.decode()
    assert not User.objects.exists()
    assert not Attempt.objects.filter(pk=attempt.pk).exists()
    assert list(client.session.keys()) == []


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"sure": "yes"}, "지금 비밀번호를 적어 주세요."),
        ({"sure": "yes", "password": "틀린 비밀번호"}, "비밀번호가 맞지 않습니다."),
        ({"password": PASSWORD}, "되돌릴 수 없습니다"),
    ],
)
def test_without_either_nothing_is_erased(sent: dict[str, str], said: str) -> None:
    response = signed_in(account()).post(ERASE, sent)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert 'aria-invalid="true"' in response.content.decode()
    assert User.objects.count() == 1


def test_passwords_are_not_guessed_here_either() -> None:
    client = signed_in(account())
    for _ in range(10):
        client.post(ERASE, {"sure": "yes", "password": "틀린 비밀번호"})
    response = client.post(ERASE, {"sure": "yes", "password": PASSWORD})
    assert response.status_code == 429
    assert "분 뒤에" in response.content.decode()
    assert User.objects.count() == 1


def test_the_only_instructor_of_a_class_is_refused_with_a_way_out() -> None:
    user = account("instructor")
    make_classroom(user, name="클라우드 1반")
    client = signed_in(user)
    assert "‘클라우드 1반’의 담당 강사가 한 명뿐입니다" in client.get(ERASE).content.decode()
    response = client.post(ERASE, {"password": PASSWORD, "sure": "yes"})
    assert response.status_code == 409
    assert "보관한 뒤에" in response.content.decode()
    assert User.objects.count() == 1


def test_a_learner_by_name_goes_with_the_personal_code() -> None:
    """Not with the tick alone: the next one at this computer could press that."""
    room = make_classroom()
    room.guests_allowed = True
    room.save()
    place, code = join_by_name(classroom=room, name="김하늘", student_number="", now=timezone.now())
    client = browser_of(place.learner)
    refused = client.post(ERASE, {"sure": "yes"})
    assert refused.status_code == 422
    assert 'aria-invalid="true"' in refused.content.decode()
    wrong = client.post(ERASE, {"sure": "yes", "entry_code": "WRNGCDE2"})
    assert wrong.status_code == 422
    assert "아무것도 지우지 않았습니다" in wrong.content.decode()
    assert Enrollment.objects.get().name == "김하늘"
    assert client.post(ERASE, {"sure": "yes", "entry_code": code}).status_code == 200
    assert Enrollment.objects.get().name == "탈퇴한 학습자"
    assert SESSION_KEY not in client.session
    assert "아직 읽은 레슨이 없습니다" in client.get("/me/").content.decode()


def test_a_personal_code_cannot_be_guessed_here() -> None:
    place = enroll(make_classroom(), "김하늘")
    place.entry_digest = "0" * 64
    place.save()
    client = browser_of(place.learner)
    for _ in range(10):
        assert client.post(ERASE, {"sure": "yes", "entry_code": "WRNGCDE2"}).status_code == 422
    assert client.post(ERASE, {"sure": "yes", "entry_code": "WRNGCDE2"}).status_code == 429


def test_a_browser_without_a_name_goes_with_the_tick_alone() -> None:
    learner = Learner.objects.create(created_at=timezone.now())
    client = browser_of(learner)
    assert client.post(ERASE, {}).status_code == 422
    assert client.post(ERASE, {"sure": "yes"}).status_code == 200


def test_nobody_has_nothing_to_erase(client: Client) -> None:
    assert client.get(ERASE)["Location"] == "/me/"
    assert client.post(ERASE, {"sure": "yes"})["Location"] == "/me/"
