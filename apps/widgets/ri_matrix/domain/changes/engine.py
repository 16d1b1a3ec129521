"""The front door of `simulate ri-modification`: a JSON document in, a JSON document out."""

from typing import Any, overload

from apps.kernel.documents import Invalid
from apps.kernel.pricing.amounts import write_amount

from .exchange import judge_exchange
from .model import Change, Exchange, ExchangeResult, Modification, ModificationResult, Reason
from .modification import judge_modification
from .reading import read_change


@overload
def judge(change: Modification) -> ModificationResult: ...
@overload
def judge(change: Exchange) -> ExchangeResult: ...
def judge(change: Change) -> ModificationResult | ExchangeResult:
    """Whether AWS would accept the request, and with what outcome. Never raises."""
    if isinstance(change, Exchange):
        return judge_exchange(change)
    return judge_modification(change)


def evaluate_change(document: object) -> dict[str, Any]:
    """Judge a modification or an exchange.

    Returns the result of the specification (with the Korean `texts` and the `sources` of the
    `reasons`, in their order, and a summary `text`), or `{"problems": [{"path", "message"}]}` with
    every problem of a document that is not valid. Takes any decoded JSON; never raises.
    """
    reading = read_change(document)
    if isinstance(reading, Invalid):
        return {
            "problems": [
                {"path": problem.path, "message": problem.message} for problem in reading.problems
            ]
        }
    if isinstance(reading, Exchange):
        return _exchange_to_json(judge(reading))
    return _modification_to_json(judge(reading))


def _reasons_to_json(reasons: tuple[Reason, ...]) -> dict[str, Any]:
    return {
        "reasons": [reason.code.value for reason in reasons],
        "texts": [reason.text for reason in reasons],
        "sources": [reason.source for reason in reasons],
    }


def _modification_to_json(result: ModificationResult) -> dict[str, Any]:
    return {
        "allowed": result.allowed,
        **_reasons_to_json(result.reasons),
        "units_from": write_amount(result.units_from),
        "units_to": write_amount(result.units_to),
        "text": result.text,
    }


def _exchange_to_json(result: ExchangeResult) -> dict[str, Any]:
    received = result.received
    return {
        "allowed": result.allowed,
        **_reasons_to_json(result.reasons),
        "count_received": received and received.count,
        "true_up": received and write_amount(received.true_up),
        "expires": received and received.expires.text,
        "term_years": received and received.term_years,
        "text": result.text,
    }
