"""Publishing, versions, sharing."""

from django.urls import path

from apps.studio.views import history, publish, share

urlpatterns = [
    path("studio/questions/<uuid:uuid>/publish/", publish.publish, name="publish"),
    path("studio/questions/<uuid:uuid>/history/", history.history, name="history"),
    path("studio/questions/<uuid:uuid>/history/<int:number>/", history.version, name="version"),
    path(
        "studio/questions/<uuid:uuid>/history/<int:number>/restore/",
        history.restore,
        name="restore",
    ),
    path("studio/questions/<uuid:uuid>/share/", share.question, name="share"),
    path("studio/quizzes/<uuid:uuid>/share/", share.quiz, name="quiz-share"),
]
