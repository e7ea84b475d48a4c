"""The server is killed while people type: all that was acknowledged is there."""

from __future__ import annotations

import threading
import time
from typing import Any

import httpx

from .conftest import PASSWORD, PLACE, Process


def type_until_it_dies(
    base: str, name: str, line: str, round_: int, seen: list[tuple[str, str, str]]
) -> list[dict[str, Any]]:
    """Types into one line; acknowledged (id, line, text) go to `seen`, what was not is returned."""
    with httpx.Client(base_url=base, timeout=60, trust_env=False) as client:
        try:
            signed = client.post("/api/sign-in", json={"name": name, "password": PASSWORD})
            headers = {"X-CSRF-Token": signed.json()["csrf"]}
            page = client.get(f"{PLACE}/pages/{line[:5]}").json()
            base_version: int | str = page["lines"][line]["version"]
        except httpx.HTTPError:
            return []
        for n in range(10_000):
            identity = f"{name}-{round_}-{n:05d}"
            operation = {"id": identity, "type": "set_text", "line": line,
                         "text": f"{name} {round_}·{n}", "bases": {line: base_version}}  # fmt: skip
            try:
                answer = client.post(
                    f"{PLACE}/operations", json={"operations": [operation]}, headers=headers
                )
                result = answer.json()["results"][0]
            except (httpx.HTTPError, ValueError):
                return [operation]
            assert result["status"] == "applied", result
            seen.append((identity, line, operation["text"]))
            base_version = identity
    return []


def test_every_acknowledged_edit_is_there_after_a_kill(process: Process) -> None:
    people = [("linzhou", "p0001-r004-l001"), ("zhoudu", "p0001-r006-l001"),
              ("bianji", "p0002-r003-l001")]  # fmt: skip
    seen: list[tuple[str, str, str]] = []
    pending: dict[str, list[dict[str, Any]]] = {}
    for round_ in range(2):
        process.start()
        threads = []
        before = len(seen)
        for name, line in people:

            def run(name: str = name, line: str = line, round_: int = round_) -> None:
                pending[name] = type_until_it_dies(process.base, name, line, round_, seen)

            threads.append(threading.Thread(target=run))
        for thread in threads:
            thread.start()
        while len(seen) < before + 7 + 6 * round_:
            assert any(thread.is_alive() for thread in threads), "nobody could type"
            time.sleep(0.01)
        process.kill()
        for thread in threads:
            thread.join()
    process.start()
    with httpx.Client(base_url=process.base, timeout=30, trust_env=False) as client:
        signed = client.post("/api/sign-in", json={"name": "guanli", "password": PASSWORD})
        headers = {"X-CSRF-Token": signed.json()["csrf"]}
        entries = client.get(f"{PLACE}/history?limit=1000").json()["entries"]
        there = {e["id"]: (e["operation"]["line"], e["operation"]["text"]) for e in entries}
        for identity, line, text in seen:
            assert there[identity] == (line, text)
        assert len(there) == len(entries)
        assert len(entries) <= len(seen) + 3 * len(people), "no more than was sent"
        # What was not acknowledged is sent again, and is there once, whether or not it had arrived.
        for unanswered in pending.values():
            if unanswered:
                answer = client.post(
                    f"{PLACE}/operations", json={"operations": unanswered}, headers=headers
                ).json()
                assert answer["results"][0]["status"] in ("applied", "duplicate")
                line, text = unanswered[0]["line"], unanswered[0]["text"]
                page = client.get(f"{PLACE}/pages/{line[:5]}").json()
                assert page["lines"][line]["text"] == text


def test_a_session_outlives_the_server(process: Process) -> None:
    process.start()
    with httpx.Client(base_url=process.base, timeout=30, trust_env=False) as client:
        client.post("/api/sign-in", json={"name": "linzhou", "password": PASSWORD})
        cookies = dict(client.cookies)
    process.kill()
    process.start()
    with httpx.Client(base_url=process.base, cookies=cookies, timeout=30, trust_env=False) as again:
        assert again.get("/api/session").json()["user"]["name"] == "linzhou"
