"""Making an installation ready to serve: schema, organisation, procedures, demonstration."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from engine.clock import VirtualClock
from engine.errors import ChengxinError
from engine.identity import DEMONSTRATION, ORGANISATION, load_organisation, units_below
from engine.runtime import Runtime, files_in, new_files
from engine.runtime.commands import Deploy
from engine.runtime.errors import DeploymentRefused
from engine.runtime.queries.clock import latest_instant
from engine.scenario.demonstration import Demonstration, demonstration_to_play
from engine.shipped import shipped_folder
from engine.store.migrate import upgrade
from web.config import Config

log = logging.getLogger(__name__)

SHIPPED = ("bpmn", "dmn", "forms")


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What was done. `refused` is why the shipped procedures could not be deployed, if so: those
    in force stay in force. `ahead` is the last instant in the database, if that is later than the
    clock was set to.
    """

    migrated: bool
    deployment: int | None
    refused: ChengxinError | None = None
    ahead: datetime | None = None


def prepare(config: Config, runtime: Runtime, *, cases: bool = False) -> Prepared:
    """Bring the database of `runtime` up to this program; a second time nothing is left to do.

    With `cases` a new database gets the cases of the demonstration too.
    """
    migrated = upgrade(runtime.engine)
    load_people(config, runtime)
    ahead = follow_database(runtime)
    demonstration = demonstration_to_play(runtime) if cases else None
    deployment, refused = deploy_shipped(demonstration.runtime if demonstration else runtime)
    if demonstration is not None and refused is None:
        play(demonstration)
    return Prepared(migrated=migrated, deployment=deployment, refused=refused, ahead=ahead)


def follow_database(runtime: Runtime) -> datetime | None:
    """The last instant in the database if it is after now; a virtual clock goes on from there."""
    with runtime.reading() as connection:
        latest = latest_instant(connection)
    if latest is None or latest <= runtime.clock.now():
        return None
    if isinstance(runtime.clock, VirtualClock):
        runtime.clock.advance_to(latest)
    return latest


def play(demonstration: Demonstration) -> None:
    """Play the cases of the demonstration; what does not go as written is logged and left out."""
    log.info("正在办理演示案件，约需半分钟 / playing the cases of the demonstration")
    failures = demonstration.play()
    log.info("演示案件已办到现在 / the cases are played up to now")
    for failure in failures:
        log.warning("%s：%s：%s", failure.case, failure.step, failure.reason)


def load_people(config: Config, runtime: Runtime) -> None:
    """The shipped organisation, if there is none or for a demonstration, which has its users too.

    What an administrator has changed since stays in any other installation.
    """
    with runtime.engine.begin() as connection:
        if config.demonstration or not units_below(connection):
            load_organisation(connection, ORGANISATION)
        if config.demonstration:
            load_organisation(connection, DEMONSTRATION)


def deploy_shipped(runtime: Runtime) -> tuple[int | None, ChengxinError | None]:
    """Deploy the shipped procedures that are new; what owners deployed since stays in force."""
    with runtime.reading() as connection:
        files = new_files(connection, files_in(*(shipped_folder(name) for name in SHIPPED)))
    try:
        return runtime.execute(Deploy(files=files, note="随程序发布")), None
    except DeploymentRefused as error:
        return None, error
