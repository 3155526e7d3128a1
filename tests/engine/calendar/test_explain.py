"""The arithmetic in words."""

from datetime import date

from engine.calendar import Layer, Period, SpecialDay, due, explain, layered, national_calendar


def told(start, amount, unit, roll=None):
    period = Period(amount=amount, unit=unit, roll=roll)
    calendar = national_calendar()
    return explain(due(date.fromisoformat(start), period, calendar), calendar)


def test_ten_working_days_over_spring_festival_are_told_day_by_day():
    told_days = told("2026-02-09", 10, "WD")
    assert told_days.zh == (
        "10 个工作日，自 2026-02-09 次日起："
        "02-10、02-11、02-12、02-13、02-14、02-24、02-25、02-26、02-27、02-28；"
        "跳过 02-15…02-23（春节）；02-14、02-28 调休上班；最后一日 2026-02-28（星期六）。"
    )
    assert "skipping 02-15…02-23 (Spring Festival)" in told_days.en
    assert len(told_days.counted) == 10
    assert told_days.make_up == (date(2026, 2, 14), date(2026, 2, 28))
    assert [(len(run), run.name) for run in told_days.skipped] == [(9, "春节")]


def test_a_long_period_is_told_in_sums_with_the_holidays_by_name():
    words = told("2025-09-01", 60, "WD")
    assert "共 88 天，其中工作日 60 天" in words.zh
    assert "10-01…10-08（国庆节、中秋节）" in words.zh
    assert "周末" in words.zh
    assert "weekend days" in words.en


def test_a_year_is_said_where_it_changes():
    assert "2026-01-04" in told("2025-12-31", 1, "WD").zh


def test_a_roll_says_what_it_passed_over():
    words = told("2025-08-26", 180, "ND", "next_wd")
    assert "届满日为 2026-02-22（星期日）" in words.zh
    assert "顺延至 2026-02-24（星期二）" in words.zh
    assert "该日为工作日" in told("2026-02-10", 3, "ND", "next_wd").zh
    assert "不因节假日顺延" in told("2024-03-15", 1, "Y").zh


def test_a_missing_corresponding_day_is_explained():
    assert "月末日" in told("2024-02-29", 1, "Y").zh
    assert "月末日" not in told("2024-03-15", 1, "Y").zh


def test_a_provisional_date_says_so_with_its_bounds():
    words = told("2026-11-23", 30, "WD")
    assert "暂定（2026-12-31 … 2027-01-08）" in words.zh
    assert "provisional (2026-12-31 … 2027-01-08)" in words.en


def test_one_day_is_singular_in_english():
    assert told("2026-03-02", 1, "WD").en.startswith("1 working day from")


def test_a_deadline_of_another_calendar_version_says_so():
    deadline = due(date(2026, 3, 11), Period(amount=2, unit="WD"), national_calendar())
    closed = SpecialDay(day=date(2026, 3, 12), working=False, name="市")
    city = layered(national_calendar(), Layer(name="市", days=(closed,)))
    assert "另一版日历" in explain(deadline, city).zh
