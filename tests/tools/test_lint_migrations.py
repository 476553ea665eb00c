from tools.lint_migrations import crooked


def test_one_line_is_fine():
    line = {("orgs", "1"): [], ("orgs", "2"): [("orgs", "1")], ("people", "1"): []}

    assert crooked(line) == []


def test_fork_is_found():
    fork = {("orgs", "1"): [], ("orgs", "2a"): [("orgs", "1")], ("orgs", "2b"): [("orgs", "1")]}

    assert crooked(fork) == ["orgs.1: 2 migrations follow it; make them one line"]


def test_merge_is_found():
    merge = {
        ("orgs", "1"): [],
        ("orgs", "2"): [("orgs", "1")],
        ("orgs", "3"): [("orgs", "1"), ("orgs", "2")],
    }

    assert crooked(merge) == [
        "orgs.1: 2 migrations follow it; make them one line",
        "orgs.3: merges several migrations; rebase instead",
    ]


def test_two_beginnings_are_found():
    assert crooked({("orgs", "1"): [], ("orgs", "2"): []}) == ["orgs: 2 first migrations"]
