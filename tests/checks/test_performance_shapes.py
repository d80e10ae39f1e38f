"""Correct performance texts and forms in the shapes of many places: nothing in them may be reported.

The forms follow what provinces and cities print (weights in their own column, points with decimals, targets of several
years, dates, words and marks as targets, rates beyond 100%, capped points, torn and continued tables); bodies are fictional.
"""

from __future__ import annotations

import pytest

from assistant.audit import audit_document
from assistant.reading import read_bytes
from assistant.rules import load_rulebook

HEAD = "某县林业局2023年度部门决算\n\n本部门2023年度支出决算为640.00万元。\n\n十、预算绩效情况说明\n\n"
BUDGET = "某县林业局2024年部门预算\n\n本部门2024年支出预算为640.00万元。\n\n九、绩效目标情况说明\n\n"


def _form(*rows: str, title: str = "2023年度森林防火项目支出绩效自评表") -> str:
    return (
        HEAD
        + "\n".join((title, "", *(row.replace(" | ", "\t").replace("| ", "\t").replace(" |", "\t") for row in rows)))
        + "\n"
    )


SHAPES = {
    "weights and points in columns, decimals": _form(
        "项目名称 | 森林防火项目",
        "项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分",
        " | 年度资金总额 | 120.00 | 118.50 | 112.34 | 10 | 94.80% | 9.48",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施",
        "产出指标 | 数量指标 | 巡护里程 | ≥5000公里 | 5320公里 | 15 | 15 | ",
        " |  | 防火宣传场次 | ≥20场 | 18场 | 15 | 13.5 | 雨季提前，两场取消",
        " | 质量指标 | 火情处置率 | 100% | 100% | 20 | 20 | ",
        "效益指标 | 社会效益指标 | 群众防火意识 | 有效提升 | 有效提升 | 30 | 28 | ",
        "满意度指标 | 服务对象满意度指标 | 林区群众满意度 | ≥90% | 92.5% | 10 | 10 | ",
        "总分 |  |  |  |  | 100 | 95.98 | ",
    ),
    "rates above 100 per cent, capped points": _form(
        "项目名称 | 森林防火项目",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 全年完成值 | 完成率 | 分值 | 得分",
        "产出指标 | 数量指标 | 培训护林员 | 200人次 | 236人次 | 118% | 25 | 25",
        " | 数量指标 | 修建防火道 | ≥30公里 | 33公里 | 110% | 25 | 25",
        "效益指标 | 生态效益指标 | 森林火灾受害率 | ≤0.9‰ | 0.2‰ | 100% | 30 | 30",
        "满意度指标 | 满意度指标 | 群众满意度 | ≥85% | 91% | 107% | 20 | 20",
    ),
    "reverse indicators": _form(
        "项目名称 | 森林防火项目",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
        "产出指标 | 时效指标 | 火情响应时间 | ≤30分钟 | 18分钟 | 20 | 20",
        " | 成本指标 | 瞭望塔单座造价 | ≤45万元 | 41.6万元 | 20 | 20",
        " | 质量指标 | 火灾发生次数 | ≤3次 | 0次 | 20 | 20",
        "效益指标 | 社会效益指标 | 重大安全事故 | 0起 | 未发生 | 20 | 20",
        " | 社会效益指标 | 群众投诉率 | ＜2% | 0.4% | 20 | 20",
    ),
    "dates as targets": _form(
        "项目名称 | 森林防火项目",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
        "产出指标 | 时效指标 | 项目完工时间 | 2023年12月底前 | 2023年11月20日 | 20 | 20",
        " | 时效指标 | 资金支付时间 | 2023年12月31日前 | 2023年12月28日 | 20 | 20",
        " | 时效指标 | 物资到位时间 | 2023年10月 | 2023年10月 | 20 | 20",
        " | 时效指标 | 设备验收时间 | 12月31日前 | 12月5日 | 20 | 20",
    ),
    "qualitative levels": _form(
        "项目名称 | 森林防火项目",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
        "产出指标 | 质量指标 | 档案管理水平 | 优 | 优 | 20 | 20",
        " | 质量指标 | 工程质量等级 | 优良 | 良 | 20 | 18",
        "效益指标 | 生态效益指标 | 林相改善 | 良好 | 较好 | 20 | 17",
        " | 可持续影响指标 | 长效机制 | 健全 | 基本健全 | 20 | 16",
        "满意度指标 | 服务对象满意度指标 | 群众满意情况 | 满意 | 比较满意 | 20 | 18",
    ),
    "targets of three years": _form(
        "项目名称 | 森林防火项目",
        "一级指标 | 二级指标 | 三级指标 | 指标值 |  |  | 实际完成值 | 分值 | 得分",
        " |  |  | 2021年 | 2022年 | 2023年 |  |  | ",
        "产出指标 | 数量指标 | 营造防火林带 | 100亩 | 200亩 | 300亩 | 310亩 | 50 | 50",
        " | 数量指标 | 购置风力灭火机 | 20台 | 20台 | 30台 | 30台 | 50 | 50",
    ),
    "long form of the whole department": _form(
        "部门名称 | 某县林业局",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
        *(f"{'产出指标' if n == 0 else ''} | {'数量指标' if n == 0 else ''} | 第{n + 1}片区巡护次数 | ≥{40 + n}次 | {41 + n}次 | 3 | 3" for n in range(30)),
        "满意度指标 | 满意度指标 | 群众满意度 | ≥90% | 93% | 10 | 10",
        title="2023年度部门整体支出绩效自评表",
    ),
    "a form over two pages": HEAD + (
        "2023年度森林防火项目支出绩效自评表\n\n项目名称\t森林防火项目\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
        "产出指标\t数量指标\t巡护里程\t≥5000公里\t5320公里\t30\t30\n\n— 23 —\n\n"
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
        "产出指标\t质量指标\t火情处置率\t≥95%\t98.2%\t30\t30\n满意度指标\t满意度指标\t林区群众满意度\t≥90%\t92.5%\t30\t30\n"
    ),
    "weights in the names, scores torn": _form(
        "项目名称 | 森林防火项目",
        "一级指标 | 二级指标 | 三级指标 | 年初目标值(A) | 实际完成值(B) | 得分",
        "产出指标（60分） | 数量指标（30分） | 巡护里程（公里）（30分） | ≥5000 | 5320 | 30",
        " | 质量指标（30分） | 火情处置率（%）（30分） | ≥95 | 98.2 | 30",
        "满意度指标（20分） | 服务对象满意度（20分） | 林区群众满意度（%）（20分） | ≥90 | 92.5 | 2 | 0",
    ),
    "points by the form's rule": _form(
        "项目名称 | 森林防火项目",
        "项目资金（万元） | 预算数(A) | 执行数(B) | 执行率(B/A) | 得分（20分*执行率）",
        "年度资金总额 | 80.00 | 64.00 | 80% | 16",
        "一级指标 | 二级指标 | 三级指标 | 年初目标值(A) | 实际完成值(B) | 分值 | 得分",
        "产出指标 | 数量指标 | 巡护里程（公里） | ≥5000 | 4000 | 40 | 32",
        "满意度指标 | 满意度指标 | 群众满意度（%） | ≥90 | 95 | 40 | 40",
        "总分 |  |  |  |  |  | 88",
        "偏差大或目标未完成原因分析 | 巡护里程未达到目标，主要是新聘护林员到岗较晚。",
        "正向指标：得分=权重*B/A，得分不得突破权重总额；反向指标：得分=权重*A/B。",
    ),
    "scores in words for words": _form(
        "项目名称 | 森林防火项目",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
        "产出指标 | 质量指标 | 系统运行情况 | 稳定运行 | 稳定运行 | 40 | 40",
        " | 质量指标 | 宣传效果 | 达成预期指标 | 达成预期指标 | 30 | 30",
        "效益指标 | 社会效益指标 | 社会影响 | 部分达成预期指标并具有一定效果 | 部分达成预期指标并具有一定效果 | 30 | 24",
    ),
    "operators and units in columns": _form(
        "项目名称 | 森林防火项目",
        "一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 实际完成值 | 分值 | 得分",
        "产出指标 | 数量指标 | 巡护里程 | ≥ | 5000 | 公里 | 5320 | 30 | 30",
        " | 时效指标 | 火情响应时间 | ≤ | 30 | 分钟 | 18 | 30 | 30",
        " | 质量指标 | 处置率 | = | 100 | % | 100 | 30 | 30",
    ),
    "thousands and other units": _form(
        "项目名称 | 森林防火项目",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
        "产出指标 | 数量指标 | 造林面积 | ≥1.2万亩 | 12,350亩 | 30 | 30",
        " | 数量指标 | 带动增收 | ≥300万元 | 0.036亿元 | 30 | 30",
        " | 时效指标 | 响应时间 | ≤1小时 | 25分钟 | 30 | 30",
    ),
    "nothing carried out, explained in its row": _form(
        "项目名称 | 森林防火项目",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 未完成原因分析",
        "产出指标 | 数量指标 | 举办演练次数 | ≥2次 | 0次 | 10 | 0 | 受连续降雨影响未举办，改在次年春季",
        " | 数量指标 | 巡护里程 | ≥5000公里 | 5320公里 | 30 | 30 | 无",
    ),
    "reasons in a common field": _form(
        "项目名称 | 森林防火项目",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
        "产出指标 | 数量指标 | 举办演练次数 | ≥2次 | 1次 | 10 | 5",
        " | 数量指标 | 购置水车数量 | ≥3台 | 2台 | 30 | 20",
        "未完成原因分析及改进措施 | 举办演练次数、购置水车数量未达到年初目标，主要是采购流标和降雨较多。",
    ),
    "inline list with reasons": HEAD + (
        "森林防火项目绩效目标完成情况：营造防火林带目标≥300亩，实际完成260亩，未完成的原因是征地推迟；巡护里程目标≥5,000公里，实际完成5,320公里；"
        "群众满意度目标≥90%，实际92.5%。\n"
    ),
    "inline list, reason for all behind": HEAD + (
        "森林防火项目绩效目标完成情况：营造防火林带目标≥300亩，实际完成260亩；购置水车目标≥3台，实际完成2台。上述指标未完成的主要原因是财政资金到位较晚。\n"
    ),
    "counts within and listed": HEAD + (
        "1、森林防火项目绩效自评综述：项目全年预算数为120.00万元，执行数为112.34万元，完成预算的93.62%。共设置4个绩效指标，完成3个，未完成1个。主要产出和效果是：\n\n"
        "（1）产出指标\n\n数量指标：\n\n①巡护里程：年度目标值为≥5000公里，实际完成5320公里；\n\n②防火宣传场次：年度目标值为≥20场，实际完成18场，未完成的主要原因是雨季提前；\n\n"
        "质量指标：\n\n①火情处置率：年度目标值为100%，实际完成100%；\n\n（2）满意度指标\n\n林区群众满意度：年度目标值为≥90%，实际完成92.5%。\n"
    ),
    "several projects counted together": HEAD + (
        "（一）森林防火项目。全年预算120.00万元，执行112.34万元，执行率93.62%，自评93分。巡护里程≥5000公里，实际5320公里；火情处置率=100%，实际100%。\n\n"
        "（二）古树名木保护项目。全年预算60.00万元，执行60.00万元，执行率100%，自评98分。复壮古树≥30株，实际32株；古树保护率=100%，实际100%。\n\n"
        "两个项目共设置4个绩效指标，全部完成。\n"
    ),
    "other counts in the same words": HEAD + (
        "2023年，本部门共设置绩效指标56个，其中：产出指标30个，效益指标18个，满意度指标8个。通过自评，完成绩效指标56个，完成率100%。\n\n"
        "项目绩效目标42个，已完成42个。\n"
    ),
    "stated projects, only some told": HEAD + (
        "根据预算绩效管理要求，组织对2023年度项目支出开展绩效自评，共涉及项目12个，资金1,863.40万元。现将其中2个项目情况说明如下：\n\n"
        "（一）森林防火项目120.00万元，主要用于巡护。\n\n（二）古树名木保护项目60.00万元，主要用于复壮。\n"
    ),
    "graded projects": HEAD + (
        "共涉及一级项目2个，资金180.46万元，占项目支出总额的100%。\n\n1.巡护补助120.00万元；\n\n2.宣传经费30.46万元；\n\n3.古树复壮经费30.00万元。\n"
    ),
    "budget: goals in a form": BUDGET + (
        "项目支出绩效目标申报表\n（2024年度）\n\n项目名称\t森林防火项目\n一级指标\t二级指标\t三级指标\t指标值\n"
        "产出指标\t数量指标\t巡护里程\t≥5000公里\n\t质量指标\t火情处置率\t≥95%\n\t时效指标\t响应时间\t≤30分钟\n"
        "效益指标\t社会效益指标\t防火意识\t提升\n满意度指标\t满意度指标\t群众满意度\t≥90%\n"
    ),
    "budget: goals of last year beside": BUDGET + (
        "2024年度部门整体支出绩效目标表\n\n一级指标\t二级指标\t三级指标\t指标值\n\t\t\t前年完成\t上年预计完成\t当年目标值\n"
        "产出指标\t数量指标\t巡护里程\t4800公里\t5100公里\t≥5000公里\n\t质量指标\t火情处置率\t98%\t99%\t≥95%\n"
    ),
    "budget: single projects, not all": BUDGET + (
        "1、森林防火经费2024年预算120.00万元，均为一般公共预算。\n\n2、古树保护经费2024年预算60.00万元，均为一般公共预算。\n\n3、湿地监测经费2024年预算33.50万元，均为一般公共预算。\n"
    ),
    "praise with one kind": HEAD + (
        "1、森林防火项目绩效自评综述：项目全年预算数为120.00万元，执行数为120.00万元，完成预算的100%，全面完成各项产出指标。主要产出和效果是：\n\n（1）产出指标\n\n"
        "①巡护里程：年度目标值为≥5000公里，实际完成5320公里；\n\n②火情处置率：年度目标值为100%，实际完成100%；\n\n③响应时间：年度目标值为≤30分钟，实际完成18分钟。\n"
    ),
    "torn decimals": HEAD + (
        "1、森林防火项目绩效自评综述：项目全年预算数为120.00万元，执行数为112.34万元，完成预算的93.62%。主要产出和效果是：\n\n（1）产出指标\n\n"
        "①修建防火道：年度目标值为≥118. 5 公里，实际完成 118. 9 公里；\n\n②处置率：年度目标值为≥98. 2%，实际完成 98. 6%。\n"
    ),
    "table of scores": HEAD + (
        "## 2023年度森林防火项目自评结果（摘要版）\n\n一、自评得分\n\n经评价，森林防火项目绩效评价综合得分为96.4分。\n\n"
        "评价指标\t权重\t评级分值\t本项得分\t得分率\n预算执行\t20%\t20\t18.7\t93.5%\n产出指标\t50%\t50\t48.7\t97.4%\n效益指标\t20%\t20\t19\t95%\n满意度指标\t10%\t10\t10\t100%\n综合绩效\t100%\t100\t96.4\t96.4%\n"
    ),
    "summary of whole and projects with the same indicator": HEAD + (
        "（一）部门整体支出绩效自评结果\n\n数量指标：巡护里程总数量：年度目标值为≥5000公里，实际完成5320公里。\n\n"
        "（二）项目支出绩效自评结果\n\n1、森林防火项目绩效自评综述：项目全年预算数为120.00万元，执行数为112.34万元，完成预算的93.62%。主要产出和效果是：\n\n"
        "数量指标：巡护里程总数量：年度目标值为≥5000公里，实际完成5320公里。\n"
    ),
    "kinds by colour of words": HEAD + (
        "森林防火项目自评得分95分。产出指标方面，巡护里程年度指标值≥5000公里，全年实际完成5320公里，完成率106.4%；质量指标方面，火情处置率指标值100%，实际完成值100%。"
        "效益指标方面，火灾受害率指标值≤0.9‰，实际完成值0.2‰。满意度方面，群众满意度指标值≥90%，实际完成值92.5%。\n"
    ),
    "not at all performance": HEAD.replace("预算绩效情况说明", "其他说明") + (
        "全年计划造林1.2万亩，实际完成1.3万亩。接待群众来访120批次，比上年减少30批次，下降20%。共安排项目3个，均按计划推进。\n"
    ),
}  # fmt: skip

