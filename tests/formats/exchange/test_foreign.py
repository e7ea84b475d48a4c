"""Documents as other programs write them."""

from __future__ import annotations

import builtins
import sys
from typing import Any

import pytest

from digitise.errors import DataInvalid, EngineMissing
from digitise.formats.exports import FORMATS
from digitise.formats.exports.altoissue import read_alto_pages
from digitise.formats.exports.altoread import read_alto
from digitise.formats.exports.hocrread import read_hocr_pages
from digitise.formats.exports.metsread import read_mets
from digitise.formats.exports.pageread import read_page_files
from digitise.formats.exports.sniffing import kind_of

# As docWorks writes: no namespace, tenths of a millimetre, hyphens, SP.
OLD_ALTO = b"""<?xml version="1.0" encoding="UTF-8"?>
<alto><Description><MeasurementUnit>mm10</MeasurementUnit>
<OCRProcessing ID="O1"><ocrProcessingStep><processingStepSettings>width: 3000
xdpi: 254</processingStepSettings><processingSoftware><softwareName>Reader</softwareName>
<softwareVersion>9</softwareVersion></processingSoftware></ocrProcessingStep></OCRProcessing>
</Description>
<Layout><Page ID="P1" PHYSICAL_IMG_NR="7" HEIGHT="2000" WIDTH="1500"><PrintSpace>
<TextBlock ID="B1" HPOS="100" VPOS="100" WIDTH="600" HEIGHT="40">
<TextLine ID="L1" HPOS="100" VPOS="100" WIDTH="600" HEIGHT="40">
<String ID="w1" CONTENT="COAL" HPOS="100" VPOS="100" WIDTH="280" HEIGHT="40" WC="0.5" CC="0009"/>
<SP WIDTH="40" HPOS="380" VPOS="100"/>
<String ID="w2" CONTENT="DUTIES." HPOS="420" VPOS="100" WIDTH="280" HEIGHT="40" WC="0.9"
 CC="0000000"/></TextLine></TextBlock>
<TextBlock ID="B2" HPOS="100" VPOS="160" WIDTH="600" HEIGHT="160">
<TextLine ID="L2" HPOS="100" VPOS="160" WIDTH="600" HEIGHT="40">
<String ID="w3" CONTENT="peti" HPOS="100" VPOS="160" WIDTH="80" HEIGHT="40"/><HYP CONTENT="-"/>
</TextLine>
<TextLine ID="L3" HPOS="100" VPOS="200" WIDTH="600" HEIGHT="40">
<String ID="w4" CONTENT="tion." HPOS="100" VPOS="200" WIDTH="80" HEIGHT="40"/></TextLine>
<TextLine ID="L4" HPOS="100" VPOS="240" WIDTH="600" HEIGHT="40">
<String ID="w5" CONTENT="SUPPLY." HPOS="100" VPOS="240" WIDTH="80" HEIGHT="40"/></TextLine>
</TextBlock>
<Illustration ID="I1" HPOS="800" VPOS="100" WIDTH="300" HEIGHT="300"/>
</PrintSpace></Page></Layout></alto>"""

METS = """<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:mods="http://www.loc.gov/mods/v3">
<mets:dmdSec ID="D0"><mets:mdWrap MDTYPE="MODS"><mets:xmlData><mods:mods>
 <mods:titleInfo><mods:title>The
   Statesman</mods:title></mods:titleInfo>
 <mods:originInfo><mods:dateIssued>1824-02-17</mods:dateIssued></mods:originInfo>
 <mods:language><mods:languageTerm type="code" authority="rfc3066">en</mods:languageTerm>
 </mods:language></mods:mods></mets:xmlData></mets:mdWrap></mets:dmdSec>
<mets:dmdSec ID="D1"><mets:mdWrap MDTYPE="MODS"><mets:xmlData><mods:mods>
 <mods:titleInfo><mods:title>COAL DUTIES.</mods:title></mods:titleInfo></mods:mods>
</mets:xmlData></mets:mdWrap></mets:dmdSec>
<mets:fileSec><mets:fileGrp>
<mets:file ID="A1" MIMETYPE="text/xml"><mets:FLocat LOCTYPE="URL" xlink:href="file://./a/1.xml"/>
</mets:file></mets:fileGrp></mets:fileSec>
<mets:structMap TYPE="PHYSICAL"><mets:div TYPE="Newspaper"><mets:div ID="p1" TYPE="PAGE" ORDER="1"
 ORDERLABEL="1"><mets:fptr FILEID="A1"/></mets:div></mets:div></mets:structMap>
<mets:structMap TYPE="LOGICAL"><mets:div TYPE="ISSUE" DMDID="D0">
<mets:div ID="x1" TYPE="ARTICLE" DMDID="D1">
 <mets:div TYPE="HEADING"><mets:fptr><mets:area FILEID="A1" BEGIN="B1" BETYPE="IDREF"/></mets:fptr>
 </mets:div>
 <mets:div TYPE="BODY"><mets:fptr><mets:area FILEID="A1" BEGIN="w3" END="w4" BETYPE="IDREF"/>
 </mets:fptr></mets:div></mets:div>
<mets:div ID="x2" TYPE="ARTICLE" LABEL="SUPPLY."><mets:fptr><mets:area FILEID="A1" BEGIN="w5"
 BETYPE="IDREF"/></mets:fptr></mets:div>
</mets:div></mets:structMap></mets:mets>"""


