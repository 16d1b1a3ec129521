"""New questions, and drafts of their wordings."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.quizzes.domain.reading import dump_question
from apps.quizzes.domain.spec import Level
from apps.quizzes.models import Authorship, Pool, Question, QuestionTag, QuestionVersion
from apps.studio.models import Draft
from apps.studio.services.refusals import StaleError

OTHER_TOPIC = "other"
"""기타: the topic of what belongs to none of the course's."""
LONGEST_TAG, MOST_TAGS = 40, 12


def new_question(*, owner: User, pool: str = Pool.PRACTICE, title: str = "") -> Question:
    """An unpublished question of an instructor: it has no wording yet. Saved."""
    identity = uuid.uuid4()
    return Question.objects.create(
        uuid=identity,
        slug=f"q-{identity.hex}",
        authorship=Authorship.STUDIO,
        owner=owner,
        title=title,
        pool=pool,
        topic=OTHER_TOPIC,
    )


@transaction.atomic
def start_question(
    *,
    owner: User,
    document: dict[str, Any],
    now: dt.datetime,
    title: str = "",
    pool: str = Pool.PRACTICE,
    tags: Sequence[str] = (),
) -> Draft:
    """A new question with its first draft. `document` needs a kind; the rest may be missing."""
    question = new_question(owner=owner, pool=pool, title=title)
    document = {
        "topic": OTHER_TOPIC,
        "level": Level.UNDERSTAND.label,
        "difficulty": 2,
        **document,
    }
    return Draft.objects.create(
        question=question,
        editor=owner,
        title=title,
        pool=pool,
        tags=clean_tags(tags),
        document=document,
        created_at=now,
        updated_at=now,
    )


@transaction.atomic
def draft_of(
    *, question: Question, editor: User, now: dt.datetime, live: int | None = None
) -> Draft:
    """This instructor's draft; a new one starts from the live wording.

    `live` is the number of the version that the instructor has before the eyes, if that may be
    another one than is live now: then publishing will say so.
    """
    document = dump_question(question.current.spec) if question.current else {}
    draft, _ = Draft.objects.get_or_create(
        question=question,
        editor=editor,
        defaults={
            "base": question.current if live is None else _version(question, live),
            "title": question.title,
            "pool": question.pool,
            "tags": tags_of(question),
            "document": document,
            "created_at": now,
            "updated_at": now,
        },
    )
    return draft


def _version(question: Question, number: int) -> QuestionVersion | None:
    return question.versions.filter(number=number).first()


@transaction.atomic
def save_draft(
    *,
    draft: Draft,
    document: dict[str, Any],
    title: str,
    pool: str,
    tags: Sequence[str],
    base_revision: int,
    now: dt.datetime,
) -> Draft:
    """Keep what was typed, valid or not. Raises StaleError where another tab saved meanwhile."""
    stored = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    wanted = {"document": document, "title": title[:120], "pool": pool, "tags": clean_tags(tags)}
    if all(getattr(stored, name) == value for name, value in wanted.items()):
        return stored  # a retry, or nothing new
    if stored.revision != base_revision:
        raise StaleError(
            "다른 창에서 이 초안을 고쳤습니다. 여기에서 쓴 내용은 아직 저장하지 않았습니다."
        )
    for name, value in wanted.items():
        setattr(stored, name, value)
    stored.revision += 1
    stored.updated_at = now
    stored.save()
    return stored


def rebase_draft(*, draft: Draft, onto: QuestionVersion, now: dt.datetime) -> None:
    """The draft has seen this version: publishing it is no surprise to anybody any more."""
    Draft.objects.filter(pk=draft.pk).update(base=onto, updated_at=now)


@transaction.atomic
def discard_draft(*, draft: Draft) -> None:
    """Throw the draft away; a question that was never published goes with its last draft."""
    question = draft.question
    draft.delete()
    if question.current_id is None and not question.drafts.exists():
        question.delete()


def clean_tags(tags: Sequence[str]) -> list[str]:
    """Tags as they are kept: no space around, none twice, in order, bounded."""
    cleaned = (" ".join(tag.split())[:LONGEST_TAG] for tag in tags)
    return list(dict.fromkeys(tag for tag in cleaned if tag))[:MOST_TAGS]


def tags_of(question: Question) -> list[str]:
    return list(question.tags.values_list("name", flat=True))


def set_tags(question: Question, tags: Sequence[str]) -> None:
    """Exactly these."""
    wanted = clean_tags(tags)
    question.tags.exclude(name__in=wanted).delete()
    known = set(tags_of(question))
    QuestionTag.objects.bulk_create(
        (QuestionTag(question=question, name=name) for name in wanted if name not in known),
        ignore_conflicts=True,  # somebody else adds the same at the same time
    )
