"""Reads the open items that Sage 100 exports: Windows text, semicolons, decimal commas."""

from relance.plugins import Amount, Day, Importer, TabularImporter, Text, hookimpl

api = 1


class Sage100(TabularImporter):
    """The layout `Interrogation tiers`, exported as text with headers."""

    name, label = "sage100", "Sage 100 - open items"
    encoding, delimiter = "cp1252", ";"

    customer_code = Text("Compte tiers")
    customer_name = Text("Intitulé", default="")
    number = Text("N° pièce")
    issued_on = Day("Date pièce", "%d/%m/%Y")
    due_on = Day("Échéance", "%d/%m/%Y")
    amount = Amount("Montant", decimal=",")
    open_amount = Amount("Solde", decimal=",")
    currency = Text("Devise", default="EUR")
    reference = Text("Référence", default="")


@hookimpl
def provide_importers() -> list[Importer]:
    """One importer."""
    return [Sage100()]
