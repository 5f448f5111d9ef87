"""Around a public building: what stands behind it, the paved yard before it, the hedge between."""

from . import plants, scenery
from .canvas import HEIGHT, WIDTH, Canvas, mix
from .palettes import RGB


def yard(c: Canvas, y: float, tone: RGB) -> None:
    """A paved yard from `y` down, its joints closing up with distance."""
    light = c.light
    stone = light.on(tone)
    c.panel((0, y, WIDTH, HEIGHT - y + 2), (mix(stone, light.haze, 0.5), stone, mix(stone, light.near, 0.24)))
    for k in range(8):
        c.rect(0, y + 8 + 5 * k + 4.2 * k * k, WIDTH, 1 + 0.4 * k, light.ink, 0.07)
    for k in range(-9, 10):
        c.line([(800 + k * 90, y), (800 + k * 330, HEIGHT)], light.ink, 1.6, 0.06)


def behind(c: Canvas, y: float) -> None:
    """Hills, trees and a hedge to stand a building against; `y` is where the yard will begin, less 30."""
    scenery.ranges(c, y, 3, 230, 0.4)
    c.mist(y - 60, 110, 0.9)
    for _ in range(20):
        plants.tree(c, c.rng.uniform(-20, 1620), y + 8, c.rng.uniform(80, 170), far=0.4)


def hedge(c: Canvas, y: float, gap: tuple[float, float]) -> None:
    """A hedge along the far edge of the yard, open between the two x of `gap`, where the building stands."""
    colour = mix(c.light.leaf, c.light.haze, 0.22)
    for x in range(-20, WIDTH + 40, 46):
        if not gap[0] < x < gap[1]:
            plants.bush(c, x, y + 6, c.rng.uniform(84, 104), colour, mix(c.light.leaf_light, c.light.haze, 0.3))
