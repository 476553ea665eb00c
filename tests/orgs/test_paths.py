"""The pure arithmetic of the tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinhuo.orgs import paths
from xinhuo.orgs.bulk import next_paths

numbers = st.integers(0, paths.MAX_CHILDREN - 1)
trees = st.lists(numbers, min_size=1, max_size=6).map(lambda steps: "".join(map(paths.step, steps)))


@given(numbers)
def test_a_step_says_its_number(number: int) -> None:
    assert paths.number_of("000" + paths.step(number)) == number
    assert len(paths.step(number)) == paths.WIDTH


@given(numbers, numbers)
def test_steps_sort_like_their_numbers(one: int, other: int) -> None:
    assert (paths.step(one) < paths.step(other)) == (one < other)


@given(trees, trees)
def test_the_range_of_a_path_is_its_subtree(top: str, other: str) -> None:
    assert (top <= other < top + "Z") == other.startswith(top)


@given(trees)
def test_ancestors_lead_from_the_root_to_the_path(path: str) -> None:
    chain = paths.ancestors(path)
    assert chain[-1] == path
    assert [paths.depth(step) for step in chain] == list(range(paths.depth(path) + 1))
    assert [paths.parent(step) for step in chain[1:]] == chain[:-1]


@pytest.mark.parametrize("number", [-1, paths.MAX_CHILDREN])
def test_a_number_beyond_the_width_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="units below it"):
        paths.step(number)


@given(st.lists(st.sampled_from(["000", "000001", "000002"]), max_size=40), st.integers(0, 30))
def test_bulk_paths_continue_after_what_is_there_and_never_repeat(parents: list[str], there: int) -> None:
    last = {"000": "000" + paths.step(there)}
    made = next_paths(parents, last)
    assert len(set(made)) == len(parents)
    assert [paths.parent(path) for path in made] == parents
    assert all(path > last["000"] for path, parent in zip(made, parents, strict=True) if parent == "000")
