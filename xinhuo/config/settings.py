"""The one settings file, fed by the environment; nothing needs to be set for a first start.

``XINHUO_ENV=production`` turns the strict side on: see ``xinhuo.config.production`` for what it then demands.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from .env import database, envbool, envchoice, envint, envlist, envsecret, envstr
from .secret import UNSET, channel_keys, development_key

PROJECT = Path(__file__).resolve().parent.parent

# -- where and how this installation runs ----------------------------------------------------------------------

ENVIRONMENT = envstr("XINHUO_ENV", "development")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = envbool("XINHUO_DEBUG", default=False)  # also off in development: everybody sees the real error pages

DATA = Path(envstr("DATA", "var")).resolve()
DATA.mkdir(parents=True, exist_ok=True)
FILES_ROOT = DATA / "files"

SECRET_KEY = envsecret("XINHUO_SECRET_KEY", UNSET if PRODUCTION else "") or development_key(DATA)

LOOPBACK = (".localhost", "127.0.0.1", "[::1]")
ALLOWED_HOSTS = envlist("XINHUO_ALLOWED_HOSTS", () if PRODUCTION else LOOPBACK)

DATABASES = {"default": database(envsecret("DATABASE_URL"), DATA / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- what it is made of ----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "xinhuo.config",
    "xinhuo.demo",
    "xinhuo.portal",
    "xinhuo.plans",
    "xinhuo.slips",
    "xinhuo.documents",
    "xinhuo.reporting",
    "xinhuo.flows",
    "xinhuo.notifications",
    "xinhuo.jobs",
    "xinhuo.prints",
    "xinhuo.files",
    "xinhuo.people",
    "xinhuo.orgs",
    "xinhuo.journal",
    "xinhuo.core",
    "django.contrib.contenttypes",  # auth will not import without it; nothing of ours points through it
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # after core, so that core's form templates come first
    "template_partials",
    "csp",
    "axes",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "xinhuo.core.middleware.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "xinhuo.people.middleware.ActorMiddleware",
    "xinhuo.core.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it replaces the answer of a log-in that was locked out
]

ROOT_URLCONF = "xinhuo.config.urls"
WSGI_APPLICATION = "xinhuo.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xinhuo.core.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# -- words and time --------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
USE_I18N = True  # Django's own messages come in Chinese; ours stand plainly in templates and enums
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# -- who comes in ----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
HELP_NAME = envstr("XINHUO_HELP_NAME", "值班电话")  # whom to call who cannot get in
HELP_PHONE = envstr("XINHUO_HELP_PHONE")
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "xinhuo.core.views.csrf_failure"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # a whole school behind one address is not locked out
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page promises fifteen minutes, so they must end
AXES_LOCKOUT_TEMPLATE = "people/locked.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 3600
SESSION_SAVE_EVERY_REQUEST = False  # reading a page writes nothing
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# -- what a browser may do -------------------------------------------------------------------------------------

HTTPS = envbool("XINHUO_HTTPS", default=PRODUCTION)  # 0 for an intranet that has no certificate
BEHIND_PROXY = envbool("XINHUO_BEHIND_PROXY", default=False)
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "frame-ancestors": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}

# -- files -----------------------------------------------------------------------------------------------------

MAX_FILE_BYTES = 50 * 1024 * 1024  # one uploaded file
FILE_UPLOAD_HANDLERS = [
    "xinhuo.files.handlers.CappedUploadHandler"
]  # a temporary file, never more than allowed
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # everything of a form but its files: a pasted document fits
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a matrix of units and duties is one form
DATA_UPLOAD_MAX_NUMBER_FILES = 50
FILE_UPLOAD_PERMISSIONS = 0o640

MEDIA_ROOT = FILES_ROOT
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
# Development serves the apps' own folders, looked up at every request: no collecting step, no stale style sheet.
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = not PRODUCTION
WHITENOISE_MAX_AGE = 3600 if PRODUCTION else 0

# -- long work -------------------------------------------------------------------------------------------------

TASKS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]},
}

# -- what leaves the system -------------------------------------------------------------------------------------

SITE_URL = envstr("XINHUO_URL").rstrip("/")  # where people find this site; without it mails carry no links
MAIL_SERVER = envstr("XINHUO_MAIL_SERVER")  # without it no mail is written
MAIL_SECURITY = envchoice("XINHUO_MAIL_SECURITY", "starttls", ("starttls", "ssl", "insecure"))
MAIL_PORT = envint("XINHUO_MAIL_PORT", {"starttls": 587, "ssl": 465, "insecure": 25}[MAIL_SECURITY])
MAIL_USER = envstr("XINHUO_MAIL_USER")
MAIL_PASSWORD = envsecret("XINHUO_MAIL_PASSWORD")
MAIL_FROM = envstr("XINHUO_MAIL_FROM", MAIL_USER)
CHANNEL_KEYS = channel_keys(
    envsecret("XINHUO_CHANNEL_KEY") or ("" if PRODUCTION else development_key(DATA, "channel_key"))
)
ROBOT_SERVERS = {
    "wecom": "https://qyapi.weixin.qq.com",
    "dingtalk": "https://oapi.dingtalk.com",
    "feishu": "https://open.feishu.cn",
}
PRIVATE_TARGETS_ALLOWED = False  # only tests send to their own machine

# -- log -------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "xinhuo.core.logs.RequestIdFilter"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(request_id)s %(name)s: %(message)s"},
        "json": {"()": "xinhuo.core.logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["request"],
            "formatter": "json" if envbool("XINHUO_LOG_JSON", default=PRODUCTION) else "line",
        }
    },
    "root": {
        "handlers": ["stderr"],
        "level": envstr("XINHUO_LOG_LEVEL", "INFO" if PRODUCTION else "WARNING"),
    },
    "loggers": {
        "django": {
            "handlers": [],
            "propagate": True,
        },  # its own handlers would print each error a second time
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # scanners; they get their 400 all the same
        "django_tasks_db": {"level": "ERROR"},  # it warns of every orderly stop
    },
}

METRICS_TOKEN = envsecret("XINHUO_METRICS_TOKEN")  # empty: there is no /metrics

# -- serving (read by xinhuo.config.serve) ---------------------------------------------------------------------

WEB_WORKERS = envint("XINHUO_WEB_WORKERS", 2)
