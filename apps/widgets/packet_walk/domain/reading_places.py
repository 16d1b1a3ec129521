"""The sections `subnets` and `hosts` of a document."""

from collections.abc import Mapping

from apps.kernel.documents import Findings, join, read_choice, read_list, read_object, read_text
from apps.kernel.shown import shown

from .addresses import Address, Cidr, is_reserved_in, parse_address, parse_cidr
from .fields import called, declared, read_named
from .limits import LISTS_EACH, MAX_HOSTS, MAX_LISTS, MAX_SUBNETS
from .model import DEFAULT_NACL_NAME, Host, OperatingSystem, Route, Subnet

_ROUTES = {route.value: route for route in Route}
_SYSTEMS = {system.value: system for system in OperatingSystem}

# Sizes of a subnet's block. [subnet_sizing] for IPv4. IPv6 (/44 to /64 in steps of four, on the
# same page since 2024) is not among the dated facts, but unbounded "::/0" would be a subnet.
_IPV4_PREFIXES = range(16, 29)
_IPV6_PREFIXES = range(44, 65, 4)


def read_subnets(root: Mapping[str, object], findings: Findings) -> dict[str, Subnet]:
    """The subnets that can be read."""
    subnets: dict[str, Subnet] = {}
    if "subnets" not in root:
        return subnets
    nacls = declared(root, "nacls")
    for name, value in read_named(root["subnets"], "subnets", findings, most=MAX_SUBNETS):
        path = join("subnets", name)
        fields = read_object(value, path, findings, required=("cidr",), optional=("nacl", "routes"))
        if fields is None:
            continue
        nacl = _read_nacl_name(fields, f"{path}.nacl", nacls, findings)
        routes = _read_routes(fields, f"{path}.routes", findings)
        cidr = _read_cidr(fields, f"{path}.cidr", findings)
        if cidr is None:
            continue
        for other in subnets.values():
            if other.cidr.overlaps(cidr):
                findings.add(f"{path}.cidr", f"{called(other.name)} 서브넷의 CIDR와 겹칩니다.")
        subnets[name] = Subnet(name, cidr, nacl, routes)
    return subnets


def read_hosts(
    root: Mapping[str, object], subnets: Mapping[str, Subnet], findings: Findings
) -> dict[str, Host]:
    """The hosts whose address can be read."""
    hosts: dict[str, Host] = {}
    if "hosts" not in root:
        return hosts
    owners: dict[Address, str] = {}
    for name, value in read_named(root["hosts"], "hosts", findings, most=MAX_HOSTS):
        path = join("hosts", name)
        fields = read_object(
            value,
            path,
            findings,
            required=("ip", "subnet", "security_groups"),
            optional=("os",),
        )
        if fields is None:
            continue
        host = _read_host(name, fields, path, root, findings)
        if host is None:
            continue
        if host.subnet in subnets:
            _check_address(host.address, subnets[host.subnet], f"{path}.ip", findings)
        owner = owners.setdefault(host.address, name)
        if owner != name:
            findings.add(f"{path}.ip", f"호스트 {called(owner)}의 주소와 같습니다.")
        hosts[name] = host
    return hosts


def _read_nacl_name(
    fields: Mapping[str, object], path: str, nacls: Mapping[str, object], findings: Findings
) -> str:
    name = read_text(fields.get("nacl", DEFAULT_NACL_NAME), path, findings)
    if name is None:
        return DEFAULT_NACL_NAME
    if name != DEFAULT_NACL_NAME and name not in nacls:
        findings.add(
            path,
            "nacls에 없는 NACL입니다. AWS의 기본 NACL이면 default라고 적습니다. "
            f"적힌 값: {shown(name)}",
        )
    return name


def _read_routes(fields: Mapping[str, object], path: str, findings: Findings) -> tuple[Route, ...]:
    if "routes" not in fields:
        return (Route.LOCAL,)
    routes: dict[Route, None] = {}
    for place, value in read_list(fields["routes"], path, findings, most=len(_ROUTES)):
        word = read_choice(value, place, findings, choices=_ROUTES)
        if word is None:
            continue
        if _ROUTES[word] in routes:
            findings.add(place, f"같은 경로를 두 번 적었습니다: {word}")
        routes[_ROUTES[word]] = None
    return tuple(routes)


