"""From the text of an Aiken file to items: questions with one right choice and nothing else.

    Which service stores objects?
    A. Amazon S3
    B. Amazon EBS
    ANSWER: A

The rules, where the format's documentation leaves room:

- Letters and ANSWER are capitals; the full-width signs of a Korean keyboard count as the usual ones
  there. Choices are A, B, C … in this order, one to a line, "." or ")" behind the letter. A blank
  behind it may be missing where no abbreviation ("U.S.") can be meant.
- The stem may have several lines and blank ones between them; blank lines count nowhere else.
- A line behind a choice that is neither choice nor answer begins the next question: the one before
  it has no answer then.
"""

import re
from dataclasses import dataclass, field

from apps.studio.exchange.items import (
    FileProblem,
    Item,
    ItemChoice,
    ItemKind,
    Reading,
    TextFormat,
)

MAX_ITEMS = 20_000
_CHOICE = re.compile(r"([A-ZＡ-Ｚ])\s?[.)．）](\s*)(.*)", re.DOTALL)
_ABBREVIATED = re.compile(r"[A-Z]\.")
_ANSWER = re.compile(r"(ANSWER|ＡＮＳＷＥＲ)\s*[:：](.*)", re.DOTALL)
_ANSWER_IN_SMALL = re.compile(r"answer\s*[:：]", re.IGNORECASE)
_SAID = re.compile(r"([A-ZＡ-Ｚ])(?![A-Za-zＡ-Ｚ])([.)．）]?)\s*(.*)", re.DOTALL)
_LETTERS = re.compile(r"[A-ZＡ-Ｚ]{2,26}")
_MORE_LETTERS = re.compile(r"(?:[,/&+;、，]|and\b|와|과)?\s*[A-ZＡ-Ｚ](?![A-Za-z])")
_FULL_WIDTH = ord("Ａ") - ord("A")

_NOTHING = "Aiken 문제를 찾지 못했습니다. 파일 내용을 확인하세요."
_NO_ANSWER = "ANSWER: 줄이 없습니다. 마지막 보기 다음 줄에 ANSWER: A처럼 적으세요."
_CUT_CHOICE = "보기 다음에 보기도 ANSWER: 줄도 아닌 줄이 있습니다. 보기는 한 줄에 하나씩 적으세요."
_NO_STEM = "문제 글 없이 보기부터 나옵니다. 보기 앞줄에 문제를 적으세요."
_NO_QUESTION = "문제 없이 ANSWER: 줄만 있습니다."
_FEW = "보기는 2개 이상 있어야 합니다. 보기는 대문자로 A. 또는 A)처럼 시작합니다."
_SMALL = "ANSWER는 대문자로 적어야 합니다."
_NO_LETTER = "ANSWER: 뒤에 정답 글자가 없습니다. ANSWER: A처럼 대문자 하나를 적으세요."
_SEVERAL = "정답이 둘 이상입니다. Aiken 형식에서는 정답이 하나입니다."
_TOO_MANY = f"문제가 {MAX_ITEMS:,}개를 넘어 이 줄부터는 읽지 않았습니다. 파일을 나누어 가져오세요."


