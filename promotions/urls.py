"""Public addresses of the catalogue, the centres and the regions."""

from __future__ import annotations

from django.urls import path, re_path

from promotions import place_views, views

app_name = "promotions"
urlpatterns = [
    path("katalog/usaha/", views.firm_list, name="firms"),
    re_path(r"^usaha/(?P<slug>[-a-z0-9]*)-u(?P<pk>[0-9]{1,18})/$", views.firm_page, name="firm"),
    path("sentra/", place_views.centre_list, name="centres"),
    path("sentra/<slug:slug>/", place_views.centre_page, name="centre"),
    path("wilayah/", place_views.region_list, name="regions"),
    path("wilayah/<slug:slug>/", place_views.region_page, name="region"),
]
