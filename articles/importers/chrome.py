"""The page's chrome: what stands around every article of a site and is no part of any.

Only whole lines are recognised, and callers ask only about the lines above and below an article: a sentence that
mentions a phone or a form stays where it is.
"""

import re

from articles.importers.lines import Line
from articles.importers.wording import compact

_PHONE = re.compile(
    r"(\+?86-?)?(0\d{2,3}-?\d{7,8}|[48]00-?\d{3,4}-?\d{3,4}|1[3-9]\d{9})(转\d+)?"
)
_SERVICE_PHONE = re.compile(
    rf"全国(统一)?(免费)?(服务|咨询|客服)?(电话|热线):?({_PHONE.pattern})?"
)
_PATTERNS = [
    _SERVICE_PHONE,
    re.compile(
        r"(快速办理通道|姓名|手机号码?|(公司)?座机|认证项目|公司名称|(立即)?(提交|办理)|在线(咨询|客服)"
        r"|(网站)?首页|返回(首页|列表|顶部|上一页)|关于我们|新闻(中心|动态)|联系我们|网站地图|登录|注册|搜索"
        r"|打印(本页)?|关闭(窗口)?|(加入)?收藏|分享|大|中|小):?"
    ),
    re.compile(r"[^,。;!?]{1,10}\*:?"),  # the label of a required field
    re.compile(r"\*[^,。;!?]{1,10}:?"),
    re.compile(r".{0,12}[\[【(]?切换城市[\]】)]?"),
    re.compile(r"(您|你)?(现在|当前)?的?(所在)?位置:.*"),
    re.compile(r"(上|下)一?(篇|页|条):?.*"),
    re.compile(r"(请输入|请选择|请填写).{0,12}"),
    re.compile(r"字(号|体)(大小)?:.{0,12}"),
    re.compile(r"分享(到|至).{0,30}"),
    re.compile(
        r"(版权所有|copyright|©).*|.{0,40}(版权所有|allrightsreserved)\.?",
        re.IGNORECASE,
    ),
    re.compile(r".{0,40}(ICP备|公网安备|ICP证).{0,20}", re.IGNORECASE),
]
_HEADLINE = re.compile(
    r"(喜报|喜讯|捷报|贺报|热烈祝贺|重磅|公告(?=:|$)|通知(?=:|$))[!:,。]*(?P<rest>.*)"
)
_SHORTEST_HEADLINE = 4


def is_chrome(text: str) -> bool:
    bare = compact(text)
    return any(pattern.fullmatch(bare) for pattern in _PATTERNS)


def is_service_phone(text: str) -> bool:
    return bool(_SERVICE_PHONE.fullmatch(compact(text)))


def is_phone(text: str) -> bool:
    return bool(_PHONE.fullmatch(compact(text)))


def chrome_lines(lines: list[Line]) -> set[Line]:
    """Those of the lines that are chrome. A phone number is chrome only below the words that announce it."""
    return {
        line
        for previous, line in zip([None, *lines], lines, strict=False)
        if is_chrome(line.text)
        or (previous and is_service_phone(previous.text) and is_phone(line.text))
    }


def is_headline(text: str) -> bool:
    """Whether the line announces good news of the site's owner, which stands above every article."""
    match = _HEADLINE.match(compact(text))
    return bool(match and len(match["rest"]) >= _SHORTEST_HEADLINE)


def is_kicker(text: str) -> bool:
    """Whether the line is such a word alone."""
    match = _HEADLINE.match(compact(text))
    return bool(match and not match["rest"])
