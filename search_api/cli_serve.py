"""The command `serve`."""

from __future__ import annotations

from pathlib import Path

import uvicorn

from search_api.cli_output import notify
from search_api.engine import Engine, data_folder
from search_api.web.app import create_app


def serve(data: Path | None, host: str, port: int) -> None:
    """`govsearch serve`: runs until it is stopped. Raises GovsearchError if there is no index."""
    folder = data_folder(data)
    # Told here rather than by a service that answers nothing.
    Engine.open(folder).close()
    notify(f"serving {folder}")
    notify(f"open http://{host}:{port}/ to search and read, http://{host}:{port}/docs for the API")
    notify(
        f"try  curl -G http://{host}:{port}/api/search --data-urlencode q=调整了多少个人民调解组织"
    )
    uvicorn.run(create_app(folder), host=host, port=port, log_level="warning")
