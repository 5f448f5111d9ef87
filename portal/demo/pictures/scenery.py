"""Sky, hills and water: the depth behind a scene, laid from far to near with haze between the layers."""

import math

from .canvas import HEIGHT, WIDTH, Canvas, Point, mix
from .palettes import RGB


def disc(c: Canvas, x: float, y: float, r: float) -> None:
    """The sun, or by night the moon; `sky` gives it its halo."""
    light = c.light
    c.oval(x, y, r, None, light.disc)
    if light.hour == "night":
        for dx, dy, size in ((-0.3, -0.2, 0.22), (0.25, 0.3, 0.16), (0.3, -0.35, 0.1)):
            c.oval(x + dx * r, y + dy * r, r * size, None, mix(light.disc, light.sky[-1], 0.22))


def stars(c: Canvas, below: float = 420, count: int = 70) -> None:
    for _ in range(count):
        x, y, r = c.rng.uniform(0, WIDTH), c.rng.uniform(0, below) * c.rng.random(), c.rng.uniform(0.8, 2.2)
        c.oval(x, y, r, None, (255, 250, 230), c.rng.uniform(0.35, 0.9))


def cloud(c: Canvas, x: float, y: float, w: float, alpha: float = 0.6) -> None:
    """A flat-bottomed cloud of rounded bars, as cut from paper."""
    light, rng, thick = c.light, c.rng, w * 0.09
    place = min(0.999, y / HEIGHT) * (len(light.sky) - 1)
    behind = mix(light.sky[int(place)], light.sky[int(place) + 1], place % 1)
    # Opaque, in the mixed colour: translucent bars would show where they overlap.
    pale = mix(light.disc, light.haze, 0.35) if light.hour != "night" else light.haze
    for k, (part, shift) in enumerate(((1, 0), (0.68, rng.uniform(-0.12, 0.12)), (0.34, rng.uniform(-0.16, 0.16)))):
        left, top = x + shift * w - part * w / 2, y - thick * 0.8 * k
        c.rect(left, top, part * w, thick, mix(behind, pale, alpha), radius=thick / 2)
        c.rect(left + thick, top + thick * 0.72, part * w - 2 * thick, thick * 0.28, mix(behind, pale, alpha * 0.82))


def clouds(c: Canvas, count: int, band: tuple[float, float], sun: Point | None = None, r: float = 0) -> None:
    for k in range(count):
        x, y, w = (k + c.rng.uniform(0.15, 0.85)) * WIDTH / count, c.rng.uniform(*band), c.rng.uniform(130, 300)
        alpha = c.rng.uniform(0.35, 0.65)
        # Flat clouds read badly across the disc.
        if sun is None or abs(x - sun[0]) > w / 2 + r * 1.3 or abs(y - sun[1]) > r * 1.8:
            cloud(c, x, y, w, alpha)


def sky(c: Canvas, sun: Point | None = None, r: float = 58, band: tuple[float, float] = (80, 290)) -> None:
    """Starts the picture with what belongs above the horizon at this hour; clouds keep to `band` (from y to y)."""
    light = c.light
    strong = 0.75 if light.hour in ("dawn", "dusk") else 0.5
    halos = [(*sun, r * size, light.disc, strong * share) for size, share in ((9, 0.55), (3.4, 0.8))] if sun else []
    c.backdrop(light.sky, *halos)
    if light.hour == "night":
        stars(c)
    if sun:
        disc(c, *sun, r)
    clouds(c, 5 if light.hour != "night" else 3, band, sun, r)


def birds(c: Canvas, x: float, y: float, count: int = 6, size: float = 13) -> None:
    for k in range(count):
        bx, by = x + k * size * 2.6 + c.rng.uniform(-8, 8), y - k * size * 0.8 + c.rng.uniform(-14, 14)
        s, lift = size * c.rng.uniform(0.7, 1.1), c.rng.uniform(0.25, 0.55)
        c.line(
            [
                (bx - s, by - s * lift),
                (bx - s * 0.4, by - s * lift * 0.9),
                (bx, by),
                (bx + s * 0.4, by - s * lift * 0.9),
                (bx + s, by - s * lift),
            ],
            mix(c.light.near, c.light.haze, 0.25),
            2.2,
        )


