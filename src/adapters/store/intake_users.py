"""Users out of a file: who is new cannot sign in, what people may do is an administrator's to change (A5, A22)."""

from typing import Any

import msgspec
import polars as pl
from sqlalchemy import Connection, select, update

from relance.adapters.store.audit import SqlAudit
from relance.adapters.store.intake_colleagues import Newcomer, add_newcomers
from relance.adapters.store.intake_links import Firsts, LinkIntake, Links
from relance.adapters.store.intake_people import NOTHING_MOVES
from relance.adapters.store.sessions import SqlSessions
from relance.adapters.store.tables.customers import customer_colleagues
from relance.adapters.store.tables.tenancy import users
from relance.adapters.store.tenancy import SqlTenancy
from relance.core.intake.reports import Counts, Note
from relance.core.kernel.identifiers import TenantId, UserId
from relance.ports.intake import Checked
from relance.ports.store.intake import Applying, Difference

_OWN = ("name", "role", "active")
_MOST_EXAMPLES = 6


class UserRows(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a difference; `changed` has the values that known users shall have."""

    new: tuple[Newcomer, ...]
    changed: pl.DataFrame
    links: Links


class UserIntake:
    """Users by address, and the customers that they are associated with."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def difference(self, checked: Checked, ledger: int) -> Difference:
        """What the file would change. A file never makes anybody new an administrator, nor anybody new active."""
        people = checked.records.unique("email", keep="first", maintain_order=True).select("line", "email", *_OWN)
        joined = people.join(self._known(), on="email", how="left", suffix="_known", maintain_order="left")
        new = joined.filter(pl.col("user_id").is_null())
        differing = _differing(joined.filter(pl.col("user_id").is_not_null()))
        changed = self._allowed(differing) if checked.trusted else differing.clear()
        links = self._links(checked, joined)
        touched = set(changed["user_id"].to_list()) | {n for n in links.new["other_id"].to_list() if n > 0}
        touched |= set(links.ended["other_id"].to_list())
        counts = Counts(new=new.height, changed=len(touched), unchanged=people.height - new.height - len(touched))
        rows = UserRows(new=tuple(_newcomers(new)), changed=changed, links=links)
        notes = _notes(new, differing.join(changed, on="user_id", how="anti"))
        return Difference(ledger=ledger, counts=counts, move=NOTHING_MOVES, rows=rows, notes=notes)

    def apply(self, rows: UserRows, applying: Applying) -> None:
        """Add, change and link users; a role or state that changed ends the person's sessions (I-23)."""
        first = add_newcomers(self._connection, self._tenant, list(rows.new))
        sessions, told = SqlSessions(self._connection, self._tenant), []
        for row in rows.changed.iter_rows(named=True):
            place = (users.c.tenant_id == self._tenant, users.c.user_id == row["user_id"])
            values = {name: row[name] for name in _OWN}
            self._connection.execute(update(users).where(*place).values(values))
            if (row["role"], row["active"]) != (row["role_known"], row["active_known"]):
                sessions.end_all(UserId(row["user_id"]))
            told.append((f"user:{row['user_id']}", {"role": row["role"], "active": row["active"]}))
        if told:
            SqlAudit(self._connection, self._tenant).record_many(applying.author, "user-changed", told)
        links = LinkIntake(self._connection, self._tenant, customer_colleagues)
        links.apply(rows.links, Firsts(customer=0, other=first), applying)

    def _known(self) -> pl.DataFrame:
        query = select(users.c.user_id, users.c.email, users.c.name, users.c.role, users.c.active)
        rows = [tuple(row) for row in self._connection.execute(query.where(users.c.tenant_id == self._tenant))]
        schema: dict[str, Any] = {"user_id": pl.Int64, "email": pl.String, "name": pl.String, "role": pl.String}
        frame = pl.DataFrame(rows, schema=schema | {"active": pl.Boolean}, orient="row")
        return frame.with_columns(pl.col("email").str.to_lowercase())

    def _allowed(self, changed: pl.DataFrame) -> pl.DataFrame:
        """All changes, but none that would leave the tenant without an active administrator."""
        leads = self._known().filter(pl.col("active") & (pl.col("role") == "administrator"))
        leading = (pl.col("role") == "administrator") & pl.col("active")
        lost = changed.filter(pl.col("user_id").is_in(leads["user_id"].to_list()) & ~leading)
        if lost.height < leads.height:
            return changed
        return changed.join(lost, on="user_id", how="anti", maintain_order="left")

    def _links(self, checked: Checked, joined: pl.DataFrame) -> Links:
        new = pl.col("user_id").is_null()
        numbers = joined.select(
            "email", pl.when(new).then(-new.cum_sum().cast(pl.Int64)).otherwise(pl.col("user_id")).alias("other_id")
        )
        pairs = checked.records.select("email", pl.col("customer_code").alias("customer_id")).join(numbers, on="email")
        within = numbers.select("other_id") if checked.options.get("replace-users-association") == "1" else None
        override = "colleagues" in SqlTenancy(self._connection, self._tenant).settings().several("imports-override")
        keeper = LinkIntake(self._connection, self._tenant, customer_colleagues)
        return keeper.difference(pairs.filter(pl.col("customer_id").is_not_null()), within, override)


def _differing(known: pl.DataFrame) -> pl.DataFrame:
    """Users whose own values the file has differently; an empty cell says nothing."""
    known = known.with_columns(pl.coalesce(pl.col(name), pl.col(f"{name}_known")).alias(name) for name in _OWN)
    return known.filter(pl.any_horizontal(pl.col(name) != pl.col(f"{name}_known") for name in _OWN))


def _newcomers(new: pl.DataFrame) -> list[Newcomer]:
    roles = new["role"].fill_null("colleague").replace("administrator", "colleague")
    return [Newcomer(*row) for row in new.select("email", "name", roles.alias("role")).iter_rows()]


def _notes(new: pl.DataFrame, left: pl.DataFrame) -> tuple[Note, ...]:
    """Who was made known without being able to sign in, whose role was limited, and who stayed as they were."""
    cases = (
        ("new-users", new),
        ("role-limited", new.filter(pl.col("role") == "administrator")),
        ("needs-administrator", left),
    )
    return tuple(
        Note(code, frame.height, tuple(frame["email"].head(_MOST_EXAMPLES).to_list()))
        for code, frame in cases
        if frame.height
    )
