"""Layers: a city may close a day and open it again; the later layer wins day by day."""

from datetime import date

import pytest

from engine.calendar import (
    DayFileInvalid,
    Layer,
    SpecialDay,
    layered,
    national_calendar,
    read_special_days,
    write_special_days,
)

OFF, WORK = False, True


def layer(name, *days):
    return Layer(
        name=name,
        days=tuple(
            SpecialDay(day=date.fromisoformat(day), working=working, name=name)
            for day, working in days
        ),
    )


def test_a_city_closes_a_day_and_makes_it_up():
    # given a city that closes a Thursday and works on the Saturday after
    city = layered(national_calendar(), layer("市", ("2026-03-12", OFF), ("2026-03-14", WORK)))
    # then both count differently there, and the nation is untouched
    assert city.add_working_days(date(2026, 3, 11), 3) == date(2026, 3, 16)
    assert city.add_working_days(date(2026, 3, 11), 2) == date(2026, 3, 14)
    assert national_calendar().is_working_day(date(2026, 3, 12))


def test_a_city_turns_a_national_make_up_day_off():
    city = layered(national_calendar(), layer("市", ("2026-02-14", OFF)))
    assert not city.is_working_day(date(2026, 2, 14))


def test_the_unit_overrides_the_city_and_may_turn_the_day_back():
    city = layer("市", ("2026-03-12", OFF))
    unit = layer("单位", ("2026-03-12", WORK))
    assert layered(national_calendar(), city, unit).is_working_day(date(2026, 3, 12))
    assert not layered(national_calendar(), unit, city).is_working_day(date(2026, 3, 12))


def test_a_local_layer_moves_no_horizon_a_national_notice_does():
    local = layered(national_calendar(), layer("市", ("2027-03-12", OFF)))
    assert local.confirmed_through == date(2026, 12, 25)
    national = Layer(name="国家", days=(), confirmed_through=date(2027, 12, 24))
    assert layered(local, national).is_confirmed(date(2027, 12, 24))


def test_a_changed_day_changes_the_version_and_the_same_days_give_the_same_one():
    city = layer("市", ("2026-03-12", OFF))
    assert layered(national_calendar(), city).version != national_calendar().version
    assert layered(national_calendar(), city).version == layered(national_calendar(), city).version


def test_special_days_are_written_as_they_are_read():
    days = national_calendar().layers[0].days
    assert tuple(read_special_days(write_special_days(days))) == days


@pytest.mark.parametrize(
    ("row", "column"), [("2026-02-30,0,春节,", "date"), ("2026-02-03,yes,春节,", "working")]
)
def test_a_bad_row_of_days_is_named_by_row_and_column(row, column):
    with pytest.raises(DayFileInvalid) as refusal:
        list(read_special_days(f"date,working,name,notice\n2026-02-14,1,春节,\n{row}\n"))
    assert refusal.value.values["row"] == 3
    assert refusal.value.values["column"] == column
