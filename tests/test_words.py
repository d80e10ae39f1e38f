"""Words, sounds, and phrases that differ from how the document writes them elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.confusions import confusions
from assistant.variants import rare_variants
from assistant.words import is_word, sound_alike, sounds, within_word


def test_words_and_the_word_that_a_character_is_part_of() -> None:
    assert is_word("金额")
    assert not is_word("协词")
    assert within_word("加强协调配合", 3) == "协调"
    assert within_word("加强协词配合", 3) == ""


def test_sounds() -> None:
    assert {"xing", "hang"} <= sounds("行")
    assert sound_alike("部署", "布署")
    assert not sound_alike("金额", "金")
    assert sounds("%") == frozenset()


OFTEN = "粮食应急保障体系建设有序推进，加强粮食应急保障体系建设，完善粮食应急保障体系建设方案。\n"


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        ("粮食应急保璋体系建设支出。", [("急保璋体", "急保障体")]),
        ("粮食应急保体系建设支出。", [("急保体", "急保障体")]),
        ("粮食应急保障体系建设支出。", []),
        ("粮食应急储备体系建设支出。", []),
        ("粮食应急体系建设支出。", []),
        ("粮食应急保障的体系建设支出。", []),
    ],
)
def test_a_broken_word_between_the_usual_neighbours_is_told(odd: str, told: list[tuple[str, str]]) -> None:
    assert [(each.wrong, each.right) for each in rare_variants(OFTEN * 2 + odd)] == told


def test_a_phrase_that_stops_within_a_word() -> None:
    text = "授予中小企业合同金额 8 万元，授予小微企业合同金额 6 万元，授予本地企业合同金额 4 万元，"
    assert [each.wrong for each in rare_variants(text + "授予监狱企业合同金 1 万元。")] == ["同金"]
    assert rare_variants(text + "授予监狱企业合同 1 万元。") == []


@given(st.text(alphabet="保障体系建设应急粮食，。 \n12", max_size=120))
def test_every_variant_stands_where_it_says(text: str) -> None:
    for each in rare_variants(text):
        assert text[each.start : each.end].replace(" ", "") == each.wrong


def test_confusions_are_many_and_lead_to_other_words() -> None:
    _, by_word = confusions()
    assert sum(len(entries) for entries in by_word.values()) >= 400
    assert all(entry.wrong != entry.right for entries in by_word.values() for entry in entries)
    rights = {entry.right for entries in by_word.values() for entry in entries if not (entry.before or entry.after)}
    assert not rights & {word for word, entries in by_word.items() if not (entries[0].before or entries[0].after)}
