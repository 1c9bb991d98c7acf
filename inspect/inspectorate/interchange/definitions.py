"""Forms loaded here and campaigns made here as interchange records: what bears their id would be refused without them.

Those that ship with the code are everywhere and are not written. The key of either is its id, whoever sends it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from ..accounts.actor import Actor
from ..accounts.regions import covers
from ..campaigns import actions, queries
from ..campaigns.catalogue import CampaignFacts
from ..campaigns.engine.parsing import parse
from ..campaigns.facts import Further, further_of
from ..campaigns.forms_known import owners
from ..errors import Refusal
from .values import ordered

Record = Mapping[str, Any]


class Definition(NamedTuple):
    """A type of record that many others refer to by its key: how those of a region are written, the one of a key is
    found, and one is made.
    """

    exported: Callable[[str | None], Iterator[Record]]
    known: Callable[[str], Record | None]
    make: Callable[[Actor, Record], object]


def _exported_forms(_region: str | None) -> Iterator[Record]:
    of = owners()
    yield from (_form_record(form_id, text, of.get(form_id)) for form_id, text in queries.loaded_texts().items())


def _known_form(key: str) -> Record | None:
    text = queries.loaded_texts().get(key)
    return _form_record(key, text, owners().get(key)) if text is not None else None


def _form_record(form_id: str, text: str, region: str | None) -> Record:
    """``region``: whose form it is; None: everybody's."""
    return {"type": "form", "source": "local", "key": form_id, "definition": text, "region": region}


def _make_form(actor: Actor, record: Record) -> object:
    """Accept the form of a record. Raises DefinitionError with every line that is wrong, Refusal for another's key."""
    form = parse(record["definition"], "definition")
    if form.id != record["key"]:
        raise Refusal(f"the definition is that of the form {form.id!r}", field="key")
    return actions.load_form(actor, record["definition"], "definition", region_code=record["region"])


def _exported_campaigns(region: str | None) -> Iterator[Record]:
    for known in sorted(queries.all_campaigns(), key=lambda one: one.id):
        near = region is None or covers(known.region_code, region) or covers(region, known.region_code)
        if not known.ships and near:
            yield _campaign_record(known)


def _known_campaign(key: str) -> Record | None:
    known = queries.campaign(key)
    return _campaign_record(known) if known is not None and not known.implied else None


def _campaign_record(known: CampaignFacts) -> Record:
    return {
        "type": "campaign",
        "source": "local",
        "key": known.id,
        "title": known.title,
        "notice": known.notice,
        "region": known.region_code,
        "from": known.date_from.isoformat(),
        "to": known.date_to.isoformat(),
        "forms": list(known.forms),
        "categories": [
            {"code": one.code, "label": one.label, "sectors": list(one.sectors)} for one in known.categories
        ],
        "chain": list(known.chain),
        "due": ordered(dict(known.due)),
        **ordered(further_of(known).columns()),
    }


def _make_campaign(actor: Actor, record: Record) -> object:
    """Make the campaign of a record. Raises Refused with what the rules of campaigns object to."""
    return actions.create_campaign(
        actor,
        code=record["key"],
        title=record["title"],
        notice=record["notice"],
        region_code=record["region"],
        date_from=date.fromisoformat(record["from"]),
        date_to=date.fromisoformat(record["to"]),
        forms=record["forms"],
        categories=record["categories"],
        chain=record["chain"],
        due=record["due"],
        further=Further(**{key: record[key] for key in Further._fields if record.get(key) is not None}),
    )


DEFINITIONS = {
    "form": Definition(_exported_forms, _known_form, _make_form),
    "campaign": Definition(_exported_campaigns, _known_campaign, _make_campaign),
}
"""In the order in which they are loaded: campaigns use forms."""
