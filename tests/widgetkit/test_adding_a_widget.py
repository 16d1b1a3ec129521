"""docs/adding-a-widget.md, followed literally in a copy of the project."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE = re.compile(r"^`(apps/widgets/[^`]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)

VISIT = """
import django
django.setup()
from django.test.utils import setup_test_environment
setup_test_environment()
from django.test import Client
client = Client()
page = client.get("/widgets/subnet-size/?prefix=28")
assert page.status_code == 200, page.status_code
assert "11개를 쓸 수 있습니다" in page.content.decode()
wrong = client.get("/widgets/subnet-size/?prefix=99").content.decode()
assert "접두사는 16–28" in wrong and 'value="99"' in wrong
asking = client.get("/widgets/subnet-size/?prefix=28&mode=predict").content.decode()
assert "호스트를 몇 개까지" in asking and "11개를 쓸 수" not in asking
assert "서브넷 크기" in client.get("/widgets/").content.decode()
print("visited")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project's code with the document's files added, and nothing else changed."""
    for name in ("apps", "config", "templates", "static", "content"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    files = FILE.findall((ROOT / "docs" / "adding-a-widget.md").read_text())
    assert len(files) == 5
    for path, text in files:
        target = tmp_path / path
        assert not target.exists()
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    return tmp_path


def run(project: Path, *command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "PYTHONPATH": str(project),
        "PATH": "",
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=project,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_document_makes_a_working_widget_from_one_folder(project: Path) -> None:
    simulated = run(project, "manage.py", "simulate", "subnet-size", stdin='{"prefix": 24}')
    assert simulated.returncode == 0, simulated.stderr
    assert '"usable": "251"' in simulated.stdout
    refused = run(project, "manage.py", "simulate", "subnet-size", stdin='{"prefix": 8}')
    assert refused.returncode == 2
    visited = run(project, "-c", VISIT)
    assert visited.stdout == "visited\n", visited.stderr
    pending = run(project, "manage.py", "makemigrations", "--check", "--dry-run")
    assert pending.returncode == 0, pending.stdout
