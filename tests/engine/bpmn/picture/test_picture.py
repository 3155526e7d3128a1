"""The picture shows what is drawn, and nothing in it can run or call out."""

import pytest
from lxml import etree

from engine.bpmn.picture import draw
from engine.bpmn.picture.text import balanced, width, wrap
from engine.bpmn.reader import read_diagram
from tests.engine.bpmn.lint.pages import diagram, diagrams

SVG = "{http://www.w3.org/2000/svg}"

FOLDED = """
<bpmn:process id="process" isExecutable="true">
<bpmn:startEvent id="start" name="&lt;script&gt;alert(1)&lt;/script&gt;"/>
<bpmn:subProcess id="part" name="核查"><bpmn:userTask id="inner" name="询问"/></bpmn:subProcess>
<bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="part"/>
</bpmn:process>
<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="process">
<bpmndi:BPMNShape bpmnElement="start">
<dc:Bounds x="0" y="22" width="36" height="36"/></bpmndi:BPMNShape>
<bpmndi:BPMNShape bpmnElement="part" isExpanded="false">
<dc:Bounds x="90" y="0" width="100" height="80"/></bpmndi:BPMNShape>
<bpmndi:BPMNEdge bpmnElement="f1">
<di:waypoint x="36" y="40"/><di:waypoint x="90" y="40"/></bpmndi:BPMNEdge>
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="part">
<bpmndi:BPMNShape bpmnElement="inner">
<dc:Bounds x="0" y="0" width="100" height="80"/></bpmndi:BPMNShape>
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
"""


@pytest.fixture
def folded():
    return read_diagram(diagram(FOLDED), "x.bpmn")


def elements(svg: str) -> dict[str, str]:
    """Element id → its classes, as drawn."""
    root = etree.fromstring(svg.encode())
    return {
        g.get("data-element"): g.get("class") for g in root.iter(f"{SVG}g") if g.get("data-element")
    }


def texts(svg: str) -> list[str]:
    return [text.text or "" for text in etree.fromstring(svg.encode()).iter(f"{SVG}text")]


def test_elements_and_flows_are_drawn_with_their_ids(folded):
    assert elements(draw(folded)) == {
        "start": "element startEvent open",
        "part": "element subProcess open",
        "f1": "flow open",
    }


def test_tokens_and_passed_parts_are_told_apart(folded):
    svg = draw(folded, tokens={"part": 2}, passed_elements={"start"}, passed_flows={"f1"})
    assert elements(svg) == {
        "start": "element startEvent passed",
        "part": "element subProcess token",
        "f1": "flow passed",
    }
    assert "2" in texts(svg)


def test_tokens_in_a_folded_sub_process_show_on_it(folded):
    svg = draw(folded, tokens={"inner": 2, "part": 1})
    assert elements(svg)["part"] == "element subProcess token"
    assert "3" in texts(svg)


def test_the_inside_of_a_folded_sub_process_is_a_picture_of_its_own(folded):
    assert list(elements(draw(folded, plane="part"))) == ["inner"]


def test_a_token_on_an_unknown_element_is_not_drawn(folded):
    assert "token" not in draw(folded, tokens={"gone": 1})


def test_what_an_author_writes_stays_text(folded):
    svg = draw(folded, title='"><script>', labels={"part": "</text><script>"})
    names = {etree.QName(node).localname for node in etree.fromstring(svg.encode()).iter()}
    assert names <= {"svg", "title", "desc", "g", "path", "rect", "circle", "polygon", "text"}


def test_the_picture_obeys_a_strict_content_policy(folded):
    root = etree.fromstring(draw(folded, tokens={"part": 1}).encode())
    attributes = {str(name) for node in root.iter() for name in node.attrib}
    assert not {name for name in attributes if name in ("style", "id", "href") or name[:2] == "on"}
    assert "url(" not in draw(folded)


def test_the_picture_names_itself_to_screen_readers(folded):
    root = etree.fromstring(draw(folded, title="列入", description="在核查").encode())
    assert (root.get("role"), root.get("aria-label")) == ("img", "列入")
    assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == ("列入", "在核查")


def test_names_can_be_shown_in_another_language(folded):
    assert "Inquiry" in texts(draw(folded, labels={"part": "Inquiry"}))


def test_the_rest_is_pale_on_request(folded):
    root = etree.fromstring(draw(folded, passed_elements={"start"}, dim_rest=True).encode())
    pale = {g.get("data-element") for g in root.iter(f"{SVG}g") if g.get("opacity")}
    assert pale == {"part", "f1"}


def test_a_diagram_without_positions_says_so():
    _, right = diagrams("no-start")
    assert any("没有图形信息" in text for text in texts(draw(read_diagram(right, "x"))))


def test_chinese_breaks_anywhere_but_before_closing_punctuation():
    lines = wrap("核对当事人身份信息，并登记。", 12 * 9, 12)
    assert lines == ["核对当事人身份信", "息，并登记。"]
    assert all(width(line, 12) <= 12 * 9 for line in lines)


def test_english_breaks_at_spaces_and_long_words_are_cut():
    assert wrap("Review the case", 66, 12) == ["Review the", "case"]
    assert len(wrap("x" * 50, 60, 12)) > 2


def test_no_line_of_a_name_is_left_with_one_character():
    assert balanced("已有待复核的申辩？", 12 * 7, 12) == ["已有待复核", "的申辩？"]
    assert balanced("审核", 12 * 7, 12) == ["审核"]
