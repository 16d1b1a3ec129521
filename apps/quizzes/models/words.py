"""The words that runs, and quizzes that propose a run, are described by."""

from django.db import models


class Feedback(models.TextChoices):
    """When key, explanation and score may leave the server."""

    IMMEDIATE = "immediate", "문제마다 바로"
    AFTER_SUBMIT = "after_submit", "제출한 뒤"
    AFTER_CLOSE = "after_close", "모두 마감된 뒤"


class Counts(models.TextChoices):
    """Which of several attempts is the learner's result."""

    BEST = "best", "가장 높은 점수"
    LAST = "last", "마지막 응시"
    FIRST = "first", "첫 응시"


class Origin(models.TextChoices):
    """Who set a run: files offer it to everybody, an instructor to one classroom or to nobody."""

    CATALOGUE = "catalogue", "퀴즈 목록"
    ASSIGNMENT = "assignment", "과제"
    # The author looks at an own quiz as learners would; it stays out of every statistic.
    TRIAL = "trial", "미리 풀어 보기"
