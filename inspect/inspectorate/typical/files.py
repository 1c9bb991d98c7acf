"""Typical cases and exposure lists as files of the asked format."""

import json

from ..campaigns.files import DOCX, FileKind
from .exposure import Exposure
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


def _exposure_csv(found: Exposure) -> bytes:
    from .render.exposure_csv import render_exposure_csv

    return render_exposure_csv(found)


def _exposure_docx(found: Exposure) -> bytes:
    from .render.exposure_docx import render_exposure_docx

    return render_exposure_docx(found)


def _exposure_pdf(found: Exposure) -> bytes:
    from .render.html import render_exposure_pdf

    return render_exposure_pdf(found)


CASE_FILES: dict[str, FileKind] = {
    "json": FileKind("application/json", False, _json),
    "docx": FileKind(DOCX, True, _docx),
    "pdf": FileKind("application/pdf", True, _pdf),
}
EXPOSURE_FILES: dict[str, FileKind] = {
    "docx": FileKind(DOCX, True, _exposure_docx),
    "pdf": FileKind("application/pdf", True, _exposure_pdf),
    "csv": FileKind("text/csv; charset=utf-8", False, _exposure_csv),
}
