"""Public addresses of the catalogue."""

from __future__ import annotations

from django.urls import path, re_path

from promotions import views

app_name = "promotions"
urlpatterns = [
    path("katalog/usaha/", views.firm_list, name="firms"),
    re_path(r"^usaha/(?P<slug>[-a-z0-9]*)-u(?P<pk>[0-9]{1,18})/$", views.firm_page, name="firm"),
]
