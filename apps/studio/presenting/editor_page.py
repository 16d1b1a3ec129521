"""The context of the editor's page."""

from typing import Any

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

from apps.content.anchor import plain_quote
from apps.kernel.documents import Problem
from apps.lessons.models import Lesson
from apps.quizzes.domain.kinds import DOCUMENT_KINDS, KINDS
from apps.quizzes.models import Pool, Question
from apps.studio.forms.typed import LONGEST_TITLE, Typed, typed_of
from apps.studio.models import Draft
from apps.studio.presenting.computed import computed_from
from apps.studio.presenting.editor import differences, form_view
from apps.studio.presenting.preview import previewed
from apps.studio.services.pictures import LONGEST_ALT, PictureError
from apps.studio.services.publishing import check_document
from apps.studio.topics import topic_choices

Json = dict[str, Any]

_HERE: Json = {"section": "studio", "part": "bank", "current": "true"}

# A sentence about each kind that a person writes, and the drawing on its card.
CARDS = {
    "single": "보기 가운데 맞는 것 하나를 고릅니다.",
    "multiple": "맞는 보기를 모두 고릅니다. 몇 개인지 알려 줄 수도 있습니다.",
    "true_false": "문장 하나가 맞는지 틀리는지 판단합니다.",
    "matching": "왼쪽마다 알맞은 오른쪽을 잇습니다.",
    "ordering": "흩어진 항목을 맞는 순서로 놓습니다.",
    "categorize": "여러 줄을 알맞은 분류에 나누어 넣습니다.",
    "numeric": "수를 적습니다. 오차를 허용할 수 있습니다.",
    "short_text": "낱말 한두 개를 적습니다. 여러 표기를 받을 수 있습니다.",
    "essay": "글로 답합니다. 강사가 읽고 채점합니다.",
}


def editor_page(
    question: Question,
    draft: Draft | None,
    typed: Typed,
    *,
    checked: bool = False,
    more: str = "",
    refusal: str = "",
    picture_error: PictureError | None = None,
) -> Json:
    """`checked`: say what is wrong and what could be better. `refusal`: another tab was faster."""
    found = check_document(typed.document)
    lessons = lesson_choices()
    form = form_view(
        typed.document,
        problems=found.problems if checked else (),
        advice=found.advice if checked else (),
        topics=topic_choices(),
        lessons=lessons,
        more=more,
    )
    return {
        **_HERE,
        "question": question,
        "draft": draft,
        "typed": typed,
        "form": form,
        "kind": DOCUMENT_KINDS[typed.kind],
        "is_template": typed.kind not in KINDS,
        "computed": computed_from(typed.document),
        "pools": Pool.choices,
        "checked": checked,
        "open_place": any(each.said for each in form.place),
        "refusal": refusal,
        "conflict": conflict_rows(draft, typed) if refusal else [],
        "picture_error": picture_error,
        "longest_title": LONGEST_TITLE,
        "longest_alt": LONGEST_ALT,
        **_place(typed.document, dict(lessons)),
        **previewed(typed.document),
    }


def _place(document: Json, lessons: dict[str, str]) -> Json:
    """The sentence that is tested, as a reader sees it, and the lesson it stands in."""
    lesson, quote = (str(document.get(name) or "") for name in ("lesson", "quote"))
    return {"lesson_title": lessons.get(lesson, lesson), "quote": plain_quote(quote)}


def lesson_choices() -> list[tuple[str, str]]:
    """Slug and title of each lesson, in the order of the course."""
    return list(Lesson.objects.current().values_list("slug", "title"))


def conflict_rows(stored: Draft | None, typed: Typed) -> list[tuple[str, str, str]]:
    """Label, this tab's value and the stored one, wherever they differ."""
    if stored is None:
        return []
    there = typed_of(stored)
    pools = dict(Pool.choices)
    heads = [
        ("이름", typed.title, there.title),
        ("쓰임", pools[Pool(typed.pool)], pools[Pool(there.pool)]),
        ("꼬리표", ", ".join(typed.tag_list), there.tags),
    ]
    changed = [(label, str(here), str(other)) for label, here, other in heads if here != other]
    return [*changed, *differences(typed.document, there.document)]


def kind_cards(question: Question | None = None, problems: tuple[Problem, ...] = ()) -> Json:
    """The page on which a kind is chosen, for a new question or for one that has none yet."""
    address = reverse("studio:edit", args=[question.uuid]) if question else reverse("studio:new")
    return {
        **_HERE,
        "question": question,
        "address": address,
        "cards": [(KINDS[name], sentence, name) for name, sentence in CARDS.items()],
        "ways": _other_ways(),
        "problems": problems,
    }


def _other_ways() -> list[tuple[str, str, str]]:
    """Address, name and sentence of what begins a question elsewhere."""
    known = [
        (
            "widgetkit:gallery",
            "실습에서 만들기",
            "실습의 한 상태를 문제로 만듭니다. 정답은 엔진이 계산합니다.",
        ),
        ("studio:generators", "생성기로 만들기", "응시할 때마다 새로 만들어지는 문제입니다."),
        (
            "studio:import",
            "파일에서 가져오기",
            "Moodle XML, GIFT, Aiken, QTI, TOML 파일을 읽습니다.",
        ),
    ]
    ways = []
    for name, title, sentence in known:
        try:
            ways.append((reverse(name), title, sentence))
        except NoReverseMatch:
            continue  # a site without that part
    return ways


def gone_page(typed: Typed, post: QueryDict) -> Json:
    """What was typed for a question that is not there any more, to be sent again as a new one."""
    left_out = {"csrfmiddlewaretoken", "go", "revision"}
    return {
        **_HERE,
        "typed": typed,
        "fields": [
            (name, value)
            for name in post
            if name not in left_out
            for value in post.getlist(name)
            if value
        ],
        "texts": differences(typed.document, {"kind": typed.kind}),
    }
