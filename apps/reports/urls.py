from django.urls import path

from apps.reports.views import reading, sending

app_name = "reports"
urlpatterns = [
    path("reports/", reading.index, name="index"),
    path("reports/new/", sending.new, name="new"),
    path("reports/<uuid:public_id>/", reading.report, name="report"),
]
