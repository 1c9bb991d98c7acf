"""The codes that all areas and the interchange records share: sectors, kinds of places, reasons, penalties."""

SECTORS: tuple[str, ...] = (
    "health", "tcm", "disease_control", "market", "drug", "cyberspace", "telecom", "radio_tv", "police",
    "customs", "postal", "emergency", "ecology", "agriculture", "salt", "labour",
)  # fmt: skip

SUBKINDS: dict[str, tuple[str, ...]] = {
    "medical_institution": ("hospital", "clinic", "outpatient", "cosmetic_clinic"),
    "catering": ("restaurant", "fast_food", "snack_shop", "drinks_shop", "central_kitchen"),
    "school": ("kindergarten", "primary_school", "middle_school", "college"),
}

KINDS: tuple[str, ...] = (
    "medical_institution", "beauty_salon", "food_producer", "food_seller", "catering", "canteen", "group_meal_delivery",
    "tableware_disinfection", "school", "workplace", "public_place", "technical_institution", "courier", "website",
    "other",
)  # fmt: skip

HOSTS: tuple[str, ...] = ("school", "construction_site", "organisation", "other")
"""What a canteen belongs to: the attribute ``host``."""

REASONS: tuple[str, ...] = ("campaign", "routine", "random", "complaint", "follow_up", "transfer", "recheck")
"""Why an inspection takes place."""

PENALTIES: dict[str, str] = {
    "warning": "警告",
    "criticism": "通报批评",
    "fine": "罚款",
    "confiscate_income": "没收违法所得",
    "confiscate_goods": "没收非法财物",
    "suspend_licence": "暂扣许可证件",
    "downgrade_licence": "降低资质等级",
    "revoke_licence": "吊销许可证件",
    "restrict_business": "限制开展生产经营活动",
    "suspend_business": "责令停产停业",
    "close_business": "责令关闭",
    "practice_ban": "限制从业",
    "detention": "行政拘留",
}
"""行政处罚法 9: the kinds of penalties as documents name them."""
