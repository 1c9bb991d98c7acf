"""The file of a local standard as tests want it: one violation in two tiers, always in the same lines."""

HEAD = """name = "{name}"
number = "{number}"
issued_by = "某省卫生健康委员会"
region = "{region}"
sector = "health"
from = {since}
"""
RULE = """
[[rule]]
violation = "{violation}"

[[rule.tier]]
name = "较轻"
criteria = "违法所得不足五万元"
{light}

[[rule.tier]]
name = "{heavier}"
criteria = "违法所得五万元以上"
{heavy}
"""


def rule_text(
    violation: str = "MC-001",
    heavier: str = "较重",
    light: str = "times = [5, 10]",
    heavy: str = "times = [10, 20]",
) -> str:
    """The part on the violation: ``heavier`` names its second tier, ``light`` and ``heavy`` are the lines of ranges."""
    return RULE.format(violation=violation, heavier=heavier, light=light, heavy=heavy)


def standard_text(
    region: str = "330000",
    since: str = "2026-01-01",
    number: str = "试卫规〔2026〕1号",
    name: str = "某省裁量基准",
    rules: str = rule_text(),
) -> str:
    """The whole file."""
    return HEAD.format(region=region, since=since, number=number, name=name) + rules
