"""Rules: one YAML file each. Loading, validation with file and line in every message, selection.

A rule is data: it names one of our checks and gives it parameters. Nothing in a rule file can execute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from rapidfuzz import process

from assistant.findings import Category, Severity, Verdict
from assistant.resources import rules_dir
from assistant.yamlfile import YamlError, line_of, load_yaml

PLACEHOLDERS = frozenset({"subject", "stated", "expected", "calculation", "detail"})
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

FAMILIES = {
    "T1": "表内勾稽", "T2": "表间勾稽", "N3": "表文勾稽", "N4": "文内计算与前后一致", "R5": "原因说明",
    "P6": "绩效", "D7": "披露完整性", "W8": "年度与规范表述", "X9": "跨年与跨文档",
}  # fmt: skip

NAMED = 3
"""Characters of a code that name a rule which is off by default; fewer mean a whole family."""


class RuleFileError(Exception):
    """A rule file that cannot be used; the message is one Chinese line with file, line and what to do."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reference(_Strict):
    """What a rule rests on: a regulation with its clause, or the form's own note."""

    title: str
    clause: str = ""
    note: str = ""


class Example(_Strict):
    """A small document and the verdict the rule must give on it; run as a test."""

    name: str
    verdict: Verdict
    document: str
    note: str = ""
    findings: int | None = None


class Rule(_Strict):
    """One rule as written in its file."""

    code: Annotated[str, Field(pattern=r"^[A-Z]\d{3}$")]
    name: str
    summary: str
    category: Category
    severity: Severity
    status: Literal["stable", "preview"] = "stable"
    default: bool = True
    check: str
    kinds: tuple[Literal["final_accounts", "budget"], ...] = ("final_accounts", "budget")
    valid_from: int | None = None
    valid_to: int | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    reference: tuple[Reference, ...] = Field(min_length=1)
    message: str
    suggestion: str
    limits: str
    examples: tuple[Example, ...] = ()

    @field_validator("message", "suggestion")
    @classmethod
    def _known_placeholders(cls, text: str) -> str:
        for name in _PLACEHOLDER.findall(text):
            if name not in PLACEHOLDERS:
                raise ValueError(f"不认识占位符 {{{name}}}，可用的有 {'、'.join(sorted(PLACEHOLDERS))}")
        if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
            raise ValueError("花括号只能用来写占位符，如 {subject}")
        return text

    @property
    def family(self) -> str:
        """The family by the first two characters of the code, in words."""
        return FAMILIES.get(self.code[:2], "其他")

    @property
    def basis(self) -> str:
        """The references as one line."""
        return "；".join(f"{ref.title}{ref.clause}" for ref in self.reference)

    def applies_to(self, kind: str, year: int | None) -> str:
        """Why the rule does not apply to such a document; empty if it does."""
        if kind not in self.kinds and (kind != "other" or len(self.kinds) < 2):  # what is said of both is said of all
            return "不适用于" + ("决算" if kind == "final_accounts" else "预算" if kind == "budget" else "此类文件")
        if year is not None and self.valid_from is not None and year < self.valid_from:
            return f"自 {self.valid_from} 年度起适用"
        if year is not None and self.valid_to is not None and year > self.valid_to:
            return f"适用至 {self.valid_to} 年度"
        return ""


def fill(template: str, values: dict[str, str]) -> str:
    """Put values in a message template. Plain replacement: the template cannot reach into objects."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), template)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of one run, ordered by code; ``off`` are those that are off by default and were not named."""

    rules: tuple[Rule, ...]
    off: tuple[Rule, ...] = ()

    @property
    def known(self) -> tuple[Rule, ...]:
        """The rules of the run and those that are off, ordered by code: what a catalogue shows."""
        return tuple(sorted((*self.rules, *self.off), key=lambda rule: rule.code))

    def get(self, code: str) -> Rule | None:
        """The rule with this code."""
        return next((rule for rule in self.known if rule.code == code.upper()), None)


