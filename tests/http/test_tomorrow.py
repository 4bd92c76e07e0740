"""Tomorrow's screen: counts by reason, each opening its list."""

from relance.core.tenancy.users import Actor
from tests.http.conftest import Visitor


def test_tomorrow_says_what_would_leave_and_why_the_rest_would_not(lucie: Visitor, collected: Actor) -> None:
    page = lucie.get("/t/acme/tomorrow").text
    assert "wait for a confirmation" in page and "Transports Delaunay" in page
    assert "group=to-confirm" in page and "from lucie@acme.example" in page
    assert lucie.get("/t/acme/tomorrow?group=in-credit&on=2026-11-30").status_code == 200
    assert all(
        lucie.get(f"/t/acme/tomorrow?on={day}").status_code == 422 for day in ("soon", "0001-01-01", "9999-12-31")
    )
    assert lucie.get("/t/acme/tomorrow?group=nonsense").status_code == 404


def test_a_viewer_does_not_look_ahead(viewer: Visitor, collected: Actor) -> None:
    assert viewer.get("/t/acme/tomorrow").status_code == 403
