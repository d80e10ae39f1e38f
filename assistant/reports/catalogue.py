"""The catalogue of rules: the list, the page of one rule, and the whole as Markdown.

Every page has the same headings, so that a reader knows where to look; an empty one says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.document import Kind
from assistant.findings import CATEGORY_NAMES, SEVERITY_NAMES
from assistant.reports.as_markdown import escape
from assistant.reports.layout import Page, block, inline
from assistant.reports.places import KIND_NAMES
from assistant.rules import FAMILIES, fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assistant.rules import Reference, Rule, Rulebook

STATUS_NAMES: Final = {"stable": "正式", "preview": "试行"}
HEADINGS: Final = ("检查什么", "为什么", "依据", "参数", "不能判断的情形", "示例")
_BLANKS: Final = {
    "subject": "〔项目〕",
    "stated": "〔原文〕",
    "expected": "〔应为〕",
    "calculation": "〔计算过程〕",
    "detail": "〔说明〕",
}
SEVERITY_MEANINGS: Final = {
    "error": "两处印出的数字或表述不可能同时为真，无论依据如何。",
    "warning": "很可能有误，或不符合公开要求，需要人工复核。",
    "info": "值得知道的情况，例如尾差、截尾的百分比；不是差错。",
}


def render_rules(rulebook: Rulebook, page: Page | None = None) -> str:
    """The list of rules by family, one or two lines each."""
    page = page or Page()
    out = [f"共 {len(rulebook.known)} 条规则。查看一条规则的依据和示例：hecha rule 规则编号"]
    for name, rules in _families(rulebook.known):
        out += ["", page.paint(f"{name}（{len(rules)} 条）", "bold")]
        for rule in rules:
            marks = "·".join(_facts(rule))
            first, *rest = block(f"{rule.code}  {inline(rule.name)}（{marks}）", page, first="  ", rest="        ")
            out += [page.paint(first, "title"), *rest]
            out += block(inline(rule.summary), page, first="        ")
    return "\n".join(out) + "\n"


def render_rule(rule: Rule, page: Page | None = None) -> str:
    """The page of one rule under the fixed headings."""
    page = page or Page()
    out = [page.paint(line, "bold") for line in block(f"{rule.code} {inline(rule.name)}", page)]
    out += block(" · ".join(dict.fromkeys((rule.family, *_facts(rule)))), page)
    for heading, items in _sections(rule):
        out += ["", page.paint(heading, "title")]
        for item in items:
            first, _, rest = item.partition("\n")
            out += block(first, page, first="  ")
            if rest:
                out += [f"    {line}" for line in rest.split("\n")]
    return "\n".join(out) + "\n"


def catalogue_markdown(rulebook: Rulebook, measured: Mapping[str, str] | None = None) -> str:
    """The whole catalogue as one Markdown document; ``measured`` says for rules what was measured of them."""
    measured = measured or {}
    intro = f"共 {len(rulebook.known)} 条规则。本文件由规则文件生成，请勿手工修改。"
    if measured:
        intro += (
            "“实测”用 `make accuracy` 在示例报告上得到：该规则的疑点属实的比例，它核对过的数字被改错后检出（由它或其他规则）的比例，它自己指出的注入差错；"
            "没有写实测的规则，示例报告中没有它管的差错。"
        )
    out = ["# 规则目录", intro]
    for name, rules in _families(rulebook.known):
        out.append(f"## {name}")
        table = [
            "| 编号 | 名称 | 类别 | 严重程度 | 状态 | 适用年度 |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        for rule in rules:
            cells = (rule.code, rule.name, *_facts(rule, years=True))
            table.append("| " + " | ".join(escape(cell) for cell in cells) + " |")
        out.append("\n".join(table))
        for rule in rules:
            out += _markdown_page(rule, measured.get(rule.code, ""))
    return "\n\n".join(out) + "\n"


def _markdown_page(rule: Rule, measured: str) -> Iterator[str]:
    yield f"### {escape(rule.code)} {escape(rule.name)}"
    yield escape(" · ".join(_facts(rule)))
    if measured:
        yield f"实测：{measured}"
    for heading, items in _sections(rule):
        yield f"#### {heading}"
        for item in items:
            first, _, rest = item.partition("\n")
            yield escape(first)
            if rest:
                yield _fenced(rest)


def _fenced(text: str) -> str:
    """A code block whose fence is longer than any in the text."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}text\n{text}\n{fence}"


