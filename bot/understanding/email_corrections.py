"""A correction of the part of an e-mail address behind its @: "sorry, gmail.com", ".com not .co", "it's outlook"."""

from __future__ import annotations

MARKS = ",;:!?\"'()"
PROVIDERS = {
    "gmail": "gmail.com", "googlemail": "googlemail.com", "hotmail": "hotmail.com", "outlook": "outlook.com", "yahoo": "yahoo.com", "icloud": "icloud.com",
    "aol": "aol.com", "proton": "proton.me", "protonmail": "protonmail.com", "naver": "naver.com", "gmx": "gmx.net",
}
TAKEN_BACK = frozenset({"not", "no", "of"})
"""Behind one of these stands what was wrong: "not gmial.com", "instead of .co"."""
ENDS = frozenset({
    "com", "net", "org", "edu", "info", "biz", "me", "io", "co", "uk", "ie", "de", "at", "ch", "fr", "be", "nl", "lu", "es", "pt", "it",
    "dk", "se", "no", "fi", "is", "pl", "cz", "sk", "hu", "ro", "bg", "gr", "hr", "si", "eu", "us", "ca", "au", "nz", "jp", "kr", "sg",
    "hk", "cn", "in", "br", "mx", "za", "ae",
})
"""What the domain of an address ends with."""


def domain_in(text: str) -> str:
    """The domain that a message names alone, "gmail.com", or only its end, ".com"; empty where it names none or whole addresses."""
    tokens = [token.strip(MARKS).rstrip(".").lower() for token in text.split()]
    found = [_domain(token.lstrip("@")) for place, token in enumerate(tokens) if token.rfind("@") < 1 and (not place or tokens[place - 1] not in TAKEN_BACK)]
    return next(filter(None, found), "") if not any(token.rfind("@") > 0 for token in tokens) else ""


def corrected(email: str, text: str) -> str:
    """The address with what a message corrects; empty where it corrects nothing of it."""
    name, _, domain = email.rpartition("@")
    told = domain_in(text)
    if not told or not name:
        return ""
    new = domain[: domain.rfind(".")] + told if told.startswith(".") else told
    return f"{name}@{new}" if new != domain.lower() else ""


def _domain(token: str) -> str:
    if token in PROVIDERS:
        return PROVIDERS[token]
    name, dot, end = token.rpartition(".")
    return token if dot and end in ENDS and all(part.replace("-", "").isalnum() for part in name.split(".") if part) else ""
