from django.urls import path, re_path

from news import views

urlpatterns = [
    path("chuyen-muc/<slug:slug>/", views.category, name="category"),
    # The id has no more digits than the database's number holds; a wrong slug, or none, still leads to the article.
    re_path(r"^bai-viet/(?:(?P<slug>[^/]*)-)?(?P<pk>[0-9]{1,18})/$", views.article, name="article"),
    path("tu-khoa/<slug:slug>/", views.tag, name="tag"),
    re_path(r"^luu-tru/(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/$", views.archive_day,
            name="archive_day"),
    path("xem-truoc/<str:token>/", views.preview_link, name="preview"),
    path("trang/<slug:slug>/", views.page, name="page"),
    path("tim-kiem/", views.search, name="search"),
    path("tim-kiem/goi-y.json", views.suggest, name="suggest"),
    path("rss/", views.feed, name="feed"),
    path("rss/<slug:slug>/", views.category_feed, name="category_feed"),
]  # fmt: skip