def test_an_old_alto() -> None:
    read = read_alto(OLD_ALTO, "1.xml")
    page = read.page
    assert not read.own
    assert (page.width, page.height, page.dpi) == (1500, 2000, 254)
    assert [r.kind for r in page.regions] == ["body", "body", "picture"]
    line = page.regions[0].lines[0]
    assert line.text == "COAL DUTIES."
    assert len(line.chars) == len(line.text)
    assert line.chars[3].confidence == 0
    assert line.chars[4].text == " "
    assert line.chars[11].box.x1 == 700
    assert line.confidence == round((0.5 * 4 + 0.9 * 7) / 11, 3)
    assert page.regions[1].lines[0].text == "peti-"
    assert page.regions[1].lines[0].chars == ()
    assert page.steps[0].name == "Reader 9"


def test_other_units() -> None:
    for unit, factor in ((b"inch1200", 254 / 1200), (b"pixel", 1.0)):
        page = read_alto(OLD_ALTO.replace(b"mm10", unit), "1.xml").page
        assert page.width == round(1500 * factor)
        assert page.regions[0].box.x1 == pytest.approx(700 * factor)


def test_words_without_spaces_between_them() -> None:
    data = OLD_ALTO.replace(b'<SP WIDTH="40" HPOS="380" VPOS="100"/>', b"")
    assert read_alto(data, "1.xml").page.regions[0].lines[0].text == "COAL DUTIES."
    chinese = data.replace(b"COAL", "煤".encode()).replace(b"DUTIES.", "税".encode())
    assert read_alto(chinese, "1.xml").page.regions[0].lines[0].text == "煤税"


def test_text_that_runs_down_is_told_by_its_shape() -> None:
    down = OLD_ALTO.replace(b'WIDTH="600" HEIGHT="40"', b'WIDTH="40" HEIGHT="600"')
    down = down.replace(b"COAL", "民國十二".encode()).replace(b"DUTIES.", "年".encode())
    regions = read_alto(down, "1.xml").page.regions
    assert regions[0].writing_mode == "vertical-rl"
    assert regions[1].writing_mode == "horizontal-tb"


def test_a_block_that_two_articles_share_is_parted() -> None:
    issue = read_mets(METS.encode(), "paper_mets.xml", {"a/1.xml": OLD_ALTO}.get)
    assert (issue.id, issue.title, issue.language) == ("paper", "The Statesman", "en")
    first, second, rest = issue.articles
    assert (first.id, first.kind, first.headline) == ("x1", "article", "COAL DUTIES.")
    assert first.parts[0].regions == ("B1", "B2-1")
    assert first.paragraphs == ("petition.",)
    assert (second.headline, second.parts[0].regions) == ("SUPPLY.", ("B2-2",))
    assert (rest.kind, rest.parts[0].regions) == ("picture", ("I1",))
    page = issue.pages[0]
    assert [(r.id, r.kind) for r in page.regions] == [
        ("B1", "headline"), ("B2-1", "body"), ("B2-2", "headline"), ("I1", "picture"),
    ]  # fmt: skip
    assert page.reading_order == ("B1", "B2-1", "B2-2", "I1")
    assert page.regions[2].box.y0 == 240


