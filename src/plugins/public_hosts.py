"""Speak only with hosts of the public internet: the address that was checked is the one that is connected to (T4)."""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import httpcore
import httpx

from relance.core.kernel.errors import BadInput
from relance.ports.fetchers import Unreachable

Resolver = Callable[[str, int], Awaitable[list[str]]]
_GLOBAL_IPV6 = ipaddress.ip_network("2000::/3")
_TUNNELS = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/32"))


def checked_url(text: str, *, in_test: bool = False) -> httpx.URL:
    """The address; raises BadInput unless it is plain https. In tests http to this machine is allowed too."""
    try:
        url = httpx.URL(text.strip())
    except (httpx.InvalidURL, TypeError, ValueError) as bad:
        raise BadInput(f"{text[:80]!r} is no address of the web") from bad
    if url.scheme != "https" and not (in_test and url.scheme == "http" and _is_loopback_name(url.host)):
        raise BadInput(f"{text[:80]!r}: only https")
    if not url.host or url.userinfo or "@" in url.netloc.decode("ascii", "replace"):
        raise BadInput(f"{text[:80]!r}: a host, without a name or password before it")
    return url


def same_host(url: httpx.URL, other: httpx.URL) -> bool:
    """Whether both lead to the same host, port and scheme."""
    return (url.scheme, url.host, url.port) == (other.scheme, other.host, other.port)


def is_public(address: str) -> bool:
    """Whether this is an address of the public internet, also seen through the IPv6 forms that hide an IPv4."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip not in _GLOBAL_IPV6 or any(ip in tunnel for tunnel in _TUNNELS):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


async def resolve(host: str, port: int) -> list[str]:
    """What the system's resolver says."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as unknown:
        raise Unreachable(f"{host}: no such host") from unknown
    return [str(entry[4][0]) for entry in found]


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a name once for each connection, and connects to the very address that it checked."""

    def __init__(self, resolver: Resolver = resolve, *, loopback: bool = False) -> None:
        self._resolver, self._loopback = resolver, loopback
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect, or raise Unreachable for a name of which any address is not public."""
        addresses = await self._resolver(host, port)
        if not addresses or not all(self._is_allowed(address) for address in addresses):
            raise Unreachable(f"{host} leads to an address that is not of the public internet: refused")
        return await self._inner.connect_tcp(addresses[0], port, timeout, local_address, socket_options)

    async def connect_unix_socket(self, *_given: Any, **_more: Any) -> httpcore.AsyncNetworkStream:
        """Never."""
        raise Unreachable("no sockets of this machine")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._inner.sleep(seconds)

    def _is_allowed(self, address: str) -> bool:
        return is_public(address) or (self._loopback and ipaddress.ip_address(address).is_loopback)


def checked_transport(
    resolver: Resolver, context: ssl.SSLContext | None = None, *, loopback: bool = False
) -> httpx.AsyncHTTPTransport:
    """httpx's own transport over a pool whose connections lead only to checked addresses."""
    context = context or ssl.create_default_context()
    transport = httpx.AsyncHTTPTransport(verify=context, trust_env=False)
    backend = CheckedBackend(resolver, loopback=loopback)
    transport._pool = httpcore.AsyncConnectionPool(ssl_context=context, max_connections=1, network_backend=backend)
    return transport


def _is_loopback_name(host: str) -> bool:
    return host in {"127.0.0.1", "::1", "localhost"}
