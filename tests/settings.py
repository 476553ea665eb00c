"""The project's settings as tests want them: quick, silent, in a folder of their own.

``TEST_DATABASE_URL`` runs the same tests on that server; nothing here ever touches ``./var``.
"""

import atexit
import os
import shutil
import sys
import tempfile

for name in [key for key in os.environ if key.startswith("XINHUO_")]:
    del os.environ[name]  # what somebody set for their own server must not decide a test
if "mypy" in sys.modules:  # reads the settings too, but ends without the clearing up below
    os.environ["DATA"] = ".mypy_cache/data"
else:
    os.environ["DATA"] = tempfile.mkdtemp(prefix="xinhuo-test-")
    atexit.register(shutil.rmtree, os.environ["DATA"], ignore_errors=True)
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")

from xinhuo.config.settings import *  # noqa: E402, F403  the environment is set above on purpose
from xinhuo.config.settings import DATA, DATABASES  # noqa: E402

DATABASES["default"]["CONN_MAX_AGE"] = 0  # a finished server thread must not keep a connection
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A real file: in memory all threads would share one connection, and no lock could ever be seen.
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default"]}}
WHITENOISE_AUTOREFRESH = True
