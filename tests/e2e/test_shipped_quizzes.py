"""Quizzes as they are shipped, taken as a learner takes them: from the catalogue to the result.

What is right, and what is said to whoever is wrong, is read from the files: a better question
breaks nothing here.
"""

import html
import re

from playwright.sync_api import Page, expect

from apps.quizzes.loading.bank import QuestionEntry, QuizEntry
from tests.e2e.course import settle
from tests.e2e.quiz import field, saved
from tests.shipped import shipped_content

PRACTICE, EXAM = "tenancy", "tenancy-exam"
# Marks of Markdown, and brackets: what stands between them stands in the page as it is.
MARKS = re.compile(r"[*`|\[\]()“”’\n]+")


def shipped(slug: str) -> tuple[QuizEntry, list[QuestionEntry]]:
    """The quiz, and all that it may ask."""
    bank = shipped_content().bank
    quiz = next(each for each in bank.quizzes if each.slug == slug)
    return quiz, [each for each in bank.questions if quiz.may_ask(each)]


def start_from_catalogue(page: Page, quiz: QuizEntry) -> str:
    """A new attempt; its address."""
    page.goto("/quizzes/")
    page.get_by_role("link", name=quiz.title, exact=True).click()
    expect(page).to_have_url(f"/quizzes/{quiz.slug}/")
    page.get_by_role("button", name="시작하기").click()
    expect(page).to_have_url(re.compile(r"/attempts/[0-9a-f-]+/1/$"))
    return page.url.removesuffix("1/")


def longest_part(markdown: str) -> str:
    """The longest stretch that the page shows letter for letter."""
    return max(MARKS.split(markdown), key=len).strip()


def given_away(page: Page, questions: list[QuestionEntry]) -> set[str]:
    """Of which typed questions the page holds an explanation or a word on a wrong answer."""
    shown = html.unescape(page.content())
    return {
        each.slug
        for each in questions
        for told in (each.spec.secret.explanation, *each.spec.secret.feedback.values())
        if told and longest_part(told) in shown
    }


def test_a_practice_names_the_misconception_and_leads_to_the_sentence(page: Page) -> None:
    quiz, questions = shipped(PRACTICE)
    asked = [draw.question for section in quiz.sections for draw in section.draws]
    question = next(
        each
        for slug in asked
        for each in questions
        if each.slug == slug and each.spec.shown.kind == "single"
    )
    attempt = start_from_catalogue(page, quiz)
    page.goto(f"{attempt}{asked.index(question.slug) + 1}/")
    settle(page)
    assert given_away(page, questions) == set()
    wrong, misconception = next(iter(question.spec.secret.feedback.items()))
    field(page).locator(f"input[value='{wrong}']").check()
    expect(saved(page)).to_have_text("저장됨")
    page.get_by_role("button", name="확인하기").click()
    result = page.locator("#result")
    expect(result).to_have_attribute("data-verdict", "wrong")
    told = result.locator(".line[data-verdict=wrong] .line__feedback")
    expect(told).to_contain_text(longest_part(misconception))
    expect(result.locator(".line[data-verdict=missed]")).to_contain_text("정답")
    expect(result.locator(".explanation")).to_be_visible()
    result.get_by_role("link", name="노트에서 이 문장 보기").click()
    expect(page).to_have_url(re.compile(rf"/lessons/{question.spec.about.lesson}/#."))
    sentence = page.locator(":target")
    expect(sentence).to_be_in_viewport()
    expect(sentence).to_contain_text(longest_part(question.spec.about.quote))


def test_an_exam_keeps_its_keys_until_it_is_submitted(page: Page) -> None:
    quiz, questions = shipped(EXAM)
    items = sum(draw.count for section in quiz.sections for draw in section.draws)
    attempt = start_from_catalogue(page, quiz)
    for position in range(1, items + 1):
        expect(page).to_have_url(f"{attempt}{position}/")
        settle(page)
        expect(page.get_by_role("button", name="확인하기")).to_have_count(0)
        expect(page.locator("#result, .explanation, .cited")).to_have_count(0)
        assert given_away(page, questions) == set()
        radios = field(page).get_by_role("radio")
        if radios.count():
            radios.first.check()
            expect(saved(page)).to_have_text("저장됨")
        page.locator("button[value=next]").click()
    expect(page).to_have_url(f"{attempt}summary/")
    assert given_away(page, questions) == set()
    page.get_by_role("button", name="제출하기").click()
    expect(page.get_by_role("heading", name="결과", exact=True)).to_be_visible()
    expect(page.locator(".score__max")).to_have_text(f"/ {items}점")
    expect(page.locator(".score__word")).to_contain_text(f"{quiz.pass_mark}%")
    expect(page.locator(".reviewed")).to_have_count(items)
    expect(page.locator(".reviewed .explanation")).to_have_count(items)
    assert given_away(page, questions)
    page.goto(f"/quizzes/{quiz.slug}/")
    most = quiz.runs[0].max_attempts
    assert most
    expect(page.locator(".rules")).to_contain_text(f"남은 응시 {most - 1}회")
    expect(page.locator(".past__counts")).to_have_count(1)
