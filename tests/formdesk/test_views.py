"""The editor's screens as a browser without scripts uses them."""

import io
import re
from typing import Any

import pytest
from lxml import html

from inspectorate.accounts.actor import Actor
from inspectorate.campaigns.forms_known import FORMS, form, shipped_ids
from inspectorate.extensions import db
from inspectorate.formdesk import actions
from inspectorate.formdesk.models import FormDraft
from tests.client import form_of
from tests.formdesk.sameness import DESCRIPTIVE, SHIPPED, same

ANNEX = (FORMS / "medical_cosmetology_2021.toml").read_text(encoding="utf-8")


def begun(actor: Actor, text: str = ANNEX) -> FormDraft:
    draft = actions.begin(actor, text)
    db.session.commit()
    return draft


def send(desk: Any, place: str, **typed: str | list[str]) -> Any:
    """Open a page and send its form with what is typed."""
    opened = desk.get(place)
    assert opened.status_code == 200, place
    return desk.post(place, data=sent_of(opened.get_data(as_text=True)) | typed)


def sent_of(page: str) -> dict[str, Any]:
    """What a browser would send of the page's form, every ticked box of it."""
    found: dict[str, Any] = {}
    for form in html.fromstring(page).forms:
        if "version" in dict(form.form_values()):
            for name, value in form.form_values():
                if "__row__" not in name:
                    found.setdefault(name, []).append(value.removeprefix("\n"))
    return found or form_of(page)


def told(answer: Any) -> str:
    page = html.fromstring(answer.get_data(as_text=True))
    return " ".join(one.text_content() for name in ("wrong", "error-summary") for one in page.find_class(name))


def test_every_form_is_drawn_and_said_in_words(desk: Any) -> None:
    assert desk.get("/forms").status_code == 200
    for form_id in shipped_ids():
        page = desk.get(f"/forms/{form_id}")
        assert page.status_code == 200, form_id
        assert desk.get(f"/forms/{form_id}/form.toml").data == (FORMS / f"{form_id}.toml").read_bytes()
    assert desk.get("/forms/unknown").status_code == 404


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_sending_every_page_as_it_was_opened_changes_nothing(desk: Any, actor: Actor, path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    draft = begun(actor, text)
    start = f"/forms/drafts/{draft.id}"
    pages = {link for part in ("rows", "cols", "more") for link in links(desk, f"{start}/{part}", start)}
    for page in [f"{start}/about", *sorted(pages)]:
        answer = send(desk, page)
        assert answer.status_code == 302, (page, told(answer))
    db.session.refresh(draft)
    assert draft.definition == text


def links(desk: Any, place: str, start: str) -> list[str]:
    """The pages of the parts that a list leads to, but those that add one."""
    page = html.fromstring(desk.get(place).get_data(as_text=True))
    return [a.get("href") for a in page.iterfind(".//ol//a") if (a.get("href") or "").startswith(start)]
