"""What the environment says."""

from __future__ import annotations

from pathlib import Path

from web.config import Config


def test_nothing_set_is_a_working_system(tmp_path: Path) -> None:
    config = Config.from_environment({"CHENGXIN_VAR": str(tmp_path)})
    assert config.database_url == f"sqlite:///{tmp_path}/chengxin.sqlite"
    assert not config.demonstration


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = Config.from_environment({"CHENGXIN_VAR": str(tmp_path)})
    second = Config.from_environment({"CHENGXIN_VAR": str(tmp_path)})
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) > 40
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_what_is_set_is_taken(tmp_path: Path) -> None:
    config = Config.from_environment(
        {
            "CHENGXIN_VAR": str(tmp_path),
            "DATABASE_URL": "postgresql://here/chengxin",
            "SECRET_KEY": "s",
            "CHENGXIN_CLOCK": "2026-02-09",
            "CHENGXIN_HTTPS": "1",
        }
    )
    assert config.database_url == "postgresql://here/chengxin"
    assert (config.secret_key, config.clock, config.https) == ("s", "2026-02-09", True)
