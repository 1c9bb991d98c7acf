"""What the province's campaign office tells about the running campaign: bulletins, and its report in progress."""

from collections.abc import Mapping
from datetime import date

from ..accounts.actor import Actor
from ..campaigns.queries import campaign_for
from ..reporting import actions
from ..reporting.bulletin import days_in, months_of

REQUIREMENTS = """一是持续加大查处力度。对无证行医、超范围执业等多发违法行为深挖线索，涉嫌犯罪的及时移送公安机关。
二是按时报送报表。未报和逾期的地区要说明原因，五日内补报；报送前核对表内、表间关系，不得虚报、漏报。
三是加强部门协作。各地要用好联席会议和信息通报机制，对医疗美容广告、药品器械来源开展联合检查。"""

LASTING = """（一）建立投诉举报快速处置机制
对医疗美容投诉举报实行专人受理、限时核查，专项行动期间共受理{complaints}件，做到件件有回音。
（二）建立协作与移送机制
与市场监管、药品监管、公安等部门建立案件线索双向移送清单，向司法机关移送{transferred}件。
（三）建立分级分类监管机制
按照机构的信用和风险情况确定检查频次，把专项行动中受到处罚的机构列为下一年度重点检查对象。"""

PLANS = """（一）继续保持高压态势。对专项行动中发现的问题开展回头看，防止反弹。
（二）加强宣传引导。公布典型案例，提醒消费者选择有资质的机构和人员。"""


def tell_of_the_campaign(office: Actor, campaign_id: str, today: date) -> None:
    """The bulletin of the last month, issued, a draft for the present one, and the report in progress."""
    campaign = campaign_for(office, campaign_id)
    for month in reversed(months_of(campaign, today)[:2]):
        row = actions.begin_bulletin(office, campaign, month, today)
        actions.write_bulletin(office, campaign, row.id, opening="", requirements=REQUIREMENTS, version=row.version)
        if days_in(campaign, month).last < today:
            actions.issue_bulletin(office, campaign, row.id, today, version=row.version)
    report = actions.begin_account(office, campaign)
    versions: Mapping[str, int] = {section.name: section.version for section in report.sections}
    for name, text in (("lasting", LASTING), ("plans", PLANS)):
        actions.write_section(office, campaign, name, text, today, version=versions[name])
