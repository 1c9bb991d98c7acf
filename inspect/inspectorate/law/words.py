"""The catalogue's terms in Chinese and English: bases, things confiscated, measures, tiers, fields, authorities."""

from typing import NamedTuple


class Term(NamedTuple):
    """A term in both languages."""

    zh: str
    en: str


DOMAINS = {
    "medical": Term("医疗卫生", "medical"),
    "food": Term("食品安全", "food"),
    "workplace": Term("职业健康与辐射", "workplaces and radiation"),
    "shared": Term("药械、广告、市场与公共秩序", "drugs, devices, advertising, commerce and public order"),
}

SECTORS = {
    "health": Term("卫生健康", "health"),
    "tcm": Term("中医药", "traditional Chinese medicine"),
    "disease_control": Term("疾病预防控制", "disease control"),
    "market": Term("市场监督管理", "market regulation"),
    "drug": Term("药品监督管理", "drug regulation"),
    "cyberspace": Term("网信", "cyberspace"),
    "telecom": Term("电信", "telecommunications"),
    "radio_tv": Term("广播电视", "radio and television"),
    "police": Term("公安", "police"),
    "customs": Term("海关", "customs"),
    "postal": Term("邮政管理", "postal"),
    "emergency": Term("应急管理", "emergency management"),
    "ecology": Term("生态环境", "ecology"),
    "agriculture": Term("农业农村", "agriculture"),
    "salt": Term("盐业", "salt"),
    "labour": Term("劳动保障", "labour"),
}

LEVELS = {
    "county": Term("县级以上地方", "county level or above"),
    "city": Term("设区的市级以上", "city level or above"),
    "province": Term("省级以上", "province level or above"),
    "national": Term("国务院", "national level"),
}

SUBJECTS = {
    "org": Term("单位", "organisation"),
    "person": Term("个人", "person"),
    "responsible": Term("单位责任人员", "responsible persons of the unit"),
}

VERIFICATIONS = {
    "text": Term("已与法律文本核对", "compared with the text of the law"),
    "partial": Term("部分核对", "compared in part"),
    "unverified": Term("未核对", "not compared"),
}

