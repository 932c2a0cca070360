"""What was the matter, in one line, where Rasa raises an error from an error from an error."""

from __future__ import annotations

import re

SAID_TOO_MUCH = re.compile(
    r" ?You can use https?://\S{1,200} to validate the YAML syntax of your file\."
    r"|Failed to validate '[^']{0,400}'\. Please make sure the file is correct and all mandatory parameters are specified\. "
    r"Here are the errors found during validation: in "
)


def reason(error: BaseException) -> str:
    """The innermost error's message in one line, with its kind where the message alone says little ("'name'")."""
    while error.__cause__ is not None:
        error = error.__cause__
    message = SAID_TOO_MUCH.sub("", " ".join(str(error).split()))
    telling = len(message.split()) > 2
    return message if telling else f"{type(error).__name__}: {message}"
