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
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.ConditionalMiddleware",
    "portal.middleware.TidyAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]  # fmt: skip

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
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes of a form: a long article with its markup
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# A session cookie is a promise of privacy: HTTPS only where the site has it, and unseen by scripts.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = HTTPS and TRUSTED_PROXIES > 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# CKEditor 4 writes inline script and style; these pages are for editors alone.
EDITOR_SECURITY_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
}
SILENCED_SYSTEM_CHECKS: list[str] = []  # ckeditor.W001 stays in sight: see docs/operators.md

EMAIL_CONFIG = env.email("EMAIL_URL")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL") or f"khong-tra-loi@{SITE_HOST}"

SEARCH_MILLISECONDS = 75  # a reader's question that takes longer is asked of the newest articles alone

# Visits (stats)
SPOOL_DIR = VAR_DIR / "spool"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # What strangers type is not our failure: only the count matters, and the server's own log has it.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "django.request": {"level": "ERROR", "handlers": ["console"], "propagate": False},
    },
}
