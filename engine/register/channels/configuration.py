"""Which adapter serves which channel: a file, so that no address stands in a diagram or table.

The file is that of the environment variable `CHENGXIN_CHANNELS`, else the shipped one. Secrets are
not in it: it names the environment variables that hold them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from engine.register.channels.errors import ChannelsFileInvalid
from engine.register.channels.interface import (
    FILE_DROP,
    HTTP_PUSH,
    MANUAL,
    OFF,
    PORTAL,
    ChannelSettings,
)

ENVIRONMENT = "CHENGXIN_CHANNELS"
VAR = "CHENGXIN_VAR"
SHIPPED = Path(__file__).parents[1] / "data" / "channels.yaml"
_FILES = frozenset({"folder", "shown_file", "ca_file"})
"""Options that name a file or folder; a relative one is beside the file of channels."""
ADAPTERS = (PORTAL, HTTP_PUSH, FILE_DROP, MANUAL, OFF)


@dataclass(frozen=True, kw_only=True, slots=True)
class Channels:
    """The channels of an installation. `outbox` is the folder for files to be handed over."""

    file: Path
    settings: Mapping[str, ChannelSettings]
    aliases: Mapping[str, str]
    outbox: Path

    def place(self, channel: str) -> str:
        """The channel behind a name: that of an alias, else the name itself."""
        return self.aliases.get(channel, channel)

    def names_of(self, channel: str) -> frozenset[str]:
        """All names of the place that `channel` is a name of."""
        place = self.place(channel)
        return frozenset({place, *(name for name, of in self.aliases.items() if of == place)})

    def of(self, channel: str) -> ChannelSettings:
        """How a channel is served. A channel that the file does not name is served by a person."""
        place = self.place(channel)
        known = self.settings.get(place)
        return known or ChannelSettings(channel=place, adapter=MANUAL)

    def is_off(self, channel: str) -> bool:
        """Whether the installation does not use the channel."""
        return self.of(channel).adapter == OFF

    def is_portal(self, channel: str) -> bool:
        """Whether the channel is our own portal."""
        return self.of(channel).adapter == PORTAL


_rehearsed: ContextVar[Channels | None] = ContextVar("rehearsed_channels", default=None)


def channels() -> Channels:
    """The channels in use. Raises `ChannelsFileInvalid`."""
    rehearsed = _rehearsed.get()
    if rehearsed is not None:
        return rehearsed
    return read_channels(Path(os.environ.get(ENVIRONMENT) or SHIPPED), usual_outbox())


def usual_outbox() -> Path:
    """Where files for channels go unless the file of channels names another folder."""
    return Path(os.environ.get(VAR) or "var").absolute() / "outbox"


def read_channels(file: Path, outbox: Path) -> Channels:
    """The channels of a file, read again when it changed. Raises `ChannelsFileInvalid`."""
    try:
        changed = file.stat().st_mtime_ns
    except OSError as error:
        raise _invalid(file, f"读不到（{error}）", f"cannot be read ({error})") from error
    return _read(file, changed, outbox)


@contextmanager
def rehearsing(outbox: Path | None = None) -> Iterator[None]:
    """Use the shipped channels, whatever the installation is told: a rehearsal reaches nobody.

    Files go to `outbox`, without it to a folder that is thrown away.
    """
    with TemporaryDirectory(prefix="outbox-") as folder:
        token = _rehearsed.set(read_channels(SHIPPED, outbox or Path(folder)))
        try:
            yield
        finally:
            _rehearsed.reset(token)


def rehearse_with(file: Path) -> None:
    """Go on with the rehearsal by another file of channels. Raises `ChannelsFileInvalid`."""
    rehearsed = _rehearsed.get()
    if rehearsed is not None:
        _rehearsed.set(replace(read_channels(file, rehearsed.outbox)))


@lru_cache(maxsize=8)
def _read(file: Path, changed: int, outbox: Path) -> Channels:
    try:
        content: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _invalid(file, f"不是 YAML（{error}）", f"is not YAML ({error})") from error
    content = content if isinstance(content, dict) else {}
    named = content.get("channels")
    if not isinstance(named, dict) or not named:
        raise _invalid(file, "没有 channels", "has no channels")
    aliases = content.get("aliases") or {}
    if not isinstance(aliases, dict):
        raise _invalid(file, "aliases 不是「别名: 渠道」", "aliases are not 'alias: channel'")
    return Channels(
        file=file,
        settings={str(name): _settings(file, str(name), said) for name, said in named.items()},
        aliases={str(alias): str(of) for alias, of in aliases.items()},
        outbox=outbox,
    )


def _settings(file: Path, channel: str, said: object) -> ChannelSettings:
    if not isinstance(said, dict):
        raise _invalid(file, f"{channel} 没有写办理方式", f"{channel} names no adapter")
    adapter = OFF if said.get("adapter") is False else str(said.get("adapter"))
    if adapter not in ADAPTERS:
        allowed = ", ".join(ADAPTERS)
        raise _invalid(
            file,
            f"{channel} 的 adapter「{adapter}」不认识，可以写 {allowed}",
            f"adapter '{adapter}' of {channel} is unknown; there are {allowed}",
        )
    if adapter == HTTP_PUSH and not said.get("url"):
        raise _invalid(file, f"{channel} 没有写 url", f"{channel} has no url")
    options = {str(name): value for name, value in said.items() if name != "adapter"}
    for name in _FILES & options.keys():
        options[name] = str(file.absolute().parent / str(options[name]))
    return ChannelSettings(channel=channel, adapter=adapter, options=options)


def _invalid(file: Path, why: str, why_en: str) -> ChannelsFileInvalid:
    return ChannelsFileInvalid(file=file.name, why=why, why_en=why_en)
