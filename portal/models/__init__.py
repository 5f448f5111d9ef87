from portal.models.log import LogEntry
from portal.models.site import Generation, Link, MenuItem, SiteSettings
from portal.models.user import User

__all__ = ["Generation", "Link", "LogEntry", "MenuItem", "SiteSettings", "User"]
