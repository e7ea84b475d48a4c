"""What the command line says, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

Language = Literal["en", "zh"]

TEXTS: Mapping[str, tuple[str, str]] = {
    # Help of the commands.
    "digitise": (
        "Pages of a Chinese newspaper in, clean text out, article by article.",
        "输入中文报纸版面，按文章输出整洁的文本。",
    ),
    "run": (
        "Turn newspaper pages into text, article by article.\n\n"
        "PAGES are PDF and image files, folders and ZIP files. Each folder, ZIP and file of "
        "several pages is an issue; loose page files given together are one issue.",
        "把报纸版面转为文本，按文章输出。\n\n"
        "PAGES 可以是 PDF、图像文件、文件夹或 ZIP。每个文件夹、ZIP 和多页文件各为一期；"
        "一同给出的零散单页文件合为一期。",
    ),
    "inspect": (
        "Tell what is in a file: pages, resolution, text layer and whether it is to be trusted.",
        "查看文件内容：页数、分辨率、文本层及其是否可信。",
    ),
    "doctor": (
        "Check what is installed: engines, languages, models, versions; tell what is missing "
        "and how to get it.",
        "检查安装情况：引擎、语言、模型、版本，缺什么、怎么装。",
    ),
    "evaluate": (
        "Measure the output of `digitise run` against the truth.\n\n"
        "OUT is an output folder, TRUTH a truth file or a folder of truth files.",
        "对照标准答案评测 digitise run 的输出。\n\n"
        "OUT 是输出文件夹，TRUTH 是标准答案文件或其所在文件夹。",
    ),
    "compare": (
        "Show two outputs of `digitise run` side by side.\n\n"
        "A and B are output folders of the same issues. With --truth, the figures of both and "
        "the articles that came out otherwise; without it, how far B agrees with A.",
        "并列比较 digitise run 的两次输出。\n\n"
        "A 和 B 是相同各期的输出文件夹。给出 --truth 时，列出两者的指标和结果不同的文章；"
        "否则列出 B 与 A 的一致程度。",
    ),
    "export": (
        "Write issues that were read in the formats that libraries and readers use.\n\n"
        "ISSUE is an output folder of `digitise run`, a folder of such folders, or an "
        "issue.json. Each issue is written to OUT/<issue-id>/. Formats:",
        "把已读的报纸写成图书馆和读者使用的格式。\n\n"
        "ISSUE 是 digitise run 的输出文件夹、包含多个此类文件夹的文件夹，或 issue.json。"
        "每期写入 OUT/<issue-id>/。格式：",
    ),
    "import": (
        "Read what other systems made of an issue, so that it can be corrected and exported.\n\n"
        "FILES are METS with ALTO, ALTO, PAGE or hOCR, or folders of them. Each METS file is an "
        "issue, and so are the other files of one folder. Written as by `digitise run`.",
        "读入其他系统的识别结果，以便校改和再导出。\n\n"
        "FILES 是 METS（带 ALTO）、ALTO、PAGE 或 hOCR 文件，或其文件夹。每个 METS 文件为一期，"
        "同一文件夹中的其他文件合为一期。输出与 digitise run 相同。",
    ),
    "validate": (
        "Check exports: by the schemas of their standards, and by what no schema says.\n\n"
        "EXPORT is a folder that `digitise export` wrote, a folder of such folders, or a file. "
        "Each mistake is told with file, id and what is wrong. Exit code 13 if there is one.",
        "检查导出结果：既按各标准的模式，也查模式管不到的问题。\n\n"
        "EXPORT 是 digitise export 写出的文件夹、包含多个此类文件夹的文件夹，或单个文件。"
        "每处错误都指明文件、编号和问题所在。有错误时退出码为 13。",
    ),
    # The same in a few words, for the list of commands.
    "run.short": ("Pages in, articles out.", "版面转文章。"),
    "inspect.short": ("What is in a file.", "查看文件内容。"),
    "doctor.short": ("What is installed, what is missing.", "检查安装情况。"),
    "evaluate.short": ("Measure an output against the truth.", "对照标准答案评测。"),
    "compare.short": ("Two outputs side by side.", "并列比较两次输出。"),
    "export.short": ("Issues in the formats of libraries.", "导出图书馆格式。"),
    "import.short": ("METS, ALTO, PAGE, hOCR in.", "读入 METS、ALTO、PAGE、hOCR。"),
    "workbench": (
        "Serve the workbench in which people correct what was read.\n\n"
        "ARCHIVE is the folder of an archive. On this machine the address printed lets you in; "
        "from others people sign in (see `digitise users`).",
        "启动校对工作台。\n\n"
        "ARCHIVE 是档案库文件夹。在本机打开所显示的地址即可进入；其他机器须登录"
        "（见 digitise users）。",
    ),
    "workbench.short": ("Correct by hand, in a browser.", "在浏览器中人工校对。"),
    "workbench.ready": ("The workbench is at {address}", "工作台地址：{address}"),
    "workbench.stop": ("Ctrl-C stops it.", "按 Ctrl-C 停止。"),
    "workbench.reading": ("Reading the sample {what} ...", "正在读取样报 {what} ……"),
    "users": ("Manage who may sign in to the workbench.", "管理可登录工作台的用户。"),
    "users.short": ("Who may sign in to the workbench.", "工作台用户管理。"),
    "users.add": ("Add a user.", "添加用户。"),
    "users.list": ("List the users.", "列出用户。"),
    "users.change": (
        "Change a user, who is then signed out everywhere.",
        "修改用户；修改后该用户须重新登录。",
    ),
    "users.added": ("Added {name} as {role}.", "已添加 {name}，角色 {role}。"),
    "users.changed": ("Changed {name}.", "已修改 {name}。"),
    "users.off": ("(cannot sign in)", "（已停用）"),
    "users.ask": ("Password", "密码"),
    "users.again": ("The same again", "再次输入"),
    "validate.short": ("Check exports.", "检查导出结果。"),
    # Help of the options.
    "opt.demo": (
        "Open it on the sample newspaper; ARCHIVE, if given, is where that is kept.",
        "用样报试用；如给出 ARCHIVE，则样报存于该处。",
    ),
    "opt.no_scans": (
        "With --demo: do not read the scanned sample in the background.",
        "与 --demo 同用：不在后台识别扫描样报。",
    ),
    "opt.host": (
        "Address to serve at; others than this machine's own want encryption and sign-in.",
        "服务地址；非本机地址须加密并登录。",
    ),
    "opt.port": ("Port to serve at; 0: any that is free.", "端口；0 表示任一空闲端口。"),
    "opt.catalogue_url": (
        "The catalogue's database, if not the one the archive names.",
        "目录库地址（默认为档案库所指定的）。",
    ),
    "opt.certificate": ("Certificate for HTTPS, as PEM.", "HTTPS 证书（PEM）。"),
    "opt.key": ("Its private key, as PEM.", "证书私钥（PEM）。"),
    "opt.proxy": (
        "A server on this machine stands in front and encrypts.",
        "由本机的前置服务器加密转发。",
    ),
    "opt.open": ("Open it in the browser at once.", "立即在浏览器中打开。"),
    "opt.role": (
        "What the user may do: read, correct, review, manage.",
        "权限：reader 阅读，corrector 校对，editor 审核，administrator 管理。",
    ),
    "opt.display": ("Name to show.", "显示名称。"),
    "opt.password": ("Ask for a new password.", "设置新密码。"),
    "opt.active": ("Whether the user may sign in.", "是否允许登录。"),
    "opt.out": ("Folder to write to.", "输出文件夹。"),
    "opt.engine": ("What reads scans: {names}.", "识别扫描图的引擎：{names}。"),
    "opt.lang": (
        "Script, for engines that want to know: simplified or traditional.",
        "字体，供需要的引擎使用：chi_sim 简体，chi_tra 繁体。",
    ),
    "opt.text_layer": (
        "Use a PDF's text layer where its fonts can be trusted, always, or never.",
        "PDF 文本层：auto 在字体可信时使用，always 总是使用，never 从不使用。",
    ),
    "opt.dpi": (
        "Resolution of the scans, where the files do not say it rightly.",
        "扫描图的分辨率，用于文件所记有误时。",
    ),
    "opt.jobs": (
        "How many pages to read at once; each takes up to 2 GB of memory.",
        "同时处理的页数；每页最多占用 2 GB 内存。",
    ),
    "opt.overlay": (
        "Also draw each page with its regions, order and articles, as PNG.",
        "另把每页的区域、顺序和文章画成 PNG 图。",
    ),
    "opt.no_prepare": (
        "Read scans as they are: no straightening, evening of light or enlarging.",
        "按原样识别扫描图：不纠偏，不匀光，不放大。",
    ),
    "opt.max_pixels": ("Refuse pages of more pixels than this.", "拒绝处理超过此像素数的页面。"),
    "opt.pages": (
        "Only these pages, by number or printed label: 1,3-4,A2.",
        "只处理这些页，用页码或版号表示：1,3-4,A2。",
    ),
    "opt.issue_id": (
        "Name of the issue, for its folder and files (default: the input's name).",
        "这一期的名称，用作文件夹名（默认取自输入的名称）。",
    ),
    "opt.one_issue": ("Everything given is one issue.", "把所有输入合为一期。"),
    "opt.page_seconds": (
        "Give a page up after this many seconds.",
        "单页处理超过这么多秒即放弃。",
    ),
    "opt.debug": ("Show tracebacks and what the engines print.", "显示错误堆栈和引擎输出。"),
    "opt.language": (
        "Language of messages (default: the system's).",
        "提示语言（默认随系统设置）。",
    ),
    "opt.json": ("Write JSON instead of a table.", "以 JSON 代替表格输出。"),
    "opt.json_file": ("Also write the figures to this file as JSON.", "另把结果以 JSON 写入此文件。"),
    "opt.compare_truth": (
        "A truth file or a folder of truth files, to measure both against.",
        "标准答案文件或其所在文件夹，用来评测两者。",
    ),
    "opt.partial": (
        "Leave out issues that are on one side only, instead of stopping.",
        "只在一边有的期略去不计，而不中止。",
    ),
    "opt.brief": ("Only the table, not each difference.", "只输出表格，不逐条列出差异。"),
    "opt.import_issue_id": (
        "Name of the issue (default: as the files say, or their folder's name).",
        "这一期的名称（默认取自文件内容或其文件夹名）。",
    ),
    "opt.issue": (
        "The issue that was exported, to compare with: output folder of `digitise run` or "
        "issue.json (default: one beside or above the export).",
        "用于比对的原期：digitise run 的输出文件夹或 issue.json（默认取导出文件旁边或上层的）。",
    ),
    "opt.schemas": (
        "Folder with the XSDs of ALTO, METS, MODS and PAGE (default: $DIGITISE_SCHEMAS).",
        "存放 ALTO、METS、MODS、PAGE 的 XSD 的文件夹（默认 $DIGITISE_SCHEMAS）。",
    ),
    "opt.all_findings": ("Show every mistake, not the first 50.", "列出全部错误，而非前 50 条。"),
    "opt.format": (
        "What to write; several with commas or given again: {names}.",
        "要写的格式，可用逗号分隔或多次给出：{names}。",
    ),
    "opt.images": (
        "File or folder with the page images, where they are no longer where they were read "
        "from; may be given again.",
        "版面图像所在的文件或文件夹，用于图像已不在原处时；可多次给出。",
    ),
    "opt.no_images": (
        "Leave page images out of packages that would copy them.",
        "不把版面图像放进导出包。",
    ),
    "opt.glyphs": (
        "Also write each character's place, in ALTO and PAGE.",
        "在 ALTO 和 PAGE 中另写每个字的位置。",
    ),
    "opt.alto_version": ("The ALTO that METS refers to.", "METS 所引用的 ALTO 版本。"),
    "opt.mets_profile": (
        "Layout of the METS file; see docs/formats.md.",
        "METS 文件的结构方式，见 docs/formats.md。",
    ),
    "opt.tiles": ("IIIF: also cut the images into tiles.", "IIIF：另把图像切成瓦片。"),
    "opt.base_url": (
        "Where the files will be served, for formats of absolute addresses.",
        "文件发布的网址，供需要绝对地址的格式使用。",
    ),
    "opt.bag": (
        "What goes into a BagIt package; several with commas or given again.",
        "放进 BagIt 包的格式，可用逗号分隔或多次给出。",
    ),
    "opt.help": ("Show this and exit.", "显示帮助后退出。"),
    "opt.version": ("Show the version and exit.", "显示版本后退出。"),
    # Words round the help.
    "usage": ("Usage:", "用法："),
    "options": ("Options", "选项"),
    "commands": ("Commands", "命令"),
    "exit_codes": (
        "Exit codes: 0 done, 2 options, 3 missing, 4 unreadable, 5 encrypted, 6 too large, "
        "7 blank, 8 cannot write, 9 engine missing, 10 engine failed, 12 no such page, "
        "13 invalid data, 20 finished but incomplete, 130 interrupted.",
        "退出码：0 完成，2 选项有误，3 文件不存在，4 无法读取，5 已加密，6 过大，7 空白，"
        "8 无法写入，9 缺少引擎，10 引擎故障，12 没有此版，13 数据无效，20 已完成但有缺页，"
        "130 被中断。",
    ),
    # progress and summary
    "progress": (
        "{done}/{total} pages · {speed} · {left} left",
        "{done}/{total} 页 · {speed} · 剩余 {left}",
    ),
    "speed": ("{seconds:.1f} s a page", "每页 {seconds:.1f} 秒"),
    "page.done": ("{issue} {page}: read ({done}/{total})", "{issue} {page}：完成（{done}/{total}）"),
    "page.cached": (
        "{issue} {page}: done before ({done}/{total})",
        "{issue} {page}：此前已完成（{done}/{total}）",
    ),
    "page.failed": (
        "{issue} {page}: failed ({done}/{total}). {error}",
        "{issue} {page}：失败（{done}/{total}）。{error}",
    ),
    "summary.issue": (
        "{id}: {title}pages: {pages}, articles: {articles}, characters: {characters}, "
        "mean confidence: {confidence}",
        "{id}：{title}{pages} 页，{articles} 篇文章，{characters} 字，平均置信度 {confidence}",
    ),
    "summary.out": ("  written to {folder}", "  已写入 {folder}"),
    "summary.incomplete": (
        "  INCOMPLETE, pages that failed: {count}",
        "  不完整：有 {count} 页处理失败",
    ),
    "summary.failed": ("  {page} ({source}): {error}", "  {page}（{source}）：{error}"),
    "summary.nothing": ("{id}: nothing was written. {error}", "{id}：没有输出。{error}"),
    "summary.jumps": (
        "  jumps: {count} (verified: {verified}, one-sided: {onesided}, unresolved: {unresolved})",
        "  转版 {count} 处：已核实 {verified}，单方 {onesided}，未解决 {unresolved}",
    ),
    "summary.unresolved": (
        "  unresolved jump on {page}: {marker} in “{headline}”",
        "  未解决的转版：{page} {marker}，见《{headline}》",
    ),
    "summary.warning": ("  note: {warning}", "  注意：{warning}"),
    "summary.total": (
        "In all: issues: {issues}, pages: {pages}, articles: {articles}, characters: {characters}.",
        "共 {issues} 期，{pages} 页，{articles} 篇文章，{characters} 字。",
    ),
    "failed.trace": ("Details of {page}:", "{page} 的详情："),
    "export.done": ("{id}: {files} files in {folder}", "{id}：{files} 个文件，写入 {folder}"),
    "export.missing": (
        "{id}: no image was found for {pages}; name its folder with --images.",
        "{id}：找不到 {pages} 的图像，请用 --images 指明其文件夹。",
    ),
    "export.failed": ("{place}: not exported. {error}", "{place}：未能导出。{error}"),
    "import.done": (
        "{id}: {kind}, pages: {pages}, articles: {articles}, written to {folder}",
        "{id}：{kind}，{pages} 页，{articles} 篇文章，已写入 {folder}",
    ),
    "import.unread": (
        "  note: {count} other XML or HTML files were passed over",
        "  注意：略过了其他 {count} 个 XML 或 HTML 文件",
    ),
    "import.failed": ("{place}: not imported. {error}", "{place}：未能读入。{error}"),
    "validate.finding": ("{file}: {id}: {what}", "{file}：{id}：{what}"),
    "validate.file_finding": ("{file}: {what}", "{file}：{what}"),
    "validate.more": ("… and {count} more (--all shows them)", "……另有 {count} 条（--all 可列出）"),
    "validate.good": ("{place}: good ({kinds})", "{place}：正确（{kinds}）"),
    "validate.bad": ("{place}: mistakes: {count} ({kinds})", "{place}：有 {count} 处错误（{kinds}）"),
    "validate.no_schemas": (
        "  schemas: not checked, no folder given (--schemas or DIGITISE_SCHEMAS)",
        "  模式：未检查，没有指明文件夹（--schemas 或 DIGITISE_SCHEMAS）",
    ),
    "validate.lacking": (
        "  schemas: {name} is not in the folder, not checked",
        "  模式：文件夹中没有 {name}，未检查",
    ),
    "validate.no_issue": (
        "  text: not compared, no issue.json found (--issue)",
        "  文字：未比对，没有找到 issue.json（--issue）",
    ),
    # failures
    "error": ("Error: {text}", "错误：{text}"),
    "interrupted": (
        "Interrupted. Finished pages are kept: run the same command again to go on.",
        "已中断。完成的页已保留，重新运行同一命令即可继续。",
    ),
    "terminated": ("Ended by the system.", "已被系统终止。"),
    "usage.option": ("There is no option {name}.", "没有选项 {name}。"),
    "usage.command": ("There is no command {name}.", "没有命令 {name}。"),
    "usage.no_command": ("A command is missing.", "缺少命令。"),
    "usage.missing": ("{name} is missing.", "缺少 {name}。"),
    "usage.value": ("{name} cannot be {value}.", "{name} 的值无效：{value}。"),
    "usage.argument": ("The option {name} needs a value.", "选项 {name} 需要一个值。"),
    "usage.help": ("See {command} --help.", "请参看 {command} --help。"),
    "usage.other": ("{text}", "命令有误（{text}）。"),
    # doctor
    "doctor.python": ("Python {version} on {system}", "Python {version}，{system}"),
    "doctor.packages": ("Packages", "软件包"),
    "doctor.engines": ("Engines", "引擎"),
    "doctor.models": ("Models", "模型"),
    "doctor.ok": ("ok", "正常"),
    "doctor.missing": ("missing", "缺失"),
    "doctor.optional": ("missing (optional)", "缺失（可选）"),
    "doctor.changed": (
        "not the file that was tested (sha256 differs)",
        "与测试所用文件不同（sha256 不符）",
    ),
    "doctor.unlisted": ("not in the manifest", "不在清单中"),
    "doctor.get": ("to get it: {how}", "安装方法：{how}"),
    "doctor.languages": ("languages: {names}", "语言：{names}"),
    "doctor.runs_on": ("runs on {names}", "运行于 {names}"),
    "doctor.fonts": ("Fonts for the sample typesetting", "排印样张所用字体"),
    "doctor.good": ("Ready: the engine {name} is complete.", "就绪：引擎 {name} 完整可用。"),
    "doctor.bad": ("Not ready: {what}.", "尚未就绪：{what}。"),
    # inspect
    "inspect.pdf": (
        "  {id} {source}: PDF page, {wide:.0f} × {high:.0f} mm",
        "  {id} {source}：PDF 页面，{wide:.0f} × {high:.0f} 毫米",
    ),
    "inspect.image": (
        "  {id} {source}: image, {width} × {height} px at {dpi} dpi ({wide:.0f} × {high:.0f} mm), "
        "to be recognised",
        "  {id} {source}：图像，{width} × {height} 像素，{dpi} dpi（{wide:.0f} × {high:.0f} 毫米），"
        "需识别",
    ),
    "inspect.resolution": ("    resolution: {reason}", "    分辨率：{reason}"),
    "inspect.scan": (
        "    scanned at {dpi} dpi, pictures cover {share:.0%}",
        "    扫描分辨率 {dpi} dpi，图像占 {share:.0%}",
    ),
    "inspect.turned": ("    turned by {degrees} degrees", "    旋转 {degrees} 度"),
    "inspect.no_text": ("    no text layer: to be recognised", "    没有文本层：需识别"),
    "inspect.trusted": (
        "    text layer of {characters} characters: trusted",
        "    文本层 {characters} 字：可信",
    ),
    "inspect.rejected": (
        "    text layer of {characters} characters: not trusted, to be recognised",
        "    文本层 {characters} 字：不可信，需识别",
    ),
    "inspect.hidden": ("    invisible: {share:.0%} of the text", "    不可见文字占 {share:.0%}"),
    "inspect.font": (
        "    font {name}: {characters} characters, broken code points {broken:.0%}",
        "    字体 {name}：{characters} 字，错误码位 {broken:.0%}",
    ),
    "inspect.step": ("    {name}: {detail}", "    {name}：{detail}"),
    "inspect.failed": ("  {id} {source}: {error}", "  {id} {source}：{error}"),
}  # fmt: skip


def say(key: str, language: Language, **values: object) -> str:
    """The text of that key, filled in."""
    return TEXTS[key][1 if language == "zh" else 0].format(**values)


def choose(pair: tuple[str, str], language: Language) -> str:
    """The one of (English, Chinese) that `language` asks for."""
    return pair[1 if language == "zh" else 0]


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """From `--language` among the arguments, else from the locale as POSIX orders it: LC_ALL,
    LC_MESSAGES, LANG. Known before the command line is parsed, since help needs it."""
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--language":
            asked = value if equals else "".join(arguments[index + 1 : index + 2])
            if asked in ("en", "zh"):
                return "zh" if asked == "zh" else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := environment.get(name):
            return "zh" if locale.lower().startswith("zh") else "en"
    return "en"
