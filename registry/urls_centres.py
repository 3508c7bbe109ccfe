"""Addresses of the centres for staff and officials, under `/kerja/sentra/`."""

from __future__ import annotations

from django.urls import path

from registry.views import centres

urlpatterns = [
    path("", centres.centre_list, name="centres"),
    path("usul/", centres.centre_propose, name="centre-propose"),
    path("<int:pk>/", centres.centre_page, name="centre"),
    path("<int:pk>/langkah/", centres.centre_step, name="centre-step"),
    path("<int:pk>/angka/", centres.centre_figures, name="centre-figures"),
    path("<int:pk>/rumah-tangga/", centres.centre_households, name="centre-households"),
    path("<int:pk>/usaha/", centres.centre_members, name="centre-members"),
    path("<int:pk>/usulan/", centres.centre_proposals, name="centre-proposals"),
    path("<int:pk>/usulan/ditolak/", centres.centre_refused, name="centre-refused"),
]
