"""The catalogue: practice in the order of the lessons, then exams, each with what awaits."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.content.catalogue import Catalogue
from apps.quizzes.models import Question, Quiz
from apps.quizzes.presenting.catalogue import catalogue_groups


def test_practice_comes_first_and_in_the_order_of_the_lessons(course: Catalogue) -> None:
    practice, exams = catalogue_groups()
    assert (practice.title, exams.title) == ("연습", "시험")
    lessons = [lesson.slug for lesson in course.lessons]
    places = [lessons.index(each.quiz.lesson) for each in practice.entries if each.quiz.lesson]
    assert places == sorted(places)
    assert places[0] == 0
    assert all(not run.is_practice for entry in exams.entries for run in entry.runs)


def test_every_entry_says_items_minutes_levels_and_mode(course: Catalogue, client: Client) -> None:
    page = client.get("/quizzes/").content.decode()
    facts = re.findall(r'<p class="quiz-card__facts">(.*?)</p>', page)
    assert len(facts) == Quiz.objects.current().count()
    for fact in facts:
        assert re.search(r"\d+문제.*\d+분쯤.*주로 .*(연습|시험|모의고사)", fact), fact


def test_levels_are_those_that_a_quiz_asks_most(course: Catalogue) -> None:
    Question.objects.filter(topic="aws", pool="practice").update(level="analyze")
    entries = {entry.quiz.slug: entry for group in catalogue_groups() for entry in group.entries}
    assert entries["aws"].levels == "분석"


@pytest.mark.django_db
def test_without_quizzes_it_says_what_will_be_here(client: Client) -> None:
    page = client.get("/quizzes/").content.decode()
    assert "아직 퀴즈가 없습니다" in page


def test_the_catalogue_costs_the_same_however_many_quizzes(
    course: Catalogue, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/quizzes/")
    with django_assert_max_num_queries(12):
        client.get("/quizzes/")
