"""Addresses of the public side's work for staff."""

from __future__ import annotations

from django.urls import path

from promotions import inquiry_desk

app_name = "promotions-desk"
urlpatterns = [
    path("pertanyaan/", inquiry_desk.inquiry_list, name="inquiries"),
    path("pertanyaan/<int:pk>/", inquiry_desk.inquiry_page, name="inquiry"),
    path("pertanyaan/<int:pk>/usaha/<int:row>/", inquiry_desk.firm_act, name="inquiry-firm"),
]
