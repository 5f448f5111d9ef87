"""Long lists in the admin at the same cost whatever their length: counts beyond a bound are the planner's estimate."""
import json

from django.core.paginator import Paginator
from django.utils.functional import cached_property

COUNTED = 2_000  # rows counted exactly
MAX_PAGES = 200  # further back nobody leafs: search and filters lead there


class EstimatedPaginator(Paginator):
    """Counts a list exactly up to COUNTED rows and takes PostgreSQL's own estimate beyond."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list.order_by()
        counted = rows[: COUNTED + 1].count()
        if counted <= COUNTED:
            return counted
        plan = json.loads(rows.explain(format="json"))
        return max(counted, int(plan[0]["Plan"]["Plan Rows"]))

    @cached_property
    def num_pages(self) -> int:
        return min(super().num_pages, MAX_PAGES)

    @property
    def is_estimate(self) -> bool:
        return self.count > COUNTED
