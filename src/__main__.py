"""`python -m relance` is the same as `relance`."""

from relance.main.cli import main

if __name__ == "__main__":
    main()
