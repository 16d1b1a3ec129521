"""`manage.py serve` as a person meets it: a real process, a real port, a data folder of its own."""

import os
import re
import select
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from apps.core.serving import server
from config.addresses import own_addresses
from tests import databases
from tests.starter.running import (
    READY_SECONDS,
    RunningSite,
    free_port,
    refused_start,
    site_environ,
)

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and file modes of POSIX")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="finds the workers through /proc")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A first start for a classroom: everything is prepared, then it listens everywhere."""
    folder = tmp_path_factory.mktemp("classroom")
    with RunningSite(folder / "data", folder / "log", {"HOST": "0.0.0.0"}) as running:
        yield running


def test_first_start_prepares_and_serves_every_lesson(site: RunningSite) -> None:
    assert "데이터베이스를 준비합니다." in site.output
    assert "정적 파일을 모았습니다." in site.output
    page = site.get("/").body.decode()
    lessons = set(re.findall(r'href="(/lessons/[a-z0-9-]+/)"', page))
    assert len(lessons) == 14
    assert {site.get(path).status for path in lessons} == {200}


def test_pages_refer_to_static_files_that_exist(site: RunningSite) -> None:
    page = site.get("/").body.decode()
    files = set(re.findall(r'(?:href|src)="(/static/[^"#?]+)', page))
    assert any(name.endswith(".css") for name in files)
    assert {name: site.get(name).status for name in files} == dict.fromkeys(files, 200)


def test_classroom_start_prints_the_own_addresses_and_a_qr_code(site: RunningSite) -> None:
    assert f"http://127.0.0.1:{site.port}/" in site.output
    for address in own_addresses():
        if ":" not in address:
            assert f"http://{address}:{site.port}/" in site.output
            assert "▄▄▄▄▄" in site.output


def test_classroom_start_answers_under_the_own_addresses_over_plain_http(site: RunningSite) -> None:
    ipv4 = [address for address in own_addresses() if ":" not in address]
    for name in [*ipv4, "127.0.0.1", "localhost"]:
        answer = site.get("/", Host=f"{name}:{site.port}")
        assert answer.status == 200, name
        assert "strict-transport-security" not in answer.headers


def test_a_foreign_host_is_refused(site: RunningSite) -> None:
    assert site.get("/", Host="evil.example").status == 400


def test_clients_that_never_finish_a_form_hold_up_nobody(site: RunningSite) -> None:
    unfinished = (
        "POST /lessons/aws/progress/ HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{site.port}\r\n"
        f"Cookie: gureum_csrf={'a' * 32}\r\n"  # without it the body is not even read
        "Content-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: 1000\r\n\r\naction="
    )
    with ExitStack() as stack:
        for _ in range(12):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", site.port)))
            client.sendall(unfinished.encode())
        assert [site.get("/healthz").status for _ in range(4)] == [200] * 4


@POSIX
def test_secret_key_and_data_folder_are_private(site: RunningSite) -> None:
    assert site.data_dir.stat().st_mode & 0o777 == 0o700
    assert (site.data_dir / "secret.key").stat().st_mode & 0o777 == 0o600


def test_busy_port_is_one_sentence_that_names_a_free_one(site: RunningSite, tmp_path: Path) -> None:
    ended = refused_start(site_environ(tmp_path / "data", PORT=str(site.port)))
    assert ended.returncode == 1
    (line,) = ended.stderr.strip().splitlines()
    assert f"{site.port}번 포트는 이미 다른 프로그램이 쓰고 있습니다." in line
    named = re.search(r"PORT=(\d+)", line)
    assert named is not None
    assert int(named[1]) != site.port


@pytest.mark.postgres_only  # a file breaks no connections
def test_connections_that_broke_are_made_anew_and_their_number_is_bounded(
    site: RunningSite,
) -> None:
    for _ in range(2):
        assert {site.get("/me/").status for _ in range(20)} == {200}
        open_connections = databases.break_connections(site.data_dir)
        assert 1 <= open_connections <= 16 * server.worker_count()


@LINUX
def test_a_dead_worker_is_replaced(site: RunningSite) -> None:
    before = _workers(site)
    assert before
    victim = next(iter(before))
    _kill(victim)
    site.wait_until_it_answers()
    for _ in range(200):
        site.get("/healthz")
        if len(_workers(site) - {victim}) == len(before):
            break
    assert len(_workers(site) - {victim}) == len(before)
    assert site.process.poll() is None


@POSIX
def test_second_start_repeats_nothing_and_sigterm_ends_it_cleanly(
    site: RunningSite, tmp_path: Path
) -> None:
    key = (site.data_dir / "secret.key").read_bytes()
    with RunningSite(site.data_dir, tmp_path / "log") as second:
        assert "데이터베이스를 준비합니다." not in second.output
        assert "정적 파일을 모았습니다." not in second.output
        assert "콘텐츠: 바뀐 것이 없습니다." in second.output
        assert second.stop() == 0
        assert second.output.rstrip().endswith("멈추었습니다.")
    assert (site.data_dir / "secret.key").read_bytes() == key


