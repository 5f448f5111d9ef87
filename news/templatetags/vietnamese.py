from django import template
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html

from news import vietnamese

register = template.Library()
register.filter("vn_datetime", vietnamese.format_datetime)
register.filter("vn_date", vietnamese.format_date)
register.filter("vn_long_date", vietnamese.format_long_date)
register.filter("vn_month", vietnamese.format_month)
register.filter("vn_size", vietnamese.format_size)
register.filter("vn_number", vietnamese.format_number)
register.filter("moment", parse_datetime)  # of a time that is kept as text


@register.filter
def vn_time(moment):
    """`<time>` with what `vn_datetime` says, for people and for programs."""
    local = timezone.localtime(moment)
    return format_html('<time datetime="{}">{}</time>', f"{local:%Y-%m-%dT%H:%M%z}", vietnamese.format_datetime(local))


@register.simple_tag
def weekdays():
    """[(`Thứ Hai`, `Hai`)], Monday first, as the head of a calendar needs them."""
    return [(name, "CN" if name == "Chủ Nhật" else name.removeprefix("Thứ ")) for name in vietnamese.WEEKDAYS]
