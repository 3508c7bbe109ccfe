"""The register in Django's admin: thin faces over services and query sets, one module a subject."""

from __future__ import annotations

from registry.admin import centres, firms, intake, publication, reference, reports, siinas, texts

__all__ = ["centres", "firms", "intake", "publication", "reference", "reports", "siinas", "texts"]
