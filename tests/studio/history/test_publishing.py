"""Drafts become versions: once, by one, and no running attempt notices."""

import datetime as dt
from collections import Counter

import pytest

from apps.quizzes.models import Question, QuestionVersion
from apps.quizzes.services.taking import submit_attempt
from apps.studio.models import Draft
from apps.studio.services.publishing import InvalidError, publish
from apps.studio.services.refusals import RefusedError, StaleError
from apps.studio.services.restoring import restore_version
from apps.studio.services.writing import draft_of, rebase_draft, save_draft
from tests.quizzes.factories import HOUR, NOW, make_run, only_item, start
from tests.studio.factories import make_draft, make_instructor, make_question, make_quiz

pytestmark = pytest.mark.django_db
LATER = NOW + HOUR


def live(question: Question) -> QuestionVersion:
    current = Question.objects.select_related("current").get(pk=question.pk).current
    assert current is not None
    return current


def typed(draft: Draft, *, now: dt.datetime = NOW, **changed: object) -> Draft:
    """The draft after somebody typed."""
    return save_draft(
        draft=draft,
        document={**draft.document, **changed},
        title=draft.title,
        pool=draft.pool,
        tags=draft.tags,
        base_revision=draft.revision,
        now=now,
    )


def test_the_version_knows_who_and_why() -> None:
    kim, lee = make_instructor("kim"), make_instructor("lee")
    question = make_question(kim)
    draft = typed(draft_of(question=question, editor=lee, now=NOW), stem="무엇인가요?")
    publish(draft=draft, by=lee, now=LATER, note="묻는 말을 또렷하게")
    version = live(question)
    assert (version.number, version.author, version.note) == (2, lee, "묻는 말을 또렷하게")
    assert version.published_at == LATER
    assert not Draft.objects.exists()
    assert Question.objects.get().owner == kim


def test_what_cannot_be_asked_is_not_published() -> None:
    draft = make_draft(make_instructor(), stem="")
    with pytest.raises(InvalidError) as caught:
        publish(draft=draft, by=draft.editor, now=NOW)
    assert [each.path for each in caught.value.problems] == ["stem"]
    assert Draft.objects.filter(pk=draft.pk).exists()
    assert not QuestionVersion.objects.exists()


def test_a_draft_that_another_tab_changed_is_not_published() -> None:
    draft = make_draft(make_instructor())
    typed(draft, stem="다른 창에서 쓴 물음은?")
    with pytest.raises(StaleError):
        publish(draft=draft, by=draft.editor, now=NOW)
    assert not QuestionVersion.objects.exists()


def test_publishing_twice_publishes_once() -> None:
    draft = make_draft(make_instructor())
    again = Draft.objects.get(pk=draft.pk)
    publish(draft=draft, by=draft.editor, now=NOW)
    with pytest.raises(StaleError):
        publish(draft=again, by=again.editor, now=NOW)
    assert QuestionVersion.objects.count() == 1


def two_drafts() -> tuple[Draft, Draft]:
    """Kim's and Lee's drafts of one published question, both begun from version 1."""
    kim, lee = make_instructor("kim"), make_instructor("lee")
    question = make_question(kim)
    first = typed(draft_of(question=question, editor=kim, now=NOW), stem="김이 묻나요?")
    second = typed(draft_of(question=question, editor=lee, now=NOW), stem="이가 묻나요?")
    return first, second


def test_who_publishes_second_is_told_and_loses_nothing() -> None:
    first, second = two_drafts()
    publish(draft=first, by=first.editor, now=NOW)
    with pytest.raises(StaleError):
        publish(draft=second, by=second.editor, now=LATER)
    assert live(first.question).author == first.editor
    assert Draft.objects.get().document["stem"] == "이가 묻나요?"


def test_having_seen_the_other_version_it_can_be_published() -> None:
    first, second = two_drafts()
    publish(draft=first, by=first.editor, now=NOW)
    seen = live(first.question)
    publish(draft=second, by=second.editor, now=LATER, seen=seen)
    assert live(first.question).spec.shown.stem == "이가 묻나요?"


