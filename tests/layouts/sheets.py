"""The tables of a department as grids: what is printed, and which amount belongs to which row and column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from made import CLASSES, ECONOMIC, FUNCTIONAL, Department

Expected = dict[tuple[str, str, str], int]
"""Amounts in 分 by side, row (code or plain label) and the column's canonical key."""

PUBLIC = {
    "合计": "合计",
    "出国": "因公出国费",
    "车": "公务用车小计",
    "购置": "公务用车购置费",
    "运行": "公务用车运行费",
    "接待": "公务接待费",
}
PRINTED = {
    "合计": "合计", "出国": "因公出国（境）费", "车": "公务用车购置及运行维护费", "购置": "公务用车购置费",
    "运行": "公务用车运行维护费", "接待": "公务接待费",
}  # fmt: skip


@dataclass(frozen=True)
class Head:
    """A header cell."""

    text: str
    across: int = 1
    down: int = 1


@dataclass
class Sheet:
    """One table: its header with spans, the rows as printed, its notes, and what must be read from it."""

    role: str
    title: str
    unit: str
    header: list[list[Head]]
    rows: list[list[str]]
    expected: Expected
    notes: list[str] = field(default_factory=list)
    amounts: int = 0
    """How many of the last columns hold amounts (for alignment)."""

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(len(row) for row in self.rows) if self.rows else sum(head.across for head in self.header[0])


@dataclass(frozen=True)
class Shape:
    """One value of each aspect of a layout."""

    number: int
    format: str
    set: str
    unit: str
    zero: str
    codes: str
    header: str
    total: str
    total_place: str
    public: str
    breaks: str
    frame: str


@dataclass(frozen=True)
class Printer:
    """How amounts are printed."""

    shape: Shape

    def __call__(self, value: int) -> str:
        """An amount in the unit of the tables."""
        if not value:
            return self.shape.zero
        return f"{Decimal(value) / (100 if self.shape.unit == '元' else 1_000_000):,.2f}"


def _nothing(code: str) -> int:
    return 0


def _fund_of(who: Department) -> Callable[[str], int]:
    return lambda code: who.total(fund="政府", under=code)


def sheets(who: Department, shape: Shape, titles: dict[str, str]) -> list[Sheet]:
    """All tables of a report in the given shape."""
    made = [make(who, shape) for make in (BUDGET if "预算" in shape.set else FINAL)]
    for sheet in made:
        title = titles.get(sheet.role, sheet.title)
        sheet.title = shape.frame.format(title, year=who.year, body=who.name)
    return made


def _subjects(
    who: Department, shape: Shape, role: str, title: str, columns: Sequence[tuple[str, str, Callable[[str], int]]],
    codes: list[str], names: dict[str, str], *, top: str = "",
) -> Sheet:  # fmt: skip
    """A table of subjects: columns as printed name, canonical key and the amount of a code (empty code: the total)."""
    show = Printer(shape)
    lead = {"one": 2, "three": 4, "in_name": 1, "repeated": 2}[shape.codes]
    expected: Expected = {}
    rows = []

    def row(code: str, name: str, key: str) -> list[str]:
        for _, column, amount in columns:
            if amount(code):
                expected["", key, column] = amount(code)
        return [*_lead(shape.codes, code, name), *(show(amount(code)) for _, _, amount in columns)]

    total = row("", shape.total, "合计")
    rows = [row(code, names[code], code) for code in codes]
    rows = [total, *rows] if shape.total_place == "top" else [*rows, total]
    labels = (
        [Head("科目编码", 3), Head("科目名称")]
        if lead == 4
        else [Head("科目编码"), Head("科目名称")]
        if lead == 2
        else [Head("科目")]
    )
    if shape.header == "full":
        header = [
            [Head("项目", lead), *([Head(top, len(columns))] if top else [Head(name, 1, 2) for name, _, _ in columns])],
            [*labels, *([Head(name) for name, _, _ in columns] if top else [])],
        ]
        if lead == 1:
            flat = [[Head("科目"), *(Head(name) for name, _, _ in columns)]]
            header = [[Head("科目", 1, 2), *header[0][1:]], header[1][1:]] if top else flat
    else:
        header = [[*labels, *(Head(name) for name, _, _ in columns)]]
    if shape.header == "numbered":
        first = (
            [Head("类"), Head("款"), Head("项"), Head("栏次")]
            if lead == 4
            else [Head("类款项"), Head("栏次")]
            if lead == 2
            else [Head("栏次")]
        )
        header.append([*first, *(Head(str(i)) for i in range(1, len(columns) + 1))])
    return Sheet(role, title, shape.unit, header, rows, expected, [], len(columns))


