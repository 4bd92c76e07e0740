"""Expected refusals. The edge turns a code into words, an exit code or an HTTP status."""

from typing import ClassVar


class RelanceError(Exception):
    """An expected refusal: `code` is public and stable, `detail` says what, where and what to do.

    `status` is the HTTP status of the refusal; the command line leaves with 2, or 3 where `held` is true.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 422
    held: ClassVar[bool] = False

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.code)
        self.detail = detail or self.code


class NotFound(RelanceError):
    """Nothing of that name is visible here; the same answer whether it exists elsewhere or not."""

    code = "not-found"
    status = 404


class NotAllowed(RelanceError):
    """The person's role does not include this right."""

    code = "not-allowed"
    status = 403


class BadInput(RelanceError):
    """A value that cannot be used; the detail names it and says what to write instead."""

    code = "bad-input"


class Conflict(RelanceError):
    """The thing changed meanwhile, or is in a state that does not allow this."""

    code = "conflict"
    status = 409
