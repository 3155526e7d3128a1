"""The archive: what was served comes back, byte for byte, or not at all."""

from datetime import datetime

import pytest
from sqlalchemy import update

from engine.clock import SHANGHAI
from engine.documents import (
    DocumentDamaged,
    DocumentNotFound,
    archive,
    archived_document,
    document_bytes,
    documents_of,
    produce,
)
from engine.documents.models import Document
from tests.engine.documents import cases

SIGNED_AT = datetime(2024, 4, 8, 16, 30, tzinfo=SHANGHAI)


def keep(connection, letter, business_key="贵社信案〔2024〕3号"):
    document = produce(letter, cases.listing())
    key = archive(
        connection,
        document,
        created_at=SIGNED_AT,
        created_by="gc_ld01",
        instance_key=7,
        business_key=business_key,
    )
    return key, document


def test_a_letter_comes_back_as_it_was_served(connection):
    key, document = keep(connection, "listing_decision")
    assert document_bytes(connection, key) == document.content


def test_a_case_lists_its_letters_in_order_without_their_bytes(connection):
    keep(connection, "prior_notice")
    keep(connection, "listing_decision")
    keep(connection, "prior_notice", business_key="another case")
    listed = documents_of(connection, "贵社信案〔2024〕3号")
    assert [row.template for row in listed] == ["prior_notice", "listing_decision"]
    assert listed[1].number == "贵社信列〔2024〕2号"
    assert listed[1].created_at == SIGNED_AT
    assert listed[1].created_by == "gc_ld01"
    assert not hasattr(listed[1], "content")


def test_the_row_of_a_letter_says_what_it_was_made_from(connection):
    key, document = keep(connection, "prior_notice")
    row = archived_document(connection, key)
    assert (row.sha256, row.instance_key) == (document.sha256, 7)
    kept = connection.execute(Document.__table__.select()).one()
    assert kept.data == document.data
    assert kept.template_hash == document.template_hash
    # and the letter can be made again from it
    assert produce("prior_notice", kept.data).content == document.content


def test_a_changed_byte_is_noticed(connection):
    key, document = keep(connection, "prior_notice")
    forged = document.content.replace(b"%PDF-1.7", b"%PDF-1.6")
    connection.execute(update(Document).where(Document.key == key).values(content=forged))
    with pytest.raises(DocumentDamaged) as refusal:
        document_bytes(connection, key)
    assert "事先告知书" in refusal.value.message("zh")


def test_a_key_without_a_letter_is_refused(connection):
    for ask in (document_bytes, archived_document):
        with pytest.raises(DocumentNotFound):
            ask(connection, 99)
