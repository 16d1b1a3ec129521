"""Questions of a file into an instructor's bank: first what would happen, then all at once."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from apps.accounts.models import User
from apps.quizzes.domain.reading import dump_question
from apps.quizzes.domain.spec import QuestionSpec
from apps.quizzes.models import Authorship, Question, QuestionTag, QuestionVersion, Quiz
from apps.quizzes.services.publishing import placed_by
from apps.studio.domain.quiz_changes import MOST_ITEMS, Changed
from apps.studio.exchange.entries import Entry, told_problem
from apps.studio.exchange.gist import gist_of
from apps.studio.exchange.items import ItemFile, Json
from apps.studio.exchange.markup import pictures_named, pictures_of, with_pictures
from apps.studio.exchange.pictures import addresses_of
from apps.studio.exchange.read import FileReading
from apps.studio.exchange.toml_quizzes import read_quiz_table
from apps.studio.models import Draft
from apps.studio.services.pictures import PictureError, keep_picture
from apps.studio.services.publishing import Checked, check_document
from apps.studio.services.quizzes import add_questions, change_quiz, create_quiz
from apps.studio.services.writing import OTHER_TOPIC

_NOTE = "파일에서 가져왔습니다."
_BATCH = 500
_HOLDER = "@@PLUGINFILE@@"


@dataclass(frozen=True, slots=True)
class Planned:
    """One entry and what would be made of it; `number` counts from 1 what is no category.

    `checked` is None where it becomes no question. `known`: a question that asks the same is in
    the bank already, or an earlier entry asks it (`twin`, its number).
    """

    number: int
    entry: Entry
    checked: Checked | None
    known: Question | None = None
    twin: int = 0

    @property
    def is_ready(self) -> bool:
        return self.checked is not None and self.checked.spec is not None

    @property
    def is_draft(self) -> bool:
        return self.checked is not None and self.checked.spec is None

    @property
    def is_double(self) -> bool:
        return self.known is not None or self.twin > 0

    @property
    def problems(self) -> tuple[str, ...]:
        """All that is lost or wrong, each sentence once."""
        found = self.checked.problems if self.checked else ()
        told = (*self.entry.problems, *(told_problem(each) for each in found))
        return tuple(dict.fromkeys(told))


@dataclass(slots=True)
class Brought:
    """What came of a file, in its order."""

    published: list[Question] = field(default_factory=list)
    drafts: list[Question] = field(default_factory=list)
    quizzes: list[Quiz] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    by_slug: dict[str, Question] = field(default_factory=dict)


def plan_import(reading: FileReading, owner: User | None) -> list[Planned]:
    """What would be made of every entry but categories. Two queries, and those of checking."""
    known = _own_gists(owner) if owner else {}
    seen: dict[str, int] = {}
    plan: list[Planned] = []
    for number, entry in enumerate(reading.questions, start=1):
        if entry.document is None:
            plan.append(Planned(number, entry, None))
            continue
        gist = gist_of(entry.document)
        plan.append(
            Planned(
                number,
                entry,
                check_document(entry.document),
                known.get(gist),
                seen.get(gist, 0),
            )
        )
        seen.setdefault(gist, number)
    return plan


def _own_gists(owner: User) -> dict[str, Question]:
    """What the owner has already: live wordings, and drafts of what has none."""
    own = Question.objects.from_studio().filter(owner=owner).select_related("current")
    gists = {
        gist_of(dump_question(question.current.spec)): question
        for question in own
        if question.current is not None
    }
    drafts = Draft.objects.filter(editor=owner, question__current=None).select_related("question")
    return {**{gist_of(draft.document): draft.question for draft in drafts}, **gists}


@transaction.atomic
def bring_in(
    *,
    owner: User,
    plan: Iterable[Planned],
    now: dt.datetime,
    quizzes: Sequence[tuple[int, Json]] = (),
    title: str = "",
) -> Brought:
    """Make questions of all that becomes one: published where it is valid, else a draft.

    `quizzes` are the quizzes of the file; with a `title` one more asks all that was published.
    """
    brought = Brought()
    pairs = [_made(each, owner, now, brought) for each in plan if each.checked is not None]
    Question.objects.bulk_create((question for question, _, _ in pairs), batch_size=_BATCH)
    _publish([(question, checked) for question, _, checked in pairs if checked.spec], owner, now)
    _keep_drafts(pairs, owner, now)
    _tag(pairs)
    for line, table in quizzes:
        _add_quiz(line, table, owner, now, brought)
    if title and brought.published:
        _add_collection(title, owner, now, brought)
    return brought


def _add_quiz(line: int, table: Json, owner: User, now: dt.datetime, brought: Brought) -> None:
    """A quiz of the file asks the questions that came with it, else shipped ones by their name."""
    published = {slug: q for slug, q in brought.by_slug.items() if q.current is not None}

    def find(slug: str) -> str:
        if slug in published:
            return str(published[slug].uuid)
        shipped = Question.objects.from_files().current().filter(slug=slug).first()
        return str(shipped.uuid) if shipped else ""

    read = read_quiz_table(table, find)
    brought.problems += [f"{line}번째 줄의 퀴즈: {sentence}" for sentence in read.problems]
    if read.document is None:
        return
    wanted = read.document
    quiz = create_quiz(owner=owner, title=str(wanted["title"]), now=now)
    change_quiz(
        quiz=quiz,
        by=owner,
        now=now,
        base_revision=None,
        change=lambda before: Changed({**before, **wanted}, _NOTE),
    )
    brought.quizzes.append(quiz)


def _add_collection(title: str, owner: User, now: dt.datetime, brought: Brought) -> None:
    asked = brought.published[:MOST_ITEMS]
    if len(asked) < len(brought.published):
        brought.problems.append(f"새 퀴즈에는 앞의 {MOST_ITEMS}문제만 넣었습니다.")
    quiz = create_quiz(owner=owner, title=title, now=now)
    add_questions(quiz=quiz, questions=asked, by=owner, now=now)
    brought.quizzes.append(quiz)


def _made(
    planned: Planned, owner: User, now: dt.datetime, brought: Brought
) -> tuple[Question, Entry, Checked]:
    entry, checked = planned.entry, planned.checked
    assert checked is not None  # noqa: S101 – the caller left out those that are
    if entry.files or _names_pictures(entry.document):
        document, told = _with_own_pictures(entry, owner, now)
        brought.problems += [f"{planned.number}번: {sentence}" for sentence in told]
        entry, checked = replace(entry, document=document), check_document(document)
    question = _question(entry, owner, checked.spec)
    (brought.published if checked.spec else brought.drafts).append(question)
    if entry.slug:
        brought.by_slug.setdefault(entry.slug, question)
    return question, entry, checked


def _question(entry: Entry, owner: User, spec: QuestionSpec | None) -> Question:
    """A new identity: whose it was in the file goes on being theirs."""
    identity = uuid.uuid4()
    placed = placed_by(spec) if spec else {"topic": OTHER_TOPIC}
    return Question(
        uuid=identity,
        slug=f"q-{identity.hex}",
        authorship=Authorship.STUDIO,
        owner=owner,
        title=entry.title,
        pool=entry.pool,
        **placed,
    )


def _publish(pairs: Sequence[tuple[Question, Checked]], owner: User, now: dt.datetime) -> None:
    """In bulk: a file may hold thousands, and nobody else may write meanwhile."""
    versions = [
        QuestionVersion(
            question=question,
            number=1,
            kind=checked.spec.shown.kind,
            document=checked.spec.to_json(),
            digest=checked.spec.digest,
            engine=checked.engine,
            published_at=now,
            author=owner,
            note=_NOTE,
        )
        for question, checked in pairs
        if checked.spec is not None
    ]
    QuestionVersion.objects.bulk_create(versions, batch_size=_BATCH)
    for version in versions:
        version.question.current = version
    Question.objects.bulk_update(
        [version.question for version in versions], ["current"], batch_size=_BATCH
    )


def _keep_drafts(
    pairs: Sequence[tuple[Question, Entry, Checked]], owner: User, now: dt.datetime
) -> None:
    Draft.objects.bulk_create(
        (
            Draft(
                question=question,
                editor=owner,
                title=entry.title,
                pool=entry.pool,
                tags=list(entry.tags),
                document=entry.document,
                created_at=now,
                updated_at=now,
            )
            for question, entry, checked in pairs
            if checked.spec is None
        ),
        batch_size=_BATCH,
    )


def _tag(pairs: Sequence[tuple[Question, Entry, Checked]]) -> None:
    QuestionTag.objects.bulk_create(
        (
            QuestionTag(question=question, name=name)
            for question, entry, _ in pairs
            for name in entry.tags
        ),
        batch_size=_BATCH,
    )


def _names_pictures(document: Json | None) -> bool:
    return _HOLDER in str(document)


def _with_own_pictures(entry: Entry, owner: User, now: dt.datetime) -> tuple[Json, list[str]]:
    """The document with the file's pictures kept here; what could not be kept is named in words."""
    files = {address: file for file in entry.files for address in addresses_of(file)}
    addresses: dict[str, str] = {}
    told: dict[str, None] = {}
    for text in _texts(entry.document):
        for alt, address in pictures_of(text):
            if address in files and address not in addresses:
                kept, problem = _kept(files[address], alt, owner, now)
                addresses[address] = kept
                told.update({problem: None} if problem else {})
    return _mapped(entry.document, addresses), list(told)


def _kept(file: ItemFile, alt: str, owner: User, now: dt.datetime) -> tuple[str, str]:
    """The picture's address here, or "" and why not."""
    name = file.path.rpartition("/")[2]
    try:
        picture = keep_picture(owner=owner, data=file.data, alt=alt[:300] or name[:300], now=now)
    except PictureError as error:
        return "", f"그림 {name[:80]}: {error}"
    return picture.get_absolute_url(), ""


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _mapped(value: object, addresses: dict[str, str]) -> Json:
    def change(each: object) -> object:
        if isinstance(each, str):
            text = with_pictures(each, {was: now for was, now in addresses.items() if now})
            return pictures_named(text, only=_HOLDER)
        if isinstance(each, dict):
            return {name: change(member) for name, member in each.items()}
        return [change(member) for member in each] if isinstance(each, list) else each

    changed = change(value)
    return changed if isinstance(changed, dict) else {}


def chosen(plan: Sequence[Planned], left_out: Collection[int]) -> list[Planned]:
    """Those that become questions and that nobody left out."""
    return [each for each in plan if each.checked is not None and each.number not in left_out]
