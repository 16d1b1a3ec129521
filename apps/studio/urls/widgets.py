from django.urls import path

from apps.studio.views import from_widget, generators

urlpatterns = [
    path("studio/from-widget/<slug:widget>/", from_widget.from_widget, name="from-widget"),
    path("studio/generators/", generators.generators, name="generators"),
    path("studio/generators/<slug:generator>/", generators.generator, name="generator"),
    path(
        "studio/generators/<slug:generator>/test/",
        generators.generator_test,
        name="generator-test",
    ),
]
