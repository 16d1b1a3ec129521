"""Who may do what with whose questions and quizzes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import AuditEntry, User
from apps.accounts.trail import action_label
from apps.quizzes.models import Authorship, Draw, Pool, Question, Quiz, Right
from apps.studio.services.refusals import RefusedError
from apps.studio.services.sharing import (
    NO_SUCH_INSTRUCTOR,
    Shared,
    change_right,
    hand_over,
    share,
    withdraw,
)
from tests.quizzes import factories
from tests.quizzes.factories import NOW
from tests.studio.factories import make_instructor, make_question, make_quiz

pytestmark = pytest.mark.django_db

MAKERS: dict[str, Callable[[User], Shared]] = {"question": make_question, "quiz": make_quiz}
both = pytest.mark.parametrize("what", list(MAKERS))


def rights(user: User, item: Shared) -> set[str]:
    objects: Any = type(item).objects
    found = {
        "view": objects.visible_to(user),
        "copy": objects.copyable_by(user),
        "edit": objects.editable_by(user),
    }
    return {name for name, rows in found.items() if rows.filter(pk=item.pk).exists()}


def pair(what: str) -> tuple[User, User, Shared]:
    kim, lee = make_instructor("kim"), make_instructor("lee")
    return kim, lee, MAKERS[what](kim)


@both
@pytest.mark.parametrize(
    ("right", "allowed"),
    [
        (Right.VIEW, {"view"}),
        (Right.COPY, {"view", "copy"}),
        (Right.EDIT, {"view", "copy", "edit"}),
    ],
)
@pytest.mark.parametrize("login_name", ["LEE", None])
def test_each_right_includes_those_before_it(
    what: str, right: Right, allowed: set[str], login_name: str | None
) -> None:
    kim, lee, item = pair(what)
    assert rights(lee, item) == set()
    share(item=item, login_name=login_name, right=right, by=kim, now=NOW)
    assert rights(lee, item) == allowed
    assert rights(make_instructor("choi"), item) == (allowed if login_name is None else set())
    assert rights(User.objects.create_user("learner"), item) == set()


@both
def test_owner_and_administrators_may_all(what: str) -> None:
    kim, lee, item = pair(what)
    lee.is_staff = True
    assert rights(kim, item) == rights(lee, item) == {"view", "copy", "edit"}


@both
def test_an_instructor_who_is_none_any_more_may_nothing(what: str) -> None:
    kim, lee, item = pair(what)
    share(item=item, login_name="lee", right=Right.EDIT, by=kim, now=NOW)
    lee.is_instructor = False
    assert rights(lee, item) == set()


@both
def test_withdrawn_it_is_gone_and_both_are_in_the_trail(what: str) -> None:
    kim, lee, item = pair(what)
    kept = share(item=item, login_name="lee", right=Right.COPY, by=kim, now=NOW)
    withdraw(item=item, share_id=kept.pk, by=kim, now=NOW)
    withdraw(item=item, share_id=kept.pk, by=kim, now=NOW)
    assert rights(lee, item) == set()
    entries = list(AuditEntry.objects.order_by("pk"))
    assert [each.action for each in entries] == [f"{what}-shared", f"{what}-withdrawn"]
    assert {each.detail["user"] for each in entries} == {lee.pk}
    assert all(action_label(each) != each.action for each in entries)


@both
def test_another_right_replaces_the_one_before(what: str) -> None:
    kim, lee, item = pair(what)
    kept = share(item=item, login_name="lee", right=Right.EDIT, by=kim, now=NOW)
    change_right(item=item, share_id=kept.pk, right=Right.VIEW, by=kim, now=NOW)
    assert rights(lee, item) == {"view"}
    share(item=item, login_name="lee", right=Right.COPY, by=kim, now=NOW)
    assert rights(lee, item) == {"view", "copy"}
    withdraw(item=item, share_id=kept.pk, by=kim, now=NOW)
    with pytest.raises(RefusedError):
        change_right(item=item, share_id=kept.pk, right=Right.VIEW, by=kim, now=NOW)


@both
@pytest.mark.parametrize("login_name", ["nobody", "learner", "closed"])
def test_who_has_no_instructor_account_is_told_in_one_way(what: str, login_name: str) -> None:
    kim, _, item = pair(what)
    User.objects.create_user("learner")
    make_instructor("closed", is_active=False)
    with pytest.raises(RefusedError, match=NO_SUCH_INSTRUCTOR):
        share(item=item, login_name=login_name, right=Right.VIEW, by=kim, now=NOW)
    with pytest.raises(RefusedError, match=NO_SUCH_INSTRUCTOR):
        hand_over(item=item, login_name=login_name, by=kim, now=NOW)


@both
def test_nobody_shares_with_the_owner(what: str) -> None:
    kim, _, item = pair(what)
    with pytest.raises(RefusedError):
        share(item=item, login_name="kim", right=Right.VIEW, by=kim, now=NOW)


@both
def test_a_colleague_who_may_edit_may_not_share(what: str) -> None:
    kim, lee, item = pair(what)
    share(item=item, login_name="lee", right=Right.EDIT, by=kim, now=NOW)
    make_instructor("choi")
    with pytest.raises(RefusedError):
        share(item=item, login_name="choi", right=Right.VIEW, by=lee, now=NOW)
    with pytest.raises(RefusedError):
        hand_over(item=item, login_name="lee", by=lee, now=NOW)


def test_a_quiz_lets_see_its_questions_and_copied_its_questions_too() -> None:
    kim, lee = make_instructor("kim"), make_instructor("lee")
    asked, other = make_question(kim), make_question(kim)
    quiz = make_quiz(kim, [asked])
    kept = share(item=quiz, login_name="lee", right=Right.VIEW, by=kim, now=NOW)
    assert rights(lee, asked) == {"view"}
    assert rights(lee, other) == set()
    change_right(item=quiz, share_id=kept.pk, right=Right.EDIT, by=kim, now=NOW)
    assert rights(lee, asked) == {"view", "copy"}
    withdraw(item=quiz, share_id=kept.pk, by=kim, now=NOW)
    assert rights(lee, asked) == set()


def test_what_an_own_quiz_asks_stays_visible_but_is_not_copied_any_more() -> None:
    kim, lee = make_instructor("kim"), make_instructor("lee")
    question = make_question(kim)
    kept = share(item=question, login_name="lee", right=Right.COPY, by=kim, now=NOW)
    make_quiz(lee, [question])
    withdraw(item=question, share_id=kept.pk, by=kim, now=NOW)
    assert rights(lee, question) == {"view"}


def test_seeing_questions_by_way_of_quizzes_takes_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    kim, lee = make_instructor("kim"), make_instructor("lee")
    for _ in range(3):
        quiz = make_quiz(kim, [make_question(kim)])
        share(item=quiz, login_name="lee", right=Right.VIEW, by=kim, now=NOW)
    with django_assert_num_queries(1):
        assert len(Question.objects.from_studio().visible_to(lee)) == 3


@both
def test_handed_over_it_is_the_others_and_the_former_owner_may_edit(what: str) -> None:
    kim, lee, item = pair(what)
    share(item=item, login_name="lee", right=Right.VIEW, by=kim, now=NOW)
    hand_over(item=item, login_name="lee", by=kim, now=NOW)
    found: Any = type(item)._default_manager.get(pk=item.pk)
    assert found.owner == lee
    assert [(each.user, each.right) for each in found.shares.all()] == [(kim, Right.EDIT)]
    entry = AuditEntry.objects.order_by("-pk")[0]
    assert (entry.action, entry.detail["user"], entry.detail["before"]) == (
        f"{what}-handed-over",
        lee.pk,
        kim.pk,
    )
    assert action_label(entry) != entry.action


@both
def test_an_administrator_hands_over_what_belongs_to_nobody(what: str) -> None:
    kim, lee, item = pair(what)
    type(item)._default_manager.filter(pk=item.pk).update(owner=None)
    admin = make_instructor("admin", is_staff=True)
    hand_over(item=item, login_name="lee", by=admin, now=NOW)
    assert rights(lee, item) == {"view", "copy", "edit"}
    assert rights(kim, item) == set()


def test_with_a_quiz_go_its_own_questions_or_the_right_to_copy_them() -> None:
    kim, lee, choi = (make_instructor(name) for name in ("kim", "lee", "choi"))
    mine, theirs = make_question(kim), make_question(choi)
    share(item=theirs, login_name=None, right=Right.COPY, by=choi, now=NOW)
    quiz = make_quiz(kim, [mine, theirs])
    done = hand_over(item=quiz, login_name="lee", by=kim, now=NOW)
    assert (done.questions, done.shared) == (0, 1)
    assert rights(lee, mine) == {"view", "copy"}
    quiz.refresh_from_db()
    hand_over(item=quiz, login_name="kim", by=lee, now=NOW)
    quiz.refresh_from_db()
    done = hand_over(item=quiz, login_name="lee", by=kim, now=NOW, with_questions=True)
    assert (done.questions, done.shared) == (1, 0)
    assert rights(lee, mine) == {"view", "copy", "edit"}
    assert Question.objects.get(pk=theirs.pk).owner == choi


def test_a_quiz_that_draws_from_its_owners_questions_is_not_handed_over() -> None:
    kim, _ = make_instructor("kim"), make_instructor("lee")
    quiz = make_quiz(kim)
    Draw.objects.create(
        section=quiz.sections.get(),
        position=1,
        topic="other",
        pool=Pool.PRACTICE,
        source=Authorship.STUDIO,
    )
    with pytest.raises(RefusedError):
        hand_over(item=quiz, login_name="lee", by=kim, now=NOW)
    assert Quiz.objects.get().owner == kim


def address(item: Shared) -> str:
    name = "studio:share" if isinstance(item, Question) else "studio:quiz-share"
    return reverse(name, args=[item.uuid])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


ADD = {"do": "share", "whom": "one", "login_name": "lee", "right": "copy"}


@both
def test_the_page_shares_changes_withdraws_and_hands_over(what: str) -> None:
    kim, lee, item = pair(what)
    client = signed_in(kim)
    response = client.post(address(item), ADD)
    assert response.status_code == 302
    said = client.get(response["Location"]).content.decode()
    assert "공유했습니다" in said
    assert "lee 강사" in said
    kept: Any = item.shares.get()
    sent = {"do": "change", "share": kept.pk, "right": "edit"}
    assert client.post(address(item), sent).status_code == 302
    assert rights(lee, item) == {"view", "copy", "edit"}
    assert client.post(address(item), {"do": "withdraw", "share": kept.pk}).status_code == 302
    assert rights(lee, item) == set()
    sent = {"do": "hand-over", "new_owner": "lee", "sure": "on"}
    assert client.post(address(item), sent).status_code == 302
    assert client.get(address(item)).status_code == 403
    assert signed_in(lee).get(address(item)).status_code == 200


@both
@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        ({**ADD, "login_name": ""}, 422, "로그인 이름을 적어 주세요."),
        ({**ADD, "right": "all"}, 422, "보기, 복제, 편집 가운데"),
        ({**ADD, "whom": ""}, 422, "누구와 함께 쓸지"),
        ({**ADD, "login_name": "nobody"}, 409, "찾지 못했습니다"),
        ({"do": "change", "share": "9", "right": "view"}, 409, "그사이 거둔 공유입니다"),
        ({"do": "change", "share": "x", "right": "-"}, 422, "보기, 복제, 편집 가운데"),
        ({"do": "hand-over", "new_owner": "lee"}, 422, "이 칸에 표시해 주세요"),
        ({"do": "hand-over", "new_owner": "nobody", "sure": "on"}, 409, "찾지 못했습니다"),
    ],
)
def test_what_the_page_refuses_it_tells(
    what: str, sent: dict[str, str], status: int, told: str
) -> None:
    kim, _, item = pair(what)
    response = signed_in(kim).post(address(item), sent)
    assert response.status_code == status
    assert told in response.content.decode()
    assert item.shares.count() == 0


@both
def test_who_may_open_the_page(what: str) -> None:
    kim, lee, item = pair(what)
    admin = make_instructor("admin", is_staff=True)
    learner = User.objects.create_user("learner")
    statuses = [
        signed_in(each).get(address(item)).status_code for each in (kim, admin, lee, learner)
    ]
    assert statuses == [200, 200, 404, 403]
    share(item=item, login_name="lee", right=Right.EDIT, by=kim, now=NOW)
    assert signed_in(lee).get(address(item)).status_code == 403
    assert signed_in(lee).post(address(item), ADD).status_code == 403
    assert Client().get(address(item)).status_code == 302


def test_what_comes_from_files_is_nobodys_to_share() -> None:
    admin = make_instructor("admin", is_staff=True)
    question = factories.make_question("single")
    quiz = factories.make_quiz([question])
    assert signed_in(admin).get(address(question)).status_code == 403
    assert signed_in(admin).get(address(quiz)).status_code == 403


def test_the_page_of_a_quiz_names_the_questions_that_are_seen_with_it(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    kim = make_instructor("kim")
    quiz = make_quiz(kim, [make_question(kim, title=f"문제 이름 {number}") for number in range(4)])
    client = signed_in(kim)
    with django_assert_max_num_queries(10):
        said = client.get(address(quiz)).content.decode()
    assert "함께 보이는 문제 4개" in said
    assert said.index("문제 이름 0") < said.index("문제 이름 3")


PAGES = ("publish", "history", "version", "restore")


@pytest.mark.parametrize(
    ("right", "statuses"),
    [
        (None, [404, 404, 404, 404]),
        (Right.VIEW, [403, 200, 200, 403]),
        (Right.COPY, [403, 200, 200, 403]),
        (Right.EDIT, [200, 200, 200, 200]),
    ],
)
def test_what_each_right_opens(right: Right | None, statuses: list[int]) -> None:
    kim, lee, item = pair("question")
    if right is not None:
        share(item=item, login_name="lee", right=right, by=kim, now=NOW)
    found = []
    for name in PAGES:
        number = [1] if name in {"version", "restore"} else []
        page = reverse(f"studio:{name}", args=[item.uuid, *number])
        found.append(signed_in(lee).get(page).status_code)
    assert found == statuses


def test_the_versions_of_a_shipped_question_can_be_seen_and_not_changed() -> None:
    kim = make_instructor("kim", is_staff=True)
    question = factories.make_question("single")
    client = signed_in(kim)
    history = client.get(reverse("studio:history", args=[question.uuid]))
    assert history.status_code == 200
    assert "기본 제공" in history.content.decode()
    assert client.get(reverse("studio:publish", args=[question.uuid])).status_code == 403
    assert client.get(reverse("studio:restore", args=[question.uuid, 1])).status_code == 403
