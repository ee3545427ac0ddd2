"""Who may do what: roles, what exists for whom, and moments and ids as they are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain import policies
from pedri_assess.domain.ids import new_id
from pedri_assess.domain.policies import APPROVER, CONTRIBUTOR, LEAD, ROLES, VIEWER, Access, Actor, Policy
from pedri_assess.domain.times import moment, stamp

SOMEONE = Actor("a1", "someone@example.org", "Someone")
STAFF = Actor("a2", "staff@example.org", "Staff", staff=True)
EVERY = [rule for rule in vars(policies).values() if isinstance(rule, Policy)]
MOMENTS = st.datetimes(timezones=st.just(UTC))


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.name)
def test_only_the_open_rule_lets_in_a_visitor(rule: Policy) -> None:
    assert rule.allows(None) is (rule.area == "anyone")
    assert rule.who.endswith(".")


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.name)
def test_staff_are_strangers_to_what_belongs_to_an_organisation(rule: Policy) -> None:
    stranger = Access("o1", None, "s1", takes_part=False)
    expected = rule.area in ("anyone", "signed-in", "staff")
    assert rule.allows(STAFF, stranger) is expected


@pytest.mark.parametrize(
    ("rule", "roles"),
    [
        (policies.MEMBER, {LEAD, CONTRIBUTOR, APPROVER, VIEWER}),
        (policies.LEADS, {LEAD}),
        (policies.READS, {LEAD, CONTRIBUTOR, APPROVER, VIEWER}),
        (policies.ANSWERS, {LEAD, CONTRIBUTOR}),
        (policies.COMMENTS, {LEAD, APPROVER, CONTRIBUTOR}),
        (policies.RUNS, {LEAD}),
        (policies.SIGNS_OFF, {APPROVER}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_each_rule_lets_in_these_roles(rule: Policy, roles: set[str]) -> None:
    part = "s1" if rule.area == "assessment" else None
    assert {
        role for role in ROLES if rule.allows(SOMEONE, Access("o1", role, part, takes_part=True))
    } == roles


def test_a_contributor_sees_only_what_they_take_part_in() -> None:
    assert not Access("o1", CONTRIBUTOR, "s1", takes_part=False).sees
    assert Access("o1", CONTRIBUTOR, "s1", takes_part=True).sees
    assert Access("o1", CONTRIBUTOR).sees
    assert not policies.READS.allows(SOMEONE, Access("o1", CONTRIBUTOR, "s1"))


def test_taking_part_is_nothing_without_being_a_member() -> None:
    assert not Access("o1", None, "s1", takes_part=True).sees
    assert not policies.ANSWERS.allows(SOMEONE, Access("o1", None, "s1", takes_part=True))


@given(MOMENTS, MOMENTS)
def test_moments_sort_as_text_as_they_do_in_time(first: datetime, second: datetime) -> None:
    assert (stamp(first) < stamp(second)) == (first < second)
    assert moment(stamp(first)) == first


def test_a_moment_of_another_zone_is_kept_in_utc() -> None:
    summer = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=1)))
    assert stamp(summer) == "2026-07-01T11:00:00.000000Z"
    with pytest.raises(ValueError, match="time zone"):
        stamp(summer.replace(tzinfo=None))


def test_ids_are_safe_in_addresses_and_never_the_same() -> None:
    ids = {new_id() for _ in range(1_000)}
    assert len(ids) == 1_000
    assert all(len(name) == 22 and name.replace("-", "").replace("_", "").isalnum() for name in ids)
