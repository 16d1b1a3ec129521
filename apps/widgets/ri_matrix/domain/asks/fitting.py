"""Which purchase option meets all that is needed, and what rules another one out?"""

from zlib import crc32

from apps.kernel.pricing.options import RESERVED_INSTANCES, SAVINGS_PLANS

from ..cells_model import Column
from ..needs import NEEDS, NeedId, OptionFit, Reason, judge_needs
from .values import Option, Question, sentences

_NONE = "none"
_OFFERED = 4
_LABELS = {need.id: need.label for need in NEEDS}
_COLUMNS = {column.value: column for column in Column}
_RULE = "수정이나 교환을 요청해야 되는 것도 만족하는 것으로 봅니다."


def fitting_questions(needs: tuple[NeedId, ...]) -> tuple[Question, ...]:
    """Which option fits; from two needs on also which of them rule out one that does not."""
    if not needs:
        return (_NO_NEEDS,)
    fits = [fit for fit in judge_needs(needs) if _is_settled(fit)]
    failing = sorted((fit for fit in fits if not fit.fits), key=_distance)
    questions = [_which_fits(needs, fits, failing)]
    if len(needs) > 1 and failing:
        # Any of the nearest misses, but always the same one of the same needs.
        nearest = failing[:_OFFERED]
        questions.append(_what_rules_out(needs, nearest[_draw(needs) % len(nearest)]))
    return tuple(questions)


_NO_NEEDS = Question(
    "fits",
    "필요한 것을 아직 하나도 고르지 않았습니다. 어느 구매 옵션이 맞습니까?",
    (
        Option("all", "모든 구매 옵션", "조건이 없으면 어느 것도 탈락하지 않습니다."),
        Option(
            "on-demand",
            "온디맨드만",
            "온디맨드만 맞으려면 다른 것을 탈락시키는 조건이 있어야 합니다.",
        ),
        Option(_NONE, "맞는 것이 없습니다.", "탈락시키는 조건이 없으므로 모두 남습니다."),
    ),
    frozenset({"all"}),
    "조건을 고를 때마다 맞지 않는 구매 옵션이 탈락합니다. 조건이 없으면 모두 남습니다.",
)


def _is_settled(fit: OptionFit) -> bool:
    """What AWS's documents leave open is asked of nobody."""
    asked = (_COLUMNS.get(reason.need.value) for reason in fit.reasons)
    return all(column is None or fit.row.cells[column].settled for column in asked)


def _failed(fit: OptionFit) -> list[Reason]:
    return [reason for reason in fit.reasons if not reason.fits]


def _distance(fit: OptionFit) -> tuple[int, bool]:
    """The fewest failed needs first; of equals the commitments, which are mistaken for others."""
    return len(_failed(fit)), fit.row.option not in RESERVED_INSTANCES | SAVINGS_PLANS


def _draw(needs: tuple[NeedId, ...]) -> int:
    """A number that looks like chance and is the same for the same needs."""
    return crc32(",".join(needs).encode())


def _stem(needs: tuple[NeedId, ...]) -> str:
    listed = " ".join(f"{_LABELS[need]}." for need in needs)
    return f"다음이 필요합니다. {listed} {_RULE}"


def _id(fit: OptionFit) -> str:
    scope = fit.row.scope
    return fit.row.option.value if scope is None else f"{fit.row.option.value}-{scope.value}"


def _which_fits(
    needs: tuple[NeedId, ...], fits: list[OptionFit], failing: list[OptionFit]
) -> Question:
    """One that fits among the nearest misses, in the order of the matrix."""
    fitting = [fit for fit in fits if fit.fits]
    chosen = [fitting[_draw(needs) % len(fitting)]] if fitting else []
    near = failing[: _OFFERED - len(chosen)]
    offered = [fit for fit in fits if fit in near or fit in chosen]
    options = [Option(_id(fit), fit.row.name, _feedback(fit)) for fit in offered]
    right = chosen[0] if chosen else None
    nothing = (
        f"{right.row.name} 방식이 모두 만족합니다."
        if right
        else "하나라도 만족하지 못하면 탈락합니다. 여기 있는 것은 모두 탈락합니다."
    )
    options.append(Option(_NONE, "이 가운데에는 없습니다.", nothing))
    return Question(
        "fits",
        f"{_stem(needs)} 이 가운데 모두 만족하는 구매 옵션은 무엇입니까?",
        tuple(options),
        frozenset({_id(right) if right else _NONE}),
        sentences(*(_short(fit) for fit in offered if not fit.fits)),
    )


def _feedback(fit: OptionFit) -> str:
    failed = _failed(fit) or fit.reasons
    return sentences(*(reason.text for reason in failed))


def _short(fit: OptionFit) -> str:
    """The first need that it fails, with the option's name."""
    return f"{fit.row.name}: {_failed(fit)[0].text}"


def _what_rules_out(needs: tuple[NeedId, ...], fit: OptionFit) -> Question:
    failed = frozenset(reason.need.value for reason in _failed(fit))
    options = [
        Option(reason.need.value, f"{_LABELS[reason.need]}.", reason.text) for reason in fit.reasons
    ]
    options.append(Option(_NONE, "모두 만족합니다.", _feedback(fit)))
    return Question(
        "ruled-out",
        f"{_stem(needs)} {fit.row.name} 방식이 만족하지 못하는 것을 모두 고르십시오.",
        tuple(options),
        failed,
        _feedback(fit),
        multiple=True,
    )
