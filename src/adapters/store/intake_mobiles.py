"""Mobile numbers out of a file: read once each as their customer's country writes them; a wrong one is a note."""

import polars as pl
from sqlalchemy import Connection, select

from relance.adapters.phones import mobile_number
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.tenancy import tenants
from relance.core.intake.reports import Note
from relance.core.kernel.identifiers import TenantId

_MOST_EXAMPLES = 6
_NUMBER = ["mobile", "country"]


class Mobiles:
    """Adds `mobile_e164` to contacts with a `mobile`."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def read(self, contacts: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Note, ...]]:
        """The contacts with their numbers; those whose text is as it was keep what was read before."""
        same = pl.col("mobile").eq_missing(pl.col("mobile_known")) & (pl.col("mobile_e164") != "")
        asked = contacts.with_columns(pl.when(same).then(pl.col("mobile_e164")).otherwise(None).alias("mobile_e164_as"))
        asked = asked.join(self._countries(), on="customer_id", how="left", maintain_order="left")
        wanted = asked.filter(pl.col("mobile_e164_as").is_null() & (pl.col("mobile") != "")).select(_NUMBER).unique()
        numbers = [mobile_number(*row) for row in wanted.iter_rows()]
        read = wanted.with_columns(pl.Series("mobile_read", numbers, dtype=pl.String))
        known = asked.join(read, on=_NUMBER, how="left", maintain_order="left", nulls_equal=True)
        number = pl.coalesce("mobile_e164_as", "mobile_read", pl.lit(""))
        before = pl.col("mobile_e164").fill_null("").alias("mobile_e164_known")
        found = known.with_columns(before).with_columns(number.alias("mobile_e164"))
        return found.drop("mobile_e164_as", "mobile_read", "country"), _notes(found)

    def _countries(self) -> pl.DataFrame:
        firm = select(tenants.c.country).where(tenants.c.tenant_id == self._tenant)
        own = self._connection.execute(firm).scalar() or ""
        query = select(customers.c.customer_id, customers.c.country).where(customers.c.tenant_id == self._tenant)
        rows = [(number, country or own) for number, country in self._connection.execute(query)]
        return pl.DataFrame(rows, schema={"customer_id": pl.Int64, "country": pl.String}, orient="row")


def _notes(contacts: pl.DataFrame) -> tuple[Note, ...]:
    wrong = contacts.filter((pl.col("mobile") != "") & (pl.col("mobile_e164") == ""))["mobile"]
    return (Note("bad-mobile", len(wrong), tuple(wrong.head(_MOST_EXAMPLES).to_list())),) if len(wrong) else ()
