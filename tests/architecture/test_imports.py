"""Import contracts hold, and each of them fails on a planted violation."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# (contract's name as printed, file to plant, its text)
VIOLATIONS = [
    pytest.param(
        "Higher layers import lower ones, never the other way",
        "apps/core/planted.py",
        "import apps.lessons.models\n",
        id="core imports lessons",
    ),
    pytest.param(
        "Higher layers import lower ones, never the other way",
        "apps/content/planted.py",
        "import apps.lessons.models\n",
        id="content imports lessons",
    ),
    pytest.param(
        "Apps never import the configuration",
        "apps/core/planted.py",
        "import config.settings\n",
        id="an app imports the settings",
    ),
    pytest.param(
        "Content knows files, not the framework",
        "apps/content/planted.py",
        "import django.conf\n",
        id="content imports Django",
    ),
    pytest.param(
        "Widgets know widgetkit, core and kernel, nothing else of the site",
        "apps/widgets/packet_walk/planted.py",
        "import apps.lessons.models\n",
        id="a widget imports lessons",
    ),
    pytest.param(
        "Domains know the standard library and the kernel",
        "apps/widgets/packet_walk/domain/planted.py",
        "import django.conf\n",
        id="a domain imports Django",
    ),
    pytest.param(
        "Higher layers import lower ones, never the other way",
        "apps/widgetkit/planted.py",
        "import apps.lessons.models\n",
        id="widgetkit imports lessons",
    ),
    pytest.param(
        "Question files are read and written without framework or database",
        "apps/studio/exchange/planted.py",
        "import apps.quizzes.models\n",
        id="a reader of files imports models",
    ),
    pytest.param(
        "Higher layers import lower ones, never the other way",
        "apps/studio/planted.py",
        "import apps.classrooms.models\n",
        id="the studio imports classrooms",
    ),
    pytest.param(
        "Only the sanitizer imports bleach",
        "apps/lessons/planted.py",
        "import bleach\n",
        id="lessons import bleach",
    ),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("__pycache__", "static", "templates")
    for name in ("apps", "config"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("contract", "path", "text"), VIOLATIONS)
def test_a_planted_violation_is_found(contract: str, path: str, text: str, copy: Path) -> None:
    (copy / path).write_text(text)
    result = lint(copy)
    assert result.returncode != 0
    assert re.search(re.escape(contract) + r"\s+BROKEN", result.stdout), result.stdout


def test_an_app_outside_the_layers_is_found(copy: Path) -> None:
    (copy / "apps" / "stray").mkdir()
    (copy / "apps" / "stray" / "__init__.py").write_text("")
    result = lint(copy)
    assert result.returncode != 0
    assert "stray" in result.stdout