RULEBOOK = load_rulebook()


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_correct_is_reported(shape):
    document = read_bytes(SHAPES[shape].encode(), f"{shape}.txt")
    found = [f for f in audit_document(document, RULEBOOK).findings if f.rule.startswith("P")]
    assert [f"{f.rule} {f.message}" for f in found] == []


READ = {
    "weights and points in columns, decimals": 5,
    "rates above 100 per cent, capped points": 4,
    "reverse indicators": 5,
    "dates as targets": 4,
    "qualitative levels": 5,
    "targets of three years": 2,
    "long form of the whole department": 31,
    "a form over two pages": 3,
    "operators and units in columns": 3,
    "inline list with reasons": 3,
    "counts within and listed": 4,
    "several projects counted together": 4,
    "kinds by colour of words": 4,
    "budget: goals of last year beside": 2,
    "torn decimals": 2,
}
"""Indicators with a target that a person counts in some of them."""


@pytest.mark.parametrize("shape", READ)
def test_every_indicator_is_read(shape):
    from assistant.indicators import read_performance

    document = read_bytes(SHAPES[shape].encode(), f"{shape}.txt")
    told = [i for i in read_performance(document).indicators if i.target is not None]
    assert len(told) == READ[shape], [(i.name, i.target.text) for i in told]


