"""The JSON of the service itself: how it is, and what went wrong."""

from __future__ import annotations

from pydantic import BaseModel


class ProblemOut(BaseModel):
    """RFC 9457 problem details. `type` is stable: programs may rely on it."""

    type: str
    title: str
    status: int
    detail: str
    field: str | None = None


class StatusOut(BaseModel):
    """The answer to `/healthz` and `/readyz`."""

    status: str
    reports: int | None = None
    generation: int | None = None
