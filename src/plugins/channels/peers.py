"""What channels say and ask of the machine on the other side."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def trouble_words(trouble: Exception) -> str:
    """What went wrong on the way there, for the attempt's record; 500 characters at most."""
    return f"{type(trouble).__name__}: {trouble}"[:500]
