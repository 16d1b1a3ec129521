"""Chromium for the browser tests is found, or installed where nobody must be asked, or named."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.starter import apt, browser
from tools.starter.console import StartError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses small shell scripts")
PYTHON = Path(sys.executable)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine without Chromium, where installing it anywhere fails."""
    monkeypatch.delenv("GUREUM_CHROMIUM", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    for way in ("_of_playwright", "_from_playwright"):
        monkeypatch.setattr(browser, way, lambda python: None)
    return monkeypatch


def program(folder: Path, name: str, script: str) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_the_named_binary_is_used(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = program(tmp_path, "mine", "echo Chromium 140.0")
    bare.setenv("GUREUM_CHROMIUM", path)
    assert browser.ensure(PYTHON) == path


def test_a_named_binary_that_does_not_start_is_an_error_not_a_hint(
    bare: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bare.setenv("GUREUM_CHROMIUM", str(tmp_path / "nothing"))
    with pytest.raises(StartError, match="GUREUM_CHROMIUM="):
        browser.ensure(PYTHON)


def test_a_signpost_on_the_path_is_passed_over(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    on_path = {
        "chromium": program(tmp_path, "chromium", "echo install the snap >&2; exit 1"),
        "google-chrome": program(tmp_path, "google-chrome", "echo Google Chrome 140.0"),
    }
    bare.setattr(shutil, "which", on_path.get)
    assert browser.ensure(PYTHON) == on_path["google-chrome"]


def test_apt_installs_it_where_we_may(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    chromium = Path(program(tmp_path, "hidden", "echo Chromium 140")).with_name("chromium")
    on_install = f'[ "$1" = update ] || mv {tmp_path}/hidden {chromium}'
    apt_get = program(tmp_path, "apt-get", on_install)

    def found(name: str) -> str | None:
        installed = str(chromium) if chromium.exists() else None
        return {"apt-get": apt_get, "chromium": installed}.get(name)

    bare.setenv("PATH", str(tmp_path), prepend=":")
    bare.setattr(apt, "root_prefix", list)
    bare.setattr(shutil, "which", found)
    assert browser.ensure(PYTHON) == str(chromium)


def test_without_permission_playwright_is_asked(bare: pytest.MonkeyPatch) -> None:
    bare.setattr(apt, "root_prefix", lambda: None)
    bare.setattr(browser, "_from_playwright", lambda python: "/cache/chrome")
    assert browser.ensure(PYTHON) == "/cache/chrome"


def test_when_nothing_works_the_message_says_what_to_install(bare: pytest.MonkeyPatch) -> None:
    bare.setattr(apt, "root_prefix", lambda: None)
    with pytest.raises(StartError) as caught:
        browser.ensure(PYTHON)
    message = str(caught.value)
    assert "sudo apt install chromium" in message
    assert "-m playwright install" in message
    assert "GUREUM_CHROMIUM=" in message


def test_sudo_that_would_ask_is_no_permission(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sudo = program(tmp_path, "sudo", 'echo "a password is required" >&2; exit 1')
    bare.setattr(os, "geteuid", lambda: 1000)
    bare.setattr(shutil, "which", {"sudo": sudo}.get)
    assert apt.root_prefix() is None
    program(tmp_path, "sudo", '[ "$1" = -n ]')
    assert apt.root_prefix() == [sudo, "-n"]


def test_the_found_browser_is_only_asked_for_its_version(
    bare: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **options: object) -> "subprocess.CompletedProcess[str]":
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, stdout="Chromium 140", stderr="")

    bare.setattr(subprocess, "run", run)
    bare.setattr(shutil, "which", {"chromium": "/usr/bin/chromium"}.get)
    assert browser.ensure(PYTHON) == "/usr/bin/chromium"
    assert asked == [["/usr/bin/chromium", "--no-sandbox", "--version"]]
