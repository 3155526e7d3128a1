"""The file that says how channels are served."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.register.channels import Channels, channels, delivering, rehearse_with, rehearsing
from engine.register.channels.configuration import SHIPPED
from engine.register.channels.errors import ChannelCannotDeliver, ChannelsFileInvalid
from tests.engine.register.channels.conftest import NOON

Configured = Callable[..., Channels]


def test_as_shipped_the_portal_is_ours_and_the_platform_gets_files() -> None:
    shipped = channels()
    served = {name: shipped.of(name).adapter for name in ("C1", "C2", "C3", "C5", "R-CO")}
    assert served == {
        "C1": "portal",
        "C2": "file_drop",
        "C3": "manual",
        "C5": "portal",
        "R-CO": "manual",
    }
    assert shipped.is_off("C7")


def test_an_alias_is_the_channel_behind_it() -> None:
    shipped = channels()
    assert shipped.of("C6").adapter == shipped.of("C2").adapter
    assert shipped.names_of("C6") == shipped.names_of("C2") == {"C2", "C6"}


def test_a_channel_that_nobody_names_is_served_by_a_person(configured: Configured) -> None:
    assert configured(C1={"adapter": "portal"}).of("C9").adapter == "manual"


def test_another_file_is_named_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("channels: {C1: {adapter: manual}, C7: {adapter: off}}", encoding="utf-8")
    monkeypatch.setenv("CHENGXIN_CHANNELS", str(file))
    assert channels().of("C1").adapter == "manual"
    assert channels().is_off("C7")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("channels: {C1: {adapter: fax}}", "fax"),
        ("channels: {C2: {adapter: http_push}}", "url"),
        ("channels: {C1: portal}", "C1"),
        ("aliases: {C4: C1}", "channels"),
        ("channels: {C1: {adapter: portal}}\naliases: [C4]", "aliases"),
        ("channels: [", "YAML"),
    ],
)
def test_what_is_wrong_with_the_file_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, words: str
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("CHENGXIN_CHANNELS", str(file))
    with pytest.raises(ChannelsFileInvalid, match=words):
        channels()


def test_a_person_is_not_delivered_to_by_program(configured: Configured) -> None:
    with pytest.raises(ChannelCannotDeliver, match="manual"):
        delivering(configured(C3={"adapter": "manual"}), "C3", NOON)


def test_a_rehearsal_never_uses_the_channels_of_the_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given an installation that pushes
    own = tmp_path / "own.yaml"
    own.write_text("channels: {C2: {adapter: http_push, url: 'https://x.example'}}", "utf-8")
    monkeypatch.setenv("CHENGXIN_CHANNELS", str(own))
    with rehearsing():
        # then a rehearsal has the shipped channels and an outbox of its own
        assert channels().file == SHIPPED
        outbox = channels().outbox
        # and another file only if the scenario names it
        rehearse_with(own)
        assert channels().of("C2").adapter == "http_push"
        assert channels().outbox == outbox
    assert not outbox.exists()
    assert channels().file == own
