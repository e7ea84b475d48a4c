"""PDF/A-2u (ISO 19005-2) as far as a file's objects tell: each finding names the clause.

Not looked at: the insides of embedded fonts and of JPEG 2000 pictures, the widths of glyphs, the
syntax of the file down to its bytes. A certified validator is not replaced.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from .findings import Finding, found

_ACTIONS = frozenset(
    {"/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState",
     "/Rendition", "/Trans", "/GoTo3DView", "/JavaScript"}
)  # fmt: skip
_ANNOTATIONS = frozenset({"/3D", "/Sound", "/Screen", "/Movie"})
_BLENDS = frozenset(
    {"/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten",
     "/ColorDodge", "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue",
     "/Saturation", "/Color", "/Luminosity"}
)  # fmt: skip
_MAPPED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})


def check_pdfa(data: bytes, file: str) -> Iterator[Finding]:
    """`data`: a PDF that is to be a PDF/A-2u."""
    lines = data[:64].replace(b"\r", b"\n").split(b"\n")
    comment = lines[1] if len(lines) > 1 else b""
    if not re.fullmatch(rb"%PDF-1\.[0-7]", lines[0]) or not (
        comment[:1] == b"%" and len(comment) > 4 and all(b > 127 for b in comment[1:5])
    ):
        yield _broken(file, "", "6.1.2", "the header is not that of a PDF/A", "文件头不符合 PDF/A")
    if not data.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield _broken(file, "", "6.1.3", "something follows the end", "文件结尾之后还有内容")
    try:
        with Pdf.open(io.BytesIO(data)) as pdf:
            yield from _document(pdf, file)
            colours = list(_intent(pdf, file))
            yield from colours
            for number, thing in _dictionaries(pdf):
                yield from _object(thing, file, number)
            yield from _fonts(pdf, file)
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        said = str(error).partition("\n")[0]
        yield found("unreadable", file, "", f"not readable: {said}", f"无法读取：{said}")


def _document(pdf: Pdf, file: str) -> Iterator[Finding]:
    root = pdf.Root
    if Name.ID not in pdf.trailer:
        yield _broken(file, "trailer", "6.1.3", "it has no ID", "没有 ID")
    if Name.Encrypt in pdf.trailer:
        yield _broken(file, "trailer", "6.1.3", "the file is encrypted", "文件已加密")
    names = root.get(Name.Names, Dictionary())
    for key, clause in ((Name.AA, "6.5.2"), (Name.Requirements, "6.11"), (Name.Collection, "6.8")):
        if key in root:
            yield _broken(file, "catalog", clause, f"it has {key}", f"含有 {key}")
    for key, clause in (
        (Name.JavaScript, "6.5.1"), (Name.EmbeddedFiles, "6.8"),
        (Name.AlternatePresentations, "6.10"),
    ):  # fmt: skip
        if key in names:
            yield _broken(file, "catalog", clause, f"its names have {key}", f"名称树含有 {key}")
    form = root.get(Name.AcroForm, Dictionary())
    if Name.XFA in form or form.get(Name.NeedAppearances, False):
        yield _broken(
            file, "catalog", "6.4", "a form that is drawn by the reader", "表单由阅读器绘制"
        )
    if not isinstance(root.get(Name.Metadata), Stream):
        yield _broken(file, "catalog", "6.6.2.1", "it has no XMP metadata", "没有 XMP 元数据")
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        said = (meta.get("pdfaid:part", ""), meta.get("pdfaid:conformance", ""))
        if said != ("2", "U"):
            yield _broken(
                file, "XMP", "6.6.4", f"the metadata say PDF/A-{said[0]}{said[1]}, not 2U",
                f"元数据写的是 PDF/A-{said[0]}{said[1]}，应为 2U",
            )  # fmt: skip
        info = pdf.docinfo
        for key, other in ((Name.Title, "dc:title"), (Name.Producer, "pdf:Producer"),
                           (Name.Creator, "xmp:CreatorTool")):  # fmt: skip
            if key in info and str(info[key]) != str(meta.get(other, "")):
                yield _broken(
                    file, "XMP", "6.6.3", f"{other} is not {key} of the document information",
                    f"{other} 与文档信息的 {key} 不一致",
                )  # fmt: skip


def _intent(pdf: Pdf, file: str) -> Iterator[Finding]:
    intents = [i for i in pdf.Root.get(Name.OutputIntents, Array()) if i.S == Name.GTS_PDFA1]
    profiles = [i.get(Name.DestOutputProfile) for i in intents]
    if not profiles or not all(isinstance(p, Stream) for p in profiles):
        yield _broken(file, "catalog", "6.2.3", "it has no output intent", "没有输出意图")
        return
    profile = intents[0].DestOutputProfile
    data = profile.read_bytes()
    count = {b"RGB ": 3, b"CMYK": 4, b"GRAY": 1}.get(data[16:20])
    if data[36:40] != b"acsp" or count != int(profile.get(Name.N, 0)):
        yield _broken(
            file, "catalog", "6.2.3", "its colour profile is damaged", "色彩特性文件已损坏"
        )
    if count == 4:
        return
    for number, page in enumerate(pdf.pages, 1):
        if any(str(o.operator) in ("k", "K") for o in pikepdf.parse_content_stream(page, "k K")):
            yield _broken(
                file, f"page {number}", "6.2.4.3", "colours for print (CMYK) without such a profile",
                "使用 CMYK 颜色而没有相应的特性文件",
            )  # fmt: skip


def _dictionaries(pdf: Pdf) -> Iterator[tuple[int, Object]]:
    """Each dictionary and stream with the number of the object that it is in."""
    for outer in pdf.objects:
        within = [outer]
        while within:
            thing = within.pop()
            if isinstance(thing, Dictionary | Stream):
                yield outer.objgen[0], thing
                within += [v for _, v in thing.items() if isinstance(v, Object) and _direct(v)]
            elif isinstance(thing, Array):
                within += [v for v in thing if isinstance(v, Object) and _direct(v)]


def _direct(thing: Object) -> bool:
    return not thing.is_indirect and isinstance(thing, Dictionary | Array)


def _object(thing: Object, file: str, number: int) -> Iterator[Finding]:
    key = f"object {number}"

    def told(clause: str, english: str, chinese: str) -> Finding:
        return _broken(file, key, clause, english, chinese)

    if isinstance(thing, Stream):
        if any(k in thing for k in (Name.F, Name.FFilter, Name.FDecodeParms)):
            yield told("6.1.7.1", "a stream outside the file", "流的内容在文件之外")
        given = thing.get(Name.Filter, Array())
        filters = list(given) if isinstance(given, Array) else [given]
        if any(f in (Name.LZWDecode, Name.Crypt) for f in filters):
            yield told("6.1.7.2", "a stream coded with LZW or encrypted", "流使用了 LZW 或加密")
    kind = str(thing.get(Name.Subtype, ""))
    if kind == "/Image":
        if Name.Alternates in thing or Name.OPI in thing or thing.get(Name.Interpolate, False):
            yield told("6.2.8", "a picture with alternates, OPI or interpolation",
                       "图像含有替代图、OPI 或插值")  # fmt: skip
        if thing.get(Name.ColorSpace) == Name.DeviceCMYK:
            yield told("6.2.4.3", "a picture in CMYK", "图像使用 CMYK")
    if kind == "/PS" or (kind == "/Form" and (Name.OPI in thing or Name.Ref in thing)):
        yield told("6.2.9", "a form of PostScript or from outside", "表单含 PostScript 或外部内容")
    blend = thing.get(Name.BM)
    if blend is not None and not isinstance(blend, Array) and str(blend) not in _BLENDS:
        yield told("6.2.10", f"the blend mode {blend}", f"混合模式 {blend}")
    if Name.TR in thing or Name.HTP in thing:
        yield told("6.2.5", "a transfer function", "含有传递函数")
    if str(thing.get(Name.S, "")) in _ACTIONS:
        yield told("6.5.1", f"the action {thing.S}", f"动作 {thing.S}")
    if Name.JS in thing:
        yield told("6.5.1", "JavaScript", "含有 JavaScript")
    if thing.get(Name.Type) == Name.Page and (Name.AA in thing or Name.PresSteps in thing):
        yield told("6.5.2", "a page that acts by itself", "版面带有自动动作")
    if thing.get(Name.Type) == Name.Annot and kind in _ANNOTATIONS:
        yield told("6.3.1", f"an annotation {kind}", f"批注类型 {kind}")
    if Name.EF in thing:
        yield told("6.8", "an embedded file", "含有嵌入文件")


def _fonts(pdf: Pdf, file: str) -> Iterator[Finding]:
    used: dict[tuple[int, int], set[int]] = {}
    for page in pdf.pages:
        resources = page.resources.get(Name.Font, Dictionary())
        codes: set[int] | None = None
        for step in pikepdf.parse_content_stream(page, "Tf Tj TJ ' \""):
            if str(step.operator) == "Tf":
                font = resources.get(str(step.operands[0]))
                codes = None if font is None else used.setdefault(font.objgen, set())
            elif str(step.operator) in _SHOWING and codes is not None and step.operands:
                codes |= _codes(step.operands[-1])
    for font in pdf.objects:
        if not isinstance(font, Dictionary) or font.get(Name.Type) != Name.Font:
            continue
        key = str(font.get(Name.BaseFont, f"font {font.objgen[0]}"))
        inner = next(iter(font.get(Name.DescendantFonts, Array())), None)
        holder = font if inner is None else inner
        if font.get(Name.Subtype) in (Name.CIDFontType0, Name.CIDFontType2, Name.Type3):
            continue  # looked at with the font that has it; glyphs that are drawn
        descriptor = holder.get(Name.FontDescriptor, Dictionary())
        if not any(k in descriptor for k in (Name.FontFile, Name.FontFile2, Name.FontFile3)):
            yield _broken(file, key, "6.2.11.4.1", "the font is not embedded", "字体未嵌入")
        if not isinstance(font.get(Name.ToUnicode), Stream):
            yield _broken(
                file, key, "6.2.11.7.2", "its codes have no Unicode", "编码没有对应的 Unicode"
            )
        elif inner is not None:
            yield from _unicode(font, inner, used.get(font.objgen, set()), file, key)


def _unicode(font: Object, inner: Object, used: set[int], file: str, key: str) -> Iterator[Finding]:
    """The codes that are shown have a character and a glyph; Identity-H, as written here."""
    if font.Encoding != Name("/Identity-H"):
        return
    mapped = {int(code, 16): text for code, text in _MAPPED.findall(font.ToUnicode.read_bytes())}
    lacking = [code for code in sorted(used) if not mapped.get(code)]
    wrong = [c for c in sorted(used) if mapped.get(c, b"").upper() in (b"0000", b"FEFF", b"FFFE")]
    if lacking or wrong:
        code = (lacking or wrong)[0]
        yield _broken(
            file,
            key,
            "6.2.11.7.2",
            f"code {code:04X} has no character",
            f"编码 {code:04X} 没有字符",
        )
    glyphs = inner.get(Name.CIDToGIDMap)
    if isinstance(glyphs, Stream):
        places = glyphs.read_bytes()
        blank = [c for c in sorted(used) if places[2 * c : 2 * c + 2] in (b"", b"\0\0")]
        if blank:
            yield _broken(
                file, key, "6.2.11.8", f"code {blank[0]:04X} shows the glyph .notdef",
                f"编码 {blank[0]:04X} 显示 .notdef 字形",
            )  # fmt: skip


def _codes(shown: object) -> set[int]:
    parts = list(shown) if isinstance(shown, Array) else [shown]
    data = b"".join(bytes(p) for p in parts if isinstance(p, pikepdf.String))
    return {data[i] << 8 | data[i + 1] for i in range(0, len(data) - 1, 2)}


def _broken(file: str, key: str, clause: str, english: str, chinese: str) -> Finding:
    return found(
        "pdfa",
        file,
        key,
        f"ISO 19005-2, {clause}: {english}",
        f"ISO 19005-2 第 {clause} 条：{chinese}",
    )
