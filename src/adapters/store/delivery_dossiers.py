"""What is known of many accounts at once: collector, contacts, open items, age of their sources."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, Text, bindparam, func, literal_column, or_, select, type_coerce

from relance.adapters.store.among import among
from relance.adapters.store.grouping import Groupings
from relance.adapters.store.item_rows import BESIDE_CUSTOMERS, item_of
from relance.adapters.store.tables.collection import actions, listed_items
from relance.adapters.store.tables.customers import contacts, customer_colleagues, customers
from relance.adapters.store.tables.delivery import suppressions
from relance.adapters.store.tables.intake import sources
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tables.scenarios import scenario_versions
from relance.adapters.store.tables.tenancy import users
from relance.core.collection.envelopes import town_line
from relance.core.collection.grouping import last_contact
from relance.core.collection.holding import oldest_first
from relance.core.collection.recipients import CollectionContact, Recipient
from relance.core.collection.sending import Dossier, Feed
from relance.core.kernel.identifiers import CustomerId, ItemId, TenantId
from relance.core.ledger.items import Item
from relance.core.tenancy.users import User

_TENANT: Any = bindparam("tenant")
_ACCOUNTS: Select[Any] = (
    select(
        customers.c.customer_id,
        users.c.user_id,
        users.c.email,
        users.c.name,
        users.c.role,
        users.c.active,
        users.c.address_confirmed,
        customers.c.code,
        customers.c.name,
        customers.c.entity_id,
        customers.c.language,
        customers.c.country,
        customers.c.street,
        customers.c.zip,
        customers.c.city,
        func.coalesce(customers.c.scenario, ""),
        customers.c.collection_stop,
        customers.c.paused_until,
        customers.c.last_contact_on,
        customers.c.penalties,
    )
    .outerjoin(users, (users.c.tenant_id == customers.c.tenant_id) & (users.c.user_id == customers.c.collector_id))
    .where(customers.c.tenant_id == _TENANT, among(customers.c.customer_id, "these"))
)
_NAMES = (
    *("code", "name", "entity", "language", "country", "street", "zip", "city", "scenario"),
    *("collection_stop", "paused_until", "last_contact_on", "penalties"),
)
_COPIED = select(scenario_versions.c.version).where(
    scenario_versions.c.tenant_id == _TENANT, type_coerce(scenario_versions.c.definition, Text).contains('"cc":["')
)
_COLLEAGUES: Select[Any] = (
    select(
        customer_colleagues.c.customer_id,
        users.c.user_id,
        users.c.email,
        users.c.name,
        users.c.role,
        users.c.active,
        users.c.address_confirmed,
    )
    .join(
        users,
        (users.c.tenant_id == customer_colleagues.c.tenant_id) & (users.c.user_id == customer_colleagues.c.user_id),
    )
    .where(
        customer_colleagues.c.tenant_id == _TENANT,
        among(customer_colleagues.c.customer_id, "these"),
        customer_colleagues.c.ended_at.is_(None),
    )
    .order_by(users.c.name, users.c.user_id)
)
_CONTACTS: Select[Any] = (
    select(
        contacts.c.customer_id,
        contacts.c.contact_id,
        contacts.c.first_name,
        contacts.c.name,
        contacts.c.email,
        contacts.c.language,
        contacts.c.mobile_e164,
        contacts.c.collection,
    )
    .where(contacts.c.tenant_id == _TENANT, among(contacts.c.customer_id, "these"))
    .order_by(contacts.c.position, contacts.c.contact_id)
)
_ITEMS: Select[Any] = (
    select(*BESIDE_CUSTOMERS, items.c.source_id)
    .join(customers, (customers.c.tenant_id == items.c.tenant_id) & (customers.c.customer_id == items.c.customer_id))
    .where(
        items.c.tenant_id == _TENANT, among(items.c.customer_id, "these"), items.c.open_amount != literal_column("0")
    )
)
_FEEDS: Select[Any] = select(
    sources.c.source_id, sources.c.scheduled, sources.c.last_good_at, sources.c.freshness_days
).where(sources.c.tenant_id == _TENANT, among(sources.c.source_id, "these"))
_SUPPRESSED: Select[Any] = select(suppressions.c.address).where(
    suppressions.c.tenant_id == _TENANT, among(suppressions.c.address, "these", Text)
)
_MESSAGED = select(actions.c.customer_id).where(
    actions.c.tenant_id == _TENANT,
    among(actions.c.customer_id, "these"),
    actions.c.channel == bindparam("channel"),
    actions.c.automatic,
    or_(
        actions.c.state.in_(["sending", "unknown"]),
        (actions.c.state == "sent") & (actions.c.sent_at >= bindparam("since")),
    ),
)
_HAD = (
    select(actions.c.customer_id, func.count())
    .where(
        actions.c.tenant_id == _TENANT,
        among(actions.c.customer_id, "these"),
        or_(
            actions.c.state.in_(["sending", "unknown"]),
            (actions.c.state == "sent") & (actions.c.sent_at >= bindparam("since")),
        ),
    )
    .group_by(actions.c.customer_id)
)
"""Built once: building a statement costs as much as running it."""


class Dossiers:
    """Reads accounts of one tenant, a handful of statements for any number of them."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection, self._tenant = connection, tenant

    def dossiers(self, accounts: Collection[CustomerId], today: date) -> dict[CustomerId, Dossier]:
        """What is known of these accounts, with the items of those that are collected on them today."""
        wanted = list(dict.fromkeys(accounts))
        groups = Groupings.read(self._connection, self._tenant, today)
        owing = sorted(groups.with_companions(wanted))
        copied = self._colleagues(wanted)
        (people, others), (owed, fed) = self._contacts(wanted), self._items(owing)
        feeds = self._feeds(sorted({source for those in fed.values() for source in those}))
        silent = self._suppressed([*people.values(), *others.values()])
        found = {}
        for number, collector, *rest in self._accounts(wanted):
            customer, companions = CustomerId(number), groups.companions(number)
            known = dict(zip(_NAMES, rest, strict=True))
            where = known.pop("street"), known.pop("zip"), known.pop("city")
            known["place"], known["address"] = _place(known, *where), _address(*where, known["country"])
            known["last_contact_on"] = last_contact(known["last_contact_on"], companions)
            theirs = (customer, *(one.customer for one in companions))
            found[customer] = Dossier(
                customer=customer,
                **known,
                collector=collector,
                colleagues=tuple(copied.get(customer, ())),
                contacts=tuple(people[customer]),
                others=tuple(others[customer]),
                suppressed=silent,
                items=tuple(oldest_first(item for one in theirs for item in owed[one])),
                feeds=tuple(dict.fromkeys(feeds[source] for one in theirs for source in fed[one] if source in feeds)),
                grouped=number in groups.lead_of,
                companions=companions,
            )
        return found

    def listed_before(self, accounts: Collection[CustomerId]) -> dict[tuple[CustomerId, str, str], frozenset[ItemId]]:
        """Items that done steps have listed, by account, scenario and step."""
        groups = Groupings.read(self._connection, self._tenant, date.max)
        same = (actions.c.tenant_id == listed_items.c.tenant_id) & (actions.c.action_id == listed_items.c.action_id)
        query = (
            select(actions.c.customer_id, actions.c.scenario, actions.c.step, listed_items.c.item_id)
            .join(listed_items, same)
            .where(
                actions.c.tenant_id == self._tenant, actions.c.customer_id.in_(sorted(groups.with_companions(accounts)))
            )
        )
        found: dict[tuple[CustomerId, str, str], set[ItemId]] = defaultdict(set)
        for customer, scenario, step, item in self._connection.execute(query):
            found[groups.account_of(customer), scenario, step].add(ItemId(item))
        return {key: frozenset(listed) for key, listed in found.items()}

    def messaged(self, accounts: Collection[CustomerId], channel: str, since: datetime) -> frozenset[CustomerId]:
        """Accounts to which an automatic message of the channel went, or may have gone, since then."""
        given = {"tenant": self._tenant, "these": list(accounts), "channel": channel, "since": since}
        return frozenset(CustomerId(number) for number in self._connection.execute(_MESSAGED, given).scalars())

    def had_messages(self, accounts: Collection[CustomerId], since: datetime) -> dict[CustomerId, int]:
        """How many messages went, or may have gone, since then: of any channel, scenario, and by whomever."""
        given = {"tenant": self._tenant, "these": list(accounts), "since": since}
        return {CustomerId(row[0]): int(row[1]) for row in self._connection.execute(_HAD, given)}

    def written_to(self, accounts: Collection[CustomerId], since: datetime) -> dict[CustomerId, list[datetime]]:
        """When messages went to these accounts since then, of any channel, scenario, and by whomever."""
        a = actions.c
        query = select(a.customer_id, a.sent_at).where(
            a.tenant_id == self._tenant, a.customer_id.in_(list(accounts)), a.state == "sent", a.sent_at >= since
        )
        found: dict[CustomerId, list[datetime]] = defaultdict(list)
        for customer, at in self._connection.execute(query):
            found[CustomerId(customer)].append(at)
        return found

    def _suppressed(self, people: Iterable[Sequence[CollectionContact]]) -> frozenset[str]:
        """Addresses of these contacts to which nothing is sent."""
        known = {at.lower() for those in people for one in those for at in (one.email, one.mobile) if at}
        given = {"tenant": self._tenant, "these": sorted(known)}
        return frozenset(self._connection.execute(_SUPPRESSED, given).scalars()) if known else frozenset()

    def _accounts(self, wanted: list[CustomerId]) -> list[Any]:
        return [(row[0], _user(row[1:7]), *row[7:]) for row in self._rows(_ACCOUNTS, wanted)]

    def _rows(self, query: Select[Any], wanted: list[CustomerId]) -> Sequence[Any]:
        return self._connection.execute(query, {"tenant": self._tenant, "these": wanted}).all()

    def _colleagues(self, wanted: list[CustomerId]) -> dict[CustomerId, list[User]]:
        """Colleagues by name, where any version of a scenario asks for copies."""
        if self._connection.execute(_COPIED, {"tenant": self._tenant}).first() is None:
            return {}
        found: dict[CustomerId, list[User]] = defaultdict(list)
        for row in self._rows(_COLLEAGUES, wanted):
            user = _user(row[1:])
            if user:
                found[CustomerId(row[0])].append(user)
        return found

    def _contacts(
        self, wanted: list[CustomerId]
    ) -> tuple[dict[CustomerId, list[CollectionContact]], dict[CustomerId, list[CollectionContact]]]:
        """Those ticked for collection, and the others."""
        ticked: dict[CustomerId, list[CollectionContact]] = defaultdict(list)
        others: dict[CustomerId, list[CollectionContact]] = defaultdict(list)
        for customer, contact, first_name, name, email, language, mobile, collection in self._rows(_CONTACTS, wanted):
            full = f"{first_name} {name}".strip()
            (ticked if collection else others)[CustomerId(customer)].append(
                CollectionContact(contact=contact, name=full, email=email.strip(), language=language, mobile=mobile)
            )
        return ticked, others

    def _items(
        self, wanted: list[CustomerId]
    ) -> tuple[dict[CustomerId, list[Item]], dict[CustomerId, dict[int, None]]]:
        """The open items, and the sources that they came from."""
        found: dict[CustomerId, list[Item]] = defaultdict(list)
        fed: dict[CustomerId, dict[int, None]] = defaultdict(dict)
        for row in self._rows(_ITEMS, wanted):
            item = item_of(row)
            found[item.customer].append(item)
            fed[item.customer][row[-1]] = None
        return found, fed

    def _feeds(self, wanted: Sequence[int]) -> dict[int, Feed]:
        rows = self._connection.execute(_FEEDS, {"tenant": self._tenant, "these": wanted})
        return {source: Feed(scheduled, last_good_at, days) for source, scheduled, last_good_at, days in rows}


def _place(known: dict[str, Any], street: str, zip_code: str, city: str) -> Recipient | None:
    """Where a letter goes; a street and a town are the least that a post office needs."""
    if not street.strip() or not city.strip():
        return None
    town = town_line(zip_code, city, known["country"])
    lines = (*(line.strip() for line in street.splitlines() if line.strip()), town, *filter(None, (known["country"],)))
    return Recipient(known["name"], lines=lines)


def _address(street: str, zip_code: str, city: str, country: str) -> tuple[str, ...]:
    return tuple(line for line in (street, " ".join(filter(None, (zip_code, city))), country) if line)


def _user(row: Any) -> User | None:
    number, email, name, role, active, confirmed = row
    if number is None:
        return None
    return User(user=number, email=email, name=name, role=role, active=active, address_confirmed=confirmed)
