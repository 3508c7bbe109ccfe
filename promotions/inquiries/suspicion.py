"""What in a message looks like advertising. Pure, no database.

Rule: a suspicion throws nothing away; it only holds the message until an officer has read it. So
the signs may be plain: a link, or words of the offers that forms on the web are flooded with.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

LINK = "link"
WORDS = "words"

# An address with its scheme or www, HTML or BBCode of a link, or a bare host with a usual ending.
# A host after "@" is part of an e-mail, which buyers may well repeat in their message.
_LINK = re.compile(
    r"(?:https?|ftp)\s*:\s*/|www\.|\[url|<\s*a\s|href\s*="
    r"|(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:com|net|org|info|biz|io|xyz|top|shop|site|online|club|ru|cn"
    r"|id|me|ly|link|click|vip|win|bet)\b(?!@)",
    re.IGNORECASE,
)
_ADVERTISING = re.compile(
    r"\b(?:"
    r"pinjaman|dana cepat|kredit tanpa|pinjol|judi|slot gacor|gacor|togel|casino|kasino|jackpot"
    r"|jasa (?:seo|backlink|followers|pembuatan website|iklan)|backlinks?|seo|followers|page one"
    r"|rank(?:ing)? (?:on|in|di) google|guest post|crypto|kripto|bitcoin|forex|binary option"
    r"|viagra|cialis|obat kuat|loan offer|business loan|make money|earn money|passive income"
    r"|web ?design services|increase your (?:sales|traffic)|lottery|inheritance|promo spesial"
    r"|bonus deposit|whatsapp blast|email blast|investasi bodong|profit harian"
    r")\b",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\W+")


def suspicions(*texts: str) -> list[str]:
    """Which signs the texts show, each once."""
    plain = [_plain(text) for text in texts]
    found = []
    if any(_LINK.search(text) for text in plain):
        found.append(LINK)
    if any(_ADVERTISING.search(text) for text in plain):
        found.append(WORDS)
    return found


def content_hash(text: str) -> str:
    """The same for the same words, whatever their case, spaces and marks."""
    folded = _SPACE.sub(" ", _plain(text).casefold()).strip()
    return hashlib.sha256(folded.encode()).hexdigest()


def _plain(text: str) -> str:
    """Letters as they are meant: full-width and other look-alikes folded, invisible ones gone."""
    folded: Iterable[str] = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in folded if unicodedata.category(letter) != "Cf")
