"""What the workers of a Dask cluster do, which see the same folders: gather, then decide parts.

A file is put in its place whole and may be made twice, so a worker that is lost costs time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from importlib import import_module
from threading import get_ident
from typing import TYPE_CHECKING, Any

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_policy.bulk.gathered import Chunk, gather
from jingmen_policy.bulk.parts import Part

if TYPE_CHECKING:
    from jingmen_policy.bulk.run import Run, Spec

LOCAL = "local"
"""The address that means: two workers on this machine."""
ANY_PORT = "127.0.0.1:0"


def on_cluster(
    run: Run, apart: Sequence[Chunk], parts: Sequence[Part], address: str
) -> Iterator[Chunk | Part]:
    """Hands on what is done, as it is done. Raises Refused without Dask."""
    try:
        dask: Any = import_module("distributed")
    except ImportError as error:
        wanted = "pip install 'jingmen-policy[cluster]'"
        said = Said(f"集群需要另装 {error.name}：{wanted}", f"clusters need {error.name}: {wanted}")
        raise Refused([Problem(said)]) from None
    local: Any = None
    if address == LOCAL:
        # The scheduler always serves its state over HTTP: any free port, so that two may run.
        local = dask.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=ANY_PORT)
    try:
        with dask.Client(local if local is not None else address) as client:
            spec = client.scatter(run.spec, broadcast=True)
            for work, todo in ((_gathered, apart), (partial(_decided, tuple(apart)), parts)):
                futures = {
                    client.submit(work, spec, one, pure=False, retries=2): one for one in todo
                }
                for future in dask.as_completed(list(futures)):
                    future.result()
                    yield futures[future]
    finally:
        if local is not None:
            local.close()


def _gathered(spec: Spec, chunk: Chunk) -> None:
    run, database = _opened(spec, get_ident())
    gather(run, database, chunk)


def _decided(gathered: tuple[Chunk, ...], spec: Spec, part: Part) -> None:
    run, database = _opened(spec, get_ident())
    run.decide(database, part, gathered)


@lru_cache(maxsize=8)
def _opened(spec: Spec, _thread: int) -> tuple[Run, Any]:
    """The run and its tables, once in each thread of a worker. They were checked beforehand."""
    run = spec.run()
    database = run.database()
    run.prepare(database, run.parts(database))
    return run, database
