from django.shortcuts import render

from news.models import Category, Page


def site_map(request):
    """Everything that can be reached, as one page of links."""
    categories = list(Category.objects.order_by("position", "sort_key"))
    children = {}
    for category in categories:
        children.setdefault(category.parent_id, []).append(category)
    tree = [(top, children.get(top.pk, [])) for top in children.get(None, [])]
    pages = Page.objects.filter(published=True, language=Page.Language.VIETNAMESE)
    return render(request, "site_map.html", {"tree": tree, "pages": pages})
