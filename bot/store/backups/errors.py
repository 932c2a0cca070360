"""Why a backup could not be made or brought back."""


class BackupError(Exception):
    """A backup cannot be made or used; the message is one line that says why, and nothing was changed."""
