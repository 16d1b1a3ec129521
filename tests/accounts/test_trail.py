"""Every action that is recorded can be read by an administrator."""

import ast
import re
from pathlib import Path

import pytest

from apps.accounts.models import AuditEntry
from apps.accounts.trail import ABOUT_ACCOUNTS, action_label
from tests.accounts.people import NOW

APPS = Path(__file__).resolve().parents[2] / "apps"
RECORDERS = {"record_audit", "_audit", "_record"}


def recorded_actions() -> set[str]:
    """The slugs that stand in calls which record something."""
    found = set()
    for path in APPS.glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RECORDERS:
                values = [*node.args, *(word.value for word in node.keywords if word.arg)]
                texts = [each.value for each in values if isinstance(each, ast.Constant)]
                found |= {text for text in texts if isinstance(text, str) and _is_slug(text)}
    return found


def _is_slug(text: str) -> bool:
    return "-" in text and text.replace("-", "").isalpha() and text.isascii()


def test_the_search_finds_actions() -> None:
    assert {"role-changed", "reset-code-issued"} <= recorded_actions()


def test_every_recorded_action_is_told_in_korean() -> None:
    told = {
        action: action_label(AuditEntry(at=NOW, action=action)) for action in recorded_actions()
    }
    assert {action for action, label in told.items() if label == action} == set()


def actions_on_login_names() -> set[str]:
    """The slugs of calls whose subject is a login name."""
    found = set()
    for path in APPS.glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in RECORDERS:
                continue
            given = {word.arg: word.value for word in node.keywords}
            subject = ast.unparse(given.get("subject", ast.Constant("")))
            action = given.get("action")
            if re.search(r"\.username|str\(user\)", subject) and isinstance(action, ast.Constant):
                found.add(str(action.value))
    return found


def test_erasing_knows_every_action_that_names_an_account() -> None:
    assert {"instructor-added", "role-changed"} <= actions_on_login_names()
    assert actions_on_login_names() <= set(ABOUT_ACCOUNTS)


@pytest.mark.parametrize("detail", [{}, {"before": "learner", "after": "king"}])
def test_an_old_entry_without_details_is_still_told(detail: dict[str, str]) -> None:
    entry = AuditEntry(at=NOW, action="role-changed", detail=detail)
    assert "역할을 바꾸었습니다" in action_label(entry)
