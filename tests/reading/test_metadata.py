"""Title, body, year and kind of documents that open in other ways than with “某局2023年度部门决算”."""

from __future__ import annotations

import pytest

from assistant.document import Kind
from assistant.reading.metadata import read_metadata


@pytest.mark.parametrize(
    ("lines", "kind", "year", "body"),
    [
        (["2021年度青川市云溪中学", "一般公共预算及政府性基金", "财政拨款“三公”经费支出决算情况说明"], Kind.FINAL_ACCOUNTS, 2021, "云溪中学"),
        (["根据《中华人民共和国预算法》的有关规定，经汇总，2022年部门决算“三公”经费支出 9 万元，决算数为 9 万元。"], Kind.FINAL_ACCOUNTS, 2022, ""),
        (["6", "工资福利支出预算 905,709.06 元，占基本支出预算 79.89%，", "2022 年一般公共预算基本支出 1 元。"], Kind.BUDGET, 2022, ""),
        (["（图1：收、支决算总计变动情况图）", "2022年度单位决算收入合计 3 万元，预算执行率 90%，决算数"], Kind.FINAL_ACCOUNTS, 2022, ""),
        (["本单位2023年度总支出 5 万元，较2022年度决算数增加 1 万元，较2022年度决算数增长 25%。", "决算"], Kind.FINAL_ACCOUNTS, 2023, ""),
        (["云湖省青川市", "云溪区档案局2024年度“三公”经费支出决算情况"], Kind.FINAL_ACCOUNTS, 2024, "云溪区档案局"),
        (["当前位置：首页 > 政务公开 > 部门预决算公开", "发布时间：2024-09-02", "云湖县档案馆2023年度单位决算"], Kind.FINAL_ACCOUNTS, 2023, "云湖县档案馆"),
        (["云湖县水文站2023年度断面监测项目绩效自评报告", "项目年初预算 10 万元，全年预算 12 万元，预算执行率 90%，预算数"], Kind.OTHER, 2023, ""),
        (["2023年度项目支出绩效自评表", "| 年初预算数 | 全年预算数 | 全年执行数 |", "| 预算 | 预算 | 预算 |"], Kind.OTHER, 2023, ""),
        (["2019年度云湖县人民法院收入支出决算批复表"], Kind.FINAL_ACCOUNTS, 2019, "云湖县人民法院"),
        (["云湖县水文站2022—2024年预算编制说明", "一、2022年度预算支出120.00万元"], Kind.BUDGET, None, "云湖县水文站"),
        (["云湖县水文站2022年至2024年三年预算", "一、2022年度预算支出120.00万元"], Kind.BUDGET, None, "云湖县水文站"),
        (["云湖省2018年度", "省级部门预算公开报表"], Kind.BUDGET, 2018, ""),
    ],
)  # fmt: skip
def test_openings(lines: list[str], kind: Kind, year: int | None, body: str) -> None:
    found = read_metadata(lines)
    assert (found.kind, found.year) == (kind, year)
    assert found.organisation.endswith(body)
    assert bool(found.organisation) == bool(body)
