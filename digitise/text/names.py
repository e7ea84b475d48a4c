"""What a Chinese person's name looks like in print."""

from __future__ import annotations

import re

from .spaces import squash

# Single surnames in use today, commonest first within each line, and their older forms.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于余叶蒋杜苏魏程吕丁沈任"
    "姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎阎薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱严赖"
    "洪莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯"
    "纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪"
    "简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎"
    "甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝"
    "区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸"
    "雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀"
    "诸冒仰邝晓银腾衣信展阴昝智幸奉植衡富尧闭由蔡尹贝"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蔣蘇呂盧鍾譚陸賈韋鄒閻龍賀顧龔萬錢嚴賴湯溫龐顏莊聶魯歐關蘭寧紀單"
    "駱藍滿饒畢華喬齊"
)
_COMPOUND = (
    "欧阳|上官|司马|司徒|诸葛|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|东方|夏侯|端木|轩辕|南宫|独孤|澹台|闻人|申屠|"
    "太史|钟离|鲜于|呼延|完颜|纳兰|司空|百里|东郭|西门|歐陽|諸葛"
)
_COMPOUND_RE = re.compile(rf"(?:{_COMPOUND})[\u4e00-\u9fff]{{1,2}}$")
_HAN_WORD = re.compile(r"[\u3400-\u9fff]+$")
_FOREIGN = re.compile(r"[\u3400-\u9fff]{1,8}(?:[·•・][\u3400-\u9fff]{1,8}){1,3}$")
# Ordinary words of two or three characters that begin with a surname's character.
_WORD_LIST = """
方面 时间 时候 成为 成都 成功 成立 成果 成绩 成本 成员 高度
高级 高校 高速 高考 高温 万元 万人 何时 何地 何人 任何 任务
金融 金额 金牌 安全 安排 安徽 江苏 江西 江南 河南 海南 海关
海洋 云南 南京 南方 南部 国家 国际 国内 国务院 全国 全面 全部
全市 全省 全县 平安 平台 平均 平方 公司 公告 公开 公里 公安
公布 公共 公园 路上 路口 方式 方向 方法 方案 方便 连续 连接
向前 向上 关于 关注 关系 关键 应当 应该 应用 应对 于是 于此
时代 时期 时报 时尚 明年 明天 明确 明显 原因 原来 原则 农村
农民 农业 农户 来自 来源 来到 来看 单位 单独 计划 计算 支持
支付 支部 支撑 相关 相信 相当 相比 相互 初步 都是 都有 都市
文化 文明 文章 文件 文学 武汉 武警 温度 温州 温暖 华北 华东
华南 商业 商品 商务 商家 强调 强化 强大 利用 利益 利润 居民
居住 信息 信用 信心 信贷 展开 展示 展览 常委 常务 常州 常见
管理 管道 解决 解释 解放 白天 白色 古代 石油 项目 和平 和谐
和他 连云港 图片 经济 本报 新闻 广告 宁波 宁夏 吉林 贵州 沈阳
郑州 杭州 苏州 徐州 徐汇 金华 衢州 湖州 绍兴 嘉兴 台州 丽水
舟山 广州 深圳 上海 北京 天津 重庆 长春 长沙 西安 兰州 银川
洪水 雷雨 游客 游泳 包括 包装 田间 田园 黄河 黄金 黄山 马上
马路 龙头 龙江 房屋 房产 房价 车辆 车站 车间 车型 党员 党委
党建 党组 党中央 宣传 宣布 丰富 丰收 普通 普及 修改 修复 修建
战略 战士 战胜 满足 满意 干部 干净 但是 由于 由此 富裕 富有
元旦 元素 毛病 谈到 谈判 封面 边界 官方 官员 能力 教育 体育
娱乐 科技 要闻 综合 国土 区域 区县 时政 社会 民生 健康 财经
旅游 汽车 房地产 读书 副刊 评论 理论 专题 特刊 彩票 生活 视点
关注 焦点 聚焦 广场 天下 周刊 声明 启事 通知 公示 简讯 短波
速递 快讯 目录 导读 图文 图为 右图 左图 上图 下图 资料 制图
供图 漫画 摄影 编者 编者按
"""
_WORDS = frozenset(_WORD_LIST.split())


def is_surname(char: str) -> bool:
    return char in _SURNAMES


def name_score(text: str) -> float:
    """How far `text` alone looks like one person's name, 0..1.

    Spaces inside a two-character name (于　步) do not count against it.
    """
    s = squash(text)
    if s in _WORDS:
        return 0.0
    if _FOREIGN.match(s):
        return 0.6
    if not 2 <= len(s) <= 4 or not _HAN_WORD.match(s):
        return 0.0
    if _COMPOUND_RE.match(s):
        return 0.9
    if s[0] not in _SURNAMES:
        return 0.15 if len(s) <= 3 else 0.0
    spaced = len(s) == 2 and len(text.strip()) > 2
    if len(s) == 4:
        return 0.3 if s[1] in _SURNAMES else 0.1  # two surnames: 陈李婉君
    base = 0.75 if len(s) == 3 else 0.6
    if s[:2] in _WORDS or (s[1:] in _WORDS and len(s) == 3):
        base -= 0.35
    return min(1.0, base + (0.3 if spaced else 0.0))


def is_name(text: str) -> bool:
    """Whether `text`, in a place where a name is expected, can be one."""
    return name_score(text) >= 0.25
