"""Walk 1. The inspector, on the phone: today's list, the visit, findings, photographs, signature, submitted."""

import re
from datetime import timedelta

from PIL import Image
from playwright.sync_api import expect
from stdnum.cn import uscc

from inspectorate import clock
from tests.journeys.walks.province_prints import look_before
from tests.journeys.walks.story import Story
from tests.journeys.walks.walker import Walker

PLACE = "杭州沁颜美容有限公司"
SEEN = (
    "一层为接待区，前台摆放“水光针、瘦脸针”价目表，未见医疗机构执业许可证。",
    "二层美容室内1名女性平卧于美容床，工作人员正在为其面部注射，床旁有开封的注射用透明质酸钠2支。",
)
FACTS = "未取得医疗机构执业许可证，为1名顾客实施面部注射，查获注射用透明质酸钠2支及收费记录1册"
STATEMENT = "注射是本店员工做的，店里没有办过医疗许可。"


def prepare(story: Story) -> None:
    """The day before, at the office: the place is entered, the visit asked for and approved."""
    look_before(story)
    inspector = story.window("inspector")
    inspector.go("现场检查")
    inspector.go(re.compile("今日检查"))
    inspector.go("申请入企检查")
    inspector.go("登记新的监督对象")
    inspector.go("生活美容场所")
    inspector.write("单位名称", PLACE)
    code = "91330106MA2JQY0X8"
    inspector.write("统一社会信用代码", code + uscc.calc_check_digit(code))
    inspector.write("地址", "浙江省杭州市西湖区文三路398号2层")
    inspector.write("法定代表人（负责人）", "方晓岚")
    inspector.go("登记")
    inspector.take("检查事由", "专项行动")
    inspector.take("专项行动", re.compile("演示"))
    inspector.go("提交审批")
    inspector.sees("已提交负责人审批。", PLACE)
    head = story.window("head")
    head.go("现场检查")
    head.go("审批入企检查")
    head.mark(PLACE)
    head.go("批准所选事项")
    head.sees("已批准 1 项。")


def walk(story: Story) -> None:
    """From today's list to the number of the report."""
    story.visit.place = PLACE
    with story.uncounted():
        prepare(story)
    phone = story.window("inspector", phone=True)
    story.stop(phone, "phone-home")
    phone.go("开始现场检查")
    phone.sees("今日已批准的检查")
    story.stop(phone, "phone-today")
    phone.go(PLACE)
    story.stop(phone, "phone-subject")
    phone.go("继续")
    _visit(story, phone)
    _findings(story, phone)
    _evidence(story, phone)
    phone.write("当事人陈述", STATEMENT)
    phone.mark("当事人已阅并签名")
    phone.sign("屏幕签名")
    story.stop(phone, "phone-statement")
    phone.go("继续")
    phone.sees("将制作的文书", FACTS)
    story.stop(phone, "phone-check")
    phone.go("提交检查记录")
    expect(phone.page.locator("h1")).to_contain_text("已提交")
    phone.sees_no("请核对：现场笔录是否只写了所见事实")
    story.stop(phone, "phone-submitted")
    found = re.search(r"\d{4}—\d+", phone.page.locator("main").inner_text())
    assert found
    story.visit.report_number = found[0]


def _visit(story: Story, phone: Walker) -> None:
    colleague(phone)
    phone.mark("已出示执法证件，表明身份并说明来意")
    phone.mark("清楚，不申请回避")
    now = clock.local(clock.now()).strftime("%H:%M")
    if not phone.field("到达时间").input_value():
        phone.write("到达时间", now)
    phone.write("陪同人员", "方晓岚")
    phone.write("职务", "负责人")
    story.stop(phone, "phone-visit")
    phone.go("继续")


def colleague(walker: Walker) -> None:
    """Take a second inspector with a valid certificate, where none stands there yet."""
    officers = walker.there(walker.page.get_by_role("group", name="执法人员")).get_by_role("combobox")
    first, second = officers.nth(0), officers.nth(1)
    if second.input_value():
        return
    mine = first.evaluate("field => field.selectedOptions?.[0]?.label ?? field.value")
    people = (one for one in walker.offered(second) if one != mine and re.search(r"\d", one) and "无效" not in one)
    walker.pick(second, next(people))
    walker.tally.presses += 2


def _findings(story: Story, phone: Walker) -> None:
    phone.write("现场所见", SEEN[0])
    phone.go("增加一条")
    phone.write("现场所见", SEEN[1], within=phone.page.get_by_role("group", name="所见 2"))
    phone.write("查找违法行为", "无证 医疗美容")
    found = phone.page.locator("[data-found] li").filter(has_text="处罚依据").first
    expect(found).to_be_visible()
    story.stop(phone, "phone-catalogue")
    story.visit.charge = found.locator("p").first.inner_text().rsplit(" ", 1)[0].strip()
    phone.go(re.compile("选用"), found)
    phone.write("违法事实", FACTS)
    phone.mark("责令限期改正")
    phone.write("改正期限", (clock.today() + timedelta(7)).strftime("%Y%m%d"))
    phone.write("改正内容及要求", "停止开展医疗美容活动")
    story.stop(phone, "phone-findings")
    phone.go("继续")


def _evidence(story: Story, phone: Walker) -> None:
    shots = [story.folder / name for name in ("美容室.jpg", "价目表.jpg")]
    for path, colour in zip(shots, ("navy", "teal"), strict=True):
        Image.new("RGB", (480, 320), colour).save(path)
    phone.photograph("拍照", *shots)
    story.stop(phone, "phone-evidence")
    phone.go("继续")
    phone.sees("已添加：美容室、价目表")
