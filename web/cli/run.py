"""`chengxin run`: make the database ready and serve the pages."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from dataclasses import replace
from datetime import datetime
from types import FrameType

import click
from waitress import create_server

from engine.clock import parse_instant
from engine.identity import demonstration_password
from engine.runtime import Runtime
from engine.runtime.scheduler import EmbeddedScheduler
from web.app import build_runtime, create_app
from web.config import Config
from web.prepare import prepare

TOUR = (
    ("gc_jb01", "采集员 collector"),
    ("gc_xb01", "信用办经办人 clerk"),
    ("gc_xb02", "信用办负责人 head of office"),
    ("cz_dc01", "督查人员 supervisor"),
    ("cz_lc01", "流程管理员 process owner"),
)


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="端口")
@click.option("--clock", default=None, help="虚拟时钟：ISO 日期或时刻，如 2026-02-09T08:30")
@click.option(
    "--demo/--no-demo",
    default=None,
    help="演示单位和用户（缺省：未设 DATABASE_URL 时加载）",
)
@click.option(
    "--cases/--no-cases", default=True, show_default=True, help="演示案件，随演示单位和用户加载"
)
def run(host: str, port: int, clock: str | None, demo: bool | None, cases: bool) -> None:
    """建库、升级、部署流程并启动网页服务。Prepare the database and serve the pages."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for chatty in ("apscheduler", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    config = configuration(clock, demo)
    check_port(host, port)
    runtime = build_runtime(config)
    prepared = prepare(config, runtime, cases=cases and config.demonstration)
    if prepared.refused is not None:
        click.echo(f"流程未重新部署，沿用已生效版本 / not deployed: {prepared.refused}", err=True)
    server = create_server(
        create_app(config, runtime),
        host=host,
        port=port,
        threads=8,
        ident=None,
        clear_untrusted_proxy_headers=True,
    )
    scheduler = EmbeddedScheduler(runtime)
    scheduler.start()
    signal.signal(signal.SIGTERM, _stop)
    announce(config, runtime, host, server.effective_port)
    if prepared.ahead is not None:
        click.echo(ahead_of_clock(config, prepared.ahead))
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        scheduler.stop()


def _stop(signal_number: int, frame: FrameType | None) -> None:
    """A polite kill ends the process as Ctrl-C does: what runs is finished first."""
    raise KeyboardInterrupt


def configuration(clock: str | None, demo: bool | None) -> Config:
    """What the environment says, and over it what the command line says."""
    config = Config.from_environment()
    if clock is not None:
        config = replace(config, clock=clock)
    if config.clock:
        try:
            parse_instant(config.clock)
        except ValueError as error:
            raise click.ClickException(
                f"时钟“{config.clock}”不是日期或时刻，应如 2026-02-09T08:30。 / "
                f"'{config.clock}' is no date or instant such as 2026-02-09T08:30."
            ) from error
    if demo is None:
        demo = config.demonstration or not (
            os.environ.get("DATABASE_URL") or os.environ.get("CHENGXIN_DEMO")
        )
    return replace(config, demonstration=demo)


def check_port(host: str, port: int) -> None:
    """Stop before anything is done if the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"{host}:{port} 已被占用或不可用，请换一个端口：chengxin run --port {port + 1}。 / "
                f"{host}:{port} cannot be used; choose another port: --port {port + 1}."
            ) from error


def ahead_of_clock(config: Config, latest: datetime) -> str:
    """What to know when the database holds later instants than the clock was to start at."""
    shown = f"{latest:%Y-%m-%d %H:%M}"
    if config.clock:
        return (
            f"  数据库中最后的记录是 {shown}，晚于 --clock {config.clock}：时钟从 {shown} 走起。\n"
            f"  The database is ahead of --clock {config.clock}: the clock starts at {shown}.\n"
        )
    return (
        f"  注意：数据库中最后的记录是 {shown}，晚于现在（曾用虚拟时钟）。\n"
        f"  Mind: the last record of this database is of {shown}, later than now.\n"
    )


def announce(config: Config, runtime: Runtime, host: str, port: int) -> None:
    """Say where the pages are and who can sign in."""
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"\n  诚信 Chengxin   http://{shown}:{port}/\n")
    if config.clock:
        click.echo(f"  虚拟时钟 virtual clock   {runtime.clock.now():%Y-%m-%d %H:%M}")
    if config.demonstration:
        click.echo(f"  演示账号 demonstration logins（密码 password: {demonstration_password()}）")
        for login, post in TOUR:
            click.echo(f"    {login:<10}{post}")
        click.echo("  登录页列出全部账号，按 Ctrl-C 停止。")
        click.echo("  The login page lists all of them; Ctrl-C stops.\n")