@POSIX
def test_sigterm_does_not_wait_for_a_client_that_says_nothing(
    site: RunningSite, tmp_path: Path
) -> None:
    with (
        RunningSite(site.data_dir, tmp_path / "log") as second,
        socket.create_connection(("127.0.0.1", second.port)) as idle,
    ):
        idle.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        assert second.stop() == 0


@POSIX
def test_ctrl_c_ends_it_cleanly_as_well(site: RunningSite, tmp_path: Path) -> None:
    with RunningSite(site.data_dir, tmp_path / "log") as second:
        assert second.stop(signal.SIGINT) == 0
        assert "Traceback" not in second.output


def test_behind_tls_only_the_trusted_proxy_says_https(site: RunningSite, tmp_path: Path) -> None:
    tls = {"GUREUM_TLS": "1", "GUREUM_HOSTS": "study.example"}
    trusted = {**tls, "GUREUM_TRUSTED_PROXIES": "127.0.0.1"}
    with RunningSite(site.data_dir, tmp_path / "log", trusted) as proxied:
        assert "https 전용" in proxied.output
        plain = proxied.get("/", Host="study.example")
        assert (plain.status, plain.headers["location"]) == (301, "https://study.example/")
        secure = proxied.get("/", Host="study.example", X_Forwarded_Proto="https")
        assert secure.status == 200
        assert "max-age=" in secure.headers["strict-transport-security"]
    with RunningSite(site.data_dir, tmp_path / "log2", tls) as direct:
        forged = direct.get("/", Host="study.example", X_Forwarded_Proto="https")
        assert forged.status == 301


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder", encoding="utf-8")
    ended = refused_start(site_environ(in_the_way / "data"))
    assert ended.returncode == 1
    (line,) = ended.stderr.strip().splitlines()
    assert "데이터 폴더" in line
    assert "쓸 수 없습니다" in line


@pytest.mark.sqlite_only  # the file is the database
def test_a_damaged_database_is_one_sentence_that_names_the_folder(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    (data_dir / "gureum.sqlite3").write_bytes(b"no database" * 500)
    ended = refused_start(site_environ(data_dir, PORT=str(free_port())))
    assert ended.returncode == 1
    (line,) = ended.stderr.strip().splitlines()
    assert "데이터베이스를 준비하지 못했습니다." in line
    assert str(data_dir) in line


def test_a_database_server_that_does_not_answer_is_one_sentence_without_the_password(
    tmp_path: Path,
) -> None:
    url = f"postgres://somebody:geheim@127.0.0.1:{free_port()}/gureum"
    ended = refused_start(site_environ(tmp_path / "data", DATABASE_URL=url, PORT=str(free_port())))
    assert ended.returncode == 1
    (line,) = ended.stderr.strip().splitlines()
    assert "데이터베이스를 준비하지 못했습니다." in line
    assert "DATABASE_URL이 맞는지 확인해 주세요." in line
    assert "geheim" not in ended.stdout + ended.stderr


def test_a_broken_lesson_is_named_with_file_and_line_and_nothing_starts(tmp_path: Path) -> None:
    lessons = tmp_path / "extra" / "lessons"
    lessons.mkdir(parents=True)
    (lessons / "99-broken.md").write_text("+++\nslug = \n+++\n\n본문\n", encoding="utf-8")
    environ = site_environ(
        tmp_path / "data", GUREUM_CONTENT_DIRS=str(lessons.parent), PORT=str(free_port())
    )
    ended = refused_start(environ)
    assert ended.returncode == 1
    assert re.search(r"99-broken\.md:\d+: ", ended.stderr)
    assert "서버는 시작하지 않았습니다." in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"PORT": "80000"}, "PORT="),
        ({"GUREUM_TLS": "maybe"}, "GUREUM_TLS="),
        ({"GUREUM_SECRET_KEY": "short"}, "GUREUM_SECRET_KEY"),
        ({"GUREUM_TRUSTED_PROXIES": "proxy"}, "GUREUM_TRUSTED_PROXIES"),
        ({"DATABASE_URL": "mysql://127.0.0.1/gureum"}, "DATABASE_URL"),
    ],
    ids=["port", "tls", "key", "proxies", "database"],
)
def test_a_setting_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    ended = refused_start(site_environ(tmp_path / "data", **settings))
    assert ended.returncode == 1
    (line,) = ended.stderr.strip().splitlines()
    assert sentence in line


def _workers(site: RunningSite) -> set[int]:
    pid = site.process.pid
    return {int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def _kill(pid: int) -> None:
    """Returns when it is dead: a request that it still took would be lost with it."""
    process = os.pidfd_open(pid)
    try:
        signal.pidfd_send_signal(process, signal.SIGKILL)
        ended, _, _ = select.select([process], [], [], READY_SECONDS)
    finally:
        os.close(process)
    assert ended, f"process {pid} outlived SIGKILL"
