"""Files and models spell the same words."""

from apps.quizzes.models import Authorship, Feedback, Pool
from apps.studio.exchange import spelled


def test_the_words_are_those_of_the_models() -> None:
    assert list(spelled.POOLS) == Pool.values
    assert list(spelled.AUTHORSHIPS) == Authorship.values
    assert list(spelled.FEEDBACKS) == Feedback.values
    assert (spelled.PRACTICE, spelled.FROM_FILES) == (Pool.PRACTICE, Authorship.FILE)
    assert Feedback.IMMEDIATE.value == spelled.IMMEDIATE
