"""What reading a torn, damaged or locked zip raises: the standard library has no common error for it."""

import struct
import zipfile
import zlib

TORN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
