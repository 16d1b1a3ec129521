"""What the studio keeps beside the bank: drafts, pictures, files on their way in, old quizzes."""

from apps.studio.models.drafts import Draft
from apps.studio.models.files import ImportFile, Picture
from apps.studio.models.quizzes import QuizRevision

__all__ = ["Draft", "ImportFile", "Picture", "QuizRevision"]