def read_aiken(text: str) -> Reading:
    """Every question of the file in its order, and a problem for each that is broken."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    reader = _Reader()
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip() if raw else raw
        if line and len(reader.items) + len(reader.problems) >= MAX_ITEMS:
            reader.problems.append(FileProblem(number, _TOO_MANY))
            break
        reader.take(number, line)
    else:
        reader.finish()
    if not reader.items and not reader.problems:
        reader.problems.append(FileProblem(0, _NOTHING))
    reader.problems.sort(key=lambda problem: problem.line)
    return Reading(tuple(reader.items), tuple(reader.problems))


@dataclass(slots=True)
class _Question:
    line: int
    stem: list[str]
    continues: bool  # it began right below a choice without an answer: perhaps no question at all
    choices: list[str] = field(default_factory=list)

    @property
    def awaited(self) -> str:
        return chr(ord("A") + len(self.choices))

    @property
    def text(self) -> str:
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.stem)).strip()


class _Reader:
    def __init__(self) -> None:
        self.items: list[Item] = []
        self.problems: list[FileProblem] = []
        self._question: _Question | None = None
        self._skipping = False  # what belongs to a broken question that has been reported
        self._blank_before = True

    def take(self, number: int, line: str) -> None:
        if not line:
            if self._question is not None and not self._question.choices:
                self._question.stem.append("")
            self._blank_before = True
            return
        answer = _ANSWER.fullmatch(line)
        choice = None if answer else self._choice(line)
        if answer:
            self._take_answer(number, answer[2].strip())
        elif choice:
            self._take_choice(number, *choice)
        elif _ANSWER_IN_SMALL.match(line) and (self._skipping or self._has_choices()):
            if self._question is not None:
                self._break(number, _SMALL)
            self._skipping = False
        else:
            self._take_text(number, line)
        self._blank_before = False

    def finish(self) -> None:
        question = self._question
        if question is not None and (question.choices or not question.continues):
            self._break(question.line, _NO_ANSWER)

    def _has_choices(self) -> bool:
        return self._question is not None and bool(self._question.choices)

    def _choice(self, line: str) -> tuple[str, str] | None:
        """The letter and the text of a choice."""
        found = _CHOICE.fullmatch(line)
        if not found:
            return None
        letter, blank, text = _plain(found[1]), found[2], found[3]
        if blank or not text:
            return letter, text
        awaited = self._question.awaited if self._question else ""
        return None if letter != awaited or _ABBREVIATED.match(text) else (letter, text)

    def _take_choice(self, number: int, letter: str, text: str) -> None:
        if self._skipping:
            return
        question = self._question
        if question is None:
            self._break(number, _NO_STEM)
        elif letter == question.awaited:
            question.choices.append(text)
        elif question.continues and not question.choices:
            # The line was the rest of a choice, and the question it belongs to has been reported.
            self._question, self._skipping = None, True
        else:
            self._break(
                question.line,
                f"보기 글자가 차례대로가 아닙니다. {number}번째 줄에는 {question.awaited} 보기가 "
                f"와야 하는데 {letter} 보기가 있습니다.",
            )

    def _take_text(self, number: int, line: str) -> None:
        question = self._question
        if question is not None and not question.choices:
            question.stem.append(line)
            return
        continues = not self._blank_before and (self._skipping or question is not None)
        if question is not None:
            self._break(question.line, _CUT_CHOICE if continues else _NO_ANSWER)
        self._skipping = False
        self._question = _Question(number, [line], continues)

    def _take_answer(self, number: int, said: str) -> None:
        question, self._question = self._question, None
        if question is None:
            if not self._skipping:
                self.problems.append(FileProblem(number, _NO_QUESTION))
        elif not (question.continues and not question.choices):
            self._close(question, said)
        self._skipping = False

    def _close(self, question: _Question, said: str) -> None:
        found = _SAID.fullmatch(said)
        reason = ""
        letters = [chr(ord("A") + index) for index in range(len(question.choices))]
        if len(question.choices) < 2:
            reason = _FEW
        elif not found:
            reason = _SEVERAL if _LETTERS.fullmatch(said) else _NO_LETTER
        elif not found[2] and _MORE_LETTERS.match(found[3]):
            reason = _SEVERAL
        elif _plain(found[1]) not in letters:
            reason = f"정답 {_plain(found[1])}에 해당하는 보기가 없습니다."
        if reason or not found:
            self.problems.append(FileProblem(question.line, reason))
            return
        right = letters.index(_plain(found[1]))
        choices = (
            ItemChoice(text, "100" if index == right else "0")
            for index, text in enumerate(question.choices)
        )
        self.items.append(
            Item(
                question.line,
                ItemKind.SINGLE,
                stem=question.text,
                stem_format=TextFormat.PLAIN,
                choices=tuple(choices),
                problems=tuple(_notes(question.choices, found[3])),
            )
        )

    def _break(self, line: int, reason: str) -> None:
        self.problems.append(FileProblem(self._question.line if self._question else line, reason))
        self._question, self._skipping = None, True


def _notes(choices: list[str], behind: str) -> list[str]:
    notes = []
    if not all(choices):
        notes.append("글이 빈 보기가 있습니다.")
    if behind:
        shown = behind if len(behind) <= 30 else f"{behind[:30]}…"
        notes.append(f"ANSWER: 줄의 ‘{shown}’ 부분은 읽지 않았습니다.")
    return notes


def _plain(letter: str) -> str:
    return letter if letter <= "Z" else chr(ord(letter) - _FULL_WIDTH)
