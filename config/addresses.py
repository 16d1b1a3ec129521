"""This machine's own addresses, found without sending a packet. Standard library only."""

import ipaddress
import socket
import sys
from pathlib import Path

# Connecting a UDP socket sends nothing: the kernel only picks a route and with it our own address.
# The documentation networks (RFC 5737, RFC 3849) stand for "somewhere else"; the private ones
# (RFC 1918) also find a classroom network that has no way out to the internet.
_IPV4_TARGETS = ("198.51.100.1", "192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254")
_IPV6_TARGETS = ("2001:db8::1", "fd00::1")
_DISCARD_PORT = 9

# Container bridges live in 172.16.0.0/12 by default, so that block is the last guess for a LAN.
_LAN_ORDER = tuple(
    ipaddress.ip_network(block) for block in ("192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12")
)


def own_addresses() -> list[str]:
    """Addresses under which other machines reach this one: IPv4 first, the likeliest LAN first.

    Loopback, link-local and unspecified addresses are left out: nobody else can use them in a
    browser's address bar. Returns an empty list when there is no network; never raises.
    """
    ipv4 = _routed(socket.AF_INET, _IPV4_TARGETS)
    ipv6 = _routed(socket.AF_INET6, _IPV6_TARGETS)
    if sys.platform == "linux":
        # Looking up the own name could ask a DNS server and wait for it; these files cannot.
        ipv4 += sorted(local_ipv4(_read("/proc/net/fib_trie")), key=_lan_rank)
        ipv6 += local_ipv6(_read("/proc/net/if_inet6"))
    else:
        # Windows and macOS answer for their own name from the interface list.
        named = _named()
        ipv4 += sorted((each for each in named if ":" not in each), key=_lan_rank)
        ipv6 += [each for each in named if ":" in each]
    return [each for each in dict.fromkeys([*ipv4, *ipv6]) if _reachable(each)]


def local_ipv4(fib_trie: str) -> list[str]:
    """The addresses marked `/32 host LOCAL` in the text of Linux's `/proc/net/fib_trie`."""
    found: list[str] = []
    leaf = ""
    for line in fib_trie.splitlines():
        words = line.split()
        if words[:1] == ["|--"]:
            leaf = words[-1]
        elif words[:3] == ["/32", "host", "LOCAL"] and leaf:
            found.append(leaf)
    return list(dict.fromkeys(found))


def local_ipv6(if_inet6: str) -> list[str]:
    """The addresses in the text of Linux's `/proc/net/if_inet6` (32 hex digits at line start)."""
    found: list[str] = []
    for line in if_inet6.splitlines():
        digits = line.partition(" ")[0]
        try:
            found.append(str(ipaddress.IPv6Address(bytes.fromhex(digits))))
        except ValueError:
            continue
    return found


def _routed(family: socket.AddressFamily, targets: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for target in targets:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((target, _DISCARD_PORT))
                found.append(str(probe.getsockname()[0]))
        except OSError:
            continue  # no such route, or no IPv6 at all
    return found


def _named() -> list[str]:
    try:
        return [str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None)]
    except OSError:
        return []


def _read(path: str) -> str:
    try:
        return Path(path).read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def _lan_rank(address: str) -> int:
    ip = ipaddress.ip_address(address)
    return next((rank for rank, block in enumerate(_LAN_ORDER) if ip in block), len(_LAN_ORDER))


def _reachable(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False  # a scoped address such as fe80::1%eth0
    return not (ip.is_loopback or ip.is_link_local or ip.is_unspecified or ip.is_multicast)
