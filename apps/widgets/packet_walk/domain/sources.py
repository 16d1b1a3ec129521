"""The pages the engine's rules come from. Comments cite them by key: `[nacl] 2023-06-15`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Source(NamedTuple):
    """A page, its address (None where none was verified) and the date of the copy that was read."""

    title: str
    url: str | None
    as_of: str | None


_VPC = "https://docs.aws.amazon.com/vpc/latest/userguide/"
_EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/"

SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        "nacl": Source(
            "VPC User Guide – Network ACLs", _VPC + "vpc-network-acls.html", "2023-06-15"
        ),
        "nacl_basics": Source(
            "VPC User Guide – Network ACL basics", _VPC + "nacl-basics.html", "2025–2026"
        ),
        "sg_vpc": Source(
            "VPC User Guide – Security groups", _VPC + "security-groups.html", "2023-06-15"
        ),
        "sg_rules": Source(
            "VPC User Guide – Security group rules",
            _VPC + "security-group-rules.html",
            "2023-06-15",
        ),
        "sg_ec2": Source(
            "EC2 User Guide – Security groups / security group rules",
            _EC2 + "ec2-security-groups.html",
            "2023-06-15",
        ),
        "conntrack": Source(
            "EC2 User Guide – Security group connection tracking",
            _EC2 + "security-group-connection-tracking.html",
            "2023-06-15",
        ),
        "sg_nacl_cmp": Source(
            "VPC User Guide – Compare security groups and network ACLs",
            _VPC + "VPC_Security.html",
            "2023-06-15",
        ),
        "vpc_quotas": Source(
            "VPC User Guide – Amazon VPC quotas", _VPC + "amazon-vpc-limits.html", "2023-06-15"
        ),
        "subnet_sizing": Source(
            "VPC User Guide – Subnet CIDR blocks", _VPC + "subnet-sizing.html", None
        ),
        "iana": Source(
            "IANA protocol numbers (linked from the NACL page)",
            "http://www.iana.org/assignments/protocol-numbers/protocol-numbers.xhtml",
            None,
        ),
        "linuxports": Source("Linux kernel default ip_local_port_range (32768–60999)", None, None),
    }
)
