import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from articles.importers.errors import BadFile

TEXT_SUFFIXES = {".txt"}
HTML_SUFFIXES = {".html", ".htm"}
SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES
MAX_BYTES = 1024 * 1024

_DECLARED_BIG5 = re.compile(rb"charset\s*=\s*[\"']?\s*big5", re.IGNORECASE)
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those of the folders named with everything below, each once.

    A path that leads nowhere stays in the list: reading it gives the reason.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in sorted(_files_below(path)) if path.is_dir() else [path]:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _files_below(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.suffix.lower() in SUFFIXES and file.is_file() and not hidden:
            yield file


def is_html(path: Path) -> bool:
    return path.suffix.lower() in HTML_SUFFIXES


def read_file(path: Path) -> str:
    if path.suffix.lower() not in SUFFIXES:
        raise BadFile(_("Only .txt, .html and .htm files can be imported."))
    try:
        if not path.exists():
            raise BadFile(_("There is no such file."))
        if not path.is_file():
            raise BadFile(_("This is not a file."))
        if path.stat().st_size > MAX_BYTES:
            raise BadFile(
                _("The file is larger than %(limit)d MB.")
                % {"limit": MAX_BYTES // 1024 // 1024}
            )
        content = path.read_bytes()
    except OSError as error:
        raise BadFile(
            _("The file cannot be read: %(reason)s.") % {"reason": error.strerror}
        ) from error
    return decode(content)


def decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif _DECLARED_BIG5.search(content[:2048]):
        encodings = ["utf-8-sig", "big5hkscs"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    text = _first_decoding(content, encodings)
    if "\0" in text:
        raise BadFile(_("This is a binary file, not text."))
    if not text.strip():
        raise BadFile(_("The file is empty."))
    return text


def _first_decoding(content: bytes, encodings: list[str]) -> str:
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Bytes of another kind, read as GB18030, come out as characters that nobody types.
        if encoding != "gb18030" or not _PRIVATE_USE.search(text):
            return text
    raise BadFile(_("The text is neither UTF-8 nor GB18030, or this is a binary file."))
