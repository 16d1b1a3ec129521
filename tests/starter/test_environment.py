"""The virtual environment is filled once, and mended when that was interrupted."""

import importlib.util
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tools.starter import environment
from tools.starter.console import StartError

REQUIREMENTS = environment.ROOT / "requirements"
VERSION = "{}.{}.{}".format(*sys.version_info[:3])
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="builds its environment from links")


@dataclass
class Bench:
    """An environment in a temporary folder, and what was done to it."""

    venv: Path
    done: list[str] = field(default_factory=list)

    def build(self) -> None:
        """As `python -m venv` does, without pip and in no time."""
        self.done.append("create")
        python = self.venv / "bin" / "python"
        python.parent.mkdir(parents=True, exist_ok=True)
        python.unlink(missing_ok=True)
        python.symlink_to(sys.executable)
        home = Path(sys.executable).resolve().parent
        (self.venv / "pyvenv.cfg").write_text(f"home = {home}\nversion = {VERSION}\n", "utf-8")
        (self.venv / ".gureum-installing").unlink(missing_ok=True)

    def stamp(self, kind: str) -> Path:
        return self.venv / f".gureum-{kind}"

    def sign(self, kind: str) -> None:
        self.stamp(kind).write_text(environment.fingerprint(kind, VERSION), encoding="ascii")


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    bench = Bench(tmp_path / "venv")
    monkeypatch.setattr(environment, "VENV", bench.venv)
    monkeypatch.setattr(environment, "_BUSY", bench.venv / ".gureum-installing")
    monkeypatch.setattr(environment, "_create", bench.build)
    bench.build()
    bench.done.clear()
    return bench


@pytest.fixture
def no_pip(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    def install(kind: str, version: str) -> None:
        bench.done.append(f"install {kind}")

    monkeypatch.setattr(environment, "_install", install)
    return bench


def fake_pip(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setattr(environment, "_pip", lambda: [sys.executable, "-c", script])


@POSIX
def test_a_stamped_environment_is_left_alone(no_pip: Bench) -> None:
    no_pip.sign(environment.BASE)
    assert environment.ensure(environment.BASE) == no_pip.venv / "bin" / "python"
    assert no_pip.done == []


@POSIX
def test_another_lock_or_another_python_installs_again(no_pip: Bench) -> None:
    no_pip.stamp(environment.BASE).write_text("other", encoding="ascii")
    environment.ensure(environment.BASE)
    assert no_pip.done == ["install base"]
    assert environment.fingerprint("base", "3.11.1") != environment.fingerprint("base", "3.12.1")
    assert environment.fingerprint("base", VERSION) != environment.fingerprint("dev", VERSION)


@POSIX
def test_an_interrupted_installation_builds_the_environment_anew(no_pip: Bench) -> None:
    no_pip.sign(environment.BASE)
    (no_pip.venv / ".gureum-installing").touch()
    (no_pip.stamp(environment.BASE)).unlink()
    environment.ensure(environment.BASE)
    assert no_pip.done == ["create", "install base"]


@POSIX
@pytest.mark.parametrize("damage", ["missing", "dangling", "other version"])
def test_an_environment_whose_python_is_gone_is_built_anew(no_pip: Bench, damage: str) -> None:
    python = no_pip.venv / "bin" / "python"
    if damage == "other version":
        (no_pip.venv / "pyvenv.cfg").write_text("version = 3.8.1\n", encoding="utf-8")
    else:
        python.unlink()
    if damage == "dangling":
        python.symlink_to(no_pip.venv / "nothing")
    environment.ensure(environment.DEV)
    assert no_pip.done == ["create", "install dev"]


@POSIX
def test_after_setup_serve_installs_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_pip(monkeypatch, "print('Installing collected packages: django')")
    environment.ensure(environment.DEV)
    fake_pip(monkeypatch, "raise SystemExit('pip was called')")
    environment.ensure(environment.BASE)
    environment.ensure(environment.DEV)
    assert not (bench.venv / ".gureum-installing").exists()


@POSIX
def test_a_failed_download_is_explained_and_leaves_the_environment_as_it_was(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.sign(environment.BASE)
    fake_pip(monkeypatch, "print('no route to host'); raise SystemExit(1)")
    with pytest.raises(StartError, match=r"인터넷 연결(.|\n)*no route to host"):
        environment.ensure(environment.DEV)
    environment.ensure(environment.BASE)
    assert bench.done == []


@POSIX
def test_an_installation_that_breaks_off_leaves_a_mark_and_no_stamp(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.sign(environment.BASE)
    fake_pip(monkeypatch, "print('Installing collected packages: x'); raise SystemExit(1)")
    with pytest.raises(StartError):
        environment.ensure(environment.DEV)
    assert (bench.venv / ".gureum-installing").exists()
    assert not bench.stamp(environment.BASE).exists()


def test_a_python_without_venv_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "VENV", tmp_path / "venv")
    monkeypatch.setattr(environment, "_BUSY", tmp_path / "venv" / ".gureum-installing")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(StartError, match="sudo apt install python3-venv"):
        environment.ensure(environment.BASE)


def test_a_folder_of_that_name_that_is_no_environment_is_not_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    precious = tmp_path / "venv" / "notes.txt"
    precious.parent.mkdir()
    precious.write_text("mine", encoding="utf-8")
    monkeypatch.setattr(environment, "VENV", tmp_path / "venv")
    monkeypatch.setattr(environment, "_BUSY", tmp_path / "venv" / ".gureum-installing")
    with pytest.raises(StartError, match="가상 환경이 아닙니다"):
        environment.ensure(environment.BASE)
    assert precious.read_text("utf-8") == "mine"


def test_settings_that_mislead_pip_do_not_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PYTHONHOME", "elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "kept")
    environ = environment.clean_environ()
    assert "PIP_USER" not in environ
    assert "PYTHONHOME" not in environ
    assert environ["PIP_INDEX_URL"] == "kept"


@pytest.mark.parametrize("kind", [environment.BASE, environment.DEV])
def test_lock_names_no_address_and_every_package_has_a_hash(kind: str) -> None:
    text = (REQUIREMENTS / f"{kind}.lock").read_text("utf-8")
    assert "://" not in text
    entries = re.findall(r"^([a-z0-9].*?)(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(entries) == len(_pins(kind)) > 10
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_development_lock_repeats_the_versions_of_the_base_lock() -> None:
    assert _pins(environment.BASE).items() <= _pins(environment.DEV).items()


def _pins(kind: str) -> dict[str, str]:
    text = (REQUIREMENTS / f"{kind}.lock").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", text, re.MULTILINE))
