"""A database with the archive alone."""

import pytest
from sqlalchemy import create_engine

from engine.documents.models import Document


@pytest.fixture
def connection():
    engine = create_engine("sqlite://")
    Document.metadata.create_all(engine, tables=[Document.__table__])
    with engine.connect() as connection:
        yield connection
    engine.dispose()
