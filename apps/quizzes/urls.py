from django.urls import path

from apps.quizzes.views import catalogue, review, sheet, taking

app_name = "quizzes"
urlpatterns = [
    path("quizzes/", catalogue.index, name="index"),
    path("quizzes/<slug:slug>/", catalogue.cover, name="cover"),
    path("quizzes/<slug:slug>/sheet/", sheet.sheet, name="sheet"),
    path("quizzes/<slug:slug>/<slug:run>/start/", taking.start, name="start"),
    path("attempts/<uuid:public_id>/", taking.attempt, name="attempt"),
    path("attempts/<uuid:public_id>/<int:position>/", taking.item, name="item"),
    path("attempts/<uuid:public_id>/summary/", taking.summary, name="summary"),
    path("attempts/<uuid:public_id>/submit/", taking.submit, name="submit"),
    path("attempts/<uuid:public_id>/review/", review.review, name="review"),
    path("attempts/<uuid:public_id>/repeat/", review.repeat, name="repeat"),
]
