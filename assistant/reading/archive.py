"""ZIP archives (also Word, Excel and OFD files, which are archives) read in memory, within limits; nothing is unpacked to disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from assistant.reading.errors import UnreadableError

MOST_MEMBERS: Final = 5_000
MOST_BYTES: Final = 400_000_000
"""What all members may come to when unpacked; a report with photographs stays below a tenth of it."""
PLAIN_BYTES: Final = 10_000_000
MOST_RATIO: Final = 300
"""Above ``PLAIN_BYTES`` a member that was packed better than this is a bomb: the XML of a report packs 20 to 60 times."""


class Archive:
    """An opened archive. Raises ``UnreadableError`` for one that is damaged, locked, or unreasonably large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = [info for info in self._zip.infolist() if info.filename and not info.is_dir()]
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise UnreadableError("文件不完整或已损坏，无法打开；请重新下载或重新导出") from error
        if len(infos) > MOST_MEMBERS:
            raise UnreadableError(f"压缩包里有超过 {MOST_MEMBERS:,} 个文件，不像一份公开报告；请只保留报告文件")
        if sum(info.file_size for info in infos) > MOST_BYTES:
            raise UnreadableError(f"解压后超过 {MOST_BYTES // 1_000_000} MB，不像正常的报告文件；请检查来源")
        self._infos = {_name(info): info for info in infos}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, as they were meant (GBK names decoded)."""
        return tuple(self._infos)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def read(self, name: str, most: int = MOST_BYTES) -> bytes:
        """The content of a member of at most ``most`` bytes. Raises ``UnreadableError``, ``KeyError`` for no such member."""
        info = self._infos[name]
        if info.flag_bits & 1:
            raise UnreadableError("压缩包设有密码；请去掉密码后再核查")
        if info.file_size > most or (
            info.file_size > PLAIN_BYTES and info.file_size > max(info.compress_size, 1) * MOST_RATIO
        ):
            raise UnreadableError("文件的内容解压后异常庞大，不是正常的报告文件；请检查来源")
        try:
            with self._zip.open(info) as member:
                data = member.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise UnreadableError("文件不完整或已损坏，内容无法解压；请重新下载或重新导出") from error
        except (NotImplementedError, RuntimeError) as error:
            raise UnreadableError("压缩方式不受支持；请解压后核查其中的文件") from error
        if len(data) > info.file_size:
            raise UnreadableError("压缩包标明的大小与内容不符，不是正常的报告文件；请检查来源")
        return data


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member: without the UTF-8 flag it is what the packing machine used, in China mostly GBK."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
