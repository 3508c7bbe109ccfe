"""The certificates of a firm as the staff read them: their state on the day, and what is odd."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from registry.certification import PirtTold, pirt_problems, pirt_told, said_of_number
from registry.messages import message_for
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
    doubts: tuple[str, ...] = ()  # what its number contradicts, in sentences
    replaced: bool = False  # a renewal is on record

    @property
    def badge(self) -> str:
        """The class of its badge."""
        if self.done:
            return "belum"
        return "info" if self.ends_later else BADGES[self.validity]

    @property
    def done(self) -> bool:
        """Whether it ends or has ended, and a renewal is on record: there is nothing to do."""
        return self.replaced and self.validity in (Validity.EXPIRING, Validity.EXPIRED)

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
        return (
            not self.done
            and self.validity is Validity.EXPIRING
            and (self.days or 0) <= min(EXPIRY_DAYS)
        )

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
    certificates = firm.certificates.visible_to(user)
    found = list(certificates.annotate(replaced=certificates.replaced()))
    names = {}
    if any(certificate.kind == CertificateKind.PIRT for certificate in found):
        names = {regency.pk: regency.short_name for regency in Regency.objects.all()}
    return [_line(certificate, today, firm.regency_id, names) for certificate in found]


def doubts_of(certificate: Certificate) -> list[str]:
    """What an officer should compare with the paper: the number's shape, what it contradicts."""
    unusual = said_of_number(certificate.kind, certificate.number)
    regencies = []
    if certificate.kind == CertificateKind.PIRT:
        regencies = list(Regency.objects.values_list("code", flat=True))
    return [*filter(None, [unusual]), *_doubts(certificate, regencies, timezone.localdate())]


def _doubts(certificate: Certificate, regencies: Collection[str], today: dt.date) -> list[str]:
    if certificate.kind != CertificateKind.PIRT:
        return []
    problems = pirt_problems(certificate.number, certificate.valid_until, regencies, today)
    return [message_for(problem) for problem in problems]


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
        tuple(_doubts(certificate, names, today)),
        bool(getattr(certificate, "replaced", False)),
    )
