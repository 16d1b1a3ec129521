from django.urls import path

from apps.studio.views import exporting, importing

urlpatterns = [
    path("studio/import/", importing.upload, name="import"),
    path("studio/import/<uuid:public_id>/", importing.import_file, name="import-file"),
    path("studio/export/", exporting.export, name="export"),
]
