"""By what the log is searched: what was done, by whom, from which day to which."""
import datetime as dt

from django.contrib import admin
from django.db import connection
from django.utils import timezone

from portal import log
from portal.formats.vi.formats import DATE_INPUT_FORMATS
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


class DateFilter(admin.ListFilter):
    """From one day to another, both within; either may be left open."""

    title = "ngày"
    template = "admin/portal/logentry/_days.html"
    first, last = "tu", "den"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.typed = {name: params.pop(name, [""])[-1].strip() for name in self.expected_parameters()}
        self.days = {name: _day(text) for name, text in self.typed.items()}
        self.used_parameters = {name: text for name, text in self.typed.items() if text}

    def expected_parameters(self):
        return [self.first, self.last]

    def chosen(self) -> dict[str, str]:
        return {"Từ ngày": self.typed[self.first], "Đến ngày": self.typed[self.last]}

    def has_output(self):
        return True

    def choices(self, changelist):
        others = [(name, value) for name, values in changelist.filter_params.items() for value in values
                  if name not in self.typed]  # fmt: skip
        wrong = [text for name, text in self.typed.items() if text and self.days[name] is None]
        yield {"first": self.typed[self.first], "last": self.typed[self.last], "others": others, "wrong": wrong,
               "query": changelist.query}  # fmt: skip

    def queryset(self, request, queryset):
        if self.days[self.first]:
            queryset = queryset.filter(at__gte=_midnight(self.days[self.first]))
        if self.days[self.last]:
            queryset = queryset.filter(at__lt=_midnight(self.days[self.last]) + dt.timedelta(days=1))
        return queryset


def _day(text: str) -> dt.date | None:
    """A day of the years that entries can have; None for anything else that was typed."""
    for form in ("%Y-%m-%d", *DATE_INPUT_FORMATS):
        try:
            day = dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
        return day if 2000 <= day.year < 2200 else None
    return None


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
