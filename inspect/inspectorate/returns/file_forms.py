"""Forms around a return's files: sending a workbook, making a link."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms.validators import InputRequired

from .. import limits
from ..fields import DayField, Form, VersionedForm


class WorkbookForm(VersionedForm):
    """A filled blank as it came back."""

    workbook = FileField(
        _l("Filled workbook (.xlsx)"),
        description=_l("It is read cell by cell. Nothing is taken by halves, and nothing is submitted yet."),
        validators=[FileRequired(_l("Choose the file."))],
        render_kw={"accept": ".xlsx"},
    )

    def content(self) -> bytes:
        """The file; of one that is too large no more than shows that."""
        sent: Any = self.workbook.data
        found: bytes = sent.stream.read(limits.RETURN_FILE + 1)
        return found


class LinkForm(Form):
    """How long a new link opens."""

    expires_on = DayField(_l("Last day on which it opens"), validators=[InputRequired(_l("Write the last day."))])
