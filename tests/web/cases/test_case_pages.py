"""Cases: who sees which, what the page of one says, and what can be told to it."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import select

from engine.feel import decode
from engine.identity import SYSTEM
from engine.runtime import SourceFile
from engine.runtime.commands import Deploy, StartInstance
from engine.runtime.imports import BeginImport, advance, read_table
from engine.runtime.models import ProcessInstance, Variable
from tests.builders.diagram import HEAD, diagram, end, start, user_task
from tests.engine.register.clues import PERSON, as_csv, clue

TABS = ("", "/documents", "/processes", "/data", "/deadlines")

WAITING = (
    HEAD
    + """
<bpmn:message id="m" name="MSG_REPLY"><bpmn:extensionElements>
<zeebe:subscription correlationKey="=case_no"/></bpmn:extensionElements></bpmn:message>
<bpmn:process id="waits" name="等待答复" isExecutable="true">
<bpmn:extensionElements><zeebe:properties>
<zeebe:property name="businessKey" value="=case_no"/>
<zeebe:property name="organisation" value="=unit"/></zeebe:properties></bpmn:extensionElements>
<bpmn:startEvent id="s"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
<bpmn:intermediateCatchEvent id="reply" name="收到答复"><bpmn:extensionElements>
<zeebe:ioMapping><zeebe:output source="=reply_date" target="reply_date"/></zeebe:ioMapping>
</bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
<bpmn:messageEventDefinition id="d1" messageRef="m"/></bpmn:intermediateCatchEvent>
<bpmn:endEvent id="e" name="已答复"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="reply"/>
<bpmn:sequenceFlow id="f2" sourceRef="reply" targetRef="e"/>
</bpmn:process></bpmn:definitions>"""
)


@pytest.fixture
def cases(runtime):
    """Two cases of one district and one of another."""
    rows = [clue(1), clue(2, **PERSON), clue(3, 报送单位="CZ-DZ-JB", 主体名称="示例乙化工有限公司")]
    table = read_table("clues.csv", as_csv(rows))
    advance(runtime, runtime.execute(BeginImport(table=table, user=SYSTEM)))
    with runtime.reading() as connection:
        return connection.scalars(select(ProcessInstance.key).order_by(ProcessInstance.key)).all()


@pytest.fixture
def waiting(runtime):
    """A case that waits for a reply."""
    runtime.execute(Deploy(files=[SourceFile(name="waits.bpmn", content=WAITING.encode())]))
    variables = {"case_no": "R1", "unit": "CZ-GC"}
    return runtime.execute(StartInstance(process_id="waits", user=SYSTEM, variables=variables))


def test_the_list_shows_the_cases_of_the_own_bureau(cases, client_as):
    page = client_as("gc_xb01").get("/cases").text
    assert "示例甲机械有限公司" in page
    assert "示例乙化工有限公司" not in page
    assert "贵社信案〔2025〕1号" in page
    assert "341702190001020020" not in page
    assert "341702********0020" in page
    assert "示例乙化工有限公司" in client_as("cz_xb01").get("/cases").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=示例甲", True),
        ("q=91000000MA00000157", True),
        ("q=贵社信案〔2025〕1号", True),
        ("q=341702190001020020", False),
        ("q=没有", False),
        ("state=active", True),
        ("state=ended", False),
        ("process=appeal", False),
    ],
)
def test_the_list_can_be_narrowed(cases, client_as, query, found):
    page = client_as("gc_xb01").get(f"/cases?{query}").text
    assert ("示例甲机械有限公司" in page) is found


def test_the_city_can_choose_a_bureau(cases, client_as):
    client = client_as("cz_xb01")
    assert "示例甲机械有限公司" in client.get("/cases?unit=CZ-GC").text
    assert "示例甲机械有限公司" not in client.get("/cases?unit=CZ-DZ").text
    assert "示例甲机械有限公司" not in client.get("/cases?unit=CZ").text


def test_an_empty_list_says_so(client_as):
    assert "还没有案件" in client_as("gc_xb01").get("/cases").text


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_for_the_bureau_and_for_nobody_else(cases, client_as, tab):
    own, other = cases[0], cases[2]
    page = client_as("gc_xb01").get(f"/cases/{own}{tab}")
    assert page.status_code == 200
    assert "单位审核" in page.text
    refused = client_as("gc_xb01").get(f"/cases/{other}{tab}")
    assert refused.status_code == 403
    assert "示例乙" not in refused.text
    assert client_as("gc_xb01").get(f"/cases/999999{tab}").status_code == 404


def test_the_page_says_what_is_due_and_from_whom(cases, client_as):
    page = client_as("gc_xb01").get(f"/cases/{cases[0]}").text
    assert "现在该办" in page
    assert "剩 " in page
    assert "立案：列入失信人名单" in page
    deadlines = client_as("gc_xb01").get(f"/cases/{cases[0]}/deadlines").text
    assert "个工作日，自 2025-10-09 次日起" in deadlines


def test_numbers_of_persons_are_masked_on_every_tab(cases, client_as):
    for tab in TABS:
        page = client_as("gc_xb01").get(f"/cases/{cases[1]}{tab}").text
        assert "341702190001020020" not in page


def test_the_picture_of_a_case_is_for_its_bureau_only(cases, client_as):
    for part in ("diagram.bpmn", "tokens.json"):
        assert client_as("gc_xb01").get(f"/cases/instances/{cases[0]}/{part}").status_code == 200
        assert client_as("gc_xb01").get(f"/cases/instances/{cases[2]}/{part}").status_code == 403


def test_remarks_and_files_are_laid_to_a_case(cases, client_as):
    client = client_as("gc_xb01")
    client.post(f"/cases/{cases[0]}/remarks", data={"text": "已电话联系 <b>"})
    assert "已电话联系 &lt;b&gt;" in client.get(f"/cases/{cases[0]}").text
    sent = {"file": (BytesIO(b"%PDF-1.7 x"), "回执.pdf")}
    client.post(f"/cases/{cases[0]}/attachments", data=sent)
    page = client.get(f"/cases/{cases[0]}/documents").text
    assert "回执.pdf" in page
    file = client.get("/cases/attachments/1")
    assert file.data == b"%PDF-1.7 x"
    assert client_as("dz_xb01").get("/cases/attachments/1").status_code == 403
    assert client_as("dz_xb01").post(f"/cases/{cases[0]}/remarks").status_code == 403


def test_a_letter_is_given_as_served_and_only_while_its_hash_is_right(runtime, cases, client_as):
    import hashlib

    from sqlalchemy import insert, update

    from engine.documents.models import Document

    content = b"%PDF-1.7 letter"
    with runtime.engine.begin() as connection:
        connection.execute(
            insert(Document),
            {
                "instance_key": cases[0],
                "business_key": "贵社信案〔2025〕1号",
                "template": "t",
                "template_hash": "h",
                "title": "事先告知书",
                "number": "贵社信告〔2025〕1号",
                "created_at": runtime.clock.now(),
                "content": content,
                "sha256": hashlib.sha256(content).hexdigest(),
                "typst_version": "1",
                "data": {},
            },
        )
    client = client_as("gc_xb01")
    assert "贵社信告〔2025〕1号" in client.get(f"/cases/{cases[0]}/documents").text
    letter = client.get("/cases/documents/1")
    assert (letter.data, letter.mimetype) == (content, "application/pdf")
    assert client_as("dz_xb01").get("/cases/documents/1").status_code == 403
    assert "贵社信告〔2025〕1号" in client.get("/search?q=贵社信告").text
    with runtime.engine.begin() as connection:
        connection.execute(update(Document).values(content=b"%PDF other"))
    assert client.get("/cases/documents/1").status_code == 422


def test_an_editable_letter_is_given_as_a_word_file_too(runtime, cases, client_as):
    # given a letter made from a case, of a kind the office may go on writing
    from io import BytesIO

    import docx

    from engine.documents import archive, produce
    from tests.engine.documents.cases import listing

    with runtime.engine.begin() as connection:
        key = archive(
            connection,
            produce("prior_notice", listing()),
            created_at=runtime.clock.now(),
            instance_key=cases[0],
            business_key="贵社信案〔2025〕1号",
        )
    client = client_as("gc_xb01")
    # when the clerk takes the Word file from the case's page
    assert f"/cases/documents/{key}.docx" in client.get(f"/cases/{cases[0]}/documents").text
    answer = client.get(f"/cases/documents/{key}.docx")
    # then it says what the letter says, and no other bureau gets it
    words = "\n".join(one.text for one in docx.Document(BytesIO(answer.data)).paragraphs)
    assert "拟列入社会保险失信人名单事先告知书" in words
    assert "陈述和申辩" in words
    assert client_as("dz_xb01").get(f"/cases/documents/{key}.docx").status_code == 403


def test_the_search_finds_cases_of_the_bureau(cases, client_as):
    assert "示例甲机械有限公司" in client_as("gc_xb01").get("/search?q=示例甲").text
    assert "示例乙" not in client_as("gc_xb01").get("/search?q=示例乙化工").text.replace(
        "示例乙化工", ""
    )


def test_a_person_tells_the_case_what_came_in(runtime, waiting, client_as):
    client = client_as("gc_xb01")
    page = client.get(f"/cases/{waiting}").text
    assert "收到答复" in page
    form = client.get(f"/cases/{waiting}/messages/1").text
    assert 'name="reply_date"' in form
    assert client.post(f"/cases/{waiting}/messages/1", data={"reply_date": "x"}).status_code == 422
    late = client.post(f"/cases/{waiting}/messages/1", data={"reply_date": "2030-01-01"})
    assert "不能晚于现在" in late.text
    client.post(f"/cases/{waiting}/messages/1", data={"reply_date": "2025-10-08"})
    with runtime.reading() as connection:
        value = connection.scalar(select(Variable.value).where(Variable.name == "reply_date"))
    assert str(decode(value)) == "2025-10-08"
    again = client.post(
        f"/cases/{waiting}/messages/1", data={"reply_date": "2025-10-08"}, follow_redirects=True
    )
    assert "不等待这一事项" in again.text
    assert client_as("dz_xb01").get(f"/cases/{waiting}/messages/1").status_code == 403


def test_many_cases_make_pages(runtime, client_as):
    file = diagram("p", start(), user_task("a"), end(), flows="start -> a -> end")
    runtime.execute(Deploy(files=[SourceFile(name="p.bpmn", content=file)]))
    for _ in range(55):
        runtime.execute(StartInstance(process_id="p", user=SYSTEM))
    client = client_as("cz_xb01")
    first = client.get("/cases").text
    assert first.count("data-row-link") == 50
    second = client.get("/cases?older=6").text
    assert second.count("data-row-link") == 5
    assert 'rel="prev"' in second
