import json
import pkgutil
from importlib import import_module

import pytest

from bench import cases
from bench.cases.reader import chinese
from bench.core import Bench, UnequalError, measure, save


@pytest.fixture(autouse=True)
def _no_collecting(monkeypatch):
    """Collecting the garbage of a whole test run takes longer than the tests."""
    monkeypatch.setattr("bench.core.gc.collect", lambda: 0)


class Clock:
    """Time that moves only when work says so."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def work(self, seconds, result=None):
        def run():
            self.now += seconds
            return result

        return run


def test_ratio_is_peer_over_ours():
    clock = Clock()

    result = measure("x", Bench("the peer", clock.work(0.1), clock.work(0.25), "note"), clock)

    assert (result.ratio, result.ours_ms, result.peer_ms) == (2.5, 100.0, 250.0)
    assert (result.name, result.peer, result.rounds, result.notes) == ("x", "the peer", 7, "note")


def test_ratio_is_the_median_of_the_rounds_not_of_the_times():
    clock = Clock()
    steps = iter([0.1, 0.1] + [0.1, 0.2, 0.2, 0.4, 0.4] * 2)  # check, rehearsal, then rounds

    def ours():
        clock.now += next(steps)

    result = measure("x", Bench("p", ours, clock.work(0.4), rounds=5), clock)

    assert result.ratio == 2.0
    assert result.ours_ms == 200.0


def test_ours_and_peer_take_turns():
    clock, order = Clock(), []

    def ours():
        order.append("o")
        clock.now += 1

    def theirs():
        order.append("p")
        clock.now += 1

    measure("x", Bench("p", ours, theirs, rounds=5), clock)

    assert "".join(order) == "op" + "op" + "op" + "po" + "op" + "po" + "op"


def test_fewer_than_five_rounds_are_not_measured():
    clock = Clock()

    assert measure("x", Bench("p", clock.work(1), clock.work(1), rounds=1), clock).rounds == 5


def test_unequal_results_are_refused():
    clock = Clock()

    with pytest.raises(UnequalError, match="ours 3 is not the peer's 4"):
        measure("x", Bench("p", clock.work(1, 3), clock.work(1, 4)), clock)


def test_results_are_compared_by_what_counts():
    clock = Clock()

    assert (
        measure("x", Bench("p", clock.work(1, [1, 2]), clock.work(1, "ab"), comparable=len), clock).ratio
        == 1.0
    )


def test_short_work_is_repeated_within_a_round():
    clock = Clock()

    result = measure("x", Bench("p", clock.work(0.0001), clock.work(0.0002)), clock)

    assert (result.ratio, result.ours_ms) == (2.0, 0.1)


def test_file_has_the_agreed_keys(tmp_path):
    clock = Clock()

    path = save(measure("x", Bench("p", clock.work(1), clock.work(1)), clock), tmp_path / "bench")

    assert path.name == "x.json"
    assert list(json.loads(path.read_text())) == [
        "name",
        "ratio",
        "ours_ms",
        "peer",
        "peer_ms",
        "rounds",
        "notes",
    ]


def test_every_case_can_be_named_and_made():
    names = [module.name for module in pkgutil.iter_modules(cases.__path__)]

    assert "reader" in names
    assert all(isinstance(import_module(f"bench.cases.{name}").bench(), Bench) for name in names)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (21, "二十一"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (950, "九百五十"),
    ],
)
def test_numerals_of_the_readers_documents(number, text):
    assert chinese(number) == text
