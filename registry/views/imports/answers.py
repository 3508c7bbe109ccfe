"""A workbook as the answer to a request."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_answer(content: Any, name: str) -> HttpResponseBase:
    """Bytes, or an open file which is sent a piece at a time, to be saved under a name."""
    if isinstance(content, bytes):
        answer = HttpResponse(content, content_type=WORKBOOK)
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    return FileResponse(content, as_attachment=True, filename=name, content_type=WORKBOOK)
