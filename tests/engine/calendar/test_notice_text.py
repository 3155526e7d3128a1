"""Reading a holiday notice: the text of every year, and what must make us stop."""

from datetime import date, timedelta
from itertools import groupby

import pytest

from engine.calendar import (
    NoticeUnreadable,
    known_through,
    layered,
    national_calendar,
    read_notice,
)

WEEKDAYS = "一二三四五六日"
HANDMADE = {2015, 2019, 2020}
"""Years whose notice was amended later: the days no longer follow from one text."""


def text_of(year):
    """The shipped days of `year` put into the form of the notices."""
    days = [day for day in national_calendar().layers[0].days if arrangement_year(day) == year]
    parts = [f"国务院办公厅关于{year}年部分节假日安排的通知", f"国办发明电〔{year - 1}〕7号"]
    by_name = groupby(sorted(days, key=lambda day: day.name), key=lambda day: day.name)
    for number, (name, group) in zip("一二三四五六七八九十", by_name, strict=False):
        parts.append(f"{number}、{name}：{sentences(list(group))}")
    return "\n".join(parts)


def arrangement_year(special):
    return special.day.year + (special.day.month == 12)


def sentences(days):
    off = [day.day for day in days if not day.working]
    work = [day.day for day in days if day.working]
    rest = "、".join(span(run) for run in runs(off))
    made_up = f"{'、'.join(said(day) for day in work)}上班。" if work else ""
    return f"{rest}放假调休，共{len(off)}天。{made_up}"


def runs(days):
    found = []
    for day in sorted(days):
        if found and day - found[-1][-1] == timedelta(days=1):
            found[-1].append(day)
        else:
            found.append([day])
    return found


def span(run):
    return said(run[0]) if len(run) == 1 else f"{said(run[0])}至{said(run[-1])}"


def said(day):
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


@pytest.mark.parametrize("year", sorted(set(range(2011, 2027)) - HANDMADE))
def test_the_text_of_a_year_gives_its_days_without_errors(year):
    notice = read_notice(text_of(year))
    shipped = [
        (day.day, day.working, day.name)
        for day in national_calendar().layers[0].days
        if arrangement_year(day) == year
    ]
    assert [(day.day, day.working, day.name) for day in notice.days] == shipped
    assert notice.errors == ()


NOTICE_2024 = """国务院办公厅关于2024年
部分节假日安排的通知
国办发明电〔2023〕7号
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。
鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
"""


def test_the_short_form_without_years_and_weekdays_is_read():
    # given the calendar of 2023 and the text for 2024
    notice = read_notice(NOTICE_2024)
    before = known_through(national_calendar(), date(2023, 12, 29))
    # when the notice is laid over it
    after = layered(before, notice.layer())
    # then it works as the shipped one does, to the new horizon
    assert (notice.year, notice.number) == (2024, "国办发明电〔2023〕7号")
    assert after.confirmed_through == date(2024, 12, 27)
    day = date(2024, 1, 1)
    while day <= after.confirmed_through:
        assert after.is_working_day(day) == national_calendar().is_working_day(day), day
        day += timedelta(days=1)


def test_advice_to_grant_leave_is_no_rest_day():
    assert date(2024, 2, 9) not in {day.day for day in read_notice(NOTICE_2024).days}


def test_a_december_day_of_the_new_year_item_belongs_to_the_year_before():
    text = NOTICE_2024.replace("1月1日放假，与周末连休", "12月30日至1月1日放假").replace(
        "12月30日至1月1日", "12月30日至2024年1月1日"
    )
    assert date(2023, 12, 30) in {day.day for day in read_notice(text).days}


@pytest.mark.parametrize(
    ("found", "put", "complaint"),
    [
        ("2月4日（星期日）", "2月4日（星期六）", "2024-02-04 不是星期六"),
        ("共8天", "共7天", "春节写明共 7 天，实为 8 天"),
        ("4月7日（星期日）上班", "4月8日上班", "上班日 2024-04-08 不是周末"),
        ("五、端午节：6月10日", "五、端午节：6月11日", "法定节假日 2024-06-10（端午节）没有放假"),
        ("2月18日（星期日）上班", "2月17日上班", "2024-02-17 既放假又上班"),
        ("6月10日放假", "6月31日放假", "没有 2024-6-31 这一天"),
        ("10月1日至7日", "10月7日至1日", "先后颠倒"),
    ],
)
def test_a_contradiction_is_named_and_forbids_using_the_notice(found, put, complaint):
    notice = read_notice(NOTICE_2024.replace(found, put))
    assert any(complaint in finding.zh for finding in notice.errors)
    with pytest.raises(NoticeUnreadable) as refusal:
        notice.layer()
    assert complaint in refusal.value.message("zh")


def test_a_missing_make_up_day_and_a_long_run_are_only_warned_of():
    missing = read_notice(NOTICE_2024.replace("、2月18日（星期日）上班", "上班"))
    assert missing.errors == ()
    assert any("250 天" in finding.zh for finding in missing.findings)
    long_run = read_notice(NOTICE_2024.replace("9月14日（星期六）上班", "9月14日、9月8日上班"))
    assert any("连续上班" in finding.zh for finding in long_run.findings)


@pytest.mark.parametrize("text", ["", "放假通知", "关于2027年部分节假日安排的通知\n一、元旦：略。"])
def test_a_text_that_is_no_notice_is_refused(text):
    with pytest.raises(NoticeUnreadable):
        read_notice(text)
