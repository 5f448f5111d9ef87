from django import template

from news.addresses import address

register = template.Library()
register.simple_tag(address)  # as `url`, quicker
