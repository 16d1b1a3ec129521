from django.urls import path

from apps.widgetkit import views

app_name = "widgetkit"
urlpatterns = [
    path("widgets/", views.gallery, name="gallery"),
    path("widgets/<slug:slug>/", views.detail, name="detail"),
    path("widgets/<slug:slug>/predict/", views.predict, name="predict"),
]
