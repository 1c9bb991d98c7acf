"""Codes of inspections in words: reasons, states, signatures, answers about recusal, kinds of evidence."""

from flask_babel import lazy_gettext as _l

REASONS = {
    "campaign": _l("Campaign"),
    "routine": _l("Routine"),
    "random": _l("Random draw"),
    "complaint": _l("Complaint"),
    "follow_up": _l("Follow-up"),
    "transfer": _l("Transferred"),
    "recheck": _l("Recheck"),
}
"""Reasons of an inspection, as in the interchange records."""

STATES = {"draft": _l("draft"), "submitted": _l("submitted"), "withdrawn": _l("withdrawn")}
STATE_TONES = {"draft": "warning", "submitted": "success", "withdrawn": "neutral"}

APPROVAL_STATES = {"requested": _l("waiting for approval"), "approved": _l("approved"), "refused": _l("refused")}
APPROVAL_TONES = {"requested": "warning", "approved": "success", "refused": "danger"}

SIGNATURES = {
    "signed": _l("The party read the record and signed it"),
    "refused": _l("The party refuses to sign"),
    "absent": _l("Nobody of the party was there"),
}

RECUSAL_ANSWERS = {
    "none": _l("Understood, asks for no recusal"),
    "requested": _l("Asks for recusal"),
    "refused_to_answer": _l("Refuses to answer"),
}

EVIDENCE_KINDS = {
    "audiovisual": _l("Audiovisual material"),
    "documentary": _l("Documentary evidence"),
    "physical": _l("Physical evidence"),
    "electronic": _l("Electronic data"),
    "testimony": _l("Testimony of a witness"),
    "party_statement": _l("Statement of the party"),
    "expert_opinion": _l("Expert opinion"),
    "inspection_record": _l("Record of an inspection"),
}
"""The eight kinds of evidence (行政处罚法46); photographs and recordings come first, as most are."""

# 检查事项 proposed for an entry approval; the office writes its own published items where they differ.
ITEMS_BY_KIND = {
    "medical_institution": "医疗机构依法执业情况：执业许可、诊疗科目、人员资格、药品与器械使用、病历与处方、医疗广告",
    "beauty_salon": "生活美容场所是否开展医疗美容活动、公共场所卫生许可与从业人员健康合格证明",
    "canteen": "餐饮具集中消毒与生活饮用水卫生情况",
    "tableware_disinfection": "餐具、饮具集中消毒服务单位的作业场所、用水、消毒工艺、出厂检验与标识",
    "workplace": "职业病防治情况：建设项目“三同时”、危害因素检测与申报、职业健康监护、个人防护用品、培训与告知",
    "school": "学校卫生情况：教学环境、生活饮用水、传染病防控、校医配备",
    "public_place": "公共场所卫生情况：卫生许可、从业人员健康证明、卫生检测、清洗消毒",
    "technical_institution": "技术服务机构资质、人员、设备、报告的真实性与规范性",
}
ITEMS_OTHERWISE = "法律、法规、规章执行情况"