def _families(rules: Sequence[Rule]) -> list[tuple[str, list[Rule]]]:
    """The rules by family: the families in the order of the catalogue, then any others."""
    order = list(FAMILIES.values())
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.family, []).append(rule)
    return sorted(groups.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order))


def _facts(rule: Rule, *, years: bool = False) -> list[str]:
    """Category, severity, status, and the years if the rule is limited to some (always with ``years``)."""
    facts = [
        CATEGORY_NAMES.get(rule.category, rule.category),
        SEVERITY_NAMES[rule.severity],
        STATUS_NAMES.get(rule.status, rule.status),
    ]
    if not rule.default:
        facts[-1] += "、默认不运行"
    valid = _years(rule)
    return [*facts, valid or "不限"] if years or valid else facts


def _years(rule: Rule) -> str:
    first, last = rule.valid_from, rule.valid_to
    if first and last:
        return f"{first}–{last} 年度"
    if first:
        return f"{first} 年度起"
    return f"至 {last} 年度止" if last else ""


def _sections(rule: Rule) -> Iterator[tuple[str, list[str]]]:
    """The fixed headings with their paragraphs; the lines after the first of one are a document's text."""
    bodies: tuple[Iterable[str], ...] = (
        _paragraphs(rule.summary),
        _why(rule),
        [_reference(reference) for reference in rule.reference],
        _parameters(rule),
        _paragraphs(rule.limits),
        _examples(rule),
    )
    for heading, body in zip(HEADINGS, bodies, strict=True):
        yield heading, [item for item in body if item] or ["（无）"]


def _paragraphs(text: str) -> list[str]:
    return [inline(part) for part in text.split("\n")]


def _why(rule: Rule) -> Iterator[str]:
    yield f"严重程度为{SEVERITY_NAMES[rule.severity]}：{SEVERITY_MEANINGS[rule.severity]}"
    yield f"疑点的表述：{inline(fill(rule.message, _BLANKS))}"
    yield f"建议的处理：{inline(fill(rule.suggestion, _BLANKS))}"


def _reference(reference: Reference) -> str:
    note = inline(reference.note)
    return inline(f"{reference.title}{reference.clause}") + (f"：{note}" if note else "")


def _parameters(rule: Rule) -> Iterator[str]:
    yield f"检查方法：{inline(rule.check)}"
    kinds = "、".join(KIND_NAMES[Kind(kind)] for kind in rule.kinds)
    yield f"适用文件：{kinds}（{_years(rule) or '不限年度'}）"
    for name, value in rule.parameters.items():
        if isinstance(value, list | tuple) and any(isinstance(each, dict) for each in value):
            yield from (f"{inline(name)} {number}：{_value(each)}" for number, each in enumerate(value, 1))
        else:
            yield f"{inline(name)}：{_value(value)}"


def _value(value: object) -> str:
    """A parameter as a reader would write it."""
    if isinstance(value, dict):
        return "；".join(f"{inline(str(name))} = {_value(each)}" for name, each in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(_value(each) for each in value)
    if isinstance(value, bool) or value is None:
        return {True: "是", False: "否", None: "无"}[value]
    return inline(str(value))


def _examples(rule: Rule) -> Iterator[str]:
    for number, example in enumerate(rule.examples, 1):
        note = f"（{inline(example.note)}）" if example.note else ""
        body = "\n".join(inline(line) for line in example.document.strip("\n").split("\n"))
        yield f"{number}. {inline(example.name)} → {example.verdict.value}{note}\n{body}"
