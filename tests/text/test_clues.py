"""Signatures, credits, datelines, and the parts texts play."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitise.text.clues import (
    byline_score,
    credit_score,
    dateline,
    ends_openly,
    ends_sentence,
    is_caption_opening,
    is_column_label,
    is_dash_led,
    is_index_entry,
    is_numbered,
    looks_like_advertisement,
    looks_like_notice,
    runs_on,
    split_trailing_byline,
    split_trailing_credit,
    starts_like_continuation,
)
from digitise.text.names import is_name
from digitise.text.similarity import agreement

NAMES = ("赵琦明", "徐军", "欧阳青", "施洋", "周远", "于步", "阿依古丽", "陈小禾")


@pytest.mark.parametrize(
    "text",
    [
        "□本报记者 周明远 通讯员 沈小雨", "本报记者 赵琪", "■ 记者 吴敏", "文/张三 图/李四", "（记者 张三）",
        "□某省科学院院长 佟文莉", "□长江报联盟采访组 夏文雁", "实习生 郑国容", "新华社记者 陈某某", "本报评论员",
        "本报记者　徐　军　施洋洋　实习生　郑国容", "特约记者 李响", "本报全媒体记者 王芳 摄影报道", "星火晨报记者 何方",
        "（卜青川 文/摄）", "林远舟 文并图", "本报记者 赵琪 文/摄",
    ],
)  # fmt: skip
def test_signatures(text: str) -> None:
    assert byline_score(text) >= 0.8


@pytest.mark.parametrize(
    "text",
    [
        "本报记者从市水务局获悉", "要闻", "记者节", "人民法院", "成都 明年蔬菜可实现溯源", "记者在现场看到，水已退去。",
        "记者证换发工作启动", "夏粮丰收在望", "本报记者日前来到青原县",
    ],
)  # fmt: skip
def test_no_signatures(text: str) -> None:
    assert byline_score(text) < 0.3


def test_bare_names_score_between() -> None:
    for text in ("程智安", "于　步", "张伟 李娜"):
        assert 0.3 <= byline_score(text) < 0.8


@given(
    body=st.sampled_from(
        ("全县增收三千万元。", "她说：“路通了！”", "（完）日子越过越红火。", "明年再扩种一千亩……")
    ),
    role=st.sampled_from(("本报记者", "记者", "通讯员", "实习生", "新华社记者", "特约通讯员")),
    names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
    shape=st.sampled_from((" {r} {n}", "　　{r}　{n}", "（{r} {n}）", "({r} {n})", "{r} {n}")),
)
def test_signature_behind_a_body(body: str, role: str, names: list[str], shape: str) -> None:
    printed = shape.format(r=role, n=" ".join(names))
    split = split_trailing_byline(body + printed)
    assert split.body == body
    assert split.byline == printed.strip(" 　（）()")


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("实现“三连优”。 通讯员 杨小之 本报记者 李伟明", "通讯员 杨小之 本报记者 李伟明"),
        ("再上台阶。（张三 李四）", "张三 李四"),
        ("再上台阶。（李小四）", "李小四"),
        ("再上台阶。（褚大刚）", "褚大刚"),
        ("效果好。　　徐　军", "徐　军"),
        ("效果好。本报记者 张三", "本报记者 张三"),
        ("办好了。 文/张三 图/李四", "文/张三 图/李四"),
        ("办好了。（文/张三 图/李四）", "文/张三 图/李四"),
    ],
)
def test_more_signatures_behind_a_body(text: str, byline: str) -> None:
    assert split_trailing_byline(text).byline == byline


@pytest.mark.parametrize(
    "text",
    [
        "她把这事告诉了本报记者", "昨日，记者从市局获悉。本报记者来到现场，看到人很多。", "他是一名记者 张三说",
        "当地人说。（见下图）", "办法实施。（据新华社）", "他说：“我是记者。”", "会议通过了决定。（全文另发）", "名单如下。（排名不分先后）",
        "这是今年的第三次。 记者了解到", "共收到一百件。（完）", "稻谷收了。",
    ],
)  # fmt: skip
def test_sentences_keep_their_ends(text: str) -> None:
    split = split_trailing_byline(text)
    assert (split.body, split.byline) == (text, "")


@pytest.mark.parametrize(
    "text",
    [
        "刘成禾 摄",
        "新华社记者 陈某 摄",
        "（资料图片）",
        "图/某某视觉",
        "本报记者 赵琦 摄影报道",
        "王芳 李响/摄",
    ],
)
def test_credits(text: str) -> None:
    assert credit_score(text) >= 0.6


@pytest.mark.parametrize("text", ["图为工人在作业。", "他喜欢拍摄", "收成不错", "农民在田间拍摄"])
def test_no_credits(text: str) -> None:
    assert credit_score(text) < 0.3


@pytest.mark.parametrize(
    ("text", "body", "credit"),
    [
        ("图为工人在作业。刘成禾 摄", "图为工人在作业。", "刘成禾 摄"),
        ("图为工人在作业。 新华社记者 陈某 摄", "图为工人在作业。", "新华社记者 陈某 摄"),
        ("图为工人在作业。（刘成禾 摄）", "图为工人在作业。", "刘成禾 摄"),
        ("刘成禾 摄", "", "刘成禾 摄"),
        ("图为工人在作业。", "图为工人在作业。", ""),
    ],
)
def test_credit_behind_a_caption(text: str, body: str, credit: str) -> None:
    split = split_trailing_credit(text)
    assert (split.body, split.byline) == (body, credit)


@pytest.mark.parametrize(
    ("text", "head", "source", "byline"),
    [
        ("本报讯 昨日清晨", "本报讯", "本报", ""),
        ("本报北京12月5日电（记者 张三）今天", "本报北京12月5日电", "本报", "记者 张三"),
        (
            "新华社北京12月7日电（记者王五、赵六）今天",
            "新华社北京12月7日电",
            "新华社",
            "记者王五、赵六",
        ),
        ("据新华社杭州12 月3 日电 今年", "据新华社杭州12 月3 日电", "新华社", ""),
        ("中新网12月4日电 今年", "中新网12月4日电", "中新网", ""),
        ("本报讯（记者 张三 通讯员 李四）昨日", "本报讯", "本报", "记者 张三 通讯员 李四"),
    ],
)
def test_datelines(text: str, head: str, source: str, byline: str) -> None:
    found = dateline(text)
    assert found is not None
    assert (found.text, found.source, found.byline) == (head, source, byline)
    assert text[found.end :] in ("昨日清晨", "今天", "今年", "昨日")


@pytest.mark.parametrize("text", ["昨日，本报讯。", "本报将继续关注。", "据了解，", "新华社区换届"])
def test_no_datelines(text: str) -> None:
    assert dateline(text) is None


def test_names() -> None:
    assert all(is_name(n) for n in NAMES if n != "阿依古丽")
    assert not any(is_name(w) for w in ("成立", "农民", "时间", "国务院", "要闻"))


def test_parts_of_a_page() -> None:
    assert is_dash_led("——看老城如何焕新")
    assert not is_dash_led("老城——焕新")
    assert is_index_entry("老城焕新记 A3") >= 0.6
    assert is_index_entry("老城焕新记………3版") >= 0.6
    assert is_index_entry("老城焕新记 8") < 0.5
    assert is_index_entry("把全省八家实验室建成体系， 4") == 0.0
    assert is_index_entry("企业研发“清零”， （下转A2版）") == 0.0
    assert is_index_entry("老城焕新的故事讲完了。") == 0.0
    assert is_column_label("富民进行时") >= 0.6
    assert is_column_label("【三农观察】") >= 0.6
    assert is_column_label("昨天，全县下了雨。") == 0.0
    assert is_caption_opening("图为收割现场。")
    assert is_caption_opening("▲ 收割现场")
    assert not is_caption_opening("图书馆开馆了")


def test_advertisements_and_notices() -> None:
    assert looks_like_advertisement("旺铺招租 联系电话：0571-88880000 地址：中山路12号") >= 0.7
    report = "昨日，市民拨打热线咨询医保政策，工作人员说，电话一直畅通。记者看到，大厅里人不多，办事很快，群众满意。"
    assert looks_like_advertisement("本报讯 " + report) < 0.3
    assert looks_like_advertisement(report) < 0.5
    assert looks_like_notice("遗失声明\n张三遗失身份证，声明作废") >= 0.7
    assert looks_like_notice("关于召开债权人会议的公告") >= 0.6
    assert looks_like_notice("本报讯 市政府昨日召开会议，通报有关情况。") < 0.3


@pytest.mark.parametrize(
    "text", ["好。", "好！”", "“好？”", "走了……", "（完。）", "OK!", "他说。』"]
)
def test_ends_of_sentences(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize(
    "text", ["好", "好，", "他说：", "“好", "增长3.", "", "（完）", "“八八战略”"]
)
def test_no_ends_of_sentences(text: str) -> None:
    assert not ends_sentence(text)


def test_open_ends_and_middles() -> None:
    assert ends_openly("水稻、")
    assert ends_openly("他说“")
    assert not ends_openly("他说：")
    assert starts_like_continuation("，收成好")
    assert starts_like_continuation("”他说")
    assert not starts_like_continuation("——看老城")
    assert not starts_like_continuation("“好”")


def test_running_on() -> None:
    assert runs_on("项目全部清零，", "全力推进新一轮") > runs_on("项目全部清零。", "全力推进新一轮")
    assert runs_on("他说：“我们要", "继续干”。") > 0.85
    assert runs_on("共投入12", "万元") > 0.85
    assert runs_on("到了秋天，", "本报讯 昨日") < 0.2
    assert runs_on("到了秋天。", "，收成") < 0.3
    assert runs_on("", "收成") == 0.0


def test_headline_agreement() -> None:
    assert agreement("为有源头活水来", "为有源头活水来！") == 1.0
    assert agreement("ＧＤＰ 增长", "gdp增长") == 1.0
    assert agreement("山区县再次集体牵手名校大院", "山区县再次牵手名校") >= 0.7
    assert agreement("老城焕新", "老城焕新记——看某市如何更新") >= 0.6
    assert agreement("为有源头活水来", "秋粮收购进展顺利") < 0.2
    assert agreement("", "秋粮") == 0.0


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_agreement_is_symmetric_and_bounded(a: str, b: str) -> None:
    assert 0.0 <= agreement(a, b) <= 1.0
    assert abs(agreement(a, b) - agreement(b, a)) < 1e-9


@pytest.mark.parametrize(
    ("title", "numbered"),
    [
        ("二、商户田凯平的14年", True), ("（三）把巡回法庭做实", True), ("十一、尾声", True),
        ("一亩之变", False), ("三代人的守望", False), ("二、", False),
    ],
)  # fmt: skip
def test_numbered_titles(title: str, numbered: bool) -> None:
    assert is_numbered(title) == numbered
