"""Which kind a QTI item is: by what its program wrote about it, else by what it asks for."""

from typing import Final

from ..items import ItemKind
from ..xml_safety import BLANKS, Element

# An item beyond this is no question, and every choice is tried against every rule.
MAX_LABELS: Final = 60
MAX_RULE_PARTS: Final = 2_000

RESPONSES: Final = frozenset({
    "response_lid", "response_str", "response_num", "response_grp", "response_xy",
    "response_extension",
})  # fmt: skip
_BY_TYPE: Final = {
    "multiple_choice_question": ItemKind.SINGLE,
    "multiple_answers_question": ItemKind.MULTIPLE,
    "true_false_question": ItemKind.TRUE_FALSE,
    "short_answer_question": ItemKind.SHORT_TEXT,
    "numerical_question": ItemKind.NUMERIC,
    "matching_question": ItemKind.MATCHING,
    "essay_question": ItemKind.ESSAY,
    "text_only_question": ItemKind.DESCRIPTION,
}
_BY_PROFILE: Final = {
    "cc.multiple_choice": ItemKind.SINGLE,
    "cc.multiple_response": ItemKind.MULTIPLE,
    "cc.true_false": ItemKind.TRUE_FALSE,
    "cc.fib": ItemKind.SHORT_TEXT,
    "cc.pattern_match": ItemKind.SHORT_TEXT,
    "cc.essay": ItemKind.ESSAY,
}
_UNSUPPORTED: Final = {
    "multiple_dropdowns_question": "여러 빈칸에서 고르기",
    "fill_in_multiple_blanks_question": "여러 빈칸 채우기",
    "missing_word_question": "빠진 낱말 고르기",
    "calculated_question": "수식 계산",
    "file_upload_question": "파일 제출",
    "categorization_question": "분류",
    "ordering_question": "순서 배열",
    "hot_spot_question": "그림에서 고르기",
}
# No words for yes and no: learners would see other words than the author chose.
_TRUE: Final = frozenset({"true", "t", "참", "맞음", "o"})
_FALSE: Final = frozenset({"false", "f", "거짓", "틀림", "x"})


class UnsupportedError(Exception):
    """The item is of a kind that is not read; the text (Korean) names it."""


def metadata(item: Element) -> dict[str, str]:
    """The labels of an item's metadata in lower case, and what stands behind them."""
    found: dict[str, str] = {}
    for part in item.all("itemmetadata") + item.all("qtimetadata"):
        for element in part.walk():
            if element.tag == "qtimetadatafield":
                label, entry = element.find("fieldlabel"), element.find("fieldentry")
                if label is not None and entry is not None:
                    name = label.own_text.strip(BLANKS).lower()
                    found.setdefault(name, entry.own_text.strip(BLANKS))
            elif element.tag.startswith("qmd_"):
                found.setdefault(element.tag.lower(), element.own_text.strip(BLANKS))
    return found


def responses_of(item: Element) -> list[Element]:
    presentation = item.find("presentation")
    if presentation is None:
        return []
    return [each for each in presentation.walk() if each.tag in RESPONSES]


def labels_of(response: Element) -> list[Element]:
    return [each for each in response.walk() if each.tag == "response_label"]


def kind_of(item: Element) -> ItemKind:
    """UnsupportedError for what this program does not read."""
    about = metadata(item)
    responses = responses_of(item)
    _check_size(item, responses)
    named = about.get("question_type", "")
    if named in _BY_TYPE:
        return _fitting(_BY_TYPE[named], responses)
    if named:
        korean = f"{_UNSUPPORTED[named]} ({named})" if named in _UNSUPPORTED else named[:60]
        raise UnsupportedError(korean)
    profile = about.get("cc_profile", "").lower().rpartition(".v")[0]
    if profile in _BY_PROFILE:
        return _fitting(_BY_PROFILE[profile], responses)
    return _by_form(item, about, responses)


def _check_size(item: Element, responses: list[Element]) -> None:
    if sum(len(labels_of(each)) for each in responses) > MAX_LABELS * MAX_LABELS or any(
        len(labels_of(each)) > MAX_LABELS for each in responses
    ):
        raise UnsupportedError(f"보기가 {MAX_LABELS}개를 넘는 문제")
    parts = sum(1 for part in item.all("resprocessing") for _ in part.walk())
    if parts > MAX_RULE_PARTS:
        raise UnsupportedError("채점 규칙이 지나치게 많은 문제")


