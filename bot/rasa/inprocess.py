"""Runs the actions inside the server's own process, without an HTTP hop to an action server."""

from __future__ import annotations

from typing import Any, Optional

from jsonschema.validators import validator_for
from rasa.core.actions.action import ActionExecutionRejection as Rejected
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection


class InProcessActions(EndpointConfig):
    """Stands in for the action server's address: takes the same call, gives the same answer."""

    def __init__(self, package: str = "actions") -> None:
        """
        Args:
            package: the package whose actions are registered.
        """
        super().__init__(url="in-process")
        self.package = package
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(
        self, method: str = "post", subpath: Optional[str] = None, json: Any = None, **kwargs: Any
    ) -> Any:
        """Runs the action that `json` calls, as the action server's webhook would.

        Raises:
            Rejected: when the action leaves the message to another one. An action server would answer 400, which Rasa
                logs as an error each time; here it is no error.
        """
        try:
            return await self._executor.run(json)
        except ActionExecutionRejection as rejection:
            raise Rejected(rejection.action_name, str(rejection)) from rejection


def validate_answers_quickly() -> None:
    """Lets Rasa check an action's answer against its schema without checking the schema itself every time, which
    takes longer than everything else that happens to a message."""
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)

    def validated(_: RemoteAction, result: Any) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validated  # type: ignore[method-assign]


def trust_own_answers() -> None:
    """Lets Rasa take what actions in this process answer without checking it against a schema. That is made for what comes
    over a network, and takes a sixth of a message's time; these answers are put together by Rasa's SDK a call away."""
    RemoteAction._validate_action_result = lambda _, result: True  # type: ignore[method-assign]
