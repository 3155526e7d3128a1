"""Pre-checks from the command line, and what they cost."""

from __future__ import annotations

import json

import pytest

from tests.web.cli.test_work import chengxin, new_installation, prepared
from web.cli.bench import command

__all__ = ["chengxin", "new_installation", "prepared"]
ASKED = ("示例甲机械有限公司", "91000000MA00000157", "--purpose", "项目招投标")


def test_a_party_is_checked_and_the_query_numbered(chengxin):
    done = chengxin("precheck", *ASKED, "--project", "CG-1", "--as", "cz_zb01")
    assert done.exit_code == 0, done.output
    assert "通过 / passes  池社信查〔2025〕1号" in done.output
    again = chengxin("precheck", *ASKED, "--project", "CG-1", "--as", "cz_zb01", "--json")
    assert json.loads(again.output)["queryNo"] == "池社信查〔2025〕2号"


def test_what_the_pages_refuse_is_refused_here(chengxin):
    assert "须填写项目编号" in chengxin("precheck", *ASKED, "--as", "cz_zb01").output
    refused = chengxin("precheck", *ASKED, "--project", "x", "--as", "gc_jb01")
    assert refused.exit_code != 0


@pytest.mark.slow
def test_a_long_list_answers_as_fast_as_a_short_one(monkeypatch):
    monkeypatch.setattr(command, "FEW", 200)
    monkeypatch.setattr(command, "MANY", 10_000)
    monkeypatch.setattr(command, "QUESTIONS", 60)
    found = command.precheck()
    assert found["ratio"] < 2
