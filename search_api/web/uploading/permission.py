"""Who may change the index? Every route that changes something depends on `may_change`.

Whoever reaches a service that was started for it; but never another site's page in somebody's
browser, which can post to an address that only this browser reaches.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends, Request

from search_api.web.problems import ProblemError
from search_api.web.routes import Shared
from search_api.web.uploading.uploads import Uploads

# What browsers say of requests that our own page makes, or a person by hand.
_OWN: Final = frozenset(("same-origin", "none"))


def is_cross_site(request: Request) -> bool:
    """Whether a browser says that another site's page makes this request.

    Programs say nothing. Sec-Fetch-Site, which no page can set, decides; browsers leave it out
    for addresses without encryption, where Origin must name the host that is asked.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in _OWN
    origin = request.headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc != request.headers.get("host")
    except ValueError:  # no address at all: no browser says that of our own page
        return True


def is_known_host(request: Request, hosts: Collection[str]) -> bool:
    """Whether the service is called by an address, by localhost or by a name it was told of.

    A name that another site made lead here would make its pages look like our own (DNS rebinding).
    """
    name = (request.url.hostname or "").lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost") or name in hosts:
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def may_change(request: Request, state: Shared) -> Uploads:
    """What changes the index. Raises ProblemError (403) for a request that may not."""
    if is_cross_site(request):
        raise ProblemError(
            403,
            "cross-site-request",
            "Cross-site request",
            "Another site's page made this request; open the service's own page",
        )
    if not is_known_host(request, state.hosts):
        raise ProblemError(
            403,
            "unknown-host",
            "Unknown host",
            f"This service doesn't know itself as {request.url.hostname!r}: open it by its address, or "
            "start it with --allowed-host and that name",
        )
    if state.uploads is None:
        raise ProblemError(
            403,
            "uploads-not-allowed",
            "Uploads not allowed",
            "The service was started without --allow-upload: reports can't be added or removed here",
        )
    return state.uploads


Changing = Annotated[Uploads, Depends(may_change)]
