"""Parts of the shell of every page, drawn once for the site's settings as they are now."""
from django import template
from django.conf import settings

register = template.Library()
MOST = 200  # fragments kept of one state of the settings


@register.simple_tag(takes_context=True)
def kept(context, name, *keys):
    """Includes the template `name`; `keys` is everything besides `site` that it depends on.

    The site holds what was drawn, so that a change of its settings, which makes another, forgets it.
    """
    fragments = context["site"].fragments
    key = (name, *keys)
    html = fragments.get(key)
    if html is None:
        html = context.template.engine.get_template(name).render(context)
        if not settings.DEBUG:
            if len(fragments) >= MOST:
                fragments.clear()
            fragments[key] = html
    return html


@register.filter
def among(path, menu):
    """The path where it is a menu's own address, else an empty text: all other pages' menus look alike."""
    return path if any(item.address == path for item in menu) else ""
