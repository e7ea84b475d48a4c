"""The persons a printed byline names."""

from __future__ import annotations

import re

_ROLE = re.compile(
    r"^(?:本报|本刊|本社|新华社|中新社|[\u4e00-\u9fff]{2,6}(?:日报|晚报|时报|社))?"
    r"(?:特约|首席|见习|实习|驻[\u4e00-\u9fff]{2,4})?"
    r"(?:全媒体)?(?:记者|通讯员|通訊員|實習生|实习生|评论员|特派员|编辑|作者|文|图|摄|摄影|撰稿)"
    r"[:：]?"
)
_AFTER = re.compile(r"(?:整理|摄影?|报道|文|图|/)+$")
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,8}[·•・][\u3400-\u9fff]{1,8}")
_WORDS = frozenset({"整理", "摄影", "报道", "记者", "编辑", "本报", "通讯员", "实习生", "综合"})


def authors(byline: str) -> tuple[str, ...]:
    """Names in the order printed; what cannot be told for a name is left out.

    "□本报记者 顾砚秋 通讯员 邵一禾" names 顾砚秋 and 邵一禾.
    """
    found: list[str] = []
    for token in re.split(r"[\s\u3000、，,/／;；|｜（）()□■◆●○]+", byline):
        bare = _AFTER.sub("", _ROLE.sub("", token))
        if _NAME.fullmatch(bare) and bare not in _WORDS and bare not in found:
            found.append(bare)
    return tuple(found)
