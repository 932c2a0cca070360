"""Shopify's own schema of its Admin interface, out of a package that Shopify publishes; one file of it is kept."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from tests.peers.environment import FOLDER, alone

PACKAGE, FILE = "@shopify/dev-mcp@1.16.0", "package/dist/data/admin_2026-10.json.gz"
DIGEST = "f3b522f264556925eada700e795e4a002a9cba83444ebcc6c0d724254a0c6593"


def shopify_schema() -> Path | None:
    """Where the schema is, fetched when it is missing; None where there is no npm.

    Raises:
        AssertionError: when the package holds another file than it did.
    """
    kept = FOLDER / "shopify-admin_2026-10.json.gz"
    with alone("shopify"):
        return kept if kept.is_file() or _fetched(kept) else None


def _fetched(kept: Path) -> bool:
    """Whether it could be fetched."""
    npm = shutil.which("npm")
    if npm is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=folder, check=True, timeout=300, capture_output=True)
        (packed,) = Path(folder).glob("*.tgz")
        with tarfile.open(packed) as archive:
            member = archive.extractfile(FILE)
            assert member is not None, FILE
            content = member.read()
    assert hashlib.sha256(content).hexdigest() == DIGEST, "the schema is another than it was"
    kept.write_bytes(content)
    return True
