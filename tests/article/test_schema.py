"""The published schema."""

from __future__ import annotations

from dataclasses import field, make_dataclass

from newscrawl.article.item import Article
from newscrawl.article.schema import FILE, article_schema, schema_text
from newscrawl.article.types import FIELDS, fields_of
from tests.article.conftest import good


def test_the_shipped_file_is_what_the_class_says():
    assert FILE.read_text(encoding="utf8") == schema_text(), "python -m newscrawl.article writes it anew"


def test_every_field_is_described_and_typed():
    properties = article_schema()["properties"]
    assert list(properties) == list(FIELDS) == list(good())
    for name, keywords in properties.items():
        assert keywords["description"].endswith("."), name
        assert keywords["type"]


def test_what_is_added_later_is_not_required():
    later = field(default="", metadata={"description": "Its desk.", "added": "after version 1"})
    wider = make_dataclass("Wider", [("desk", str, later)], bases=(Article,))
    document = article_schema(fields_of(wider))
    assert document["properties"]["desk"] == {"description": "Its desk.", "type": "string"}
    assert document["required"] == [name for name, one in FIELDS.items() if not one.added] == list(FIELDS)[:26]


def test_a_list_of_objects_has_its_fields_typed():
    items = article_schema()["properties"]["links_in_text"]["items"]
    assert items == {
        "type": "object",
        "properties": {
            "url": {"description": "Where it leads.", "type": "string", "format": "iri"},
            "text": {"description": "The words that are linked.", "type": "string"},
            "internal": {"description": "Whether it leads to a page of the publisher.", "type": "boolean"},
        },
        "required": ["url", "text", "internal"],
    }


def test_it_is_a_schema(checker):
    import jsonschema_rs

    jsonschema_rs.meta.validate(article_schema())
