"""Meetings: joined with a code, shown together from three on, and bound by what was shown."""

from __future__ import annotations

import pytest

from pedri_assess.domain.assessment import PublicView
from pedri_assess.domain.errors import NotFound, WrongState
from pedri_assess.services import meeting_taking as room
from pedri_assess.services import meetings as use
from pedri_assess.services import panel_taking as taking
from pedri_assess.services.panels import look
from pedri_assess.store import Database

from .panel_world import ASKED, DEVICES, Panels


class Meetings(Panels):
    """A panel with a meeting under way, at the first question."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.panel = self.opened()
        self.link = self.token(self.panel)

    def begin(self, *devices: str) -> None:
        use.start_meeting(self.context, self.lead, self.made, self.panel)
        for device in devices:
            room.take_seat(self.context, self.link, device)
        use.show_question(self.context, self.made, self.panel, 1)

    def say(self, device: str, level: int | None) -> None:
        taking.say(self.context, self.link, device, ASKED[0], level, "")

    def hands(self, **hands: int) -> None:
        counted = {int(level[1:]): number for level, number in hands.items()}
        use.count_hands(self.context, self.lead, self.made, self.panel, ASKED[0], counted)

    def show(self) -> PublicView | None:
        use.show_result(self.context, self.lead, self.made, self.panel, ASKED[0])
        return self.screen().view

    def screen(self) -> use.Screen:
        return use.screen(self.context, self.made, self.panel)


@pytest.fixture
def world(database: Database) -> Meetings:
    return Meetings(database)


def test_the_room_sees_what_the_room_says_from_three_on(world: Meetings) -> None:
    world.say(DEVICES[4], 3)  # at home, behind the same link
    world.begin(*DEVICES[:3])
    world.say(DEVICES[0], 0)
    world.say(DEVICES[1], 1)
    world.say(DEVICES[2], None)
    assert (world.screen().here, world.screen().answered) == (3, 3)
    with pytest.raises(WrongState, match="Fewer than three"):
        world.show()
    world.say(DEVICES[2], 1)
    before = world.screen().meeting
    assert world.show() == PublicView(1, 3)
    after = world.screen().meeting
    assert before is not None
    assert after is not None
    assert after.changes > before.changes
    assert room.seat(world.context, world.link, DEVICES[0]).view == PublicView(1, 3)


def test_what_one_more_says_later_changes_nothing_and_three_more_do(world: Meetings) -> None:
    world.begin(*DEVICES[:3])
    for device in DEVICES[:3]:
        world.say(device, 1)
    world.show()
    with pytest.raises(WrongState, match="stays as it was"):
        world.say(DEVICES[0], 3)
    world.say(DEVICES[3], 3)
    world.say("late", 3)
    with world.database.read() as c:
        assert len(c.rows("SELECT 1 AS kept FROM panel_rating")) == 5  # nothing is lost
    assert world.close(world.panel).views == {ASKED[0]: PublicView(1, 3)}


def test_three_more_are_counted_with_the_room(world: Meetings) -> None:
    world.begin(*DEVICES[:3])
    for device in DEVICES[:3]:
        world.say(device, 0)
    world.show()
    for device in (*DEVICES[3:], "late", "later"):
        world.say(device, 3)
    assert world.close(world.panel).views == {ASKED[0]: PublicView(3, 7)}


def test_who_has_seen_what_the_room_says_cannot_leave_the_room_out(world: Meetings) -> None:
    world.begin(*DEVICES)
    for device in DEVICES:
        world.say(device, 0)
    for number in range(5, 30):
        world.say(f"script {number}", 3)
    assert world.show() == PublicView(0, 5)  # the script is not in the room
    assert world.close(world.panel, 1).views == {ASKED[0]: PublicView(0, 5)}


def test_a_phone_that_answered_at_home_counts_once(world: Meetings) -> None:
    for device in DEVICES[:3]:
        world.say(device, 3)
    world.begin(*DEVICES[:3])
    world.say(DEVICES[0], 0)
    world.say(DEVICES[1], 0)
    assert world.show() == PublicView(0, 3)
    assert world.close(world.panel).views == {ASKED[0]: PublicView(0, 3)}


def test_hands_count_with_phones_and_can_be_counted_again(world: Meetings) -> None:
    world.begin(DEVICES[0])
    world.say(DEVICES[0], 0)
    world.hands(l3=9)
    world.hands(l2=2)
    assert world.show() == PublicView(2, 3)
    with pytest.raises(WrongState, match="shown already"):
        world.hands(l0=5)
    for criterion, hands, error in (("NO-1", {0: 1}, NotFound), (ASKED[0], {9: 1}, NotFound)):
        with pytest.raises(error):
            use.count_hands(world.context, world.lead, world.made, world.panel, criterion, hands)
    with pytest.raises(ValueError, match="hands"):
        world.hands(l0=-1)
    assert world.close(world.panel).views == {ASKED[0]: PublicView(2, 3)}


def test_the_end_forgets_who_was_in_and_the_code(world: Meetings) -> None:
    world.begin(*DEVICES[:3])
    meeting = world.screen().meeting
    assert meeting is not None
    assert room.token_for(world.context, meeting.code.lower()) == world.link
    world.say(DEVICES[0], 1)
    use.end(world.context, world.lead, world.made, world.panel)
    assert room.token_for(world.context, meeting.code) is None
    assert room.seat(world.context, world.link, DEVICES[0]).meeting is None
    with world.database.read() as c:
        assert c.rows("SELECT * FROM panel_place") == []
    with pytest.raises(WrongState):
        room.take_seat(world.context, world.link, DEVICES[0])
    with pytest.raises(WrongState):
        use.show_question(world.context, world.made, world.panel, 1)
    kinds = [event["kind"] for event in world.events()]
    assert kinds.count("panel-meeting-started") == kinds.count("panel-meeting-ended") == 1


def test_closing_the_panel_ends_its_meeting(world: Meetings) -> None:
    world.begin(*DEVICES[:3])
    world.close(world.panel)
    assert world.screen().meeting is None
    with world.database.read() as c:
        assert c.rows("SELECT * FROM panel_place") == []
    with pytest.raises(WrongState, match="Open the panel"):
        use.start_meeting(world.context, world.lead, world.made, world.panel)


def test_questions_that_are_not_there_cannot_be_shown(world: Meetings) -> None:
    world.begin()
    for position in (-1, len(ASKED) + 1):
        with pytest.raises(NotFound):
            use.show_question(world.context, world.made, world.panel, position)
    with pytest.raises(NotFound):
        use.show_result(world.context, world.lead, world.made, world.panel, "NO-1")
    assert look(world.context, world.made, world.panel).state == "open"
