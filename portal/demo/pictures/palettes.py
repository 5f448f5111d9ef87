"""Light and colour: small palettes for each time of day, shared by all scenes so that pictures sit well together."""

from dataclasses import dataclass

RGB = tuple[int, int, int]


def rgb(code: str) -> RGB:
    """Reads `1f4a4a` as (31, 74, 74)."""
    return (int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16))


def _row(codes: str) -> tuple[RGB, ...]:
    """Reads several colours, a space between."""
    return tuple(rgb(code) for code in codes.split())


# Things with a colour of their own; `Light.on` shows them in the light of the hour.
SKIN = rgb("e0a981")
HAIR = rgb("2b2430")
STRAW = rgb("ecd3a0")
WOOD = rgb("8a5a3c")
PAPER = rgb("fbf4e6")
TROUSERS = rgb("37415c")
STEEL = rgb("8797a3")
WALLS = _row("f6e3c3 f3cf9a f0b48c e9d9c4 cfdccb b9d2d3 f2dfd6")
CLOTHES = _row("d9503f 2f8f83 f0a93b 3f6fb0 e5806b 7d5a96 f3ead9 57a36b c94f74")
LAMP = rgb("ffd58a")
FRUITS = _row("e2533c f39a2d f6cb45 7fb24a c23f5d 9b5a9a f0efe0 d97b34")


@dataclass(frozen=True)
class Light:
    """What an hour of the day does to the colours. `sky` runs from the zenith to the horizon."""

    hour: str
    sky: tuple[RGB, ...]
    haze: RGB
    far: RGB
    near: RGB
    ground: RGB
    leaf: RGB
    leaf_light: RGB
    water: RGB
    disc: RGB
    roof: RGB
    accent: RGB
    accent2: RGB
    ambient: RGB
    ink: RGB
    lamp: RGB = LAMP

    @property
    def dark(self) -> bool:
        """Whether windows and lamps are lit."""
        return self.hour in ("dusk", "night")

    def on(self, colour: RGB) -> RGB:
        """A thing's own colour as this light shows it (multiplied by the ambient light)."""
        r, g, b = self.ambient
        return (colour[0] * r // 255, colour[1] * g // 255, colour[2] * b // 255)


def _light(hour: str, sky: str, lands: str, things: str, ambient: str, ink: str) -> Light:
    haze, far, near, ground, leaf, leaf_light, water = _row(lands)
    disc, roof, accent, accent2 = _row(things)
    return Light(
        hour, _row(sky), haze, far, near, ground, leaf, leaf_light, water,
        disc, roof, accent, accent2, rgb(ambient), rgb(ink),
    )  # fmt: skip


# Each row: sky from top to horizon; haze far near ground leaf leaf_light water; disc roof accent accent2; ambient; ink.
LIGHTS = (
    _light("dawn", "7fb0b5 b9cfbf f6d9b0 fbe6cb", "f7e0c4 bcb9a8 1d4f4d a9b27c 3a7b62 86b07a c3d6c8",
           "fff4dd c4593a df6a3c f2b24a", "fff2e2", "12302f"),
    _light("dawn", "8f93c4 c3a8c8 f0bfb8 fde0c6", "f6d3c8 b9a5c0 2f3260 b0a98c 41796a 9dba80 d3bfd0",
           "fff0dc b04c62 d95d6a f4b266", "fdeae4", "1d1d40"),
    _light("noon", "4b9fd0 8fcae0 c9e7e6 f2f6e4", "dff0ea 8fbfc0 14564a b5d178 2f8a5b 84c66b 74c4d0",
           "fffae0 d2523a e6573b f8bf3f", "ffffff", "0d3038"),
    _light("noon", "56acc0 9bd0d0 d8ecd6 f8f3d6", "ecf3d9 9cc7a9 1b5a50 cbd183 35906a 9ccb74 8fd0c4",
           "fffbe6 cc5b3c ea6a42 f5b93c", "fffdf4", "103433"),
    _light("mist", "a3bcc5 c3d2d2 dfe3da f1ede0", "e9e9df a9bcbc 2c5054 b9bd95 467a66 8cae86 b4cbcb",
           "fdf6e6 b5523d d6573d eab04c", "f4f3ee", "1c3238"),
    _light("dusk", "3c3f78 8a5585 df7f75 fbc07c", "f4b183 9a6486 261f4b 9a7a5c 43605c 9a9860 c98a86",
           "ffe9b4 9c3f4c e8623f ffb84d", "e9b9a8", "170f30"),
    _light("dusk", "2f5378 6d7fa0 e3a08a fcd59a", "f2c9a0 7c86a0 1a3350 8f8769 2f5a5d 7f9470 a5a8ae",
           "fff0c0 a8492f ee7440 ffc457", "efcfb4", "0d1f33"),
    _light("night", "0b1740 17306a 2f5691 6d8db3", "5579a8 34588f 0a1a3c 24506b 1d4a5c 3f7a75 2a4f86",
           "fff6d8 713a56 e8604a ffc65a", "a4b0dc", "050d22"),
    _light("night", "1a1440 3a2a6c 74497f c27f86", "8a5d87 5a4381 170f36 4a3a63 2a3f5c 56707a 533a72",
           "fff1d0 7d3450 ea5f58 ffbf62", "b8a4d2", "0c0722"),
)  # fmt: skip


def lights(*hours: str) -> tuple[Light, ...]:
    """The palettes of the hours named ("dawn", "noon", "mist", "dusk", "night")."""
    return tuple(light for light in LIGHTS if light.hour in hours)
