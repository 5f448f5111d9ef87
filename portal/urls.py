"""Every address of the portal."""
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from portal.views import errors, home, media, operations, site_map

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("news.urls")),
    path("so-do-cong/", site_map.site_map, name="site_map"),
    path("", include("portal.auth.urls")),
    path("quan-tri/dang-nhap/", RedirectView.as_view(pattern_name="login", query_string=True)),
    path("quan-tri/", admin.site.urls),
    path("thong-ke/truy-cap.json", operations.visit_figures, name="figures"),
    path("giao-dien/<str:colour>.css", operations.own_colours, name="own_colours"),
    path("media/<path:path>", media.media, name="media"),
    path("robots.txt", operations.robots),
    path("favicon.ico", operations.favicon),
    path("healthz", operations.healthz),
    path("readyz", operations.readyz),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
