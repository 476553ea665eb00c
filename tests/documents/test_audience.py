"""The audience picker: what it offers to whom, and what a choice means."""

from typing import Any

import pytest
from django.http import QueryDict

from tests.documents.conftest import Province, make_schools
from xinhuo.documents import audience
from xinhuo.documents.audience import AudienceForm
from xinhuo.orgs.presets import presets
from xinhuo.orgs.selections import matching


def posted(**data: Any) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, [str(item) for item in (value if isinstance(value, list) else [value])])
    return query


def offered(province: Province, key: str) -> dict[str, tuple[int, bool]]:
    return {preset.title: (preset.number, preset.big) for preset in presets(province.units[key])}


def test_what_a_province_is_offered(province: Province) -> None:
    assert offered(province, "省厅") == {
        "本单位的全部下级单位": (4, True),
        "全部市（州）": (2, True),
        "全部高校（本科、高职、成人）": (2, True),
        "全部县（市、区）": (3, False),
        "全部二级学院": (1, False),
        "全部中小学、幼儿园、中职": (2, False),
        "全部本科高校": (1, False),
        "全部高职高专": (1, False),
        "全部小学": (2, False),
    }


def test_what_a_prefecture_is_offered(province: Province) -> None:
    assert offered(province, "黔西南") == {
        "全部县（市、区）": (2, True),
        "全部中小学、幼儿园、中职": (2, False),
        "全部小学": (2, False),
    }
    assert offered(province, "铜仁")["全部高校（本科、高职、成人）"] == (1, True)


def test_a_unit_without_units_below_is_offered_nothing(province: Province) -> None:
    assert offered(province, "一小") == {}


@pytest.mark.parametrize(
    ("groups", "picked", "criteria", "label"),
    [
        (["prefectures"], [], {"kinds": ["prefecture"]}, "2 个市（州）"),
        (["children"], [], {"children_of": "省厅"}, "4 个下级单位"),
        ([], ["兴义", "铜仁"], {"ids": ["兴义", "铜仁"]}, "兴义市、铜仁市"),
        (["prefectures"], ["兴义"], {"ids": ["黔西南", "铜仁", "兴义"]}, "2 个市（州）、兴义市"),
        (["children", "counties"], [], {"ids": 7}, "4 个下级单位、3 个县（市、区）"),
    ],
)
def test_a_choice_in_words_and_as_a_condition(
    province: Province, groups: list[str], picked: list[str], criteria: dict[str, Any], label: str
) -> None:
    units = province.units
    form = AudienceForm(
        province.by("省厅"), posted(to_groups=groups, to_ids=[units[key].pk for key in picked])
    )

    assert form.is_valid()
    assert form.to_label == label
    got = form.to_criteria
    if criteria.get("ids") == 7:
        assert len(got["ids"]) == 7
    elif "ids" in criteria:
        assert set(got["ids"]) == {units[key].pk for key in criteria["ids"]}
    elif "children_of" in criteria:
        assert got == {"children_of": units["省厅"].pk}
    else:
        assert got == criteria


def test_units_elsewhere_are_not_reached_by_a_forged_form(province: Province) -> None:
    form = AudienceForm(province.by("铜仁"), posted(to_ids=[province.units["兴义"].pk]))

    assert not form.is_valid()
    assert form.recipients is not None
    assert form.recipients.targets == []


def test_nobody_chosen_is_wrong_but_not_while_searching(province: Province) -> None:
    wrong = AudienceForm(province.by("省厅"), posted(to_q=""))
    searching = AudienceForm(province.by("省厅"), posted(to_groups=["prefectures"], find="to"))

    assert (wrong.is_valid(), len(wrong.complaints)) == (False, 1)
    assert (searching.is_valid(), searching.complaints) == (False, [])


def test_two_characters_find_a_unit_and_chosen_ones_stay(province: Province) -> None:
    units = province.units
    form = AudienceForm(province.by("省厅"), posted(to_ids=[units["贵大"].pk], to_q="一小学 兴义", find="to"))
    form_two = AudienceForm(province.by("省厅"), posted(to_ids=[units["贵大"].pk], to_q="兴义", find="to"))

    assert [pick.name for pick in form.boxes[0].picks] == ["贵州大学", "兴义市第一小学"]
    assert [(pick.name, pick.checked) for pick in form_two.boxes[0].picks] == [
        ("贵州大学", True),
        ("兴义市教育局", False),
        ("兴义市第一小学", False),
        ("兴义市第二小学", False),
    ]


def test_a_long_list_is_searched_instead_of_shown(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_schools(province.units, 6)
    monkeypatch.setattr(audience, "LISTED", 5)

    box = AudienceForm(province.by("兴仁")).boxes[0]

    assert (box.is_long, box.picks) == (True, [])
    assert [pick.name for pick in AudienceForm(province.by("兴义")).boxes[0].picks] == [
        "兴义市第一小学",
        "兴义市第二小学",
    ]


def test_the_condition_means_the_counted_units(province: Province) -> None:
    for key in ("省厅", "黔西南", "铜仁", "贵大"):
        org = province.units[key]
        for preset in presets(org):
            form = AudienceForm(province.by(key), posted(to_groups=[preset.key]))
            assert matching(form.to_criteria, within=org).count() == preset.number, preset.title
