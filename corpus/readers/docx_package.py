"""Which XML parts does a Word file hold? Opened warily: the file may be hostile or broken.

The parts are read directly and not through python-docx, which refuses a whole document over one
dangling picture link, as WPS writes them, and knows neither numbering nor revisions nor footnotes.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.errors import UnreadableFileError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

# Unpacked, the largest real reports with their pictures stay far below this.
MAX_UNPACKED = 200 * 1024 * 1024
_REPAIR = "open it in Word, WPS or LibreOffice and save it again"
_CORE = "docProps/core.xml"
_ZIP = b"PK"
_OTHER_ARCHIVES = {
    "xl/": "an Excel workbook",
    "ppt/": "a PowerPoint file",
    "content.xml": "an OpenDocument file",
}


@dataclass(frozen=True, slots=True)
class Package:
    """The parts a reader needs; those that a document does not have are None."""

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None
    footnotes: etree._Element | None
    endnotes: etree._Element | None
    core: etree._Element | None


def open_package(data: bytes, path: str) -> Package:
    """Unpack and parse a Word file; raises UnreadableFileError for anything that is not one."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFileError(
            path,
            "an old Word document (.doc, .wps) or one with a password, not .docx; open it in "
            "Word, WPS or LibreOffice and save it as .docx without a password",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
            if unpacked > MAX_UNPACKED:
                raise UnreadableFileError(
                    path,
                    f"unpacks to {unpacked / 2**20:.0f} MB, more than the limit of "
                    f"{MAX_UNPACKED // 2**20} MB; take the pictures out",
                )
            return _parts(archive, path)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,  # a compression method that is not known
        RuntimeError,  # an archive with a password
        ValueError,  # names and offsets that make no sense
        OSError,  # seeks to impossible places
    ) as error:
        if not data.startswith(_ZIP):
            raise UnreadableFileError(
                path, "not a Word document (it does not begin as one); check the file"
            ) from error
        raise UnreadableFileError(
            path, f"not a Word document, or a broken one ({error}); {_REPAIR}"
        ) from error
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(
            path, f"the Word document holds broken XML ({error.msg}); {_REPAIR}"
        ) from error


def _parts(archive: zipfile.ZipFile, path: str) -> Package:
    names = set(archive.namelist())
    main = _related(archive, names, "", path).get("officeDocument", "word/document.xml")
    document = _parse(archive.read(main), path) if main in names else None
    if document is None or child(document, "body") is None:
        raise UnreadableFileError(path, f"{_what(names)}; save the report as .docx")
    # Where relations are lost, the parts have their usual names.
    related = _related(archive, names, main, path)

    def part(kind: str) -> etree._Element | None:
        name = related.get(kind, posixpath.join(posixpath.dirname(main), f"{kind}.xml"))
        return _parse(archive.read(name), path) if name in names else None

    return Package(
        document,
        styles=part("styles"),
        numbering=part("numbering"),
        footnotes=part("footnotes"),
        endnotes=part("endnotes"),
        core=_parse(archive.read(_CORE), path) if _CORE in names else None,
    )


def _what(names: set[str]) -> str:
    for beginning, what in _OTHER_ARCHIVES.items():
        if any(name.startswith(beginning) for name in names):
            return what
    return "an archive without the body of a Word document in it"


def _related(archive: zipfile.ZipFile, names: set[str], part: str, path: str) -> dict[str, str]:
    """Names of the parts that `part` (the package itself, if empty) refers to, by kind."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in names:
        return {}
    found: dict[str, str] = {}
    for relation in _parse(archive.read(relations), path).iter(_RELATION):
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        found.setdefault(posixpath.basename(relation.get("Type", "")), target.lstrip("/"))
    return found


def _parse(source: bytes, path: str) -> etree._Element:
    # Entities are never resolved; lxml's own limits on depth and size stay on.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(source.replace(_STRICT, _TRANSITIONAL), parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFileError(
            path, f"its XML declares a document type, which Word never writes; {_REPAIR}"
        )
    return root


def local(element: etree._Element) -> str:
    """The tag without its namespace; empty for what is no element (an entity)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first `w:name` child."""
    return element.find(W + name) if element is not None else None


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """All `w:name` children."""
    return element.iterchildren(W + name) if element is not None else iter(())


def attribute(element: etree._Element | None, name: str) -> str:
    """The attribute `w:name`, or an empty string."""
    return (element.get(W + name) or "") if element is not None else ""


def value_of(element: etree._Element | None, name: str) -> str:
    """`w:val` of the child `w:name`, or an empty string."""
    return attribute(child(element, name), "val")


def is_on(element: etree._Element | None, name: str) -> bool:
    """Whether the toggle `w:name` is there and not switched off."""
    toggle = child(element, name)
    return toggle is not None and attribute(toggle, "val") not in {"0", "false", "off"}


def integer(text: str, default: int) -> int:
    """`text` as a number; `default` where Word left out or spoilt it."""
    try:
        return int(text)
    except ValueError:
        return default
