"""분류하기: every row belongs to one of the categories."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.kernel.documents import Findings, join, read_list, read_object
from apps.kernel.shown import shown

from .assignments import Giving
from .base import Json, Order, Parts
from .members import deal, ids_of, members, texts_of
from .texts import MAX_FEEDBACK, MAX_LINE, MAX_MEMBER, check_line, read_line, read_markdown

_MIN_CATEGORIES, _MAX_CATEGORIES = 2, 6
_MIN_ROWS, _MAX_ROWS = 2, 12


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    category: str
    feedback: str


class Categorize(Giving):
    """`body`: {"rows": by text, "categories": as in the file}, each [{"id", "text"}].

    Rows are sorted because files tend to list them category by category. Key and answer:
    {"given": {row id: category id}}. Form: `answer-<row id>` = category id. Feedback by row id.
    """

    name = "categorize"
    label = "분류하기"
    required = ("categories", "row")
    optional = ()
    askers, offers = "rows", "categories"

    def read(self, document: Mapping[str, object], path: str, findings: Findings) -> Parts | None:
        categories = _read_categories(document, path, findings)
        rows = _read_rows(document, path, findings, categories)
        if not rows or any(row.category not in categories for row in rows):
            return None
        body = {
            "rows": members("w", sorted(row.text for row in rows)),
            "categories": members("k", categories),
        }
        row_ids = {text: id_ for id_, text in texts_of(body["rows"]).items()}
        category_ids = {text: id_ for id_, text in texts_of(body["categories"]).items()}
        given = {row_ids[row.text]: category_ids[row.category] for row in rows}
        feedback = {row_ids[row.text]: row.feedback for row in rows if row.feedback}
        return Parts(body, {"given": given}, feedback)

    def dump(self, parts: Parts) -> Json:
        categories, given = texts_of(parts.body["categories"]), parts.key["given"]
        rows = []
        for member in parts.body["rows"]:
            row = {"text": member["text"], "category": categories[given[member["id"]]]}
            if member["id"] in parts.feedback:
                row["feedback"] = parts.feedback[member["id"]]
            rows.append(row)
        return {"categories": list(categories.values()), "row": rows}

    def deal(self, body: Json, *, seed: int, shuffle: bool) -> Order:
        return {
            "rows": deal(body, "rows", seed=seed, shuffle=shuffle),
            "categories": ids_of(body["categories"]),
        }


def _read_categories(document: Mapping[str, object], path: str, findings: Findings) -> list[str]:
    categories: dict[str, None] = {}
    if "categories" not in document:
        return []
    place = join(path, "categories")
    for each, value in read_list(document["categories"], place, findings, most=_MAX_CATEGORIES):
        text = check_line(value, each, findings)
        if text in categories:
            findings.add(each, f"같은 범주가 이미 있습니다: {shown(text)}")
        elif text:
            categories[text] = None
    if isinstance(document["categories"], list) and len(document["categories"]) < _MIN_CATEGORIES:
        findings.add(place, f"범주는 {_MIN_CATEGORIES}개 이상이어야 합니다.")
    return list(categories)


def _read_rows(
    document: Mapping[str, object], path: str, findings: Findings, categories: list[str]
) -> list[_Row]:
    rows: dict[str, _Row] = {}
    if "row" not in document:
        return []
    place = join(path, "row")
    for each, value in read_list(document["row"], place, findings, most=_MAX_ROWS):
        fields = read_object(
            value, each, findings, required=("text", "category"), optional=("feedback",)
        )
        if fields is None:
            continue
        text = read_markdown(fields, "text", each, findings, most=MAX_MEMBER)
        category = read_line(fields, "category", each, findings, most=MAX_LINE)
        feedback = read_markdown(fields, "feedback", each, findings, most=MAX_FEEDBACK, empty=True)
        if category and categories and category not in categories:
            findings.add(
                join(each, "category"),
                f"categories에 있는 범주여야 합니다({', '.join(categories)}). "
                f"적힌 값: {shown(category)}",
            )
        if text in rows:
            findings.add(join(each, "text"), f"같은 항목이 이미 있습니다: {shown(text)}")
        elif text and category:
            rows[text] = _Row(text, category, feedback)
    if isinstance(document["row"], list) and len(document["row"]) < _MIN_ROWS:
        findings.add(place, f"항목은 {_MIN_ROWS}개 이상이어야 합니다.")
    return list(rows.values())
