"""One fictional department and its year: figures from a seeded random source in which every tie holds.

All amounts are whole 分 (hundredths of 元), so that 万元 with two decimals are exact: every amount is a multiple of 100 元.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from pathlib import Path

SUBJECTS = Path(__file__).resolve().parents[2] / "corpora" / "subjects"
YUAN = 100
STEP = 100 * YUAN
"""0.01 万元."""

PLACES = ("云岭省青禾市", "江北省临川县", "海东省石门区", "西原省白沙市", "南湖省长亭县")
BODIES = ("商务局", "水利局", "档案馆", "文化馆", "气象服务中心", "体育局", "审计局", "城市管理局", "图书馆")
CLASSES = (
    "一般公共服务支出", "外交支出", "国防支出", "公共安全支出", "教育支出", "科学技术支出", "文化旅游体育与传媒支出",
    "社会保障和就业支出", "卫生健康支出", "节能环保支出", "城乡社区支出", "农林水支出", "交通运输支出",
    "资源勘探工业信息等支出", "商业服务业等支出", "金融支出", "援助其他地区支出", "自然资源海洋气象等支出", "住房保障支出",
    "粮油物资储备支出", "国有资本经营预算支出", "灾害防治及应急管理支出", "其他支出",
)  # fmt: skip
OWN = ("201", "205", "206", "207", "211", "213", "214", "215", "216", "220", "222")
COMMON = {"208": ("20805",), "210": ("21011",), "221": ("22102",)}
STAFF = (
    "30101",
    "30102",
    "30103",
    "30107",
    "30108",
    "30109",
    "30110",
    "30112",
    "30113",
    "30199",
    "30302",
    "30305",
    "30309",
)
OFFICE = (
    "30201",
    "30202",
    "30205",
    "30206",
    "30207",
    "30209",
    "30211",
    "30213",
    "30215",
    "30216",
    "30226",
    "30228",
    "30229",
    "30239",
    "30299",
    "31002",
)
PUBLIC = {"出国": "30212", "运行": "30231", "接待": "30217"}


def _names(file: str) -> dict[str, str]:
    with (SUBJECTS / file).open(encoding="utf-8") as opened:
        return {row["code"]: row["name"] for row in csv.DictReader(opened) if not row["valid_to"]}


FUNCTIONAL, ECONOMIC = _names("functional.csv"), _names("economic.csv")


@dataclass(frozen=True)
class Item:
    """A 项 with its spending by nature and the fund that pays it, in 分."""

    code: str
    basic: int
    project: int
    fund: str = "一般公共"

    @property
    def total(self) -> int:
        """All spending of the 项."""
        return self.basic + self.project


@dataclass
class Department:
    """The figures of one department and year, of the year before, and of its budget."""

    name: str
    year: int
    items: list[Item]
    own_income: dict[str, int]
    economic: dict[str, int]
    public: dict[str, int]
    public_budget: dict[str, int]
    last_total: int
    purchases: list[tuple[str, str, int]] = field(default_factory=list)

    def total(self, *, fund: str = "", nature: str = "", under: str = "") -> int:
        """The spending of a fund (empty: all), of a nature (basic, project; empty: both), under a code."""
        return sum(
            getattr(item, nature or "total")
            for item in self.items
            if item.fund.startswith(fund) and item.code.startswith(under)
        )

    def appropriated(self, code: str) -> int:
        """The income from 财政拨款 for what is under a code."""
        return self.total(under=code) - self.own(code)

    def own(self, code: str) -> int:
        """The 事业收入 of what is under a code."""
        return sum(value for subject, value in self.own_income.items() if subject.startswith(code))

    def codes(self, fund: str = "") -> list[str]:
        """类, 款 and 项 with spending, in order."""
        items = [item.code for item in self.items if item.fund.startswith(fund)]
        return sorted({code[:length] for code in items for length in (3, 5, 7)})

    def staff(self) -> int:
        """人员经费."""
        return sum(value for code, value in self.economic.items() if code[:3] in ("301", "303"))

    def office(self) -> int:
        """公用经费."""
        return sum(self.economic.values()) - self.staff()


def make(seed: int) -> Department:
    """The department of a seed."""
    draw = random.Random(f"department {seed}")
    year = draw.randint(2019, 2025)
    items: list[Item] = []
    for own in draw.sample(OWN, 2):
        sections = sorted(code for code in FUNCTIONAL if len(code) == 5 and code.startswith(own))
        for section in draw.sample(sections, min(len(sections), draw.randint(1, 2))):
            below = sorted(code for code in FUNCTIONAL if len(code) == 7 and code.startswith(section))
            for code in draw.sample(below, min(len(below), draw.randint(1, 4))):
                basic = draw.choice([0, draw.randint(500, 90000)]) * STEP
                project = draw.choice([0, draw.randint(300, 120000)]) * STEP
                items.append(Item(code, basic, project if basic or project else 4200 * STEP))
    for sections in COMMON.values():
        for section in sections:
            below = sorted(code for code in FUNCTIONAL if len(code) == 7 and code.startswith(section))
            items += [Item(code, draw.randint(200, 9000) * STEP, 0) for code in draw.sample(below, min(len(below), 3))]
    if draw.random() < 0.5:
        items.append(Item("2120801", 0, draw.randint(900, 30000) * STEP, "政府性基金"))
    items = sorted({item.code: item for item in items}.values(), key=lambda item: item.code)
    first = items[0]
    own_income = {first.code: min(first.basic // 2, 900 * STEP) // STEP * STEP} if draw.random() < 0.5 else {}
    if own_income and not own_income[first.code]:
        own_income = {}
    general = [_less(item, own_income.get(item.code, 0)) for item in items]
    basic = sum(item.basic for item in general if item.fund == "一般公共")
    economic = _shares(draw, basic, [*draw.sample(STAFF, 9), *draw.sample(OFFICE, 10), *PUBLIC.values()])
    public = {name: economic.get(code, 0) for name, code in PUBLIC.items()} | {"购置": draw.choice([0, 1890 * STEP])}
    budget = {name: value + draw.randint(0, 60) * STEP if value else 0 for name, value in public.items()}
    return Department(
        draw.choice(PLACES) + draw.choice(BODIES), year, items, own_income, economic, public, budget,
        sum(item.total for item in items) * draw.randint(80, 120) // 100 // STEP * STEP,
        [("货物A", "办公设备", draw.randint(50, 900) * STEP), ("货物A", "车辆", draw.randint(50, 900) * STEP),
         ("工程B", "房屋修缮", draw.randint(50, 900) * STEP), ("服务C", "物业管理", draw.randint(50, 900) * STEP)],
    )  # fmt: skip


def _less(item: Item, own: int) -> Item:
    return Item(item.code, item.basic - own, item.project, item.fund)


def _shares(draw: random.Random, whole: int, codes: list[str]) -> dict[str, int]:
    """A whole parted among subjects, each with something."""
    weights = [draw.randint(1, 60) for _ in codes]
    parts = [whole * weight // sum(weights) // STEP * STEP for weight in weights]
    parts[0] += whole - sum(parts)
    return dict(sorted(zip(codes, parts, strict=True)))
