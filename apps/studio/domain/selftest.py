"""A generator tried with many seeds: what fails, what repeats, what gives keys away.

    report = self_test(generator, parameters, range(50))

`report.failures` stand in the way of publishing; `advice(report)` are sentences for the author.
`services.trying.check_generator(spec, findings)` asks this of a document before it is published.
Reports of different seeds add up: `first + second` is the report of both.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from apps.quizzes.domain.concrete import make_concrete
from apps.quizzes.domain.kinds.choices import Choice
from apps.quizzes.domain.spec import About, Level, QuestionSpec, Secret, Shown
from apps.widgetkit.asks import Ask, Generator, Variant

Json = dict[str, Any]
_MOST_FAILURES = 20
"""Kept of a report; the others are counted only."""
_EVERY_NTH_TWICE = 10
"""A generator that forgets the seed does so for most of them; twice for each would take twice."""
_WORTH_GUESSING = 0.15
"""More right answers than by chance, as a share: less than that helps nobody."""
_FEW_SEEDS = 40
"""With fewer, no share says anything."""
_TEMPLATE = QuestionSpec(
    Shown("generated", "", {}), Secret({}), About("other", Level.UNDERSTAND, 1)
)


@dataclass(frozen=True, slots=True)
class Failure:
    """A seed that makes no question, or none that may be asked."""

    seed: int
    reason: str  # Korean


@dataclass(frozen=True, slots=True)
class Tells:
    """Of questions with one right choice: how often it stands out, and how often by chance alone.

    `placed` counts those whose choices keep their order; the others are shuffled when they are
    dealt, so that their places tell nothing.
    """

    singles: int = 0
    alone: int = 0  # questions in which one choice is longer than every other
    longest: int = 0  # of these, the ones in which it is the key
    longest_by_chance: float = 0.0
    placed: int = 0
    places: Counter[int] = field(default_factory=Counter)  # from 0
    places_by_chance: Counter[int] = field(default_factory=Counter)  # in thousandths
    keys: Counter[str] = field(default_factory=Counter)  # what the right choice says, digested

    def __add__(self, other: "Tells") -> "Tells":
        return Tells(
            self.singles + other.singles,
            self.alone + other.alone,
            self.longest + other.longest,
            self.longest_by_chance + other.longest_by_chance,
            self.placed + other.placed,
            self.places + other.places,
            self.places_by_chance + other.places_by_chance,
            self.keys + other.keys,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What came of `tried` seeds."""

    tried: int = 0
    failed: int = 0
    failures: tuple[Failure, ...] = ()  # the first of them
    questions: frozenset[str] = frozenset()  # digests: the same question counts once
    counts: Counter[int] = field(default_factory=Counter)  # questions by number of choices
    tells: Tells = Tells()

    @property
    def different(self) -> int:
        """How many different questions."""
        return len(self.questions)

    @property
    def made(self) -> int:
        return self.tried - self.failed

    @property
    def is_sound(self) -> bool:
        """Every seed made a question that may be asked."""
        return self.tried > 0 and self.failed == 0

    def __add__(self, other: "Report") -> "Report":
        return Report(
            self.tried + other.tried,
            self.failed + other.failed,
            (*self.failures, *other.failures)[:_MOST_FAILURES],
            self.questions | other.questions,
            self.counts + other.counts,
            self.tells + other.tells,
        )


def self_test(
    generator: Generator, parameters: Mapping[str, object], seeds: Iterable[int]
) -> Report:
    """Make the question of every seed, of some twice. Raises ParameterError for parameters that
    the generator has not.
    """
    settled = generator.settle(parameters)
    report = Report()
    for seed in seeds:
        report += _try(generator, settled, seed)
    return report


def _try(generator: Generator, parameters: Mapping[str, str], seed: int) -> Report:
    try:
        variant = generator.make(seed, **parameters)
        if seed % _EVERY_NTH_TWICE == 0 and variant != generator.make(seed, **parameters):
            return _failed(seed, "같은 번호로 두 번 만들었더니 서로 다른 문제가 나왔습니다.")
        reason = _what_is_wrong(variant.ask)
    except Exception as error:  # a generator may fail in any way: that is what is tested
        return _failed(seed, f"문제를 만들지 못했습니다: {type(error).__name__}: {error}"[:300])
    return _failed(seed, reason) if reason else _made(variant)


def _failed(seed: int, reason: str) -> Report:
    return Report(1, 1, (Failure(seed, reason),))


def _what_is_wrong(ask: Ask) -> str:
    """Why nobody should be asked this; "" where it may be."""
    choices = [
        Choice(each.id, each.text, each.id in ask.key, each.feedback) for each in ask.choices
    ]
    try:
        make_concrete(
            _TEMPLATE, kind=ask.kind, stem=ask.stem, choices=choices, explanation=ask.explanation
        )
    except ValueError as error:
        return f"문제가 되지 않습니다: {error}"
    texts = Counter(each.text.strip() for each in ask.choices)
    silent = [each.text for each in ask.choices if each.id not in ask.key and not each.feedback]
    if not ask.stem.strip():
        return "문제의 글이 비어 있습니다."
    if len(ask.choices) < 2:
        return "보기가 하나뿐입니다."
    if "" in texts:
        return "빈 보기가 있습니다."
    if len(texts) < len(ask.choices):
        return f"같은 보기가 두 번 있습니다: {texts.most_common(1)[0][0]}"
    if silent:
        return f"오답 보기에 설명이 없습니다: {silent[0]}"
    return "" if ask.explanation.strip() else "해설이 비어 있습니다."