def _lead(kind: str, code: str, name: str) -> list[str]:
    if kind == "three":
        return [code[:3], code[3:5], code[5:7], name]
    if kind == "in_name":
        return [f"{code} {name}".strip()]
    if kind == "repeated":
        return [code, f"{code}{name}" if len(code) == 7 else name]
    return [code, name]


def _final_income(who: Department, shape: Shape) -> Sheet:
    own = who.own
    none = _nothing
    columns = [
        ("本年收入合计", "本年收入合计", lambda code: who.total(under=code)),
        ("财政拨款收入", "财政拨款收入", who.appropriated), ("上级补助收入", "上级补助收入", none),
        ("事业收入", "事业收入", own), ("经营收入", "经营收入", none), ("附属单位上缴收入", "附属单位上缴收入", none),
        ("其他收入", "其他收入", none),
    ]  # fmt: skip
    return _subjects(who, shape, "公开02", "收入决算表", columns, who.codes(), FUNCTIONAL)


def _final_spending(who: Department, shape: Shape) -> Sheet:
    none = _nothing
    columns = [
        ("本年支出合计", "本年支出合计", lambda code: who.total(under=code)),
        ("基本支出", "基本支出", lambda code: who.total(nature="basic", under=code)),
        ("项目支出", "项目支出", lambda code: who.total(nature="project", under=code)),
        ("上缴上级支出", "上缴上级支出", none), ("经营支出", "经营支出", none),
        ("对附属单位补助支出", "对附属单位补助支出", none),
    ]  # fmt: skip
    return _subjects(who, shape, "公开03", "支出决算表", columns, who.codes(), FUNCTIONAL)


def _general(who: Department, code: str, nature: str = "") -> int:
    return who.total(fund="一般", nature=nature, under=code) - (0 if nature == "project" else who.own(code))


def _general_codes(who: Department) -> list[str]:
    return [code for code in who.codes("一般") if _general(who, code)]


def _final_general(who: Department, shape: Shape) -> Sheet:
    columns = [
        ("小计", "小计", lambda code: _general(who, code)),
        ("基本支出", "基本支出", lambda code: _general(who, code, "basic")),
        ("项目支出", "项目支出", lambda code: _general(who, code, "project")),
    ]
    codes = _general_codes(who)
    return _subjects(who, shape, "公开05", "一般公共预算财政拨款支出决算表", columns, codes, FUNCTIONAL, top="本年支出")


def _final_fund(who: Department, shape: Shape) -> Sheet:
    none = _nothing
    columns = [
        ("年初结转和结余", "年初结转和结余", none), ("本年收入", "本年收入", _fund_of(who)), ("本年支出小计", "本年支出小计", _fund_of(who)),
        ("基本支出", "基本支出", none), ("项目支出", "项目支出", _fund_of(who)), ("年末结转和结余", "年末结转和结余", none),
    ]  # fmt: skip
    sheet = _subjects(
        who, shape, "公开07", "政府性基金预算财政拨款收入支出决算表", columns, who.codes("政府"), FUNCTIONAL
    )
    if not sheet.expected:
        sheet.notes = ["注：本部门本年度无政府性基金预算财政拨款收入、支出，故本表无数据。"]
    return sheet


