"""Where the portal's texts lead: a domain that nobody has looked at yet may be somebody else's doing."""
from django.utils import timezone

from news.models import OutboundDomain

MOST = 50  # lines


def new_domains() -> list[str]:
    """A line for each domain that texts link to and nobody has acknowledged, newest first."""
    new = OutboundDomain.objects.filter(acknowledged_at=None)
    lines = [f"{domain.host}: có từ {timezone.localtime(domain.first_seen):%d-%m-%Y}" for domain in new[:MOST]]
    more = new.count() - len(lines)
    return [*lines, f"… và {more} tên miền nữa"] if more > 0 else lines
