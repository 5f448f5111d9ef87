"""What helps readers with one text: its contents, and where they may pass it on."""
from urllib.parse import quote, urlencode

from django import template

from news.richtext.contents import contents

register = template.Library()
register.filter("contents", contents)


@register.simple_tag(takes_context=True)
def share_links(context):
    """[(name, address)]: plain links, so that nothing of these sites is loaded before a reader asks for it.

    Zalo has no address for this that works without its script; telephones offer it behind `Chia sẻ`.
    """
    article = context["article"]
    address = context["request"].build_absolute_uri(article.get_absolute_url())
    return [
        ("Facebook", "https://www.facebook.com/sharer/sharer.php?" + urlencode({"u": address})),
        ("X", "https://x.com/intent/post?" + urlencode({"url": address, "text": article.title})),
        ("Thư điện tử", "mailto:?" + urlencode({"subject": article.title, "body": address}, quote_via=quote)),
    ]
