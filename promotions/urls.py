"""Public addresses of the catalogue, the centres and the regions."""

from __future__ import annotations

from django.urls import path, re_path

from promotions import card_views, inquiry_views, place_views, views

app_name = "promotions"
urlpatterns = [
    path("katalog/usaha/", views.firm_list, name="firms"),
    re_path(r"^usaha/(?P<slug>[-a-z0-9]*)-u(?P<pk>[0-9]{1,18})/$", views.firm_page, name="firm"),
    re_path(
        r"^usaha/(?P<slug>[-a-z0-9]*)-u(?P<pk>[0-9]{1,18})/perbaiki/$",
        card_views.ask_for_card,
        name="card-ask",
    ),
    re_path(
        r"^usaha/(?P<slug>[-a-z0-9]*)-u(?P<pk>[0-9]{1,18})/tanya/$",
        inquiry_views.write_to_firm,
        name="write",
    ),
    path("pertanyaan/", inquiry_views.write_to_all, name="write-to-all"),
    path("pertanyaan/<str:token>/", inquiry_views.inquiry_status, name="inquiry"),
    path("kartu/<str:token>/", card_views.card_page, name="card"),
    path(
        "kartu/<str:token>/pertanyaan/<int:pk>/",
        card_views.card_answered,
        name="card-answered",
    ),
    path("kartu/<str:token>/benar/", card_views.card_confirm, name="card-confirm"),
    path("kartu/<str:token>/perbaiki/", card_views.card_correct, name="card-correct"),
    path("kartu/<str:token>/persetujuan/", card_views.card_consent, name="card-consent"),
    path("kartu/<str:token>/keberatan/", card_views.card_objection, name="card-objection"),
    path("sentra/", place_views.centre_list, name="centres"),
    path("sentra/<slug:slug>/", place_views.centre_page, name="centre"),
    path("wilayah/", place_views.region_list, name="regions"),
    path("wilayah/<slug:slug>/", place_views.region_page, name="region"),
]
