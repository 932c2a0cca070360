"""`PlannedGraphRunner`: runs Rasa's graph one node after the other, in an order that is found once.

Rasa hands the graph to dask for every message and for every predicted action. Dask then finds the order anew, and passes
each node through its scheduler, which takes longer than most of the nodes.
"""

from __future__ import annotations

from functools import lru_cache
from graphlib import TopologicalSorter
from typing import Any, Dict, List, Optional, Tuple

from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner


class PlannedGraphRunner(DaskGraphRunner):
    """Makes its nodes as Rasa's runner does, and runs them without dask."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._planned = lru_cache(maxsize=None)(self._plan)

    def run(self, inputs: Optional[Dict[str, Any]] = None, targets: Optional[List[str]] = None) -> Dict[str, Any]:
        """Runs what the targets need (see parent class).

        Raises:
            GraphRunError: when an input has the name of a node, or a node fails with a RuntimeError.
        """
        given = inputs or {}
        clash = self._instantiated_nodes.keys() & given.keys()
        if clash:
            raise GraphRunError(f"Inputs have the names of nodes of the graph: {', '.join(sorted(clash))}.")
        wanted = tuple(targets or self._graph_schema.target_names)
        outputs: Dict[str, Any] = {name: (name, value) for name, value in given.items()}
        try:
            for name, needs in self._planned(wanted):
                # A name that nothing gives an output for is passed on as it is: the node says what it misses.
                outputs[name] = self._instantiated_nodes[name](*(outputs.get(need, need) for need in needs))
        except RuntimeError as error:
            raise GraphRunError("Error running the graph.") from error
        return dict(outputs[name] for name in wanted)

    def _plan(self, targets: Tuple[str, ...]) -> List[Tuple[str, Tuple[str, ...]]]:
        """The nodes that the targets need, with what each needs, in an order in which they can run."""
        nodes = self._graph_schema.minimal_graph_schema(list(targets)).nodes
        order = TopologicalSorter({name: node.needs.values() for name, node in nodes.items()}).static_order()
        return [(name, tuple(nodes[name].needs.values())) for name in order if name in nodes]