TIERS = {
    "base": Term("基本", "any finding"),
    "overdue": Term("逾期不改或拒不改正", "not corrected in time, or refused"),
    "serious": Term("情节严重", "serious"),
    "extreme": Term("造成严重后果", "grave consequences"),
    "agency": Term("广告经营者、发布者", "advertising agent or publisher"),
    "farmer": Term("农户", "farmer"),
    "light": Term("情节较轻", "lighter"),
    "heavier": Term("情节较重", "heavier"),
    "individual": Term("个人", "individual"),
    "individual_serious": Term("个人且情节严重", "individual, serious"),
    "no_income": Term("没有违法所得", "no illegal income"),
    "overdue_serious": Term("逾期不改或拒不改正，且情节严重", "not corrected or refused, and serious"),
    "overdue_extreme": Term("逾期不改或拒不改正，且造成严重后果", "not corrected or refused, with grave consequences"),
    "massive": Term("造成大量数据泄露等严重后果", "masses of data leaked, or the like"),
    "grave": Term("加重情形", "aggravated"),
    "ordinary": Term("一般", "ordinary"),
    "fined": Term("不予警告而处罚款", "fined in place of a warning"),
    "repeated": Term("一年内二次", "twice within a year"),
    "refusal": Term("拒绝监督", "supervision refused"),
    "flight": Term("逃匿", "in flight"),
    "falsify": Term("弄虚作假", "falsified"),
    "conceal": Term("毁灭证据", "evidence destroyed"),
    "conceal_serious": Term("毁灭证据且造成严重后果", "evidence destroyed, with grave consequences"),
    "knowing": Term("知道或者应当知道", "knew or should have known"),
    "ringleader": Term("首要分子", "ringleader"),
    "agency_serious": Term("广告经营者、发布者，情节严重", "advertising agent or publisher, serious"),
    "individual_overdue": Term("个人且逾期不改或拒不改正", "individual, not corrected or refused"),
    "individual_heavier": Term("个人且情节较重", "individual, heavier"),
    "individual_income": Term("个人且有违法所得", "individual with illegal income"),
    "individual_income_serious": Term("个人、有违法所得且情节严重", "individual with illegal income, serious"),
    "person": Term("个人", "person"),
    "practitioner": Term("医务人员", "medical staff"),
    "practitioner_serious": Term("医务人员，情节严重", "medical staff, serious"),
    "institution": Term("医疗机构", "medical institution"),
    "organisation": Term("单位", "organisation"),
    "unit": Term("机构", "institution"),
    "unit_serious": Term("机构，情节严重", "institution, serious"),
    "intermediary": Term("职业中介机构", "employment agency"),
    "platform": Term("电子商务平台经营者", "operator of a platform"),
    "platform_serious": Term("电子商务平台经营者，情节严重", "operator of a platform, serious"),
    "retail": Term("零售", "retail"),
    "retail_serious": Term("零售，情节严重", "retail, serious"),
    "slaughterhouse": Term("定点屠宰厂（场）", "designated slaughterhouse"),
    "noncommercial_overdue": Term("非经营性网站，逾期不改或拒不改正", "non-commercial site, not corrected or refused"),
    "noncommercial_serious": Term("非经营性网站，情节严重", "non-commercial site, serious"),
    "publication": Term("出版物", "publication"),
    "unlicensed": Term("无照单位", "unit without a licence"),
    "unlicensed_overdue": Term("无照单位，逾期不改", "unit without a licence, not corrected"),
    "unfiled": Term("未备案", "not filed"),
    "unfiled_overdue": Term("未备案，逾期不改或拒不改正", "not filed, not corrected or refused"),
    "number": Term("未标明编号", "number not shown"),
    "obtained": Term("以欺骗、贿赂等不正当手段取得", "obtained by deceit or bribery"),
    "substance": Term("注入其他物质", "other substances injected"),
    "affecting": Term("影响医疗器械安全、有效", "safety or effect of devices affected"),
    "toxic": Term("使用有毒物品的作业场所", "workplace with toxic substances"),
    "injured": Term("伤残或者死亡", "injury or death"),
    "retest": Term("公告后复查仍不合格", "failed again after the announcement"),
    "final": Term("整顿期满复查仍不合格", "failed again after rectification"),
    "report": Term("应报批报告书", "report due for approval"),
    "report_serious": Term("应报批报告书，情节严重", "report due for approval, serious"),
    "form": Term("应报批报告表", "form due for approval"),
    "form_serious": Term("应报批报告表，情节严重", "form due for approval, serious"),
    "duty": Term("涉税", "duty"),
    "article": Term("国家禁止进出境的物品", "article that may not cross the border"),
    "restricted": Term("限制进出境", "restricted at the border"),
    "statistics": Term("影响统计", "statistics affected"),
    "order": Term("影响监管秩序", "order of customs control affected"),
    "permit": Term("影响许可证件管理", "control of permits affected"),
    "accident": Term("事故", "accident"),
    "larger_accident": Term("较大事故", "larger accident"),
    "major_accident": Term("重大事故", "major accident"),
    "extraordinary_accident": Term("特别重大事故", "extraordinary accident"),
    "accident_grave": Term("事故，情节特别严重", "accident, exceptionally grave"),
    "larger_accident_grave": Term("较大事故，情节特别严重", "larger accident, exceptionally grave"),
    "major_accident_grave": Term("重大事故，情节特别严重", "major accident, exceptionally grave"),
    "extraordinary_accident_grave": Term("特别重大事故，情节特别严重", "extraordinary accident, exceptionally grave"),
}

