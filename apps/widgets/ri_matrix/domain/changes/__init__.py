"""Modifying and exchanging Reserved Instances: the engine of `simulate ri-modification`.

Pure standard library; `CHANGE_SCHEMA` describes what `evaluate_change` reads.
"""

from .engine import evaluate_change, judge
from .model import (
    Change,
    Exchange,
    ExchangeResult,
    ExchangeSource,
    ExchangeTarget,
    Expiry,
    Modification,
    ModificationResult,
    Reason,
    ReasonCode,
    Received,
    Row,
)
from .reading import change_to_json, read_change
from .schema import CHANGE_SCHEMA

__all__ = [
    "CHANGE_SCHEMA",
    "Change",
    "Exchange",
    "ExchangeResult",
    "ExchangeSource",
    "ExchangeTarget",
    "Expiry",
    "Modification",
    "ModificationResult",
    "Reason",
    "ReasonCode",
    "Received",
    "Row",
    "change_to_json",
    "evaluate_change",
    "judge",
    "read_change",
]
