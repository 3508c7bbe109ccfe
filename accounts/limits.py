"""How often something may be asked: so many times in so many seconds, counted in the cache.

Rule: whoever is over the limit is told to wait and learns nothing else. Counts are of one cache;
where each process has its own (no `CACHE_URL`), so has each its own count.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """At most `amount` in any stretch of `seconds` by the clock."""

    name: str
    amount: int
    seconds: int

    def allows(self, who: str) -> bool:
        """Count one more of `who`; whether it is still within the limit."""
        stretch = int(time.time() // self.seconds)
        hidden = hashlib.sha256(who.encode()).hexdigest()[:32]
        key = f"limit:{self.name}:{stretch}:{hidden}"
        if cache.add(key, 1, self.seconds):
            return True
        try:
            return cache.incr(key) <= self.amount
        except ValueError:  # it ran out just now
            return True


def address_of(request: HttpRequest) -> str:
    """The network address of whoever asks, as the limits of signing in take it."""
    return str(get_adapter().get_client_ip(request))
