from apps.studio.urls import bank, editor, history, importing, quizzes, widgets

app_name = "studio"
urlpatterns = [
    *bank.urlpatterns,
    *editor.urlpatterns,
    *history.urlpatterns,
    *quizzes.urlpatterns,
    *importing.urlpatterns,
    *widgets.urlpatterns,
]
