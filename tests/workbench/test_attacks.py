"""What must not work."""

from __future__ import annotations

import io
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from digitise.archive.corrections import people
from digitise.workbench import server as servers
from digitise.workbench.pages import local_name
from digitise.workbench.signing import COOKIE

from ..conftest import make_pdf
from .conftest import ISSUE, LINE, PASSWORD, PLACE, TOKEN, Served, fill, serving, settings

SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    """A server of its own, with small limits."""
    archive = fill(tmp_path / "archive", make_pdf(tmp_path / "haizhou.pdf", 2))
    yield from serving(archive, settings(tmp_path / "cache", body=5000, patience=1.0))


def test_the_token_opens_once(fresh: Served) -> None:
    one, other = fresh.client(), fresh.client()
    assert one.get("/open?token=guess").status_code == 403
    opened = one.get(f"/open?token={TOKEN}")
    assert (opened.status_code, opened.headers["location"]) == (303, "/")
    cookie = opened.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert other.get(f"/open?token={TOKEN}").status_code == 403
    user = one.get("/api/session").json()["user"]
    assert (user["name"], user["role"]) == (local_name(), "administrator")
    # He who has no password cannot sign in with one, an empty one least of all.
    for password in ("", "x", PASSWORD):
        body = {"name": local_name(), "password": password}
        assert other.post("/api/sign-in", json=body).status_code in (401, 422)


def test_nothing_is_shown_to_those_not_signed_in(served: Served) -> None:
    client = served.client()
    for path in (
        "/api/session", "/api/queue", PLACE, f"{PLACE}/pages/p0001", "/api/users", "/api/audit",
        "/api/search?q=x", f"/export/{quote(ISSUE)}/json", f"/pictures/{quote(ISSUE)}/p0001/thumbnail.jpg",
    ):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 401, path
        assert answer.json()["error"]["code"] == "sign-in-needed"
    for path in ("/", "/app/queue", "/read", f"/read/{quote(ISSUE)}/a002"):
        assert client.get(path).status_code == 303


def test_planted_script_stays_text(served: Served) -> None:
    desk = served.desk("bianji")
    desk.types("p0001-r005-l001", SCRIPT)
    desk.operations(
        {"type": "article_set", "article": "a004", "field": "headline", "value": SCRIPT,
         "bases": {"a004": desk.get(f"{PLACE}/articles/a004")["article"]["version"]}},
        {"type": "masthead_set", "field": "title", "value": SCRIPT,
         "bases": {"masthead": desk.get(PLACE)["masthead"]["version"]}},
        {"type": "comment", "target": "issue", "text": SCRIPT},
    )  # fmt: skip
    for path in (
        f"/read/{quote(ISSUE)}",
        f"/read/{quote(ISSUE)}/a003",
        f"/read/{quote(ISSUE)}/a004",
    ):
        page = desk.http.get(path)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
        assert "<script" not in page.text
        assert "<img" not in page.text
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
        assert "unsafe" not in page.headers["content-security-policy"]
    for path in (f"{PLACE}/articles/a004", f"{PLACE}/comments"):
        answer = desk.http.get(path)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
    names = [f["name"] for f in desk.get("/api/session")["formats"]]
    for name in ("alto", "page", "mets", "tei", "hocr", "html"):
        if name in names:
            answer = desk.http.get(f"/export/{quote(ISSUE)}/{name}")
            assert answer.status_code == 200
            for data in _markup_in(answer):
                assert b"<img src=x" not in data, name
                assert b"<script>alert" not in data, name
    odd = desk.http.get(f"/read/{quote(SCRIPT, safe='')}")
    assert odd.status_code == 404
    assert "<script" not in odd.text


def test_a_file_name_is_no_markup(tmp_path: Path) -> None:
    name = '"><script>alert(1)<img src=x onerror=alert(1)>.pdf'
    archive = fill(tmp_path / "archive", make_pdf(tmp_path / name, 2))
    for served in serving(archive, settings(tmp_path / "cache")):
        desk = served.desk("guanli")
        for path in ("/", "/read", f"/read/{quote(ISSUE)}", f"/read/{quote(ISSUE)}/a003"):
            page = desk.http.get(path, follow_redirects=True)
            assert page.status_code == 200, path
            assert "<script>alert" not in page.text
            assert "<img src=x" not in page.text
        for one in desk.get("/api/session")["formats"]:
            if one["name"] in ("alto", "page", "tei", "hocr", "html", "mets"):
                answer = desk.http.get(f"/export/{quote(ISSUE)}/{one['name']}")
                assert answer.status_code == 200, one
                for data in _markup_in(answer):
                    assert b"<script>alert" not in data, one
                    assert b"<img src=x" not in data, one


