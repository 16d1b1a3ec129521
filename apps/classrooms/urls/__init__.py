"""All addresses of classrooms, by subject."""

from apps.classrooms.urls import assignments, gradebook, rooms

app_name = "classrooms"
urlpatterns = [*rooms.urlpatterns, *assignments.urlpatterns, *gradebook.urlpatterns]
