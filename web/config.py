"""What the environment says about this installation."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Config:
    """Everything an installation may set; the defaults are a working system.

    `clock` is an ISO instant at which a virtual clock stands, empty for the wall clock.
    `idle_minutes` is how long a session lives without a request. `proxies` is the number of
    reverse proxies in front, `https` whether browsers reach the product by https only.
    """

    database_url: str
    secret_key: str
    var: Path = Path("var")
    clock: str = ""
    demonstration: bool = False
    idle_minutes: int = 60
    requests_per_minute: int = 1200
    upload_megabytes: int = 25
    proxies: int = 0
    https: bool = False
    testing: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Config:
        """The configuration that environment variables describe.

        `DATABASE_URL`, `SECRET_KEY`, `CHENGXIN_VAR`, `CHENGXIN_CLOCK`, `CHENGXIN_DEMO`,
        `CHENGXIN_IDLE_MINUTES`, `CHENGXIN_PROXIES`, `CHENGXIN_HTTPS`. Without `SECRET_KEY` one
        is made at the first start and kept in `var/secret`.
        """
        var = Path(environment.get("CHENGXIN_VAR", "var")).absolute()
        return cls(
            database_url=environment.get("DATABASE_URL") or f"sqlite:///{var}/chengxin.sqlite",
            secret_key=environment.get("SECRET_KEY") or kept_secret(var / "secret"),
            var=var,
            clock=environment.get("CHENGXIN_CLOCK", ""),
            demonstration=environment.get("CHENGXIN_DEMO", "") in ("1", "yes", "true"),
            idle_minutes=int(environment.get("CHENGXIN_IDLE_MINUTES", "60")),
            proxies=int(environment.get("CHENGXIN_PROXIES", "0")),
            https=environment.get("CHENGXIN_HTTPS", "") in ("1", "yes", "true"),
        )


def kept_secret(file: Path) -> str:
    """The secret in `file`, which is made if there is none and readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        secret = secrets.token_urlsafe(48)
        stream.write(secret + "\n")
    return secret
