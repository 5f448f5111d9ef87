from django import template

register = template.Library()


@register.inclusion_tag("news/_picture.html")
def picture(image, sizes, *, eager=False, alt=None):
    """An image of the library in the width that fits; `sizes` as in HTML, `eager` for the first picture of a page.

    `alt` replaces the library's description: an empty one for a picture that only repeats the text beside it.
    """
    renditions = image.renditions
    return {
        "image": image,
        "alt": image.alt if alt is None else alt,
        "src": renditions[min(1, len(renditions) - 1)][1],
        "srcset": ", ".join(f"{address} {width}w" for width, address in renditions),
        "sizes": sizes,
        "eager": eager,
    }
