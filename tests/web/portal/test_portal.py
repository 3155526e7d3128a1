"""What everybody may see of the list, and until when."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.clock import VirtualClock, in_shanghai
from engine.runtime import Runtime
from tests.web.portal.conftest import Publish
from web.app import create_app
from web.config import Config


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_everybody_sees_what_was_published_without_signing_in(
    client: FlaskClient, publish: Publish
) -> None:
    # given an entry that was published on the portal, and one only pushed to the platform
    shown = publish(1)
    publish(2, name="示例乙化工有限公司", adapter="file_drop")
    # when anybody opens the list and the entry
    page = client.get("/portal")
    # then the first stands there with the published fields, the second does not
    assert page.status_code == 200
    assert "示例甲机械有限公司" in page.text
    assert "示例乙" not in page.text
    assert "<script" not in page.text
    one = client.get(f"/portal/{shown}")
    assert "欠缴社会保险费" in one.text
    assert one.headers["Cache-Control"] == "no-store"


def test_an_entry_disappears_at_the_first_instant_after_its_last_day(
    client: FlaskClient, publish: Publish, clock: VirtualClock
) -> None:
    # given an entry through 2025-10-10, of which nobody has recorded the end yet
    key = publish(1, last_day=date(2025, 10, 10))
    # when its last day comes to its end
    clock.advance_to(in_shanghai(datetime(2025, 10, 10, 23, 59, 59)))
    assert "示例甲机械有限公司" in client.get("/portal").text
    clock.advance_to(in_shanghai(datetime(2025, 10, 11)))
    # then nothing of it is shown any more, in no form
    assert "示例甲机械有限公司" not in client.get("/portal").text
    assert client.get(f"/portal/{key}").status_code == 404
    assert "示例甲机械有限公司" not in client.get("/portal/list.csv").text
    assert client.get("/portal/list.json").json["items"] == []


@pytest.mark.parametrize(
    "why",
    [
        {"ended_at": in_shanghai(datetime(2025, 10, 1))},
        {"counted": False},
        {"taken_down_at": in_shanghai(datetime(2025, 10, 1))},
        {"hides": True},
    ],
    ids=["removed", "revoked", "taken down", "stay of execution"],
)
def test_what_may_not_be_shown_is_not_there(
    client: FlaskClient, publish: Publish, why: dict[str, object]
) -> None:
    key = publish(1, **why)
    assert "示例甲机械有限公司" not in client.get("/portal").text
    assert client.get(f"/portal/{key}").status_code == 404


def test_notices_stand_on_a_page_of_their_own(client: FlaskClient, publish: Publish) -> None:
    publish(1, action="notice", title="移出公示", ended_at=in_shanghai(datetime(2025, 10, 1)))
    assert "移出公示" in client.get("/portal/notices").text
    assert "示例甲机械有限公司" not in client.get("/portal").text


def test_of_a_revoked_listing_only_the_revocation_is_told(
    client: FlaskClient, publish: Publish
) -> None:
    # given an entry that was repaired, with its notice, and whose listing was revoked afterwards
    ended = in_shanghai(datetime(2025, 10, 1))
    repaired = {"action": "notice", "title": "修复结果公示", "event": "修复"}
    publish(1, ended_at=ended, counted=False, end_ground="撤销", **repaired)
    revoked = {"action": "notice", "title": "撤销列入公告", "event": "撤销"}
    publish(2, ended_at=ended, counted=False, end_ground="撤销", **revoked)
    # when anybody reads the notices, then the repair is not told any more
    page = client.get("/portal/notices").text
    assert "撤销列入公告" in page
    assert "修复结果公示" not in page


def test_a_unit_is_found_by_name_or_code_a_person_by_name_only(
    client: FlaskClient, publish: Publish
) -> None:
    # given a unit and a person in the list
    publish(1)
    publish(
        2,
        name="测试六",
        code="341702190001060065",
        shown_code="341702********0065",
        party_class="individual",
    )
    # when somebody searches
    by_name, by_code = client.get("/portal?q=测试六"), client.get("/portal?q=91000000MA00000157")
    by_identity = client.get("/portal?q=341702190001060065")
    # then names and codes of units lead there; whoever knows a person's number learns nothing
    assert "341702********0065" in by_name.text
    assert "示例甲" in by_code.text
    assert "测试六" not in by_identity.text
    assert "没有查到" in by_identity.text


def test_one_address_may_not_ask_without_end(runtime: Runtime, tmp_path) -> None:
    # given the program as it runs in earnest
    config = Config(
        database_url=str(runtime.engine.url), secret_key="x", var=tmp_path, testing=False
    )
    client = create_app(config, runtime).test_client()
    # when one address asks again and again
    answers = [client.get("/portal").status_code for _ in range(61)]
    # then it has to wait
    assert answers[:60] == [200] * 60
    assert answers[60] == 429


def test_a_spreadsheet_takes_no_name_for_a_formula(client: FlaskClient, publish: Publish) -> None:
    publish(1, name="=HYPERLINK(1)有限公司")
    assert "'=HYPERLINK" in client.get("/portal/list.csv").text
