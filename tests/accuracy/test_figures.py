"""The ledger on hand-labelled figures of the real reports: they are recognised, and none that is right is called wrong."""

from __future__ import annotations

import pytest
from figures import LABELS, measure, recognised, seed

from assistant.yamlfile import load_yaml

DOCS = sorted({item["doc"] for item in load_yaml(LABELS)})

pytestmark = pytest.mark.skipif(
    any(seed(doc) is None for doc in DOCS), reason="the real reports do not lie beside the project"
)


@pytest.fixture(scope="module")
def measured():
    return measure()


def test_the_labels_stand_where_they_say(measured):
    assert [item.label for item in measured if item.label.start < 0] == []
    assert len(measured) >= 200


def test_figures_are_recognised(measured):
    found, whole = recognised(measured)
    assert found >= whole * 97 / 100, [item.told for item in measured if item.entry is None]


def test_no_right_figure_is_called_wrong(measured):
    assert [item.told for item in measured if item.false_alarm] == []
