"""A trace and its fixes as the JSON of `evaluate`; the keys are a contract."""

from typing import Any

from .fixes import Fix, Plan, Unfixable
from .notation import format_ports, format_rule
from .text import explain, explain_fix, explain_unfixable
from .trace import (
    REACHABILITY_CODE,
    Action,
    Checkpoint,
    CheckpointKind,
    Decision,
    Journey,
    Step,
    Trace,
)

_IMPLICIT_DENY = "*"


def result_to_json(trace: Trace, plan: Plan) -> dict[str, Any]:
    """The result of a valid scenario."""
    unfixable = plan.unfixable
    return {
        "disposition": trace.disposition.value,
        "symptom": trace.symptom.value,
        "passing_source_ports": [list(ports) for ports in trace.passing_source_ports],
        "steps": [step_to_json(step, trace) for step in trace.steps],
        "fixes": [fix_to_json(fix, trace.journey) for fix in plan.fixes],
        "unfixable": None if unfixable is None else _unfixable_to_json(unfixable),
        "code": trace.code,
    }


def step_to_json(step: Step, trace: Trace) -> dict[str, Any]:
    """One step. `ranges` only where several rules decide, `reachability_code` on ACL denials."""
    checkpoint = step.checkpoint
    document: dict[str, Any] = {
        "n": checkpoint.n,
        "note": checkpoint.note,
        "leg": checkpoint.leg.value,
        "checkpoint": checkpoint.kind.value,
        "id": list(step.ids),
        "direction": checkpoint.direction.value,
        "action": step.action.value,
        "code": step.code.value,
        "rule": deciding_rule(step),
        "text": explain(step, trace),
    }
    if len(step.decisions) > 1:
        document["ranges"] = _ranges(step)
    if checkpoint.kind is CheckpointKind.NACL and step.action is Action.DENY:
        document["reachability_code"] = REACHABILITY_CODE
    return document


def deciding_rule(step: Step) -> str | None:
    """The rule that decided, several joined in the order they are read; None for none."""
    return ", ".join(_rule_text(decision) for decision in step.decisions) or None


def fix_to_json(fix: Fix, journey: Journey) -> dict[str, Any]:
    """One rule to add."""
    return {
        **_place(fix.checkpoint, fix.id),
        "rule": format_rule(fix.rule),
        "why": explain_fix(fix, journey),
    }


def _unfixable_to_json(unfixable: Unfixable) -> dict[str, Any]:
    """The deny that stands in the way, in the shape of a fix."""
    return {
        **_place(unfixable.checkpoint, unfixable.id),
        "rule": format_rule(unfixable.rule),
        "why": explain_unfixable(unfixable),
    }


def _place(checkpoint: Checkpoint, name: str) -> dict[str, Any]:
    return {
        "checkpoint": checkpoint.kind.value,
        "id": name,
        "direction": checkpoint.direction.value,
    }


def _rule_text(decision: Decision) -> str:
    return _IMPLICIT_DENY if decision.rule is None else format_rule(decision.rule)


def _ranges(step: Step) -> list[dict[str, str]]:
    """Which rule decides which ports, by ascending port."""
    pieces = sorted((ports, decision) for decision in step.decisions for ports in decision.ports)
    return [
        {
            "ports": format_ports(ports),
            "action": decision.action.value,
            "rule": _rule_text(decision),
        }
        for ports, decision in pieces
    ]
