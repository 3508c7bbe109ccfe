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
    path("sentra/", include("registry.urls_centres")),
    path("tugas/ganda/", views.pair_list, name="pairs"),
    path("tugas/ganda/banding/", views.pair_compare, name="pair-compare"),
    path("tugas/ganda/gabungan/", views.merge_list, name="merges"),
    path("tugas/ganda/gabungan/<int:pk>/", views.merge_page, name="merge"),
    path("tugas/ganda/<int:pk>/", views.pair_page, name="pair"),
]
