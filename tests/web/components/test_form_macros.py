"""Form pages without a script: everything works by submitting, and nothing typed is lost."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from engine.forms import read_form
from tests.engine.forms.making import samples
from tests.web.components.demo import ROOT, create_app


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


class Ids(HTMLParser):
    """Ids, the ids that are referred to, and styles written into the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wanted: set[str] = set()
        self.styled: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if named.get("id"):
            self.ids.append(str(named["id"]))
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.wanted.update((named.get(name) or "").split())
        if "style" in named or any(name.startswith("on") for name in named):
            self.styled.append(tag)


def test_every_label_and_description_finds_its_field(client):
    for page in (client.get("/"), client.post("/", data={}), client.get("/?readonly=1")):
        found = Ids(page.text)
        assert len(found.ids) == len(set(found.ids))
        assert found.wanted <= set(found.ids)
        assert not found.styled


def test_errors_are_listed_on_top_and_lead_to_their_fields(client):
    page = client.post("/", data={"party.name": "", "amount_due": "1,2x", "act_date_from": "昨天"})
    anchors = re.findall(r'<li><a href="#([^"]+)">', page.text)
    assert len(anchors) > 5
    assert set(anchors) <= set(Ids(page.text).ids)
    assert "「应缴金额」：「1,2x」不是数字。" in page.text
    # what cannot be read is still there
    assert 'value="1,2x"' in page.text
    assert 'value="昨天"' in page.text


def test_rows_come_and_go_by_buttons(client):
    typed = {"acts": "", "acts[0].act_no": "一号", "party.name": "甲"}
    added = client.post("/", data={**typed, "_add": "acts"})
    assert 'value="一号"' in added.text
    assert 'name="acts[1].act_no"' in added.text
    assert "data-cx-errors" not in added.text
    both = {**typed, "acts[1].act_no": "二号", "_remove": "acts[0]"}
    removed = client.post("/", data=both)
    assert 'value="二号"' in removed.text
    assert 'value="一号"' not in removed.text
    assert 'value="甲"' in removed.text


def test_the_first_button_of_a_form_only_redraws_it(client):
    # Enter in a field presses it
    first = re.search(r"<button[^>]*>", client.get("/").text)
    assert first is not None
    assert 'name="_refresh"' in first[0]
    page = client.post("/", data={"_refresh": "1", "party.party_class": "individual"})
    assert "身份证号码" in page.text
    assert "data-cx-errors" not in page.text


def test_what_is_hidden_goes_along_unseen(client):
    page = client.post(
        "/", data={"_refresh": "1", "party.e_service_consent": "", "party.e_address": "a@b.cn"}
    )
    assert '<input type="hidden" name="party.e_address" value="a@b.cn">' in page.text


def test_a_masked_number_is_not_in_the_page(client):
    text = client.get("/").text
    assert "341702197001011234" not in text
    assert "341702********1234" in text


def test_texts_of_clerks_are_escaped(client):
    page = client.post("/", data={"_refresh": "1", "party.name": '"><script>alert(1)</script>'})
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("path", samples() or [None], ids=lambda path: path.stem if path else "")
def test_every_sample_form_can_be_drawn(path):
    if path is None:
        pytest.skip("no sample forms beside the repository")
    shop = create_app(read_form(path.read_bytes(), path.name), {}).test_client()
    for page in (shop.get("/"), shop.post("/", data={}), shop.get("/?readonly=1")):
        assert page.status_code == 200


def test_every_word_of_the_macros_has_its_english():
    folder = ROOT / "web/components/forms"
    words = {
        word
        for file in folder.glob("*.html")
        for word in re.findall(r"""_\(["'](.+?)["'][,)]""", file.read_text("utf-8"))
    }
    shipped = ROOT / "web/translations/en/forms.po"
    file = shipped if shipped.exists() else folder / "en.po"
    with file.open("rb") as opened:
        english = read_po(opened)
    missing = [word for word in words if word not in english or not english[word].string]
    assert words
    assert not missing
