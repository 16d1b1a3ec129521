"""Where the database is: `DATABASE_URL`, or a file in the data folder.

Imported by the settings only; like `config.env` it imports nothing of Django.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from config.env import ConfigurationError, text

EXAMPLE = "postgres://사용자:비밀번호@호스트:5432/이름?sslmode=verify-full"
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
# Of what libpq knows. Left out: what the URL has a place for, and passwords in a query.
OPTIONS = frozenset(
    {
        "application_name",
        "channel_binding",
        "connect_timeout",
        "gssencmode",
        "host",
        "hostaddr",
        "keepalives",
        "keepalives_count",
        "keepalives_idle",
        "keepalives_interval",
        "options",
        "passfile",
        "require_auth",
        "sslcert",
        "sslcrl",
        "sslkey",
        "sslmode",
        "sslrootcert",
        "target_session_attrs",
        "tcp_user_timeout",
    }
)


def database(environ: Mapping[str, str], data_dir: Path) -> dict[str, Any]:
    """Django's entry for the default database.

    `postgres://user:password@host:port/name?option=value` with percent-encoding in every part and
    libpq's options; without a host the socket of this machine. What is wrong is told without
    repeating the value, which holds a password.
    """
    given = text(environ, "DATABASE_URL")
    return _postgres(given) if given else _sqlite(data_dir)


def _sqlite(data_dir: Path) -> dict[str, Any]:
    # IMMEDIATE: a transaction that reads first and writes later would otherwise fail with
    # "database is locked" under load, whatever the timeout. FULL: an acknowledged answer survives a
    # power cut.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": data_dir / "gureum.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def _postgres(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
        user, password, host, name = (
            unquote(part or "", errors="strict")
            for part in (parts.username, parts.password, parts.hostname, parts.path[1:])
        )
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query), errors="strict"))
    except ValueError:  # its text may hold the password
        raise _refused("주소의 모양이 맞지 않습니다.") from None
    if parts.scheme not in {"postgres", "postgresql"}:
        raise _refused("postgres://로 시작하지 않습니다.")
    if parts.fragment or "/" in name:
        raise _refused("주소의 모양이 맞지 않습니다.")
    if not name:
        raise _refused("데이터베이스 이름이 없습니다.")
    if any(ord(char) < 32 for char in "".join([user, password, host, name, *options.values()])):
        raise _refused("제어 문자가 들어 있습니다.")
    if host and "host" in options:
        raise _refused("호스트가 두 번 적혀 있습니다.")
    _check(options)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": user,
        "PASSWORD": password,
        "HOST": host,
        "PORT": port or "",
        # Kept open, and asked whether it still lives before a request uses it.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _check(options: Mapping[str, str]) -> None:
    unknown = sorted(set(options) - OPTIONS)
    if unknown:
        raise ConfigurationError(
            f"DATABASE_URL: {', '.join(map(repr, unknown))} 옵션은 쓸 수 없습니다. "
            f"쓸 수 있는 옵션: {', '.join(sorted(OPTIONS))}"
        )
    mode = options.get("sslmode", "prefer")
    if mode not in SSL_MODES:
        raise ConfigurationError(
            f"DATABASE_URL: sslmode={mode!r}: {', '.join(SSL_MODES)} 가운데 하나여야 합니다."
        )
    seconds = options.get("connect_timeout", "0")
    if not (seconds.isascii() and seconds.isdigit()):
        raise ConfigurationError(
            f"DATABASE_URL: connect_timeout={seconds!r}: 초 수를 정수로 적어 주세요."
        )


def _refused(what: str) -> ConfigurationError:
    return ConfigurationError(
        f"DATABASE_URL을 쓸 수 없습니다. {what} 예: {EXAMPLE} "
        "(사용자와 비밀번호의 특수 문자는 %로 적습니다. / → %2F, # → %23, @ → %40)"
    )
