"""The floor of a search in the law library is the plainest signed-in page: the masthead's search that finds nothing.

Words of one to five characters, common and rare, words of the trade, a code, an article, words that no entry has, and
filters.
"""

from inspectorate.accounts.permissions import Role
from tests.bench.lists import COUNTY, PLAINEST, SECTOR, page
from tests.bench.measure import Ratio, compare
from tests.bench.prepared import Prepared

TITLE = "Law library"
ON_EACH_DATABASE = True
LIMIT = 2.0

WORDS = ("医", "的", "未", "许可", "黑诊所", "医疗废物", "医疗美容 无证", "MC-001", "医师法第59条", "龘龘龘")
FILTERED = "&domain=food&sector=market"


def ratios(bench: Prepared) -> list[Ratio]:
    """Every word, and one of them with filters."""
    client = bench.client(Role.INSPECTOR, COUNTY, SECTOR)
    floor = page(client, PLAINEST)
    asked = [*((word, word) for word in WORDS), ("食品, filtered", f"食品{FILTERED}")]
    return [compare(f"“{name}”", page(client, f"/law?q={words}"), floor, limit=LIMIT) for name, words in asked]
