"""Addresses of the register for staff."""

from __future__ import annotations

from django.urls import include, path

from registry import views

app_name = "registry"
urlpatterns = [
    path("berkas/<path:name>", views.private_file, name="file"),
    path("usaha/", views.firm_list, name="firms"),
    path("usaha/<int:pk>/", views.firm_page, name="firm"),
    path("impor/", include("registry.urls_imports")),
]
