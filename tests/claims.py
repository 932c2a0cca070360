"""Finds medical claims in what the assistant says."""

from __future__ import annotations

from bot.teaching.claims import PHRASES, medical_claims

__all__ = ["PHRASES", "medical_claims"]
