"""Addresses of the officials' pages."""

from __future__ import annotations

from django.urls import path

from dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.start, name="start"),
    path("dasbor/", views.overview, name="overview"),
    path("dasbor/target/", views.targets, name="targets"),
]
