"""The filled table of 打击非法医疗美容服务专项整治 against the same figures by hand-written SQL."""

from tests.bench.measure import Ratio, compare
from tests.bench.prepared import Prepared

TITLE = "Campaign summary"
ON_EACH_DATABASE = True


def ratios(bench: Prepared) -> list[Ratio]:
    """One province and the nation."""
    from inspectorate import clock
    from inspectorate.campaigns.queries import form
    from inspectorate.campaigns.summary import summarise

    with bench.app.app_context():
        definition = form("medical_cosmetology_2021")
        assert definition
        return [
            compare(
                region,
                lambda r=region: summarise(definition, r, today=clock.today()),
                lambda: None,
                limit=1.3,
            )
            for region in ("330000", "000000")
        ]
