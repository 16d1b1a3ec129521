"""The pages of the studio: no axe violations, nothing sticks out, in both themes."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PageOf
from tests.e2e.studio_bank import AUTHOR, KINDS, Studio
from tests.e2e.test_classroom_looks import judged

pytestmark = pytest.mark.slow

PAGES = (
    *("/studio/", "/studio/questions/", "/studio/questions/?q=nothing-at-all"),
    *("/studio/questions/new/", "/studio/quizzes/", "/studio/quizzes/new/"),
    *("/studio/import/", "{file}", "/studio/export/", "/studio/pictures/"),
    *("/studio/generators/", "/studio/generators/packet-walk-fix/"),
    *("/studio/from-widget/packet-walk/?preset=notes", "/studio/sentences/sg-vs-nacl/"),
    *("{question}", "{question}edit/", "{question}publish/", "{question}history/"),
    *("{question}history/1/", "{question}share/"),
    *("{quiz}", "{quiz}settings/", "{quiz}pick/", "{quiz}draw/", "{quiz}history/", "{quiz}share/"),
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_studio(path: str, studio: Studio, page_of: PageOf) -> None:
    page = page_of(AUTHOR)
    answer = page.goto(path.format(**vars(studio)))
    assert answer is not None
    assert answer.status == 200
    expect(page.get_by_role("main")).to_be_visible()
    assert judged(page) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_the_editor_of_every_kind(kind: str, studio: Studio, page_of: PageOf) -> None:
    page = page_of(AUTHOR)
    page.goto(f"{studio.kinds[kind]}edit/")
    assert judged(page) == {}
