"""Problems and advice about a document, told to who never saw it but its form."""

import re

from apps.kernel.documents import Problem

_PLACES = {"section": "레슨의 절", "quote": "노트의 문장", "erratum": "정정"}
_WORDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("right = true인 보기"), "정답인 보기"),
    (re.compile("여럿이면 kind를 multiple로 적어"), "여럿이면 ‘여러 개 고르기’ 문제로 만들어"),
    (re.compile("extra에 더 적어"), "남는 오른쪽을 더 적어"),
    (re.compile("tolerance와 tolerance_percent 가운데"), "오차와 오차(%) 가운데"),
    (re.compile("tolerance로 적어"), "오차를 수로 적어"),
    (re.compile("categories에 있는 범주여야"), "범주 목록에 있는 것이어야"),
    (
        re.compile("오답 보기에는 왜 틀렸는지 알려 주는 설명이 있어야 합니다"),
        "이 보기를 고른 학습자에게 왜 틀렸는지 알려 주는 설명을 적어 주면 좋습니다",
    ),
    (
        re.compile("틀린 답에는 왜 틀렸는지 알려 주는 설명이 있어야 합니다"),
        "틀리게 답한 학습자에게 왜 틀렸는지 알려 주는 설명을 적어 주면 좋습니다",
    ),
    (re.compile(r"^반드시 있어야 하는 항목입니다\.$"), "비어 있습니다. 내용을 적어 주세요."),
    (re.compile(r"true나 false로 적어 주세요\(따옴표 없이\)\. 적힌 값: .*"), "하나를 골라 주세요."),
)
_WITHOUT_LESSON = re.compile("^(section|quote|erratum) 항목이 있으면 lesson도 있어야 합니다")


def in_plain_words(problem: Problem) -> Problem:
    """The same problem, without the names that files have for things."""
    message = _WITHOUT_LESSON.sub(
        lambda match: f"{_PLACES[match[1]]}까지 적었으니 레슨도 골라 주세요", problem.message
    )
    for pattern, words in _WORDS:
        message = pattern.sub(words, message)
    return Problem(problem.path, message)
