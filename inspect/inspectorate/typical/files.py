"""Typical cases as files of the asked format."""

import json

from ..campaigns.files import DOCX, FileKind
from .material import Material


def _json(material: Material) -> bytes:
    from .render.json import cases_as_json

    return (json.dumps(cases_as_json(material), ensure_ascii=False, indent=1) + "\n").encode()


def _docx(material: Material) -> bytes:
    from .render.docx import render_cases_docx

    return render_cases_docx(material)


def _pdf(material: Material) -> bytes:
    from .render.html import render_cases_pdf

    return render_cases_pdf(material)


CASE_FILES: dict[str, FileKind] = {
    "json": FileKind("application/json", False, _json),
    "docx": FileKind(DOCX, True, _docx),
    "pdf": FileKind("application/pdf", True, _pdf),
}
