"""Does the discount still apply? A commitment and what runs, judged attribute by attribute."""

from typing import Any

from apps.kernel.documents import Invalid
from apps.kernel.pricing.amounts import write_amount, write_exact
from apps.kernel.pricing.options import RESERVED_INSTANCES, SAVINGS_PLANS, PurchaseOption
from apps.kernel.pricing.sources import SOURCES

from .commitment import HOSTS, Scenario, read_scenario
from .flexibility_model import (
    After,
    Alternative,
    Assessment,
    AttributeFinding,
    Outcome,
    Units,
)
from .flexibility_others import assess_capacity, assess_host, assess_uncommitted
from .flexibility_plans import assess_plan
from .flexibility_ri import assess_reserved

__all__ = [
    "After",
    "Alternative",
    "Assessment",
    "AttributeFinding",
    "Outcome",
    "Units",
    "assess",
    "assessment_to_json",
    "evaluate",
]


def assess(scenario: Scenario) -> Assessment:
    """How the discount of a commitment follows what runs, now and after a change of it."""
    if scenario.option in RESERVED_INSTANCES:
        return assess_reserved(scenario)
    if scenario.option in SAVINGS_PLANS:
        return assess_plan(scenario)
    if scenario.option in HOSTS:
        return assess_host(scenario)
    if scenario.option is PurchaseOption.CAPACITY_RESERVATION:
        return assess_capacity(scenario)
    return assess_uncommitted(scenario)


def evaluate(document: object) -> dict[str, Any]:
    """Assess a scenario document.

    Returns the result of the specification, or `{"problems": [{"path", "message"}]}` with every
    problem of a document that is not valid. Takes any decoded JSON; never raises.
    """
    reading = read_scenario(document)
    if isinstance(reading, Invalid):
        return {
            "problems": [
                {"path": problem.path, "message": problem.message} for problem in reading.problems
            ]
        }
    return assessment_to_json(assess(reading))


def assessment_to_json(assessment: Assessment) -> dict[str, Any]:
    """The result of a valid scenario; the keys are a contract."""
    return {
        "outcome": assessment.outcome.value,
        "covered_fraction": write_exact(assessment.covered_fraction),
        "units": _units_to_json(assessment.units),
        "attributes": [_finding_to_json(finding) for finding in assessment.attributes],
        "after": None if assessment.after is None else _after_to_json(assessment.after),
        "text": assessment.text,
    }


def cite(key: str) -> str:
    """A source by its title and the date of the copy that was read."""
    source = SOURCES[key]
    return f"{source.title} · {source.as_of or '날짜를 모르는 사본'}"


def _finding_to_json(finding: AttributeFinding) -> dict[str, Any]:
    return {
        "name": finding.name.value,
        "changed": finding.changed,
        "way": finding.way.value,
        "alternatives": [
            {"way": alternative.way.value, "text": alternative.text}
            for alternative in finding.alternatives
        ],
        "text": finding.text,
        "source": cite(finding.source),
    }


def _after_to_json(after: After) -> dict[str, Any]:
    return {
        "by": after.by.value,
        "outcome": after.outcome.value,
        "covered_fraction": write_exact(after.covered_fraction),
        "units": _units_to_json(after.units),
        "exact": after.exact,
        "text": after.text,
    }


def _units_to_json(units: Units | None) -> dict[str, str] | None:
    if units is None:
        return None
    return {
        "committed": write_amount(units.committed),
        "running": write_amount(units.running),
        "covered": write_amount(units.covered),
    }
