"""The lines that tell the person at the keyboard where the site is."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence

import segno

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
_WEB_PORT = 80

Lines = Callable[[str], Iterable[str]]
_further: list[Lines] = []


def register_lines(lines: Lines) -> None:
    """Called in `AppConfig.ready`: what an app has to say at a start, given the site's URL."""
    if lines not in _further:
        _further.append(lines)


def further_lines(base_url: str) -> Iterator[str]:
    """What the apps have to say; asked once, after the database is ready."""
    for lines in _further:
        yield from lines(base_url)


def base_url(host: str, port: int, *, behind_tls: bool, hosts: Sequence[str]) -> str:
    """Where the person at the keyboard opens the site: here, or behind the proxy at its name."""
    if not behind_tls:
        return site_url(_EVERYWHERE.get(host, host), port)
    named = [name.lstrip(".") for name in hosts if name != "*"]
    return f"https://{named[0] if named else site_name(host)}/"


def site_name(host: str) -> str:
    """The host as it stands in an address."""
    return f"[{host}]" if ":" in host else host


def site_url(host: str, port: int) -> str:
    """`http://host:port/` as one types it: IPv6 in brackets, port 80 left out."""
    name = site_name(host)
    return f"http://{name}/" if port == _WEB_PORT else f"http://{name}:{port}/"


def announcement(
    host: str,
    port: int,
    *,
    own_addresses: Sequence[str],
    behind_tls: bool,
    further: Iterable[str] = (),
) -> Iterator[str]:
    """The lines for a server about to listen on `host:port`; `own_addresses` best first.

    `further`: what the apps have to say, see `further_lines`.
    """
    here = site_url(_EVERYWHERE.get(host, host), port)
    if behind_tls:
        # A plain http address would only redirect to https, which the proxy alone can answer.
        yield "구름사다리가 https 전용으로 시작합니다. (GUREUM_TLS)"
        yield f"  프록시가 요청을 넘길 주소: {here}"
    else:
        yield "구름사다리가 시작합니다."
        yield f"  이 컴퓨터에서 열기: {here}"
        if host in _EVERYWHERE:
            yield from _classroom(host, port, own_addresses)
    yield from further
    yield "  멈추기: Ctrl+C"


def _classroom(host: str, port: int, own_addresses: Sequence[str]) -> Iterator[str]:
    # 0.0.0.0 listens on IPv4 only.
    usable = [each for each in own_addresses if host == "::" or ":" not in each]
    if not usable:
        yield "  네트워크에 연결되어 있지 않아 다른 기기에서는 열 수 없습니다."
        return
    urls = [site_url(address, port) for address in usable]
    yield "  같은 네트워크에서 열기:"
    yield from (f"    {url}" for url in urls)
    yield f"  휴대전화로 여는 QR 코드: {urls[0]}"
    yield from _qr(urls[0])


def _qr(url: str) -> list[str]:
    out = io.StringIO()
    segno.make(url, micro=False).terminal(out, compact=True, border=2)
    return out.getvalue().rstrip("\n").split("\n")
