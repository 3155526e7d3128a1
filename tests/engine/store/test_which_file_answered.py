"""Decisions recorded before the file was kept get it from the decision that was asked."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config

from engine.store import open_database
from engine.store.migrate import MIGRATIONS, upgrade

BEFORE = "0002"
AT = "2026-02-09 09:00:00"
WRITTEN = f"""
insert into deployment (key, deployed_at, deployed_by, note) values (1, '{AT}', 'clerk', '');
insert into resource (key, deployment_key, kind, file_name, content, content_hash)
    values (1, 1, 'dmn', 'rates.dmn', x'', 'ab12');
insert into decision_definition (key, decision_id, version, name, resource_key, deployment_key)
    values (1, 'rate', 1, 'rate', 1, 1);
insert into decision_instance (key, instance_key, token_id, element_id, decision_id, decision_name,
    decision_definition_key, version, evaluated_at, inputs, matched, result)
    values (1, 1, 't', 'ask', 'rate', 'rate', 1, 1, '{AT}', '[]', '[]', '1');
"""


def test_older_decision_records_learn_which_file_answered(tmp_path: Path) -> None:
    # given a database of before, with one record
    file = tmp_path / "chengxin.sqlite"
    database = open_database(f"sqlite:///{file}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
    with sqlite3.connect(file) as plain:
        plain.executescript(WRITTEN)
    # when it is brought to the schema of now
    upgrade(database)
    # then the record names the file and its hash
    with sqlite3.connect(file) as plain:
        kept = plain.execute("select file_name, file_hash from decision_instance").fetchall()
    assert kept == [("rates.dmn", "ab12")]