def ridge(c: Canvas, y: float, rise: float, waves: float, rough: float = 0.25) -> list[Point]:
    """The skyline of a range of hills across the picture, `rise` units high above `y`, with about `waves` summits."""
    rng = c.rng
    parts = [(1, waves), (0.5, waves * 2.1), (rough, waves * 4.7), (rough * 0.45, waves * 10.3)]
    phases = [rng.uniform(0, math.tau) for _ in parts]
    points = []
    for x in range(-16, WIDTH + 32, 16):
        t = math.tau * x / WIDTH
        v = sum(a * math.sin(f * t + p) for (a, f), p in zip(parts, phases, strict=True)) / 1.9
        points.append((x, y - rise * (0.5 + 0.5 * v)))
    return points


def below(line: list[Point]) -> list[Point]:
    """Closes a skyline down to the foot of the picture."""
    return [*line, (line[-1][0], HEIGHT + 10), (line[0][0], HEIGHT + 10)]


def ranges(c: Canvas, horizon: float, count: int = 4, rise: float = 190, deepest: float = 0.55) -> None:
    """Rows of hills that stand on `horizon`, paler with distance; the nearest is mixed `deepest` (0..1) to dark."""
    light = c.light
    for k in range(count):
        t = k / max(1, count - 1)
        line = ridge(
            c,
            horizon + 12 - 8 * (1 - t),
            rise * (1 - 0.62 * t) * c.rng.uniform(0.85, 1.15),
            c.rng.uniform(1.1, 2) + t,
            0.32 - 0.15 * t,
        )
        colour = mix(mix(light.far, light.haze, 0.45), mix(light.far, light.near, deepest), t)
        c.poly(below(line), colour)
        c.mist(horizon - rise * (0.5 - 0.3 * t), rise * (0.5 - 0.3 * t) + 14, 0.62 - 0.25 * t)
    # Meadows at the hills' foot: what a scene leaves uncovered there must not read as a dark sea.
    c.mist(horizon - 34, 40, 0.6)
    c.panel(
        (0, horizon + 5, WIDTH, 120), (mix(light.leaf_light, light.haze, 0.78), mix(light.leaf_light, light.haze, 0.4))
    )


def water(c: Canvas, y: float, sun_x: float | None = None, depth: float | None = None, clear: float = 0.42) -> None:
    """A sheet of water from `y` down: the mirror of what stands above, with ripples, and the sun's path on it."""
    light, rng = c.light, c.rng
    depth = depth or HEIGHT - y
    c.mirror(y, depth, light.water, clear, mix(light.water, light.near, 0.75))
    c.fade((0, y, WIDTH, 26), light.haze, (0.6, 0.2, 0))
    pale = mix(light.water, light.disc, 0.55)
    for _ in range(70):
        t = rng.random() ** 1.3
        ry, w = y + 6 + t * depth, rng.uniform(20, 70) * (0.4 + 2.2 * t)
        c.rect(rng.uniform(-50, WIDTH), ry, w, 1.2 + 3.2 * t, pale, rng.uniform(0.1, 0.3), radius=1.5)
    if sun_x is not None:
        for k in range(26):
            t = k / 25
            w = (16 + 110 * t) * rng.uniform(0.5, 1.1)
            c.rect(
                sun_x - w / 2 + rng.uniform(-26, 26) * (0.3 + t),
                y + 5 + depth * t * 0.92,
                w,
                1.8 + 4.5 * t,
                light.disc,
                0.8 - 0.5 * t,
                radius=2,
            )


def ground(c: Canvas, y: float, near: RGB | None = None) -> None:
    """Flat ground from `y` down, hazy at its far edge and deeper towards the viewer."""
    light = c.light
    near = near or mix(light.ground, light.near, 0.28)
    c.panel((0, y, WIDTH, HEIGHT - y + 2), (mix(light.ground, light.haze, 0.45), light.ground, near))
