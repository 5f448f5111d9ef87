"""By what the log is searched: what was done, by whom, from which day to which."""
from django.contrib import admin
from django.db import connection

from news.admin.articles.filters import PublishDates
from portal import log
from portal.models import LogEntry

MOST_CHOICES = 200  # of one filter


def present(column: str, label: str) -> list[tuple]:
    """The values that a column holds, each with the label of its newest entry, in the order of the labels.

    Jumps from one value to the next over the index on (column, id): it costs as much as there are values, whatever the
    number of entries. Both names are the code's own, never a visitor's.
    """
    table = LogEntry._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"""
            WITH RECURSIVE held AS (
                (SELECT {column} AS value FROM {table} WHERE {column} IS NOT NULL ORDER BY 1 LIMIT 1)
                UNION ALL
                SELECT (SELECT {column} FROM {table} WHERE {column} > held.value ORDER BY 1 LIMIT 1)
                FROM held WHERE held.value IS NOT NULL
            )
            SELECT value, (SELECT {label} FROM {table} WHERE {column} = value ORDER BY id DESC LIMIT 1)
            FROM held WHERE value IS NOT NULL LIMIT %s""", [MOST_CHOICES])
        return sorted(cursor.fetchall(), key=lambda row: row[1])


class ChoiceFilter(admin.SimpleListFilter):
    def chosen(self) -> dict[str, str]:
        return {self.title.capitalize(): dict(self.lookup_choices).get(self.value(), self.value() or "")}


class ActionFilter(ChoiceFilter):
    title = "việc"
    parameter_name = "viec"

    def lookups(self, request, model_admin):
        # An approval of one's own text is an approval all the same.
        return [(action, label.partition(" (")[0]) for action, label in present("action", "label")]

    def queryset(self, request, queryset):
        return queryset.filter(action=self.value()) if self.value() else queryset


class PersonFilter(ChoiceFilter):
    title = "người làm"
    parameter_name = "nguoi"

    def lookups(self, request, model_admin):
        return [*((str(actor), name) for actor, name in present("actor_id", "actor_name")), ("0", log.SYSTEM)]

    def queryset(self, request, queryset):
        if self.value() == "0":
            return queryset.filter(actor=None, actor_name=log.SYSTEM)
        known = {key for key, _ in self.lookup_choices}
        return queryset.filter(actor=self.value()) if self.value() in known else queryset


class DateFilter(PublishDates):
    title = "ngày"
    FIELD = "at"

    def chosen(self) -> dict[str, str]:
        return dict(zip(("Từ ngày", "Đến ngày"), map(self.used_parameters.get, self.NAMES), strict=True))
