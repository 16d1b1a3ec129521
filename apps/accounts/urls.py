from django.urls import path

from apps.accounts.views import password, people, privacy, setup, signing, signup

app_name = "accounts"
urlpatterns = [
    path("setup/<str:token>/", setup.setup, name="setup"),
    path("login/", signing.sign_in_page, name="login"),
    path("logout/", signing.sign_out_page, name="logout"),
    path("signup/", signup.sign_up, name="signup"),
    path("reset/", password.reset, name="reset"),
    path("me/password/", password.change, name="password"),
    path("me/sessions/end/", password.end_other_sessions, name="sessions-end"),
    path("me/bar/", signing.bar, name="bar"),
    path("accounts/", people.index, name="index"),
    path("accounts/<int:pk>/", people.account, name="account"),
    path("privacy/", privacy.privacy, name="privacy"),
]
