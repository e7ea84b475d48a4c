"""Files that mean harm or are merely wrong: read for what they hold, or refused in one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from digitise.cli import call
from digitise.formats.issue_json import load_issue

LINE = 'HPOS="100" VPOS="100" WIDTH="600" HEIGHT="40"'
SIZE = 'HEIGHT="2000" WIDTH="1500"'
BLOCK = f"""<TextBlock ID="B1" {LINE}><TextLine ID="L1" {LINE}><String ID="S1"
 CONTENT="清晨的河边" {LINE}/></TextLine></TextBlock>"""
ALTO = f"""<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><MeasurementUnit>pixel
</MeasurementUnit></Description><Layout><Page ID="P1" {SIZE}><PrintSpace>{BLOCK}</PrintSpace></Page>
</Layout></alto>"""
PAGE = """<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
<Page imageFilename="a.jpg" imageWidth="800" imageHeight="600"><TextRegion id="r1"><TextLine id="l1">
<TextEquiv><Unicode>清晨</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>"""
HOCR = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title></title>
<meta name="ocr-system" content="x"/></head><body><div class="ocr_page" id="p"
 title="bbox 0 0 800 600"><span class="ocr_line" title="bbox 1 1 9 9">清晨</span></div></body></html>"""
METS = """<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink">
<mets:fileSec><mets:fileGrp><mets:file ID="A1" MIMETYPE="text/xml"><mets:FLocat LOCTYPE="URL"
 xlink:href="HREF"/></mets:file></mets:fileGrp></mets:fileSec><mets:structMap TYPE="PHYSICAL">
<mets:div TYPE="Newspaper"><mets:div ID="p1" TYPE="PAGE" ORDER="1"><mets:fptr FILEID="A1"/>
</mets:div></mets:div></mets:structMap></mets:mets>"""
SECRET = "the secret of another file"


def _laughing(root: str, text: str) -> str:
    """The "billion laughs": ten entities, each ten times the one before."""
    made = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "ha">{made}]>' + text.replace(
        "清晨", "清晨&l9;"
    )


def _outside(root: str, text: str) -> str:
    head = f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY x SYSTEM "file://{{folder}}/s.txt">]>'
    return head + text.replace("清晨", "清晨&x;")


