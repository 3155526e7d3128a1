"""`chengxin revise`: write the migration that the models ask for."""

from __future__ import annotations

import click
from sqlalchemy import create_engine


@click.command("revise", hidden=True)
@click.argument("message")
def revise(message: str) -> None:
    """写出下一个数据库迁移文件（开发用）。Write the next migration (for developers)."""
    from alembic import command
    from alembic.config import Config

    from engine.store.migrate import MIGRATIONS
    from web.schema import declared

    declared()
    engine = create_engine("sqlite://")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    number = len(list((MIGRATIONS / "versions").glob("*.py"))) + 1
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
