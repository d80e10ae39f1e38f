"""Write the generated files (rule catalogue, schema of rule files), or check that they are fresh.

``python tests/tools/catalogue.py`` writes them; with ``--check`` it only compares and exits 1 if one is stale.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from assistant.reports.catalogue import catalogue_markdown
from assistant.rules import load_rulebook, rule_schema

ROOT = Path(__file__).resolve().parents[2]


def generated() -> dict[Path, str]:
    """The text that every generated file should have."""
    return {
        ROOT / "rules" / "README.md": catalogue_markdown(load_rulebook(), measured()),
        ROOT / "rules" / "schema.json": json.dumps(rule_schema(), ensure_ascii=False, indent=2) + "\n",
    }


def measured() -> dict[str, str]:
    """What the last ``make accuracy UPDATE=1`` measured of each rule."""
    figures = json.loads((ROOT / "tests" / "accuracy" / "baseline.json").read_text(encoding="utf-8"))
    return {code: "；".join(words) for code, words in figures.get("rules", {}).items()}


def stale() -> list[Path]:
    """The generated files that are missing or differ from what the code makes now."""
    return [path for path, text in generated().items() if not path.exists() or path.read_text(encoding="utf-8") != text]


def main() -> int:
    """Write or check; the exit status says whether all is well."""
    parser = argparse.ArgumentParser(description="重新生成规则目录与规则文件的 JSON Schema")
    parser.add_argument("--check", action="store_true", help="只检查是否最新，不写文件")
    if parser.parse_args().check:
        old = stale()
        for path in old:
            print(f"{path.relative_to(ROOT)} 不是最新的，请运行 make catalogue", file=sys.stderr)
        return 1 if old else 0
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")
        print(f"已生成 {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
