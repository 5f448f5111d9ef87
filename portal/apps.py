from django.apps import AppConfig
from django.contrib.admin import apps as admin


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Cổng thông tin"
    default = True

    def ready(self):
        from portal import listeners  # noqa: F401 - connects the signals


class PortalAdminConfig(admin.AdminConfig):
    default = False
    default_site = "portal.admin_site.PortalAdminSite"
