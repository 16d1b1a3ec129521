"""Questions with hostile texts, as documents, for the tests of export and import."""

from typing import Any

from hypothesis import strategies as st

from apps.kernel.documents import Findings
from apps.quizzes.domain.reading import read_question
from apps.quizzes.domain.spec import QuestionSpec

Json = dict[str, Any]

_HOSTILE = (
    *("{", "}", "\\", "//", "::", "->", "- >", "=", "~", "%50%", "####", "#", ":", "\\n", "\\*"),
    *("[html]", "[markdown]", "$CATEGORY: a", "]]>", "&lt;", "&#0;", "<script>", "</text>", "*"),
    *('"""', "'''", "ANSWER: A", "TRUE", "T", "\n\n", "\n", "  \n", "\t", "가", "각", "한글", "é"),
    *(
        "`",
        "|",
        "---",
        "1. ",
        "@@PLUGINFILE@@/x.png",
        "![a](b)",
        "😀",
        "\ufeff",
        "\u2028",
        "[id:x]",
    ),
)


def texts(most: int = 5) -> st.SearchStrategy[str]:
    """Not empty, and with a letter in front, so that nothing is trimmed away."""
    words = st.one_of(st.sampled_from(_HOSTILE), st.text("ab {}=~#:\\가\n", max_size=4))
    return st.lists(words, max_size=most).map("".join).filter(lambda text: bool(text.strip()))


def lines() -> st.SearchStrategy[str]:
    return texts(3).map(lambda text: " ".join(text.split())).filter(bool)


def _unique(
    strategy: st.SearchStrategy[str], least: int, most: int
) -> st.SearchStrategy[list[str]]:
    return st.lists(strategy, min_size=least, max_size=most, unique_by=str.strip)


@st.composite
def choices(draw: st.DrawFn, kind: str) -> Json:
    found = draw(_unique(texts(3), 2, 5))
    if kind == "single":
        right = {draw(st.integers(0, len(found) - 1))}
    else:
        right = draw(st.sets(st.integers(0, len(found) - 1), min_size=1))
    return {
        "choice": [
            {"text": text, "right": at in right, "feedback": draw(st.just("") | texts(3))}
            for at, text in enumerate(found)
        ]
    }


@st.composite
def short_texts(draw: st.DrawFn) -> Json:
    found = draw(_unique(lines().map(lambda text: f"{text}x"), 1, 4))
    cut = draw(st.integers(1, len(found)))
    near = [{"text": text, "feedback": draw(texts(3))} for text in found[cut:]]
    return {"accepted": found[:cut], **({"near": near} if near else {})}


@st.composite
def matchings(draw: st.DrawFn) -> Json:
    lefts = draw(_unique(texts(2), 2, 4))
    rights = draw(_unique(texts(2), len(lefts), len(lefts) + 2))
    pairs = [{"left": left, "right": rights[at]} for at, left in enumerate(lefts)]
    extra = rights[len(lefts) :]
    return {"pair": pairs, **({"extra": extra} if extra else {})}


NUMBERS = st.decimals(-1000, 1000, places=3).map(str)


def bodies(kind: str) -> st.SearchStrategy[Json]:
    found: dict[str, st.SearchStrategy[Json]] = {
        "single": choices("single"),
        "multiple": choices("multiple"),
        "true_false": st.fixed_dictionaries(
            {"answer": st.booleans()},
            optional={"feedback_true": texts(), "feedback_false": texts()},
        ),
        "short_text": short_texts(),
        "numeric": st.fixed_dictionaries(
            {"answer": NUMBERS}, optional={"tolerance": st.decimals(0, 9, places=2).map(str)}
        ),
        "matching": matchings(),
        "essay": st.just({}),
    }
    return found[kind]


CARRIED = ("single", "multiple", "true_false", "short_text", "numeric", "matching", "essay")
"""Kinds that other programs' files have."""
ABOUT = {"topic": "other", "level": "이해", "difficulty": 2}


@st.composite
def specs(draw: st.DrawFn, kind: str) -> QuestionSpec | None:
    """A question of the kind; None where the drawn texts make none."""
    document = {"kind": kind, **ABOUT, "stem": draw(texts()), **draw(bodies(kind))}
    if explanation := draw(st.just("") | texts()):
        document["explanation"] = explanation
    return read_question(document, Findings(), strict=False)