def _final_capital(who: Department, shape: Shape) -> Sheet:
    none = _nothing
    columns = [("合计", "本年支出合计", none), ("基本支出", "基本支出", none), ("项目支出", "项目支出", none)]
    sheet = _subjects(who, shape, "公开08", "国有资本经营预算财政拨款支出决算表", columns, [], FUNCTIONAL)
    sheet.notes = ["注：本部门本年度无国有资本经营预算财政拨款支出，故本表无数据。"]
    return sheet


def _sides(
    shape: Shape, role: str, title: str, left: list[tuple[str, str, int]], right: list[tuple[str, str, list[int]]],
    heads: tuple[str, list[tuple[str, str]]], end: tuple[list[tuple[str, str, int]], list[tuple[str, str, list[int]]]],
) -> Sheet:  # fmt: skip
    """A table of two sides; rows as printed label, canonical key and amounts; ``end`` are the totals, level on both sides."""
    show, expected = Printer(shape), {}
    height = max(len(left), len(right))
    left = [*left, *[("", "", 0)] * (height - len(left)), *end[0]]
    right = [*right, *[("", "", [0] * len(heads[1]))] * (height - len(right)), *end[1]]
    rows = []
    for (name, key, value), (other, its, values) in zip(left, right, strict=True):
        rows.append([name, show(value) if name else "", other, *((show(v) if other else "") for v in values)])
        if value:
            expected["收入", key, heads[0]] = value
        for (_, column), v in zip(heads[1], values, strict=True):
            if v:
                expected["支出", its, column] = v
    columns = [name for name, _ in heads[1]]
    header = [
        [Head("收入", 2), Head("支出", 1 + len(columns))],
        [Head("项目"), Head(heads[0]), Head("项目"), *map(Head, columns)],
    ]
    return Sheet(role, title, shape.unit, header, rows, expected, [], 0)


_NUMERALS = "一二三四五六七八九十"


def _numeral(n: int) -> str:
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens - 1] + "十") + (
        _NUMERALS[ones - 1] if ones else ""
    )


def _listed(names: Sequence[str]) -> list[str]:
    return [f"{_numeral(i)}、{name}" for i, name in enumerate(names, 1)]


def _class_amounts(who: Department, fund: str) -> list[int]:
    found = dict.fromkeys(CLASSES, 0)
    for code in {item.code[:3] for item in who.items}:
        value = _general(who, code) if fund == "一般" else who.total(fund=fund, under=code)
        if value:
            found[FUNCTIONAL[code]] = value
    assert len(found) == len(CLASSES), [name for name in found if name not in CLASSES]
    return list(found.values())


def _final_all(who: Department, shape: Shape) -> Sheet:
    names = [
        "一般公共预算财政拨款收入",
        "政府性基金预算财政拨款收入",
        "国有资本经营预算财政拨款收入",
        "上级补助收入",
        "事业收入",
        "经营收入",
        "附属单位上缴收入",
        "其他收入",
    ]
    own = sum(who.own_income.values())
    amounts = [_general(who, ""), who.total(fund="政府"), 0, 0, own, 0, 0, 0]
    left = [(label, name, value) for label, name, value in zip(_listed(names), names, amounts, strict=True)]
    right = [
        (label, name, [value])
        for label, name, value in zip(_listed(CLASSES), CLASSES, _class_amounts(who, ""), strict=True)
    ]
    total = who.total()
    end = (
        [("本年收入合计", "本年收入合计", total), ("年初结转和结余", "年初结转和结余", 0), ("总计", "总计", total)],
        [
            ("本年支出合计", "本年支出合计", [total]),
            ("年末结转和结余", "年末结转和结余", [0]),
            ("总计", "总计", [total]),
        ],
    )
    return _sides(shape, "公开01", "收入支出决算总表", left, right, ("决算数", [("决算数", "决算数")]), end)


