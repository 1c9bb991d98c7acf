"""Campaigns and their targets as the forms and lists of inspections offer them."""

from datetime import date


def targets_on(day: date) -> dict[str, list[tuple[str, str]]]:
    """Title of each campaign open on a day to its targets, pairs of ``campaign|category`` and words."""
    return {}


def is_target(campaign: str | None, category: str | None, day: date) -> bool:
    """Whether a campaign is open on a day and has this target."""
    return True


def campaign_titles() -> dict[str, str]:
    """Title of each campaign by its id."""
    return {}


def target_words(campaign: str | None, category: str | None) -> str:
    """A target in words."""
    return category or ""


def categories_of(campaign: str) -> list[tuple[str, str]]:
    """The targets of a campaign: pairs of category and words."""
    return []
