"""The adapters, by the names that the file of channels uses."""

from __future__ import annotations

from datetime import datetime

from engine.register.channels.configuration import Channels
from engine.register.channels.errors import ChannelCannotDeliver
from engine.register.channels.file_drop import FileDrop
from engine.register.channels.http_push import HttpPush
from engine.register.channels.interface import FILE_DROP, HTTP_PUSH, Delivering, Telling


def delivering(channels: Channels, channel: str, now: datetime) -> Delivering:
    """The adapter that delivers to a channel by program. Raises `ChannelCannotDeliver`."""
    settings = channels.of(channel)
    if settings.adapter == HTTP_PUSH:
        return HttpPush(settings=settings, now=now)
    if settings.adapter == FILE_DROP:
        return FileDrop(settings=settings, outbox=channels.outbox)
    raise ChannelCannotDeliver(channel=channel, adapter=settings.adapter)


def telling(channels: Channels, channel: str, now: datetime) -> Telling | None:
    """The adapter that asks a channel what it shows; None if the channel cannot be asked."""
    settings = channels.of(channel)
    if settings.adapter == HTTP_PUSH and settings.options.get("shows_url"):
        return HttpPush(settings=settings, now=now)
    if settings.adapter == FILE_DROP and settings.options.get("shown_file"):
        return FileDrop(settings=settings, outbox=channels.outbox)
    return None
