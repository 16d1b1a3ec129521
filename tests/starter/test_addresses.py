"""The machine's own addresses, from what Linux writes about itself."""

import ipaddress
import socket
import sys

import pytest

from config import addresses

FIB_TRIE = """\
Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 192.168.0.0/24 2 0 2
        |-- 192.168.0.0
           /24 link UNICAST
        |-- 192.168.0.7
           /32 host LOCAL
        |-- 192.168.0.255
           /32 link BROADCAST
Local:
  +-- 127.0.0.0/8 2 0 2
     +-- 127.0.0.0/31 1 0 0
        |-- 127.0.0.0
           /8 host LOCAL
        |-- 127.0.0.1
           /32 host LOCAL
     |-- 172.17.0.1
        /32 host LOCAL
     |-- 192.168.0.7
        /32 host LOCAL
"""
IF_INET6 = """\
00000000000000000000000000000001 01 80 10 80       lo
fe800000000000000000000000000042 02 40 20 80     eth0
fd000000000000000000000000000002 02 40 00 80     eth0
"""


def test_only_local_hosts_of_the_routing_table_are_own_addresses() -> None:
    assert addresses.local_ipv4(FIB_TRIE) == ["192.168.0.7", "127.0.0.1", "172.17.0.1"]
    assert addresses.local_ipv4("") == []


def test_ipv6_addresses_are_read_from_their_hex_digits() -> None:
    assert addresses.local_ipv6(IF_INET6) == ["::1", "fe80::42", "fd00::2"]
    assert addresses.local_ipv6("nonsense\n") == []


def test_the_lan_comes_before_a_container_bridge_and_loopback_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = {"/proc/net/fib_trie": FIB_TRIE.replace("192.168.0.7", "172.30.0.9")}
    files["/proc/net/fib_trie"] += "     |-- 10.0.0.5\n        /32 host LOCAL\n"
    files["/proc/net/if_inet6"] = IF_INET6
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(addresses, "_routed", lambda family, targets: [])
    monkeypatch.setattr(addresses, "_read", files.__getitem__)
    assert addresses.own_addresses() == ["10.0.0.5", "172.30.0.9", "172.17.0.1", "fd00::2"]


def test_the_address_of_the_default_route_comes_first_and_only_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    routed = {socket.AF_INET: ["172.17.0.1"], socket.AF_INET6: []}
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(addresses, "_routed", lambda family, targets: routed[family])
    monkeypatch.setattr(addresses, "_named", lambda: ["192.168.0.7", "172.17.0.1", "fe80::1%en0"])
    assert addresses.own_addresses() == ["172.17.0.1", "192.168.0.7"]


def test_a_machine_without_network_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "_routed", lambda family, targets: [])
    monkeypatch.setattr(addresses, "_named", lambda: ["127.0.0.1", "::1"])
    monkeypatch.setattr(addresses, "_read", lambda path: "")
    assert addresses.own_addresses() == []


def test_this_machine_names_only_addresses_that_others_can_use() -> None:
    for address in addresses.own_addresses():
        ip = ipaddress.ip_address(address)
        assert not any([ip.is_loopback, ip.is_link_local, ip.is_unspecified])
