"""The form of a question: kept whatever is typed, told at its place, never undone by a tab."""

import re
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.quizzes.models import Question
from apps.studio.forms.editor import fields_of
from apps.studio.models import Draft
from apps.studio.services.publishing import publish
from apps.studio.services.writing import draft_of
from tests.quizzes.factories import EVERY_KIND, NOW, TYPED
from tests.studio.factories import make_draft, make_instructor, make_question


def save_quietly(desk: Client, draft: Draft, post: dict[str, str]) -> Any:
    """As the script saves while one types."""
    return desk.post(address(draft), post, HTTP_ACCEPT="application/json")


def form_of(draft: Draft, **changed: str) -> dict[str, str]:
    """What the page of this draft would send."""
    return {
        **fields_of(draft.document),
        "kind": draft.document["kind"],
        "title": draft.title,
        "pool": draft.pool,
        "tags": ", ".join(draft.tags),
        "revision": str(draft.revision),
        **changed,
    }


def address(draft: Draft, name: str = "edit") -> str:
    return f"/studio/questions/{draft.question.uuid}/{name}/"


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_has_a_form_that_shows_and_saves_it(
    kind: str, desk: Client, teacher: User
) -> None:
    draft = make_draft(teacher, kind)
    page = desk.get(address(draft))
    assert page.status_code == 200
    assert 'id="editor"' in page.text
    answer = desk.post(address(draft), form_of(draft, stem="새로 쓴 글", go="save"))
    assert answer.headers["Location"] == address(draft) + "?checked=1"
    saved = Draft.objects.get(pk=draft.pk)
    assert saved.document == {**draft.document, "stem": "새로 쓴 글"}
    assert saved.revision == 2


@pytest.mark.parametrize("kind", TYPED)
def test_what_the_page_shows_is_what_it_sends_back(kind: str, desk: Client, teacher: User) -> None:
    """Read from the page itself: every control of the document stands in it."""
    draft = make_draft(teacher, kind)
    page = desk.get(address(draft)).text
    for name, text in fields_of(draft.document).items():
        assert not text or f'name="{name}"' in page, name


@pytest.mark.parametrize("kind", TYPED)
def test_a_kind_is_chosen_and_the_question_begins(kind: str, desk: Client, teacher: User) -> None:
    answer = desk.post("/studio/questions/new/", {"kind": kind})
    draft = Draft.objects.get()
    assert answer.headers["Location"] == address(draft)
    assert draft.question.owner == teacher
    page = desk.get(address(draft))
    assert page.status_code == 200
    assert '<li class="said__problem">' not in page.text  # nothing was done wrong yet


@pytest.mark.parametrize("kind", ["", "none", "scenario"])
def test_nothing_begins_without_a_kind_to_write(kind: str, desk: Client) -> None:
    answer = desk.post("/studio/questions/new/", {"kind": kind})
    assert answer.status_code == 422
    assert not Draft.objects.exists()


def test_a_draft_without_a_kind_asks_for_one(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher)
    Draft.objects.update(document={})
    assert "문제의 종류 고르기" in desk.get(address(draft)).text
    assert desk.post(address(draft), {"kind": "essay"}).status_code == 302
    assert Draft.objects.get().document["kind"] == "essay"
    assert 'id="editor"' in desk.get(address(draft)).text


def test_findings_stand_at_their_fields(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher)
    choices = [{"text": "가", "right": True}, {"text": "", "right": False}, {"text": "다"}]
    Draft.objects.update(document={**draft.document, "choice": choices})
    page = desk.get(address(draft) + "?checked=1").text
    control = re.search(r'<textarea[^>]*id="f-choice-1-text"[^>]*>', page)
    assert control
    assert 'aria-invalid="true"' in control[0]
    assert 'aria-describedby="f-choice-1-text-said"' in control[0]
    assert 'id="f-choice-1-text-said"' in page


