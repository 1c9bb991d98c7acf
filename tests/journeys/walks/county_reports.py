"""Walk 5. The county's campaign office: the table is filled; the reasons are looked at, and it goes up again."""

import re

from tests.journeys.walks.story import Story


def walk(story: Story) -> None:
    """From the to-do list to the submitted table, the city then has it before it."""
    office = story.window("county-office")
    story.stop(office, "county-home")
    office.go(re.compile("改正报表并重新报送"))
    story.stop(office, "county-sheet")
    office.sees("退回原因", "检查对象数")
    office.go("报送上级")
    office.sees("报表已报送。")
    story.stop(office, "county-submitted")
    with story.uncounted():
        city = story.window("city-office")
        city.go(re.compile("接收或退回"))
        city.sees("西湖区", "已报送")
        story.stop(city, "city-board")
