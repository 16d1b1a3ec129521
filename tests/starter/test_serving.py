"""The parts of `manage.py serve` that need no running server."""

import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from pytest_django.fixtures import Settings

from apps.core.serving import announce, ports, server, static

# Django keeps the finders it made for other settings; its type stubs hide that it can forget.
FINDER_CACHE: Any = finders.get_finder


@pytest.fixture
def taken() -> Iterator[int]:
    """A port somebody else listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


def test_a_free_port_is_not_refused() -> None:
    port = ports.free_port("127.0.0.1", 20000)
    assert port is not None
    assert ports.refusal("127.0.0.1", port) is None


@pytest.mark.parametrize(
    ("platform", "advice"), [("linux", "PORT={} make serve"), ("win32", "set PORT={}")]
)
@pytest.mark.skipif(sys.platform == "win32", reason="pretends to be each platform")
def test_a_busy_port_is_refused_with_a_free_one_in_the_words_of_the_platform(
    taken: int, monkeypatch: pytest.MonkeyPatch, platform: str, advice: str
) -> None:
    monkeypatch.setattr(ports, "_bind", _only_free(taken + 3))
    monkeypatch.setattr(sys, "platform", platform)
    answer = ports.refusal("127.0.0.1", taken)
    assert answer is not None
    assert f"{taken}번 포트는 이미" in answer
    assert advice.format(taken + 3) in answer


def test_a_host_that_is_not_this_machine_is_refused() -> None:
    answer = ports.refusal("198.51.100.77", 8000)
    assert answer is not None
    assert answer.startswith("HOST=198.51.100.77")


def test_a_low_port_without_permission_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(host: str, port: int) -> None:
        if port < 1024:
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(ports, "_bind", forbidden)
    answer = ports.refusal("127.0.0.1", 80)
    assert answer is not None
    assert "80번 포트를 열 권한이 없습니다." in answer
    assert "8000" in answer


def test_no_port_is_named_when_none_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_bind", _only_free(0))
    answer = ports.refusal("127.0.0.1", 65530)
    assert answer is not None
    assert answer.endswith("PORT로 다른 번호를 알려 주세요.")


@pytest.mark.parametrize(
    ("host", "port", "url"),
    [
        ("127.0.0.1", 8000, "http://127.0.0.1:8000/"),
        ("fd00::2", 8000, "http://[fd00::2]:8000/"),
        ("192.168.0.7", 80, "http://192.168.0.7/"),
    ],
)
def test_site_url_is_what_one_types(host: str, port: int, url: str) -> None:
    assert announce.site_url(host, port) == url


def test_on_loopback_only_this_computer_is_announced() -> None:
    lines = _announced("127.0.0.1", own=["192.168.0.7"])
    assert "http://127.0.0.1:8000/" in lines
    assert "192.168.0.7" not in lines
    assert "▄" not in lines


def test_in_a_classroom_every_own_address_is_announced_and_the_first_as_qr() -> None:
    lines = _announced("0.0.0.0", own=["192.168.0.7", "10.0.0.2", "fd00::2"])
    assert "http://127.0.0.1:8000/" in lines
    assert "http://192.168.0.7:8000/" in lines
    assert "http://10.0.0.2:8000/" in lines
    assert "fd00" not in lines  # 0.0.0.0 does not listen on IPv6
    assert "QR 코드: http://192.168.0.7:8000/" in lines
    assert "▄" in lines


def test_without_a_network_that_is_said() -> None:
    assert "네트워크에 연결되어 있지 않아" in _announced("0.0.0.0", own=[])


def test_behind_tls_no_plain_address_is_offered_to_learners() -> None:
    lines = _announced("0.0.0.0", own=["192.168.0.7"], behind_tls=True)
    assert "192.168.0.7" not in lines
    assert "프록시" in lines


def test_workers_are_between_one_and_four() -> None:
    assert 1 <= server.worker_count() <= 4


def test_windows_gets_one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert server.worker_count() == 1


@pytest.fixture
def sources(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A folder of static files that is the only source, and a data folder of its own."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "site.css").write_text("a {}", encoding="utf-8")
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.GUREUM_DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    FINDER_CACHE.cache_clear()
    yield folder
    FINDER_CACHE.cache_clear()


def test_static_files_are_collected_once(sources: Path) -> None:
    assert static.collect_if_changed() is True
    assert static.collect_if_changed() is False
    assert (sources.parent / "static" / "site.css").read_text("utf-8") == "a {}"


def test_static_files_are_collected_again_when_one_changes_or_the_result_is_gone(
    sources: Path,
) -> None:
    static.collect_if_changed()
    (sources / "site.css").write_text("b {}", encoding="utf-8")
    assert static.collect_if_changed() is True
    assert (sources.parent / "static" / "site.css").read_text("utf-8") == "b {}"
    (sources.parent / "static").rename(sources.parent / "gone")
    assert static.collect_if_changed() is True


def test_an_interrupted_collection_is_repeated(
    sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*names: str, **options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(static, "call_command", interrupted)
        with pytest.raises(KeyboardInterrupt):
            static.collect_if_changed()
    assert static.collect_if_changed() is True


def _announced(host: str, *, own: list[str], behind_tls: bool = False) -> str:
    lines = announce.announcement(host, 8000, own_addresses=own, behind_tls=behind_tls)
    return "\n".join(lines)


def _only_free(free: int) -> object:
    def bind(host: str, port: int) -> None:
        if port != free:
            raise OSError(98, "Address already in use")

    return bind
