"""Several files as one document: archives with the parts of one disclosure, and files named together."""

from __future__ import annotations

import io
import zipfile

import pytest

from assistant.audit import audit_paths, audit_together
from assistant.reading import UnreadableError, read, read_bytes, read_together
from assistant.rules import load_rulebook
from tests.reading.office import archive, docx, paragraph
from tests.reading.test_xlsx import book

TEXT = docx(
    paragraph("某县粮食局2023年度部门决算")
    + paragraph("一、收入决算情况说明")
    + paragraph("2023年度收入合计130.50万元，其中：财政拨款收入100.00万元。")
)


def test_the_parts_of_a_disclosure_in_an_archive_are_one_document():
    data = archive(
        {
            "公开/公开表.xlsx": book(),
            "公开/说明.docx": TEXT,
            "__MACOSX/公开/._说明.docx": b"\0",
            "公开/.DS_Store": b"\0",
        }
    )
    document = read_bytes(data, "公开.zip")
    assert document.title == "某县粮食局2023年度部门决算", "the text comes first"
    assert [table.role for table in document.tables] == ["公开02"]
    anchors = [origin.anchor for of_line in document.origins for origin in of_line]
    assert anchors[0] == "说明.docx 第1段"
    assert anchors[-1].startswith("公开表.xlsx 公开02!")


def test_together_is_one_audit(tmp_path):
    (tmp_path / "说明.docx").write_bytes(TEXT)
    (tmp_path / "公开表.xlsx").write_bytes(book())
    paths = [str(tmp_path / "说明.docx"), str(tmp_path / "公开表.xlsx")]
    rulebook = load_rulebook(select=["T101", "N301"])
    report = audit_together(paths, rulebook)
    (audit,) = report.audits
    assert audit.document.path == " + ".join(paths)
    assert {finding.rule for finding in audit.findings} == {"T101", "N301"}
    assert {f.id for f in audit.findings} == {
        f.id for f in audit_together([str(tmp_path)], rulebook).audits[0].findings
    }
    assert len(audit_paths(paths, rulebook).audits) == 2


def test_text_files_together_keep_their_lines(tmp_path):
    one, two = tmp_path / "一.txt", tmp_path / "二.txt"
    one.write_text("某局2023年度部门决算\n决算收入1万元\n", encoding="utf-8")
    two.write_text("收入决算表\n单位：万元\n项目\t金额\n合计\t1.00\n甲\t1.00\n", encoding="utf-8")
    document = read_together([str(one), str(two)])
    (table,) = document.tables
    assert document.lines[table.span.line - 1] == "项目\t金额"
    assert table.span.anchor == "二.txt 第3行"
    assert read_together([str(one)]).path == str(one)


def test_parts_of_different_years_are_told(tmp_path):
    for year in ("2022", "2023"):
        (tmp_path / f"{year}.txt").write_text(f"某局{year}年度部门决算\n决算收入1万元\n", encoding="utf-8")
    document = read_together([str(tmp_path / "2022.txt"), str(tmp_path / "2023.txt")])
    assert any("年度不同" in problem.message for problem in document.problems)


def test_a_part_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "好.docx").write_bytes(TEXT)
    with pytest.raises(UnreadableError, match=r"坏\.docx："):
        read_together([str(tmp_path / "好.docx"), str(tmp_path / "坏.docx")])
    document = read_bytes(archive({"好.docx": TEXT, "坏.docx": b"PK\x03\x04"}), "a.zip")
    assert any("坏.docx" in problem.message for problem in document.problems)


def test_names_in_gbk():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        info = zipfile.ZipInfo("x.docx")
        file.writestr(info, TEXT)
    data = buffer.getvalue().replace(b"x.docx", "说".encode("gbk") + b"docx"[:0] + b".doc")
    assert len(data) == len(buffer.getvalue())
    document = read_bytes(data, "a.zip")
    assert document.title == "某县粮食局2023年度部门决算"


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"a.jpg": b"\xff\xd8"}, "没有可以核查的文件"),
        ({"内.zip": archive({"a.docx": TEXT})}, "压缩包里还有压缩包"),
        ({"内.txt": archive({"a.docx": TEXT})}, "压缩包里还有压缩包"),
        ({f"{n}.docx": TEXT for n in range(70)}, "70 个文件"),
        (
            {
                "甲.docx": docx(paragraph("甲县粮食局2023年度部门决算") + paragraph("决算收入1万元")),
                "乙.docx": docx(paragraph("乙县水利局2023年度部门决算") + paragraph("决算收入2万元")),
            },
            "不止一份报告",
        ),
        (
            {
                "今.docx": docx(paragraph("甲县粮食局2023年度部门决算") + paragraph("决算收入1万元")),
                "去.docx": docx(paragraph("甲县粮食局2022年度部门决算") + paragraph("决算收入2万元")),
            },
            "不止一份报告",
        ),
    ],
)
def test_archives_that_are_no_disclosure(parts, word):
    with pytest.raises(UnreadableError, match=word):
        read_bytes(archive(parts), "a.zip")


def test_a_folder_leaves_out_what_office_programs_leave_behind(tmp_path):
    (tmp_path / "说明.docx").write_bytes(TEXT)
    (tmp_path / "~$说明.docx").write_bytes(b"\0" * 160)
    report = audit_paths([str(tmp_path)], load_rulebook(select=["T101"]))
    assert (len(report.audits), report.unread) == (1, ())
    assert read(str(tmp_path / "说明.docx")).year == 2023


SPENDING = """支出决算表
单位：万元
科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出
\t合计\t186.40\t121.30\t65.10
207\t文化旅游体育与传媒支出\t186.40\t121.30\t65.10
20701\t文化和旅游\t186.40\t121.30\t65.10
2070109\t群众文化\t186.40\t121.30\t65.10
"""


@pytest.mark.parametrize(
    ("changed", "told"), [("", set()), ("群众文化\t186.40\t121.30\t56.10", {"T241", "T102", "T113"})]
)
def test_a_table_in_both_files_is_used_once(tmp_path, changed: str, told: set[str]):
    rulebook = load_rulebook(select=["T"])
    words, tables = tmp_path / "说明.txt", tmp_path / "公开表.txt"
    words.write_text(f"某馆2022年度单位决算\n本年支出合计186.40万元。\n\n{SPENDING}", encoding="utf-8")
    second = SPENDING.replace("群众文化\t186.40\t121.30\t65.10", changed) if changed else SPENDING
    tables.write_text(f"某馆2022年度单位决算\n\n{second}", encoding="utf-8")
    (audit,) = audit_together([str(words), str(tables)], rulebook).audits
    assert {finding.rule for finding in audit.findings} == told & {"T241"}
    assert len(audit.document.tables) == len(audit.document.copies) == 1
    assert any("列示了两次" in problem.message for problem in audit.problems)
    copied = [entry for entry in audit.ledger if entry.line > audit.document.tables[0].span.last_line]
    assert {entry.verdict.value for entry in copied if "." in entry.text} == ({"一致", "不一致"} if told else {"一致"})


def test_a_member_without_a_name_is_no_file():
    data = archive({"x.txt": "青禾市2023年度部门决算收入1.00万元，支出决算1.00万元。".encode(), "y.txt": b""})
    place = data.rindex(b"PK\x01\x02")  # the entry of y.txt in the list at the end
    assert "请" in refused_or_read(data[: place + 28] + b"\0\0" + data[place + 30 : place + 46] + data[place + 51 :])


def refused_or_read(data: bytes) -> str:
    try:
        return f"请：{read_bytes(data, 'a.zip').title}"
    except UnreadableError as error:
        return str(error)
