"""Values of settings."""

from __future__ import annotations

import pytest
from scrapy.settings import default_settings

from newscrawl import settings
from newscrawl.configuration.values import fault_of_value

OWN = {
    name: value
    for name, value in vars(settings).items()
    if name.isupper() and type(value) in (int, float) and not hasattr(default_settings, name)
}


@pytest.mark.parametrize("name", OWN)
def test_each_number_of_newscrawls_own_has_its_least_value(name):
    value = OWN[name]
    for fit in (value, str(value)):
        assert not fault_of_value(name, fit, value)
    assert " or more" in fault_of_value(name, -1, value) or "more than 0" in fault_of_value(name, -1, value)
    is_whole = isinstance(value, int)
    assert bool(fault_of_value(name, 2.5, value)) is is_whole
    assert bool(fault_of_value(name, "2.5", value)) is is_whole
    assert not fault_of_value(name, 3, value)
    assert not fault_of_value(name, 3.0, value)
