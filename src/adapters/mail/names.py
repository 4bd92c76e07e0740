"""The world's name servers, asked with dnspython."""

import dns.exception
import dns.resolver

from relance.ports.sender_domains import NamesSilent

_SECONDS = 5.0
_NOTHING = (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer)


class DnsNames:
    """Asks the servers that the machine is set up with, or those given."""

    def __init__(self, servers: tuple[str, ...] = (), port: int = 53) -> None:
        self._servers, self._port = servers, port

    def texts(self, name: str) -> tuple[str, ...]:
        """The TXT records of a name; raises NamesSilent."""
        resolver = dns.resolver.Resolver(configure=not self._servers)
        if self._servers:
            resolver.nameservers, resolver.port = list(self._servers), self._port
        try:
            answer = resolver.resolve(name, "TXT", lifetime=_SECONDS, search=False)
        except _NOTHING:
            return ()
        except (dns.exception.DNSException, OSError) as silent:
            raise NamesSilent(f"the name servers did not answer for {name}: {silent}") from silent
        return tuple(b"".join(record.strings).decode("utf-8", "replace") for record in answer)
