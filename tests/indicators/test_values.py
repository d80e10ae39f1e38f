"""Values of indicators: what a printed target or actual value is, and when one meets the other."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.indicators.meeting import Likeness, State, likeness, meets, ratio
from assistant.indicators.values import Range, ValueKind, parse_value

MET, UNMET, UNKNOWN = State.MET, State.UNMET, State.UNKNOWN
NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2)
UNITS = st.sampled_from(["次", "%", "小时", "万元", "公里", "人次", "亩", ""])


@pytest.mark.parametrize(
    ("text", "kind", "operator", "low", "high"),
    [
        ("≥80%", ValueKind.PERCENT, ">=", "80", None),
        ("$\\geq$42 条", ValueKind.NUMBER, ">=", "42", None),
        ("\\leq 3 天", ValueKind.DURATION, "<=", None, "259200000"),
        ("控制在10万元以内", ValueKind.MONEY, "<=", None, "100000"),
        ("99. 4%", ValueKind.PERCENT, "", "99.4", "99.4"),
        ("2023年实际完成5706.34万条", ValueKind.NUMBER, "", "57063400", "57063400"),
        ("80%-90%", ValueKind.PERCENT, "范围", "80", "90"),
        ("均在1小时之内", ValueKind.DURATION, "<=", None, "3600000"),
        ("100余人", ValueKind.NUMBER, ">", "100", None),
        ("前10名", ValueKind.NUMBER, "<=", None, "10"),
        ("-2%", ValueKind.PERCENT, "", "-2", "-2"),
        ("7x24小时", ValueKind.DURATION, "", "168", "168"),
    ],
)
def test_read(text, kind, operator, low, high):
    value = parse_value(text)
    assert (value.kind, value.operator) == (kind, operator)
    bounds = (value.interval.low, value.interval.high)
    assert bounds == tuple(None if bound is None else Decimal(bound) for bound in (low, high))


@pytest.mark.parametrize(
    "text", ["12 34.5", "省会城市第2名、副省级城市第4名", "3次，其中县级1次", "2023年3月1日至2023年5月6日"]
)
def test_several_or_torn_numbers_are_unclear(text):
    assert parse_value(text).kind is ValueKind.UNCLEAR


@pytest.mark.parametrize("text", ["", "-", "——", "/", " … "])
def test_nothing_printed(text):
    assert parse_value(text).kind is ValueKind.NONE


@pytest.mark.parametrize(
    ("actual", "target", "name", "state"),
    [
        ("1次", "4次", "业务培训", UNMET),
        ("33个", "20个", "服务项目数", MET),
        ("808亿条", "≥110万条", "", MET),
        ("30分钟", "≤1小时", "", MET),
        ("≤0.17", "≤1", "响应时间(小时)", MET),
        (">3,000", "≥2500", "", MET),
        ("≥90%", "≥95%", "", UNKNOWN),
        ("<8小时", "<48小时", "", MET),
        ("0.97", "≥95%", "合格率", MET),
        ("0.93", "≥95%", "合格率", UNKNOWN),
        ("7×24小时", "7x24小时", "", MET),
        ("全年未发生安全事故", "≤1%", "事故率", MET),
        ("无重大安全事故", "0", "重大安全事故数", MET),
        ("1起", "0", "重大安全事故数", UNMET),
        ("1辆", "0辆", "购置车辆", UNKNOWN),
        ("已划转", "≥2次", "", UNMET),
        ("没有启动", "4个", "", UNMET),
        ("未采购", "≤20万元", "设备成本", UNKNOWN),
        ("无未完成事项", "≥3次", "", UNKNOWN),
        ("及时", "及时", "", MET),
        ("不及时", "及时", "", UNMET),
        ("有效提升", "提升", "", MET),
        ("提升", "有效提升", "", UNKNOWN),
        ("部分达成预期指标", "有效保障", "", UNMET),
        ("达成预期指标", "有效保障", "", MET),
        ("100%", "全面覆盖", "", MET),
        ("2023年12月20日", "2023年12月31日前", "", MET),
        ("2024年3月", "2023年12月底前", "", UNMET),
        ("12月", "12个月", "", MET),
        ("省会城市第2名、副省级城市第4名", "≤10名", "", UNKNOWN),
        ("3场", "4次", "", UNKNOWN),
        ("2小时", "24小时", "响应时间", MET),
        ("2小时", "24小时", "值守", UNKNOWN),
        ("5次", "3次", "有责投诉", UNKNOWN),
        ("8万元", "10万元", "", UNKNOWN),
        ("约100人", "≥120人", "", UNKNOWN),
        ("85%", "80%-90%", "", MET),
        ("增长2%", "下降5%", "", UNKNOWN),
        ("10.3%", "≥10%", "增长率", MET),
        ("第12名", "≤10名", "", UNKNOWN),
        ("11000", "≥1.2万人次", "服务人次", UNKNOWN),
        ("98. 5%", "≥98%", "", MET),
    ],
)
def test_meets(actual, target, name, state):
    assert meets(parse_value(actual), parse_value(target), name).state is state


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("85%", "85.54%", Likeness.PRECISION),
        ("99.9%", "99.98%", Likeness.PRECISION),
        ("1次", "4次", Likeness.DIFFERENT),
        ("≥7份", "7", Likeness.EQUAL),
        ("0%", "全年未发生安全事故", Likeness.EQUAL),
        ("1.2万人次", "12000人次", Likeness.EQUAL),
        ("0.17小时", "≤0.17", Likeness.EQUAL),
        ("30分钟", "1小时", Likeness.DIFFERENT),
        ("33746个", "3374个", Likeness.UNKNOWN),
        ("及时", "不及时", Likeness.UNKNOWN),
        ("3场", "4次", Likeness.UNKNOWN),
    ],
)
def test_likeness(one, other, like):
    assert likeness(parse_value(one), parse_value(other)) is like
    assert likeness(parse_value(other), parse_value(one)) is like


def test_unit_of_a_column():
    value = parse_value("≥1.2").with_unit("万人次")
    assert (value.dimension, value.interval) == ("人次", Range(Decimal(12000), None))
    assert parse_value("3次").with_unit("%").dimension == "次"


@given(st.text(max_size=60))
def test_never_fails(text):
    value = parse_value(text)
    assert meets(value, value).state in State
    assert value.numeric == (value.interval is not None)


@given(st.text(alphabet="0123456789.,≥≤<>=%万亿次年月日-~约余 ", max_size=30))
def test_never_fails_on_figures(text):
    parse_value(text)


@given(NUMBERS, UNITS)
def test_a_value_meets_itself(number, unit):
    value = parse_value(f"{number}{unit}")
    assert meets(value, value).state is MET
    assert likeness(value, value) is Likeness.EQUAL


@given(NUMBERS, NUMBERS, UNITS)
def test_operators(first, second, unit):
    actual = parse_value(f"{first:,}{unit}")
    assert meets(actual, parse_value(f"≥{second}{unit}")).state is (MET if first >= second else UNMET)
    assert meets(actual, parse_value(f"不超过{second}{unit}")).state is (MET if first <= second else UNMET)
    assert meets(actual, parse_value(f"<{second}{unit}")).state is (MET if first < second else UNMET)


@given(NUMBERS, NUMBERS)
def test_scales(first, second):
    actual = parse_value(f"{first}万元")
    state = meets(actual, parse_value(f"≥{second * 10000}元")).state
    assert state is (MET if first >= second else UNMET)
    if second:
        assert ratio(actual, parse_value(f"≥{second}万元")) == first * 10000 / (second * 10000)


@given(NUMBERS, NUMBERS, st.sampled_from(["≥", "≤", ">", "<", ""]), st.sampled_from(["≥", "≤", ">", "<", ""]))
def test_ranges_never_contradict(first, second, one, other):
    """A value told with a sign is met or unmet only if every number it stands for is."""
    actual, target = parse_value(f"{one}{first}次"), parse_value(f"{other}{second}次")
    state = meets(actual, target).state
    if state is MET and other:
        assert actual.interval.within(target.interval)
    if state is UNMET and other:
        assert actual.interval.apart(target.interval)