def _final_appropriation(who: Department, shape: Shape) -> Sheet:
    names = ["一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]
    general, fund = _general(who, ""), who.total(fund="政府")
    left = [(label, name, value) for label, name, value in zip(_listed(names), names, [general, fund, 0], strict=True)]
    pairs = zip(_class_amounts(who, "一般"), _class_amounts(who, "政府"), strict=True)
    right = [
        (label, name, [g + f, g, f, 0]) for label, name, (g, f) in zip(_listed(CLASSES), CLASSES, pairs, strict=True)
    ]
    total = general + fund
    amounts = [total, general, fund, 0]
    end = (
        [
            ("本年收入合计", "本年收入合计", total),
            ("年初财政拨款结转和结余", "年初财政拨款结转和结余", 0),
            ("总计", "总计", total),
        ],
        [
            ("本年支出合计", "本年支出合计", amounts),
            ("年末财政拨款结转和结余", "年末财政拨款结转和结余", [0] * 4),
            ("总计", "总计", amounts),
        ],
    )
    columns = [("小计", "小计"), *((name, name) for name in names)]
    return _sides(shape, "公开04", "财政拨款收入支出决算总表", left, right, ("决算数", columns), end)


def _grouped(who: Department, shape: Shape, role: str, title: str, column: str) -> Sheet:
    """基本支出 by economic subjects in two groups of columns: 人员经费 left, 公用经费 right."""
    show, expected = Printer(shape), {}

    def listed(classes: tuple[str, ...]) -> list[tuple[str, str, int]]:
        found = []
        for first in classes:
            below = {code: value for code, value in who.economic.items() if code.startswith(first)}
            if below:
                found.append((first, ECONOMIC[first], sum(below.values())))
                found += [(code, ECONOMIC[code], value) for code, value in below.items()]
        return found

    left, right = listed(("301", "303")), listed(("302", "310"))
    for code, _, value in (*left, *right):
        if value:
            expected["", code, column] = value
    height = max(len(left), len(right))
    blank = ("", "", 0)
    left, right = left + [blank] * (height - len(left)), right + [blank] * (height - len(right))
    rows = [
        [a, b, show(c) if a else "", d, e, show(f) if d else ""]
        for (a, b, c), (d, e, f) in zip(left, right, strict=True)
    ]
    rows.append(["人员经费合计", "", show(who.staff()), "公用经费合计", "", show(who.office())])
    if column == "决算数":
        expected["", "人员经费合计", column], expected["", "公用经费合计", column] = who.staff(), who.office()
    header = [
        [Head("人员经费", 3), Head("公用经费", 3)],
        [Head("科目编码"), Head("科目名称"), Head(column), Head("科目编码"), Head("科目名称"), Head(column)],
    ]
    return Sheet(role, title, shape.unit, header, rows, expected)


def _final_basic(who: Department, shape: Shape) -> Sheet:
    return _grouped(who, shape, "公开06", "一般公共预算财政拨款基本支出决算明细表", "决算数")


def _public_amounts(given: dict[str, int]) -> dict[str, int]:
    car = given["购置"] + given["运行"]
    return {
        "合计": given["出国"] + car + given["接待"], "出国": given["出国"], "车": car, "购置": given["购置"],
        "运行": given["运行"], "接待": given["接待"],
    }  # fmt: skip


def _final_public(who: Department, shape: Shape) -> Sheet:
    show = Printer(shape)
    budget, actual = _public_amounts(who.public_budget), _public_amounts(who.public)
    expected = {
        ("", "", f"{stage}{PUBLIC[name]}"): value
        for stage, found in (("预算", budget), ("决算", actual))
        for name, value in found.items()
        if value
    }
    title = "财政拨款“三公”经费支出决算表"
    if shape.public == "list":
        labels = [
            "“三公”经费合计",
            "1.因公出国（境）费",
            "2.公务用车购置及运行维护费",
            "（1）公务用车购置费",
            "（2）公务用车运行维护费",
            "3.公务接待费",
        ]
        rows = [[label, show(budget[name]), show(actual[name])] for label, name in zip(labels, PUBLIC, strict=True)]
        return Sheet(
            "公开09", title, shape.unit, [[Head("项目"), Head("预算数"), Head("决算数")]], rows, expected, [], 2
        )
    car = [Head("小计"), Head("公务用车购置费"), Head("公务用车运行维护费")]
    six = [
        Head("合计", 1, 2),
        Head("因公出国（境）费", 1, 2),
        Head("公务用车购置及运行维护费", 3),
        Head("公务接待费", 1, 2),
    ]
    if shape.public == "alternating":
        both = [Head("预算数"), Head("决算数")]
        header = [
            [Head("合计", 2, 2), Head("因公出国（境）费", 2, 2), Head("公务用车购置及运行维护费", 6), Head("公务接待费", 2, 2)],
            [Head("小计", 2), Head("公务用车购置费", 2), Head("公务用车运行维护费", 2)],
            both * 6,
        ]  # fmt: skip
        row = [show(found[name]) for name in PUBLIC for found in (budget, actual)]
        return Sheet("公开09", title, shape.unit, header, [row], expected, [], 12)
    if shape.public == "coded":
        header = [[Head("科目编码", 1, 3), Head("科目名称", 1, 3), Head("决算数", 6)], six, car]
        amounts = [show(value) for value in actual.values()]
        rows = [
            ["", "合计", *amounts],
            ["201", "一般公共服务支出", *amounts],
            ["20101", "人大事务", *amounts],
            ["2010101", "行政运行", *amounts],
        ]
        expected = {
            ("", code or "合计", f"决算{PUBLIC[name]}"): value
            for code in ("", "201", "20101", "2010101")
            for name, value in actual.items()
            if value
        }
        return Sheet("公开09", title, shape.unit, header, rows, expected, [], 6)
    header = [[Head("预算数", 6), Head("决算数", 6)], six * 2, car * 2]
    if shape.header == "numbered":
        header.append([Head(str(i)) for i in range(1, 13)])
    return Sheet(
        "公开09", title, shape.unit, header, [[show(v) for v in (*budget.values(), *actual.values())]], expected, [], 12
    )


FINAL = (
    _final_all, _final_income, _final_spending, _final_appropriation, _final_general, _final_basic, _final_fund,
    _final_capital, _final_public,
)  # fmt: skip


def _budget_all(who: Department, shape: Shape) -> Sheet:
    names = ["一般公共预算拨款收入", "政府性基金预算拨款收入", "国有资本经营预算拨款收入", "事业收入", "其他收入"]
    amounts = [_general(who, ""), who.total(fund="政府"), 0, sum(who.own_income.values()), 0]
    left = [(label, name, value) for label, name, value in zip(_listed(names), names, amounts, strict=True)]
    right = [
        (label, name, [value])
        for label, name, value in zip(_listed(CLASSES), CLASSES, _class_amounts(who, ""), strict=True)
    ]
    total = who.total()
    end = ([("收入总计", "总计", total)], [("支出总计", "总计", [total])])
    return _sides(shape, "预算收支总表", "收支预算总表", left, right, ("预算数", [("预算数", "预算数")]), end)


def _budget_income(who: Department, shape: Shape) -> Sheet:
    own = who.own
    columns = [
        ("合计", "合计", lambda code: who.total(under=code)),
        ("一般公共预算拨款收入", "一般公共预算拨款收入", lambda code: _general(who, code)),
        ("政府性基金预算拨款收入", "政府性基金预算拨款收入", lambda code: who.total(fund="政府", under=code)),
        ("事业收入", "事业收入", own), ("其他收入", "其他收入", lambda code: 0),
    ]  # fmt: skip
    return _subjects(who, shape, "预算收入总表", "收入预算总表", columns, who.codes(), FUNCTIONAL)


def _budget_spending(who: Department, shape: Shape) -> Sheet:
    columns = [
        ("合计", "合计", lambda code: who.total(under=code)),
        ("基本支出", "基本支出", lambda code: who.total(nature="basic", under=code)),
        ("项目支出", "项目支出", lambda code: who.total(nature="project", under=code)),
    ]
    return _subjects(who, shape, "预算支出总表", "支出预算总表", columns, who.codes(), FUNCTIONAL)


def _budget_appropriation(who: Department, shape: Shape) -> Sheet:
    names = ["一般公共预算拨款", "政府性基金预算拨款", "国有资本经营预算拨款"]
    general, fund = _general(who, ""), who.total(fund="政府")
    left = [(label, name, value) for label, name, value in zip(_listed(names), names, [general, fund, 0], strict=True)]
    pairs = zip(_class_amounts(who, "一般"), _class_amounts(who, "政府"), strict=True)
    right = [(label, name, [g + f, g, f]) for label, name, (g, f) in zip(_listed(CLASSES), CLASSES, pairs, strict=True)]
    total = general + fund
    end = ([("收入总计", "总计", total)], [("支出总计", "总计", [total, general, fund])])
    columns = [("合计", "预算数"), ("一般公共预算", "一般公共预算"), ("政府性基金预算", "政府性基金预算")]
    return _sides(shape, "预算财政拨款收支总表", "财政拨款收支预算总表", left, right, ("预算数", columns), end)


def _budget_general(who: Department, shape: Shape) -> Sheet:
    columns = [
        ("合计", "合计", lambda code: _general(who, code)),
        ("基本支出", "基本支出", lambda code: _general(who, code, "basic")),
        ("项目支出", "项目支出", lambda code: _general(who, code, "project")),
    ]
    return _subjects(who, shape, "预算一般公共支出表", "一般公共预算支出表", columns, _general_codes(who), FUNCTIONAL)


def _budget_basic(who: Department, shape: Shape) -> Sheet:
    def under(code: str, kind: tuple[str, ...] = ("3",)) -> int:
        return sum(v for c, v in who.economic.items() if c.startswith(code) and c.startswith(kind))

    columns = [
        ("合计", "合计", under), ("人员经费", "人员经费", lambda code: under(code, ("301", "303"))),
        ("公用经费", "公用经费", lambda code: under(code, ("302", "310"))),
    ]  # fmt: skip
    codes = sorted({code[:length] for code, value in who.economic.items() if value for length in (3, 5)})
    return _subjects(who, shape, "预算一般公共基本支出表", "一般公共预算基本支出表", columns, codes, ECONOMIC)


def _budget_public(who: Department, shape: Shape) -> Sheet:
    show, amounts = Printer(shape), _public_amounts(who.public_budget)
    header = [
        [Head("合计", 1, 2), Head("因公出国（境）费", 1, 2), Head("公务用车购置及运行费", 3), Head("公务接待费", 1, 2)],
        [Head("小计"), Head("公务用车购置费"), Head("公务用车运行费")],
    ]
    keys = PUBLIC | {"合计": "三公合计"}
    expected = {("", "", keys[name]): value for name, value in amounts.items() if value}
    return Sheet(
        "预算三公经费表",
        "一般公共预算“三公”经费支出表",
        shape.unit,
        header,
        [[show(v) for v in amounts.values()]],
        expected,
        [],
        6,
    )


def _budget_fund(who: Department, shape: Shape) -> Sheet:
    columns = [
        ("合计", "合计", _fund_of(who)),
        ("基本支出", "基本支出", lambda code: 0),
        ("项目支出", "项目支出", _fund_of(who)),
    ]
    sheet = _subjects(
        who, shape, "预算政府性基金支出表", "政府性基金预算支出表", columns, who.codes("政府"), FUNCTIONAL
    )
    if not sheet.expected:
        sheet.notes = ["注：本单位本年度没有使用政府性基金预算拨款安排的支出，故本表无数据。"]
    return sheet


BUDGET = (
    _budget_all, _budget_income, _budget_spending, _budget_appropriation, _budget_general, _budget_basic, _budget_public,
    _budget_fund,
)  # fmt: skip
