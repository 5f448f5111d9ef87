from portal.models.access import PolicyReport, RecoveryCode, SecondFactor, SignIn, Throttle
from portal.models.contact import ContactMessage
from portal.models.log import LogEntry
from portal.models.site import Generation, Link, MenuItem, SiteSettings
from portal.models.user import User

__all__ = ["ContactMessage", "Generation", "Link", "LogEntry", "MenuItem", "PolicyReport", "RecoveryCode",
           "SecondFactor", "SignIn", "SiteSettings", "Throttle", "User"]  # fmt: skip
