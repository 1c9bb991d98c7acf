"""Making a campaign."""

from datetime import date
from typing import Any

import pytest

from inspectorate.accounts.actor import SYSTEM
from inspectorate.campaigns import actions, queries
from inspectorate.errors import Refusal, Refusals
from tests.campaigns.world import CAMPAIGN


def test_a_campaign_needs_what_its_forms_count(session: Any) -> None:
    plan: dict[str, Any] = {
        "code": "demo_2026", "title": "示范行动", "region_code": "330000", "date_from": date(2026, 1, 1),
        "date_to": date(2026, 12, 31), "forms": ["medical_cosmetology_2021"],
        "categories": [{"code": code, "label": label} for code, label in queries.category_choices(CAMPAIGN)],
    }  # fmt: skip
    actions.create_campaign(SYSTEM, **plan)
    found = queries.campaign("demo_2026")
    assert found is not None and not found.ships
    assert "demo_2026" in [c.id for c in queries.open_campaigns(date(2026, 12, 31), "330106")]
    assert "demo_2026" not in [c.id for c in queries.open_campaigns(date(2026, 12, 31), "440106")]
    for change, field in [
        ({"code": "demo_2026"}, "code"),
        ({"code": "x!"}, "code"),
        ({"title": " "}, "title"),
        ({"date_to": date(2025, 1, 1)}, "date_to"),
        ({"region_code": "999999"}, "region_code"),
        ({"forms": ["nothing"]}, "forms"),
        ({"forms": []}, "forms"),
        ({"categories": []}, "categories"),
        ({"categories": [*plan["categories"], plan["categories"][0]]}, "categories"),
    ]:
        with pytest.raises((Refusal, Refusals)) as refused:
            actions.create_campaign(SYSTEM, **(plan | {"code": "another_1"} | change))
        reasons = getattr(refused.value, "refusals", [refused.value])
        assert field in [reason.field for reason in reasons]