def test_a_transkribus_page() -> None:
    data = """<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15">
<Metadata><Creator>Transkribus</Creator></Metadata>
<Page imageFilename="0001.jpg" imageWidth="800" imageHeight="600">
<TextRegion id="r2" custom="readingOrder {index:1;} structure {type:caption;}">
<Coords points="10,300 700,300 700,400 10,400"/>
<TextLine id="l2" custom="readingOrder {index:0;}"><Coords points="10,300 700,300 700,340 10,340"/>
<TextEquiv><Unicode>江邊\u3000晨景</Unicode></TextEquiv></TextLine></TextRegion>
<TextRegion id="r1" type="heading" custom="readingOrder {index:0;}">
<Coords><Point x="10" y="10"/><Point x="700" y="10"/><Point x="700" y="90"/></Coords>
<TextLine id="l1"><Coords points="10,10 700,10 700,90 10,90"/>
<TextEquiv index="1"><Unicode>錯</Unicode></TextEquiv>
<TextEquiv index="0" conf="0.75"><Unicode>江邊的早晨</Unicode></TextEquiv></TextLine></TextRegion>
</Page></PcGts>"""
    issue = read_page_files([("0001.xml", data.encode())], "paper")
    page = issue.pages[0]
    assert (page.id, page.source, page.width) == ("p0001", "0001.jpg", 800)
    assert page.reading_order == ("r1", "r2")
    assert {r.id: r.kind for r in page.regions} == {"r2": "caption", "r1": "headline"}
    assert page.region("r1").polygon == ((10, 10), (700, 10), (700, 90))
    assert page.region("r1").lines[0].text == "江邊的早晨"
    assert page.region("r1").lines[0].confidence == 0.75
    assert sorted(p for a in issue.articles for p in a.parts[0].regions) == ["r1", "r2"]


def test_a_tesseract_hocr() -> None:
    data = """<!DOCTYPE html><html><head><title></title>
<meta name='ocr-system' content='tesseract 5.3.0'></head><body>
<div class='ocr_page' id='page_1' title='image "/home/x/a.png"; bbox 0 0 800 600; ppageno 0; scan_res 200 200'>
<div class='ocr_carea' id='block_1_1' title="bbox 10 10 700 90">
<p class='ocr_par' id='par_1_1' title="bbox 10 10 700 90">
<span class='ocr_line' id='line_1_1' title="bbox 10 10 700 50; baseline 0 -5">
<span class='ocrx_word' title='bbox 10 10 100 50; x_wconf 90'>The</span>
<span class='ocrx_word' title='bbox 120 10 300 50; x_wconf 70'>Times</span>
</span></p></div></div></body></html>"""
    issue = read_hocr_pages([("a.hocr", data.encode())], "a")
    page = issue.pages[0]
    assert (page.id, page.width, page.dpi, page.source) == ("p0001", 800, 200, "/home/x/a.png")
    line = page.regions[0].lines[0]
    assert (line.text, line.confidence) == ("The Times", 0.8)
    assert line.box.x1 == 700


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"<?xml version='1.0'?><!-- <alto/> --><mets:mets xmlns:mets='x'>", "mets"),
        ("\ufeff<alto>".encode(), "alto"),
        ("<?xml version='1.0' encoding='UTF-16'?><PcGts>".encode("utf-16"), "page"),
        (b"<!DOCTYPE html PUBLIC 'x' 'y'><html><body><div class='ocr_page'>", "hocr"),
        (b"<html><body>nothing</body></html>", None),
        (b"%PDF-1.4", None),
        (b"", None),
    ],
)
def test_what_a_file_is(head: bytes, kind: str | None) -> None:
    assert kind_of(head) == kind


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<alto>",
        b"<alto/>",
        b"<page/>",
        b"\xff\xfe\x00",
        b'<!DOCTYPE alto [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><alto>&b;</alto>',
    ],
)
def test_what_is_no_alto_is_said(data: bytes) -> None:
    with pytest.raises(DataInvalid):
        read_alto_pages([("a.xml", data)], "a")


def test_entities_are_not_followed(tmp_path: Any) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    text = OLD_ALTO.decode().replace(
        "<alto>", f'<!DOCTYPE alto [<!ENTITY x SYSTEM "{secret.as_uri()}">]><alto>', 1
    )
    text = text.replace("<softwareName>Reader", "<softwareName>&x;Reader")
    with pytest.raises(DataInvalid, match="an entity of its own, &x;"):
        read_alto_pages([("a.xml", text.encode())], "a")


def test_numbers_that_are_none() -> None:
    data = OLD_ALTO.replace(b'WIDTH="600"', b'WIDTH="1e999"').replace(b'WC="0.5"', b'WC="NaN"')
    page = read_alto(data.replace(b'PHYSICAL_IMG_NR="7"', b'PHYSICAL_IMG_NR="-3"'), "a").page
    assert page.number == 1
    assert page.regions[0].box.width == 0


def test_a_package_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("lxml"):
            raise ModuleNotFoundError("No module named 'lxml'", name="lxml")
        return real(name, *rest, **more)

    for name in [n for n in sys.modules if n.startswith("digitise.formats.exports.alto")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EngineMissing, match="lxml"):
        _ = FORMATS["alto"].export
