"""Pictures for the first-run articles, drawn with Pillow: flat illustrations of the life of a small Vietnamese city."""

from collections.abc import Callable
from random import Random

from PIL import Image

from .canvas import Canvas
from .palettes import lights
from .scenes.city import city_night
from .scenes.clinic import clinic
from .scenes.council import council_hall
from .scenes.factory import factory
from .scenes.fire import fire_drill
from .scenes.lanterns import lanterns
from .scenes.library import library_books
from .scenes.market import market
from .scenes.network import network
from .scenes.office import one_stop
from .scenes.rice_fields import rice_fields
from .scenes.road import road_trees
from .scenes.school import school
from .scenes.square import square_flags
from .scenes.stadium import stadium
from .scenes.tea_hills import tea_hills
from .scenes.tea_table import tea_table
from .scenes.village import village_yard
from .scenes.water import lake_boats, river_bridge

Scene = Callable[[Canvas], None]

# What is drawn, and the hours at which it looks right.
_HOURS: dict[Scene, tuple[str, ...]] = {
    river_bridge: ("dawn", "noon", "dusk", "night", "mist"),
    lake_boats: ("dawn", "noon", "dusk", "mist"),
    tea_hills: ("dawn", "noon", "mist", "dusk"),
    rice_fields: ("dawn", "noon", "dusk"),
    village_yard: ("dawn", "noon", "mist"),
    market: ("dawn", "noon", "mist", "dusk"),
    road_trees: ("dawn", "noon", "mist", "dusk"),
    city_night: ("dusk", "night"),
    lanterns: ("dusk", "night"),
    school: ("dawn", "noon", "mist"),
    clinic: ("dawn", "noon", "mist"),
    council_hall: ("dawn", "noon", "mist", "dusk"),
    square_flags: ("dawn", "noon", "dusk"),
    stadium: ("dawn", "noon", "dusk"),
    factory: ("dawn", "noon", "mist", "dusk"),
    fire_drill: ("dawn", "noon", "mist"),
    library_books: ("dawn", "noon", "dusk"),
    one_stop: ("dawn", "noon", "mist"),
    tea_table: ("dawn", "noon", "mist", "dusk"),
    network: ("dawn", "noon", "dusk", "night"),
}
SCENES: dict[str, Scene] = {scene.__name__: scene for scene in _HOURS}


def draw(scene: str, seed: int, size: tuple[int, int] = (1600, 900)) -> Image.Image:
    """One picture of `scene` (a key of SCENES); the same `seed` gives the same pixels in every process.

    Raises KeyError for a scene that is not known.
    """
    paint = SCENES[scene]
    rng = Random(f"{scene}-{seed}")
    canvas = Canvas(size, rng.choice(lights(*_HOURS[paint])), rng)
    paint(canvas)
    return canvas.finish()
