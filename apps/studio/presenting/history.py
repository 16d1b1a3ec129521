"""The versions of a question, in words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from apps.accounts.models import User
from apps.quizzes.domain.reading import dump_question
from apps.quizzes.models import Authorship, Question, QuestionVersion
from apps.studio.domain.diff import Part, parts_changed
from apps.studio.presenting.diff import PART_LABELS, changes_key, diff_groups
from apps.studio.presenting.places import told
from apps.studio.presenting.preview import previewed
from apps.studio.presenting.publish import frame
from apps.studio.queries.history import in_use, own_draft, versions_of
from apps.studio.services.publishing import check_document

Json = dict[str, Any]
A_PAGE = 30


@dataclass(frozen=True, slots=True)
class VersionRow:
    version: QuestionVersion
    who: str
    is_live: bool
    is_first: bool
    changed: list[tuple[Part, str]]  # what it changed, with its word; empty for the first


def history_page(question: Question, user: User, *, before: int | None, now: dt.datetime) -> Json:
    """The template's context: the newest versions, or those older than number `before`."""
    versions = versions_of(question)
    if before is not None:
        versions = versions.filter(number__lt=before)
    # One more: the oldest of the page is held against the one before it.
    found = list(versions[: A_PAGE + 1])
    rows = [
        _row(each, older, question) for each, older in zip(found, [*found[1:], None], strict=True)
    ][:A_PAGE]
    return {
        **frame(question, user, now=now),
        "rows": rows,
        "older": rows[-1].version.number if len(found) > A_PAGE else None,
        "newer": before is not None,
        "may_edit": may_edit(question, user),
    }


def _row(version: QuestionVersion, older: QuestionVersion | None, question: Question) -> VersionRow:
    changed = parts_changed(older.spec, version.spec) if older else []
    return VersionRow(
        version,
        who=who_published(version, question),
        is_live=version.pk == question.current_id,
        is_first=older is None,
        changed=[(part, PART_LABELS[part]) for part in changed],
    )


def who_published(version: QuestionVersion, question: Question) -> str:
    if version.author is not None:
        return version.author.get_full_name()
    return "기본 제공" if question.authorship == Authorship.FILE else "지금은 없는 계정"


def may_edit(question: Question, user: User) -> bool:
    return Question.objects.editable_by(user).filter(pk=question.pk).exists()


def version_page(version: QuestionVersion, user: User, *, now: dt.datetime) -> Json:
    """The wording as learners meet it, and how it differs from the one before and from today's."""
    question, live, spec = version.question, version.question.current, version.spec
    older = question.versions.filter(number__lt=version.number).order_by("-number").first()
    is_live = live is not None and live.pk == version.pk
    return {
        **frame(question, user, now=now),
        **previewed(dump_question(spec)),
        "version": version,
        "who": who_published(version, question),
        "is_live": is_live,
        "previous": older,
        "since_previous": diff_groups(older.spec, spec) if older else [],
        "until_live": diff_groups(spec, live.spec) if live and not is_live else [],
        "may_restore": not is_live and may_edit(question, user),
    }


def restore_page(version: QuestionVersion, user: User, *, now: dt.datetime) -> Json:
    """What would change if this wording were the live one again."""
    question, live = version.question, version.question.current
    groups = diff_groups(live.spec, version.spec) if live else []
    checked = check_document(dump_question(version.spec))
    return {
        **frame(question, user, now=now),
        "version": version,
        "who": who_published(version, question),
        "seen": live.number if live else "",
        "groups": groups,
        "key_changes": changes_key(groups),
        "problems": told(checked.problems, question),
        "use": in_use(question, user),
        "own_draft": own_draft(question, user),
    }
