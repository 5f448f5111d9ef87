"""The avenue under its trees."""

from .. import people, plants, scenery
from ..buildings import lamp_post, skyline
from ..canvas import HEIGHT, WIDTH, Canvas, mix
from ..palettes import rgb


def road_trees(c: Canvas) -> None:
    """An avenue under big trees, the low sun at its end, people riding to work and school."""
    light, rng = c.light, c.rng
    vx, vy = 800 + rng.uniform(-130, 130), 440
    scenery.sky(c, (vx + rng.uniform(-40, 40), vy - 95), 62, (60, 200))
    scenery.ranges(c, vy, 3, 150, 0.4)
    skyline(c, vy + 8, (30, 95), (40, 80), mix(light.far, light.haze, 0.35), 0.2 if light.dark else 0)
    c.mist(vy - 70, 84, 0.6)
    scenery.ground(c, vy + 6, mix(light.leaf, light.near, 0.2))

    def at(across: float, z: float) -> tuple[float, float]:
        # One-point perspective: `z` is the distance in steps, 1 at the lower edge of the picture.
        return vx + across / z, vy + 466 / z

    asphalt = mix(light.on(rgb("8b8f9c")), light.near, 0.22)
    walk = light.on(rgb("ddc9ad"))
    for edge, tone in ((1010, mix(walk, light.ink, 0.2)), (990, walk), (690, light.on(rgb("f2ece0"))), (672, asphalt)):
        c.poly([(vx - 3, vy + 5), (vx + 3, vy + 5), at(edge, 0.98), at(-edge, 0.98)], tone)
    c.fade((0, vy + 4, WIDTH, 150), light.haze, (0.75, 0.3, 0))
    for k in range(16):
        z0, z1 = 11 / (k + 1) ** 0.86, 11 / (k + 1.5) ** 0.86
        c.poly([at(-9, z0), at(9, z0), at(9, z1), at(-9, z1)], light.on((250, 246, 232)), 0.85)
    steps = [9.5, 7, 5.4, 4.2, 3.3, 2.6, 2.05, 1.6]
    riders = {1: (250, -1), 2: (-260, 1), 4: (330, -1), 5: (-380, 1)}
    for i, z in enumerate(steps):
        far = min(0.62, 0.075 * (z - 1.4))
        for side in (-1, 1):
            x, y = at(side * 930, z)
            c.oval(x - side * 130 / z, y, 330 / z, 34 / z, light.ink, 0.16)
            tall = 1010 / z * rng.uniform(0.9, 1.1)
            if i % 2:
                lamp_post(c, at(side * 735, z)[0], at(0, z)[1], 640 / z, -side)
            plants.tree(c, x, y, tall, far=far)
        if i in riders:
            across, face = riders[i]
            draw = people.motorbike if rng.random() < 0.5 else people.cyclist
            draw(c, *at(across + rng.uniform(-60, 60), z), 330 / z, face=face)
    for _ in range(14):
        c.oval(
            rng.uniform(0, WIDTH),
            rng.uniform(620, HEIGHT),
            rng.uniform(5, 9),
            3.4,
            rng.choice((light.accent2, light.accent, light.leaf_light)),
            0.8,
        )
    x, y = at(rng.choice((-430, 400)), 1.35)
    people.cyclist(c, x, y, 250, hat="non", face=1 if x < vx else -1, shirt=rgb("f5efe2"))
    sx = vx + (560 if x < vx else -560)
    people.person(c, sx, 792, 205, hat="bun", dress=True, face=-1 if sx > vx else 1)
    people.person(c, sx + 62, 800, 132, face=-1 if sx > vx else 1, pack=rgb("e0603f"))
    canopy = mix(light.leaf, light.ink, 0.5)
    for side in (0, WIDTH):
        for _ in range(16):
            cx, cy = side + rng.uniform(-1, 1) * 250, rng.uniform(-40, 90)
            c.oval(cx, cy - abs(cx - side) * 0.25, rng.uniform(60, 110), rng.uniform(44, 80), canopy)
