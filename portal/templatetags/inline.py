from django import template
from django.utils.safestring import mark_safe

from portal import inline

register = template.Library()


@register.simple_tag
def sheet(name):
    """A style sheet of static/css in the page itself; one of portal.inline.SHEETS."""
    return mark_safe(f"<style>{inline.sheet(name)}</style>")  # our own file


@register.simple_tag
def own_colour(colour):
    text = inline.own_colour(colour)
    return mark_safe(f"<style>{text}</style>" if text else "")  # nothing but a colour passes


@register.simple_tag
def script(name):
    """A script of static/js in the page itself; one of portal.inline.SCRIPTS."""
    return mark_safe(f"<script>{inline.script(name)}</script>")  # our own file
