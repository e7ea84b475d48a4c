"""Several correctors at once against a real server: how long a save takes, whether any is lost.

    python scripts/benchmark_workbench.py [--correctors 10] [--seconds 300] [--archive FOLDER]

Each corrector signs in, walks over the lines of an issue and saves each several times, as typing
does, with a pause between. One save in ten goes to a line everybody fights for. Afterwards every
acknowledged save must be in the history exactly once, and every line must hold what the last one
typed. Beside the figures stands what one corrector alone measures: the machine's idle round trip.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from digitise.archive import open_archive
from digitise.archive.corrections import people
from digitise.archive.corrections.people import User
from digitise.workbench import demo
from digitise.workbench.passwords import hashed

PASSWORD = "correct horse battery"
SIGNS = "澜江新区昨日举行开工仪式并宣布明年建成通车记者从会上获悉"


@dataclass
class Tally:
    """What one corrector saw: seconds of each save, (line, text, seq) acknowledged."""

    seconds: list[float] = field(default_factory=list)
    saved: list[tuple[str, str, int]] = field(default_factory=list)
    conflicts: int = 0
    errors: list[str] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--correctors", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--pause", type=float, default=1.0, help="mean seconds between saves")
    parser.add_argument("--archive", type=Path, help="default: the sample archive, in a new folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.archive or Path(temporary) / "archive"
        archive = demo.demo_archive(folder) if given.archive is None else open_archive(folder)
        names = [f"corrector-{i:02d}" for i in range(given.correctors)]
        password = hashed(PASSWORD)
        for name in names:
            if people.find_user(archive, name) is None:
                people.add_user(archive, User(name, name, "corrector", True, password))
        server, base = start(folder, Path(temporary))
        try:
            return measure(base, names, given.seconds, given.pause)
        finally:
            server.terminate()
            server.wait(timeout=20)


def start(folder: Path, temporary: Path) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "digitise", "workbench", str(folder), "--port", "0"]
    server = subprocess.Popen(
        [*command, "--language", "en"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "XDG_CACHE_HOME": str(temporary / "cache"), "PYTHONUNBUFFERED": "1"},
    )
    assert server.stdout is not None
    address = server.stdout.readline().split()[-1]
    base = address.partition("/open")[0]
    for _ in range(200):
        try:
            httpx.get(f"{base}/sign-in")
            break
        except httpx.HTTPError:
            time.sleep(0.05)
    return server, base


def signed_in(base: str, name: str) -> tuple[httpx.Client, str]:
    client = httpx.Client(base_url=base, timeout=30)
    answer = client.post("/api/sign-in", json={"name": name, "password": PASSWORD})
    answer.raise_for_status()
    return client, str(answer.json()["csrf"])


def measure(base: str, names: list[str], seconds: float, pause: float, idle: float = 8.0) -> int:
    client, csrf = signed_in(base, names[0])
    issue = client.get("/api/queue?kind=issue").json()["items"][0]["issue"]
    place = f"/api/issues/{quote(issue)}"
    pages = [p["id"] for p in client.get(place).json()["pages"]]
    lines: dict[str, dict[str, Any]] = {}
    for page in pages:
        lines |= client.get(f"{place}/pages/{page}").json()["lines"]
    keys = sorted(lines)
    alone = Tally()
    work(client, csrf, place, {keys[0]: lines[keys[0]]}, [keys[0]], [], idle, 0.1, 0, alone)
    print(f"issue {issue}: {len(keys)} lines; idle: {figures(alone.seconds)}")
    shared = keys[1:6]
    shares = [keys[6 + i :: len(names)] for i in range(len(names))]
    tallies = [Tally() for _ in names]
    threads = []
    for i, name in enumerate(names):
        own, mark = signed_in(base, name)
        arguments = (own, mark, place, lines, shares[i], shared, seconds, pause, i, tallies[i])
        threads.append(threading.Thread(target=work, args=arguments))
    start_at = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - start_at
    times = [s for tally in tallies for s in tally.seconds]
    errors = [e for tally in tallies for e in tally.errors]
    print(f"{len(names)} correctors, {took:.0f} s: {figures(times)}")
    print(
        f"saves acknowledged: {sum(len(t.saved) for t in tallies)}, "
        f"conflicts shown: {sum(t.conflicts for t in tallies)}, errors: {len(errors)}"
    )
    lost = missing(client, place, pages, [alone, *tallies])
    print(f"lost updates: {len(lost)}")
    for text in [*errors[:5], *lost[:5]]:
        print("  " + text)
    return 1 if errors or lost else 0


def work(
    client: httpx.Client, csrf: str, place: str, lines: dict[str, dict[str, Any]],
    own: list[str], shared: list[str], seconds: float, pause: float, seed: int, tally: Tally,
) -> None:  # fmt: skip
    dice = random.Random(seed)
    versions = {key: int(lines[key]["version"]) for key in [*own, *shared]}
    texts = {key: str(lines[key]["text"]) for key in [*own, *shared]}
    until = time.monotonic() + seconds
    at = 0
    while time.monotonic() < until:
        key = dice.choice(shared) if shared and dice.random() < 0.1 else own[at // 4 % len(own)]
        at += 1
        text = (texts[key] + dice.choice(SIGNS))[-60:]
        operation = {"id": str(uuid.uuid4()), "type": "set_text",
                     "line": key, "text": text, "bases": {key: versions[key]}}  # fmt: skip
        begun = time.perf_counter()
        try:
            answer = client.post(
                f"{place}/operations",
                json={"operations": [operation]},
                headers={"X-CSRF-Token": csrf},
            )
            result = answer.json()["results"][0]
        except (httpx.HTTPError, KeyError, ValueError) as error:
            tally.errors.append(repr(error))
            continue
        tally.seconds.append(time.perf_counter() - begun)
        if result["status"] == "applied":
            versions[key], texts[key] = int(result["seq"]), text
            tally.saved.append((key, text, int(result["seq"])))
        elif result["status"] == "conflict":
            tally.conflicts += 1
            now = result["current"]["lines"][key]
            versions[key], texts[key] = int(now["version"]), str(now["text"])
        else:
            tally.errors.append(str(result))
        time.sleep(dice.uniform(0.5, 1.5) * pause)


def missing(client: httpx.Client, place: str, pages: list[str], tallies: list[Tally]) -> list[str]:
    """What was acknowledged and is not there."""
    there: dict[int, tuple[str, str]] = {}
    before = 0
    while True:
        entries = client.get(f"{place}/history?limit=1000&before={before}").json()["entries"]
        for entry in entries:
            if entry["type"] == "set_text":
                there[entry["seq"]] = (entry["operation"]["line"], entry["operation"]["text"])
        if len(entries) < 1000:
            break
        before = min(entry["seq"] for entry in entries)
    out = []
    last: dict[str, tuple[int, str]] = {}
    seqs: set[int] = set()
    for tally in tallies:
        for key, text, seq in tally.saved:
            if there.get(seq) != (key, text):
                out.append(f"operation {seq} on {key} is not in the history")
            if seq in seqs:
                out.append(f"operation {seq} was acknowledged twice")
            seqs.add(seq)
            if seq > last.get(key, (0, ""))[0]:
                last[key] = (seq, text)
    now: dict[str, str] = {}
    for page in pages:
        for key, line in client.get(f"{place}/pages/{page}").json()["lines"].items():
            now[key] = line["text"]
    out += [f"{key} is {now[key]!r}, not {text!r}" for key, (_, text) in sorted(last.items())
            if now[key] != text]  # fmt: skip
    return out


def figures(seconds: list[float]) -> str:
    """Median, 95th and 99th percentile and the longest, in milliseconds."""
    if not seconds:
        return "no saves"
    ordered = sorted(seconds)

    def at(share: float) -> float:
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    return (f"{len(ordered)} saves, median {at(0.5):.0f} ms, 95th percentile {at(0.95):.0f} ms, "
            f"99th {at(0.99):.0f} ms, longest {at(1.0):.0f} ms")  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
