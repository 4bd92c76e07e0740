"""A demo that was made before: who administers it, and what it holds by now."""

from relance.core.kernel.errors import BadInput
from relance.main.container import House
from relance.main.demo.story import CODE, Told, system_of
from relance.usecases.insight.browse_customers import CustomersWanted
from relance.usecases.insight.browse_items import ItemsWanted


def kept(house: House) -> Told:
    """The demo of the house's database as it stands now; raises BadInput where the database is none."""
    tenant = next((one for one in house.directory().all() if one.code == CODE), None)
    if tenant is None:
        raise BadInput("the folder's database holds no demo: name another folder")
    actor = system_of(tenant)
    administrators = (one for one in house.list_users()(actor) if one.role == "administrator" and one.active)
    items = house.browse_items()(ItemsWanted(actor=actor, view="all", limit=1)).sums
    return Told(
        tenant=tenant,
        administrator=next(administrators),
        customers=house.browse_customers()(CustomersWanted(actor=actor, limit=1)).count,
        items=sum(count for count, _ in items.values()),
        actions=house.count_agenda()(actor, tenant.timezone),
    )
