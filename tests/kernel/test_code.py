"""A version of code: another one with every change, and the same everywhere."""

from pathlib import Path

import pytest

from apps.kernel.code import code_digest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "engine"
    (folder / "rules").mkdir(parents=True)
    (folder / "walk.py").write_text("a = 1\n")
    (folder / "rules" / "ports.py").write_text("b = 2\n")
    return folder


def test_it_is_the_same_in_another_place(folder: Path, tmp_path: Path) -> None:
    before = code_digest(folder)
    assert len(before) == 12
    assert code_digest(folder.rename(tmp_path / "elsewhere")) == before


@pytest.mark.parametrize("name", ["walk.py", "rules/ports.py"])
def test_another_line_is_another_version(folder: Path, name: str) -> None:
    before = code_digest(folder)
    with (folder / name).open("a") as file:
        file.write("# more\n")
    assert code_digest(folder) != before


def test_another_name_is_another_version(folder: Path) -> None:
    before = code_digest(folder)
    (folder / "walk.py").rename(folder / "path.py")
    assert code_digest(folder) != before


def test_what_is_no_python_plays_no_part(folder: Path) -> None:
    before = code_digest(folder)
    (folder / "notes.txt").write_text("nothing")
    assert code_digest(folder) == before


def test_a_single_file_counts_and_its_neighbors_do_not(folder: Path) -> None:
    questions = folder.parent / "questions.py"
    questions.write_text("c = 3\n")
    before = code_digest(folder, questions)
    (folder.parent / "page.py").write_text("shown = True\n")
    assert code_digest(folder, questions) == before
    questions.write_text("c = 4\n")
    assert code_digest(folder, questions) != before
