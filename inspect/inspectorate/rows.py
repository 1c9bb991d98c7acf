"""Parts of a form that repeat: as many rows as the record holds, and no more of them sent than the form takes."""

import re
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import FieldList

from . import limits


class TooManyRows(RequestEntityTooLarge):
    """A part of the form has more rows than are read at all."""

    told = _l(
        "A part of the form has more than %(n)d rows. Nothing was changed. Put long material into a file.",
        n=limits.ROWS,
    )


class Rows(FieldList):
    """Rows that people add and remove, at most ``most`` of them.

    A record may hold more, which another system sent: they are shown. Rows beyond the limit that are sent stay on the
    page, with an error that says how many have to go. WTForms would break on the first and drop the others unsaid.
    """

    def __init__(self, *arguments: Any, most: int = limits.ROWS, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.most = most

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        """The numbers of the rows that were sent. Raises TooManyRows."""
        named = re.compile(rf"{re.escape(prefix)}-(0|[1-9][0-9]{{0,8}})(-|$)")
        found = {int(match[1]) for name in formdata if (match := named.match(name))}
        if len(found) > limits.ROWS:
            raise TooManyRows
        yield from found

    def validate(self, *arguments: Any, **options: Any) -> bool:
        """Whether the rows are well filled, and not too many."""
        valid: bool = super().validate(*arguments, **options)
        if (beyond := len(self) - self.most) <= 0:
            return valid
        told = _("At most %(most)d rows are taken here. Remove %(beyond)d of them.", most=self.most, beyond=beyond)
        self.errors: list[Any] = [*self.errors, told]
        return False
