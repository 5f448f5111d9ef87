from django.urls import path, re_path

from news import views
from news.views import sitemaps

urlpatterns = [
    path("chuyen-muc/<slug:slug>/", views.category, name="category"),
    # The id has no more digits than the database's number holds; a wrong slug, or none, still leads to the article.
    re_path(r"^bai-viet/(?:(?P<slug>[^/]*)-)?(?P<pk>[0-9]{1,18})/$", views.article, name="article"),
    path("tu-khoa/<slug:slug>/", views.tag, name="tag"),
    path("luu-tru/", views.archive_index, name="archive"),
    re_path(r"^luu-tru/(?P<year>[0-9]{4})/$", views.archive_year, name="archive_year"),
    re_path(r"^luu-tru/(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/$", views.archive_month, name="archive_month"),
    re_path(r"^luu-tru/(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/$", views.archive_day,
            name="archive_day"),
    re_path(r"^tep/(?P<pk>[0-9]{1,18})/(?P<name>[^/]+)$", views.attachment, name="attachment"),
    path("xem-truoc/<str:token>/", views.preview_link, name="preview"),
    path("trang/<slug:slug>/", views.page, name="page"),
    path("en/", views.english, name="english"),
    path("tim-kiem/", views.search, name="search"),
    path("tim-kiem/goi-y.json", views.suggest, name="suggest"),
    path("tin-doc-nhieu/", views.most_read, name="most_read"),
    path("dong-su-kien/", views.topics, name="topics"),
    path("dong-su-kien/<slug:slug>/", views.topic, name="topic"),
    path("oembed.json", views.oembed, name="oembed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    re_path(r"^sitemap-bai-viet-(?P<part>[0-9]{1,12})\.xml$", sitemaps.articles, name="sitemap_articles"),
    path("sitemap-trang.xml", sitemaps.pages, name="sitemap_pages"),
]  # fmt: skip
