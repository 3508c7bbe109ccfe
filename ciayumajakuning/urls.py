"""Addresses: Indonesian at the root, English under `/en/` with the same paths."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from ciayumajakuning import design, health, information, search_engines, views

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("robots.txt", search_engines.robots, name="robots"),
    path("sitemap.xml", search_engines.index, name="sitemap"),
    path("sitemap-halaman.xml", search_engines.pages, name="sitemap-pages"),
    path("sitemap-usaha-<int:block>.xml", search_engines.firms, name="sitemap-firms"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("tentang/", information.about, name="about"),
        path("privasi/", information.privacy, name="privacy"),
        path("aksesibilitas/", information.accessibility, name="accessibility"),
        path("arti-terverifikasi/", information.meaning, name="meaning"),
        path("gaya/", design.components, name="components"),
        path("", include("promotions.urls")),
        path("", include("accounts.urls")),
        path("kerja/", include("dashboards.urls")),
        path("kerja/", include("promotions.urls_desk")),
        path("kerja/", include("registry.urls")),
        path("kelola/", admin.site.urls),
        prefix_default_language=False,
    ),
]

handler404 = "ciayumajakuning.views.not_found"
handler403 = "ciayumajakuning.views.forbidden"
handler500 = "ciayumajakuning.views.broken"
