"""What the archive's commands and reports say, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from ..messages import Language

TEXTS: Mapping[str, tuple[str, str]] = {
    # states
    "received": ("received", "已接收"),
    "prepared": ("prepared", "已准备"),
    "recognised": ("recognised", "已识别"),
    "assembled": ("assembled", "已成文"),
    "exported": ("exported", "已导出"),
    "done": ("done", "完成"),
    "failed": ("to be tried again", "待重试"),
    "quarantined": ("quarantined", "已隔离"),
    "duplicate": ("delivered before", "重复送达"),
    "vanished": ("gone from the inbox", "已从收件处消失"),
    "superseded": ("delivered anew", "已重新送达"),
    "split": ("parted by mastheads", "已按报头拆分"),
    # report
    "r.title": ("Ingest report", "收入报告"),
    "r.ok": ("All is well.", "一切正常。"),
    "r.look": ("Somebody must look: {items}.", "需要人工查看：{items}。"),
    "r.look.fault": ("the run could not go on", "运行未能继续"),
    "r.look.quarantined": ("newly quarantined: {count}", "新隔离 {count} 项"),
    "r.look.pages": ("pages that failed: {count}", "失败 {count} 版"),
    "r.look.failed": ("waiting to be tried again: {count}", "待重试 {count} 项"),
    "r.look.vanished": ("gone from the inbox: {count}", "从收件处消失 {count} 项"),
    "r.old": (
        "Nothing new to look at; still in quarantine: {count}.",
        "没有新的待查事项；仍有 {count} 项在隔离区。",
    ),
    "r.period": ("{since} to {until}", "{since} 至 {until}"),
    "r.issues": ("Issues", "期数"),
    "r.pages": ("Pages", "版数"),
    "r.failed_pages": ("Pages that failed", "失败的版"),
    "r.characters": ("Characters", "字数"),
    "r.confidence": ("Mean confidence", "平均置信度"),
    "r.seconds": ("Seconds of reading", "识别用时（秒）"),
    "r.per_page": ("Seconds a page", "每版秒数"),
    "r.quarantined": ("Quarantined", "已隔离"),
    "r.retry": ("To be tried again", "待重试"),
    "r.total": ("In the archive", "档案库现有"),
    "r.total_value": ("{issues} issues, {pages} pages", "{issues} 期，{pages} 版"),
    "r.disk": ("Disk", "磁盘"),
    "r.disk_value": (
        "{added} added · {free} free of {total}",
        "新增 {added} · 剩余 {free}，共 {total}",
    ),
    "r.h.fault": ("The run could not go on", "运行未能继续"),
    "r.h.quarantined": ("Quarantined: cannot be taken in as it is", "已隔离：无法按原样收入"),
    "r.h.failed": ("Failed, to be tried again", "失败，将重试"),
    "r.h.pages": ("Pages to look at", "需要查看的版"),
    "r.h.articles": ("Articles read with least confidence", "置信度最低的文章"),
    "r.h.jumps": ("Jumps whose other end was not found", "未找到另一端的转版"),
    "r.h.gaps": ("Gaps and contradictions", "缺漏与矛盾"),
    "r.h.issues": ("Issues taken in", "收入的各期"),
    "r.h.others": ("Also delivered", "其他送达"),
    "r.h.waiting": ("Still being copied when last looked at", "最后查看时仍在复制"),
    "r.none": ("None.", "无。"),
    "r.more": ("and {count} more", "另有 {count} 项"),
    "r.new": ("new", "新"),
    "r.failed_page": ("not read", "未识别"),
    "r.release": (
        "After putting it right: digitise ingest release UNIT --archive ...",
        "处理后请运行：digitise ingest release 单元号 --archive …",
    ),
    "r.c.unit": ("Unit", "单元"),
    "r.c.name": ("Name", "名称"),
    "r.c.reason": ("Reason", "原因"),
    "r.c.next": ("Next try", "下次尝试"),
    "r.c.issue": ("Issue", "期"),
    "r.c.page": ("Page", "版"),
    "r.c.headline": ("Headline", "标题"),
    "r.c.confidence": ("Confidence", "置信度"),
    "r.c.pages": ("Pages", "版"),
    "r.c.articles": ("Articles", "文章"),
    "r.c.characters": ("Characters", "字数"),
    "r.c.seconds": ("Seconds", "秒"),
    "r.c.version": ("Version", "版本"),
    "r.c.what": ("What", "事项"),
    "r.c.title": ("Title", "报名"),
    "r.c.date": ("Date", "日期"),
    "r.c.state": ("State", "状态"),
    "r.incomplete": ("incomplete", "不完整"),
    "r.subject": ("digitise: {title} {date}, {verdict}", "digitise：{title} {date}，{verdict}"),
    # progress
    "p.unit": ("{name}: {state}", "{name}：{state}"),
    "p.issue": ("{name}: done, {issue} version {version}", "{name}：完成，{issue} 版本 {version}"),
    "p.reason": ("{name}: {state}. {reason}", "{name}：{state}。{reason}"),
    "p.page": ("{name} {page}: {error}", "{name} {page}：{error}"),
    "p.look": (
        "{inbox}: {files} files, {entered} new deliveries",
        "{inbox}：{files} 个文件，{entered} 个新送达",
    ),
    "p.waiting": ("still being copied: {names}", "仍在复制：{names}"),
    "p.db": ("waiting for the catalogue ({why})", "等待目录库（{why}）"),
    "p.fault": ("stopped: {error}", "已停止：{error}"),
    "p.bar": (
        "{done}/{total} deliveries · {pages} pages · {speed:.1f} pages a minute · {left} left",
        "{done}/{total} 次送达 · {pages} 版 · 每分钟 {speed:.1f} 版 · 剩余 {left}",
    ),
    "p.end": (
        "{issues} issues taken in, {quarantined} quarantined, {failed} to be tried again, "
        "{others} others",
        "收入 {issues} 期，隔离 {quarantined} 项，待重试 {failed} 项，其他 {others} 项",
    ),
    "p.report": ("report: {place}", "报告：{place}"),
    "p.nothing": ("nothing new", "没有新送达"),
    "p.seeks": ("Somebody must look: see the report.", "需要人工查看：见报告。"),
}


def say(key: str, language: Language, **values: object) -> str:
    """The text of that key, filled in."""
    return TEXTS[key][1 if language == "zh" else 0].format(**values)
