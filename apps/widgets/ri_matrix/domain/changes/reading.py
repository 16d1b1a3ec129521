"""A change as JSON ⇄ a `Change`; a document that is not valid gives every problem at once."""

from typing import Any

from apps.kernel.documents import Findings, Invalid, join, read_choice, read_object
from apps.kernel.pricing.amounts import write_exact
from apps.kernel.pricing.options import OfferingClass, PaymentOption, Scope, Tenancy

from .fields import (
    MAX_HOURS_LEFT,
    Fields,
    check_precision,
    read_az,
    read_count,
    read_expiry,
    read_integer,
    read_money,
    read_optional_word,
    read_platform,
    read_region,
    read_rows,
    read_state,
    read_term,
    read_type,
    read_upfront,
    read_word,
)
from .model import Change, Exchange, ExchangeSource, ExchangeTarget, Modification, Row

MODIFY, EXCHANGE = "modify", "exchange"
OPERATIONS = (MODIFY, EXCHANGE)
_OTHER_KEYS = ("offering_class", "platform", "tenancy", "from", "to")


def read_change(document: object) -> Change | Invalid:
    """Read a decoded JSON document of any shape; never raises.

    Refused are, beside what is not of the schema: types without a known factor in a modification,
    a zone outside its region or against its scope, upfront amounts that do not go with the payment
    option, and expiries of which some name an hour and some only a day.
    """
    findings = Findings()
    change: Change | None = None
    if not isinstance(document, dict) or "operation" not in document:
        read_object(document, "", findings, required=("operation",), optional=_OTHER_KEYS)
        return Invalid(findings.problems())
    operation = read_choice(document["operation"], "operation", findings, choices=OPERATIONS)
    if operation == MODIFY:
        change = _read_modification(document, findings)
    elif operation == EXCHANGE:
        change = _read_exchange(document, findings)
    if findings or change is None:
        return Invalid(findings.problems())
    return change


def _read_modification(document: object, findings: Findings) -> Modification | None:
    root = read_object(
        document,
        "",
        findings,
        required=("operation", "offering_class", "platform", "tenancy", "from", "to"),
    )
    if root is None:
        return None
    offering_class = read_word(root, "", "offering_class", OfferingClass, findings)
    platform = read_platform(root, findings)
    tenancy = _read_tenancy(root, findings)
    sources = [
        (path, _read_row(row, path, findings)) for path, row in read_rows(root, "from", findings)
    ]
    targets = [
        (path, _read_row(row, path, findings)) for path, row in read_rows(root, "to", findings)
    ]
    rows = [*sources, *targets]
    check_precision([(path, row.expires) for path, row in rows if row is not None], findings)
    if findings or offering_class is None or platform is None or tenancy is None:
        return None
    return Modification(
        offering_class,
        platform,
        tenancy,
        tuple(row for _, row in sources if row is not None),
        tuple(row for _, row in targets if row is not None),
    )


def _read_tenancy(root: Fields, findings: Findings) -> Tenancy | None:
    """An RI is bought for default or dedicated tenancy, never for hosts. [di] 2023-06-15"""
    tenancy = read_word(root, "", "tenancy", Tenancy, findings)
    if tenancy is Tenancy.HOST:
        findings.add(
            "tenancy",
            "예약 인스턴스는 host 테넌시로 만들 수 없습니다. default나 dedicated를 고르십시오.",
        )
        return None
    return tenancy


def _read_row(value: object, path: str, findings: Findings) -> Row | None:
    fields = read_object(
        value,
        path,
        findings,
        required=("type", "count", "scope", "region"),
        optional=("az", "state", "expires", "offering_class"),
    )
    if fields is None:
        return None
    kind = read_type(fields, path, findings)
    if kind is not None and kind.factor is None:
        # The footprint decides, and a factor is never guessed.
        findings.add(
            join(path, "type"),
            f"{kind} 유형의 정규화 계수를 AWS 문서에서 확인하지 못해 계산할 수 없습니다. "
            "다른 유형을 고르십시오.",
        )
    count = read_count(fields, path, findings)
    scope = read_word(fields, path, "scope", Scope, findings)
    region = read_region(fields, path, findings)
    if region is None and "region" in fields and fields["region"] is None:
        findings.add(join(path, "region"), "수정하는 행에는 리전이 있어야 합니다.")
    az = read_az(fields, path, region, findings)
    _check_zone(fields, path, scope, findings)
    state = read_state(fields, path, findings)
    expires = read_expiry(fields, path, findings)
    offering_class = read_optional_word(fields, path, "offering_class", OfferingClass, findings)
    if kind is None or count is None or scope is None or region is None:
        return None
    return Row(kind, count, scope, region, az, state, expires, offering_class)


def _check_zone(fields: Fields, path: str, scope: Scope | None, findings: Findings) -> None:
    """A zonal RI has a zone, a regional one has none. [ri_scope] 2023-06-15"""
    named = fields.get("az") is not None
    if scope is Scope.REGIONAL and named:
        findings.add(
            join(path, "az"),
            "리전 범위(regional)의 RI는 가용 영역을 정하지 않습니다. 비워 두십시오(null).",
        )
    if scope is Scope.ZONAL and not named:
        findings.add(join(path, "az"), "가용 영역 범위(zonal)의 RI에는 가용 영역이 있어야 합니다.")


