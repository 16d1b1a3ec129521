"""A generated question tried with several seeds before it is published."""

from functools import lru_cache

from apps.kernel.documents import Findings
from apps.quizzes.domain.spec import QuestionSpec
from apps.quizzes.freezing import GENERATED, NotComputableError, find_generator
from apps.studio.domain.selftest import Report, advice, self_test
from apps.widgetkit.asks import ParameterError

_SEEDS = 50
"""What a page can wait for; the generator's own page tries a thousand."""


def check_generator(spec: QuestionSpec, findings: Findings) -> None:
    """Tell which seeds make no question (a problem), and what gives keys away (advice).

    Nothing for other kinds, nor for a generator or parameters that there are not: freezing has told
    those.
    """
    if spec.shown.kind != GENERATED:
        return
    body = spec.shown.body
    parameters = tuple(sorted(body.get("parameters", {}).items()))
    try:
        report = _tried(body["generator"], parameters)
    except (NotComputableError, ParameterError):
        return
    if report.failures:
        first = report.failures[0]
        findings.add(
            "generator",
            f"{report.tried}개를 만들어 보니 {report.failed}개가 실패했습니다. "
            f"{first.seed}번: {first.reason}",
        )
    for sentence in advice(report):
        findings.advise("generator", sentence)


@lru_cache(maxsize=256)
def _tried(name: str, parameters: tuple[tuple[str, str], ...]) -> Report:
    """The same for the life of the process: seeds and parameters decide everything."""
    _, generator = find_generator(name)
    return self_test(generator, dict(parameters), range(_SEEDS))
