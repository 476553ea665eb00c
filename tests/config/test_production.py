import pytest

from xinhuo.config.production import (
    RefusedStartError,
    demonstration_accounts,
    production_check,
    production_problems,
    require_production,
)
from xinhuo.config.secret import UNSET
from xinhuo.people.models import Person, User

GOOD_KEY = "k" * 50


@pytest.fixture
def production(settings):
    """Settings of a production installation with nothing to complain about."""
    settings.PRODUCTION = True
    settings.ENVIRONMENT = "production"
    settings.SECRET_KEY = GOOD_KEY
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["xinhuo.example.cn"]
    return settings


def ids():
    return [problem.id for problem in production_problems()]


@pytest.mark.django_db
def test_complete_production_may_start(production):
    assert ids() == []
    require_production()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("SECRET_KEY", UNSET, "xinhuo.E002"),
        ("SECRET_KEY", "short", "xinhuo.E002"),
        ("DEBUG", True, "xinhuo.E003"),
        ("ALLOWED_HOSTS", [], "xinhuo.E004"),
        ("ALLOWED_HOSTS", ["*"], "xinhuo.E004"),
        ("ENVIRONMENT", "prodution", "xinhuo.E001"),
    ],
)
def test_each_missing_demand_is_one_problem_with_a_hint(production, name, value, problem):
    setattr(production, name, value)

    problems = production_problems()

    assert [found.id for found in problems] == [problem]
    assert problems[0].hint
    assert problems[0].is_serious()


@pytest.mark.django_db
def test_demonstration_accounts_stop_production(production):
    for name, is_demo in (("yanshi", True), ("wang", False)):
        User.objects.create(person=Person.objects.create(name=name), username=name, is_demo=is_demo)

    assert demonstration_accounts() == ["yanshi"]
    with pytest.raises(RefusedStartError, match="数据库里有演示账号：yanshi") as refused:
        require_production()
    assert "不要在演示数据上正式运行" in str(refused.value)


@pytest.mark.django_db
def test_development_is_not_asked(settings):
    settings.PRODUCTION = False
    settings.SECRET_KEY = UNSET

    assert production_check() == []
