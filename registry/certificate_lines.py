"""The certificates of a firm as the staff read them: their state on the day, and what is odd."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from registry.certification import PirtTold, pirt_told, said_of_number
from registry.models import Certificate, Regency
from registry.models.certificates import EXPIRY_DAYS, CertificateKind, Validity

# The badge of a validity, as a class of the style sheet.
BADGES = {
    Validity.VALID: "sah",
    Validity.EXPIRING: "segera",
    Validity.EXPIRED: "lewat",
    Validity.UNKNOWN: "belum",
    Validity.NOT_ISSUED: "belum",
}


@dataclass(frozen=True)
class CertificateLine:
    """A certificate with its state on the day."""

    certificate: Certificate
    validity: Validity
    days: int | None  # until its end; negative: since then
    pirt: PirtTold | None = None  # what the number of a P-IRT encodes

    @property
    def badge(self) -> str:
        """The class of its badge."""
        return "info" if self.ends_later else BADGES[self.validity]

    @property
    def ends_later(self) -> bool:
        """Whether it is valid for longer than "soon" and still worth a word."""
        return (
            self.validity is Validity.VALID
            and self.days is not None
            and self.days <= max(EXPIRY_DAYS)
        )

    @property
    def urgent(self) -> bool:
        """Whether it ends within the shortest of the three terms."""
        return self.validity is Validity.EXPIRING and (self.days or 0) <= min(EXPIRY_DAYS)

    @property
    def unusual(self) -> str:
        """What is unusual about its number, in a sentence."""
        return said_of_number(self.certificate.kind, self.certificate.number)

    @property
    def facilitation(self) -> str:
        """Programme, year and who paid, as far as is known."""
        paid = self.certificate
        year = str(paid.facilitation_year or "")
        return ", ".join(filter(None, [paid.facilitation_program, year, paid.facilitated_by]))

    @property
    def past(self) -> int | None:
        """Days since its end."""
        return -self.days if self.days is not None else None


def certificate_lines(firm: Any, user: Any, today: dt.date) -> list[CertificateLine]:
    """The certificates that the person may see, each with its state on the day."""
    found = list(firm.certificates.visible_to(user))
    names = {}
    if any(certificate.kind == CertificateKind.PIRT for certificate in found):
        names = {regency.pk: regency.short_name for regency in Regency.objects.all()}
    return [_line(certificate, today, firm.regency_id, names) for certificate in found]


def _line(
    certificate: Certificate, today: dt.date, regency: str, names: dict[str, str]
) -> CertificateLine:
    until = certificate.valid_until
    is_pirt = certificate.kind == CertificateKind.PIRT
    return CertificateLine(
        certificate,
        certificate.validity(today),
        (until - today).days if until else None,
        pirt_told(certificate.number, regency, names) if is_pirt else None,
    )
