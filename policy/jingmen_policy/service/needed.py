"""What the service needs besides the package itself."""

from __future__ import annotations

from jingmen_facts.problems import Problem, Refused, Said


def needed() -> None:
    """Raises Refused where it is not installed."""
    try:
        import fastapi
        import prometheus_client
        import uvicorn
    except ImportError as error:
        wanted = "pip install 'jingmen-policy[service]'"
        said = Said(
            f"服务需要另装 {error.name}：{wanted}", f"the service needs {error.name}: {wanted}"
        )
        raise Refused([Problem(said)]) from None
    del fastapi, prometheus_client, uvicorn
