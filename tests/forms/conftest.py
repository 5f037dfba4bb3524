import pytest

from tests.factories import (
    CertificationProjectFactory,
    CityFactory,
    FormPageFactory,
)


@pytest.fixture
def project(db):
    return CertificationProjectFactory(
        slug="iso9001", standard="ISO 9001", name="质量管理体系认证"
    )


@pytest.fixture
def chengdu(db):
    return CityFactory(short_name="成都", slug="chengdu", area_code="028")


@pytest.fixture
def form_page(project):
    return FormPageFactory()


@pytest.fixture
def answers(project):
    """What a visitor fills into 快速办理通道."""
    return {
        "name": "张三",
        "mobile": "13800138000",
        "landline": "028-85550100",
        "project": project.slug,
        "company": "蓉城精密机械有限公司",
    }
