"""The tables of the public side."""

from __future__ import annotations

from promotions.models.inquiries import (
    CloseReason,
    Inquiry,
    InquiryFirm,
    InquiryState,
    Suspicion,
    Way,
)

__all__ = ["CloseReason", "Inquiry", "InquiryFirm", "InquiryState", "Suspicion", "Way"]
