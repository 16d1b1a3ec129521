"""The engine's front door: a JSON document in, a JSON document out."""

from typing import Any

from apps.kernel.documents import Invalid

from .fixes import plan_fixes
from .result import result_to_json
from .scenario import read_scenario
from .walk import walk


def evaluate(scenario: object) -> dict[str, Any]:
    """Walk the flow of a scenario document.

    Returns the result of the specification, or `{"problems": [{"path", "message"}]}` with every
    problem of a document that is not valid. Takes any decoded JSON; never raises.
    """
    reading = read_scenario(scenario)
    if isinstance(reading, Invalid):
        return {
            "problems": [
                {"path": problem.path, "message": problem.message} for problem in reading.problems
            ]
        }
    trace = walk(reading)
    return result_to_json(trace, plan_fixes(reading, trace))
