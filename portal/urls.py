"""Every address of the portal."""
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from portal.views import contact, errors, feeds, home, media, offline, operations, site_map

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("news.urls")),
    path("rss/", feeds.rss, name="feed"),
    path("rss/<slug:slug>/", feeds.rss, name="category_feed"),
    path("atom/", feeds.atom, name="atom"),
    path("atom/<slug:slug>/", feeds.atom, name="category_atom"),
    path("sitemap-tin-moi.xml", operations.latest_news, name="sitemap_news"),
    path(".well-known/security.txt", operations.security),
    path("cong.webmanifest", operations.manifest, name="manifest"),
    path("lien-he/", contact.contact, name="contact"),
    path("lien-he/da-gui/", contact.sent, name="contact_sent"),
    path("so-do-cong/", site_map.site_map, name="site_map"),
    path("", include("portal.auth.urls")),
    path("quan-tri/dang-nhap/", RedirectView.as_view(pattern_name="login", query_string=True)),
    path("quan-tri/", admin.site.urls),
    path("thong-ke/truy-cap.json", operations.visit_figures, name="figures"),
    path("giao-dien/<str:colour>.css", operations.own_colours, name="own_colours"),
    path("media/<path:path>", media.media, name="media"),
    path("sw.js", offline.worker),
    path("ngoai-tuyen/", offline.offline, name="offline"),
    path("robots.txt", operations.robots),
    path("favicon.ico", operations.favicon),
    path("healthz", operations.healthz),
    path("readyz", operations.readyz),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
