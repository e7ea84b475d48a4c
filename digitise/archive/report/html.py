"""The report as one HTML file that needs nothing else: no script, no link outside."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from ...messages import Language
from .. import places
from ..texts import say
from .actions import actions
from .facts import Facts, NightLine, PageLine, UnitLine
from .text import again, by_reason, verdict
from .units import amount, clock, moment, page_name, share, size

_STYLE = """
:root{--ink:#1d2329;--soft:#5b6670;--line:#d9dee3;--ground:#f5f6f4;--card:#fff;
--good:#1d6b45;--bad:#a3261d;--warn:#8a5a00}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#9aa6b0;--line:#39424a;
--ground:#15191c;--card:#1e2428;--good:#6fcf97;--bad:#ff8a80;--warn:#f2c066}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);
font:15px/1.55 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",
system-ui,sans-serif}
main{max-width:1060px;margin:0 auto;padding:28px 24px 60px}
h1{font-size:26px;margin:0 0 2px}
h2{font-size:17px;margin:34px 0 10px}
h3{font-size:14px;margin:18px 0 6px}
h3 small{color:var(--soft);font-weight:400;margin-left:4px}
a{color:inherit;text-decoration-color:var(--soft);text-underline-offset:3px}
ol.do{margin:0 0 22px;padding:14px 18px 14px 38px;background:var(--card);
border:1px solid var(--line);border-radius:8px}
ol.do li+li{margin-top:10px}
ol.do pre{margin:5px 0 0;padding:6px 10px;background:var(--ground);border-radius:5px;
overflow-wrap:anywhere}
details{margin-top:34px}
summary{font-size:17px;font-weight:600;cursor:pointer;margin-bottom:10px}
p.when{margin:0 0 18px;color:var(--soft)}
p.verdict{margin:0 0 22px;padding:12px 16px;border-radius:8px;font-weight:600;background:var(--card);
border-left:6px solid var(--good);color:var(--good)}
p.verdict.bad{border-color:var(--bad);color:var(--bad)}
dl{display:flex;flex-wrap:wrap;gap:10px;margin:0}
dl div{flex:1 1 140px;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 14px}
dl div.wide{flex:2 1 290px}
dt{color:var(--soft);font-size:13px}
dd{margin:2px 0 0;font-size:20px;font-variant-numeric:tabular-nums}
dl div.wide dd{font-size:15px;line-height:30px}
.scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{padding:7px 12px;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
tr:last-child td{border-bottom:0}
th{color:var(--soft);font-weight:600;white-space:nowrap}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.id{white-space:nowrap}
code{font:13px ui-monospace,"Noto Sans Mono CJK SC",monospace}
.tag{display:inline-block;padding:0 7px;border-radius:9px;font-size:12px;margin-left:6px;
border:1px solid currentColor;color:var(--warn)}
.low{color:var(--bad)}
.pages{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:14px}
figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px}
figure img{display:block;max-width:100%;height:220px;object-fit:contain;margin:0 auto;
background:#fff}
figure .none{height:220px;display:flex;align-items:center;justify-content:center;
text-align:center;color:var(--bad);font-size:13px;padding:8px;overflow:auto;
border:1px dashed var(--line)}
figcaption{margin-top:8px;font-size:13px;color:var(--soft);overflow-wrap:anywhere}
p.note{color:var(--soft);font-size:13px;margin:8px 2px 0}
pre{white-space:pre-wrap;margin:0}
@media(max-width:600px){main{padding:18px 12px 40px}
table,tbody,tr,td,td.n{display:block;text-align:left}
tr:first-child{display:none}
tr{padding:8px 12px;border-bottom:1px solid var(--line)}
tr:last-child{border-bottom:0}
td{border:0;padding:0 14px 0 0}
td.id,td.id.n{font-weight:600;overflow-wrap:anywhere;white-space:normal}
td+td,td+td.n{display:inline-block;overflow-wrap:anywhere}
td+td::before{content:attr(data-h) " ";color:var(--soft);font-size:12px}
td+td:empty{display:none}}
@media print{body{background:#fff}table{font-size:12px}tr,figure{break-inside:avoid}}
"""


def report_html(facts: Facts, language: Language, base: str | None = None) -> str:
    """The whole page. `base`: the way from the page to the archive ("../"), for links to its
    files; None where there is none (mail)."""

    def t(key: str, **values: object) -> str:
        return escape(say(key, language, **values))

    title = t("r.title")
    sentence = escape(verdict(facts, language))
    period = t("r.period", since=moment(facts.since), until=moment(facts.until))
    parts = [
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title} {moment(facts.until)}</title><style>{_STYLE}</style></head><body><main>",
        f"<h1>{title}</h1><p class=when>{period} · <code>{escape(facts.archive)}</code></p>",
        f'<p class="verdict{" bad" if facts.look else ""}" role=status>{sentence}</p>',
        _to_do(facts, language),
        _figures(facts, language),
    ]
    fresh = [unit for unit in facts.quarantined if unit.new]
    if fresh:
        parts.append(f"<h2 id=quarantined>{t('r.h.quarantined')}</h2>")
        for reason, units in by_reason(fresh, language).items():
            parts.append(f"<h3>{escape(reason)} <small>{amount(len(units))}</small></h3>")
            parts.append(_units(units, language, base))
        if facts.new_quarantined > len(fresh):
            parts.append(_more(facts.new_quarantined - len(fresh), language))
            parts.append(f"<p class=note>{t('r.list', archive=facts.archive)}</p>")
    if facts.broken:
        head = [t("r.c.issue"), t("r.c.page"), t("r.c.reason")]
        rows = [
            (escape(p.issue), escape(p.label), escape(_of(p.reason, language)))
            for p in facts.broken
        ]
        parts.append(f"<h2 id=broken>{t('r.h.broken')}</h2>{_table(head, rows)}")
        parts.append(_more(facts.failed_pages - len(facts.broken), language))
    if facts.failed:
        parts.append(f"<h2 id=failed>{t('r.h.failed')}</h2>")
        parts.append(_units(facts.failed, language, again=True))
    if facts.worst_pages:
        parts.append(f"<h2>{t('r.h.pages')}</h2><div class=pages>")
        parts += [_page(page, language, base) for page in facts.worst_pages]
        parts.append("</div>")
    if facts.worst_articles:
        head = [t("r.c.issue"), t("r.c.page"), t("r.c.headline"), "n:" + t("r.c.certainty")]
        rows4 = [
            (
                escape(a.issue), escape(a.labels), _link(base, a.key, escape(a.headline)),
                share(a.confidence),
            )
            for a in facts.worst_articles
        ]  # fmt: skip
        parts.append(f"<h2>{t('r.h.articles')}</h2>{_table(head, rows4)}")
        parts.append(f"<p class=note>{t('r.sure')}</p>")
    if facts.jumps:
        head = [t("r.c.issue"), t("r.c.page"), t("r.c.headline")]
        rows = [
            (escape(a.issue), escape(a.labels), _link(base, a.key, escape(a.headline)))
            for a in facts.jumps
        ]
        parts.append(f"<h2>{t('r.h.jumps')}</h2>{_table(head, rows)}")
    if facts.gaps:
        head = [t("r.c.title"), t("r.c.date"), t("r.c.what"), t("r.c.issue")]
        rows4 = [
            (escape(g.title), g.date, escape(_of(g.text, language)), escape(g.issue))
            for g in facts.gaps
        ]
        parts.append(f"<h2>{t('r.h.gaps')}</h2>{_table(head, rows4)}")
        parts.append(_more(facts.more_gaps, language))
    parts.append(f"<h2>{t('r.h.issues')}</h2>{_issues(facts, language, base)}")
    if facts.others:
        parts.append(f"<h2 id=others>{t('r.h.others')}</h2>{_others(facts, language)}")
        parts.append(_more(facts.more_others, language))
    if facts.again:
        parts.append(f"<p class=note>{escape(again(facts, language))}</p>")
    if facts.waiting:
        names = "\n".join(escape(name) for name in facts.waiting[:50])
        parts.append(f"<h2>{t('r.h.waiting')}</h2><pre><code>{names}</code></pre>")
    old = [unit for unit in facts.quarantined if not unit.new]
    if facts.old_quarantined:
        parts.append(f"<details><summary>{t('r.h.old', count=facts.old_quarantined)}</summary>")
        parts.append(_units(old, language, base) if old else "")
        parts.append(_more(facts.old_quarantined - len(old), language) + "</details>")
    if facts.nights:
        parts.append(f"<h2>{t('r.h.nights')}</h2>{_nights(facts, language)}")
    parts.append("</main></body></html>\n")
    return "".join(parts)


def _more(count: int, language: Language) -> str:
    if count <= 0:
        return ""
    return f"<p class=note>{escape(say('r.more', language, count=amount(count)))}</p>"


def _link(base: str | None, key: str, shown: str) -> str:
    """`shown` (HTML) as a link to a file or folder of the archive, where that can be reached."""
    return shown if base is None else f'<a href="{base}{quote(key)}">{shown}</a>'


def _to_do(facts: Facts, language: Language) -> str:
    items = []
    for action in actions(facts, language):
        text = escape(action.text)
        if action.part:
            text = f'<a href="#{action.part}">{text}</a>'
        command = f"<pre><code>{escape(action.command)}</code></pre>" if action.command else ""
        items.append(f"<li>{text}{command}</li>")
    if not items:
        return ""
    return f"<h2>{escape(say('r.h.do', language))}</h2><ol class=do>{''.join(items)}</ol>"


def _nights(facts: Facts, language: Language) -> str:
    """This run and those before it, to see what is out of the ordinary."""
    keys = (
        "r.c.when", "n:r.c.issues", "n:r.c.pages", "n:r.c.failed", "n:r.c.quarantined",
        "n:r.c.characters", "n:r.c.confidence", "n:r.c.time",
    )  # fmt: skip
    now = NightLine(
        facts.until, len(facts.issues) + facts.more_issues, facts.pages, facts.failed_pages,
        facts.new_quarantined, facts.characters, facts.confidence, facts.seconds,
    )  # fmt: skip
    rows = []
    for place, night in enumerate((now, *facts.nights)):
        tag = "" if place else f"<span class=tag>{escape(say('r.now', language))}</span>"
        rows.append(
            (
                moment(night.until) + tag, amount(night.issues), amount(night.pages),
                _bad(night.failed_pages), _bad(night.quarantined), amount(night.characters),
                share(night.confidence) if night.characters else "–", clock(night.seconds),
            )
        )  # fmt: skip
    return _table(_head(keys, language), rows)


def _bad(count: int) -> str:
    return f"<span class=low>{amount(count)}</span>" if count else "0"


def _head(keys: Sequence[str], language: Language) -> list[str]:
    return [
        ("n:" if key.startswith("n:") else "") + escape(say(key.removeprefix("n:"), language))
        for key in keys
    ]


def _figures(facts: Facts, language: Language) -> str:
    read = facts.pages + facts.failed_pages
    per_page = facts.seconds / read if read else 0.0
    kept_out = facts.new_quarantined + facts.old_quarantined
    issues = len(facts.issues) + facts.more_issues
    cells = [
        ("r.issues", amount(issues), False),
        ("r.pages", amount(facts.pages), False),
        ("r.failed_pages", amount(facts.failed_pages), False),
        ("r.characters", amount(facts.characters), False),
        ("r.confidence", share(facts.confidence) if facts.characters else "–", False),
        ("r.seconds", clock(facts.seconds), False),
        ("r.per_page", f"{per_page:.1f}" if read else "–", False),
        ("r.quarantined", amount(kept_out), False),
        ("r.retry", amount(len(facts.failed)), False),
        (
            "r.total",
            say(
                "r.total_value", language,
                issues=amount(facts.total_issues), pages=amount(facts.total_pages),
            ),
            True,
        ),
    ]  # fmt: skip
    if facts.disk_total:
        disk = say(
            "r.disk_value", language, added=size(facts.bytes_added), free=size(facts.disk_free),
            total=size(facts.disk_total),
        )  # fmt: skip
        cells.append(("r.disk", disk, True))
    return (
        "<dl>"
        + "".join(
            f"<div{' class=wide' if wide else ''}><dt>{escape(say(key, language))}</dt>"
            f"<dd>{escape(value)}</dd></div>"
            for key, value, wide in cells
        )
        + "</dl>"
    )


def _units(
    units: Sequence[UnitLine], language: Language, base: str | None = None, again: bool = False
) -> str:
    head = [say(k, language) for k in ("r.c.unit", "r.c.name", "r.c.reason")]
    head += [say("r.c.next", language)] if again else []
    rows = []
    for unit in units:
        shown = f"<code>{unit.id}</code>"
        row = [
            shown if again else _link(base, f"{places.QUARANTINE}/{unit.id}/", shown),
            escape(unit.name),
            escape(_of(unit.reason, language)),
        ]
        rows.append(tuple(row + ([moment(unit.next_at)] if again else [])))
    return _table(head, rows)


def _page(page: PageLine, language: Language, base: str | None) -> str:
    shown = escape(f"{page.issue} · {page_name(page.label, language)}")
    picture = "<div class=none>–</div>"
    if page.thumbnail:
        picture = f'<img alt="{shown}" src="data:image/jpeg;base64,{page.thumbnail}">'
    return (
        f"<figure>{_link(base, page.key, picture)}<figcaption>{shown} · "
        f"<span class=low>{share(page.confidence)}</span></figcaption></figure>"
    )


def _issues(facts: Facts, language: Language, base: str | None) -> str:
    if not facts.issues:
        return f"<p>{escape(say('r.none', language))}</p>"
    keys = (
        "r.c.issue", "n:r.c.version", "n:r.c.pages", "n:r.c.articles", "n:r.c.characters",
        "n:r.c.confidence", "n:r.c.seconds",
    )  # fmt: skip
    rows = []
    for i in facts.issues:
        tag = ""
        if not i.complete:
            tag = f"<span class=tag>{escape(say('r.incomplete', language))}</span>"
        pages = f"{i.pages}" + (f"+{i.failed}" if i.failed else "")
        rows.append(
            (
                _link(base, places.derived_key(i.folder, i.version, "issue.txt"), escape(i.id)) + tag,
                str(i.version), pages, str(i.articles), amount(i.characters),
                share(i.confidence), f"{i.seconds:.1f}",
            )
        )  # fmt: skip
    return _table(_head(keys, language), rows) + _more(facts.more_issues, language)


def _others(facts: Facts, language: Language) -> str:
    head = [say(k, language) for k in ("r.c.unit", "r.c.name", "r.c.state", "r.c.reason")]
    rows = [
        (
            f"<code>{u.id}</code>", escape(u.name), escape(say(u.state, language)),
            escape(_of(u.reason, language)),
        )
        for u in facts.others
    ]  # fmt: skip
    return _table(head, rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """`head`: "n:..." is a column of numbers. Cells are HTML already."""
    numbers = [name.startswith("n:") for name in head]

    def cell(kind: str, text: str, place: int) -> str:
        name = ' class="n"' if numbers[place] else ' class="id"' if not place else ""
        told = head[place].removeprefix("n:")
        # What the column is called, for windows too narrow for columns.
        label = f' data-h="{told}"' if kind == "td" and place else ""
        return f"<{kind}{name}{label}>{text}</{kind}>"

    first = "".join(cell("th", name.removeprefix("n:"), n) for n, name in enumerate(head))
    body = "".join(
        "<tr>" + "".join(cell("td", text, n) for n, text in enumerate(row)) + "</tr>"
        for row in rows
    )
    return f"<div class=scroll><table><tr>{first}</tr>{body}</table></div>"


def _of(pair: tuple[str, str], language: Language) -> str:
    return pair[1 if language == "zh" else 0]
