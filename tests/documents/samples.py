# ruff: noqa: E501  (long Chinese sentences)
"""Invented but believable data for every field, and the snapshots of single kinds that are looked at closely."""

from typing import Any

from inspectorate.documents.fields import required_fields
from inspectorate.documents.vocabulary import Field, all_fields

PARTY = {
    "party.kind": "org",
    "party.name": "杭州喆玥医疗美容门诊部有限公司",
    "party.uscc": "91330106MA2XXXXX0R",
    "party.licence": "医疗机构执业许可证 PDY00123433010619D1522",
    "party.legal_rep": "旻珺堃",
    "party.legal_rep_title": "执行董事",
    "party.address": "浙江省杭州市西湖区文三路 398 号 2 幢 201 室",
    "party.phone": "0571-8800 0000",
    "party.postcode": "310012",
}
PERSON = {
    "party.kind": "person",
    "party.name": "翀彧璟",
    "party.sex": "女",
    "party.age": 34,
    "party.id_type": "居民身份证",
    "party.id_number": "330106199103070021",
    "party.address": "浙江省杭州市西湖区古墩路 12 号",
    "party.employer": "杭州喆玥医疗美容门诊部有限公司",
    "party.phone": "138 0000 0000",
}
AGENCY = {
    "agency.name": "杭州市西湖区卫生健康局",
    "agency.address": "杭州市西湖区文一西路 858 号",
    "agency.postcode": "310013",
    "agency.phone": "0571-8797 0000",
    "agency.contact": "沈昇",
    "agency.contact_phone": "0571-8797 0001",
    "agency.reconsideration_body": "杭州市西湖区人民政府",
    "agency.court": "杭州铁路运输法院",
    "agency.bank": "中国建设银行杭州西湖支行",
    "agency.bank_account": "杭州市西湖区财政局 3300 1616 0000 0000 0001",
}
CASE = {
    "case.name": "杭州喆玥医疗美容门诊部有限公司涉嫌超出登记的诊疗科目范围开展诊疗活动案",
    "case.act": "诊疗活动超出登记的诊疗科目范围",
    "case.source": "检查发现",
    "case.received_on": "2025-06-03",
    "case.filed_on": "2025-06-05",
    "case.origin": "2025年6月3日，本机关执法人员在监督检查中发现",
    "case.summary": "2025年6月3日，执法人员在该门诊部二楼手术室发现其正在开展吸脂手术，所持《医疗机构执业许可证》登记的诊疗科目为美容皮肤科、美容中医科。",
    "case.facts": "你单位自2025年3月12日至2025年6月3日，在未登记美容外科诊疗科目的情况下，为王某某等7名顾客实施吸脂手术7例，"
    "收取费用共计36,800.00元，违法所得36,800.00元。至检查之日，上述手术均无不良后果的报告。",
    "case.evidence": [
        {"name": "现场笔录", "copies": 1, "on": "2025-06-03", "proves": "检查当日手术室正在开展吸脂手术"},
        {"name": "询问笔录", "copies": 3, "on": "2025-06-06", "proves": "手术的时间、数量、收费及实施人员"},
        {"name": "手术登记本复印件", "copies": 1, "on": "2025-06-03", "proves": "2025年3月12日以来实施手术7例"},
        {"name": "收费票据复印件", "copies": 7, "on": "2025-06-06", "proves": "违法所得共计36,800.00元"},
        {
            "name": "《医疗机构执业许可证》副本复印件",
            "copies": 1,
            "on": "2025-06-03",
            "proves": "登记的诊疗科目不含美容外科",
        },
        {
            "name": "现场照片",
            "copies": 12,
            "unit": "张",
            "on": "2025-06-03",
            "proves": "手术室布局、器械及手术进行的情况",
        },
    ],
    "case.violated": ["《医疗机构管理条例》第二十六条", "《医疗美容服务管理办法》第十七条"],
    "case.basis": ["《医疗机构管理条例》第四十六条"],
    "case.range": [
        "违法所得36,800.00元（《医疗机构管理条例》第四十六条）；罚款10,000.00元至100,000.00元（《医疗机构管理条例》第四十六条）"
    ],
    "case.uncompared": "“无医疗机构执业许可证开展医疗美容”的处罚数额尚未与法律文本全部核对，决定前请查对",
    "case.weighing": "依照《某省卫生健康行政处罚裁量基准》（某卫规〔2024〕2号），上述情形属于“较重”阶次（开展手术五例以上），罚款幅度为70,000.00元至100,000.00元。",
    "case.discretion": "参照《浙江省卫生健康行政处罚裁量基准》，你单位超范围开展手术7例，属较重情形；案发后主动停止手术并如实说明情况，未造成危害后果，"
    "无依法应当从轻、减轻的其他情节，在较重幅度内确定罚款数额",
    "case.correction": "立即停止开展登记范围以外的诊疗活动",
    "case.disputes": "无",
    "case.proposal": [
        {"kind": "warning"},
        {"kind": "confiscate_income", "amount_fen": 3_680_000},
        {"kind": "fine", "amount_fen": 18_400_000},
    ],
    "handlers.names": ["沈昇", "陆旻"],
    "handlers.certs": ["浙卫执 33010600123", "浙卫执 33010600456"],
}
NOTICE = {
    "pn.penalty": CASE["case.proposal"],
    "pn.days": "五个工作日",
    "pn.place": "杭州市西湖区文一西路 858 号 301 室",
    "pn.hearing": True,
    "pn.no": "西卫医罚告〔2025〕12号",
    "pn.served_on": "2025-07-02",
}
DECISION = {
    "dec.penalties": CASE["case.proposal"],
    "dec.fine": 18_400_000,
    "dec.confiscated": 3_680_000,
    "dec.total": 22_080_000,
    "dec.dues": "罚没款",
    "dec.performance": "警告自本决定书送达之日起生效，送达即执行完毕",
    "dec.no": "西卫医罚〔2025〕11号",
    "dec.date": "2025-07-18",
    "dec.pay_code": "33010625000000012345",
    "def.result": "你单位于2025年7月4日提交书面陈述申辩意见，以未造成危害后果为由请求从轻处罚。经复核，该情节在裁量时已予考虑，本机关对从轻处罚的请求不予采纳；"
    "你单位在规定期限内未要求听证",
}
RECORD = (
    "1. 该场所门头标示“喆玥医疗美容”，一楼为接待大厅、咨询室2间、皮肤治疗室1间，二楼为手术室1间、观察室1间、更衣室1间、库房1间。"
    "前台墙面悬挂《医疗机构执业许可证》正本，载明诊疗科目：美容皮肤科、美容中医科，有效期至2028年11月30日。\n"
    "2. 10时12分，二楼手术室内有1名身着手术衣、戴口罩和无菌手套的人员（自称王某）正在为1名女性顾客实施手术，手术床旁放置负压吸引器1台，"
    "标示型号YX932D，储液瓶内有淡红色液体约200毫升；器械台上有注脂针4支、吸脂针6支、使用中的肿胀液500毫升1袋。\n"
    "3. 库房货架第二层存放标示“盐酸利多卡因注射液”5毫升×10支的药品3盒，批号24110352，有效期至2026年10月；货架第三层存放一次性使用无菌注射器2箱。\n"
    "4. 手术室桌面放置《手术登记本》1册，记录自2025年3月12日至2025年6月3日共7条，每条载有姓名、日期、部位及实施人员。\n"
    "5. 经查阅前台电脑收费系统，显示上述7条记录对应收费金额共计36,800.00元，现场打印收费明细1份，共2页。"
)
INSPECTION = {
    "insp.from": "2025-06-03T09:05",
    "insp.to": "2025-06-03T11:20",
    "insp.place": "杭州市西湖区文三路 398 号 2 幢一至二层",
    "officers.names": ["沈昇", "陆旻"],
    "officers.certs": ["浙卫执 33010600123", "浙卫执 33010600456"],
    "insp.escort": "旻珺堃",
    "insp.escort_title": "执行董事",
    "insp.notice_no": "西卫检通〔2025〕31号",
    "insp.recusal": "清楚，不申请回避",
    "insp.record": RECORD,
    "insp.media": "现场照片12张、录像1段（时长18分钟），由陆旻使用执法记录仪（编号 XH-07）拍摄；提取《手术登记本》复印件1份、收费明细1份",
}
OPINIONS = {
    "op.section": {"text": "同意承办人意见，报请负责人审批。", "name": "钱堃", "on": "2025-06-05"},
    "op.head": {"text": "同意。", "name": "周彧", "on": "2025-06-05"},
    "op.legal": {
        "text": "事实清楚，证据确凿充分，适用依据准确，裁量适当，程序合法。同意拟处理意见。",
        "name": "何璟",
        "on": "2025-06-27",
    },
}
OTHERS = {
    "opinion.text": "1. 手术登记本未按要求填写术者资质信息。\n2. 一次性使用无菌注射器拆零后未分类存放。",
    "correct.what": ["完善手术登记内容，逐例填写实施人员资质", "拆零后的无菌物品分类存放并标明有效期"],
    "correct.by": "2025-06-18",
    "lr.sent_on": "2025-06-26",
    "lr.items": [
        {"label": "主体与管辖", "ok": True},
        {"label": "事实与证据", "ok": True},
        {"label": "适用依据", "ok": True},
        {"label": "裁量", "ok": True},
        {"label": "程序", "ok": True},
        {"label": "文书", "ok": False, "note": "送达回执缺送达人签名，已补正"},
        {"label": "涉嫌犯罪", "ok": True, "note": "未发现涉嫌犯罪"},
    ],
    "lr.result": "同意",
    "srv.docs": {
        "columns": ["送达文书名称", "文书文号", "送达地点", "送达时间", "收件人签名", "送达人签名"],
        "rows": [
            ["行政处罚决定书", "西卫医罚〔2025〕11号", "杭州市西湖区文三路 398 号", "2025年7月21日10时30分", "", ""]
        ],
    },
    "srv.receiver": PARTY["party.name"],
    "srv.way": "直接送达",
    "close.way": "自动履行",
    "close.date": "2025-08-01",
    "close.result": "1. 警告：已送达执行。\n2. 没收违法所得人民币叁万陆仟捌佰元整（¥36,800.00）、罚款人民币壹拾捌万肆仟元整（¥184,000.00）："
    "2025年8月1日缴清，财政票据号浙财 No. 0012345678。\n3. 责令改正：2025年8月4日复查，已停止开展登记范围以外的诊疗活动。",
    "close.files": ["现场笔录", "询问笔录", "立案报告", "行政处罚决定书", "送达回执"],
    "doc.date": "2025-07-18",
}
BY_TYPE: dict[str, Any] = {
    "int": 7,
    "flag": True,
    "money": 18_400_000,
    "date": "2025-06-12",
    "datetime": "2025-06-12T14:05",
    "period": {"from": "2025-06-12T14:05", "to": "2025-06-12T15:40"},
    "list:person": ["沈昇", "陆旻"],
    "list:text": ["第一项材料", "第二项材料"],
    "list:item": ["涉案物品清单1份2页", "检验报告1份6页"],
    "list:citation": ["《中华人民共和国行政处罚法》第五十六条"],
    "list:evidence": CASE["case.evidence"],
    "list:penalty": CASE["case.proposal"],
    "opinion": OPINIONS["op.head"],
    "checklist": OTHERS["lr.items"],
    "dialogue": [{"q": "手术由谁实施？", "a": "由王某实施。"}, {"q": "一共几例？", "a": "七例。"}],
    "table": {"columns": ["序号", "名称", "规格型号", "数量"], "rows": [["1", "负压吸引器", "YX932D", "1台"]]},
    "person": "沈昇",
    "uscc": "91330106MA2XXXXX0R",
    "number": "西卫医证保〔2025〕3号",
}
KNOWN = {**PARTY, **AGENCY, **CASE, **NOTICE, **DECISION, **INSPECTION, **OPINIONS, **OTHERS}


def value_for(field: Field) -> Any:
    """A value of the field's shape."""
    if field.key in KNOWN:
        return KNOWN[field.key]
    return field.options[0] if field.options else BY_TYPE.get(field.type, f"{field.label}若干")


def snapshot(kind: str, **changes: Any) -> dict[str, Any]:
    """Complete data of a kind, conditions included; `changes` replace fields, None leaves one out."""
    keys = {requirement.field.key for requirement in required_fields(kind)} | {"party.kind"}
    keys -= {
        "you",
        "confirm",
        "sign.refusal",
        "insp.no_escort",
        "case.prior_order",
        "case.each",
        "case.one_act",
        "party.operator",
    }
    made = {key: value_for(all_fields()[key]) for key in sorted(keys)}
    made.update({key.replace("__", "."): value for key, value in changes.items()})
    return {key: value for key, value in made.items() if value is not None}
