"""City pages to compare, and words to fill them with."""

from tests.factories import CityFactory, CityPageFactory

# Long enough for the whole share: 250 characters are the least that is measured.
CLIENTS = (
    "龙泉驿的汽车零部件企业最常问到的是外协件怎样控制，双流的电子厂先要回答客户验厂，郫都的调味料工厂看重过敏原区隔。"
    "我们的顾问沿着一张订单走一圈，把已经做到的部分写下来，再列出差距、工作量和先后顺序。周六上午可以面谈，提前两个工作日预约。"
    "青白江的物流园区多是仓储企业，安全与环境两套要求可以在一次诊断里看完，省下重复停工的时间。"
    "从天府新区出发一小时内能到达多数园区，德阳与眉山的客户通常当天往返，交通费用写进报价，没有别的收费。"
    "每年三月开放内审员小班课，名额不多，报名之前先做一次半天的摸底，学完可以独立排出审核计划。"
    "仓库与车间离得远的企业，我们建议先看出入库的那半天，再看生产，问题往往出在交接的单据上。"
)
SHARED = (
    "我们在全国各地帮助企业建立管理体系，顾问都有在工厂工作的经历。"
    "从差距诊断到现场审核由同一个团队负责，每一步都有书面记录，费用在合同里写清楚，中途不加价。"
)


def paragraph(text):
    return {"type": "paragraph", "value": f"<p>{text}</p>"}


def inherited():
    return {"type": "inherited", "value": {"sections": None}}


def own_body(text=CLIENTS):
    """Three blocks of the page's own."""
    third = len(text) // 3
    pieces = (text[:third], text[third : 2 * third], text[2 * third :])
    return [paragraph(piece) for piece in pieces]


def city_page(city_list, name, body=(), *, phone="", address="", live=True, **fields):
    city = CityFactory(short_name=name, phone=phone, address=address)
    page = CityPageFactory.build(
        parent=None,
        city=city,
        body=list(body),
        live=live,
        **{"title": "{city}认证", **fields},
    )
    page.slug = city.slug
    return city_list.add_child(instance=page)
