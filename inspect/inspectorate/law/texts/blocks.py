"""A paragraph while its lines are still coming."""

from .lines import Kind, Line
from .model import Item, Paragraph


class ItemBlock:
    """An item that is being read."""

    def __init__(self, number: int, text: str) -> None:
        self.number, self.text, self.points = number, text, list[str]()


class Block:
    """A paragraph that is being read.

    ``place``: its last line in the file; ``tail``: its last words, nothing where it ends in a table.
    """

    def __init__(self, text: str, place: int) -> None:
        self.text = self.tail = text
        self.place = place
        self.items: list[ItemBlock] = []

    @property
    def last_item(self) -> int:
        """The number of its last item; 0 without items."""
        return self.items[-1].number if self.items else 0

    def add_item(self, line: Line) -> None:
        """The next item."""
        self.items.append(ItemBlock(line.number, line.text))
        self.tail, self.place = line.text, line.place

    def add_words(self, block: "Block") -> None:
        """Words on a line of their own that belong to the last item."""
        self.items[-1].text += f"\n{block.text}"
        self.tail, self.place = block.tail, block.place

    def add_below(self, line: Line) -> None:
        """A point belongs to its item; a row of a table, or a point without an item, to the words above it."""
        if line.kind is Kind.POINT and self.items:
            self.items[-1].points.append(line.text)
        elif self.items:
            self.items[-1].text += f"\n{line.text}"
        else:
            self.text += f"\n{line.text}"
        self.tail, self.place = line.text if line.kind is Kind.POINT else "", line.place

    def breaks_off(self, *, last: bool) -> str | None:
        """Why it cannot end like this; only before another paragraph may it end with a colon."""
        if self.tail.endswith(("；", ";")) or (last and self.tail.endswith(("：", ":"))):
            return f"something is missing behind …{self.tail[-12:]}"
        return None

    def done(self) -> Paragraph:
        """The paragraph as it has been read."""
        return Paragraph(self.text, tuple(Item(item.number, item.text, tuple(item.points)) for item in self.items))
