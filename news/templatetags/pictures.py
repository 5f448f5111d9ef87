from django import template

from news import pictures

register = template.Library()


@register.inclusion_tag("news/_picture.html", takes_context=True)
def picture(context, image, sizes, *, use="lead", eager=False, alt=None):
    """An image of the library in the width that fits; `sizes` as in HTML, `eager` for the first picture of a page.

    The eager one is what the page waits for: the request is told, so that the answer's headers can name it already.

    `use` is one of news.imaging.uses.USES: `lead` shows the whole picture, `card` the part around its focal point.
    `alt` replaces the library's description: an empty one for a picture that only repeats the text beside it.
    """
    shown = pictures.context(image, use, sizes, alt=alt, eager=eager)
    if eager and "request" in context:
        context["request"].META[pictures.AHEAD] = pictures.preload(shown)
    return shown