def _markup_in(answer: httpx.Response) -> list[bytes]:
    if answer.headers["content-type"] != "application/zip":
        return [answer.content]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as made:
        # In plain text a sign is itself.
        return [made.read(name) for name in made.namelist() if not name.endswith(".txt")]


def test_another_site_cannot_ask_in_ones_name(served: Served) -> None:
    desk = served.desk("linzhou")
    body = {
        "operations": [{"id": "forged-0001", "type": "comment", "target": "issue", "text": "x"}]
    }
    for headers in (
        {},
        {"X-CSRF-Token": "wrong"},
        {"X-CSRF-Token": desk.csrf, "Origin": "https://evil.example"},
        {"X-CSRF-Token": desk.csrf, "Origin": "null"},
        {"X-CSRF-Token": desk.csrf, "Sec-Fetch-Site": "cross-site"},
        {"X-CSRF-Token": desk.csrf, "Host": "evil.example"},
        {"X-CSRF-Token": served.desk("zhoudu").csrf},
    ):
        answer = desk.http.post(f"{PLACE}/operations", json=body, headers=headers)
        assert answer.status_code == 403, headers
        assert answer.json()["error"]["code"] == "csrf"
    as_form = desk.http.post(
        f"{PLACE}/operations", data={"operations": "[]"}, headers={"X-CSRF-Token": desk.csrf}
    )
    assert as_form.status_code == 422
    away = served.client().post(
        "/sign-in", data={"name": "linzhou", "password": PASSWORD},
        headers={"Origin": "https://evil.example"},
    )  # fmt: skip
    assert away.status_code == 403
    own = served.client().post(
        "/sign-in", data={"name": "linzhou", "password": PASSWORD, "next": "//evil.example/"},
        headers={"Origin": served.base},
    )  # fmt: skip
    assert (own.status_code, own.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../pages.py", "/static/..%2fpages.py", "/static/%2e%2e/%2e%2e/errors.py",
        "/static//etc/passwd", "/static/..%5cpages.py", "/static/dist/../../app.py",
        "/tiles/..%2f..%2f..%2fetc/passwd/1/0_0.jpg", f"/tiles/{quote(ISSUE)}/..%2f..%2fx/1/0_0.jpg",
        f"/pictures/{quote(ISSUE)}/..%2f..%2foriginals%2fhaizhou.pdf/thumbnail.jpg",
        "/pictures/..%2f..%2f..%2f..%2fetc%2fpasswd/p0001/thumbnail.jpg",
        f"/export/{quote(ISSUE)}/..%2f..%2f..%2fetc%2fpasswd",
        "/api/issues/..%2f..%2fetc%2fpasswd", "/read/..%2f..%2fetc%2fpasswd",
    ],
)  # fmt: skip
def test_no_path_leads_out(served: Served, path: str) -> None:
    port = int(served.base.rpartition(":")[2])
    cookie = served.desk("guanli").http.cookies[COOKIE]
    with socket.create_connection(("127.0.0.1", port), timeout=30) as raw:
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {COOKIE}={cookie}\r\n"
        raw.sendall(f"{head}Connection: close\r\n\r\n".encode())
        answer = b""
        while chunk := raw.recv(65536):
            answer += chunk
    assert answer.split()[1] in (b"404", b"422"), answer[:200]
    assert b"root:" not in answer
    assert b"import" not in answer


def test_a_role_cannot_be_claimed(served: Served) -> None:
    reader, corrector = served.desk("leser"), served.desk("linzhou")
    operation = {"id": "forged-0002", "type": "comment", "target": "issue", "text": "x"}
    forged = {"operations": [operation], "role": "administrator", "user": {"role": "administrator"}}
    assert reader.post(f"{PLACE}/operations", forged, 403)["error"]["code"] == "not-allowed"
    reader.http.headers["X-Role"] = "administrator"
    reader.post("/api/users", {"name": "x", "role": "administrator", "password": PASSWORD}, 403)
    reader.post("/api/users/leser", {"role": "administrator"}, 403)
    corrector.post("/api/users/linzhou", {"role": "administrator"}, 403)
    assert corrector.http.get("/api/users").status_code == 403
    assert corrector.http.get("/api/audit").status_code == 403
    passed = corrector.operations({"type": "status", "target": "issue", "status": "passed"})
    assert passed["results"][0]["status"] == "refused"
    for cookie in ("administrator", "x" * 43, "", "é"):
        client = served.client()
        raw = f"{COOKIE}={cookie}".encode()
        assert client.get("/api/session", headers={"Cookie": raw}).status_code == 401
    admin = served.desk("guanli")
    admin.post("/api/users/guanli", {"role": "reader"}, 403)
    # Who loses his role has lost it for the session he is in.
    admin.post("/api/users/zhoudu", {"role": "corrector"})
    victim = served.desk("zhoudu")
    admin.post("/api/users/zhoudu", {"active": False})
    assert victim.http.get("/api/session").status_code == 401
    admin.post("/api/users/zhoudu", {"active": True})


