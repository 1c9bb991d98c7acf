"""GB/T 2260 with its years, and what lies below what."""

import pytest

from inspectorate.accounts.regions import child_regions, covers, region, region_name, significant


@pytest.mark.parametrize(
    ("code", "digits"), [("000000", ""), ("330000", "33"), ("330100", "3301"), ("330106", "330106")]
)
def test_a_region_covers_the_codes_that_share_its_significant_digits(code, digits):
    assert significant(code) == digits
    assert covers(code, "330106") and covers("000000", code)


def test_neighbours_do_not_cover_each_other():
    assert not covers("330105", "330106") and not covers("440000", "330106") and not covers("330106", "330100")


def test_names_know_their_years():
    assert region("330103", 2020).name == "下城区"
    assert region("330103", 2026) is None
    assert region("330113", 2026).name == "临平区"
    assert region("999999") is None
    assert region_name("330106", full=True) == "浙江省杭州市西湖区"
    assert region_name("110105", full=True) == "北京市朝阳区"


def test_children_are_those_of_the_year_without_placeholders():
    assert [child.name for child in child_regions("330000", 2026)][:2] == ["杭州市", "宁波市"]
    assert "下城区" in [child.name for child in child_regions("330100", 2020)]
    assert "下城区" not in [child.name for child in child_regions("330100", 2026)]
    assert "朝阳区" in [child.name for child in child_regions("110000", 2026)]
    assert child_regions("330106", 2026) == []
    assert len(child_regions("000000", 2026)) == 34
