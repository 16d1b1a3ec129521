"""Is the address free? Asked before anything slow happens, and answered in one sentence."""

import errno
import socket
import sys

from apps.core.os_errors import reason

# Windows reports its own error numbers beside the POSIX ones.
_BUSY = {errno.EADDRINUSE, 10048}
_FORBIDDEN = {errno.EACCES, errno.EPERM, 10013}
_SEARCHED_PORTS = 50


def refusal(host: str, port: int) -> str | None:
    """Why nothing can listen on `host:port` (Korean, one sentence), or None when it is free."""
    try:
        _bind(host, port)
    except socket.gaierror:
        return f"HOST={host}: 이 컴퓨터의 주소나 이름이 아닙니다."
    except OSError as error:
        if error.errno in _BUSY:
            return f"{port}번 포트는 이미 다른 프로그램이 쓰고 있습니다.{_advice(host, port)}"
        if error.errno in _FORBIDDEN:
            return f"{port}번 포트를 열 권한이 없습니다.{_advice(host, max(port, 8000))}"
        return f"HOST={host}, PORT={port}: 이 주소로 열 수 없습니다. {reason(error)}"
    return None


def free_port(host: str, start: int) -> int | None:
    """The first free port in a short range from `start`, or None."""
    for port in range(start, min(start + _SEARCHED_PORTS, 65536)):
        try:
            _bind(host, port)
        except OSError:
            continue
        return port
    return None


def _advice(host: str, port: int) -> str:
    other = free_port(host, port)
    if other is None:
        return " PORT로 다른 번호를 알려 주세요."
    if sys.platform == "win32":
        return f" 다른 번호로 시작하려면: set PORT={other} 를 입력한 뒤 py start.py serve"
    return f" 다른 번호로 시작하려면: PORT={other} make serve"


def _bind(host: str, port: int) -> None:
    family, kind, proto, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, proto) as probe:
        if sys.platform == "win32":
            # There SO_REUSEADDR would let us take a port that somebody else is listening on.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # Without it, connections of the last run that are still closing look like a busy port.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
