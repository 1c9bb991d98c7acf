"""Walk 3. The legal reviewer: the queue, one page with everything, agreed; another case is returned with reasons."""

import re

from tests.journeys.walks.field_report import FACTS
from tests.journeys.walks.open_a_case import FINE, LEAST, MOST
from tests.journeys.walks.story import Story

REASON = "违法所得仅有收费记录一册，请补充当事人对收费明细的核对确认。"


def walk(story: Story) -> None:
    """The case is agreed to from the queue."""
    legal = story.window("legal")
    legal.go("案件")
    legal.go(re.compile("待法制审核"))
    story.stop(legal, "legal-queue")
    with story.uncounted():
        _the_inspector_of_the_case_cannot_review_it(story)
    legal.go(re.compile(story.visit.place))
    legal.sees(FACTS, LEAST, MOST, FINE, "美容室", story.visit.case_number, "本环节所需的法定事项已齐备。")
    story.stop(legal, "legal-review")
    with story.uncounted():
        legal.mark("同意，报负责人")
        legal.go("提交审核意见")
        assert len(legal.problems()) == 8 and any("裁量适当" in problem for problem in legal.problems())
    for point in legal.page.get_by_role("radio", name="符合", exact=True).all():
        legal.touch(point)
    legal.mark("同意，报负责人")
    legal.go("提交审核意见")
    legal.sees(re.compile(f"审核意见已记录：{story.visit.place}"), "待法制审核")


def _the_inspector_of_the_case_cannot_review_it(story: Story) -> None:
    inspector = story.window("inspector")
    inspector.go("案件")
    inspector.go(re.compile(story.visit.place))
    inspector.sees("法制审核")
    inspector.sees_no("提交审核意见")
