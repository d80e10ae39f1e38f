# 核查助手：常用命令。只需要 Python 3.11 及以上（带 venv 与 pip）、make，首次运行需要能访问软件包索引。
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
SAMPLE ?= corpora/samples/hubei-final/table-errors.txt

RUNTIME := $(VENV)/.runtime
DEV     := $(VENV)/.dev

.DEFAULT_GOAL := help
.PHONY: help demo test check lint bench fuzz accuracy layouts catalogue lock clean

help:  ## 列出全部命令
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(RUNTIME)  ## 核查一份带差错的示例决算报告
	$(BIN)/hecha check --fail-on never $(SAMPLE)

test: $(DEV)  ## 运行全部测试
	$(BIN)/python -m pytest

check: lint test  ## 代码检查、类型检查、依赖约束，然后运行全部测试

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/tools/catalogue.py --check

bench: $(DEV)  ## 测量耗时与内存，与设计目标对照
	$(BIN)/python tests/bench/bench.py

fuzz: $(DEV)  ## 用随机损坏的文件试验 10 分钟；SECONDS=20 SEED=7 可改时间与种子
	$(BIN)/python -m tests.fuzz.fuzz --seconds $(or $(SECONDS),600) --seed $(or $(SEED),1) $(if $(INPUTS),--inputs $(INPUTS))

accuracy: $(DEV)  ## 测量标注样本与注入差错的检出率、误报；FILES="报告.txt …" 在自己的文件中注入
	$(BIN)/python tests/accuracy/$(if $(FILES),inject.py --verbose $(FILES),measure.py $(if $(UPDATE),--update))

layouts: $(DEV)  ## 把同一套数字排成几百种版式，测量读得对不对；SEED=2 换一套数字
	$(BIN)/python tests/layouts/layouts.py --errors $(if $(SEED),--seed $(SEED))

catalogue: $(DEV)  ## 重新生成规则目录 rules/README.md 与 rules/schema.json
	$(BIN)/python tests/tools/catalogue.py

lock:  ## 更新两个锁定文件（维护者使用，需要 uv）
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" --quiet pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" --quiet pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

clean:  ## 删除虚拟环境、构建结果与缓存
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# 虚拟环境只在锁定文件或 pyproject.toml 变化后重新安装。
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "需要 Python 3.11 及以上；可用 make PYTHON=python3.12 … 指定。" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): pyproject.toml requirements.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
