from django.urls import path

from apps.studio.views import bank, bulk, index, question

urlpatterns = [
    path("studio/", index.index, name="index"),
    path("studio/questions/", bank.bank, name="bank"),
    path("studio/questions/bulk/", bulk.bulk, name="bulk"),
    path("studio/questions/<uuid:uuid>/", question.question, name="question"),
    path("studio/questions/<uuid:uuid>/copy/", question.copy, name="copy"),
    path("studio/questions/<uuid:uuid>/archive/", question.archive, name="archive"),
]
