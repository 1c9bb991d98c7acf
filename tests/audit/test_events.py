"""The list of the record: what its filters find, by whatever index, and how its entries name what they are about."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from lxml import html
from sqlalchemy import select

from inspectorate.accounts.actor import Actor, actor_of
from inspectorate.accounts.models import User
from inspectorate.accounts.permissions import Role
from inspectorate.audit import events, subjects
from inspectorate.audit.access import Chain
from inspectorate.audit.actions import record
from inspectorate.audit.events import Filters
from inspectorate.audit.models import RecordEntry
from inspectorate.audit.words import ACCESS
from inspectorate.campaigns.models import Campaign
from inspectorate.documents.models import Document
from inspectorate.extensions import db, unit_of_work
from inspectorate.pages import PAGES
from tests import client as browser
from tests import factories
from tests.harness.world import OWN_NAME, World, build


@pytest.fixture
def world(session: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    return build(monkeypatch)


@pytest.fixture
def auditor(world: World) -> Actor:
    return actor_of(world.person("own", Role.AUDITOR))


def pages(actor: Actor, filters: Filters) -> Iterator[int]:
    """The ids of all entries, page by page."""
    part = events.events(actor, filters)
    yield from (entry.id for entry in part.rows)
    while part.later:
        part = events.events(actor, filters, **part.later)
        yield from (entry.id for entry in part.rows)


def by_hand(actor: Actor, filters: Filters) -> list[int]:
    """The same, by looking at every entry."""
    inside = [
        user for user in db.session.scalars(select(User)) if user.agency.region_code.startswith(actor.region_code)
    ]
    people = {
        user.id
        for user in inside
        if user.agency.sector == actor.sector and (filters.who in user.display_name or filters.who in user.name)
    }
    borne = subjects.bearers(actor, filters.about) if filters.about else {}
    looks = {event for events in ACCESS.values() for event in events}

    def fits(entry: RecordEntry) -> bool:
        about_them = entry.subject_type == "user" and entry.subject_id in people
        done = about_them if filters.kind == "sign_ins" or entry.actor_id is None else entry.actor_id in people
        named = not filters.about or entry.subject_id in borne.get(entry.subject_type, ())
        kind = {"": True, "changes": entry.event not in looks}.get(
            filters.kind, entry.event in ACCESS.get(filters.kind, ())
        )
        return done and named and kind and filters.subject_type in ("", entry.subject_type)

    return [
        entry.id for entry in db.session.scalars(select(RecordEntry).order_by(RecordEntry.id.desc())) if fits(entry)
    ]


@pytest.mark.parametrize("few", [0, events.FEW])
def test_the_filters_find_what_a_look_at_every_entry_finds(
    world: World, auditor: Actor, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(events, "FEW", few)
    monkeypatch.setattr("inspectorate.paging.PART", 7)
    tried = world.person("own", Role.INSPECTOR)
    browser.save()
    with unit_of_work():
        record(tried, "signin:session:fail", Actor(None, "", None, None, "000000", None), reason="127.0.0.1")
    someone = tried.display_name
    choices = product(
        ("", someone, "没有此人"), ("", OWN_NAME, "龘"), ("", "changes", "sign_ins"), ("", "case", "user")
    )
    found = 0
    for choice in choices:
        filters = Filters(*choice)
        expected = by_hand(auditor, filters)
        assert list(pages(auditor, filters)) == expected, filters
        found += bool(expected)
    assert found > 15


def test_an_entry_names_what_it_is_about_and_leads_there(world: World, sign_in: Any) -> None:
    campaign = db.session.scalars(select(Campaign.id)).one()
    ids = {kind: world.ids.get(name) for kind, (_page, name, _) in PAGES.items()} | {"campaign": campaign}
    inspector = actor_of(world.person("own", Role.INSPECTOR))
    browser.save()
    with unit_of_work():
        for kind in PAGES:
            record(Chain(kind, ids[kind]), "registry:establishment:change", inspector)
    client = sign_in(world.person("own", Role.AUDITOR))
    for kind in PAGES:
        page = html.fromstring(client.get(f"/record?subject={kind}").text)
        line = page.xpath("//div[@class='timeline-what']/p[1]")[0]
        assert not line.text_content().split()[-1].isdecimal(), kind
        links = line.xpath("a/@href")
        assert bool(links) == (kind not in ("agency", "officer", "user", "access", "liaison")), kind
        assert all(client.get(href).status_code == 200 for href in links), kind


@pytest.mark.one_database
def test_blanks_around_the_words_count_for_nothing(world: World, sign_in: Any) -> None:
    name = world.person("own", Role.INSPECTOR).display_name
    client = sign_in(world.person("own", Role.AUDITOR))

    def found(**words: str) -> int:
        return client.get("/record", query_string=words).text.count("timeline-when")

    assert found(q="　") == found(who=" ") == found() > 0
    assert found(q=f" {OWN_NAME}\u3000") == found(q=OWN_NAME) > 0
    assert found(who=f"{name} ") == found(who=name) > 0


def test_what_lies_elsewhere_is_told_by_its_number_alone(world: World, sign_in: Any) -> None:
    inspector = world.person("own", Role.INSPECTOR)
    far = factories.establishment("440106", name="远方门诊部")
    browser.save()
    with unit_of_work():
        far.address = "别处"
        record(far, "registry:establishment:change", actor_of(inspector))
    page = sign_in(world.person("own", Role.AUDITOR)).get("/record?subject=subject").text
    assert f'<span class="muted">监督对象</span> {far.id}<' in page
    assert "远方门诊部" not in page


def test_documents_that_name_a_reporter_are_named_without_a_link(
    world: World, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = db.session.get_one(Document, world.ids["document_id"])
    assert {"D18"} == subjects.SHIELDED
    monkeypatch.setattr(subjects, "SHIELDED", {paper.kind})
    browser.save()
    with unit_of_work():
        record(paper, "documents:document:open", actor_of(world.person("own", Role.INSPECTOR)))
    page = sign_in(world.person("own", Role.AUDITOR)).get("/record?subject=document").text
    assert page.count(paper.number or "") == 1
    assert f'href="/documents/{paper.id}"' not in page
