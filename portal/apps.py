from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin
from django.contrib.staticfiles import apps as staticfiles


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Cổng thông tin"
    default = True

    def ready(self):
        from portal import bookkeeping, listeners, shell  # noqa: F401 - connects the signals, and what news draws in
        from portal.auth import ending  # noqa: F401 - likewise

        name_joining_rows()


def name_joining_rows():
    """Rows that join two tables show where the admin deletes: by what they join, not as `Article_tags object (5)`."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.auto_created:
            ends = [field for field in model._meta.fields if field.is_relation]
            names = " – ".join(str(field.related_model._meta.verbose_name) for field in ends)
            model._meta.verbose_name = model._meta.verbose_name_plural = names
            model.__str__ = lambda row, ends=ends: " – ".join(str(getattr(row, field.name)) for field in ends)


class PortalAdminConfig(admin.AdminConfig):
    default = False
    default_site = "portal.admin_site.PortalAdminSite"


EDITOR = "ckeditor/ckeditor"
UNUSED_PLUGINS = (
    "about", "adobeair", "ajax", "autoembed", "autogrow", "bbcode", "codesnippet", "codesnippetgeshi",
    "colordialog", "copyformatting", "devtools", "div", "divarea", "docprops", "embed", "embedbase",
    "embedsemantic", "exportpdf", "filetools", "flash", "forms", "iframe", "iframedialog", "language", "mathjax",
    "menubutton", "pagebreak", "placeholder", "preview", "scayt", "sharedspace", "smiley", "sourcedialog",
    "stylesheetparser", "templates", "uicolor", "wsc", "xml",
)  # fmt: skip


class PortalStaticFilesConfig(staticfiles.StaticFilesConfig):
    """Leaves out what the editor never loads here: two thirds of 5,000 files, and plugins that talk to other hosts."""

    ignore_patterns = [
        *staticfiles.StaticFilesConfig.ignore_patterns,
        "ckeditor/galleriffic/*", "ckeditor/file-icons/*", f"{EDITOR}/adapters/*", f"{EDITOR}/vendor/*",
        f"{EDITOR}/skins/moono/*", f"{EDITOR}/*.md", f"{EDITOR}/bender-runner.config.json",
        *(f"{EDITOR}/plugins/{name}/*" for name in UNUSED_PLUGINS),
        # Every language but Vietnamese and English, which the editor falls back to.
        *(f"{EDITOR}/*lang/{name}.js" for name in ("[a-df-u]*", "e[!n]*", "en-*", "v[!i]*", "[w-z]*", "_*")),
        "admin/js/vendor/select2/i18n/[a-u]*", "admin/js/vendor/select2/i18n/z*",
    ]  # fmt: skip
