"""Reads the environment, and fails loudly: a wrong setting is one clear sentence.

Nothing here imports Django, so that `manage.py` can catch `ConfigurationError` before
Django is set up.
"""

import ipaddress
import os
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from apps.core.os_errors import reason

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})
MINIMUM_KEY_LENGTH = 50
MOST_DAYS = 36_500
LARGEST_DOCUMENT = 100_000  # bytes

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class ConfigurationError(Exception):
    """A setting that cannot be used; the text is Korean and says how to mend it."""


def text(environ: Mapping[str, str], name: str, default: str = "") -> str:
    return environ.get(name, default).strip()


def boolean(environ: Mapping[str, str], name: str, default: bool = False) -> bool:
    word = text(environ, name).lower()
    if not word:
        return default
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ConfigurationError(f"{name}={word!r}: 1 또는 0으로 적어 주세요.")


def port(environ: Mapping[str, str], name: str, default: int) -> int:
    word = text(environ, name, str(default))
    if word.isascii() and word.isdigit() and 1 <= int(word) <= 65535:
        return int(word)
    raise ConfigurationError(f"{name}={word!r}: 포트는 1–65535 사이의 숫자입니다.")


def days(environ: Mapping[str, str], name: str) -> int | None:
    """A whole number of days, or None where it is not given."""
    word = text(environ, name)
    if not word:
        return None
    if word.isascii() and word.isdigit() and len(word) <= 5 and 1 <= int(word) <= MOST_DAYS:
        return int(word)
    raise ConfigurationError(
        f"{name}={word!r}: 1–{MOST_DAYS} 사이의 날 수를 숫자로 적어 주세요. "
        "기간을 두지 않으려면 비워 둡니다."
    )


def document(environ: Mapping[str, str], name: str) -> str:
    """The text of a small UTF-8 file, or "" where none is named; read once, at the start."""
    given = text(environ, name)
    if not given:
        return ""
    path = Path(given).expanduser().resolve()
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_DOCUMENT + 1)
        found = content.decode("utf-8-sig").replace("\r\n", "\n").strip()
    except OSError as error:
        raise ConfigurationError(
            f"{name}: {path} 파일을 읽지 못했습니다. {reason(error)}"
        ) from None
    except UnicodeDecodeError:
        raise ConfigurationError(
            f"{name}: {path} 파일이 UTF-8이 아닙니다. UTF-8로 저장해 주세요."
        ) from None
    if len(content) > LARGEST_DOCUMENT or not found:
        raise ConfigurationError(
            f"{name}: {path} 파일이 비었거나 {LARGEST_DOCUMENT // 1000}kB보다 큽니다."
        )
    return found


def words(environ: Mapping[str, str], name: str) -> list[str]:
    """A comma-separated list, without empty entries."""
    return [word.strip() for word in text(environ, name).split(",") if word.strip()]


def networks(environ: Mapping[str, str], name: str) -> tuple[Network, ...]:
    """Addresses or CIDR blocks, such as `127.0.0.1, 10.0.0.0/8`."""
    found: list[Network] = []
    for word in words(environ, name):
        try:
            found.append(ipaddress.ip_network(word, strict=False))
        except ValueError:
            raise ConfigurationError(
                f"{name}: {word!r}은(는) IP 주소나 CIDR 블록이 아닙니다. (예: 127.0.0.1,10.0.0.0/8)"
            ) from None
    return tuple(found)


def folders(environ: Mapping[str, str], name: str) -> tuple[Path, ...]:
    """Folders separated as in PATH (`:`; on Windows `;`)."""
    parts = text(environ, name).split(os.pathsep)
    return tuple(Path(part.strip()).expanduser().resolve() for part in parts if part.strip())


def data_dir(environ: Mapping[str, str], default: Path) -> Path:
    """The folder for everything that must survive; made here, private to its owner."""
    folder = Path(text(environ, "GUREUM_DATA_DIR") or default).expanduser().resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ConfigurationError(
            f"데이터 폴더 {folder}에 쓸 수 없습니다. {reason(error)} "
            "이 폴더를 쓸 수 있게 고치거나 GUREUM_DATA_DIR로 다른 폴더를 알려 주세요."
        ) from None
    return folder


def secret_key(environ: Mapping[str, str], folder: Path) -> str:
    """`GUREUM_SECRET_KEY`, else a key that is made once in the data folder (mode 0600)."""
    given = text(environ, "GUREUM_SECRET_KEY")
    if given:
        if len(given) < MINIMUM_KEY_LENGTH:
            raise ConfigurationError(
                f"GUREUM_SECRET_KEY가 너무 짧습니다. {MINIMUM_KEY_LENGTH}자 이상이어야 합니다."
            )
        return given
    path = folder / "secret.key"
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(64))
        key = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "ASCII가 아닌 글자가 있습니다."
        raise ConfigurationError(
            f"비밀 키 파일 {path}을(를) 만들거나 읽지 못했습니다. {why}"
        ) from None
    if len(key) < MINIMUM_KEY_LENGTH:
        raise ConfigurationError(
            f"비밀 키 파일 {path}이(가) 비었거나 잘렸습니다. 파일을 지우면 새로 만듭니다. "
            "(로그인한 사람은 다시 로그인해야 합니다.)"
        )
    return key


def _write_once(path: Path, key: str) -> None:
    """Create the file whole or not at all; of two processes that try, the first wins."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(name, path)
        except FileExistsError:
            pass
        except OSError:  # a stick formatted as FAT has no links: the last of two then wins
            shutil.copyfile(name, path)
            path.chmod(0o600)
    finally:
        os.unlink(name)