def test_having_seen_an_older_one_it_cannot() -> None:
    first, second = two_drafts()
    publish(draft=first, by=first.editor, now=NOW)
    seen = live(first.question)
    third = typed(
        draft_of(question=first.question, editor=first.editor, now=NOW), stem="또 묻나요?"
    )
    publish(draft=third, by=third.editor, now=NOW)
    with pytest.raises(StaleError):
        publish(draft=second, by=second.editor, now=LATER, seen=seen)


def test_rebased_the_draft_keeps_its_text_and_can_be_published() -> None:
    first, second = two_drafts()
    publish(draft=first, by=first.editor, now=NOW)
    rebase_draft(draft=second, onto=live(first.question), now=NOW)
    second.refresh_from_db()
    assert second.document["stem"] == "이가 묻나요?"
    publish(draft=second, by=second.editor, now=LATER)
    assert live(first.question).number == 3


def test_a_running_attempt_keeps_the_version_it_was_dealt() -> None:
    kim = make_instructor()
    question = make_question(kim)
    run = make_run(make_quiz(kim, [question]))
    attempt = start(run)
    before = only_item(attempt).spec
    draft = typed(draft_of(question=question, editor=kim, now=NOW), stem="새 물음은 무엇인가요?")
    publish(draft=draft, by=kim, now=NOW)
    assert only_item(attempt).spec == before
    submit_attempt(attempt=attempt, now=NOW)
    assert only_item(start(run)).spec.shown.stem == "새 물음은 무엇인가요?"


def republished(stem: str) -> Question:
    """A question whose second version asks `stem`."""
    kim = make_instructor()
    question = make_question(kim, title="기억", tags=["중간"])
    draft = typed(draft_of(question=question, editor=kim, now=NOW), stem=stem, topic="sg-vs-nacl")
    publish(draft=draft, by=kim, now=NOW)
    question.refresh_from_db()
    return question


def test_restoring_publishes_the_old_wording_anew_and_can_be_undone() -> None:
    question = republished("새 물음은 무엇인가요?")
    first, second = question.versions.order_by("number")
    assert question.owner is not None
    restore_version(version=first, seen=second, by=question.owner, now=LATER)
    third = live(question)
    assert (third.number, third.digest, third.note) == (
        3,
        first.digest,
        "1번 발행본을 되살렸습니다.",
    )
    question.refresh_from_db()
    assert (question.topic, question.title) == ("other", "기억")
    restore_version(version=second, seen=third, by=question.owner, now=LATER)
    assert live(question).digest == second.digest
    assert question.versions.count() == 4


def test_what_is_live_already_is_not_restored() -> None:
    question = republished("새 물음은 무엇인가요?")
    second = live(question)
    with pytest.raises(RefusedError):
        restore_version(version=second, seen=second, by=make_instructor("lee"), now=LATER)
    assert question.versions.count() == 2


def test_restoring_over_something_unseen_is_refused() -> None:
    question = republished("새 물음은 무엇인가요?")
    first, second = question.versions.order_by("number")
    lee = make_instructor("lee")
    draft = typed(draft_of(question=question, editor=lee, now=NOW), stem="또 다른 물음은?")
    publish(draft=draft, by=lee, now=NOW)
    with pytest.raises(StaleError):
        restore_version(version=first, seen=second, by=lee, now=LATER)


def test_an_old_wording_that_can_be_asked_no_more_is_refused() -> None:
    kim = make_instructor()
    question = make_question(kim)
    first = live(question)
    # As if the lesson had been there when it was published.
    document = {**first.document, "about": {**first.document["about"], "lesson": "gone"}}
    QuestionVersion.objects.filter(pk=first.pk).update(document=document)
    draft = typed(draft_of(question=question, editor=kim, now=NOW), stem="새 물음은?", lesson="")
    publish(draft=draft, by=kim, now=NOW)
    first = QuestionVersion.objects.get(pk=first.pk)
    with pytest.raises(InvalidError) as caught:
        restore_version(version=first, seen=live(question), by=kim, now=LATER)
    assert Counter(each.path for each in caught.value.problems) == {"lesson": 1}