WRONG = {
    "the reason of another indicator in the same paragraph": (
        HEAD + "森林防火项目绩效目标完成情况：营造防火林带目标≥300亩，实际完成260亩，未完成的原因是征地推迟；巡护里程目标≥5,000公里，实际完成3,206公里；"
        "群众满意度目标≥90%，实际92.5%。\n",
        "P602",
    ),
    "numbers that do not add up, without the word for indicators": (
        HEAD + "（一）森林防火项目。全年预算120.00万元，执行112.34万元，执行率93.62%。巡护里程≥5000公里，实际5320公里。\n\n"
        "两个项目共设置18个绩效指标，完成15个，未完成1个。\n",
        "P610",
    ),
    "one unmet, two told": (
        HEAD + "1、森林防火项目绩效自评综述：项目全年预算数为120.00万元，执行数为112.34万元，完成预算的93.62%。本年度除2个数量指标外，其余指标均已完成。"
        "主要产出和效果是：\n\n（1）产出指标\n\n数量指标：\n\n①巡护里程：年度目标值为≥5000公里，实际完成5320公里；\n\n"
        "②防火宣传场次：年度目标值为≥20场，实际完成18场，未完成的主要原因是雨季提前；\n\n③购置水车：年度目标值为≥3台，实际完成3台。\n",
        "P611",
    ),
    "a table of projects with one more stated": (
        HEAD + "2023年度对4个项目实施绩效自评，涉及资金212.34万元。各项目自评情况如下表。\n\n项目名称\t全年预算（万元）\t执行数（万元）\t执行率\t自评得分\n"
        "森林防火\t120.00\t112.34\t93.6%\t95\n古树名木保护\t60.00\t60.00\t100%\t98\n湿地监测\t40.00\t40.00\t100%\t97\n合计\t220.00\t212.34\t96.5%\t\n",
        "P621",
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", WRONG)
def test_what_is_wrong_is_found(shape):
    text, code = WRONG[shape]
    found = audit_document(read_bytes(text.encode(), f"{shape}.txt"), RULEBOOK).findings
    assert code in {finding.rule for finding in found}, [f"{f.rule} {f.message}" for f in found]
