"""Walk 4. The head: a queue by the clock; notice, defence, decision with number and hash, paid in two parts, closed."""

import re
from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.walks.open_a_case import FINE
from tests.journeys.walks.story import Story
from tests.journeys.walks.walker import Walker, refused_without_loss

FIRST_PART, REST = "100,000.00", "156,800.00"
"""Fine and confiscated income, 256,800 yuan, in two payments."""
DEFENCE = "对违法事实无异议，因经营困难请求减轻处罚。"
ANSWER = "经营困难不属于法定减轻情节；拟处罚款已在法定幅度内从低确定，不予采纳。"
DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def walk(story: Story) -> None:
    """The head's three approvals, each from the queue; what handlers and reviewer do between is not counted."""
    head = story.window("head")
    head.go("案件")
    head.go(re.compile("待审批"))
    _queue_is_sorted_by_the_clock(story, head)
    _approve(story, head, "事先告知审批", "同意，制发事先告知书")
    with story.uncounted():
        _the_party_is_heard(story)
    head.page.reload()
    wanted = ("未要求听证", DEFENCE, ANSWER, "不予采纳", FINE)
    _approve(story, head, "处罚决定审批", "同意，制发行政处罚决定书", sees=wanted)
    with story.uncounted():
        head.go("案件")
        _the_decision_has_number_and_hash(story, head)
        _served_and_paid_in_two_parts(story)
        head.go("案件")
        head.go(re.compile("待审批"))
    _approve(story, head, "结案审批", "同意结案")
    head.go("案件")
    head.sees("已结案")
    story.stop(head, "head-closed")


def _approve(story: Story, head: Walker, step: str, answer: str, sees: tuple[str, ...] = ()) -> None:
    """From the queue to the recorded answer, and back in the queue."""
    head.go(re.compile(story.visit.place))
    head.sees(step, "本环节所需的法定事项已齐备。", *sees)
    story.stop(head, step)
    head.mark(answer)
    head.go("提交审批意见")
    head.sees(re.compile(f"审批意见已记录：{story.visit.place}"), "待审批", "办理期限")


def _queue_is_sorted_by_the_clock(story: Story, head: Walker) -> None:
    story.stop(head, "head-queue")
    cells = head.page.locator("tbody tr td[data-label=办理期限]").all_inner_texts()
    days = [tuple(map(int, found.groups())) for found in map(DAY.search, cells) if found]
    assert len(days) > 1 and days == sorted(days), cells
    assert all(DAY.search(cell) for cell in cells[: len(days)]), "cases without a clock come last"


def _the_party_is_heard(story: Story) -> None:
    inspector = story.window("inspector")
    _to_the_case(story, inspector)
    story.stop(inspector, "case-notice-issued")
    inspector.go("登记告知书送达")
    inspector.take("送达方式", "直接送达")
    inspector.write("收件人", "方晓岚")
    story.stop(inspector, "case-serve-notice")
    inspector.go("登记送达")
    inspector.sees("送达已登记。")
    inspector.go("登记陈述申辩")
    refused_without_loss(inspector, lambda: _defence(inspector, ""), "请逐条写明当事人的陈述、申辩意见", "日期")
    _defence(inspector, DEFENCE)
    inspector.sees("陈述、申辩情况已登记。")
    legal = story.window("legal")
    _to_the_case(story, legal)
    legal.go("复核陈述申辩")
    legal.sees(DEFENCE)
    legal.mark("不予采纳")
    legal.write("复核意见", ANSWER)
    legal.go("提交审批意见")
    legal.sees("复核意见已记录。")
    inspector.page.reload()
    inspector.go("提出处罚决定建议")
    inspector.sees("决定待审批")


def _defence(inspector: Walker, text: str) -> None:
    inspector.mark("当事人提出陈述、申辩")
    inspector.write("陈述、申辩内容", text)
    inspector.mark("未要求听证")
    inspector.go("登记", inspector.page.locator("form.form"))


def _to_the_case(story: Story, who: Walker) -> None:
    who.go("案件")
    who.go(re.compile(story.visit.place))


def _the_decision_has_number_and_hash(story: Story, head: Walker) -> None:
    head.go(re.compile(story.visit.place))
    head.go(re.compile("^文书"))
    paper = head.row(re.compile("^\\s*行政处罚决定书"))
    pdf = head.page.request.get(paper.get_by_role("link", name=re.compile("PDF")).get_attribute("href") or "")
    assert pdf.ok
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf.body())).pages).replace("\n", "")
    head.go("行政处罚决定书", paper)
    story.stop(head, "decision-document")
    number = re.search(r"\S+罚〔\d{4}〕\d+号", head.page.locator("main").inner_text())
    assert number
    story.visit.decision_number = number[0]
    expect(head.page.locator("main")).to_contain_text(re.compile("[0-9a-f]{64}"))
    for wanted in (number[0], "贰拾贰万元整", "第九十九条第一款", "六十日", "六个月", story.visit.place):
        assert wanted in words, wanted


def _served_and_paid_in_two_parts(story: Story) -> None:
    inspector = story.window("inspector")
    _to_the_case(story, inspector)
    inspector.go("登记决定书送达")
    inspector.take("送达方式", "直接送达")
    inspector.write("收件人", "方晓岚")
    inspector.go("登记送达")
    inspector.go("登记缴款")
    inspector.write("金额", FIRST_PART)
    inspector.write("财政票据号", "33010620261101")
    story.stop(inspector, "case-payment")
    inspector.go("登记缴款", inspector.page.locator("form.form"))
    inspector.sees("缴款已登记。")
    inspector.go("登记缴款")
    assert inspector.field("金额").input_value() == REST, "what is still owed is proposed"
    inspector.write("财政票据号", "33010620261102")
    inspector.go("登记缴款", inspector.page.locator("form.form"))
    inspector.go("报请结案")
    story.stop(inspector, "case-closing")
    inspector.go("报请结案", inspector.page.locator("form.form"))
    inspector.sees("已报请结案。")