def test_advice_marks_nothing_as_wrong_and_stops_no_save(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher)
    choices = [{"text": "가", "right": True}, {"text": "나", "right": False}]
    answer = desk.post(
        address(draft),
        {**form_of(draft), **fields_of({**draft.document, "choice": choices}), "go": "save"}
        | {"choice[0].feedback": "", "choice[1].feedback": "", "choice[2].text": ""}
        | {"choice.right": "0", "choice[2].feedback": ""},
    )
    assert answer.status_code == 302
    page = desk.get(answer.headers["Location"]).text
    control = re.search(r'<textarea[^>]*id="f-choice-1-feedback"[^>]*>', page)
    assert control
    assert "aria-invalid" not in control[0]
    assert 'aria-describedby="f-choice-1-feedback-said"' in control[0]
    assert "said__advice" in page
    assert "발행할 수 있습니다" in page


def test_a_finding_without_a_field_of_its_own_is_told_at_the_top(
    desk: Client, teacher: User
) -> None:
    draft = make_draft(teacher)
    Draft.objects.update(document={**draft.document, "surprise": 1})
    page = desk.get(address(draft) + "?checked=1").text
    assert 'id="top-said"' in page


@pytest.mark.parametrize(
    ("changed", "field"), [({"title": "가" * 121}, "f-title"), ({"tags": "나" * 41}, "f-tags")]
)
def test_what_is_too_long_for_its_column_is_refused_in_sight(
    changed: dict[str, str], field: str, desk: Client, teacher: User
) -> None:
    draft = make_draft(teacher)
    answer = desk.post(address(draft), form_of(draft, stem="쓰던 글", go="save", **changed))
    assert answer.status_code == 422
    assert f'id="{field}-said"' in answer.text
    assert "쓰던 글" in answer.text
    assert next(iter(changed.values())) in answer.text
    assert Draft.objects.get().revision == 1


def test_a_row_is_added_without_scripts(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher, "ordering")
    answer = desk.post(address(draft), form_of(draft, go="add-items"))
    assert answer.headers["Location"].endswith("?more=items#f-items-4-row")
    assert 'id="f-items-4"' in desk.get(answer.headers["Location"]).text


def test_rows_are_moved_without_scripts(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher, "ordering")
    was = draft.document["items"]
    desk.post(address(draft), form_of(draft, go="up-items-1"))
    assert Draft.objects.get().document["items"] == [was[1], was[0], *was[2:]]


def test_looking_at_a_published_question_begins_no_draft(desk: Client, teacher: User) -> None:
    question = make_question(teacher)
    page = desk.get(f"/studio/questions/{question.uuid}/edit/")
    assert page.status_code == 200
    assert 'name="revision" value="0"' in page.text
    assert not Draft.objects.exists()


def test_the_first_save_begins_the_draft_of_a_published_question(
    desk: Client, teacher: User
) -> None:
    question = make_question(teacher, title="이름")
    assert question.current
    from apps.quizzes.domain.reading import dump_question

    post = fields_of(dump_question(question.current.spec)) | {"revision": "0", "kind": "single"}
    post |= {"live": str(question.current.number)}
    answer = desk.post(f"/studio/questions/{question.uuid}/edit/", {**post, "stem": "고친 글"})
    assert answer.status_code == 302
    draft = Draft.objects.get()
    assert (draft.base, draft.document["stem"]) == (question.current, "고친 글")


def test_a_draft_begins_with_the_version_that_its_author_read(desk: Client, teacher: User) -> None:
    """Somebody may have published since the page was opened: publishing has to say so."""
    question = make_question(teacher)
    read = question.current
    page = desk.get(f"/studio/questions/{question.uuid}/edit/").text
    assert f'name="live" value="{read.number if read else 0}"' in page
    publish_again(question, teacher)
    desk.post(
        f"/studio/questions/{question.uuid}/edit/",
        {"revision": "0", "kind": "single", "live": "1", "stem": "그 전에 읽은 글을 고쳤습니까?"},
    )
    assert Draft.objects.get().base == read


