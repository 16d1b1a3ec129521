"""Requests for the tests, in the notation of the page's permalinks, and what comes of them."""

from typing import Any

from apps.widgets.ri_matrix.domain.changes import (
    Change,
    Exchange,
    Modification,
    evaluate_change,
    read_change,
)

Json = dict[str, Any]


def row(text: str) -> Json:
    """`t2.large 1 regional us-east-1`, `m5.large 1 zonal us-east-1 us-east-1a state=retired`."""
    words = text.split()
    plain = [word for word in words if "=" not in word]
    named = dict(word.split("=") for word in words if "=" in word)
    if "class" in named:
        named["offering_class"] = named.pop("class")
    return {
        "type": plain[0],
        "count": int(plain[1]),
        "scope": plain[2],
        "region": plain[3],
        "az": plain[4] if len(plain) > 4 else None,
        **named,
    }


def modify(sources: list[str], targets: list[str], **fields: object) -> Json:
    """A modification of a Standard RI for Linux/UNIX and default tenancy, unless told otherwise."""
    return {
        "operation": "modify",
        "offering_class": "standard",
        "platform": "Linux/UNIX",
        "tenancy": "default",
        "from": [row(text) for text in sources],
        "to": [row(text) for text in targets],
        **fields,
    }


def _value(word: str) -> str | None:
    return None if word == "-" else word


def exchange(sources: list[str], target: str, **fields: object) -> Json:
    """`m4.large 1 partial_upfront 35 500 4000 1 2027-03-31` for `c5.large all_upfront 10 150 1`."""
    rows: list[Json] = []
    for text in sources:
        words = text.split()
        kind, count, payment, value, upfront, hours, years, expires = words[:8]
        rows.append(
            {
                "type": kind,
                "count": int(count),
                "payment": payment,
                "list_value": value,
                "remaining_upfront": _value(upfront),
                "hours_left": int(hours),
                "term_years": int(years),
                "expires": expires,
                **dict(word.split("=") for word in words[8:]),
            }
        )
    kind, payment, value, upfront, years, *named = target.split()
    return {
        "operation": "exchange",
        "offering_class": "convertible",
        "from": rows,
        "to": {
            "type": kind,
            "payment": payment,
            "list_value": value,
            "prorated_upfront": _value(upfront),
            "term_years": int(years) if years != "-" else None,
            **dict(word.split("=") for word in named),
        },
        **fields,
    }


def reasons(document: Json) -> list[str]:
    """The codes, after a look at what comes with them."""
    result = evaluate_change(document)
    assert "problems" not in result, result
    assert result["allowed"] == (not result["reasons"])
    assert len(result["texts"]) == len(result["sources"]) == len(result["reasons"])
    assert len(set(result["reasons"])) == len(result["reasons"])
    found: list[str] = result["reasons"]
    return found


def why(document: Json, code: str) -> str:
    """The text of one reason."""
    result = evaluate_change(document)
    text: str = result["texts"][result["reasons"].index(code)]
    return text


def read(document: Json) -> Change:
    change = read_change(document)
    assert isinstance(change, Modification | Exchange), change
    return change