REFUSED: dict[str, tuple[str, str, str]] = {
    "laughs in ALTO": ("a.xml", _laughing("alto", ALTO), "not well-formed"),
    "laughs in PAGE": ("a.xml", _laughing("PcGts", PAGE), "not well-formed"),
    "laughs in hOCR": ("a.hocr", _laughing("html", HOCR), "it declares entities"),
    "laughs in METS": ("a.xml", _laughing("mets:mets", METS.replace("PAGE", "清晨")),
                       "not well-formed"),
    "outside of PAGE": ("a.xml", _outside("PcGts", PAGE), "an entity of its own, &x;"),
    "outside of hOCR": ("a.hocr", _outside("html", HOCR), "an entity of its own, &x;"),
    "a control character": ("a.xml", ALTO.replace("清晨", "清\x01晨"), "not well-formed"),
    "a control character by number": ("a.xml", ALTO.replace("清晨", "清&#1;晨"), "not well-formed"),
    "half a character": ("a.xml", ALTO.replace("清晨", "清&#xD800;晨"), "not well-formed"),
    "very deep": ("a.xml", "<alto>" + "<a>" * 5000 + "</a>" * 5000 + "</alto>", "depth"),
    "no page": ("a.xml", '<alto xmlns="x"><Layout/></alto>', "not an ALTO document"),
    "METS of the folder above": ("m/a.xml", METS.replace("HREF", "../alto.xml"), "../alto.xml"),
    "METS that hides it": ("m/a.xml", METS.replace("HREF", "..%2Falto.xml"), "../alto.xml"),
    "METS of the whole disk": ("m/a.xml", METS.replace("HREF", "/etc/passwd"), "/etc/passwd"),
    "METS of a file address": ("m/a.xml", METS.replace("HREF", "file://{folder}/alto.xml"),
                               "are not in its folder"),
    "METS of the network": ("m/a.xml", METS.replace("HREF", "http://press.example/a.xml"),
                            "are not in its folder"),
    "METS of what has gone": ("m/a.xml", METS.replace("HREF", "gone.xml"), "gone.xml"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str, tmp_path: Path, capfd: Any) -> None:
    file, text, said = REFUSED[name]
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    (tmp_path / "alto.xml").write_text(ALTO, encoding="utf-8")
    (tmp_path / "s.txt").write_text(SECRET)
    path.write_bytes(text.replace("{folder}", str(tmp_path)).encode())
    out = tmp_path / "out"
    assert call(["import", str(path), "-o", str(out), "--language", "en"]) == 13
    told = capfd.readouterr().err.strip()
    assert said in told and told.count("\n") == 0 and "Traceback" not in told
    assert not list(out.rglob("issue.json"))
    assert call(["import", str(path), "-o", str(out), "--language", "zh"]) == 13
    assert "无法导入" in capfd.readouterr().err


GB_HTML = """<html><head><meta charset=gb2312><meta name="ocr-system" content="x"></head><body>
<div class=ocr_page id=p title="bbox 0 0 800 600"><br>
<span class=ocr_line title="bbox 1 1 9 9">清晨㐂</span></div></body></html>"""
SCRIPT = "<script>alert(1)</script><style>p {}</style><img src='x' onerror='alert(1)'/>"
XHTML = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/x.dtd">'

READ: dict[str, tuple[str, bytes, list[str], tuple[int, int]]] = {
    "a byte order mark": ("a.xml", ("\ufeff" + ALTO).encode(), ["清晨的河边"], (1500, 2000)),
    "GB 18030": ("a.xml", ('<?xml version="1.0" encoding="GB18030"?>' + ALTO).encode("gb18030"),
                 ["清晨的河边"], (1500, 2000)),
    "UTF-16": ("a.xml", ('<?xml version="1.0" encoding="UTF-16"?>' + ALTO).encode("utf-16"),
               ["清晨的河边"], (1500, 2000)),
    "hOCR in GB 18030": ("a.hocr", GB_HTML.encode("gb18030"), ["清晨㐂"], (800, 600)),
    "hOCR with scripts": ("a.hocr", HOCR.replace("清晨", f"清{SCRIPT}晨").encode(), ["清晨"],
                          (800, 600)),
    "hOCR with entities of HTML": ("a.hocr", (XHTML + HOCR.replace("清晨", "清&nbsp;晨")).encode(),
                                   ["清\xa0晨"], (800, 600)),
    "another namespace": ("a.xml", ALTO.replace("www.loc.gov", "press.example").encode(),
                          ["清晨的河边"], (1500, 2000)),
    "no places": ("a.xml", ALTO.replace(LINE, "").encode(), ["清晨的河边"], (1500, 2000)),
    "no places in PAGE": ("a.xml", PAGE.encode(), ["清晨"], (800, 600)),
    "an id given twice": ("a.xml", ALTO.replace(BLOCK, BLOCK * 2).encode(),
                          ["清晨的河边", "清晨的河边"], (1500, 2000)),
    "an empty page": ("a.xml", ALTO.replace(BLOCK, "").encode(), [], (1500, 2000)),
    "no size": ("a.xml", ALTO.replace(SIZE, "").encode(), ["清晨的河边"], (700, 140)),
    "a size that is none": ("a.xml", ALTO.replace(SIZE, 'HEIGHT="-9" WIDTH="x"').encode(),
                            ["清晨的河边"], (700, 140)),
    "PAGE of a size that is none": ("a.xml", PAGE.replace('"800"', '"-800"').encode(), ["清晨"],
                                    (0, 600)),
    "a wrong size": ("a.xml", ALTO.replace(SIZE, 'HEIGHT="20" WIDTH="15"').encode(),
                     ["清晨的河边"], (15, 20)),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_what_is_read_all_the_same(name: str, tmp_path: Path, capfd: Any) -> None:
    file, data, lines, size = READ[name]
    (tmp_path / file).write_bytes(data)
    assert call(["import", str(tmp_path / file), "-o", str(tmp_path / "out")]) == 0
    issue = load_issue((tmp_path / "out/a/issue.json").read_bytes())
    (page,) = issue.pages
    assert [line.text for r in page.regions for line in r.lines] == lines
    assert (page.width, page.height) == size
    assert len({r.id for r in page.regions}) == len(page.regions)
    names = "alto,page,hocr,tei,mets,html,csv,pdf,pdfa,iiif"
    command = ["export", str(tmp_path / "out"), "-f", names, "-o", str(tmp_path / "export")]
    assert call([*command, "--no-images"]) == 0


def test_places_off_a_page_of_a_wrong_size_are_told(tmp_path: Path, capfd: Any) -> None:
    data = READ["a wrong size"][1]
    (tmp_path / "a.xml").write_bytes(data)
    assert call(["validate", str(tmp_path / "a.xml"), "--language", "en"]) == 13
    assert "B1: (100, 100, 700, 140) lies outside the page of 15 x 20" in capfd.readouterr().out
