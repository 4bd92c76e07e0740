"""Sending on SQLAlchemy: claims, dossiers and messages behind one port."""

from relance.adapters.store.delivery_claims import Claims
from relance.adapters.store.delivery_dossiers import Dossiers
from relance.adapters.store.delivery_messages import Messages


class SqlDelivery(Claims, Dossiers, Messages):
    """One tenant's sending."""
