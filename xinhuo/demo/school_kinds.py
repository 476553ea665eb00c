"""How a made-up school of each kind is called and where it stands."""

from collections.abc import Callable
from dataclasses import dataclass, field

from xinhuo.orgs.enums import Kind, Ownership

from .school_names import BRANDS, Label, Namer, Township


@dataclass(slots=True)
class County:
    """One county and how many schools of each kind it gets; the first ``centrals`` primary schools are central."""

    code: str
    prefecture: str
    namer: Namer
    quota: dict[Kind, int] = field(default_factory=dict)
    centrals: int = 0
    leading: list[Township] = field(default_factory=list)

    @property
    def rural(self) -> list[Township]:
        """Townships that are no sub-district."""
        return [township for township in self.namer.townships if not township.is_street]

    def any_township(self) -> Township:
        """A township by chance."""
        return self.namer.rng.choice(self.namer.townships)


def label_for(county: County, kind: Kind, number: int, ownership: str) -> Label:
    """The name of the ``number``-th school (0-based) of its kind in the county."""
    return MAKERS[kind](county, number, ownership == Ownership.PRIVATE)


def _kindergarten(county: County, number: int, private: bool) -> Label:  # noqa: FBT001  one of a family
    namer = county.namer
    if private:
        return namer.branded("幼儿园", BRANDS)
    if number % 8 == 0:
        return namer.numbered("幼儿园")
    township = county.any_township()
    if namer.is_free(township, "中心幼儿园"):
        return namer.township_level(township, "中心幼儿园")
    return namer.village(township, "幼儿园")


def _primary(county: County, number: int, private: bool) -> Label:  # noqa: FBT001  one of a family
    namer = county.namer
    if number < county.centrals:
        if not county.leading:
            county.leading = namer.rng.sample(county.rural, county.centrals)
        return namer.township_level(county.leading[number], "中心小学")
    if private:
        return namer.branded("小学")
    if number % 5 == 0:
        return namer.numbered("小学")
    ending = namer.rng.choices(("小学", "希望小学", "民族小学"), (20, 2, 1))[0]
    return namer.village(county.any_township(), ending)


def _teaching_point(county: County, number: int, _private: bool) -> Label:  # noqa: FBT001  one of a family
    township = county.leading[number % county.centrals]
    return county.namer.village(township, county.namer.rng.choice(("教学点", "小学教学点")))


def _junior(county: County, number: int, private: bool) -> Label:  # noqa: FBT001  one of a family
    namer = county.namer
    if private:
        return namer.branded("中学")
    if number == 1:
        return namer.county_level("实验中学", "初级中学")
    if number % 4 == 0:
        return namer.numbered("中学")
    ending = namer.rng.choices(("中学", "初级中学", "民族中学"), (12, 1, 2))[0]
    return namer.township_level(county.any_township(), ending)


def _nine_year(county: County, _number: int, private: bool) -> Label:  # noqa: FBT001  one of a family
    if private:
        return county.namer.branded("实验学校")
    return county.namer.village(county.any_township(), county.namer.rng.choice(("学校", "实验学校")))


def _senior(county: County, number: int, private: bool) -> Label:  # noqa: FBT001  one of a family
    if private:
        return county.namer.branded("高级中学")
    if number in {2, 4}:
        return county.namer.county_level("民族中学", "高级中学")
    return county.namer.numbered("中学")


def _vocational(county: County, _number: int, private: bool) -> Label:  # noqa: FBT001  one of a family
    if private:
        return county.namer.branded("职业技术学校")
    return county.namer.county_level("中等职业技术学校", "职业高级中学")


def _special(county: County, _number: int, _private: bool) -> Label:  # noqa: FBT001  one of a family
    return county.namer.county_level("特殊教育学校")


MAKERS: dict[Kind, Callable[[County, int, bool], Label]] = {
    Kind.KINDERGARTEN: _kindergarten,
    Kind.PRIMARY: _primary,
    Kind.TEACHING_POINT: _teaching_point,
    Kind.JUNIOR: _junior,
    Kind.NINE_YEAR: _nine_year,
    Kind.SENIOR: _senior,
    Kind.VOCATIONAL: _vocational,
    Kind.SPECIAL: _special,
}
