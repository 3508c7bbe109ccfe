"""Signing in and out, and the second factor, under Indonesian addresses.

allauth's own views under allauth's own names; sign-up is not among them.
"""

from __future__ import annotations

from allauth.account import views
from django.urls import include, path

urlpatterns = [
    path("masuk/", views.login, name="account_login"),
    path("keluar/", views.logout, name="account_logout"),
    path("akun/tidak-aktif/", views.account_inactive, name="account_inactive"),
    path("akun/masuk-lagi/", views.reauthenticate, name="account_reauthenticate"),
    path("akun/kata-sandi/", views.password_change, name="account_change_password"),
    path("akun/kata-sandi/pasang/", views.password_set, name="account_set_password"),
    path("akun/2fa/", include("allauth.mfa.urls")),
]
