"""Scrapy's own exporters that know no lists of objects, such as an article's images."""

from __future__ import annotations

import json
from typing import Any

from scrapy.exporters import CsvItemExporter, MarshalItemExporter, PickleItemExporter, XmlItemExporter

from newscrawl.article.types import plain_list


class CsvExporter(CsvItemExporter):
    """Scrapy's, with an object or a list of objects as JSON."""

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        objects = plain_list(value)
        if objects is value and not isinstance(value, dict):
            return super().serialize_field(field, name, value)
        return json.dumps(objects, ensure_ascii=False)


class XmlExporter(XmlItemExporter):
    """Scrapy's, with an object's fields as elements; what is null has none, as in an article."""

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        objects = plain_list(value)
        if objects is not value:
            objects = [{key: held for key, held in one.items() if held is not None} for one in objects]
        return super().serialize_field(field, name, objects)


class PickleExporter(PickleItemExporter):
    """Scrapy's, with objects as dictionaries: a reader needs no newscrawl."""

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        return super().serialize_field(field, name, plain_list(value))


class MarshalExporter(MarshalItemExporter):
    """Scrapy's, with objects as dictionaries: marshal knows no classes."""

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        return super().serialize_field(field, name, plain_list(value))
