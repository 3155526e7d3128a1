"""Flask-SQLAlchemy over the tables and the engine of the product.

The runtime has opened the database, with the settings every connection has; Flask-SQLAlchemy takes
that engine, so that pages and commands share one pool, and gives each request its session.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from web.schema import declared


class Database(SQLAlchemy):
    """Flask-SQLAlchemy that uses the runtime's engine instead of opening one of its own."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Any:
        return app.extensions["chengxin"].engine


db = Database(metadata=declared(), disable_autonaming=True)


def init_database(app: Flask) -> None:
    """Give the application its sessions. The runtime must be there already."""
    engine = app.extensions["chengxin"].engine
    app.config["SQLALCHEMY_DATABASE_URI"] = engine.url
    db.init_app(app)
