"""Help of the commands that work with an archive. Apart from messages.py, which knows no archive,
and from archive/texts.py, which is not loaded for the sake of help."""

from __future__ import annotations

from collections.abc import Mapping

from ..messages import Language

TEXTS: Mapping[str, tuple[str, str]] = {
    "ingest": (
        "Take newspaper issues into an archive, once or for ever.\n\n"
        "INBOX is a folder (or an fsspec address): PDFs, images, folders and ZIP files in it "
        "become issues, each exactly once. Safe to interrupt at any moment and to run several "
        "times at once. Ends with 20 when somebody must look at the report.\n\n"
        "The options are those of `digitise ingest run`, which is meant when no command is named.",
        "把报纸收入档案库，一次或持续进行。\n\n"
        "INBOX 是收件文件夹（或 fsspec 地址）：其中的 PDF、图像、文件夹和 ZIP 逐一成为各期，"
        "每份只收一次。可随时中断，也可同时运行多个。需要人工查看报告时退出码为 20。\n\n"
        "选项见 digitise ingest run；不写命令时即为 run。",
    ),
    "ingest.short": ("Take issues into an archive.", "收入档案库。"),
    "list": ("What is in the ledger: deliveries and how far each is.", "列出台账：各次送达及其进度。"),
    "retry": (
        "Try failed deliveries again now, without waiting; read pages that failed in finished "
        "issues anew. UNITS are unit ids, names or issue ids; none: all that failed.",
        "立即重试失败的送达，不再等待；重新识别已完成各期中失败的版。UNITS 是单元号、名称或期号，"
        "不给则为全部失败项。",
    ),
    "release": (
        "Take deliveries out of quarantine and try them anew at the next run.",
        "把送达移出隔离区，下次运行时重新处理。",
    ),
    "timer": (
        "Print what a nightly run needs: a systemd service and timer, and a crontab line.",
        "输出每夜运行所需的 systemd 服务、定时器和 crontab 行。",
    ),
    "archive": ("Look after an archive.", "管理档案库。"),
    "archive.init": ("Make an archive.", "建立档案库。"),
    "archive.list": ("List issues.", "列出各期。"),
    "archive.add": (
        "Take in an issue that `digitise run` has made, with its original files.",
        "收入 digitise run 生成的一期及其原始文件。",
    ),
    "archive.check": (
        "Check the archive: checksums, missing, extra and changed files, catalogue against folder.",
        "检查档案库：校验和，缺失、多余、被改动的文件，目录库与文件夹是否一致。",
    ),
    "archive.rebuild": (
        "Make the catalogue anew from the folder.",
        "由文件夹重建目录库。",
    ),
    "archive.gaps": (
        "Missing issues by date and number, several of one day, unusual page counts, dates that "
        "contradict name, weekday or lunar date.",
        "按日期和期号查缺，同日多期、版数异常、日期与文件名、星期或农历不符。",
    ),
    "search": (
        "Search the articles of an archive. Simplified and traditional characters are found "
        "alike; \"...\" is a phrase, -word excludes.",
        "全文检索档案库中的文章。简体繁体通查；“…”为短语，-词 表示排除。",
    ),
    "search.short": ("Search articles.", "检索文章。"),
    "opt.archive": (
        "The archive: a folder, or an fsspec address. Made when it is not there.",
        "档案库：文件夹或 fsspec 地址，不存在则新建。",
    ),
    "opt.the_archive": ("The archive.", "档案库。"),
    "opt.catalogue": (
        "Its catalogue: sqlite:///PATH or postgresql://USER@HOST/NAME (default: SQLite in it).",
        "目录库：sqlite:///路径 或 postgresql://用户@主机/库名（默认为其中的 SQLite）。",
    ),
    "opt.once": ("End when nothing is left to do (the default).", "处理完即结束（默认）。"),
    "opt.watch": ("Go on looking at the inbox until interrupted.", "持续查看收件处，直到被中断。"),
    "opt.settle": (
        "A file is whole when it has not changed for so many seconds.",
        "文件在这么多秒内没有变化才算写完。",
    ),
    "opt.every": ("Seconds between looks at the inbox.", "查看收件处的间隔秒数。"),
    "opt.report_at": (
        "With --watch: when to write the daily report, HH:MM.",
        "与 --watch 合用：每日写报告的时刻，HH:MM。",
    ),
    "opt.format": ("Also export every issue in this format; may be repeated.", "另按此格式导出，可重复。"),
    "opt.page_memory": ("A page may take so many MB of memory; 0: any.", "单页内存上限（MB），0 为不限。"),
    "opt.issue_seconds": ("Time limit for putting an issue together.", "合成一期的时限（秒）。"),
    "opt.work": (
        "Folder for work under way (default: in the archive).",
        "存放进行中工作的文件夹（默认在档案库内）。",
    ),
    "opt.scheduler": (
        "Hand pages to the Dask scheduler at this address.",
        "把版面交给此地址的 Dask 调度器处理。",
    ),
    "opt.remove": (
        "Take files away from the inbox once they are safe in the archive.",
        "文件在档案库中妥善保存后，从收件处移除。",
    ),
    "opt.log": (
        "Append the structured log (JSON lines) to this file (default: logs/ in the archive).",
        "把结构化日志（JSON 行）追加到此文件（默认为档案库的 logs/）。",
    ),
    "opt.metrics": (
        "Write figures for Prometheus to this text file.",
        "把 Prometheus 指标写入此文本文件。",
    ),
    "opt.patience": (
        "Seconds to wait for a catalogue that is away (for a scheduler, 30 at most).",
        "目录库不可用时的等待秒数（调度器最多 30 秒）。",
    ),
    "opt.state": ("Only of this state; may be repeated.", "只列此状态，可重复。"),
    "opt.json": ("Write JSON.", "输出 JSON。"),
    "opt.print": ("Print it (nothing is installed by itself).", "只输出，不自行安装。"),
    "opt.from": ("From this date, YYYY-MM-DD.", "起始日期，YYYY-MM-DD。"),
    "opt.to": ("To this date, YYYY-MM-DD.", "截止日期，YYYY-MM-DD。"),
    "opt.title": ("Only this title, by name or folder.", "只查此报，用报名或文件夹名。"),
    "opt.page": ("Only this page, by its printed label: A1.", "只查此版，用版号：A1。"),
    "opt.kind": ("Only entries of this kind.", "只查此类条目。"),
    "opt.confidence": ("Only articles of at least this confidence.", "只查置信度不低于此值的文章。"),
    "opt.limit": ("How many to show.", "显示条数。"),
    "opt.fast": ("Without reading every file: names only.", "不读文件内容，只核对名称。"),
    "retried": ("{count} units will be tried at the next run.", "{count} 个单元将在下次运行时重试。"),
    "released": ("{unit}: released.", "{unit}：已移出隔离区。"),
    "no_unit": (
        "There is no unit {name} in that state.",
        "没有处于该状态的单元 {name}。",
    ),
    "see_list": ("List them: digitise ingest list.", "可用 digitise ingest list 列出。"),
    "needs": (
        "Archives need packages that are not installed ({name}).",
        "使用档案库需要尚未安装的软件包（{name}）。",
    ),
    "needs.remedy": ("Run: pip install 'digitise[archive]'", "请运行：pip install 'digitise[archive]'"),
    "made": ("The archive {place} is ready.", "档案库 {place} 已就绪。"),
    "added": ("{issue}: version {version} in {folder}", "{issue}：版本 {version}，位于 {folder}"),
    "rebuilt": (
        "{issues} issues with {versions} versions entered in the catalogue.",
        "目录库中登记了 {issues} 期，共 {versions} 个版本。",
    ),
    "check.ok": ("{files} files checked, all is well.", "检查了 {files} 个文件，一切正常。"),
    "check.bad": ("Files checked: {files}, faults: {faults}.", "检查了 {files} 个文件，{faults} 处问题。"),
    "gaps.none": ("No gaps.", "没有缺漏。"),
    "search.none": ("Nothing found.", "没有找到。"),
    "search.count": ("{count} found, {shown} shown", "找到 {count} 篇，显示 {shown} 篇"),
    "bad_time": ("{value} is no time of day.", "{value} 不是时刻。"),
    "bad_time.remedy": ("Write it as 06:30.", "请写作 06:30。"),
    "bad_date": ("{value} is no date.", "{value} 不是日期。"),
    "bad_date.remedy": ("Write it as 2031-03-05.", "请写作 2031-03-05。"),
}  # fmt: skip


def say(key: str, language: Language, **values: object) -> str:
    """The text of that key, filled in."""
    return TEXTS[key][1 if language == "zh" else 0].format(**values)


def both(key: str, **values: object) -> tuple[str, str]:
    """English and Chinese, for errors."""
    return say(key, "en", **values), say(key, "zh", **values)