def _fitting(kind: ItemKind, responses: list[Element]) -> ItemKind:
    """The named kind, where the item asks for what the kind needs."""
    tags = {each.tag for each in responses}
    fits = {
        ItemKind.SINGLE: tags == {"response_lid"} and len(responses) == 1,
        ItemKind.MULTIPLE: tags == {"response_lid"} and len(responses) == 1,
        ItemKind.TRUE_FALSE: tags == {"response_lid"} and len(responses) == 1,
        ItemKind.MATCHING: bool(tags) and tags <= {"response_lid", "response_grp"},
        ItemKind.SHORT_TEXT: len(responses) == 1,
        ItemKind.NUMERIC: len(responses) == 1,
    }.get(kind, True)
    if not fits:
        raise UnsupportedError("적힌 유형과 답하는 방식이 서로 다른 문제")
    return kind


def _by_form(item: Element, about: dict[str, str], responses: list[Element]) -> ItemKind:
    if not responses:
        return ItemKind.DESCRIPTION
    tags = {each.tag for each in responses}
    if odd := tags & {"response_xy", "response_extension"}:
        raise UnsupportedError(f"그림이나 별도 프로그램으로 답하는 문제 ({min(odd)})")
    renders = {each.tag for response in responses for each in response.walk()}
    if odd := renders & {"render_hotspot", "render_slider", "render_extension"}:
        raise UnsupportedError(f"그림이나 막대로 답하는 문제 ({min(odd)})")
    if any(each.get("rcardinality").lower() == "ordered" for each in responses):
        raise UnsupportedError("순서 배열 (rcardinality=Ordered)")
    if tags <= {"response_lid", "response_grp"}:
        return _of_choices(about, responses)
    if len(responses) > 1:
        raise UnsupportedError("빈칸이 여럿인 문제")
    return _of_writing(item, about, responses[0])


def _of_choices(about: dict[str, str], responses: list[Element]) -> ItemKind:
    first = responses[0]
    if len(responses) > 1 or first.tag == "response_grp":
        offered = {tuple(_label_texts(each)) for each in responses}
        if len(offered) > 1:
            raise UnsupportedError("빈칸마다 보기가 다른 문제")
        return ItemKind.MATCHING
    if first.get("rcardinality", "Single").lower() == "multiple":
        return ItemKind.MULTIPLE
    named = about.get("qmd_itemtype", "").lower().replace(" ", "")
    both = {_truth(label_text(each)) for each in labels_of(first)} == {True, False}
    if len(labels_of(first)) == 2 and (both or named == "true/false"):
        return ItemKind.TRUE_FALSE
    return ItemKind.SINGLE


def _of_writing(item: Element, about: dict[str, str], response: Element) -> ItemKind:
    fib = next((each for each in response.walk() if each.tag == "render_fib"), None)
    kind = fib.get("fibtype").lower() if fib is not None else ""
    if response.tag == "response_num" or kind in ("decimal", "integer", "scientific"):
        return ItemKind.NUMERIC
    conditions = {each.tag for part in item.all("resprocessing") for each in part.walk()}
    if conditions & {"vargte", "varlte", "vargt", "varlt"}:
        return ItemKind.NUMERIC
    if "essay" in about.get("qmd_itemtype", "").lower():
        return ItemKind.ESSAY
    return ItemKind.SHORT_TEXT if conditions & {"varequal", "varsubstring"} else ItemKind.ESSAY


def _label_texts(response: Element) -> list[str]:
    return sorted(label_text(each) for each in labels_of(response))


def label_text(label: Element) -> str:
    texts = (each.own_text.strip(BLANKS) for each in label.walk())
    return " ".join(text for text in texts if text)


def truth_of(label: Element) -> bool | None:
    """Whether a choice is the word for true or false, by its text or else its ident."""
    by_text = _truth(label_text(label))
    return _truth(label.get("ident")) if by_text is None else by_text


def _truth(word: str) -> bool | None:
    plain = word.strip().lower()
    return True if plain in _TRUE else False if plain in _FALSE else None
