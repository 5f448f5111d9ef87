"""Charts as SVG text, drawn on the server: no script, no inline style; colours come from the style sheet's classes.

A chart says what it shows in its title and description; the numbers themselves stand in a table beside it.
"""
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from stats.templatetags.stats_figures import dots

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 64, 8, 12, 28
MOST_LABELS = 12


@dataclass(frozen=True, slots=True)
class Point:
    label: str  # below the axis
    name: str  # in full, for whoever points at it
    visits: int
    views: int


def columns(name: str, title: str, points: Sequence[Point]) -> SafeString:
    """Visits as columns and views as a line above them, on one scale; `name` makes the ids in the page unique."""
    top = ceiling(max((max(point.visits, point.views) for point in points), default=0))
    step = (WIDTH - LEFT - RIGHT) / max(1, len(points))
    every = ceil(len(points) / MOST_LABELS) or 1
    bars, line, labels = [], [], []
    for number, point in enumerate(points):
        left = LEFT + number * step
        middle = left + step / 2
        height = _height(point.visits, top)
        hint = escape(f"{point.name}: {dots(point.visits)} lượt truy cập, {dots(point.views)} lượt xem trang")
        bars.append(
            f'<g><title>{hint}</title>'
            f'<rect class="stats-hover" x="{left:.1f}" y="{TOP}" width="{step:.1f}" height="{HEIGHT - TOP - BOTTOM}"/>'
            f'<rect class="stats-bar" x="{left + step * 0.12:.1f}" y="{HEIGHT - BOTTOM - height:.1f}"'
            f' width="{max(1.0, step * 0.76):.1f}" height="{height:.1f}"/></g>'
        )
        line.append(f"{middle:.1f},{HEIGHT - BOTTOM - _height(point.views, top):.1f}")
        if number % every == 0:
            labels.append(
                f'<text class="stats-label" x="{middle:.1f}" y="{HEIGHT - 8}" text-anchor="middle">'
                f"{escape(point.label)}</text>"
            )
    visits, views = sum(point.visits for point in points), sum(point.views for point in points)
    summary = escape(f"Cộng {dots(visits)} lượt truy cập và {dots(views)} lượt xem trang. Số liệu đầy đủ ở bảng dưới.")
    return mark_safe(
        f'<svg class="stats-chart" role="img" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' aria-labelledby="{name}-title" aria-describedby="{name}-desc" focusable="false">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{summary}</desc>'
        f'{_grid(top)}{"".join(bars)}<polyline class="stats-line" points="{" ".join(line)}"/>{"".join(labels)}</svg>'
    )


def ceiling(value: int) -> int:
    """The least of 1, 2, 4, 5 or 10 times a power of ten that is not below `value`, and at least 4."""
    if value <= 4:
        return 4
    power = 10 ** int(log10(value))
    return next(power * factor for factor in (1, 2, 4, 5, 10) if power * factor >= value)


def _height(value: int, top: int) -> float:
    return (HEIGHT - TOP - BOTTOM) * value / top


def _grid(top: int) -> str:
    parts = []
    for quarter in range(5):
        value = top * quarter / 4
        y = HEIGHT - BOTTOM - _height(value, top)
        parts.append(
            f'<line class="stats-grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text class="stats-label" x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{_short(value)}</text>'
        )
    return "".join(parts)


def _short(value: float) -> str:
    return dots(int(value)) if value == int(value) else f"{value:.1f}".replace(".", ",")
