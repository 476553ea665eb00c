import grimp
import pytest

from tools.contracts import OwnWebContract


@pytest.fixture
def contract():
    options = {"root": "x", "web_modules": ["views", "forms"], "shared": ["core"]}
    return OwnWebContract(name="own web", session_options={}, contract_options=options)


def graph_of(*imports):
    graph = grimp.ImportGraph()
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported)
    return graph


def test_own_and_shared_web_modules_may_be_used(contract):
    graph = graph_of(
        ("x.plans.urls", "x.plans.views"),
        ("x.plans.views", "x.core.forms"),
        ("x.plans.views.a", "x.orgs.models"),
    )

    assert contract.check(graph, verbose=False).kept


def test_another_apps_web_module_is_found(contract):
    graph = graph_of(("x.plans.actions", "x.orgs.forms"), ("x.plans.a", "x.orgs.views.tree"))

    check = contract.check(graph, verbose=False)

    assert not check.kept
    assert check.metadata["pairs"] == [
        ("x.plans.a", "x.orgs.views.tree"),
        ("x.plans.actions", "x.orgs.forms"),
    ]
