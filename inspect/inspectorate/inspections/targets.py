"""Campaigns and their targets as forms and lists offer them: a target is a category of a campaign."""

from collections.abc import Callable
from datetime import date

from ..accounts.regions import covers
from ..campaigns.queries import all_campaigns, campaign, category_choices, open_campaigns

Targets = dict[str, list[tuple[str, str]]]
"""Title of a campaign to its targets: pairs of ``campaign|category`` and words."""


def targets_on(day: date, region_code: str | None = None, sector: str | None = None) -> Targets:
    """The campaigns open on a day, in a region, with their targets for a sector."""
    return {
        known.title: [
            (f"{known.id}|{category.code}", category.label)
            for category in known.categories
            if sector is None or not category.sectors or sector in category.sectors
        ]
        for known in open_campaigns(day, region_code)
    }


def is_target(campaign_id: str, category: str | None, day: date, region_code: str) -> bool:
    """Whether a campaign runs on a day in a region and has this target."""
    known = next((one for one in open_campaigns(day, region_code) if one.id == campaign_id), None)
    return known is not None and category in {one.code for one in known.categories}


def known_target(campaign_id: str, category: str | None, region_code: str) -> bool:
    """Whether there is such a campaign, perhaps over by now, that concerns a region and has this target."""
    known = campaign(campaign_id)
    if known is None or not (covers(known.region_code, region_code) or covers(region_code, known.region_code)):
        return False
    return category is None or category in {one.code for one in known.categories}


def with_target(targets: Targets, campaign_id: str, category: str | None) -> Targets:
    """The targets and one more, where they lack it: what a record bears stays when its campaign is over."""
    value = f"{campaign_id}|{category or ''}"
    title = title_of(campaign_id)
    offered = targets.get(title, [])
    if any(one == value for one, _words in offered):
        return targets
    return {**targets, title: [*offered, (value, target_words(campaign_id, category) or title)]}


def campaign_titles() -> dict[str, str]:
    """Title of each campaign by its id, the latest first."""
    return {known.id: known.title for known in all_campaigns()}


def categories_of(campaign_id: str) -> list[tuple[str, str]]:
    """The targets of a campaign: pairs of category and words; none for an unknown one."""
    return category_choices(campaign_id) if campaign_id else []


def target_words(campaign_id: str | None, category: str | None) -> str:
    """A target in words; what the campaign does not have stands for itself."""
    return dict(categories_of(campaign_id or "")).get(category or "", category or "")


def wording() -> Callable[[str | None, str | None], str]:
    """``target_words`` for many rows: each campaign is looked up once."""
    known: dict[str, dict[str, str]] = {}

    def words(campaign_id: str | None, category: str | None) -> str:
        if campaign_id and campaign_id not in known:
            known[campaign_id] = dict(categories_of(campaign_id))
        return known.get(campaign_id or "", {}).get(category or "", category or "")

    return words


def title_of(campaign_id: str) -> str:
    """A campaign's title; its id where it is unknown."""
    known = campaign(campaign_id)
    return known.title if known else campaign_id