def test_guessing_is_slowed_down(fresh: Served) -> None:
    client = fresh.client()
    codes = []
    for n in range(8):
        answer = client.post("/api/sign-in", json={"name": "linzhou", "password": f"guess {n}"})
        codes.append(answer.status_code)
    assert codes[:5] == [401] * 5
    assert codes[5:] == [429] * 3
    assert int(answer.headers["retry-after"]) > 10
    right = client.post("/api/sign-in", json={"name": "linzhou", "password": PASSWORD})
    assert right.status_code == 429, "not even with the right one now"
    other = client.post("/api/sign-in", json={"name": "zhoudu", "password": PASSWORD})
    assert other.status_code == 200, "others are not locked out"
    failed = [e for e in people.list_audit(fresh.archive, 100) if e["action"] == "sign-in-failed"]
    assert len(failed) == 5
    assert {e["by"] for e in failed} == {"linzhou"}
    # A name there is not is answered like one there is.
    known = client.post("/api/sign-in", json={"name": "bianji", "password": "x"}).json()
    unknown = client.post("/api/sign-in", json={"name": "niemand", "password": "x"}).json()
    assert known == unknown


def test_a_body_too_large_is_refused(fresh: Served) -> None:
    desk = fresh.desk("linzhou")
    big = {"operations": [{"text": "x" * 6000}]}
    assert desk.post(f"{PLACE}/operations", big, 413)["error"]["code"] == "too-large"

    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 1000

    headers = {"X-CSRF-Token": desk.csrf, "Content-Type": "application/json"}
    try:
        answer = desk.http.post(f"{PLACE}/operations", content=endless(), headers=headers)
        assert answer.status_code == 413
    except httpx.HTTPError:
        pass  # hung up on while still sending: refused as well
    assert desk.get("/api/session")["user"]["name"] == "linzhou"
    deep = "[" * 2000 + "]" * 2000
    nested = desk.http.post(
        f"{PLACE}/operations", content=f'{{"operations":{deep}}}', headers=headers
    )
    assert nested.status_code == 422


def test_a_slow_client_is_hung_up_on(fresh: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(fresh.base.rpartition(":")[2])
    monkeypatch.setattr(servers, "HEAD_SECONDS", 3.0)
    head = socket.create_connection(("127.0.0.1", port), timeout=120)
    head.sendall(b"POST /api/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n")
    body = socket.create_connection(("127.0.0.1", port), timeout=120)
    body.sendall(
        b"POST /api/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        b'Content-Length: 100\r\n\r\n{"name"'
    )
    # Others are served meanwhile.
    assert fresh.desk("linzhou").get("/api/session")
    assert b"408" in body.recv(65536).split(b"\r\n")[0]
    assert head.recv(65536) == b""
    head.close()
    body.close()


def test_everything_an_administrator_does_is_written_down(served: Served) -> None:
    admin = served.desk("guanli")
    made = admin.post(
        "/api/users",
        {"name": "neu", "display": SCRIPT, "role": "reader", "password": "another long word"},
    )["user"]
    assert made["display"] == SCRIPT
    admin.post("/api/users", {"name": "neu", "role": "reader", "password": PASSWORD}, 422)
    admin.post("/api/users", {"name": "kurz", "role": "reader", "password": "short"}, 422)
    admin.post("/api/users/neu", {"role": "editor"})
    entries = admin.get("/api/audit")["entries"]
    assert [(e["action"], e["detail"]) for e in entries[:2]] == [
        ("user-changed", "neu role"), ("user-added", "neu reader"),
    ]  # fmt: skip
    assert all(e["address"] == "127.0.0.1" for e in entries[:2])


def test_wrong_requests_are_told_what_is_wrong(served: Served) -> None:
    desk = served.desk("linzhou")
    cases: list[tuple[str, Any, str]] = [
        (f"{PLACE}/operations", {}, "operations"),
        (f"{PLACE}/operations", {"operations": []}, "operations"),
        (f"{PLACE}/operations", {"operations": [3]}, "operations[0]"),
        (f"{PLACE}/operations", {"operations": [{"id": "x"}]}, "operations[0].id"),
        ("/api/find", {"find": "x", "scope": 3}, "scope"),
        ("/api/claims", {"issue": 5, "target": "x"}, "issue"),
    ]
    for path, body, place in cases:
        error = desk.post(path, body, 422)["error"]
        assert error["detail"] == place
        assert error["en"]
        assert error["zh"]
    assert desk.http.get("/api/queue?limit=x").status_code == 422
    assert desk.http.get("/api/queue?status=x").status_code == 422
    assert desk.http.get("/api/nothing").json()["error"]["code"] == "unknown"
    assert desk.line(LINE)["id"] == LINE
