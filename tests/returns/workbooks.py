"""What tests of returns as workbooks share: a form's blank, figures for it, a workbook changed by hand."""

import io
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import openpyxl
from hypothesis import strategies as st

from inspectorate.campaigns.engine.definition import FormDefinition
from inspectorate.campaigns.engine.expansion import region_members
from inspectorate.campaigns.engine.figures import Address, Filled, Value, slots_of
from inspectorate.campaigns.engine.vocabulary import Kind
from inspectorate.campaigns.measures.wishes import FOOT
from inspectorate.returns.workbook.plan import Identity, SheetPlan, named, plan
from inspectorate.returns.workbook.reading import ReadBook, Wanted, read_workbook
from inspectorate.returns.workbook.writing import blank

MEMBERS = named({"child_regions": region_members([("330106", "西湖区"), ("330102", "上城区")])})


def identity_of(form: FormDefinition, **fields: Any) -> Identity:
    """The return of Hangzhou's market administration."""
    usual = {"sha256": "1" * 64, "region": "330100", "campaign": "c", "period": "2021-06-01/2021-12-31", "agency": "M1"}
    return Identity(form.id, **(usual | {"members": MEMBERS} | fields))


def planned(form: FormDefinition, values: Mapping[Address, Value] | None = None, **fields: Any) -> SheetPlan:
    return plan(form, identity_of(form, **fields), values=values)


def read_back(content: bytes, form: FormDefinition, **fields: Any) -> ReadBook:
    return read_workbook(content, Wanted(form, identity_of(form, **fields)))


def changed(content: bytes, change: Callable[[Any], Any]) -> bytes:
    """The workbook after somebody has changed its first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book.worksheets[0])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def written(sheet: SheetPlan) -> bytes:
    return blank(sheet)


@st.composite
def figures_for(draw: Any, form: FormDefinition) -> dict[Address, Value]:
    """Random figures at random places of an expanded form: no totals, and both figures of a pair or neither."""
    filled = Filled(form, None)
    found: dict[Address, Value] = {}
    chosen: dict[tuple[str, str], bool] = {}
    for address, slot in slots_of(form).items():
        take = chosen.setdefault((slot.row.id, slot.col.id), draw(st.booleans()))
        if take and slot.applicable and not slot.is_total and address in filled.slots:
            found[address] = draw(_VALUES[slot.part.kind])
    for name in form.foot_counts:
        found[FOOT, name] = draw(_VALUES[Kind.COUNT])
    return found


_VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.COUNT: st.integers(0, 999_999_999_999),
    Kind.MONEY: st.integers(0, 10**14),
    Kind.QUANTITY: st.integers(0, 10**12).map(lambda n: Decimal(n) / 10**6),
    Kind.TEXT: st.text("甲乙丙 abc=+@-'\"<&12,.", min_size=1, max_size=12).map(str.strip).filter(bool),
}


def numbered(form: FormDefinition) -> dict[Address, Value]:
    """A figure of its own at every place of an expanded form that is no total."""
    samples: dict[Kind, Callable[[int], Value]] = {
        Kind.COUNT: lambda n: n,
        Kind.MONEY: lambda n: n * 1_234_00,
        Kind.QUANTITY: lambda n: Decimal(n) / 4,
        Kind.TEXT: lambda n: f"第{n}项",
    }
    slots = [slot for slot in slots_of(form).values() if slot.applicable and not slot.is_total]
    found = {slot.address: samples[slot.part.kind](n) for n, slot in enumerate(slots, start=1)}
    return found | {(FOOT, name): n for n, name in enumerate(form.foot_counts)}
