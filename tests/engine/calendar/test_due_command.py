"""`chengxin due`, for one day and for a file."""

import csv
from io import StringIO

import pytest
from click.testing import CliRunner

from web.cli.due import due


def run(*arguments, stdin=None):
    return CliRunner().invoke(due, arguments, input=stdin)


def rows(text):
    return list(csv.DictReader(StringIO(text)))


def test_a_certain_day_is_printed_alone():
    result = run("2026-02-09", "10", "WD")
    assert (result.output, result.exit_code) == ("2026-02-28\n", 0)


def test_a_rest_day_rolls_when_asked():
    assert run("2024-04-10", "3", "ND").output == "2024-04-13\n"
    assert run("2024-04-10", "3", "ND", "--roll", "next_wd").output == "2024-04-15\n"


def test_a_provisional_day_is_marked_with_its_bounds():
    output = run("2026-11-23", "30", "WD").output
    assert output == "2027-01-05 暂定 (provisional, between 2026-12-31 and 2027-01-08)\n"


def test_the_arithmetic_follows_when_asked():
    lines = run("2026-02-09", "10", "WD", "--explain").output.splitlines()
    assert lines[0] == "2026-02-28"
    assert "春节" in lines[1]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("2006-12-01", "10", "WD"), "start: 2006-12-01"),
        (("2026-13-01", "10", "WD"), "start: 「2026-13-01」"),
        (("2026-01-01", "ten", "WD"), "amount: 「ten」"),
        (("2026-01-01", "10", "XX"), "unit: "),
        (("2026-01-01", "10", "ND", "--roll", "back"), "roll: "),
        (("2026-01-01", "10"), "START AMOUNT UNIT"),
    ],
)
def test_what_cannot_be_read_is_named(arguments, complaint):
    result = run(*arguments)
    assert result.exit_code != 0
    assert complaint in result.output


def test_a_file_gets_a_column_due_and_keeps_its_own(tmp_path):
    file = tmp_path / "days.csv"
    file.write_text('id,start,amount,unit,roll,备注\n1,2026-02-09,10,WD,,"a, b"\n', "utf-8-sig")
    result = run("--csv", str(file))
    assert result.exit_code == 0
    assert (
        result.output
        == 'id,start,amount,unit,roll,备注,due\n1,2026-02-09,10,WD,,"a, b",2026-02-28\n'
    )


def test_a_file_saved_by_a_chinese_spreadsheet_is_read(tmp_path):
    file = tmp_path / "days.csv"
    file.write_bytes("start,amount,unit,备注\n2026-02-09,10,WD,事先告知\n".encode("gb18030"))
    assert rows(run("--csv", str(file)).output)[0]["备注"] == "事先告知"


def test_provisional_rows_of_a_file_are_marked_beside_an_iso_date():
    result = run("--csv", "-", stdin="start,amount,unit\n2026-02-09,10,WD\n2026-11-23,30,WD\n")
    sure, open_ = rows(result.output)
    assert (sure["due"], sure["provisional"]) == ("2026-02-28", "")
    assert (open_["due"], open_["provisional"]) == ("2027-01-05", "暂定")
    assert (open_["earliest"], open_["latest"]) == ("2026-12-31", "2027-01-08")


def test_bad_rows_are_named_by_row_and_column_and_no_row_is_lost():
    # given a file with a bad day, a bad unit, an overlong row and two good rows
    text = (
        "start,amount,unit,roll\n2026-02-09,10,WD,\nyesterday,10,WD,\n\n2026-02-09,10,QD,\n"
        "2026-02-09,10,WD,,extra\n2024-04-10,3,ND,next_wd\n"
    )
    # when it is answered
    result = run("--csv", "-", stdin=text)
    # then the good rows have their day, and each bad one says what is wrong
    answered = rows(result.stdout)
    assert result.exit_code == 1
    assert [row["due"] for row in answered] == ["2026-02-28", "", "", "", "2024-04-15"]
    assert "start" in answered[1]["error"]
    assert "unit" in answered[2]["error"]
    assert "row 3" in result.stderr
    assert "row 5" in result.stderr
    assert "row 6" in result.stderr
    assert "3 of 5 rows failed" in result.stderr
    assert "extra" in result.stdout


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("", "start"), ("start,unit\n", "amount"), ("start,amount,unit,due\n", "due")],
)
def test_a_header_that_cannot_work_is_refused(text, complaint):
    result = run("--csv", "-", stdin=text)
    assert result.exit_code == 1
    assert complaint in result.output
