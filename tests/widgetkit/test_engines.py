"""The version of an engine covers all that decides stems and keys, and nothing of the page."""

import re
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from apps.widgetkit import engines
from apps.widgetkit.engines import engine_version
from apps.widgetkit.manifest import Widget
from apps.widgetkit.registry import all_widgets

each_widget = pytest.mark.parametrize("widget", all_widgets(), ids=lambda widget: widget.slug)


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where each widget's code is read from instead; a later change there is noticed."""
    kernel = tmp_path / "kernel"
    shutil.copytree(engines.KERNEL, kernel)
    monkeypatch.setattr(engines, "KERNEL", kernel)
    for widget in all_widgets():
        package = widget.asks.__module__.rpartition(".")[0]
        home = Path(sys.modules[package].__file__ or "").parent
        shutil.copytree(home, tmp_path / widget.slug)
        for name in {widget.asks.__module__, widget.simulator.evaluate.__module__}:
            original = Path(sys.modules[name].__file__ or "")
            module = ModuleType(name)
            module.__file__ = str(tmp_path / widget.slug / original.relative_to(home))
            monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(engines, "_digest", engines._digest.__wrapped__)
    return tmp_path


@each_widget
def test_it_is_the_widgets_name_and_twelve_digits(widget: Widget, copied: Path) -> None:
    assert re.fullmatch(rf"{widget.slug} [0-9a-f]{{12}}", engine_version(widget))


@each_widget
@pytest.mark.parametrize("place", ["{}/domain/__init__.py", "{}/questions.py", "kernel/shown.py"])
def test_it_changes_with_whatever_decides_a_key(widget: Widget, place: str, copied: Path) -> None:
    before = engine_version(widget)
    with (copied / place.format(widget.slug)).open("a") as file:
        file.write("# changed\n")
    assert engine_version(widget) != before


@each_widget
def test_it_stays_when_only_the_page_changes(widget: Widget, copied: Path) -> None:
    before = engine_version(widget)
    with (copied / widget.slug / "presenter.py").open("a") as file:
        file.write("# changed\n")
    assert engine_version(widget) == before


@each_widget
def test_generators_stand_where_the_questions_do(widget: Widget) -> None:
    """Otherwise a file that makes keys would be missing from the version."""
    made_by = {getattr(each.make, "func", each.make).__module__ for each in widget.generators}
    assert made_by <= {widget.asks.__module__}