def _read_cidr(fields: Mapping[str, object], path: str, findings: Findings) -> Cidr | None:
    if "cidr" not in fields:
        return None
    text = read_text(fields["cidr"], path, findings)
    if text is None:
        return None
    cidr = parse_cidr(text)
    if cidr is None:
        findings.add(path, f"CIDR는 10.0.1.0/24처럼 적습니다. 적힌 값: {shown(text)}")
    elif cidr.version == 4 and cidr.prefix not in _IPV4_PREFIXES:
        findings.add(path, f"IPv4 서브넷의 크기는 /16~/28입니다. 적힌 값: {shown(text)}")
        return None
    elif cidr.version == 6 and cidr.prefix not in _IPV6_PREFIXES:
        findings.add(
            path, f"IPv6 서브넷의 크기는 /44~/64에서 4의 배수입니다. 적힌 값: {shown(text)}"
        )
        return None
    return cidr


def _read_host(
    name: str,
    fields: Mapping[str, object],
    path: str,
    root: Mapping[str, object],
    findings: Findings,
) -> Host | None:
    """A host as far as it can be read; None without an address. What is missing is noted."""
    address = None
    if "ip" in fields:
        text = read_text(fields["ip"], f"{path}.ip", findings)
        address = None if text is None else parse_address(text)
        if text is not None and address is None:
            findings.add(f"{path}.ip", f"IP 주소는 10.0.1.10처럼 적습니다. 적힌 값: {shown(text)}")
    subnet = None
    if "subnet" in fields:
        subnet = read_text(fields["subnet"], f"{path}.subnet", findings)
        if subnet is not None and subnet not in declared(root, "subnets"):
            findings.add(f"{path}.subnet", f"subnets에 없는 서브넷입니다. 적힌 값: {shown(subnet)}")
    groups: tuple[str, ...] = ()
    if "security_groups" in fields:
        groups = _read_attached(fields["security_groups"], path, root, findings)
    system = read_choice(
        fields.get("os", OperatingSystem.LINUX.value), f"{path}.os", findings, choices=_SYSTEMS
    )
    if address is None:
        return None
    os = OperatingSystem.LINUX if system is None else _SYSTEMS[system]
    return Host(name, address, subnet or "", groups, os)


def _read_attached(
    value: object, path: str, root: Mapping[str, object], findings: Findings
) -> tuple[str, ...]:
    """The groups of one network interface. Every interface has one. [sg_vpc] 2023-06-15"""
    path = f"{path}.security_groups"
    known = declared(root, "security_groups")
    if value == []:
        findings.add(path, "호스트에는 보안 그룹이 하나 이상 있어야 합니다.")
    groups: dict[str, None] = {}
    for place, member in read_list(value, path, findings, most=MAX_LISTS // LISTS_EACH):
        group = read_text(member, place, findings)
        if group is None:
            continue
        if group not in known:
            findings.add(place, f"security_groups에 없는 보안 그룹입니다. 적힌 값: {shown(group)}")
        if group in groups:
            findings.add(place, f"같은 보안 그룹을 두 번 연결했습니다: {shown(group)}")
        groups[group] = None
    return tuple(groups)


def _check_address(address: Address, subnet: Subnet, path: str, findings: Findings) -> None:
    if address.version != subnet.cidr.version:
        findings.add(
            path,
            f"{called(subnet.name)} 서브넷은 IPv{subnet.cidr.version}인데 "
            f"주소는 IPv{address.version}입니다. 한 버전으로 맞춰야 합니다.",
        )
    elif not subnet.cidr.holds(address):
        findings.add(path, f"{called(subnet.name)} 서브넷의 CIDR에 속하지 않는 주소입니다.")
    elif is_reserved_in(subnet.cidr, address):
        findings.add(path, "서브넷의 처음 네 주소와 마지막 주소는 AWS가 예약하여 쓸 수 없습니다.")
