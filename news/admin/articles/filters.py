"""How the list of articles is narrowed down."""
import datetime as dt

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.formats import get_format

from news import desk
from news.admin.tools import number
from news.models.choices import BEFORE_READERS, State


class ArticleList(ChangeList):
    """Reads what the list shows and nothing of the texts."""

    def get_queryset(self, request, exclude_parameters=None):
        return super().get_queryset(request, exclude_parameters).only(
            "title", "state", "pending_state", "publish_at", "expire_at", "deleted_at", "genre", "pen_name",
            "category__name", "owner__full_name", "owner__username",
        )  # fmt: skip


class Mine(admin.SimpleListFilter):
    title = "việc của tôi"
    parameter_name = "viec"

    def lookups(self, request, model_admin):
        offered = [("cua-toi", "Bài của tôi")]
        if request.user.has_perm("news.approve_article"):
            offered.append(("cho-toi", "Chờ tôi duyệt"))
        elif request.user.has_perm("news.return_article"):
            offered.append(("cho-toi", "Chờ tôi biên tập"))
        return [*offered, ("tra-lai", "Trả lại cho tôi"), ("qua-han", "Quá hạn")]

    def queryset(self, request, queryset):
        return FOR_ME[self.value()](queryset, request.user) if self.value() in FOR_ME else queryset


FOR_ME = {
    "cua-toi": lambda queryset, user: queryset.filter(owner=user),
    "cho-toi": desk.waiting_for,
    "tra-lai": desk.returned_to,
    "qua-han": lambda queryset, user: desk.overdue(queryset),
}


class Stage(admin.SimpleListFilter):
    title = "trạng thái"
    parameter_name = "trang-thai"

    def lookups(self, request, model_admin):
        return [*((state.value, state.label) for state in BEFORE_READERS), ("published", State.PUBLISHED.label),
                ("scheduled", "Hẹn giờ đăng"), ("expired", "Hết hạn"), ("withdrawn", State.WITHDRAWN.label),
                ("changed", "Có bản sửa đang chờ"), ("trash", "Thùng rác")]  # fmt: skip

    def queryset(self, request, queryset):
        now, value = timezone.now(), self.value()
        if value == "trash":
            return queryset.filter(deleted_at__isnull=False)
        queryset = queryset.filter(deleted_at=None)
        if value == "published":
            return queryset.published()
        if value == "scheduled":
            return queryset.filter(state=State.PUBLISHED, publish_at__gt=now)
        if value == "expired":
            return queryset.filter(state=State.PUBLISHED, expire_at__lte=now)
        if value == "changed":
            return queryset.filter(pending__isnull=False)
        if value == State.WITHDRAWN:
            return queryset.filter(state=value)
        return desk.at_stage(queryset, value) if value in BEFORE_READERS else queryset


class Owner(admin.SimpleListFilter):
    title = "người viết"
    parameter_name = "nguoi-viet"
    SHOWN = 200

    def lookups(self, request, model_admin):
        if not request.user.has_perm("news.change_any_article"):
            return []
        people = get_user_model().objects.filter(is_staff=True).order_by("full_name", "username")[: self.SHOWN]
        return [(str(person.pk), str(person)) for person in people]

    def queryset(self, request, queryset):
        key = number(self.value())
        return queryset if key is None else queryset.filter(owner=key)


class PublishDates(admin.ListFilter):
    """From one day to another, both included, in the portal's time zone; a day that is none is not asked for."""

    title = "ngày đăng"
    template = "admin/date_filter.html"
    NAMES = ("tu-ngay", "den-ngay")
    FIELD = "publish_at"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        for name in self.NAMES:
            if name in params:
                value = params.pop(name)
                self.used_parameters[name] = value[-1] if isinstance(value, list) else value

    def has_output(self):
        return True

    def expected_parameters(self):
        return list(self.NAMES)

    def choices(self, changelist):
        """One choice: what the form of the filter needs."""
        others = {name: value for name, value in changelist.params.items() if name not in self.NAMES}
        others |= {key: value for spec in changelist.filter_specs if spec is not self
                   for key, value in getattr(spec, "used_parameters", {}).items()}  # fmt: skip
        return [{
            "others": [(name, item) for name, value in others.items()
                       for item in (value if isinstance(value, list) else [value])],
            "query": changelist.query, "start": self._day(self.NAMES[0]), "end": self._day(self.NAMES[1]),
            "clear": changelist.get_query_string(remove=self.NAMES), "used": bool(self.used_parameters),
        }]  # fmt: skip

    def queryset(self, request, queryset):
        start, end = (self._day(name) for name in self.NAMES)
        if start:
            queryset = queryset.filter(**{f"{self.FIELD}__gte": _midnight(start)})
        if end:
            queryset = queryset.filter(**{f"{self.FIELD}__lt": _midnight(end + dt.timedelta(days=1))})
        return queryset

    def _day(self, name) -> dt.date | None:
        return day(self.used_parameters.get(name, ""))


def day(typed: str) -> dt.date | None:
    """A day as browsers and people write it, between the years 1900 and 2199; None for anything else."""
    found = None
    for form in get_format("DATE_INPUT_FORMATS"):
        try:
            found = dt.datetime.strptime(typed.strip()[:20], form).date()
            break
        except ValueError:
            continue
    return found if found and 1900 <= found.year < 2200 else None


def _midnight(date: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(date, dt.time()))
