"""Writing one question: choose a kind, write, preview, pick a sentence, add pictures."""

from django.urls import path

from apps.studio.views import editor, new, pictures, sentences

urlpatterns = [
    path("studio/questions/new/", new.new, name="new"),
    path("studio/questions/<uuid:uuid>/edit/", editor.edit, name="edit"),
    path("studio/questions/<uuid:uuid>/preview/", editor.preview, name="preview"),
    path("studio/questions/<uuid:uuid>/discard/", editor.discard, name="discard"),
    path("studio/sentences/<slug:lesson>/", sentences.sentences, name="sentences"),
    path("studio/pictures/", pictures.pictures, name="pictures"),
    path("media/<uuid:public_id>.<str:ext>", pictures.picture, name="picture"),
]