def _made(variant: Variant) -> Report:
    ask = variant.ask
    state = json.dumps(variant.scenario, sort_keys=True, default=str)
    said = [ask.stem, state, *sorted(each.text for each in ask.choices)]
    return Report(
        1,
        questions=frozenset([_digest("\0".join(said))]),
        counts=Counter([len(ask.choices)]),
        tells=_tells(ask) if ask.kind == "single" else Tells(),
    )


def _tells(ask: Ask) -> Tells:
    count = len(ask.choices)
    place = next(n for n, each in enumerate(ask.choices) if each.id in ask.key)
    lengths = [len(each.text) for each in ask.choices]
    alone = lengths.count(max(lengths)) == 1
    return Tells(
        singles=1,
        alone=int(alone),
        longest=int(alone and lengths[place] == max(lengths)),
        longest_by_chance=1 / count if alone else 0.0,
        placed=int(ask.keep_order),
        places=Counter([place]) if ask.keep_order else Counter(),
        places_by_chance=Counter(
            {n: round(1000 / count) for n in range(count)} if ask.keep_order else {}
        ),
        keys=Counter([_digest(ask.choices[place].text)]),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:10]


# What a report says -----------------------------------------------------------------------------


def advice(report: Report) -> tuple[str, ...]:
    """What could be better, in Korean; nothing of failures, nor of shares of few seeds."""
    made, tells = report.made, report.tells
    if made < _FEW_SEEDS:
        return ()
    found = []
    if report.different < made / 4:
        found.append(
            f"서로 다른 문제가 {report.different:,}개뿐입니다. 여러 번 풀면 같은 문제를 만납니다."
        )
    if tells.alone and _stands_out(tells.longest, tells.alone, tells.longest_by_chance):
        found.append(
            f"가장 긴 보기가 하나로 정해지는 문제 {tells.alone:,}개 가운데 {tells.longest:,}개에서 "
            f"그 보기가 정답입니다. 우연이라면 {tells.longest_by_chance:,.0f}개쯤입니다."
        )
    place = likeliest_place(report)
    if place is not None:
        by_chance = percent(round(tells.places_by_chance[place] / 1000), tells.placed)
        found.append(
            f"정답이 {place + 1}번째 보기인 문제가 {percent(tells.places[place], tells.placed)}"
            f"입니다. 우연이라면 {by_chance}쯤입니다."
        )
    most = max(tells.keys.values(), default=0)
    if tells.singles and most > 0.7 * tells.singles:
        found.append(f"문제의 {percent(most, tells.singles)}에서 같은 보기가 정답입니다.")
    return tuple(found)


def likeliest_place(report: Report) -> int | None:
    """The place (from 0) at which the key stands more often than chance would put it there."""
    tells = report.tells
    for place, times in tells.places.most_common(1):
        if _stands_out(times, tells.placed, tells.places_by_chance[place] / 1000):
            return place
    return None


def _stands_out(times: int, among: int, by_chance: float) -> bool:
    """So much more often than by chance that guessing pays, and by more than chance varies."""
    share = min(max(by_chance / among, 0.01), 0.99)
    spread = sqrt(among * share * (1 - share))
    return times > by_chance + max(3 * spread, _WORTH_GUESSING * among)


def percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%" if whole else "0%"


# Between two requests ---------------------------------------------------------------------------


def report_to_json(report: Report) -> Json:
    """For keeping a report while the rest is tried; `report_from_json` reads it back."""
    tells = report.tells
    return {
        "tried": report.tried,
        "failed": report.failed,
        "failures": [[each.seed, each.reason] for each in report.failures],
        "questions": sorted(report.questions),
        "counts": [list(each) for each in report.counts.items()],
        "tells": {
            "singles": tells.singles,
            "alone": tells.alone,
            "longest": tells.longest,
            "longest_by_chance": tells.longest_by_chance,
            "placed": tells.placed,
            "places": [list(each) for each in tells.places.items()],
            "places_by_chance": [list(each) for each in tells.places_by_chance.items()],
            "keys": [list(each) for each in tells.keys.items()],
        },
    }


def report_from_json(document: Json) -> Report:
    """The inverse, for what this site itself has written."""
    tells = document["tells"]
    counters = {name: Counter(dict(tells[name])) for name in ("places", "places_by_chance", "keys")}
    return Report(
        document["tried"],
        document["failed"],
        tuple(Failure(seed, reason) for seed, reason in document["failures"]),
        frozenset(document["questions"]),
        Counter(dict(document["counts"])),
        Tells(**{**tells, **counters}),
    )
