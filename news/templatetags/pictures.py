from django import template

from news import pictures

register = template.Library()


@register.inclusion_tag("news/_picture.html")
def picture(image, sizes, *, use="lead", eager=False, alt=None):
    """An image of the library in the width that fits; `sizes` as in HTML, `eager` for the first picture of a page.

    `use` is one of news.imaging.uses.USES: `lead` shows the whole picture, `card` the part around its focal point.
    `alt` replaces the library's description: an empty one for a picture that only repeats the text beside it.
    """
    return pictures.context(image, use, sizes, alt=alt, eager=eager)
