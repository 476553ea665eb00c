"""Kinds of units and what can be said of a school."""

from enum import nonmember

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a unit is. ``BUREAUS`` lead a line, ``SCHOOLS`` teach pupils, ``COLLEGES`` are higher education."""

    PROVINCE = "province", "省级教育部门"
    PREFECTURE = "prefecture", "市（州）教育局"
    COUNTY = "county", "县（市、区）教育局"
    ZONE = "zone", "新区、开发区教育部门"
    UNIVERSITY = "university", "本科高校"
    VOCATIONAL_COLLEGE = "vocational_college", "高职高专"
    ADULT_COLLEGE = "adult_college", "成人高校"
    SUBCOLLEGE = "subcollege", "二级学院"
    DIRECT = "direct", "直属单位"
    KINDERGARTEN = "kindergarten", "幼儿园"
    PRIMARY = "primary", "小学"
    TEACHING_POINT = "teaching_point", "教学点"
    JUNIOR = "junior", "初中"
    NINE_YEAR = "nine_year", "九年一贯制学校"
    SENIOR = "senior", "普通高中"
    VOCATIONAL = "vocational", "中等职业学校"
    SPECIAL = "special", "特殊教育学校"

    BUREAUS = nonmember(("province", "prefecture", "county", "zone"))
    COLLEGES = nonmember(("university", "vocational_college", "adult_college"))
    SCHOOLS = nonmember(
        (
            "kindergarten",
            "primary",
            "teaching_point",
            "junior",
            "nine_year",
            "senior",
            "vocational",
            "special",
        )
    )

    @property
    def may_hold(self) -> tuple["Kind", ...]:
        """Kinds of units that may stand directly below one of this kind."""
        return tuple(kind for kind in Kind if kind in _BELOW.get(self, ()))


_ATTACHED = (Kind.DIRECT, *(Kind(value) for value in Kind.SCHOOLS if value != Kind.TEACHING_POINT))
_BELOW: dict[Kind, tuple[Kind, ...]] = {
    Kind.PROVINCE: (
        Kind.PREFECTURE,
        Kind.COUNTY,  # a county may answer to the province without a prefecture between
        Kind.ZONE,
        Kind.UNIVERSITY,
        Kind.VOCATIONAL_COLLEGE,
        Kind.ADULT_COLLEGE,
        *_ATTACHED,
    ),
    Kind.PREFECTURE: (
        Kind.COUNTY,
        Kind.ZONE,
        Kind.VOCATIONAL_COLLEGE,
        Kind.ADULT_COLLEGE,
        *_ATTACHED,
    ),
    Kind.COUNTY: (Kind.ZONE, *_ATTACHED),
    Kind.ZONE: _ATTACHED,
    Kind.UNIVERSITY: (Kind.SUBCOLLEGE, *_ATTACHED),
    Kind.VOCATIONAL_COLLEGE: (Kind.SUBCOLLEGE, *_ATTACHED),
    Kind.ADULT_COLLEGE: (Kind.SUBCOLLEGE,),
    Kind.PRIMARY: (Kind.TEACHING_POINT, Kind.PRIMARY, Kind.KINDERGARTEN),
    Kind.NINE_YEAR: (Kind.TEACHING_POINT, Kind.PRIMARY, Kind.KINDERGARTEN),
}
"""A central school (中心校) leads the village schools and teaching points of its township."""


class Ownership(TextChoices):
    """Who runs a school."""

    PUBLIC = "public", "公办"
    PRIVATE = "private", "民办"


class Locality(TextChoices):
    """Where a school stands."""

    URBAN = "urban", "城区"
    TOWN = "town", "镇区"
    RURAL = "rural", "乡村"


class Line(TextChoices):
    """The two lines that meet at the root."""

    BUREAU = "bureau", "市州县条线"
    COLLEGE = "college", "高校条线"
