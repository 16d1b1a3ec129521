"""IP addresses and CIDR blocks as plain integers: a rule compares thousands of them."""

import ipaddress
from typing import NamedTuple

_BITS = {4: 32, 6: 128}
# The longest IPv6 text is 39 characters; anything longer is refused before it is looked at.
_MAX_ADDRESS_LENGTH = 45


class Address(NamedTuple):
    """One address: its IP version (4 or 6) and its value."""

    version: int
    value: int


class Cidr(NamedTuple):
    """A block of addresses. The host bits of `network` are zero."""

    version: int
    network: int
    prefix: int

    @property
    def size(self) -> int:
        """How many addresses the block has."""
        return 1 << (_BITS[self.version] - self.prefix)

    def holds(self, address: Address) -> bool:
        """Is `address` inside? IPv4 and IPv6 never mix. [nacl] 2023-06-15."""
        version, network, prefix = self
        return (
            address.version == version
            and (address.value ^ network) >> (_BITS[version] - prefix) == 0
        )

    def overlaps(self, other: "Cidr") -> bool:
        """Do the blocks share an address?"""
        wider, narrower = (self, other) if self.prefix <= other.prefix else (other, self)
        return wider.holds(Address(narrower.version, narrower.network))


def parse_address(text: str) -> Address | None:
    """`10.0.1.10` or `2001:db8::1`; None for anything else, zone identifiers included."""
    # Python accepts "fe80::1%eth0"; a zone means nothing outside one machine.
    if len(text) > _MAX_ADDRESS_LENGTH or "%" in text:
        return None
    try:
        if ":" in text:
            return Address(6, int(ipaddress.IPv6Address(text)))
        return Address(4, int(ipaddress.IPv4Address(text)))
    except ValueError:
        return None


def format_address(address: Address) -> str:
    """The inverse of `parse_address`, in canonical form."""
    if address.version == 4:
        return str(ipaddress.IPv4Address(address.value))
    return str(ipaddress.IPv6Address(address.value))


def parse_cidr(text: str) -> Cidr | None:
    """`10.0.1.0/24`; host bits are cleared as AWS does (100.68.0.18/18 → 100.68.0.0/18)."""
    head, slash, tail = text.partition("/")
    # Python also accepts netmasks ("/255.255.0.0"); AWS takes a prefix length only.
    if not (slash and tail.isascii() and tail.isdigit() and len(tail) <= 3):
        return None
    address = parse_address(head)
    if address is None:
        return None
    bits, prefix = _BITS[address.version], int(tail)
    if prefix > bits:
        return None
    host_bits = bits - prefix
    return Cidr(address.version, address.value >> host_bits << host_bits, prefix)


def format_cidr(cidr: Cidr) -> str:
    """The inverse of `parse_cidr`, in canonical form."""
    return f"{format_address(Address(cidr.version, cidr.network))}/{cidr.prefix}"


def single(address: Address) -> Cidr:
    """The block that holds only `address`: a /32 or a /128."""
    return Cidr(address.version, address.value, _BITS[address.version])


def is_reserved_in(subnet: Cidr, address: Address) -> bool:
    """AWS keeps a subnet's first four addresses and its last one. [subnet_sizing]"""
    offset = address.value - subnet.network
    return offset < 4 or offset == subnet.size - 1


# Blocks that no host on the internet has. Documentation blocks (203.0.113.0/24 …) are not among
# them: they stand for internet addresses in every text book, this one included.
_NOT_PUBLIC: tuple[tuple[str, str], ...] = (
    ("10.0.0.0/8", "사설"),
    ("172.16.0.0/12", "사설"),
    ("192.168.0.0/16", "사설"),
    ("100.64.0.0/10", "사설(통신사 NAT)"),
    ("fc00::/7", "사설"),
    ("169.254.0.0/16", "링크 로컬"),
    ("fe80::/10", "링크 로컬"),
    ("224.0.0.0/4", "멀티캐스트"),
    ("ff00::/8", "멀티캐스트"),
    ("0.0.0.0/8", "지정되지 않은"),
    ("127.0.0.0/8", "루프백"),
    ("240.0.0.0/4", "예약된"),
    ("::/127", "루프백이거나 지정되지 않은"),
    ("::ffff:0:0/96", "IPv4를 옮겨 적은"),
)
_NOT_PUBLIC_BLOCKS = tuple(
    (cidr, kind) for text, kind in _NOT_PUBLIC if (cidr := parse_cidr(text)) is not None
)


def why_not_public(address: Address) -> str | None:
    """The Korean word for the kind of address that never comes from the internet, else None."""
    for cidr, kind in _NOT_PUBLIC_BLOCKS:
        if cidr.holds(address):
            return kind
    return None
