"""Addresses of the wizard, under `/kerja/impor/`: each step has its own."""

from __future__ import annotations

from django.urls import path

from registry.views import imports

urlpatterns = [
    path("", imports.import_list, name="imports"),
    path("baru/", imports.import_new, name="import_new"),
    path("templat/", imports.import_template, name="import_template"),
    path("unduh/", imports.round_trip, name="import_round_trip"),
    path("<int:pk>/kolom/", imports.import_columns, name="import_columns"),
    path("<int:pk>/kolom/lembar/", imports.import_sheet, name="import_sheet"),
    path("<int:pk>/periksa/", imports.import_review, name="import_review"),
    path("<int:pk>/petakan/", imports.import_map, name="import_map"),
    path("<int:pk>/baris/<int:number>/", imports.import_row, name="import_row"),
    path("<int:pk>/baris/<int:number>/pilih/", imports.import_decide, name="import_decide"),
    path("<int:pk>/galat.xlsx", imports.error_workbook, name="import_workbook"),
    path("<int:pk>/perbaikan/", imports.import_mended, name="import_mended"),
    path("<int:pk>/simpan/", imports.import_saving, name="import_saving"),
    path("<int:pk>/kemajuan/", imports.import_progress, name="import_progress"),
    path("<int:pk>/hasil/", imports.import_result, name="import_result"),
    path("<int:pk>/batalkan/", imports.import_undo, name="import_undo"),
    path("<int:pk>/buang/", imports.import_discard, name="import_discard"),
]
