"""Settings of the portal: everything that differs between installations comes from the environment (see README.md)."""
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE

from portal import embedded, env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR") or BASE_DIR / "var").absolute()

DEBUG = env.boolean("DEBUG", False)
SECRET_KEY = env.secret_key("SECRET_KEY", keep_in=VAR_DIR / "secret_key")
SITE_URL = env.site_url("SITE_URL", "http://127.0.0.1:8000")
SITE_HOST = urlsplit(SITE_URL).hostname
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.host_names("ALLOWED_HOSTS", sorted({SITE_HOST, "127.0.0.1", "localhost", "[::1]"}))
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 0, high=16)

INSTALLED_APPS = [
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "portal.apps.PortalStaticFilesConfig",
    "django.contrib.postgres",
    "csp",
    "ckeditor",
    "news",
    "stats",
    "portal",  # last: its roles need the permissions that the others' post_migrate makes
]

MIDDLEWARE = [
    "stats.middleware.VisitMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # up here, so that redirects have it too
    "portal.auth.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.inline.PolicyMiddleware",
    "portal.auth.headers.BodyLimitMiddleware",
    "portal.middleware.ConditionalMiddleware",
    "portal.middleware.PreloadMiddleware",
    "portal.middleware.TidyAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.origin.OriginMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site_context",
            ],
        },
    },
]

EMBEDDED_DATABASE = not env.text("DATABASE_URL")
DATABASES = {
    "default": {
        **(embedded.settings(VAR_DIR) if EMBEDDED_DATABASE else env.database("DATABASE_URL")),
        "ENGINE": "portal.database",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
# A server that has vanished must not hold a worker, or the collector, for as long as TCP would: seconds, milliseconds.
DATABASES["default"]["OPTIONS"] = {
    "connect_timeout": 5, "tcp_user_timeout": 15_000, **DATABASES["default"].get("OPTIONS", {})
}  # fmt: skip
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "portal.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("username", "full_name", "pen_name", "email")}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "portal.auth.passwords.LengthValidator"},
    {"NAME": "portal.auth.passwords.GuessableValidator"},
]  # fmt: skip

PASSWORD_RESET_TIMEOUT = 3600  # seconds
SECOND_FACTOR_FOR = env.choice("SECOND_FACTOR_FOR", "publishers", {"publishers", "staff", "everyone"})
SECOND_FACTOR_GRACE_DAYS = env.integer("SECOND_FACTOR_GRACE_DAYS", 7, high=90)
ACCOUNT_IDLE_DAYS = env.integer("ACCOUNT_IDLE_DAYS", 45, low=1, high=3650)
SESSION_IDLE_SECONDS = 60 * env.integer("SESSION_IDLE_MINUTES", 120, low=5, high=720)
SESSION_ABSOLUTE_SECONDS = 3600 * env.integer("SESSION_HOURS", 12, low=1, high=168)
MAIL_IN_BACKGROUND = True

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
USE_THOUSAND_SEPARATOR = False  # ids and years stay plain; figures ask for their dots
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT") or VAR_DIR / "media").absolute()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.storage.StaticStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_HANDLERS = [
    "news.uploads.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes of a form: a long article with its markup
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
BODY_BYTES = 1024 * 1024  # of a request in all: readers and the door
BODY_BYTES_STAFF = 64 * 1024 * 1024  # the newsroom, files included
STATEMENT_SECONDS = 30  # that a request may ask of the database at once, and may leave a transaction idle
IDLE_TRANSACTION_SECONDS = 60

# A session cookie is a promise of privacy: HTTPS only where the site has it, unseen by scripts, set by this host alone.
SESSION_ENGINE = "portal.auth.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-session", "__Host-csrf") if HTTPS else ("sessionid", "csrftoken")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # one cookie less
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = HTTPS and TRUSTED_PROXIES > 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "report-uri": ["/bao-cao-chinh-sach/"],
    }
}
# To try a change: browsers report what they would refuse, and refuse nothing.
POLICY_REPORT_ONLY = env.boolean("POLICY_REPORT_ONLY", False)
if POLICY_REPORT_ONLY:
    CONTENT_SECURITY_POLICY_REPORT_ONLY = _POLICY
else:
    CONTENT_SECURITY_POLICY = _POLICY
# CKEditor 4 writes inline script and style; these pages are for editors alone.
EDITOR_SECURITY_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
}
SILENCED_SYSTEM_CHECKS: list[str] = []  # ckeditor.W001 stays in sight: see docs/operators.md

EMAIL_CONFIG = env.email("EMAIL_URL")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL") or f"khong-tra-loi@{SITE_HOST}"

# Pages kept in each worker's memory (portal.pagecache); none while templates are being changed.
PAGE_CACHE_BYTES = 0 if DEBUG else env.integer("PAGE_CACHE_MEGABYTES", 32, high=4096) * 1024 * 1024
SEARCH_MILLISECONDS = 75  # a reader's question that takes longer is asked of the newest articles alone

# Visits (stats)
SPOOL_DIR = VAR_DIR / "spool"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},  # with no handler at all, Python writes to the console by itself
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # What strangers type is not our failure: only the count matters, and the server's own log has it.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        "django.security.SlowBody": {"handlers": ["nowhere"], "propagate": False},
        "django.security.Crowded": {"handlers": ["nowhere"], "propagate": False},
        "django.request": {"level": "ERROR", "handlers": ["console"], "propagate": False},
    },
}
