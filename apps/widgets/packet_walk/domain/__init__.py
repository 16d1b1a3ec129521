"""The engine: pure standard library, immutable values. `SCHEMA` describes what `evaluate` reads."""

from .engine import evaluate
from .schema import SCHEMA

__all__ = ["SCHEMA", "evaluate"]
