"""What a browser calls itself, in a word that its owner recognises."""

SYSTEMS = (
    ("OpenHarmony", "HarmonyOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Kylin", "Kylin"),
    ("UOS", "UOS"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("QQBrowser", "QQ Browser"),
    ("HuaweiBrowser", "Huawei Browser"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""Signs in the order in which they tell most: many a browser names its ancestors too."""


def device_name(agent: str) -> str:
    """``Chrome · Windows``; the beginning of what it calls itself when nothing of it is known."""
    parts = [next((name for sign, name in table if sign.lower() in agent.lower()), "") for table in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, parts)) or agent[:60]
