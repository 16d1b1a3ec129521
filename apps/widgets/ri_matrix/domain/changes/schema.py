"""The JSON Schema of a change, as `manage.py simulate ri-modification --schema` prints it.

It bounds shapes, sizes and notation. What needs more than one field (a zone outside its region, a
type without a known factor …) is checked by `read_change` alone, which reads nothing that this
schema refuses.
"""

from enum import StrEnum
from typing import Any

from apps.kernel.pricing.amounts import MAX_DECIMALS, MAX_WHOLE_DIGITS
from apps.kernel.pricing.options import OfferingClass, PaymentOption, Scope, Tenancy

from .fields import (
    AZ_PATTERN,
    EXPIRY_PATTERN,
    MAX_COUNT,
    MAX_HOURS_LEFT,
    MAX_PLATFORM,
    MAX_ROWS,
    REGION_PATTERN,
    STATE_PATTERN,
    TERMS,
)
from .reading import EXCHANGE, MODIFY


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _enum(values: type[StrEnum]) -> dict[str, Any]:
    return {"type": "string", "enum": [value.value for value in values]}


def _pattern(pattern: str, *examples: str) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^(?:{pattern})$", "examples": list(examples)}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"oneOf": [schema, {"type": "null"}]}


def _rows(reference: str) -> dict[str, Any]:
    items = {"$ref": f"#/$defs/{reference}"}
    return {"type": "array", "items": items, "minItems": 1, "maxItems": MAX_ROWS}


_TYPE = {"type": "string", "maxLength": 41, "examples": ["m5.large"]}
_COUNT = {"type": "integer", "minimum": 1, "maximum": MAX_COUNT}
_AMOUNT = {
    **_pattern(f"[0-9]{{1,{MAX_WHOLE_DIGITS}}}(?:\\.[0-9]{{1,{MAX_DECIMALS}}})?", "35", "0.5"),
    "description": "인스턴스 하나의 금액(달러)",
}
_TERM = {"type": "integer", "enum": list(TERMS)}
_REGION = _pattern(REGION_PATTERN, "us-east-1")
_STATE = _pattern(STATE_PATTERN, "active")
_EXPIRES = _pattern(EXPIRY_PATTERN, "2027-03-31", "2027-03-31T09")

_ROW = _object(
    {"type": _TYPE, "count": _COUNT, "scope": _enum(Scope), "region": _REGION},
    {
        "az": _or_null(_pattern(AZ_PATTERN, "us-east-1a")),
        "state": _or_null(_STATE),
        "expires": _or_null(_EXPIRES),
        "offering_class": _or_null(_enum(OfferingClass)),
    },
)
_SOURCE = _object(
    {
        "type": _TYPE,
        "count": _COUNT,
        "payment": _enum(PaymentOption),
        "list_value": _AMOUNT,
        "hours_left": {"type": "integer", "minimum": 0, "maximum": MAX_HOURS_LEFT},
        "term_years": _TERM,
        "expires": _EXPIRES,
    },
    {
        "remaining_upfront": _or_null(_AMOUNT),
        "region": _or_null(_REGION),
        "state": _or_null(_STATE),
        "offering_class": _or_null(_enum(OfferingClass)),
    },
)
_TARGET = _object(
    {"type": _TYPE, "payment": _enum(PaymentOption), "list_value": _AMOUNT},
    {
        "prorated_upfront": _or_null(_AMOUNT),
        "term_years": _or_null(_TERM),
        "region": _or_null(_REGION),
        "offering_class": _or_null(_enum(OfferingClass)),
    },
)

CHANGE_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "ri-modification",
    "description": "예약 인스턴스의 수정이나 교환을 요청하는 상황",
    "oneOf": [
        _object(
            {
                "operation": {"const": MODIFY},
                "offering_class": _enum(OfferingClass),
                "platform": {"type": "string", "minLength": 1, "maxLength": MAX_PLATFORM},
                "tenancy": {"type": "string", "enum": [Tenancy.DEFAULT, Tenancy.DEDICATED]},
                "from": _rows("row"),
                "to": _rows("row"),
            }
        ),
        _object(
            {
                "operation": {"const": EXCHANGE},
                "offering_class": _enum(OfferingClass),
                "from": _rows("exchange_source"),
                "to": {"$ref": "#/$defs/exchange_target"},
            }
        ),
    ],
    "$defs": {"row": _ROW, "exchange_source": _SOURCE, "exchange_target": _TARGET},
}
