"""The nightly report: what it tells, in both languages, as mail, to a webhook, for Prometheus."""

from __future__ import annotations

import html.parser
import http.server
import json
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digitise.archive import open_archive
from digitise.archive.report.facts import Last, gather, last_report
from digitise.archive.report.html import report_html
from digitise.archive.report.metrics import metrics_text
from digitise.archive.report.text import report_text
from digitise.archive.report.writing import write_report
from digitise.archive.settings import Mail, Settings, load_settings
from digitise.errors import DataInvalid

from .conftest import fill, make_issue, settle
from .running import ingest


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With two issues, one of them incomplete, and something in quarantine."""
    folder = tmp_path_factory.mktemp("reported")
    fill(folder / "inbox", 1)
    make_issue(folder / "inbox" / "haizhou-2031-03-05" / "a1.pdf", 5, date="2031-03-05")
    (folder / "inbox" / "haizhou-2031-03-05" / "a2.pdf").write_bytes(b"%PDF-1.4 <b>no</b>")
    (folder / "inbox" / "<script>.tif").write_bytes(b"not a picture at all")
    settle(folder / "inbox")
    run = ingest(folder / "inbox", folder / "archive")
    assert run.returncode == 20, run.stderr
    return folder / "archive"


class _Strict(html.parser.HTMLParser):
    """Knows which elements are open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" and self.open[-1] != "p":
            return
        assert self.open.pop() == tag


@pytest.mark.parametrize(("language", "word"), [("zh", "已隔离"), ("en", "Quarantined")])
def test_both_languages(archive: Path, language: Any, word: str) -> None:
    page = (archive / "reports" / f"latest.{language}.html").read_text("utf-8")
    parser = _Strict()
    parser.feed(page)
    assert not parser.open
    assert "script" not in parser.seen
    assert not re.search(r"(src|href)=\"?(https?:|//)", page)
    assert word in page
    assert "&lt;script&gt;" in page
    for told in (
        "海州日报-2031-03-05",
        "2031-03-01",
        "digitise ingest release u",
        "retry 海州日报",
    ):
        assert told in page
    (text,) = archive.glob(f"reports/*/report.{language}.txt")
    assert word in text.read_text("utf-8")


def test_links_lead_to_files(archive: Path) -> None:
    from urllib.parse import unquote

    for page in [*archive.glob("reports/*.html"), *archive.glob("reports/*/*.html")]:
        html = page.read_text("utf-8")
        links = re.findall(r'href="(\.\.[^"]+)"', html)
        assert len(links) >= 3
        for link in links:
            assert (page.parent / unquote(link)).exists(), link
        for part in re.findall(r'href="#(\w+)"', html):
            assert f"id={part}>" in html


def test_the_facts(archive: Path) -> None:
    facts = gather(open_archive(archive), Last(), 4e9)
    assert facts.look
    assert [(i.id, i.pages, i.failed, i.complete) for i in facts.issues] == [
        ("海州日报-2031-03-05", 1, 1, False),
        ("海州日报-2031-03-01", 1, 0, True),
    ]
    assert [u.name for u in facts.quarantined] == ["<script>"]
    assert facts.characters > 100
    assert [(p.issue, p.page) for p in facts.broken] == [("海州日报-2031-03-05", "p0002")]
    assert facts.bytes_added > 5000
    assert [night.issues for night in facts.nights] == [2]
    # The next night there is nothing new, though it still lies there.
    later = gather(open_archive(archive), last_report(open_archive(archive)), 4e9)
    assert not later.look
    assert (later.new_quarantined, later.old_quarantined) == (0, 1)
    assert [night.failed_pages for night in later.nights] == [1]
    assert "still in quarantine: 1" in report_text(later, "en")
    assert "仍有 1 项" in report_html(later, "zh")
    assert "Nothing new was delivered." in report_text(later, "en")
    assert "没有新的送达。" in report_html(later, "zh")
    assert "Nothing new was delivered." not in report_text(facts, "en")


def test_a_report_of_a_time_to_come_hides_nothing(archive: Path) -> None:
    """It was written while the clock was wrong."""
    facts = gather(open_archive(archive), Last(at=4e9, event=0), 2e9)
    assert facts.look
    assert facts.since <= facts.until
    assert (facts.new_quarantined, len(facts.issues)) == (1, 2)


class _Hook(http.server.BaseHTTPRequestHandler):
    heard: list[Any]

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.heard.append(json.loads(self.rfile.read(length)))  # type: ignore[attr-defined]
        self.send_response(204)
        self.end_headers()

    def log_message(self, *given: object) -> None:
        return


class _Mailbox(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as a delivery needs."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        body: list[bytes] = []
        while line := self.rfile.readline():
            word = line.strip().upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while (line := self.rfile.readline()).strip() != b".":
                    body.append(line)
                self.server.heard.append(b"".join(body))  # type: ignore[attr-defined]
            if word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 fine\r\n")


@contextmanager
def _serving(kind: type, handler: type) -> Iterator[Any]:
    with kind(("127.0.0.1", 0), handler) as server:
        server.heard = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


def test_mail_and_webhook(archive: Path) -> None:
    opened = open_archive(archive)
    complaints: list[tuple[str, str]] = []
    with (
        _serving(http.server.HTTPServer, _Hook) as hook,
        _serving(socketserver.TCPServer, _Mailbox) as post,
    ):
        settings = Settings(
            webhook=f"http://127.0.0.1:{hook.server_address[1]}/hook",
            mail=Mail(("a@example.org",), "b@example.org", "127.0.0.1", post.server_address[1]),
        )
        write_report(opened, settings, complain=complaints.append)
    assert not complaints
    assert "收入报告" in hook.heard[0]["text"]
    assert hook.heard[0]["report"]["total_issues"] == 2
    import email
    import email.policy

    message = email.message_from_bytes(post.heard[0], policy=email.policy.default)
    assert "收入报告" in str(message["Subject"])
    assert [part.get_content_type() for part in message.walk()][1:] == ["text/plain", "text/html"]
    # Nobody there: said, and no reason to fail.
    lost = replace(settings, mail=replace(settings.mail, port=1))
    write_report(opened, lost, complain=complaints.append)
    assert len(complaints) == 2
    assert "not be sent" in complaints[0][0]


def test_metrics(archive: Path) -> None:
    text = metrics_text(open_archive(archive), 20)
    for line in text.splitlines():
        assert re.fullmatch(r"# (HELP|TYPE) \w+ .+|\w+(\{\w+=\"\w+\"\})? [0-9.e+]+", line), line
    assert 'digitise_ingest_units{state="quarantined"} 1' in text
    assert "digitise_ingest_last_exit_code 20" in text


def test_settings(archive: Path, tmp_path: Path) -> None:
    opened = open_archive(tmp_path / "a", create=True)
    opened.store.put(
        "archive.toml",
        b'[ingest]\nengine = "null"\nformats = ["alto"]\n[report.mail]\nto = ["a@b"]\n',
    )
    settings = load_settings(opened.store)
    assert (settings.options.engine, settings.formats) == ("null", ("alto",))
    assert settings.mail.to == ("a@b",)
    for wrong, place in (
        ("x = 1", "x"), ("[ingest]\nengine = 5", "ingest.engine"),
        ("[report.mail]\nto = [1]", "report.mail.to"), ("not toml", "archive.toml"),
    ):  # fmt: skip
        opened.store.put("archive.toml", wrong.encode())
        with pytest.raises(DataInvalid) as caught:
            load_settings(opened.store)
        assert place in caught.value.message[0]