def publish_again(question: Question, teacher: User) -> None:
    draft = draft_of(question=question, editor=make_instructor("someone"), now=NOW)
    draft.document = {**draft.document, "stem": "다른 강사가 고친 글입니까?"}
    draft.save()
    publish(draft=draft, by=teacher, now=NOW)
    question.refresh_from_db()


def test_a_second_tab_is_told_and_both_wordings_are_shown(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher)
    desk.post(address(draft), form_of(draft, stem="첫 창의 글"))
    answer = desk.post(address(draft), form_of(draft, stem="둘째 창의 글"))
    assert answer.status_code == 409
    assert "첫 창의 글" in answer.text
    assert "둘째 창의 글" in answer.text
    assert Draft.objects.get().document["stem"] == "첫 창의 글"


def test_having_seen_the_stored_wording_this_tab_may_replace_it(
    desk: Client, teacher: User
) -> None:
    draft = make_draft(teacher)
    desk.post(address(draft), form_of(draft, stem="첫 창의 글"))
    page = desk.post(address(draft), form_of(draft, stem="둘째 창의 글")).text
    revision = re.search(r'name="revision" value="([0-9]+)"', page)
    assert revision
    post = form_of(draft, stem="둘째 창의 글", revision=revision[1])
    assert desk.post(address(draft), post).status_code == 302
    assert Draft.objects.get().document["stem"] == "둘째 창의 글"


def test_a_draft_that_is_gone_leaves_what_was_typed(desk: Client, teacher: User) -> None:
    question = make_question(teacher)
    draft = Draft(question=question, revision=3, document={"kind": "essay", "stem": "쓰던 글"})
    answer = desk.post(address(draft), form_of(draft))
    assert answer.status_code == 409
    assert "쓰던 글" in answer.text
    assert 'name="revision" value="0"' in answer.text
    assert desk.post(address(draft), form_of(draft, revision="0")).status_code == 302
    assert Draft.objects.get().document["stem"] == "쓰던 글"


def test_a_question_that_is_gone_may_be_saved_as_a_new_one(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher, "essay", stem="쓰던 글", title="이름")
    post = form_of(draft)
    assert desk.post(address(draft, "discard")).status_code == 302
    assert not Question.objects.exists()
    answer = desk.post(address(draft), post)
    assert answer.status_code == 409
    assert "쓰던 글" in answer.text
    carried = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.text))
    carried.pop("csrfmiddlewaretoken")
    assert desk.post("/studio/questions/new/", carried).status_code == 302
    again = Draft.objects.get()
    assert (again.document["stem"], again.title) == ("쓰던 글", "이름")


def test_a_save_while_typing_answers_with_what_came_of_it(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher)
    post = form_of(draft, stem="치는 중")
    saved = save_quietly(desk, draft, post).json()
    assert (saved["status"], saved["revision"], saved["problems"]) == ("saved", 2, 0)
    assert save_quietly(desk, draft, post).json()["revision"] == 2  # a retry
    refused = save_quietly(desk, draft, {**post, "stem": "다른 창"})
    assert refused.status_code == 409
    assert refused.json()["status"] == "conflict"
    assert "치는 중" in refused.json()["html"]


def test_only_its_editors_open_it(client: Client, teacher: User) -> None:
    draft = make_draft(teacher)
    client.force_login(make_instructor("other"))
    for name in ("edit", "discard"):
        assert client.get(address(draft, name)).status_code == 404
        assert client.post(address(draft, name), form_of(draft)).status_code == 404
    assert client.post(address(draft, "preview"), form_of(draft)).status_code == 404


def test_discarding_asks_first(desk: Client, teacher: User) -> None:
    draft = make_draft(teacher)
    assert desk.get(address(draft, "discard")).status_code == 200
    assert Draft.objects.exists()
    desk.post(address(draft, "discard"))
    assert not Draft.objects.exists()
