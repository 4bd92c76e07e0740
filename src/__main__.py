"""`python -m relance` is the same as `relance`."""

import sys

from relance.main.cli import main

if __name__ == "__main__":
    sys.exit(main())