def _read_exchange(document: object, findings: Findings) -> Exchange | None:
    root = read_object(
        document, "", findings, required=("operation", "offering_class", "from", "to")
    )
    if root is None:
        return None
    offering_class = read_word(root, "", "offering_class", OfferingClass, findings)
    sources = [
        (path, _read_source(row, path, findings)) for path, row in read_rows(root, "from", findings)
    ]
    check_precision([(path, row.expires) for path, row in sources if row is not None], findings)
    target = _read_target(root["to"], findings) if "to" in root else None
    if findings or offering_class is None or target is None:
        return None
    return Exchange(offering_class, tuple(row for _, row in sources if row is not None), target)


def _read_source(value: object, path: str, findings: Findings) -> ExchangeSource | None:
    fields = read_object(
        value,
        path,
        findings,
        required=("type", "count", "payment", "list_value", "hours_left", "term_years", "expires"),
        optional=("remaining_upfront", "region", "state", "offering_class"),
    )
    if fields is None:
        return None
    kind = read_type(fields, path, findings)
    count = read_count(fields, path, findings)
    payment = read_word(fields, path, "payment", PaymentOption, findings)
    value_each = read_money(fields, path, "list_value", findings, zero=True)
    upfront = read_upfront(fields, path, "remaining_upfront", payment, findings)
    hours = read_integer(fields, path, "hours_left", "남은 시간은", (0, MAX_HOURS_LEFT), findings)
    term = read_term(fields, path, findings)
    expires = read_expiry(fields, path, findings)
    if expires is None and "expires" in fields and fields["expires"] is None:
        findings.add(join(path, "expires"), "교환하는 행에는 만료일이 있어야 합니다.")
    region = read_region(fields, path, findings)
    state = read_state(fields, path, findings)
    offering_class = read_optional_word(fields, path, "offering_class", OfferingClass, findings)
    if kind is None or count is None or payment is None or value_each is None:
        return None
    if hours is None or term is None or expires is None:
        return None
    return ExchangeSource(
        kind, count, payment, value_each, upfront, hours, term, expires, region, state,
        offering_class,
    )  # fmt: skip


def _read_target(value: object, findings: Findings) -> ExchangeTarget | None:
    fields = read_object(
        value,
        "to",
        findings,
        required=("type", "payment", "list_value"),
        optional=("prorated_upfront", "term_years", "region", "offering_class"),
    )
    if fields is None:
        return None
    kind = read_type(fields, "to", findings)
    payment = read_word(fields, "to", "payment", PaymentOption, findings)
    value_each = read_money(fields, "to", "list_value", findings, zero=False)
    upfront = read_upfront(fields, "to", "prorated_upfront", payment, findings)
    term = None if fields.get("term_years") is None else read_term(fields, "to", findings)
    region = read_region(fields, "to", findings)
    offering_class = read_optional_word(fields, "to", "offering_class", OfferingClass, findings)
    if kind is None or payment is None or value_each is None:
        return None
    return ExchangeTarget(kind, payment, value_each, upfront, term, region, offering_class)


def change_to_json(change: Change) -> dict[str, Any]:
    """The canonical document; of what may be left out, what is not known is left out.

    `read_change` reads it back to an equal change.
    """
    if isinstance(change, Exchange):
        return {
            "operation": EXCHANGE,
            "offering_class": change.offering_class.value,
            "from": [_source_to_json(row) for row in change.sources],
            "to": _target_to_json(change.target),
        }
    return {
        "operation": MODIFY,
        "offering_class": change.offering_class.value,
        "platform": change.platform,
        "tenancy": change.tenancy.value,
        "from": [_row_to_json(row) for row in change.sources],
        "to": [_row_to_json(row) for row in change.targets],
    }


def _row_to_json(row: Row) -> dict[str, Any]:
    return {
        "type": str(row.type),
        "count": row.count,
        "scope": row.scope.value,
        "region": row.region,
        "az": row.az,
        **_known(
            state=row.state,
            expires=row.expires and row.expires.text,
            offering_class=row.offering_class and row.offering_class.value,
        ),
    }


def _source_to_json(row: ExchangeSource) -> dict[str, Any]:
    return {
        "type": str(row.type),
        "count": row.count,
        "payment": row.payment.value,
        "list_value": write_exact(row.list_value),
        "remaining_upfront": write_exact(row.remaining_upfront),
        "hours_left": row.hours_left,
        "term_years": row.term_years,
        "expires": row.expires.text,
        **_known(
            region=row.region,
            state=row.state,
            offering_class=row.offering_class and row.offering_class.value,
        ),
    }


def _target_to_json(target: ExchangeTarget) -> dict[str, Any]:
    return {
        "type": str(target.type),
        "payment": target.payment.value,
        "list_value": write_exact(target.list_value),
        "prorated_upfront": write_exact(target.prorated_upfront),
        "term_years": target.term_years,
        **_known(
            region=target.region,
            offering_class=target.offering_class and target.offering_class.value,
        ),
    }


def _known(**values: str | None) -> dict[str, str]:
    return {key: value for key, value in values.items() if value is not None}
