"""The JSON Schema of a scenario, as `manage.py simulate ri-matrix --schema` prints it.

It bounds shapes, sizes and words. What needs more than one field (the scope of a Reserved
Instance, the zone of a zonal one, the tenancy of a host …) is checked by `read_scenario` alone,
which reads nothing that this schema refuses.
"""

from enum import StrEnum
from typing import Any

from apps.kernel.pricing.options import PurchaseOption, Scope, Tenancy

from .commitment import MAX_COUNT, MAX_NAME


def _object(required: dict[str, Any], optional: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def _enum(values: type[StrEnum]) -> dict[str, Any]:
    return {"type": "string", "enum": [value.value for value in values]}


def _name(*examples: str) -> dict[str, Any]:
    return {
        "type": "string",
        "minLength": 1,
        "maxLength": MAX_NAME,
        "pattern": r"^\S(.*\S)?$",
        "examples": list(examples),
    }


_SIDE = _object(
    {
        "region": _name("ap-northeast-2"),
        "type": {
            "type": "string",
            "maxLength": 41,
            "pattern": r"^[a-z][a-z0-9-]*\.[a-z0-9][a-z0-9-]*$",
            "examples": ["m5.large"],
        },
        "count": {"type": "integer", "minimum": 1, "maximum": MAX_COUNT},
        "platform": _name("Linux/UNIX", "Windows"),
        "tenancy": _enum(Tenancy),
    },
    {"az": {"oneOf": [_name("ap-northeast-2a"), {"type": "null"}], "default": None}},
)

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "ri-matrix",
    "description": "약정한 것과 실행하는 것이 다를 때 할인이 따라오는지 묻는 시나리오",
    **_object(
        {
            "option": _enum(PurchaseOption),
            "committed": {"$ref": "#/$defs/side"},
            "running": {"$ref": "#/$defs/side"},
        },
        {
            "scope": {
                "oneOf": [_enum(Scope), {"type": "null"}],
                "default": None,
                "description": "예약 인스턴스에만 있습니다",
            }
        },
    ),
    "$defs": {"side": _SIDE},
}
