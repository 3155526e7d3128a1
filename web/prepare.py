"""Making an installation ready to serve: schema, organisation, procedures, demonstration."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import ChengxinError
from engine.identity import DEMONSTRATION, ORGANISATION, load_organisation, units_below
from engine.runtime import Runtime, files_in, new_files
from engine.runtime.commands import Deploy
from engine.runtime.errors import DeploymentRefused
from engine.shipped import shipped_folder
from engine.store.migrate import upgrade
from web.config import Config

SHIPPED = ("bpmn", "dmn", "forms")


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What was done. `refused` is why the shipped procedures could not be deployed, if so: those
    in force stay in force.
    """

    migrated: bool
    deployment: int | None
    refused: ChengxinError | None = None


def prepare(config: Config, runtime: Runtime) -> Prepared:
    """Bring the database of `runtime` up to this program; a second time nothing is left to do."""
    migrated = upgrade(runtime.engine)
    load_people(config, runtime)
    deployment, refused = deploy_shipped(runtime)
    return Prepared(migrated=migrated, deployment=deployment, refused=refused)


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
