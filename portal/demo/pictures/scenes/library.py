"""The reading room of the library."""

from .. import interior, people, plants
from ..canvas import WIDTH, Canvas, mix
from ..palettes import CLOTHES, FRUITS, PAPER, RGB, SKIN, rgb


def library_books(c: Canvas) -> None:
    """A reading room: shelves of bright spines, a tall window over the hills, readers under a lamp."""
    light, rng = c.light, c.rng
    wide = rng.choice((0, 60))
    hole = (110.0, 110.0, 520.0 + wide, 430.0)
    interior.outside(c, (rng.uniform(250, 520), rng.uniform(190, 270)), 470)
    wood = light.on(rng.choice((rgb("a9714b"), rgb("8a5a44"), rgb("b5835a"))))
    top = mix(light.on(rgb("f0dcc0")), light.sky[1], 0.12)
    interior.wall(c, hole, top, mix(top, wood, 0.2), 700)
    interior.view(c, *hole, mix(wood, PAPER, 0.62))
    c.panel((0, 690, WIDTH, 212), (mix(wood, light.ink, 0.12), mix(wood, light.ink, 0.42)))
    for k in range(7):
        c.rect(0, 700 + 7 * k * k, WIDTH, 2, light.ink, 0.15)
    _shelves(c, 735 + wide, 60, 850 - wide, 640, wood)
    interior.beam(c, hole, 330)
    people.person(
        c, 1010 + rng.uniform(-50, 40), 748, 330, face=1, hat=rng.choice(("hair", "bun")), reach=1, walk=False
    )
    table = 742
    for k, x in enumerate((230, 520)):
        _reader(c, x + rng.uniform(-24, 24), table + 6, 196, 1 if k == 0 else -1)
    c.rect(-20, table + 8, 880, 30, mix(wood, PAPER, 0.2))
    c.rect(-20, table + 34, 880, 120, mix(wood, light.ink, 0.35))
    c.fade((-20, table + 38, 880, 60), light.ink, (0.3, 0))
    _open_book(c, 262, table + 6, 92)
    _open_book(c, 494, table + 6, 92)
    for x, n in ((64, 3), (700, 4)):
        for k in range(n):
            w = rng.uniform(96, 124)
            c.rect(x - w / 2 + rng.uniform(-6, 6), table - 12 - 19 * k, w, 18, light.on(rng.choice(CLOTHES)), radius=3)
            c.rect(x - w / 2 + 10, table - 8 - 19 * k, w * 0.72, 3, PAPER, 0.6)
    _lamp(c, 380, table + 8)
    interior.pot(c, 1496, 850, 250)


def _shelves(c: Canvas, x: float, y: float, w: float, h: float, wood: RGB) -> None:
    light, rng = c.light, c.rng
    dim, rows = mix(wood, light.ink, 0.5), 5
    c.rect(x - 14, y - 14, w + 28, h + 28, mix(wood, light.ink, 0.14))
    c.rect(x, y, w, h, dim)
    tones = [*CLOTHES, *FRUITS, rgb("35506b"), rgb("e9e0cc"), rgb("6a8f7a")]
    step = h / rows
    for row in range(rows):
        base = y + (row + 1) * step - 14
        bx = x + 8
        while bx < x + w - 30:
            if rng.random() < 0.06:
                if rng.random() < 0.5:
                    plants.bush(c, bx + 32, base - 26, 74)
                    c.poly(
                        [(bx + 10, base - 30), (bx + 54, base - 30), (bx + 46, base), (bx + 18, base)],
                        light.on(rgb("c96b45")),
                    )
                bx += 66
                continue
            bw, bh = rng.uniform(13, 30), step * rng.uniform(0.56, 0.8)
            tone = light.on(rng.choice(tones))
            lean = rng.uniform(6, 13) if rng.random() < 0.05 else 0
            c.poly([(bx + lean, base - bh), (bx + bw + lean, base - bh), (bx + bw, base), (bx, base)], tone)
            c.poly(
                [
                    (bx + bw * 0.72 + lean, base - bh),
                    (bx + bw + lean, base - bh),
                    (bx + bw, base),
                    (bx + bw * 0.72, base),
                ],
                light.ink,
                0.16,
            )
            if bw > 17 and not lean:
                c.rect(bx + 3, base - bh * 0.84, bw - 6, bh * 0.1, mix(tone, PAPER, 0.6))
                c.rect(bx + 3, base - bh * 0.2, bw - 6, bh * 0.05, mix(tone, PAPER, 0.6))
            bx += bw + lean + 1.5
        c.fade((x, y + row * step, w, step * 0.3), light.ink, (0.42, 0))
        c.rect(x, base, w, 15, wood)
        c.rect(x, base, w, 4, mix(wood, PAPER, 0.35))
    c.rect(x + w / 2 - 8, y, 16, h, mix(wood, light.ink, 0.06))


def _reader(c: Canvas, x: float, y: float, h: float, face: int) -> None:
    """Someone at a table, seen from the waist up, leaning over a book; `y` is the table's edge."""
    light, rng, u = c.light, c.rng, h / 10
    shirt = light.on(rng.choice(CLOTHES))
    c.poly(
        [
            (x - 2.6 * u, y),
            (x - 2.5 * u, y - 3.8 * u),
            (x - 1 * u, y - 5 * u),
            (x + 1 * u, y - 5 * u),
            (x + 2.5 * u, y - 3.8 * u),
            (x + 2.6 * u, y),
        ],
        shirt,
    )
    c.line(
        [(x - 2.1 * u * face, y - 3.6 * u), (x - 1.6 * u * face, y - 0.7 * u), (x + 1.2 * u * face, y - 0.4 * u)],
        mix(shirt, light.ink, 0.2),
        1.2 * u,
        round_ends=True,
    )
    c.rect(x - 0.5 * u, y - 5.8 * u, u, 1.2 * u, mix(light.on(SKIN), light.ink, 0.15))
    people.head(c, x + 0.3 * u * face, y - 6.9 * u, 1.5 * u, rng.choice(("hair", "bun")), face)


def _open_book(c: Canvas, x: float, y: float, w: float) -> None:
    light = c.light
    for side in (-1, 1):
        page = [
            (x, y - 8),
            (x + side * w * 0.24, y - 26),
            (x + side * w * 0.56, y - 18),
            (x + side * w * 0.56, y + 2),
            (x, y + 6),
        ]
        c.poly(page, mix(light.on(PAPER), light.ink, 0.02 if side < 0 else 0.1))
        for k in range(3):
            c.line([(x + side * w * 0.1, y - 9 + 4 * k), (x + side * w * 0.46, y - 15 + 5 * k)], light.ink, 1.6, 0.3)


def _lamp(c: Canvas, x: float, y: float) -> None:
    light = c.light
    brass = light.on(rgb("b98a45"))
    c.glow(x, y - 70, 210, light.lamp, 0.6 if light.dark else 0.32, 130)
    c.rect(x - 34, y - 8, 68, 9, brass, radius=4)
    c.rect(x - 4, y - 120, 8, 114, brass)
    c.poly(
        [(x - 30, y - 156), (x + 30, y - 156), (x + 58, y - 102), (x - 58, y - 102)], mix(light.leaf, light.near, 0.2)
    )
    c.poly([(x - 56, y - 106), (x + 56, y - 106), (x + 58, y - 100), (x - 58, y - 100)], light.lamp)
