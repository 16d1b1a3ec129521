"""The question bank: what an instructor may see of it, searched, filtered, in order."""

from dataclasses import dataclass, fields
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from apps.accounts.models import User
from apps.quizzes.domain.searching import document_text, fold
from apps.quizzes.models import Authorship, Draw, Question, QuestionTag, Quiz
from apps.quizzes.models.bank import QuestionQuerySet
from apps.studio.models import Draft

MINE, SHARED, SHIPPED = "mine", "shared", "shipped"
PUBLISHED, DRAFTED, ARCHIVED = "published", "draft", "archived"
UNUSED = "unused"
BY_OWNER, BY_TIME, BY_TITLE, BY_TOPIC = "own", "recent", "title", "topic"
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class BankFilter:
    """What is looked for; "" asks for nothing in particular.

    - `q`: words that all occur in name, stem, choices, explanation, feedback or quote
    - `whose`: mine | shared | shipped
    - `used`: "unused", or the uuid of a quiz that asks it
    - `state`: published | draft (never published) | archived; "" for all but the archived
    - `sort`: own (default) | recent | title | topic
    """

    q: str = ""
    whose: str = ""
    topic: str = ""
    lesson: str = ""
    kind: str = ""
    level: str = ""
    pool: str = ""
    tag: str = ""
    used: str = ""
    state: str = ""
    sort: str = ""

    @property
    def narrows(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self) if each.name != "sort")

    @property
    def is_filtered(self) -> bool:
        """Whether anything is on that stands among the filters, below the search field."""
        apart = {"q", "whose"}
        return any(getattr(self, each.name) for each in fields(self) if each.name not in apart)


def readable_questions(user: User) -> QuestionQuerySet:
    """All that this instructor may open: what is published, and what is the own work in progress.

    Shipped ones that left the files are gone; archived ones of instructors are in.
    """
    own_draft = Draft.objects.filter(question=OuterRef("pk"), editor=user)
    gone = Q(authorship=Authorship.FILE, retired_at__isnull=False)
    known = Q(current__isnull=False) | Q(owner=user) | Q(Exists(own_draft))
    return Question.objects.visible_to(user).exclude(gone).filter(known)


def find_questions(user: User, chosen: BankFilter) -> QuestionQuerySet:
    """The bank as `chosen` narrows it, in order; rows are ready for `presenting.bank`."""
    found = _stated(_placed(readable_questions(user), chosen), chosen.state)
    found = _whose(_used(found, chosen.used), user, chosen.whose)
    found = _worded(found, user, chosen.q)
    return _ordered(annotated(found, user), user, chosen.sort)


def counts_by_owner(user: User, chosen: BankFilter) -> dict[str, int]:
    """How many there would be of each `whose` (and "" for all), the other filters kept. 1 query."""
    found = _stated(_placed(readable_questions(user), chosen), chosen.state)
    found = _worded(_used(found, chosen.used), user, chosen.q)
    mine, shipped = Q(owner=user), Q(authorship=Authorship.FILE)
    counted = found.order_by().aggregate(
        all=Count("pk"),
        mine=Count("pk", filter=mine),
        shipped=Count("pk", filter=shipped),
    )
    shared = counted["all"] - counted["mine"] - counted["shipped"]
    return {
        "": counted["all"],
        MINE: counted["mine"],
        SHARED: shared,
        SHIPPED: counted["shipped"],
    }


def tags_in_use(user: User) -> list[str]:
    """Tags of questions that this instructor may see."""
    tags = QuestionTag.objects.filter(question__in=readable_questions(user).from_studio())
    return list(tags.order_by("name").values_list("name", flat=True).distinct())


def quizzes_to_filter_by(user: User) -> list[Quiz]:
    """Own quizzes first, then shared, then the catalogue's."""
    quizzes = Quiz.objects.visible_to(user).filter(retired_at__isnull=True)
    return list(quizzes.annotate(_rank=_rank_of(user)).order_by("_rank", "position", "title", "pk"))


