"""What was reported at one moment: taken as a document with its hash, drawn again from it, compared with today."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import select

from .. import clock
from ..accounts.actor import Actor
from ..accounts.regions import region_name
from ..campaigns.behind import label_for
from ..campaigns.engine.checks import evaluate
from ..campaigns.engine.definition import FormDefinition
from ..campaigns.engine.expansion import Member, expand
from ..campaigns.engine.figures import Address, Filled, Value
from ..campaigns.engine.layout import Layout, lay_out
from ..campaigns.engine.parsing import parse
from ..campaigns.engine.printing import print_value
from ..campaigns.measures.wishes import FOOT
from ..campaigns.places import heading
from ..campaigns.queries import definition_text
from ..extensions import db
from ..turns import take_turn
from . import canonical
from .models import FormText, Return, ReturnSnapshot
from .periods import days_of
from .tables import Table, table_of

SCHEMA = 1


def take(row: Return, purpose: str, actor: Actor, table: Table, **more: Any) -> ReturnSnapshot:
    """Keep the table of a return as it is at this moment. ``more`` goes into the document (checks, changes, below)."""
    text = definition_text(row.form)
    kept_under = _keep_text(text)
    number = len(row.snapshots) + 1
    now = clock.now()
    content = content_of(row, table) | {
        "number": number, "purpose": purpose, "made_at": now.isoformat(), "made_by": actor.name,
        "form_sha256": kept_under, "signed_by": row.signed_by,
        "signed_at": row.signed_at.isoformat() if row.signed_at else None,
        "signers": dict(row.signers), "reasons": dict(row.reasons), **more,
    }  # fmt: skip
    return _keep(row, content, actor, kept_under)


def again(row: Return, snapshot: ReturnSnapshot, purpose: str, actor: Actor) -> ReturnSnapshot:
    """The same table said once more: a frozen one that goes up, unchanged."""
    content = snapshot.content | {
        "number": len(row.snapshots) + 1, "purpose": purpose, "made_at": clock.now().isoformat(),
        "made_by": actor.name, "same_as": snapshot.number,
    }  # fmt: skip
    return _keep(row, content, actor, snapshot.form_sha256)


def _keep(row: Return, content: dict[str, Any], actor: Actor, form_sha256: str) -> ReturnSnapshot:
    found = ReturnSnapshot(
        number=content["number"],
        purpose=content["purpose"],
        made_at=datetime.fromisoformat(content["made_at"]),
        made_by=actor.name,
        form_sha256=form_sha256,
        content=content,
        sha256=canonical.sha256(content),
    )
    row.snapshots.append(found)
    db.session.flush()
    return found


def content_of(row: Return, table: Table) -> dict[str, Any]:
    """What a snapshot says of the figures: of what, over whom, which lines, and every base figure by its source."""
    filled = table.filled
    lines = {kind: [[one.key, one.label] for one in ones] for kind, ones in table.members.items()}
    coverage = table.summary.coverage if table.summary else None
    return {
        "schema": SCHEMA,
        "campaign": row.campaign,
        "form": row.form,
        "title": table.form.title,
        "kind": row.kind,
        "reporter": row.reporter,
        "agency": row.agency.name,
        "region": row.region_code,
        "region_name": region_name(row.region_code, full=True),
        "period": row.period,
        "members": lines,
        "records": None if filled.records is None else canonical.cells_of(filled.records),
        "returns": canonical.cells_of(filled.returns),
        "foot": dict(filled.foot),
        "missing": list(coverage.missing) if coverage else [],
    }


def figures_hash(row: Return, table: Table) -> str:
    """SHA-256 of the figures alone: what a signature is bound to."""
    content = content_of(row, table)
    kept = ("campaign", "form", "kind", "reporter", "region", "period", "members", "records", "returns", "foot")
    return canonical.sha256({name: content[name] for name in kept})


def _keep_text(text: str) -> str:
    found = hashlib.sha256(text.encode()).hexdigest()
    if db.session.get(FormText, found) is None:
        take_turn("form_text", found)  # whoever was first has committed it when the turn comes
        if db.session.get(FormText, found) is None:
            db.session.add(FormText(sha256=found, definition=text))
            db.session.flush()
    return found


# ---------------------------------------------------------------- drawing


class Drawn(NamedTuple):
    """A snapshot as a table again: its form, its figures, and the line that says which it is."""

    form: FormDefinition
    filled: Filled
    region: str
    note: str

    def layout(self) -> Layout:
        """The sheet, with number, hash and signers at its foot."""
        sheet = lay_out(self.filled)
        return sheet._replace(head=heading(sheet.head, self.region), note=self.note)

    def layouts(self) -> list[tuple[str, Layout]]:
        """The sheet with its name, as files want it."""
        return [(region_name(self.region), self.layout())]


@lru_cache(maxsize=128)
def _parsed(definition: str) -> FormDefinition:
    return parse(definition)


def drawn(snapshot: ReturnSnapshot) -> Drawn:
    """The table as it was reported, from nothing but the snapshot and the form's text of that day."""
    content = snapshot.content
    text = db.session.get_one(FormText, snapshot.form_sha256).definition
    lines = {kind: [Member(key, label) for key, label in ones] for kind, ones in content["members"].items()}
    form = expand(_parsed(text), lines)
    records = None if content["records"] is None else canonical.values_of(content["records"])
    filled = Filled(form, records, canonical.values_of(content["returns"]), content["foot"])
    return Drawn(form, filled, content["region"], note_of(snapshot))


