"""The wizard that takes sheets in; each step is an address of its own and works without script."""

from __future__ import annotations

from registry.views.imports.columns import import_columns, import_sheet
from registry.views.imports.files import error_workbook, import_mended, round_trip
from registry.views.imports.finish import (
    import_discard,
    import_progress,
    import_result,
    import_saving,
    import_undo,
)
from registry.views.imports.review import import_map, import_review
from registry.views.imports.rows import import_decide, import_row
from registry.views.imports.start import import_list, import_new, import_template

__all__ = [
    "error_workbook",
    "import_columns",
    "import_decide",
    "import_discard",
    "import_list",
    "import_map",
    "import_mended",
    "import_new",
    "import_progress",
    "import_result",
    "import_review",
    "import_row",
    "import_saving",
    "import_sheet",
    "import_template",
    "import_undo",
    "round_trip",
]
