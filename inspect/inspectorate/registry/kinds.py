"""How kinds of establishments are grouped, kinds of licences, parts of persons. Codes only."""

GROUPS: dict[str, tuple[str, ...]] = {
    "medical": ("medical_institution", "beauty_salon", "technical_institution"),
    "food": ("catering", "canteen", "group_meal_delivery", "food_producer", "food_seller", "tableware_disinfection"),
    "public": ("school", "public_place", "workplace"),
    "commerce": ("courier", "website", "other"),
}
"""The kinds as they are offered for choice."""

LICENCES: dict[str, tuple[str, ...]] = {
    "org": (
        "business", "medical_practice", "clinic_filing", "radiation_practice", "maternal_child", "narcotics_card",
        "catering", "food_sale", "food_sale_filing", "food_production", "small_workshop", "public_place",
        "drinking_water", "disinfection_products", "school", "occupational_health_service", "radiation_health_service",
        "drug_sale", "device_sale", "device_sale_filing", "courier", "telecom", "other",
    ),
    "person": (
        "doctor_qualification", "doctor_practice", "nurse_practice", "rural_doctor", "cosmetic_lead_doctor",
        "health_certificate", "other",
    ),
}  # fmt: skip

EXPECTED: dict[str, frozenset[str]] = {
    "medical_institution": frozenset({"medical_practice", "clinic_filing"}),
    "catering": frozenset({"catering", "small_workshop"}),
    "canteen": frozenset({"catering"}),
    "group_meal_delivery": frozenset({"catering"}),
    "food_producer": frozenset({"food_production", "small_workshop"}),
    "food_seller": frozenset({"food_sale", "food_sale_filing"}),
    "public_place": frozenset({"public_place"}),
    "school": frozenset({"school"}),
    "technical_institution": frozenset({"occupational_health_service", "radiation_health_service"}),
    "courier": frozenset({"courier"}),
}
"""The licences of which a kind needs one to do what it does; kinds that need none are missing."""

RELATIONS: tuple[str, ...] = ("operator", "responsible", "practitioner", "staff", "met_there")
"""A person's part in an establishment."""
