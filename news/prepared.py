"""Statements that are written and planned once: both take longer than to answer them.

Django writes a page's statements anew for each page, and PostgreSQL plans them anew: ten and five times as long as the
answers take.

    @prepared
    def siblings(now: dt.datetime, category: int, *, most: int):
        return Article.objects.published(now).filter(category=category).newest_first()[:most]

    siblings(timezone.now(), 5, most=10)  # a list of articles: one query
    siblings.answer(timezone.now(), 5, most=10)  # the same as an Answer, of which nothing is made yet

The function builds a queryset from stand-ins for its values, once for each set of what stands behind `*`, which may be
anything that changes the statement itself. It must not look at a value, only hand it on.
"""
import copy
import datetime as dt
import inspect
import itertools
import weakref
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from functools import lru_cache, wraps

from django.db import connections
from django.db.models import BigAutoField, Lookup, QuerySet, SlugField
from psycopg2.extensions import AsIs

KEPT = 32  # statements of one function; each takes some 10 kB for every table that it names
PLANNED = 60  # statements that PostgreSQL keeps planned for one connection
_FIRST = 2**62  # among numbers that no key and no moment has
# By kind of value: what stands in for the one with a number, and its type in PostgreSQL.
STAND_INS = {
    int: (lambda number: _FIRST + number, "bigint"),
    dt.datetime: (lambda number: dt.datetime(2199, 12, 31, 23, 59, 59, number, dt.UTC), "timestamptz"),
    str: (lambda number: f"\ufdd0{number}", "text"),  # begins with what is no character
    list[int]: (lambda number: [_FIRST + number], "bigint[]"),
    list[str]: (lambda number: [f"\ufdd0{number}"], "text[]"),
}
_numbers = itertools.count(1)
_prepared: MutableMapping[object, set[str]] = weakref.WeakKeyDictionary()  # names by psycopg2's connection


@BigAutoField.register_lookup
@SlugField.register_lookup
class AnyOf(Lookup):
    """`pk__any_of=[…]`: the same as `in`, with one parameter however many keys there are."""

    lookup_name = "any_of"

    def get_prep_lookup(self):
        return self.rhs

    def as_sql(self, compiler, connection):
        left, values = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*values, self.rhs]


def prepared(build: Callable[..., QuerySet]) -> Callable[..., list]:
    """The queryset's rows as a list, for a function whose positional arguments are annotated with one of STAND_INS."""
    parameters = inspect.signature(build).parameters.values()
    kinds = [one.annotation for one in parameters if one.kind is not inspect.Parameter.KEYWORD_ONLY]
    types = [STAND_INS[kind][1] for kind in kinds]
    stand_ins = [STAND_INS[kind][0](number) for number, kind in enumerate(kinds)]

    @lru_cache(maxsize=KEPT)
    def statement(**shape):
        return _Statement(build.__qualname__, build(*stand_ins, **shape), stand_ins, types)

    def answer(*values, **shape) -> "Answer":
        return statement(**shape).answer(values)

    @wraps(build)
    def rows(*values, **shape) -> list:
        return list(answer(*values, **shape))

    rows.answer = answer
    return rows


class Answer:
    """What PostgreSQL said: `rows`, tuples to be compared with what it says another time.

    Iterating makes of them what the queryset promises, anew each time.
    """

    __slots__ = ("_statement", "rows")

    def __init__(self, statement: "_Statement", rows: list[tuple]):
        self._statement = statement
        self.rows = rows

    def __iter__(self):
        return self._statement.made(self.rows)

    def column(self, name: str) -> list:
        """One column of a model's own, by its name in the table, as it came."""
        place = self._statement.columns.index(name)
        return [row[place] for row in self.rows]


class _Statement:
    """The compiler of a queryset that has done its work; safe to use from several threads."""

    def __init__(self, name: str, found: QuerySet, stand_ins: list, types: Sequence[str]):
        self._found = found
        self._compiler = found.query.get_compiler(using=found.db)
        self._sql, given = self._compiler.as_sql()
        # Whose place each parameter keeps, or the parameter itself.
        self._given = [(stand_ins.index(value), None) if value in stand_ins else (None, value) for value in given]
        self._types = types
        self._name = f'"{name[-50:]} {next(_numbers)}"'
        self._call = f"EXECUTE {self._name}" + (f" ({', '.join(['%s'] * len(types))})" if types else "")
        self._asked_before = False
        expressions = [expression for expression, *_ in self._compiler.select[: self._compiler.col_count]]
        converters = self._compiler.get_converters(expressions)
        self._compiler.get_converters = lambda expressions: converters
        self.columns = [getattr(getattr(one, "target", None), "column", "") for one in expressions]

    def answer(self, values: tuple) -> Answer:
        connection = connections[self._found.db]
        with connection.cursor() as cursor:
            self._execute(connection, cursor, values)
            return Answer(self, cursor.fetchall())

    def made(self, rows: list[tuple]) -> Iterator:
        if self._compiler.has_extra_select:
            rows = [row[: self._compiler.col_count] for row in rows]
        # Django's own iterable makes of the answer what the queryset promises: articles with their pictures, tuples.
        found = QuerySet(self._found.model, _Answered(self._compiler, rows, self._found.query), self._found.db)
        found._fields = self._found._fields
        return iter(self._found._iterable_class(found))

    def _execute(self, connection, cursor, values: tuple) -> None:
        # What is asked for once, such as a deep page of a list, is not worth it. And a pooler that gives each
        # transaction another connection knows no names: that is what Django's setting says of it.
        if self._asked_before and not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            self._prepare(connection.connection)
            cursor.execute(self._call, values)
        else:
            self._asked_before = True
            cursor.execute(self._sql, [value if place is None else values[place] for place, value in self._given])

    def _prepare(self, session) -> None:
        """Has PostgreSQL plan it, once in each connection."""
        known = _prepared.setdefault(session, set())
        if self._name in known:
            return
        numbered = [AsIs(f"${place + 1}") if place is not None else value for place, value in self._given]
        given = f"({', '.join(self._types)})" if self._types else ""
        with session.cursor() as cursor:
            if len(known) >= PLANNED:
                cursor.execute("DEALLOCATE ALL")
                known.clear()
            cursor.execute(f"PREPARE {self._name} {given} AS {self._sql}", numbered)
        known.add(self._name)


class _Answered:
    """Stands in for a query whose answer is there already."""

    def __init__(self, compiler, answer, query):
        self._compiler = copy.copy(compiler)
        self._compiler.execute_sql = lambda *args, **options: [answer]
        self._query = query

    def get_compiler(self, using):
        return self._compiler

    def __getattr__(self, name):
        return getattr(self._query, name)
