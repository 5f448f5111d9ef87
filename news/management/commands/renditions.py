from django.core.management.base import BaseCommand

from news import images, usage
from news.imaging.uses import CROPS
from news.models import Image


class Command(BaseCommand):
    help = "Makes the files of pictures that are missing some, such as those from before a use was invented."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="make every file anew, also those that are there")

    def handle(self, **options):
        made = failed = 0
        pictures = Image.objects.kept().order_by("pk")
        total = pictures.count()
        for number, image in enumerate(pictures.iterator(chunk_size=100), start=1):
            missing = list(CROPS) if options["all"] else _missing(image)
            if missing:
                try:
                    images.make(image, missing)
                    usage.render_again([image.pk])
                    made += 1
                except images.PictureError as error:
                    failed += 1
                    self.stderr.write(f"picture {image.pk} ({image.file.name}): {error.reason}")
            if number % 50 == 0:
                self.stdout.write(f"{number} of {total} …")
        self.stdout.write(f"{total} pictures: {made} made, {failed} failed.")


def _missing(image: Image) -> list[str]:
    """Crops without files, or whose files are of formats that are not made any more."""
    missing = []
    for crop, shape in CROPS.items():
        suffixes = {end.rpartition(".")[2] for _, _, end in image.renditions.get(crop, ())}
        if not suffixes or (shape.modern and "avif" not in suffixes):
            missing.append(crop)
    return missing
