"""The same flow under only security groups, only network ACLs, and both."""

from dataclasses import dataclass, replace
from types import MappingProxyType

from .addresses import Cidr
from .model import (
    ALL_PROTOCOLS,
    DEFAULT_NACL_NAME,
    Scenario,
    SecurityGroup,
    SecurityGroupRule,
    Traffic,
)
from .trace import Trace
from .walk import walk

_ALLOW_ALL = (
    SecurityGroupRule(Traffic(ALL_PROTOCOLS), Cidr(4, 0, 0)),
    SecurityGroupRule(Traffic(ALL_PROTOCOLS), Cidr(6, 0, 0)),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Three walks of one flow; the layer that is left out lets everything pass."""

    security_groups_only: Trace
    nacls_only: Trace
    both: Trace


def compare(scenario: Scenario) -> Comparison:
    """Walk the flow of a valid scenario three times."""
    return Comparison(
        security_groups_only=walk(without_nacls(scenario)),
        nacls_only=walk(without_security_groups(scenario)),
        both=walk(scenario),
    )


def without_nacls(scenario: Scenario) -> Scenario:
    """The scenario with AWS's default ACL, which allows everything, on every subnet."""
    subnets = {
        name: replace(subnet, nacl=DEFAULT_NACL_NAME) for name, subnet in scenario.subnets.items()
    }
    return replace(scenario, subnets=MappingProxyType(subnets))


def without_security_groups(scenario: Scenario) -> Scenario:
    """The scenario with security groups of the same names that allow everything."""
    groups = {
        name: SecurityGroup(name, _ALLOW_ALL, _ALLOW_ALL) for name in scenario.security_groups
    }
    return replace(scenario, security_groups=MappingProxyType(groups))
