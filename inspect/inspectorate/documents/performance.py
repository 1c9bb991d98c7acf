"""履行的方式和期限 of penalties that are not money (行政处罚法 59(1)(4)): how each kind is performed, and by when.

The fifteen days for handing something over are those that the law gives for paying (行政处罚法 67(3)); for other
penalties it leaves the term to the decision (66(1)).
"""

from collections.abc import Iterable, Mapping
from typing import Any

TERM = "应当自收到本决定书之日起十五日内"

SENTENCES: Mapping[str, str] = {
    "warning": "警告自本决定书送达之日起生效，送达即执行完毕",
    "criticism": "通报批评由本机关在本决定书送达后予以公布",
    "confiscate_goods": "没收的财物已由本机关扣押或者先行登记保存的，由本机关依法处理；"
    f"由{{you}}持有或者保管的，{{you}}{TERM}交至本机关",
    "suspend_licence": f"暂扣许可证件自本决定书送达之日起执行，{{you}}{TERM}将该证件交至本机关",
    "downgrade_licence": f"降低资质等级自本决定书送达之日起生效，{{you}}{TERM}持原证件办理变更手续",
    "revoke_licence": f"吊销许可证件自本决定书送达之日起生效，{{you}}{TERM}将该证件交回",
    "restrict_business": "限制开展生产经营活动自本决定书送达之日起执行",
    "suspend_business": "责令停产停业自本决定书送达之日起执行",
    "close_business": "责令关闭自本决定书送达之日起执行",
    "practice_ban": "限制从业自本决定书送达之日起执行",
}
"""What the decision says of a kind; fine and confiscated income are paid, which has a passage of its own."""


def performance_of(penalties: Iterable[Any], you: str) -> str:
    """Way and term for each kind imposed, a sentence each, without a full stop; empty where all is paid in money."""
    kinds = dict.fromkeys(one["kind"] for one in penalties if isinstance(one, dict))
    return "。".join(SENTENCES[kind].format(you=you) for kind in kinds if kind in SENTENCES)
