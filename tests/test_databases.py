"""`DATABASE_URL` names a PostgreSQL database; without it there is a file in the data folder."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import RequestFactory
from django.views.debug import get_exception_reporter_filter

from config.databases import database
from config.env import ConfigurationError
from tests import databases

FOLDER = Path("/data")


def test_without_an_address_the_database_is_a_file() -> None:
    for environ in ({}, {"DATABASE_URL": " "}):
        entry = database(environ, FOLDER)
        assert entry["ENGINE"] == "django.db.backends.sqlite3"
        assert entry["NAME"] == FOLDER / "gureum.sqlite3"


def test_every_part_of_the_address_is_read() -> None:
    url = (
        "postgres://us%40er:p%2Fa%23ss@db.example:6432/gureum?sslmode=verify-full&sslrootcert=%2Fca"
    )
    entry = database({"DATABASE_URL": url}, FOLDER)
    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert (entry["USER"], entry["PASSWORD"]) == ("us@er", "p/a#ss")
    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("db.example", 6432, "gureum")
    assert entry["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/ca"}


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("postgresql://db/gureum", "db"),
        ("postgres://[::1]:5432/gureum", "::1"),
        ("postgres:///gureum", ""),
    ],
)
def test_what_need_not_be_there_is_left_to_the_library(url: str, host: str) -> None:
    entry = database({"DATABASE_URL": url}, FOLDER)
    assert (entry["HOST"], entry["NAME"], entry["USER"]) == (host, "gureum", "")


def test_a_socket_is_named_as_an_option() -> None:
    entry = database({"DATABASE_URL": "postgres:///gureum?host=/run/postgresql"}, FOLDER)
    assert entry["HOST"] == ""
    assert entry["OPTIONS"] == {"host": "/run/postgresql"}


def test_connections_stay_open_and_are_asked_whether_they_live() -> None:
    entry = database({"DATABASE_URL": "postgres://db/gureum"}, FOLDER)
    assert entry["CONN_MAX_AGE"] is None
    assert entry["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://u:geheim@db/gureum", "postgres://로 시작하지 않습니다"),
        ("gureum", "postgres://로 시작하지 않습니다"),
        ("postgres://u:geheim@db", "데이터베이스 이름이 없습니다"),
        ("postgres://u:geheim@db/", "데이터베이스 이름이 없습니다"),
        ("postgres://u:geheim@db:70000/gureum", "모양이 맞지 않습니다"),
        ("postgres://u:geh/eim@db/gureum", "모양이 맞지 않습니다"),
        ("postgres://u:1234#geheim@db/gureum", "모양이 맞지 않습니다"),
        ("postgres://u:geheim@[db/gureum", "모양이 맞지 않습니다"),
        ("postgres://u:geheim%ff@db/gureum", "모양이 맞지 않습니다"),
        ("postgres://u:geheim%00@db/gureum", "제어 문자"),
        ("postgres://u:geheim@db/gureum/more", "모양이 맞지 않습니다"),
        ("postgres://u:geheim@db/gureum?sslmode", "모양이 맞지 않습니다"),
        ("postgres://u:geheim@db/gureum?sslmode=on", "sslmode='on'"),
        ("postgres://u:geheim@db/gureum?ssl=1", "'ssl' 옵션은 쓸 수 없습니다"),
        ("postgres://u@db/gureum?password=geheim", "'password' 옵션은 쓸 수 없습니다"),
        ("postgres://u:geheim@db/gureum?connect_timeout=soon", "connect_timeout='soon'"),
        ("postgres://u:geheim@db/gureum?host=other", "호스트가 두 번"),
    ],
)
def test_an_address_that_cannot_be_used_is_one_sentence_without_the_password(
    url: str, sentence: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        database({"DATABASE_URL": url}, FOLDER)
    message = str(caught.value)
    assert "DATABASE_URL" in message
    assert sentence in message
    assert "geh" not in message
    assert "\n" not in message
    # A chained exception would print the address in a traceback.
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_the_error_page_for_developers_hides_the_address() -> None:
    request = RequestFactory().get("/", DATABASE_URL="postgres://u:geheim@db/gureum")
    shown = get_exception_reporter_filter(request).get_safe_request_meta(request)
    assert "geheim" not in shown["DATABASE_URL"]
    assert shown["SERVER_NAME"] == "testserver"
    assert set(get_exception_reporter_filter(request).get_safe_request_meta(request)) >= {
        "PATH_INFO"
    }


@pytest.mark.django_db
def test_the_tests_run_on_the_database_that_was_asked_for() -> None:
    assert connection.vendor == ("postgresql" if databases.ON_POSTGRES else "sqlite")


@pytest.mark.django_db
@pytest.mark.sqlite_only
def test_sqlite_loses_nothing_that_was_acknowledged() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)  # FULL


@pytest.mark.django_db
@pytest.mark.postgres_only
def test_postgres_keeps_text_in_utf8_and_times_in_utc() -> None:
    with connection.cursor() as cursor:
        for name, value in (("server_encoding", "UTF8"), ("timezone", "UTC")):
            cursor.execute("SELECT current_setting(%s)", [name])
            assert cursor.fetchone() == (value,)
