from django.urls import path

from apps.studio.views import pick, quiz, quiz_history, quizzes, settings, trial

urlpatterns = [
    path("studio/quizzes/", quizzes.index, name="quizzes"),
    path("studio/quizzes/new/", quizzes.new, name="quiz-new"),
    path("studio/quizzes/<uuid:uuid>/", quiz.quiz, name="quiz"),
    path("studio/quizzes/<uuid:uuid>/change/", quiz.change, name="quiz-change"),
    path("studio/quizzes/<uuid:uuid>/settings/", settings.settings, name="quiz-settings"),
    path("studio/quizzes/<uuid:uuid>/pick/", pick.pick, name="quiz-pick"),
    path("studio/quizzes/<uuid:uuid>/draw/", pick.draw, name="quiz-draw"),
    path("studio/quizzes/<uuid:uuid>/trial/", trial.trial, name="trial"),
    path("studio/quizzes/<uuid:uuid>/history/", quiz_history.history, name="quiz-history"),
    path(
        "studio/quizzes/<uuid:uuid>/history/<int:number>/restore/",
        quiz_history.restore,
        name="quiz-restore",
    ),
    path("studio/quizzes/<uuid:uuid>/archive/", quizzes.archive, name="quiz-archive"),
    path("studio/quizzes/<uuid:uuid>/copy/", quizzes.copy, name="quiz-copy"),
]
