"""What the server's own pages say, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from ..messages import Language

TEXTS: Mapping[str, tuple[str, str]] = {
    "workbench": ("Correction workbench", "校对工作台"),
    "sign-in": ("Sign in", "登录"),
    "name": ("Name", "用户名"),
    "password": ("Password", "密码"),
    "issues": ("Issues", "各期"),
    "no-issues": ("The archive is empty.", "档案库为空。"),
    "pages": ("{n} pages", "{n} 版"),
    "page": ("Page {label}", "第 {label} 版"),
    "to-workbench": ("Open in the workbench", "在工作台中打开"),
    "to-issue": ("The whole issue", "本期全部文章"),
    "to-list": ("All issues", "全部各期"),
    "corrected": ("Corrected by people", "已经人工校对"),
    "uncorrected": ("As the machine read it", "机器识别结果，未经校对"),
    "untitled": ("(without headline)", "（无标题）"),
    "continued": ("Continued from page {a} to page {b}", "由第 {a} 版转至第 {b} 版"),
    "printed-on": ("Printed on page {label}", "刊于第 {label} 版"),
    "stale.title": ("This address has been used", "此地址已失效"),
    "stale.text": (
        "The address with the token opens the workbench once. Start `digitise workbench` again for "
        "a new one, or sign in.",
        "带令牌的地址只能使用一次。请重新运行 digitise workbench 取得新地址，或登录。",
    ),
    "unbuilt.title": ("The pages are not built", "页面尚未构建"),
    "unbuilt.text": (
        "The workbench's pages are made when the package is built: install it with pip, or run "
        "`npm ci` and `node build.mjs` in digitise/workbench/client.",
        "工作台页面在构建软件包时生成：请用 pip 安装，或在 digitise/workbench/client 中运行 npm ci 和 "
        "node build.mjs。",
    ),
    "problem": ("This did not work", "操作未成功"),
    "article": ("Article", "文章"),
    "advertisement": ("Advertisement", "广告"),
    "notice": ("Notice", "公告"),
    "index": ("Index", "导读"),
    "table": ("Table", "表格"),
    "picture": ("Picture", "图片"),
    "masthead": ("Masthead", "报头"),
    "furniture": ("Furniture", "版面附件"),
    "record.title": ("Record of acceptance", "验收记录"),
    "record.issue": ("Issue", "期号"),
    "record.drawn": ("Drawn", "抽样"),
    "record.drawn.text": ("{at} by {by}, seed {seed}", "{at}，{by}，随机种子 {seed}"),
    "record.sample": ("Sample", "样本"),
    "record.sample.text": (
        "{lines} lines, {characters} characters; looked at: {looked} lines, {seen} characters",
        "{lines} 行，{characters} 字；已检 {looked} 行，{seen} 字",
    ),
    "record.errors": ("Errors", "差错数"),
    "record.rate": ("Error rate", "差错率"),
    "record.per": ("{n} in 10,000", "万分之 {n}"),
    "record.interval": ("Confidence interval, {level}", "置信区间（{level}）"),
    "record.interval.note": (
        "Clopper–Pearson: exact, from the binomial distribution of errors in characters.",
        "Clopper–Pearson 精确区间，按字符差错的二项分布计算。",
    ),
    "record.wanted": ("Wanted", "要求"),
    "record.verdict": ("Finding", "结论"),
    "record.meets": ("meets the wanted rate", "符合要求"),
    "record.fails": ("does not meet the wanted rate", "不符合要求"),
    "record.undecided": (
        "undecided: the sample is too small to tell; without error it would take {needed} characters",
        "尚不能判定：样本不足；若无差错，需检 {needed} 字",
    ),
    "record.decision": ("Decision", "处理"),
    "record.pass": ("passed", "通过"),
    "record.return": ("returned", "退回"),
    "record.none": ("none yet", "尚未处理"),
    "record.decided": ("{at} by {by}", "{at}，{by}"),
    "record.note": ("Note", "备注"),
    "record.line": ("Line", "行"),
    "record.text": ("Text", "文字"),
    "record.remark": ("Remark", "说明"),
    "record.not-seen": ("not looked at", "未检"),
    "record.signature": ("Signature", "签字"),
    "record.date": ("Date", "日期"),
}


def say(key: str, language: Language, **values: object) -> str:
    return TEXTS[key][1 if language == "zh" else 0].format(**values)
