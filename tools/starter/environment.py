"""The virtual environment in `.venv`, filled from a lock file with hashes.

A stamp in the environment names the lock it was filled from, so that the next start installs
nothing. While the environment is being built or changed a mark stands in it: where the next start
finds the mark, the work was interrupted, and the environment is built anew (pip could not mend a
package that was copied only half).
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tools.starter.console import StartError, say

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
BASE, DEV = "base", "dev"
_BUSY = VENV / ".gureum-installing"
_KOREAN = {BASE: "실행에 필요한", DEV: "개발과 테스트에 필요한"}
# Settings of the person's pip or Python that would lead an installation out of the environment.
_MISLEADING = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONHOME", "PYTHONPATH")
_LAST_LINES = 12


def ensure(kind: str) -> Path:
    """Make `.venv` hold what `requirements/<kind>.lock` names; returns its Python.

    `kind` is BASE or DEV; DEV contains BASE. Raises StartError with what to do.
    """
    version = None if _BUSY.exists() else _python_version()
    if version is None:
        _create()
        version = _python_version()
        if version is None:
            raise StartError(
                f"{VENV} 안의 Python이 실행되지 않습니다. 이 폴더를 지우고 다시 실행해 주세요."
            )
    wanted = fingerprint(kind, version)
    if _stamp(kind).is_file() and _stamp(kind).read_text("ascii").strip() == wanted:
        return python()
    _install(kind, version)
    return python()


def python() -> Path:
    """The environment's interpreter, whether it exists or not."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def script(name: str) -> Path:
    """A console script of the environment."""
    return VENV / (f"Scripts/{name}.exe" if os.name == "nt" else f"bin/{name}")


def fingerprint(kind: str, version: str) -> str:
    """SHA-256 of the lock's bytes and the interpreter's version."""
    lock = _lock(kind).read_bytes().replace(b"\r\n", b"\n")  # git may convert line ends on Windows
    return hashlib.sha256(lock + f"\npython {version}\n".encode()).hexdigest()


def clean_environ() -> dict[str, str]:
    """This process's environment without what would mislead pip or Python."""
    return {name: value for name, value in os.environ.items() if name not in _MISLEADING}


def environ_without_databases() -> dict[str, str]:
    """For what brings its own database: this person's real one must never be touched."""
    # PG*: what libpq would add to any address.
    return {
        name: value
        for name, value in clean_environ().items()
        if name != "DATABASE_URL" and not name.startswith("PG")
    }


def _lock(kind: str) -> Path:
    return ROOT / "requirements" / f"{kind}.lock"


def _stamp(kind: str) -> Path:
    return VENV / f".gureum-{kind}"


def _python_version() -> str | None:
    """What the environment's interpreter answers; None when it is missing or broken.

    It is asked, not looked up: after a system upgrade the link in `.venv` may point to nothing or
    to another version that does not see the installed packages.
    """
    code = "import sys; print('%d.%d.%d' % sys.version_info[:3], sys.prefix != sys.base_prefix)"
    try:
        answer = subprocess.run(
            [str(python()), "-I", "-c", code], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    found = re.fullmatch(r"(\d+\.\d+\.\d+) True", answer.stdout.strip())
    if answer.returncode or found is None:
        return None
    version = found[1]
    recorded = re.search(r"^version\S* *= *(\d+\.\d+)", _read(VENV / "pyvenv.cfg"), re.MULTILINE)
    same = recorded is not None and version.startswith(f"{recorded[1]}.")
    return version if same else None


def _create() -> None:
    builder = _outer_python()
    without_pip = importlib.util.find_spec("ensurepip") is None
    if importlib.util.find_spec("venv") is None or (
        without_pip and importlib.util.find_spec("pip") is None
    ):
        raise StartError(
            "Python의 venv 모듈이 없어 가상 환경을 만들 수 없습니다. "
            "Debian·Ubuntu에서는: sudo apt install python3-venv"
        )
    say(f"가상 환경을 만듭니다: {VENV.name}")
    ours = (VENV / "pyvenv.cfg").is_file() or _BUSY.exists()
    if VENV.exists() and not ours and any(VENV.iterdir()):
        raise StartError(f"{VENV} 폴더가 이미 있지만 가상 환경이 아닙니다. 옮기거나 지워 주세요.")
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir(exist_ok=True)
    _BUSY.touch()  # stays until the first installation is complete
    command = [builder, "-m", "venv", *(["--without-pip"] if without_pip else []), str(VENV)]
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", env=clean_environ(), check=False
    )
    if done.returncode:
        detail = _tail((done.stdout + done.stderr).splitlines())
        raise StartError(
            f"가상 환경을 만들지 못했습니다. 폴더 권한과 디스크 공간을 확인해 주세요.\n{detail}"
        )


def _outer_python() -> str:
    """The interpreter to build with: never one inside the environment that is rebuilt."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def _install(kind: str, version: str) -> None:
    total = len(re.findall(r"^[A-Za-z0-9][^\s#]*==", _lock(kind).read_text("utf-8"), re.MULTILINE))
    say(f"{_KOREAN[kind]} 라이브러리를 설치합니다. (처음 한 번, 최대 {total}개)")
    command = [
        *_pip(),
        *("install", "--require-hashes", "--no-deps", "--prefer-binary", "--no-input"),
        *("--disable-pip-version-check", "--progress-bar", "off", "-r", str(_lock(kind))),
    ]
    environ = {**clean_environ(), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
        env=environ,
        cwd=ROOT,
    ) as pip:
        lines = _follow(pip.stdout or ())
    if pip.returncode:
        raise StartError(
            "라이브러리를 설치하지 못했습니다. 인터넷 연결을 확인하고 같은 명령을 다시 실행하면 "
            f"이어서 설치합니다. pip의 마지막 출력:\n{_tail(lines)}"
        )
    # Tests prove that the development lock repeats the base lock's versions.
    for each in {kind, BASE}:
        _stamp(each).write_text(fingerprint(each, version) + "\n", encoding="ascii")
    _BUSY.unlink(missing_ok=True)


def _pip() -> list[str]:
    inside = [str(python()), "-m", "pip"]
    probe = subprocess.run([*inside, "--version"], capture_output=True, check=False)
    if probe.returncode == 0:
        return inside
    # Debian without python3-venv: pip may still be there, and can install into another Python.
    return [_outer_python(), "-m", "pip", "--python", str(python())]


def _follow(output: Iterable[str]) -> list[str]:
    """Show one short line per package; returns everything, for the case that it fails."""
    lines: list[str] = []
    for line in output:
        lines.append(line.rstrip())
        if found := re.match(r"Collecting ([A-Za-z0-9._\-\[\]]+)==(\S+)", line):
            say(f"  {found[1]} {found[2]}")
        elif line.startswith("Installing collected packages"):
            # Up to here pip only downloads: a failure without network leaves all as it was.
            _BUSY.touch()
            for each in (BASE, DEV):
                _stamp(each).unlink(missing_ok=True)
    return lines


def _tail(lines: list[str]) -> str:
    return "\n".join(f"  {line}" for line in lines[-_LAST_LINES:])


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""
