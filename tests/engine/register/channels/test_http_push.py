"""Pushing to a real server: signature, receipt, failures, the same key twice (C.7)."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from time import monotonic

import pytest

from engine.register.channels import Channels, Outcome, Package, delivering, telling
from engine.register.channels.errors import ChannelsFileInvalid
from tests.engine.register.channels.conftest import NOON, SECRET, Platform

Configured = Callable[..., Channels]
Made = Callable[..., Package]


@pytest.fixture
def push(
    platform: Platform, configured: Configured, package: Made, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Outcome]:
    """push(): deliver a package to the platform; options of the channel may be changed."""
    monkeypatch.setenv("PLATFORM_SECRET", SECRET)

    def deliver(**options: object) -> Outcome:
        settings = {
            "adapter": "http_push",
            "url": platform.address + "entries",
            "receipt": "data.receipt",
            "batch_no": "data.batch_no",
            "secret_env": "PLATFORM_SECRET",
            "timeout_seconds": 5,
            **options,
        }
        return delivering(configured(C2=settings), "C2", NOON).deliver(package())

    return deliver


def test_the_answer_gives_receipt_and_batch(
    push: Callable[..., Outcome], platform: Platform
) -> None:
    # when an entry is pushed
    outcome = push()
    # then what the platform answered is the outcome
    assert outcome == Outcome(ok=True, receipt="R-1", batch_no="B-7")
    # and it got the columns in their order
    body = json.loads(platform.pushed()[0]["body"])
    assert [column["name"] for column in body["columns"]] == ["name", "code", "summary", "batch_no"]
    assert (body["event"], body["entry_no"]) == ("列入", "贵社信列〔2025〕1号")


@pytest.mark.parametrize("digest", ["sha256", "sm3"])
def test_the_push_is_signed_with_its_time(
    push: Callable[..., Outcome], platform: Platform, digest: str
) -> None:
    push(signature=digest)
    request = platform.pushed()[0]
    timestamp = request["headers"]["X-Timestamp"]
    assert int(timestamp) == int(NOON.timestamp())
    expected = hmac.new(SECRET.encode(), timestamp.encode() + b"." + request["body"], digest)
    assert request["headers"]["X-Signature"] == f"{digest}={expected.hexdigest()}"


def test_a_second_push_of_the_same_key_gets_the_same_receipt(
    push: Callable[..., Outcome], platform: Platform
) -> None:
    # given a push whose answer was lost on the way
    platform.faults = [502]
    assert not push().ok
    # when it is pushed again
    again = push()
    # then the platform knows the key and gives the receipt of the first
    assert again.receipt == "R-1"
    assert {r["headers"]["Idempotency-Key"] for r in platform.pushed()} == {"publication-17"}
    assert push().receipt == "R-1"


def test_a_refusal_is_told_with_its_words(push: Callable[..., Outcome], platform: Platform) -> None:
    platform.faults = [503]
    assert push() == Outcome(ok=False, message="HTTP 503 not today")


@pytest.mark.parametrize("answer", [b"<html>", b"{}", b'{"data": {"receipt": ""}}', b"[1]"])
def test_an_answer_without_receipt_is_no_success(
    push: Callable[..., Outcome], platform: Platform, answer: bytes
) -> None:
    platform.faults = [answer]
    outcome = push()
    assert not outcome.ok
    assert outcome.message


def test_a_redirection_is_not_followed(push: Callable[..., Outcome], platform: Platform) -> None:
    platform.faults = [302]
    assert push().message.startswith("HTTP 302")
    assert len(platform.requests) == 1


def test_a_platform_that_does_not_answer_is_given_up(
    push: Callable[..., Outcome], platform: Platform
) -> None:
    # given a platform that takes the push and says nothing
    platform.gate.clear()
    begun = monotonic()
    # when half a second is what one waits
    outcome = push(timeout_seconds=0.5)
    # then the push ends without success
    assert not outcome.ok
    assert "超时" in outcome.message
    assert monotonic() - begun < 5


def test_nobody_listens(push: Callable[..., Outcome]) -> None:
    assert "连接失败" in push(url="http://127.0.0.1:9/").message


def test_a_certificate_that_nobody_vouches_for_is_refused(
    push: Callable[..., Outcome], platform: Platform
) -> None:
    outcome = push(url=platform.address.replace("http:", "https:"))
    assert not outcome.ok
    assert platform.requests == []


def test_a_secret_that_is_not_set_is_an_error_of_the_configuration(
    push: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLATFORM_SECRET")
    with pytest.raises(ChannelsFileInvalid, match="PLATFORM_SECRET"):
        push()


def test_only_http_addresses_are_pushed_to(push: Callable[..., Outcome]) -> None:
    with pytest.raises(ChannelsFileInvalid, match="file:"):
        push(url="file:///etc/hostname")


def test_the_platform_says_what_it_shows(platform: Platform, configured: Configured) -> None:
    settings = {"adapter": "http_push", "url": platform.address, "shows_url": platform.address}
    platform.shows = ["贵社信列〔2025〕1号"]
    adapter = telling(configured(C2=settings), "C2", NOON)
    assert adapter is not None
    assert adapter.showing().entries == {"贵社信列〔2025〕1号"}
    # and when it does not answer, nobody guesses
    platform.faults = [500]
    assert adapter.showing().entries is None
