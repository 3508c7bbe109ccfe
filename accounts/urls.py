"""Signing in and out, and the second factor, under Indonesian addresses.

allauth's own views under allauth's own names; sign-up is not among them.
"""

from __future__ import annotations

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path

from accounts.views import sign_in_code

urlpatterns = [
    path("masuk/", views.login, name="account_login"),
    path("masuk/kode/", sign_in_code, name="mfa_authenticate"),
    path("keluar/", views.logout, name="account_logout"),
    path("akun/tidak-aktif/", views.account_inactive, name="account_inactive"),
    path("akun/masuk-lagi/", views.reauthenticate, name="account_reauthenticate"),
    path("akun/masuk-lagi/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("akun/kata-sandi/", views.password_change, name="account_change_password"),
    path("akun/kata-sandi/pasang/", views.password_set, name="account_set_password"),
    path("akun/2fa/", mfa.index, name="mfa_index"),
    path("akun/2fa/aplikasi/nyalakan/", totp.activate_totp, name="mfa_activate_totp"),
    path("akun/2fa/aplikasi/matikan/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "akun/2fa/kode-cadangan/",
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "akun/2fa/kode-cadangan/buat/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "akun/2fa/kode-cadangan/unduh/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
