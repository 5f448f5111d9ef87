"""What editors put above everything else: the four first articles of the front page, and banners for the whole site."""
import datetime as dt

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminSplitDateTime, AutocompleteSelect
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from news import front, states
from news.admin.tools import number
from news.dates import validate_moment
from news.models import AlertBanner, Placement
from news.vietnamese import format_datetime
from news.workflow import RefusedError


class ArticlePicker(AutocompleteSelect):
    def build_attrs(self, base_attrs, extra_attrs=None):
        # Said where nothing is chosen, and the field's name for those who hear the page.
        return {**super().build_attrs(base_attrs, extra_attrs), "data-placeholder": "Tự động: tin mới nhất"}


class FrontForm(forms.Form):
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)

    def __init__(self, user, admin_site, *args, **kwargs):
        super().__init__(*args, **kwargs)
        articles = states.visible_to(user).filter(deleted_at=None)
        for place in front.PLACES:
            name = str(Placement(place=place))
            field = Placement._meta.get_field("article")
            self.fields[f"article{place}"] = forms.ModelChoiceField(
                articles.defer("search", "rendered", "body"), label=name, required=False,
                widget=ArticlePicker(field, admin_site),
            )  # fmt: skip
            until = AdminSplitDateTime()
            for part, said in zip(until.widgets, ("ngày", "giờ"), strict=True):
                part.attrs["aria-label"] = f"{name}: giữ đến {said}"
            self.fields[f"until{place}"] = forms.SplitDateTimeField(
                label=f"{name}: giữ đến", widget=until, required=False, validators=[validate_moment])

    def clean(self):
        cleaned = super().clean()
        for place in front.PLACES:
            if cleaned.get(f"until{place}") and not cleaned.get(f"article{place}") and not self.errors:
                self.add_error(f"until{place}", "Hãy chọn bài, hoặc để trống cả giờ giữ.")
        return cleaned

    @property
    def choices(self) -> dict[int, front.Choice]:
        return {place: front.Choice(article, self.cleaned_data[f"until{place}"])
                for place in front.PLACES if (article := self.cleaned_data[f"article{place}"])}  # fmt: skip


@admin.register(Placement)
class PlacementAdmin(admin.ModelAdmin):
    """One page for all four places, in the stead of a list."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return HttpResponseRedirect(reverse("admin:news_placement_changelist"))

    def changelist_view(self, request, extra_context=None):
        if not self.has_change_permission(request):
            raise PermissionDenied
        placements = front.chosen()
        if request.method == "POST":
            _refuse_odd_keys(request, *(f"article{place}" for place in front.PLACES))
            form = FrontForm(request.user, self.admin_site, request.POST)
            if form.is_valid() and self._save(request, form):
                return HttpResponseRedirect(request.path)
        else:
            form = FrontForm(request.user, self.admin_site, initial=_initial(placements))
        return render(request, "admin/news/placement/front.html", {
            **self.admin_site.each_context(request), "title": "Trang chủ", "opts": self.opts, "form": form,
            "rows": _rows(form, placements), "media": self.media + form.media, **(extra_context or {}),
        })  # fmt: skip

    def _save(self, request, form) -> bool:
        try:
            changes = front.choose(form.choices, request.user, form.cleaned_data["opened"])
        except RefusedError as refused:
            form.add_error(None, str(refused))
            # What is there by now becomes what was seen: the page shows both, and the next press decides.
            form.data = {**form.data.dict(), "opened": front.stamp(front.chosen())}
            return False
        self.message_user(request, f"Đã lưu. {'; '.join(changes)}." if changes else "Không có gì thay đổi.")
        for place, choice in form.choices.items():
            if said := front.warning(choice.article):
                self.message_user(request, f"{Placement(place=place)}: {said}", messages.WARNING)
        return True


def _refuse_odd_keys(request, *names):
    """A list of articles that is searched while one types fails on a key that it never offered."""
    if any(typed and number(typed) is None for name in names for typed in request.POST.getlist(name)):
        raise BadRequest("a key that no list offers")


def _initial(placements):
    initial = {"opened": front.stamp(placements)}
    for place, row in placements.items():
        if not _is_over(row):
            initial |= {f"article{place}": row.article_id, f"until{place}": row.until}
    return initial


def _is_over(row) -> bool:
    return row.until is not None and row.until <= timezone.now()


def _rows(form, placements):
    """For each place: its fields, what editors should know of what is chosen, and what readers see there now."""
    top, _ = front.arrange(*front.newest_and_placed(len(front.PLACES)))
    titles = front.titles(top)
    rows = []
    for place in front.PLACES:
        row, said = placements.get(place), ""
        if row and _is_over(row):
            said = f"“{row.article}” được giữ đến {format_datetime(row.until)}, nay đã trả lại vị trí này."
        elif row:
            said = front.warning(row.article)
        shown = titles.get(top[place - 1], "") if place <= len(top) else ""
        held = row.article if row else None
        rows.append({"label": str(Placement(place=place)), "article": form[f"article{place}"], "held": held,
                     "until": form[f"until{place}"], "said": said, "shown": shown})  # fmt: skip
    return rows


class BannerForm(forms.ModelForm):
    def clean_ends_at(self):
        ends_at = self.cleaned_data["ends_at"]
        if ends_at <= timezone.now():
            raise ValidationError(f"Dải tin này đã kết thúc lúc {format_datetime(ends_at)} nên sẽ không hiện: "
                                  "hãy chọn giờ kết thúc ở tương lai.")  # fmt: skip
        return ends_at


@admin.register(AlertBanner)
class AlertBannerAdmin(admin.ModelAdmin):
    class Media:
        js = [Script("js/pickers.js", type="module")]

    form = BannerForm
    fields = ["text", "level", "link", "starts_at", "ends_at"]
    list_display = ["text", "level", "starts_at", "ends_at", "shown"]
    list_select_related = True
    list_filter = ["level"]
    show_full_result_count = False
    autocomplete_fields = ["link"]
    actions = ["end_now"]

    @admin.display(description="hiện nay")
    def shown(self, banner):
        if banner.is_shown:
            return "Đang hiện"
        return "Chờ đến giờ" if banner.starts_at > timezone.now() else "Đã hết"

    @admin.action(description="Kết thúc ngay các dải tin đã chọn", permissions=["change"])
    def end_now(self, request, queryset):
        ended = 0
        for banner in queryset:
            if banner.is_shown:
                banner.ends_at = max(timezone.now(), banner.starts_at + dt.timedelta(microseconds=1))
                banner.save(update_fields=["ends_at"])
                ended += 1
        left = len(queryset) - ended
        self.message_user(request, f"Đã kết thúc {ended} dải tin."
                          + (f" {left} dải tin đang không hiện nên để nguyên." if left else ""))  # fmt: skip

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "link":
            field.widget.can_add_related = field.widget.can_delete_related = False
            field.help_text = "Bài chưa đăng, đã hết hạn hoặc đã gỡ thì dải tin hiện mà không có liên kết."
        return field

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        _refuse_odd_keys(request, "link")
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if obj.link and not obj.link.is_public:
            self.message_user(request, f"Bạn đọc chưa đọc được bài “{obj.link}” ({obj.link.state_label}): "
                              "dải tin hiện mà không có liên kết đến bài.", messages.WARNING)  # fmt: skip