def load_rulebook(extra: Sequence[Path] = (), select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Rulebook:
    """Load the built-in rules and those in ``extra`` folders; keep what ``select``/``ignore`` (code prefixes) say.

    Rules that are off by default (``default: false``) run only where ``select`` names them by three characters or more
    (W89 or W892, not W or W8). Raises ``RuleFileError``.
    """
    rules: dict[str, tuple[Rule, Path]] = {}
    for folder in (rules_dir(), *extra):
        if not folder.is_dir():
            raise RuleFileError(f"{folder}：没有这个规则文件夹；请检查 --rules 后面的路径")
        for path in rule_files(folder):
            rule = load_rule(path)
            if rule.code in rules:
                raise RuleFileError(f"{path}：规则编号 {rule.code} 已用于 {rules[rule.code][1]}；请换一个编号")
            rules[rule.code] = (rule, path)
    chosen = [rule for rule, _ in rules.values()]
    for given in (select, ignore):
        for prefix in given:
            if not any(rule.code.startswith(prefix.upper()) for rule in chosen):
                raise RuleFileError(f"没有编号以 {prefix} 开头的规则；用 hecha rules 查看全部规则")
    wanted, named = tuple(p.upper() for p in select), tuple(p.upper() for p in select if len(p) >= NAMED)
    off = [rule for rule in chosen if not rule.default and not rule.code.startswith(named)]
    chosen = [rule for rule in chosen if rule not in off]
    if select:
        chosen = [rule for rule in chosen if rule.code.startswith(wanted)]
    if ignore:
        chosen = [rule for rule in chosen if not rule.code.startswith(tuple(p.upper() for p in ignore))]
    return Rulebook(tuple(sorted(chosen, key=lambda rule: rule.code)), tuple(off))


def rule_files(folder: Path) -> Iterator[Path]:
    """The rule files in a folder, in a stable order."""
    yield from sorted(path for path in folder.rglob("*.y*ml") if path.suffix in (".yaml", ".yml") and path.is_file())


def load_rule(path: Path) -> Rule:
    """Load and validate one rule file, its parameters included. Raises ``RuleFileError``."""
    from assistant.checks import CHECKS

    try:
        data = load_yaml(path)
    except YamlError as error:
        raise RuleFileError(str(error)) from error
    if not isinstance(data, dict):
        raise RuleFileError(f"{path}：第 1 行起应当是“字段: 值”的规则内容；用 hecha rule T101 看样例")
    try:
        rule = Rule.model_validate(data)
    except ValidationError as error:
        raise RuleFileError(_explain(path, error, Rule, ())) from error
    check = CHECKS.get(rule.check)
    if check is None:
        near = process.extractOne(rule.check, list(CHECKS))
        raise RuleFileError(
            f"{path}：第 {line_of(path, ('check',))} 行，没有名为“{rule.check}”的检查；最接近的是 {near[0] if near else ''}"
        )
    try:
        check.parameters.model_validate(rule.parameters)
    except ValidationError as error:
        raise RuleFileError(_explain(path, error, check.parameters, ("parameters",))) from error
    return rule


def _explain(path: Path, error: ValidationError, model: type[BaseModel], prefix: tuple[str | int, ...]) -> str:
    errors = error.errors()
    # A misspelt name is both unknown and missing: the first is what helps.
    first = next((each for each in errors if each["type"] == "extra_forbidden"), errors[0])
    location = (*prefix, *(step for step in first["loc"] if isinstance(step, str | int)))
    where = f"{path}：第 {line_of(path, location)} 行，"
    field = ".".join(str(step) for step in location)
    if first["type"] == "extra_forbidden":
        near = process.extractOne(str(location[-1]), _field_names(model, nested=len(first["loc"]) > 1))
        return f"{where}不认识字段“{field}”" + (f"；是否想写“{near[0]}”？" if near else "")
    if first["type"] == "missing":
        return f"{where}缺少字段“{field}”"
    if first["type"] == "value_error":
        return f"{where}字段“{field}”：{first['msg'].removeprefix('Value error, ')}"
    expected = first.get("ctx", {}).get("expected", "")
    return f"{where}字段“{field}”的值不对" + (f"，应为 {expected}" if expected else f"（{first['type']}）")


def _field_names(model: type[BaseModel], *, nested: bool) -> list[str]:
    """The fields of a model, or of all models inside it."""
    if not nested:
        return list(model.model_fields)
    return [
        name for inside in model.model_json_schema().get("$defs", {}).values() for name in inside.get("properties", ())
    ]


def rule_schema() -> dict[str, Any]:
    """The JSON schema of a rule file, for editors."""
    return Rule.model_json_schema()