BASES = {
    "illegal_income": Term("违法所得", "illegal income"),
    "goods_value": Term("货值金额", "value of the goods"),
    "ad_cost": Term("广告费用", "cost of the advertising"),
    "personal_income_from_unit": Term("违法行为发生期间自本单位所获收入", "income from the unit during the violation"),
    "last_year_income_from_unit": Term("上一年度从本单位取得的收入", "income from the unit in the year before"),
    "annual_income": Term("上一年年收入", "income of the year before"),
    "last_year_turnover": Term("上一年度营业额", "turnover of the year before"),
    "evaded_duty": Term("漏缴税款", "duty evaded"),
    "illegal_turnover": Term("违法经营额", "illegal turnover"),
    "traded_amount": Term("交易额", "amount of the trade"),
    "original_fine": Term("原处罚款数额", "the fine first imposed"),
    "service_fee": Term("所收取的检验、检测、认证费用", "fees charged for testing or certification"),
    "affected_workers": Term("受侵害劳动者人数", "workers affected"),
    "child_labour_months": Term("使用童工人月数", "months of child labour"),
    "children_placed": Term("介绍童工人数", "children placed in work"),
    "days_refused": Term("拒不改正的天数", "days of refusal"),
}

# Bases that count heads or months: the multiple is an amount in yuan for each.
COUNTED = {
    "affected_workers": Term("人", "workers"),
    "child_labour_months": Term("人月", "child-months"),
    "children_placed": Term("人", "children"),
    "days_refused": Term("日", "days"),
}

CONFISCATED = {
    "illegal_income": Term("违法所得", "illegal income"),
    "drugs": Term("药品", "drugs"),
    "devices": Term("医疗器械", "devices"),
    "tools": Term("工具", "tools"),
    "materials": Term("原料", "materials"),
    "equipment": Term("设备", "equipment"),
    "packaging": Term("包装材料、容器", "packaging and containers"),
    "cosmetics": Term("化妆品", "cosmetics"),
    "ad_fees": Term("广告费用", "advertising fees"),
    "goods": Term("涉案货物、物品", "the goods"),
    "food": Term("食品、食品添加剂", "food and additives"),
    "vaccines": Term("疫苗", "vaccines"),
    "property_received": Term("收受的财物", "property received"),
    "service_fee": Term("所收取的检验、检测、认证费用", "fees charged for testing or certification"),
    "personal_income_from_unit": Term("自本单位所获收入", "income from the unit"),
}

# 行政处罚法 9.
PENALTIES = {
    "warning": Term("警告", "warning"),
    "criticism": Term("通报批评", "public criticism"),
    "fine": Term("罚款", "fine"),
    "confiscate_income": Term("没收违法所得", "confiscation of illegal income"),
    "confiscate_goods": Term("没收非法财物", "confiscation of goods"),
    "suspend_licence": Term("暂扣许可证件", "suspension of a licence"),
    "downgrade_licence": Term("降低资质等级", "downgrading of a qualification"),
    "revoke_licence": Term("吊销许可证件", "revocation of a licence"),
    "restrict_business": Term("限制开展生产经营活动", "restriction of business"),
    "suspend_business": Term("责令停产停业", "suspension of business"),
    "close_business": Term("责令关闭", "closure"),
    "practice_ban": Term("限制从业", "ban from the trade"),
    "detention": Term("行政拘留", "detention"),
}

# Orders: not penalties (行政处罚法 9, 28(1)).
MEASURES = {
    "order_correction": Term("责令改正", "order to correct"),
    "order_rectify_deadline": Term("责令限期改正", "order to correct by a deadline"),
    "order_stop": Term("责令停止违法行为", "order to stop the violation"),
    "stop_practice": Term("责令停止执业活动", "order to stop practice"),
}


def term(table: dict[str, Term], name: str) -> Term:
    """The words for ``name``; a name that the table lacks stands for itself."""
    return table.get(name, Term(name, name))


def either_of(names: tuple[str, ...]) -> Term:
    """Penalties between which the law leaves a choice: 警告或者罚款."""
    named = [term(PENALTIES, name) for name in names]
    return Term("或者".join(one.zh for one in named), " or ".join(one.en for one in named))


def tier_words(name: str, when: str) -> Term:
    """A tier with its condition, which catalogues often word as the tier itself: then once, not 情节严重：情节严重.

    A tier that joins several things (overdue_serious) has them all in its condition. Conditions are words of the law
    and stand in Chinese in both languages.
    """
    named = TIERS.get(name)
    if named is None:
        return Term(when, when)
    said = "_" in name or when in named.zh or named.zh in when
    return Term(when if said else f"{named.zh}：{when}", f"{named.en}: {when}")
