"""Bytes become text: encodings and what cannot be text. No format but plain text lives here.

An encoding is believed when it decodes strictly *and* the result reads like Chinese: Big5 bytes
often "succeed" as GB 18030, and a damaged UTF-8 file does too, as characters that nobody writes.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from loaders.errors import InputError

MAX_BYTES = 16 * 1024 * 1024
MAX_REPLACED = 0.02
"""Share of characters that may be unreadable before a file counts as undecodable."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BIG5 = ("big5hkscs", "cp950")  # the second knows the ETEN signs that the first leaves out
_FREQUENT = frozenset(
    "、。，；：（）“”《》一二三四五六七八九十百千万亿年月日号第的和在是有为以及与对将各不中上下大小多"
    "市省县区国家政府人民办公厅局委会部门发展改革建设工作行动方案实施规划计划通知意见要点解读责任单位"
    "科技创新产业企业项目资金投资经济社会文化教育农村城乡镇街道服务管理推进加强提升完善支持促进全面重点"
    "目标任务措施制度机制体系平台基地园区生态环境质量水平能力保障组织领导落实就业住房消费金融数据信息"
    "本我他她们这那个你来到时地出也得就自可用生成于分同名元进行法定高新安主要理理由所都没过"
    # the same in traditional characters
    "萬億號為與對將點縣區國辦廳員會門發設劃計畫讀責單實創產業企項資經濟鄉鎮務進強範園質機構體"
    "係環境療養動總標準應當達過個們這來時後開關於條規則據學術財稅際電話長報紙書說問題從種樣間"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding that it was read in, and how many characters could not be read (U+FFFD)."""

    text: str
    encoding: str
    replaced: int


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file; InputError when it is missing, no file, unreadable, empty or too large."""
    try:
        if path.is_dir():
            raise InputError(str(path), "is a folder, not a document", "name the files in it")
        if path.exists() and not path.is_file():
            raise InputError(str(path), "is a device or pipe, not a document", "save it as a file")
        size = path.stat().st_size
        if size > limit:
            raise InputError(str(path), f"has {size:,} bytes", f"split it below {limit:,} bytes")
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(str(path), reason, "check the path and its permissions") from error
    if not data.strip():
        raise InputError(str(path), "is empty", "give a document with text in it")
    return data


def decode(data: bytes, name: str) -> str:
    """The text of `data`, unchanged; InputError when it is no text or any character is unreadable."""
    found = decode_any(data, name)
    if found.replaced:
        raise _undecodable(name, data)
    return checked(found.text, name)


def decode_any(data: bytes, name: str, hint: str | None = None) -> Decoded:
    """The text of `data` in the encoding that fits best, unreadable characters replaced and counted.

    In this order: a byte order mark; UTF-8 strictly; GB 18030 strictly (it includes GBK and GB 2312)
    where the result reads like Chinese; else the most plausible of GB 18030, Big5, UTF-8 and what
    charset-normalizer says. `hint` is the encoding that a page declares, believed only where it is as
    plausible. InputError when more than MAX_REPLACED of the characters would be lost.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _accepted(_replacing(data, encoding), name, data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        pass
    first = _replacing(data, "gb18030")
    if not first.replaced and plausibility(first.text) >= 0.3:
        return first
    found = [first, *(_replacing(data, encoding) for encoding in (*_BIG5, "utf-8"))]
    if data.count(0) > len(data) // 50:
        found += [_replacing(data, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    best = max(found, key=lambda d: _rank(d, hint))
    if best.replaced and (guess := _detected(data)) and _rank(guess, hint) > _rank(best, hint):
        best = guess
    return _accepted(best, name, data)


def plausibility(text: str) -> float:
    """The share of non-ASCII characters that Chinese documents use often, less three times the noise."""
    foreign = [c for c in text[:20_000] if c > "\x7f" and not c.isspace()]
    if not foreign:
        return 1.0
    good = sum(c in _FREQUENT for c in foreign)
    noise = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or c < "\xa0" for c in foreign)
    return (good - 3 * noise) / len(foreign)


def checked(text: str, name: str) -> str:
    """The text itself; InputError when it holds control characters or nothing that could be read."""
    control = _CONTROL.search(text)
    if control:
        raise InputError(
            f"{name}: character {control.start() + 1}",
            f"holds a control character (U+{ord(control.group()):04X}), so it is not plain text",
            "convert the document to text",
        )
    if not any(char.isalnum() for char in text):
        raise InputError(name, "holds no text", "give a document with text in it")
    return text


def _replacing(data: bytes, encoding: str) -> Decoded:
    own = data.decode("utf-8", "ignore").count("\ufffd") if encoding.startswith("utf-8") else 0
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, max(0, text.count("\ufffd") - own))


def _rank(found: Decoded, hint: str | None) -> float:
    """Plausibility, with a little more for the declared encoding and for GB 18030, the usual one."""
    hint = (hint or "").lower()
    declared = found.encoding[:4] == hint[:4] or (hint[:2] == "gb" and found.encoding == "gb18030")
    lost = found.replaced / max(1, len(found.text))
    return plausibility(found.text) - 3 * lost + 0.05 * declared + 0.05 * (found.encoding == "gb18030")


def _detected(data: bytes) -> Decoded | None:
    """What charset-normalizer makes of it, where that reads like Chinese."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    found = _replacing(data, best.encoding) if best else None
    return found if found and plausibility(found.text) >= 0.2 else None


def _accepted(found: Decoded, name: str, data: bytes) -> Decoded:
    if found.replaced > MAX_REPLACED * len(found.text):
        raise _undecodable(name, data)
    return found


def _undecodable(name: str, data: bytes) -> InputError:
    try:
        data.decode("utf-8")
        at = 0
    except UnicodeDecodeError as error:
        at = error.start
    return InputError(
        f"{name}: byte {at + 1}", "is neither UTF-8 nor GB 18030", "save the document as UTF-8 text"
    )
