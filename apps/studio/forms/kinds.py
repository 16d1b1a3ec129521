"""What the form of each kind asks: the fields of a question's document, by their names in it.

A field's name in a page is its path in the document (`choice[1].feedback`), so whatever is said
about a path stands at its field.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Widget = Literal["line", "area", "markdown", "whole", "flag", "answer", "right", "category", "kept"]


@dataclass(frozen=True, slots=True)
class Field:
    """One value. `always`: it stands in the document even when empty, to be told of there."""

    name: str
    label: str
    widget: Widget = "line"
    help: str = ""
    always: bool = False
    rows: int = 2  # lines of a text area
    most: int = 0  # characters; 0 for no limit of its own

    @property
    def is_text(self) -> bool:
        return self.widget in {"line", "area", "markdown", "category", "kept"}


@dataclass(frozen=True, slots=True)
class Rows:
    """A list: of objects with `members`, or of strings where there is one member without a name."""

    name: str
    label: str
    noun: str  # of one row: 보기
    members: tuple[Field, ...]
    least: int  # rows shown at the beginning
    most: int
    help: str = ""
    always: bool = False

    @property
    def is_plain(self) -> bool:
        return not self.members[0].name


Part = Field | Rows

_CHOICES = Rows(
    "choice",
    "보기",
    "보기",
    (
        Field("id", "", "kept"),
        Field("text", "보기", "area", always=True, rows=1),
        Field("right", "정답", "right", always=True),
        Field("feedback", "이 보기를 고른 학습자에게", "area", rows=1),
    ),
    least=4,
    most=12,
    help="틀린 보기에는 어떤 오해에서 나온 답인지 알려 주는 글을 적어 주세요.",
    always=True,
)
_KEEP_ORDER = Field(
    "keep_order",
    "보기를 적힌 순서대로 보여 주기",
    "flag",
    "크기순인 수처럼 순서가 있을 때만 켜세요.",
)

FORMS: Mapping[str, tuple[Part, ...]] = MappingProxyType(
    {
        "single": (_CHOICES, _KEEP_ORDER),
        "multiple": (
            _CHOICES,
            Field(
                "pick",
                "고를 개수",
                "whole",
                "정답의 수를 적으면 ‘2개를 고르세요’처럼 알려 줍니다. 비워도 됩니다.",
            ),
            _KEEP_ORDER,
        ),
        "true_false": (
            Field("answer", "이 문장은", "answer"),
            Field("feedback_true", "‘맞습니다’를 고른 학습자에게", "area"),
            Field("feedback_false", "‘틀립니다’를 고른 학습자에게", "area"),
        ),
        "matching": (
            Rows(
                "pair",
                "짝",
                "짝",
                (
                    Field("left", "왼쪽", "area", always=True, rows=1),
                    Field("right", "오른쪽", "area", always=True, rows=1),
                    Field("feedback", "잘못 이은 학습자에게", "area", rows=1),
                ),
                least=3,
                most=12,
                help="여러 왼쪽이 같은 오른쪽을 가져도 됩니다.",
                always=True,
            ),
            Rows(
                "extra",
                "짝이 없는 오른쪽",
                "오른쪽",
                (Field("", "오른쪽", "area", rows=1),),
                least=1,
                most=6,
                help="어느 왼쪽과도 맞지 않는 것입니다. 없어도 됩니다.",
            ),
        ),
        "ordering": (
            Rows(
                "items",
                "순서대로 적은 항목",
                "항목",
                (Field("", "항목", "area", rows=1),),
                least=4,
                most=12,
                help="맞는 순서로 적으세요. 학습자에게는 섞어서 보여 줍니다.",
                always=True,
            ),
        ),
        "categorize": (
            Rows(
                "categories",
                "분류",
                "분류",
                (Field("", "분류"),),
                least=2,
                most=6,
                always=True,
            ),
            Rows(
                "row",
                "분류할 줄",
                "줄",
                (
                    Field("text", "내용", "area", always=True, rows=1),
                    Field("category", "맞는 분류", "category", always=True),
                    Field("feedback", "잘못 나눈 학습자에게", "area", rows=1),
                ),
                least=3,
                most=12,
                always=True,
            ),
        ),
        "numeric": (
            Field("answer", "정답", "line", "0.5, 1,000, 1/3처럼 적습니다.", always=True),
            Field("unit", "단위", "line", "답을 적는 칸 옆에 보입니다."),
            Field("tolerance", "허용 오차", "line", "이만큼 크거나 작아도 맞습니다."),
            Field(
                "tolerance_percent",
                "허용 오차(%)",
                "line",
                "정답의 몇 퍼센트까지 달라도 되는지 적습니다. 둘 가운데 하나만 적으세요.",
            ),
        ),
        "short_text": (
            Rows(
                "accepted",
                "정답으로 볼 답",
                "답",
                (Field("", "답"),),
                least=2,
                most=20,
                help="띄어쓰기, 문장 부호, 끝 조사는 빼고 비교합니다. 첫째 답이 정답으로 보입니다.",
                always=True,
            ),
            Rows(
                "near",
                "자주 나오는 틀린 답",
                "틀린 답",
                (
                    Field("text", "틀린 답", always=True),
                    Field("feedback", "이렇게 답한 학습자에게", "area", always=True, rows=1),
                ),
                least=1,
                most=20,
            ),
        ),
        "essay": (
            Field("max_length", "글자 수 한도", "whole", "비우면 2,000자까지입니다."),
            Rows(
                "rubric",
                "채점에서 볼 것",
                "기준",
                (Field("", "기준", "area", rows=1),),
                least=2,
                most=12,
                help="채점한 뒤에 학습자도 봅니다.",
            ),
        ),
        # Their own part comes from a widget; here it is shown only.
        "scenario": (),
        "generated": (),
    }
)

STEM = Field("stem", "문제", "markdown", always=True, rows=5, most=8_000)
EXPLANATION = Field(
    "explanation", "해설", "markdown", "왜 그 답이 맞는지 적습니다. 답한 뒤에 보입니다.", rows=5
)
ABOUT = (
    Field("topic", "주제", always=True),
    Field("level", "수준", always=True),
    Field("difficulty", "난이도", "whole", always=True),
    Field("as_of", "기준일", "line", "바뀌는 수치가 들어 있을 때 2026-03-06처럼 적습니다."),
)
PLACE = (
    Field("lesson", "레슨"),
    Field("section", "제목의 id"),
    Field("quote", "문장", "area"),
    Field("erratum", "정정의 id"),
)
EVERYWHERE = (STEM, EXPLANATION, *ABOUT, *PLACE)


def parts_of(kind: str) -> tuple[Part, ...]:
    """Every field and list that a form of this kind may change."""
    return (*EVERYWHERE, *FORMS.get(kind, ()))


def rows_of(kind: str) -> dict[str, Rows]:
    return {part.name: part for part in FORMS.get(kind, ()) if isinstance(part, Rows)}
