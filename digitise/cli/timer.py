"""What a nightly run needs of the system, as text to put in place."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

from ..messages import Language


def timer_text(inbox: str, archive: str, jobs: int, language: Language) -> str:
    """A systemd service and timer, and a crontab line, for this installation."""
    found = shutil.which("digitise") or str(Path(sys.executable).with_name("digitise"))
    words = [found, "ingest", inbox, "--archive", archive, "--once", "--jobs", str(jobs)]
    command = shlex.join(words)
    # systemd reads % as the beginning of a name of its own.
    start = " ".join(_quoted(word) for word in words).replace("%", "%%")
    zh = language == "zh"
    first = (
        "# 1. systemd：存为 /etc/systemd/system/digitise-ingest.service"
        if zh
        else "# 1. systemd: save as /etc/systemd/system/digitise-ingest.service"
    )
    second = (
        "# 2. 存为 /etc/systemd/system/digitise-ingest.timer，然后运行：\n"
        "#    systemctl daemon-reload && systemctl enable --now digitise-ingest.timer"
        if zh
        else "# 2. Save as /etc/systemd/system/digitise-ingest.timer, then run:\n"
        "#    systemctl daemon-reload && systemctl enable --now digitise-ingest.timer"
    )
    third = (
        "# 3. 或者用 cron（crontab -e）：每日 1:30，需要人工查看时（退出码非 0）由 cron 发信"
        if zh
        else "# 3. Or with cron (crontab -e): at 1:30 each night; cron mails what is printed"
    )
    note = (
        "# 退出码：0 一切正常，20 需要人工查看报告，8 磁盘不可写，14 目录库不可用"
        if zh
        else "# Exit codes: 0 all is well, 20 look at the report, 8 disk, 14 catalogue"
    )
    return f"""{first}
[Unit]
Description=digitise: take new newspaper issues into the archive
After=network-online.target postgresql.service
RequiresMountsFor={_quoted(archive)} {_quoted(inbox)}

[Service]
Type=oneshot
User=digitise
{note}
ExecStart={start}
Nice=10
IOSchedulingClass=idle
KillMode=control-group
TimeoutStopSec=60
# DIGITISE_SMTP_PASSWORD=...
EnvironmentFile=-/etc/digitise/environment

{second}
[Unit]
Description=digitise: every night

[Timer]
OnCalendar=*-*-* 01:30:00
RandomizedDelaySec=300
Persistent=true

[Install]
WantedBy=timers.target

{third}
30 1 * * *  nice -n 10 {command.replace("%", chr(92) + "%")}
"""


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word
