"""Files that are ZIP archives: Word, Excel, OFD, and archives with the parts of one disclosure."""

from __future__ import annotations

from assistant.reading.archive import Archive
from assistant.reading.errors import UnreadableError
from assistant.reading.source import Source


def read_package(data: bytes, path: str, *, nested: bool = False) -> Source:
    """The lines of a file that is an archive: what is inside decides how it is read. Raises ``UnreadableError``.

    A ``nested`` one stands in another archive: only Word, Excel and OFD files are read there, no further archive.
    """
    archive = Archive(data)
    names = archive.names
    if not names:
        raise UnreadableError("压缩包是空的，没有可核查的内容；请确认下载是否完整")
    if "[Content_Types].xml" in archive or any(name.startswith("word/") for name in names):
        return _read_office(archive, data)
    if "mimetype" in archive and archive.read("mimetype", 1000).startswith(b"application/vnd.oasis.opendocument"):
        from assistant.reading.office import read_open_document

        return read_open_document(archive, data)
    if "OFD.xml" in archive:
        raise UnreadableError("这是 OFD 版式文件；请用 OFD 阅读器或 WPS 打开，导出为 PDF 或 Word 文件再核查")
    if nested:
        raise UnreadableError("压缩包里还有压缩包，没有读取；请解压后核查")
    from assistant.reading.together import read_archive

    return read_archive(archive, path)


def _read_office(archive: Archive, data: bytes) -> Source:
    names = archive.names
    if any(name.startswith("word/") for name in names):
        from assistant.reading.word import read_docx

        return read_docx(archive)
    if "xl/workbook.bin" in archive:
        from assistant.reading.excel.old import read_old_workbook

        return read_old_workbook(data)
    if any(name.startswith("xl/") for name in names):
        from assistant.reading.excel import read_xlsx

        return read_xlsx(archive)
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableError("这是演示文稿，不是公开报告的正文或表格；请改用 Word、Excel 或 PDF 文件")
    raise UnreadableError("Office 文件不完整，缺少正文；请重新下载或另存一份再核查")
