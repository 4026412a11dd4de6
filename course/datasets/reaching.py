"""Finds out within a few seconds which hosts answer, so that offline is quick."""

import socket
import threading
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

__all__ = ["host_of", "reachable_hosts"]

_PATIENCE_S = 4.0


def host_of(url: str) -> str:
    """Return the host of an address, with its port if one is given."""
    return urlsplit(url).netloc


def reachable_hosts(urls: Iterable[str]) -> set[str]:
    """Return the hosts among some addresses that accept a connection.

    All are tried at once; the answer is remembered for the life of the process, so
    an offline notebook waits once at most.
    """
    return {host for host in _reachable(frozenset(_gates(urls)))}


def _gates(urls: Iterable[str]) -> set[tuple[str, str, int]]:
    """Return (host, machine to knock at, port): the machine may be a proxy."""
    from requests.utils import get_environ_proxies, select_proxy

    gates = set()
    for url in urls:
        proxy = select_proxy(url, get_environ_proxies(url, no_proxy=None))
        parts = urlsplit(proxy or url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        gates.add((host_of(url), parts.hostname or "", port))
    return gates


@cache
def _reachable(gates: frozenset[tuple[str, str, int]]) -> frozenset[str]:
    answered: list[str] = []

    def knock(host: str, machine: str, port: int) -> None:
        try:
            with socket.create_connection((machine, port), timeout=_PATIENCE_S):
                answered.append(host)
        except OSError:
            return

    # Daemons: a name lookup cannot be given a limit, so it must not hold the process.
    threads = [threading.Thread(target=knock, args=gate, daemon=True) for gate in gates]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_PATIENCE_S)
    return frozenset(answered)
