"""How the channels of publication are served: the portal, a push, a file drop, or a person."""

from engine.register.channels.adapters import delivering, telling
from engine.register.channels.configuration import (
    Channels,
    channels,
    read_channels,
    rehearse_with,
    rehearsing,
    usual_outbox,
)
from engine.register.channels.interface import (
    FILE_DROP,
    HTTP_PUSH,
    MANUAL,
    OFF,
    PORTAL,
    Column,
    Outcome,
    Package,
    Showing,
)

__all__ = [
    "FILE_DROP",
    "HTTP_PUSH",
    "MANUAL",
    "OFF",
    "PORTAL",
    "Channels",
    "Column",
    "Outcome",
    "Package",
    "Showing",
    "channels",
    "delivering",
    "read_channels",
    "rehearse_with",
    "rehearsing",
    "telling",
    "usual_outbox",
]
