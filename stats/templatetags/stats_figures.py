from django import template

register = template.Library()


@register.filter
def dots(number):
    """1940858 as Vietnamese readers expect it: 1.940.858."""
    return f"{number:,}".replace(",", ".")


@register.filter
def percent(share):
    """A share between 0 and 1 with one decimal: 0.194 becomes 19,4%."""
    return f"{share * 100:.1f}%".replace(".", ",")
