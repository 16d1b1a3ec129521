from django.urls import URLPattern, path

from apps.classrooms.views import attempts, gradebook, marks

urlpatterns: list[URLPattern] = [
    path("classrooms/<uuid:public_id>/gradebook/", gradebook.gradebook, name="gradebook"),
    path(
        "classrooms/<uuid:public_id>/gradebook.csv", gradebook.gradebook_csv, name="gradebook-csv"
    ),
    path(
        "assignments/<uuid:public_id>/marks/<uuid:enrollment_id>/",
        marks.mark,
        name="mark",
    ),
    path(
        "assignments/<uuid:public_id>/attempts/<uuid:attempt_id>/",
        attempts.learner_attempt,
        name="learner-attempt",
    ),
]