def _placed(found: QuestionQuerySet, chosen: BankFilter) -> QuestionQuerySet:
    """By what a question is about. A draft that was never published has only its kind."""
    for name in ("topic", "lesson", "level", "pool"):
        if value := getattr(chosen, name):
            found = found.filter(**{name: value})
    if chosen.tag:
        tagged = QuestionTag.objects.filter(question=OuterRef("pk"), name=chosen.tag)
        found = found.filter(Exists(tagged))
    if chosen.kind:
        drafted = Draft.objects.filter(question=OuterRef("pk"), document__kind=chosen.kind)
        found = found.filter(
            Q(current__kind=chosen.kind) | Q(Exists(drafted), current__isnull=True)
        )
    return found


def _stated(found: QuestionQuerySet, state: str) -> QuestionQuerySet:
    if state == ARCHIVED:
        return found.filter(retired_at__isnull=False)
    found = found.filter(retired_at__isnull=True)
    if state == PUBLISHED:
        return found.filter(current__isnull=False)
    if state == DRAFTED:
        return found.filter(current__isnull=True)
    return found


def _whose(found: QuestionQuerySet, user: User, whose: str) -> QuestionQuerySet:
    match whose:
        case "mine":
            return found.filter(owner=user)
        case "shared":
            return found.from_studio().exclude(owner=user)
        case "shipped":
            return found.from_files()
    return found


def _used(found: QuestionQuerySet, used: str) -> QuestionQuerySet:
    draws = Draw.objects.filter(question=OuterRef("pk"), section__quiz__retired_at__isnull=True)
    if used == UNUSED:
        return found.filter(~Exists(draws))
    if used:
        return found.filter(Exists(draws.filter(section__quiz__uuid=UUID(used))))
    return found


def _worded(found: QuestionQuerySet, user: User, q: str) -> QuestionQuerySet:
    words = fold(q).split()[:_MOST_WORDS]
    if not words:
        return found
    texts = Q()
    for word in words:
        texts &= Q(search_text__contains=word) | Q(title__icontains=word)
    return found.filter(texts | Q(pk__in=_drafts_saying(user, words)))


def _drafts_saying(user: User, words: list[str]) -> list[int]:
    """Own drafts keep no search text while they are typed: they are few, and read here."""
    drafts = Draft.objects.filter(editor=user)
    return [
        question
        for question, title, document in drafts.values_list("question_id", "title", "document")
        if all(word in f"{fold(title)} {document_text(document)}" for word in words)
    ]


def annotated(found: QuestionQuerySet, user: User) -> QuestionQuerySet:
    """`draft_at`: when the own draft was saved; `quizzes`: how many current quizzes fix it."""
    own = Draft.objects.filter(question=OuterRef("pk"), editor=user).order_by()
    draws = Draw.objects.filter(question=OuterRef("pk"), section__quiz__retired_at__isnull=True)
    counted = (
        draws.order_by()
        .values("question")
        .annotate(n=Count("section__quiz", distinct=True))
        .values("n")
    )
    return found.annotate(
        draft_at=Subquery(own.values("updated_at")[:1]),
        quizzes=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
    )


def _rank_of(user: User) -> Case:
    """Own, then shared, then shipped."""
    return Case(
        _when(Q(owner=user), 0),
        _when(Q(authorship=Authorship.STUDIO), 1),
        default=Value(2),
        output_field=IntegerField(),
    )


def _when(condition: Q, rank: int) -> When:
    return When(condition, then=Value(rank))


def _ordered(found: QuestionQuerySet, user: User, sort: str) -> QuestionQuerySet:
    touched = Coalesce("draft_at", "current__published_at").desc(nulls_last=True)
    match sort:
        case "recent":
            return found.order_by(touched, "pk")
        case "title":
            return found.order_by(Case(_when(Q(title=""), 1), default=Value(0)), "title", "pk")
        case "topic":
            return found.order_by("topic", "level", "pk")
    return found.annotate(rank=_rank_of(user)).order_by("rank", touched, "pk")
