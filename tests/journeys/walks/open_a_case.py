"""Walk 2. The inspector, at the desk: a case from the report, income, range and local tier, a fine, submitted."""

import re

from playwright.sync_api import expect

from tests.journeys.walks.field_report import FACTS
from tests.journeys.walks.story import Story
from tests.journeys.walks.walker import Walker, refused_without_loss

INCOME, LEAST, MOST = "36,800.00", "184,000.00", "736,000.00"
BELOW, FINE = "150,000.00", "220,000.00"
"""Illegal income of 36,800 yuan: 5 to 20 times, by article 99 of the basic health act."""
TIER = re.compile("较轻：违法所得不足五万元.*368,000.00")
"""The tier of the demo's local standard: 5 to 10 times."""
REASONS = "当事人系首次被查处，配合调查，如实陈述违法事实，未发现危害后果；依法在法定幅度内按违法所得约六倍处以罚款"


def walk(story: Story) -> None:
    """From the submitted report to the final report with its proposal."""
    inspector = story.window("inspector")
    inspector.go("现场检查")
    inspector.go(story.visit.place)
    inspector.go("立案")
    inspector.sees("事实、违法行为和证据已带入")
    assert inspector.field("初步掌握的事实").input_value() == FACTS
    story.stop(inspector, "case-intake")
    inspector.go("保存")
    inspector.sees(story.visit.charge)
    story.stop(inspector, "case-before-filing")
    inspector.go("报请立案")
    inspector.sees("立案待审批")
    with story.uncounted():
        _filed_by_the_head(story)
    inspector.page.reload()
    found = re.search(r"\S+立〔\d{4}〕\d+号", inspector.page.locator("main").inner_text())
    assert found
    story.visit.case_number = found[0]
    inspector.go("填写事实、日期和金额")
    inspector.write("违法所得", INCOME)
    if inspector.scripts:
        inspector.sees("叁万陆仟捌佰元整")
    story.stop(inspector, "case-facts")
    inspector.go("保存，提出处罚建议")
    inspector.sees(re.compile(f"{LEAST}.*{MOST}"))
    with story.uncounted():
        _a_fine_below_the_range_is_refused(inspector)
        _a_fine_outside_of_its_local_tier_needs_a_reason(inspector)
    story.stop(inspector, "case-fine-refused")
    inspector.mark(TIER)
    inspector.write("对该违法行为的罚款", FINE)
    inspector.write("裁量理由", REASONS)
    story.stop(inspector, "case-penalties")
    inspector.go("保存，填写调查终结报告")
    inspector.sees("本环节所需的法定事项已齐备。", FINE)
    inspector.sees("提交后进入法制审核。")
    story.stop(inspector, "case-final-report")
    inspector.go("提交调查终结报告")
    inspector.sees("调查终结报告已提交。")
    story.stop(inspector, "case-reported")


def _filed_by_the_head(story: Story) -> None:
    head = story.window("head")
    head.go("案件")
    head.go(re.compile("待审批"))
    head.go(re.compile(story.visit.place))
    head.sees(FACTS)
    story.stop(head, "head-filing")
    head.mark("同意立案")
    head.go("提交审批意见")
    head.sees(re.compile(f"审批意见已记录：{story.visit.place}"))


def _a_fine_below_the_range_is_refused(inspector: Walker) -> None:
    inspector.write("对该违法行为的罚款", BELOW)
    inspector.write("裁量理由", REASONS)
    refused_without_loss(inspector, lambda: inspector.go("保存，填写调查终结报告"), "第九十九条第一款", "裁量理由")
    assert any(LEAST in problem for problem in inspector.problems()), inspector.problems()
    expect(inspector.field("对该违法行为的罚款")).to_have_value(re.compile("150,?000"))


def _a_fine_outside_of_its_local_tier_needs_a_reason(inspector: Walker) -> None:
    inspector.mark(re.compile("较重：违法所得二十万元以上"))
    inspector.write("对该违法行为的罚款", FINE)
    refused_without_loss(inspector, lambda: inspector.go("保存，填写调查终结报告"), "第三十四条", "裁量理由")
    assert any("偏离" in problem and "较重" in problem for problem in inspector.problems()), inspector.problems()
