"""The numbers of papers and cases as each office gives them: one series a kind and year, without gaps."""

from collections import defaultdict

from ..offices import Office


class Serials:
    """Counts on in the order in which numbers are asked for."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str, int], int] = defaultdict(int)

    def next(self, key: str, series: str, year: int) -> int:
        """The next serial of an agency's series."""
        self._last[key, series, year] += 1
        return self._last[key, series, year]

    def number(self, office: Office, year: int, series: str, nature: str) -> str:
        """The next 文号 of an office; ``nature`` is 立 or 罚."""
        pattern = office.kind.number
        if nature == "立":
            pattern = pattern.replace("处罚", "立").replace("罚", "立")
        category = series if "{category}" in pattern else ""
        serial = self.next(office.key, f"{category}{nature}", year)
        return pattern.format(short=office.short, category=category, year=year, serial=serial)
