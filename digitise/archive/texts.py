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
    "r.nothing": ("Nothing new was delivered.", "没有新的送达。"),
    "r.look": ("Somebody must look: {items}.", "需要人工查看：{items}。"),
    "r.look.fault": ("the run could not go on", "运行未能继续"),
    "r.look.quarantined": ("newly quarantined: {count}", "新隔离 {count} 项"),
    "r.look.pages": ("pages that failed: {count}", "失败 {count} 版"),
    "r.look.failed": ("waiting to be tried again: {count}", "待重试 {count} 项"),
    "r.look.disk": ("the disk is nearly full", "磁盘将满"),
    "r.look.vanished": ("gone from the inbox: {count}", "从收件处消失 {count} 项"),
    "r.old": (
        "Nothing new to look at; still in quarantine: {count}.",
        "没有新的待查事项；仍有 {count} 项在隔离区。",
    ),
    "r.h.do": ("What to do", "待办"),
    "r.units": ("UNIT...", "单元号…"),
    "r.issue_ids": ("ISSUE...", "期号…"),
    "r.do.disk": (
        "Make room: {free} are left on the disk, {added} were added this time.",
        "请腾出磁盘空间：仅剩 {free}，本次新增 {added}。",
    ),
    "r.do.quarantined": (
        "Deliveries that could not be taken in: {count}. Read why, put it right (or have it "
        "delivered anew), then:",
        "{count} 次送达无法收入。请查看原因，处理（或重新送达）后运行：",
    ),
    "r.do.pages": (
        "Pages that could not be read: {count}, in issues: {issues}; the rest of these is there. "
        "To have them read anew in the next run:",
        "{issues} 期中有 {count} 版未能识别，其余各版已收入。要在下次运行时重新识别：",
    ),
    "r.do.failed": (
        "Deliveries that will be tried again by themselves: {count}, the first at {at}. To do it "
        "in the next run:",
        "{count} 次送达将自动重试，最早 {at}。要在下次运行时重试：",
    ),
    "r.do.vanished": (
        "Gone from the inbox before they could be copied: {count}. Have them delivered anew.",
        "{count} 次送达在复制前已从收件处消失，请重新送达。",
    ),
    "r.period": ("{since} to {until}", "{since} 至 {until}"),
    "r.issues": ("Issues", "期数"),
    "r.pages": ("Pages", "版数"),
    "r.failed_pages": ("Pages that failed", "失败的版"),
    "r.characters": ("Characters", "字数"),
    "r.confidence": ("Mean confidence", "平均置信度"),
    "r.seconds": ("Time of reading", "识别用时"),
    "r.per_page": ("Seconds a page", "每版秒数"),
    "r.quarantined": ("Quarantined", "已隔离"),
    "r.retry": ("To be tried again", "待重试"),
    "r.total": ("In the archive", "档案库现有"),
    "r.total_value": ("issues: {issues} · pages: {pages}", "{issues} 期，{pages} 版"),
    "r.disk": ("Disk", "磁盘"),
    "r.disk_value": (
        "{added} added · {free} free of {total}",
        "新增 {added} · 剩余 {free}，共 {total}",
    ),
    "r.h.quarantined": ("New in quarantine: cannot be taken in as it is", "新隔离：无法按原样收入"),
    "r.h.old": ("In quarantine since earlier: {count}", "此前已隔离：{count} 项"),
    "r.h.broken": ("Pages that could not be read", "未能识别的版"),
    "r.h.nights": ("The last runs", "最近几次运行"),
    "r.now": ("this one", "本次"),
    "r.c.when": ("When", "时间"),
    "r.c.issues": ("Issues", "期"),
    "r.c.failed": ("Failed", "失败"),
    "r.c.quarantined": ("Quarantined", "隔离"),
    "r.c.time": ("Time", "用时"),
    "r.q.InputUnreadable": ("Damaged, or not a page at all", "已损坏，或根本不是版面文件"),
    "r.q.InputEncrypted": ("Locked with a password", "有密码保护"),
    "r.q.InputTooLarge": ("Larger than the limits allow", "超过限制"),
    "r.q.InputMissing": ("Nothing in it that is a page", "其中没有版面"),
    "r.q.PageBlank": ("Blank", "空白"),
    "r.q.EngineFailed": ("Crashed, hung or ran out of memory", "崩溃、超时或内存不足"),
    "r.q.Deadly": ("Ended the program itself", "使程序中止"),
    "r.q.other": ("Other reasons", "其他原因"),
    "r.again": (
        "Put into the inbox once more with the content they had, and left alone: {count} ({names})",
        "{count} 个文件以原有内容再次放入收件处，未作处理：{names}",
    ),
    "r.list": (
        "All of them: digitise ingest list --state quarantined -a {archive}",
        "全部清单：digitise ingest list --state quarantined -a {archive}",
    ),
    "r.h.failed": ("Failed, to be tried again", "失败，将重试"),
    "r.h.pages": ("Pages read with least confidence", "置信度最低的版"),
    "r.h.articles": ("Articles most in need of a look", "最需核对的文章"),
    "r.sure": (
        "How certain it is that text, headline and extent of the article are right.",
        "指文字、标题和文章范围的把握程度。",
    ),
    "r.page_no": ("page {label}", "第 {label} 版"),
    "r.page_label": ("page {label}", "{label} 版"),
    "r.h.jumps": ("Jumps whose other end was not found", "未找到另一端的转版"),
    "r.h.gaps": ("Gaps and contradictions", "缺漏与矛盾"),
    "r.h.issues": ("Issues taken in", "收入的各期"),
    "r.h.others": ("Also delivered", "其他送达"),
    "r.h.waiting": ("Still being copied when last looked at", "最后查看时仍在复制"),
    "r.none": ("None.", "无。"),
    "r.more": ("and {count} more", "另有 {count} 项"),
    "r.c.unit": ("Unit", "单元"),
    "r.c.name": ("Name", "名称"),
    "r.c.reason": ("Reason", "原因"),
    "r.c.next": ("Next try", "下次尝试"),
    "r.c.issue": ("Issue", "期"),
    "r.c.page": ("Page", "版"),
    "r.c.headline": ("Headline", "标题"),
    "r.c.confidence": ("Confidence", "置信度"),
    "r.c.certainty": ("Certainty", "把握"),
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
    "p.again": (
        "put there once more as they were: {count}",
        "以原有内容再次放入：{count} 个文件",
    ),
    "p.waiting": ("still being copied: {names}", "仍在复制：{names}"),
    "p.db": ("waiting for the catalogue ({why})", "等待目录库（{why}）"),
    "p.fault": ("stopped: {error}", "已停止：{error}"),
    "p.bar": (
        "{done}/{total} deliveries · {pages} pages · {speed:.1f} pages a minute · {left} left",
        "{done}/{total} 次送达 · {pages} 版 · 每分钟 {speed:.1f} 版 · 剩余 {left}",
    ),
    "p.end": (
        "issues taken in: {issues}, quarantined: {quarantined}, to be tried again: {failed}, "
        "others: {others}",
        "收入 {issues} 期，隔离 {quarantined} 项，待重试 {failed} 项，其他 {others} 项",
    ),
    "p.report": ("report: {place}", "报告：{place}"),
    "p.nothing": ("nothing new", "没有新送达"),
    "p.seeks": ("Somebody must look: see the report.", "需要人工查看：见报告。"),
}


def say(key: str, language: Language, **values: object) -> str:
    """The text of that key, filled in."""
    return TEXTS[key][1 if language == "zh" else 0].format(**values)
