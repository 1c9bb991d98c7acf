"""Laws, their versions, and citations of them.

A law's first day is not a version's: what a citation means on a day depends on the version in force that day, and a
citation written for the current version holds under an earlier one only where the two were compared and read the same.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from .datafile import MalformedData, in_words, line_of, read
from .numerals import chinese, number_of


class Citation(NamedTuple):
    """A provision: law id, 条, 之 (``suffix``, 1 for 之一), 款 and 项."""

    law: str
    article: int
    paragraph: int | None = None
    item: int | None = None
    suffix: int | None = None

    def place(self) -> str:
        """第四十二条第一款第（二）项"""
        written = f"第{chinese(self.article)}条"
        if self.suffix:
            written += f"之{chinese(self.suffix)}"
        if self.paragraph:
            written += f"第{chinese(self.paragraph)}款"
        if self.item:
            written += f"第（{chinese(self.item)}）项"
        return written

    def zh(self, *, full: bool = False) -> str:
        """《行政处罚法》第四十二条第一款第（二）项; with ``full`` the title as promulgated.

        Raises KeyError for a law that the catalogue does not have.
        """
        cited = law(self.law)
        return f"《{cited.title if full else cited.common_title}》{self.place()}"

    def en(self) -> str:
        """行政处罚法 art. 42(1)(2)"""
        numbers = str(self.article) + (f"-{self.suffix}" if self.suffix else "")
        return f"{law(self.law).short_title} art. {numbers}" + "".join(
            f"({part})" for part in (self.paragraph, self.item) if part
        )

    def __str__(self) -> str:
        return self.zh()

    def contains(self, other: "Citation") -> bool:
        """Whether ``other`` is this provision or a part of it; an item without paragraph lies in every paragraph."""
        if (self.law, self.article, self.suffix or 0) != (other.law, other.article, other.suffix or 0):
            return False
        if self.paragraph and self.paragraph != other.paragraph:
            return False
        return not self.item or self.item == other.item

    def as_dict(self) -> dict[str, str | int]:
        """The fields that are set, under the names of the data files."""
        return {
            "law": self.law,
            "article": self.article,
            **({"suffix": self.suffix} if self.suffix else {}),
            **({"paragraph": self.paragraph} if self.paragraph else {}),
            **({"item": self.item} if self.item else {}),
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> "Citation":
        """The opposite of :meth:`as_dict`. Raises TypeError for unknown fields, ValueError for wrong ones."""
        cited = cls(**fields)
        if type(cited.law) is not str or type(cited.article) is not int or cited.article < 1:
            raise ValueError(
                f"law = {cited.law!r}, article = {cited.article!r}: a law's id and a whole number from 1 on"
            )
        for part in cited[2:]:
            if part is not None and (type(part) is not int or part < 1):
                raise ValueError(f"paragraph, item and suffix are whole numbers from 1 on, not {part!r}")
        return cited


class LawVersion(NamedTuple):
    """One version of a law.

    ``in_force_from`` and ``in_force_to`` are calendar days, both included; ``in_force_to`` is None for the current one.
    ``articles`` is the number of the last article, None where no text was at hand; ``inserted`` its 之一 articles as
    (article, suffix). ``differs`` names the provisions whose wording is another than in the current version;
    ``renumbered`` says that no citation of the current version may be read into this one.
    """

    law: str
    label: str
    adopted: date | None
    in_force_from: date
    in_force_to: date | None
    articles: int | None
    inserted: tuple[tuple[int, int], ...] = ()
    differs: tuple[Citation, ...] = ()
    renumbered: bool = False

    @property
    def name(self) -> str:
        """The day of adoption, ``2019-12-28``; where it is not known, the version's label."""
        return self.adopted.isoformat() if self.adopted else self.label

    def holds(self, citation: Citation) -> bool:
        """Whether a citation of the current version reads the same in this one."""
        if self.renumbered:
            return False
        return not any(other.contains(citation) or citation.contains(other) for other in self.differs)

    def has_article(self, citation: Citation) -> bool:
        """Whether the article exists, as far as the catalogue knows."""
        if citation.suffix:
            return not self.articles or (citation.article, citation.suffix) in self.inserted
        return not self.articles or 1 <= citation.article <= self.articles


class Law(NamedTuple):
    """A law, regulation or rule. ``versions`` are ordered by the day from which they apply, the current one last.

    ``repealed_on``: the first day on which it holds no longer; ``superseded_by``: the ids of what took its place.
    """

    id: str
    title: str
    short_title: str
    issuing_body: str
    level: str
    in_force_from: date
    checked: str
    note: str
    versions: tuple[LawVersion, ...]
    repealed_on: date | None = None
    superseded_by: tuple[str, ...] = ()

    @property
    def common_title(self) -> str:
        """The title without 中华人民共和国, as documents write it after the first mention."""
        return self.title.removeprefix("中华人民共和国")

    @property
    def current(self) -> LawVersion:
        """The latest version known."""
        return self.versions[-1]


class UnknownLaw(KeyError):
    """The catalogue has no law of that id or title."""

    def __str__(self) -> str:
        return f"the catalogue has no law {self.args[0]!r}"


def law(law_id: str) -> Law:
    """The law with that id. Raises UnknownLaw."""
    try:
        return laws()[law_id]
    except KeyError:
        raise UnknownLaw(law_id) from None


