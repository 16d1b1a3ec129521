"""A commitment and what runs now, in the two or three sentences that open every stem."""

from apps.kernel.pricing.options import RESERVED_INSTANCES, PurchaseOption, Scope

from ..commitment import Scenario, Side
from ..flexibility_model import OPTION_NAMES

_SCOPES = {Scope.REGIONAL: "범위는 리전", Scope.ZONAL: "범위는 가용 영역"}


def situation(scenario: Scenario) -> str:
    """Everything that the answer depends on, and nothing about the answer."""
    mine, theirs = scenario.committed, scenario.running
    same = (mine.platform, mine.tenancy) == (theirs.platform, theirs.tenancy)
    running = _instances(theirs, brief=same)
    parts = [
        _commitment(scenario, _instances(mine, brief=same)),
        f"지금은 {_place(theirs)}에서 {running}를 실행합니다.",
    ]
    if same:
        tenancy = mine.tenancy.value
        parts.append(f"플랫폼은 모두 {mine.platform}, 테넌시는 모두 {tenancy}입니다.")
    return " ".join(parts)


def _commitment(scenario: Scenario, instances: str) -> str:
    side, option = scenario.committed, scenario.option
    place, name = _place(side), OPTION_NAMES[option]
    if option in RESERVED_INSTANCES:
        scope = "" if scenario.scope is None else f"({_SCOPES[scenario.scope]})"
        return f"{name}{scope}로 {place}의 {instances}를 약정했습니다."
    if option is PurchaseOption.EC2_INSTANCE_SP:
        what = f"{side.region} 리전의 {side.type.family} 패밀리에"
        return f"{place}에서 {instances}를 쓰면서, {what} {name}를 약정했습니다."
    if option is PurchaseOption.COMPUTE_SP:
        return f"{place}에서 {instances}를 쓰면서 {name}를 약정했습니다."
    if option is PurchaseOption.CAPACITY_RESERVATION:
        return f"{place}의 {instances}만큼을 {name}으로 잡아 두었습니다."
    if option is PurchaseOption.DEDICATED_HOST:
        return f"{place}에서 {instances}를 실행할 {name}를 할당받았습니다."
    if option is PurchaseOption.DEDICATED_HOST_RESERVATION:
        return f"{place}에서 {instances}를 실행할 전용 호스트를 할당받고 예약을 구매했습니다."
    return f"{place}에서 {instances}를 약정 없이 {name} 방식으로 썼습니다."


def _place(side: Side) -> str:
    """Ends in 리전 or 가용 영역, never in a generated value: the particles after it are fixed."""
    region = f"{side.region} 리전"
    return region if side.az is None else f"{region}의 {side.az} 가용 영역"


def _instances(side: Side, *, brief: bool) -> str:
    """Ends in 개. `brief`: without what both sides share."""
    about = "" if brief else f"({side.platform} 플랫폼, {side.tenancy.value} 테넌시)"
    return f"{side.type} 유형{about} {side.count:,}개"
