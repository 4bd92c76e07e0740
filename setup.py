"""Fetch the browser's assets out of pinned build-time wheels: nothing of others is kept in the repository."""

import hashlib
import importlib.resources
import io
import json
import re
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
VENDOR = ROOT / "src" / "http" / "static" / "vendor"
ICONS = (ROOT / "src" / "http" / "icons.txt").read_text().split()


def htmx_files():
    base = importlib.resources.files("django_htmx") / "static" / "django_htmx"
    yield "htmx.min.js", (base / "htmx-2.min.js").read_bytes()


def sprite() -> bytes:
    packed = (importlib.resources.files("lucide") / "lucide.zip").read_bytes()
    symbols = []
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for icon in ICONS:
            if f"{icon}.svg" not in archive.namelist():
                sys.exit(f"src/http/icons.txt: lucide has no icon {icon!r}")
            svg = archive.read(f"{icon}.svg").decode()
            inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S).group(1)
            symbols.append(f'<symbol id="{icon}" viewBox="0 0 24 24">{" ".join(inner.split())}</symbol>')
    return ('<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>").encode()


def fetch_assets() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    known = {}
    for name, content in [*htmx_files(), ("icons.svg", sprite())]:
        (VENDOR / name).write_bytes(content)
        known[name] = {"sha256": hashlib.sha256(content).hexdigest()}
    known["htmx.min.js"] |= {"from": f"django-htmx {version('django-htmx')}", "licence": "0BSD"}
    known["icons.svg"] |= {"from": f"lucide {version('lucide')}", "licence": "ISC"}
    (VENDOR / "vendor.json").write_text(json.dumps(known, indent=1) + "\n")


class BuildPy(build_py):
    def run(self) -> None:
        fetch_assets()
        super().run()


if "--assets" in sys.argv:
    fetch_assets()
else:
    setup(cmdclass={"build_py": BuildPy})
