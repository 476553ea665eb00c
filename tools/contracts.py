"""A contract of our own for import-linter: an app's screens belong to that app alone."""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OwnWebContract(Contract):
    """No module of one app imports the views, forms … of another; the ``shared`` apps' may be used by all.

    Two screens that want the same thing have found a query, a component or a verb: move it down.
    """

    root: Any = fields.StringField()
    web_modules: Any = fields.ListField(subfield=fields.StringField())
    shared: Any = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001  the base's signature
        """Look at every direct import of a web module."""
        pairs = sorted(
            (importer, module)
            for module in graph.modules
            if self._is_web(module)
            for importer in graph.find_modules_that_directly_import(module)
            if self._app(importer) != self._app(module)
        )
        return ContractCheck(kept=not pairs, metadata={"pairs": pairs})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """List the imports."""
        for importer, module in check.metadata["pairs"]:
            output.print_error(f"{importer} imports {module}")

    def _app(self, module: str) -> str:
        return module.split(".")[1] if module.startswith(f"{self.root}.") else ""

    def _is_web(self, module: str) -> bool:
        parts = module.split(".")
        return (
            len(parts) > 2  # noqa: PLR2004  root, app, module
            and parts[0] == self.root
            and parts[2] in self.web_modules
            and parts[1] not in (self.shared or [])
        )
