"""Rules on what a paper may say and how it is served. Pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ..objections import N_, Objection

WAYS = {
    "direct": "直接送达",
    "left": "留置送达",
    "entrusted": "委托送达",
    "post": "邮寄送达",
    "electronic": "电子送达",
    "announcement": "公告送达",
}
"""Ways of service (卫生健康行政处罚程序规定 53-57), as the 送达回执 prints them."""

WITNESSED_WAYS = ("direct", "left")
"""Two officers go there in person."""

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|《[^》]*》")
_JUDGEMENTS = (
    (
        re.compile(r"第[一二三四五六七八九十百零〇\d]+条"),
        N_("Line %(line)s cites an article (“%(words)s”). Cite it in the supervision opinion or the case, not here."),
    ),
    (
        re.compile(r"违反|违法|违规|涉嫌|非法|不符合|不合格|不达标"),
        N_("Line %(line)s judges (“%(words)s”). Write what was seen, and judge it in the case."),
    ),
    (
        re.compile(r"(?:应|予以|给予|处以|拟|将)[^。；，]{0,6}(?:处罚|罚款|没收|警告|吊销)"),
        N_("Line %(line)s speaks of a penalty (“%(words)s”). A field record announces none."),
    ),
    (
        re.compile(r"责令|限期(?:改正|整改)|立即(?:改正|整改|停止)"),
        N_("Line %(line)s gives an order (“%(words)s”). Orders go into the order to correct."),
    ),
    (
        re.compile(r"(?:据|经)(?:群众|他人|知情人|顾客|举报人?)[^。；，]{0,8}(?:反映|称|说|举报)|听说|据说"),
        N_("Line %(line)s reports hearsay (“%(words)s”). Question the person and put it into a record of questioning."),
    ),
    (
        re.compile(r"(?:卫生状况|环境|管理)(?:较|很|极|非常)?(?:差|好|良好|脏乱|混乱)|脏乱差|问题严重|情节严重"),
        N_("Line %(line)s evaluates (“%(words)s”). Describe what was seen, with place, number and state."),
    ),
)
"""What has no place in a 现场笔录, and where it belongs."""


def objections_to_record(paragraphs: Sequence[str], field: str = "insp.record") -> Iterator[Objection]:
    """A 现场笔录 says only what was seen: no law, judgement, penalty, order, hearsay or evaluation (令87).

    What was read on the spot and stands in quotation marks or 《》 is quoted, not judged.
    """
    for number, paragraph in enumerate(paragraphs, 1):
        plain = _QUOTED.sub("", paragraph)
        for pattern, message in _JUDGEMENTS:
            if match := pattern.search(plain):
                yield Objection(message, field, {"line": number, "words": match[0]})


def objections_to_service(
    *,
    way: str,
    issued_on: date,
    served_on: date,
    today: date,
    receiver: str | None,
    servers: Sequence[str],
    refusal_reason: str | None,
    witness: str | None,
    note: str | None,
) -> Iterator[Objection]:
    """What the proof of a service must say (卫生健康行政处罚程序规定 53-57; 行政处罚法 61)."""
    if way not in WAYS:
        yield Objection(N_("Choose how the document was served."), "way")
        return
    if served_on < issued_on:
        yield Objection(N_("The day of service lies before the day of the document. Check both dates."), "served_on")
    if served_on > today:
        yield Objection(
            N_("The day of service lies in the future. Record the service when it has happened."), "served_on"
        )
    if way in WITNESSED_WAYS and len(set(servers)) < 2:
        yield Objection(N_("Service in person needs two officers. Name both."), "servers")
    elif not servers:
        yield Objection(N_("Name who served the document."), "servers")
    if way in ("direct", "entrusted", "electronic") and not receiver:
        yield Objection(N_("Name who received the document."), "receiver")
    if way == "left" and not refusal_reason:
        yield Objection(
            N_("Write why the document was left there: who refused it, and the reason given."), "refusal_reason"
        )
    if way == "left" and not (witness or note):
        yield Objection(
            N_("Name the witness, or note the pictures and video that show the document being left."), "witness"
        )
    if way in ("post", "announcement") and not note:
        yield Objection(N_("Note the postal number, or where and when it was announced."), "note")
