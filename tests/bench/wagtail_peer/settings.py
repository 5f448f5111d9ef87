import os
from pathlib import Path

SECRET_KEY = "x" * 50
ALLOWED_HOSTS = ["*"]
DEBUG = False
USE_TZ = True
LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
ROOT_URLCONF = "wagtail_peer.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "wagtail_peer", "wagtail.contrib.redirects", "wagtail.sites", "wagtail.users", "wagtail.snippets",
    "wagtail.documents", "wagtail.images", "wagtail.search", "wagtail.admin", "wagtail", "modelcluster", "taggit",
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.messages", "django.contrib.staticfiles",
]  # fmt: skip
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware", "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware", "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]  # fmt: skip
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [Path(__file__).parent / "templates"], "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]},
}]  # fmt: skip
DATABASES = {"default": {
    "ENGINE": "django.db.backends.postgresql", "HOST": os.environ.get("PEER_HOST", ""), "PORT": "5432",
    "NAME": "wagtail", "USER": "portal", "CONN_MAX_AGE": None,
}}  # fmt: skip
# The tables as they are now: nothing is to be brought up to date.
MIGRATION_MODULES = dict.fromkeys(
    ["wagtail_peer", "modelcluster", "taggit", "admin", "auth", "contenttypes", "sessions", "wagtailcore",
     "wagtailadmin", "wagtaildocs", "wagtailimages", "wagtailredirects", "wagtailsearch", "wagtailsnippets",
     "wagtailusers", "wagtailsites"]
)  # fmt: skip
STATIC_URL = "/static/"
WAGTAIL_SITE_NAME = "Cổng"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
