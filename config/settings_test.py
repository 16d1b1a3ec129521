"""Settings for the tests: nothing is written outside a temporary folder."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="gureum-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
for _name in (
    *("HOST", "PORT", "GUREUM_TLS", "GUREUM_HOSTS", "GUREUM_CONTENT_DIRS", "GUREUM_DEBUG"),
    *("GUREUM_SIGNUP", "GUREUM_CLOSED", "GUREUM_PRIVACY_NOTICE", "GUREUM_RETENTION_DAYS"),
):
    os.environ.pop(_name, None)
os.environ["GUREUM_DATA_DIR"] = _folder

from config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # Hashed names need collectstatic; the browser tests run against the production settings.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
