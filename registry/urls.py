"""Addresses of the register for staff."""

from __future__ import annotations

from django.urls import include, path

from registry import views

app_name = "registry"
urlpatterns = [
    path("berkas/<path:name>", views.private_file, name="file"),
    path("usaha/", views.firm_list, name="firms"),
    path("usaha/<int:pk>/", views.firm_page, name="firm"),
    path("usaha/<int:pk>/kartu/", views.firm_cards, name="firm-cards"),
    path("usaha/kartu/", views.cards_print, name="cards-print"),
    path("usaha/<int:pk>/lapor/<slug:period>/", views.report_sheet, name="report-sheet"),
    path("lapor/", views.report_list, name="reports"),
    path("lapor/catat/", views.report_many, name="report-many"),
    path("lapor/cetak/", views.report_sheets, name="report-sheets"),
    path("usaha/<int:pk>/kontak/", views.contact_new, name="contact-new"),
    path("cari/", views.firm_find, name="find"),
    path("tugas/", views.desk, name="desk"),
    path("tugas/banyak/", views.desk_many, name="desk-many"),
    path("tugas/kunjungan/", views.desk_visits, name="desk-visits"),
    path("tugas/persetujuan/", views.desk_forms, name="desk-forms"),
    path("tugas/unduh.xlsx", views.desk_xlsx, name="desk-xlsx"),
    path("impor/", include("registry.urls_imports")),
    path("tugas/usulan/", views.proposal_list, name="proposals"),
    path("tugas/usulan/<int:pk>/", views.proposal_decide, name="proposal"),
    path("tugas/usulan/kartu/<int:pk>/", views.card_request_close, name="card-request"),
    path("sentra/", include("registry.urls_centres")),
    path("tugas/ganda/", views.pair_list, name="pairs"),
    path("tugas/ganda/banding/", views.pair_compare, name="pair-compare"),
    path("tugas/ganda/gabungan/", views.merge_list, name="merges"),
    path("tugas/ganda/gabungan/<int:pk>/", views.merge_page, name="merge"),
    path("tugas/ganda/<int:pk>/", views.pair_page, name="pair"),
]
