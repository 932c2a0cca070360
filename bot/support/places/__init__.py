"""Places elsewhere where a shop's staff answer, each behind the port `Handoff`."""
