"""What the supervisor tells a worker: its number in the environment, and three files that are open in both."""

from __future__ import annotations

LISTENS, READY, LIFE, MODEL = "GLASSKIN_LISTENS", "GLASSKIN_READY", "GLASSKIN_LIFE", "GLASSKIN_MODEL"
"""The port's socket; a pipe in which the worker says that it answers; a pipe that ends with the supervisor; the model's file."""
FIGURES = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus-client keeps the figures of all workers, so that each can tell the sum."""
