"""Names that are nearly a known one, and those that only look so."""

from __future__ import annotations

import pytest

from assistant.spelling import Lexicon, slip, stretches
from assistant.subject_names import Named, Nearest


@pytest.mark.parametrize("text", ["一般公共务支出", "一般公共服服务支出", "一般公共眼务支出", "一般共公服务支出"])
def test_a_slip_is_near(text: str) -> None:
    assert Lexicon(["一般公共服务支出", "公共安全支出"]).near(text) == ("一般公共服务支出",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("社会保障与就业支出", "社会保障和就业支出"),
        ("未归口管理的行政单位离退休", "归口管理的行政单位离退休"),
        ("小学教育", "大学教育"),
        ("行政运行", "行政运行"),
    ],
)
def test_another_right_name_is_no_slip(text: str, name: str) -> None:
    assert not slip(text, name)


def test_a_short_local_name_is_left_alone() -> None:
    named = Named("粮政运行", "项", 0, 4)
    assert Nearest(set(), [named]).meant(named) == ""
    assert Nearest({"行政运行"}, [named]).meant(named) == "行政运行"


def test_a_body_with_a_character_lost() -> None:
    found = list(stretches("某某市青禾区数据资源管局概况", "", "某某市青禾区数据资源管理局"))
    assert [text for _, _, text in found][:1] == ["某某市青禾区数据资源管局"]
    assert list(stretches("某某市青禾区数据资源管理处概况", "", "某某市青禾区数据资源管理局")) == []
