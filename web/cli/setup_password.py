"""`chengxin setup-password`: give an account a password."""

from __future__ import annotations

import click

from engine.identity import set_password
from engine.store import open_database
from web.config import Config


@click.command("setup-password")
@click.argument("login")
@click.password_option(help="新密码；不给则询问")
def setup_password(login: str, password: str) -> None:
    """为账号设置密码，如首次启用时。Give an account a password."""
    engine = open_database(Config.from_environment().database_url)
    with engine.begin() as connection:
        set_password(connection, login, password)
    click.echo(f"账号 {login} 的密码已设置。 / The password of {login} is set.")
