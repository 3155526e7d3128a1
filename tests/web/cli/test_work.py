"""Work from the command line: the checks are those of the pages, the errors in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

import pytest
from click.testing import CliRunner, Result

from tests.builders.diagram import diagram, end, start, user_task
from tests.engine.register.clues import as_csv, clue
from web.app import build_runtime
from web.cli import main
from web.config import Config
from web.prepare import prepare

Chengxin = Callable[..., Result]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of an installation with the demonstration, to be copied."""
    file = tmp_path_factory.mktemp("prepared") / "chengxin.sqlite"
    config = Config(database_url=f"sqlite:///{file}", secret_key="x", demonstration=True)
    runtime = build_runtime(config)
    assert prepare(config, runtime).refused is None
    runtime.engine.dispose()
    return file


@pytest.fixture
def new_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chengxin:
    """The command line where nothing was ever started."""
    monkeypatch.setenv("CHENGXIN_VAR", str(tmp_path))
    monkeypatch.setenv("CHENGXIN_CLOCK", "2025-10-09T09:00")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("CHENGXIN_DEMO", raising=False)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def chengxin(new_installation: Chengxin, prepared: Path, tmp_path: Path) -> Chengxin:
    """The command line on an installation of its own."""
    copyfile(prepared, tmp_path / "chengxin.sqlite")
    return new_installation


def test_a_file_is_imported_on_a_new_installation(
    new_installation: Chengxin, tmp_path: Path
) -> None:
    chengxin = new_installation
    file = tmp_path / "clues.csv"
    file.write_bytes(as_csv([clue(1), clue(2, 主体名称=""), clue(1)]))
    first = chengxin("import", file, "--corrections", tmp_path / "bad.xlsx")
    assert first.exit_code == 0, first.output
    assert "共 3 行，立案 1，此前已导入 0，有误 2" in first.output
    assert "第 3 行「主体名称」：未填写，请填写 / Must be filled in" in first.output
    assert "第 4 行：与第 2 行重复" in first.output
    assert (tmp_path / "bad.xlsx").read_bytes().startswith(b"PK")
    assert "立案 0，此前已导入 1，有误 2" in chengxin("import", file).output
    # and the first task of the case is there for whom it is due
    tasks = json.loads(chengxin("tasks", "--as", "gc_jb02", "--json").stdout)
    assert [task["subject"] for task in tasks] == ["示例甲机械有限公司"]


def test_a_process_is_deployed_started_and_completed(chengxin: Chengxin, tmp_path: Path) -> None:
    file = tmp_path / "p.bpmn"
    task = user_task("a", groups="R3")
    file.write_bytes(diagram("p", start(), task, end(), flows="start -> a -> end"))
    assert "已生效" in chengxin("deploy", file, "--note", "第一次").output
    assert "无需部署" in chengxin("deploy", file).output
    assert chengxin("start", "p", "--as", "gc_xb01", "--data", '{"x": 1.5}').exit_code == 0
    tasks = json.loads(chengxin("tasks", "--as", "gc_xb01", "--json").stdout)
    refused = chengxin("complete", tasks[0]["key"], "--as", "gc_jb01")
    assert (refused.exit_code, "不属于" in refused.output) == (1, True)
    assert chengxin("complete", tasks[0]["key"], "--as", "gc_xb01").exit_code == 0
    late = chengxin("complete", tasks[0]["key"], "--as", "gc_xb01")
    assert (late.exit_code, "is no longer open" in late.output) == (1, True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["tasks", "--as", "nobody"], "没有账号"),
        (["start", "p", "--as", "gc_jb01", "--data", "{"], "--data 应为 JSON"),
        (["start", "p", "--as", "gc_jb01", "--data", "[]"], "JSON 对象"),
        (["start", "nothing", "--as", "gc_jb01"], "没有部署流程"),
        (["start", "nothing", "--as", "cz_dc01"], "登记线索"),
    ],
)
def test_a_mistake_is_said_in_one_line(chengxin: Chengxin, words: list[str], says: str) -> None:
    result = chengxin(*words)
    assert result.exit_code == 1
    assert says in result.output


def test_a_bad_diagram_is_refused_with_its_findings(chengxin: Chengxin, tmp_path: Path) -> None:
    file = tmp_path / "bad.bpmn"
    file.write_text("<x/>", encoding="utf-8")
    result = chengxin("deploy", file)
    assert result.exit_code == 1
    assert "bad.bpmn" in result.output
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")
    assert "不是 .bpmn" in chengxin("deploy", tmp_path / "x.txt").output
