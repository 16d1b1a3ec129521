from django.urls import include, path

urlpatterns = [
    path("", include("apps.core.urls")),
    path("", include("apps.home.urls")),
    path("", include("apps.lessons.urls")),
    path("", include("apps.widgetkit.urls")),
    path("", include("apps.quizzes.urls")),
    path("", include("apps.accounts.urls")),
    path("", include("apps.classrooms.urls")),
    path("", include("apps.studio.urls")),
    path("", include("apps.reports.urls")),
]

handler400 = "apps.core.views.bad_request"
handler403 = "apps.core.views.permission_denied"
handler404 = "apps.core.views.not_found"
handler500 = "apps.core.views.server_error"