@cache
def laws() -> Mapping[str, Law]:
    """All laws by id, in the order of the data file."""
    found = {}
    for entry in read("laws.toml")["law"]:
        try:
            found[entry["id"]] = _law(entry)
        except (TypeError, KeyError, ValueError) as error:
            said, name = in_words(error), str(entry.get("id", "a law without id"))
            line = line_of("laws.toml", "id", name, problem=said)
            raise MalformedData(f"laws.toml:{line}: {name}: {said}") from error
    return found


def version_in_force(law_id: str, on: date) -> LawVersion | None:
    """The version in force on a day: the latest that had begun; None before the first known, and after the repeal."""
    entry = law(law_id)
    if entry.repealed_on and on >= entry.repealed_on:
        return None
    return next((version for version in reversed(entry.versions) if version.in_force_from <= on), None)


def holds_on(citation: Citation, on: date) -> bool:
    """Whether the provision, as the catalogue knows it, was in force on that day."""
    version = version_in_force(citation.law, on)
    return version is not None and version.holds(citation)


def _law(entry: Mapping[str, Any]) -> Law:
    records = [*entry.get("earlier", ()), entry]
    starts = [_day(record["version_in_force_from"]) for record in records]
    ends: list[date | None] = [start - timedelta(days=1) for start in starts[1:]]
    repealed_on = _day(entry["repealed_on"]) if "repealed_on" in entry else None
    ends.append(repealed_on - timedelta(days=1) if repealed_on else None)
    return Law(
        id=entry["id"],
        title=entry["title"],
        short_title=entry["short_title"],
        issuing_body=entry["issuing_body"],
        level=entry["level"],
        in_force_from=_day(entry["law_in_force_from"]),
        checked=entry["checked"],
        note=entry["note"],
        versions=tuple(
            _version(entry["id"], record, start, end) for record, start, end in zip(records, starts, ends, strict=True)
        ),
        repealed_on=repealed_on,
        superseded_by=tuple(entry.get("superseded_by", ())),
    )


def _day(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _version(law_id: str, record: Mapping[str, Any], start: date, end: date | None) -> LawVersion:
    return LawVersion(
        law=law_id,
        label=record["version"],
        adopted=_day(record["adopted"]) if "adopted" in record else None,
        in_force_from=start,
        in_force_to=end,
        articles=record.get("articles"),
        inserted=tuple((int(a), int(s)) for a, _, s in (name.partition("-") for name in record.get("inserted", ()))),
        differs=tuple(Citation.from_dict(fields) for fields in record.get("differs", ())),
        renumbered=record.get("renumbered", False),
    )


_NUMBER = r"[零〇一二三四五六七八九十百千\d]+"
_CITATION = re.compile(
    rf"《(?P<title>[^》]+)》\s*第(?P<article>{_NUMBER})条(?:之(?P<suffix>{_NUMBER}))?"
    rf"(?:第(?P<paragraph>{_NUMBER})款)?(?:第?[（(]?(?P<item>{_NUMBER})[）)]?项)?"
)
# What reads on from a citation, as ``listing`` writes it: 、第五条 of the same law, 、第二款 of the same article.
_READS_ON = re.compile(
    rf"、(?:第(?P<article>{_NUMBER})条(?:之(?P<suffix>{_NUMBER}))?)?"
    rf"(?:第(?P<paragraph>{_NUMBER})款)?(?:第[（(](?P<item>{_NUMBER})[）)]项)?"
)


def parse_citation(text: str) -> Citation:
    """The citation that ``text`` is: 《行政处罚法》第四十二条第一款第（二）项; full or short title, digits allowed.

    Raises ValueError for what is no citation, and UnknownLaw for a title that the catalogue does not have.
    """
    match = _CITATION.fullmatch(text.strip())
    if not match:
        raise ValueError(f"not a citation: {text!r}; write it as 《行政处罚法》第四十二条第一款")
    return _cited(match)


def citations_in(text: str) -> list[Citation]:
    """Every citation of a known law in running text, in order, each of a list too; unknown laws are left out."""
    found = []
    for match in _CITATION.finditer(text):
        if match["title"] not in _ids_by_title():
            continue
        found.append(_cited(match))
        after = _READS_ON.match(text, match.end())
        while after and after.end() > after.start() + 1:
            found.append(_reading_on(found[-1], after))
            after = _READS_ON.match(text, after.end())
    return found


def _cited(match: re.Match[str]) -> Citation:
    title = match["title"]
    if title not in _ids_by_title():
        raise UnknownLaw(title)
    return Citation(law=_ids_by_title()[title], article=number_of(match["article"]), **_parts(match))


def _reading_on(before: Citation, match: re.Match[str]) -> Citation:
    parts = _parts(match)
    if match["article"]:
        return Citation(law=before.law, article=number_of(match["article"]), **parts)
    return before._replace(paragraph=parts["paragraph"] or before.paragraph, item=parts["item"])


def _parts(match: re.Match[str]) -> dict[str, int | None]:
    return {name: number_of(match[name]) if match[name] else None for name in ("paragraph", "item", "suffix")}


@cache
def _ids_by_title() -> Mapping[str, str]:
    # The regulation on isotopes is in the data under two ids; the first that was entered wins.
    titles: dict[str, str] = {}
    for entry in laws().values():
        for title in (entry.title, entry.common_title, entry.short_title):
            titles.setdefault(title, entry.id)
    return titles
