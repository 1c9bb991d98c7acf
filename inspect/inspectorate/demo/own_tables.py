"""Forms of the demo: a province's own monthly table in its second edition, and one that is still being made."""

from datetime import date

from ..accounts.actor import Actor
from ..formdesk import actions
from ..formdesk.source import Source

_MONTHLY = """schema = 1
[form]
id = "zj_site_canteens_monthly"
title = "建筑工地食堂监督检查月报表（演示）"
domain = "food"
issuer = "浙江省卫生健康委员会（演示）"
head = "___(市、县、区)"
corner = "项目"
[period]
kind = "month"
[report]
chain = ["county", "city", "province"]
signers = ["签发人", "填报人"]
[[col]]
id = "total"
label = "合计"
total = ["school", "site"]
[[col]]
id = "school"
label = "学校食堂"
where = { host = "school" }
[[col]]
id = "site"
label = "建筑工地食堂"
where = { host = "construction_site" }
[[row]]
id = "visits"
label = "检查户次"
m = "visits"
unit = "户次"
[[row]]
id = "inspected"
label = "检查户数"
m = "units_inspected"
unit = "户"
[[row]]
id = "fines"
label = "罚款金额(万元)"
m = "fine_sum"
unit = "万元"
[[check]]
rule = "inspected <= visits"
level = "error"
text = "检查户数不会多于检查户次，请核对。"
"""


def make_forms(people: dict[str, Actor], today: date) -> None:
    """Publish the province's table twice, and leave the next one unfinished."""
    office = people["province-office"]
    draft = actions.begin(office, _MONTHLY)
    actions.publish(office, draft.id, version=None)
    actions.change(office, draft.id, "row", _with_orders, version=None)
    actions.publish(office, draft.id, version=None)
    actions.begin(office, _next(today.year + 1))


def _with_orders(source: Source) -> None:
    source.add("row", {"id": "orders", "label": "责令改正数", "m": "order_correction", "unit": "个"})


def _next(year: int) -> str:
    """A table whose total still names a line that is not there."""
    source = Source(_MONTHLY)
    source.one("form").update({"id": f"zj_tableware_{year}", "title": f"{year}年餐饮具集中消毒单位检查表（演示）"})
    source.many("col")[0].put("total", ["school", "site", "market"])
    return source.text