PURPOSES = {"submission": "报送", "freeze": "定稿", "correction": "更正"}


def note_of(snapshot: ReturnSnapshot) -> str:
    """统计范围、期间、第几次报送、时间、签发人 and the hash: the small print of a reported table."""
    content = snapshot.content
    made = clock.local(snapshot.made_at)
    words = [
        f"统计范围：{content['region_name']}",
        f"统计期间：{_period_words(content['period'])}",
        f"第{snapshot.number}次（{PURPOSES[snapshot.purpose]}）　{made:%Y-%m-%d %H:%M}　{snapshot.made_by}",
    ]
    if content.get("signed_by"):
        words.append(f"签发人：{content['signed_by']}")
    words += [f"{title}：{name}" for title, name in content.get("signers", {}).items() if name]
    return "　".join([*words, f"SHA-256 {snapshot.sha256}"])


def _period_words(period: str) -> str:
    words = [f"{day.year}年{day.month}月{day.day}日" if day else "" for day in days_of(period)]
    return f"{words[0] or '最初'}至{words[1] or '今'}" if any(words) else "全部"


# ---------------------------------------------------------------- verification


class Mismatch(NamedTuple):
    """A snapshot that is not what its hash says."""

    snapshot_id: int
    return_id: int
    number: int
    sha256: str
    found: str


def is_intact(snapshot: ReturnSnapshot) -> bool:
    """Whether a snapshot is what its hash says."""
    return canonical.sha256(snapshot.content) == snapshot.sha256


def verify() -> Iterator[Mismatch]:
    """Every snapshot and form text whose hash is not that of its content, in the order in which they were made."""
    for one in db.session.scalars(select(ReturnSnapshot).order_by(ReturnSnapshot.id).execution_options(yield_per=200)):
        found = canonical.sha256(one.content)
        if found != one.sha256:
            yield Mismatch(one.id, one.return_id, one.number, one.sha256, found)


# ---------------------------------------------------------------- differences


class Difference(NamedTuple):
    """A figure that is not what it was: its place in words, then and now as printed, and the key of a reason."""

    address: Address
    label: str
    before: str
    now: str

    @property
    def key(self) -> str:
        """Under which the reason for this difference is kept."""
        return f"change:{self.address[0]}@{self.address[1]}"


def compared(before: Filled, now: Filled) -> list[Difference]:
    """The base figures that differ, row by row; a total only where none of its parts tells why."""
    found = [
        _difference(before, now, address)
        for address in {**before.slots, **now.slots}
        if _value(before, address) != _value(now, address) and not _told_by_parts(before, now, address)
    ]
    for name in {**before.foot, **now.foot}:
        if before.foot.get(name) != now.foot.get(name):
            words = [str(one.foot[name]) if name in one.foot else "" for one in (before, now)]
            found.append(Difference((FOOT, name), label_for(now.form, (FOOT, name)), *words))
    return found


def _difference(before: Filled, now: Filled, address: Address) -> Difference:
    form = now.form if address in now.slots else before.form
    return Difference(address, label_for(form, address), _printed(before, address), _printed(now, address))


def _value(filled: Filled, address: Address) -> Value | None:
    return filled.value(address) if address in filled.slots else None


def _printed(filled: Filled, address: Address) -> str:
    value = _value(filled, address)
    return "" if value is None else print_value(value, filled.slots[address].part)


def _told_by_parts(before: Filled, now: Filled, address: Address) -> bool:
    slot = now.slots.get(address)
    if slot is None or not slot.is_total:
        return False
    return any(_value(before, part) != _value(now, part) for part in now.summands(slot))


def differences(snapshot: ReturnSnapshot, today: date) -> list[Difference]:
    """What the table would say today that the snapshot does not."""
    return compared(drawn(snapshot).filled, table_of(snapshot.owner, today).filled)


def last_of(row: Return) -> ReturnSnapshot | None:
    """What the return said last."""
    return row.snapshots[-1] if row.snapshots else None


def below(rows: Sequence[Return]) -> list[dict[str, Any]]:
    """The last snapshots of the regions below, by which a table says what it was made over."""
    found = []
    for row in rows:
        last = last_of(row)
        if last is not None:
            found.append({"region": row.region_code, "number": last.number, "sha256": last.sha256, "state": row.state})
    return found


def checks_of(filled: Filled) -> list[Mapping[str, Any]]:
    """The form's checks with their outcomes, as a snapshot keeps them."""
    return [
        {"rule": one.rule, "level": one.level, "text": one.text, "fails_at": [failure.at for failure in one.failures]}
        for one in evaluate(filled)
    ]
