"""Surrogate keys: sha256(k:sha256(k:kind:id)); k is what the platform wrote."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

UNKNOWN = "unknown"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Keys:
    material: str

    def key(self, kind: str, identifier: str | None) -> str | None:
        if identifier is None:
            return None
        return sha256(f"{self.material}:{sha256(f'{self.material}:{kind}:{identifier}')}")
