"""The visit counter as readers see it: what stats counted, on top of what the old portal had."""
from dataclasses import dataclass

from portal import site
from stats import queries


@dataclass(frozen=True, slots=True)
class Figures:
    online: int  # visitors with a hit in the last five minutes
    today: int  # visits, as the next two
    month: int
    total: int


def current() -> Figures:
    """Asks no database: both parts are kept in memory and renewed in the background."""
    counted = queries.figures()
    before = site.remembered().settings.visits_before
    return Figures(counted.online, counted.today, counted.month, before + counted.total)
