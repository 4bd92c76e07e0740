"""Six countries: their towns, streets, people, company words, and telephone ranges that are kept for fiction."""

import msgspec


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """What a country lends to an invented company. `phone` and `mobile` have `#` for each digit; empty where no range
    is reserved for fiction.

    `share` is how many of a hundred customers are there.
    """

    country: str
    currency: str
    languages: tuple[str, ...]
    share: int
    towns: tuple[tuple[str, str], ...]
    streets: tuple[str, ...]
    street_form: str
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    trades: tuple[str, ...]
    forms: tuple[str, ...]
    name_forms: tuple[str, ...]
    phone: str
    mobile: str
    vat: str


PLACES = (
    Place(
        country="FR",
        currency="EUR",
        languages=("fr",),
        share=38,
        towns=(
            ("59000", "Lille"),
            ("69003", "Lyon"),
            ("33000", "Bordeaux"),
            ("44000", "Nantes"),
            ("67000", "Strasbourg"),
            ("31000", "Toulouse"),
            ("35000", "Rennes"),
            ("21000", "Dijon"),
            ("38000", "Grenoble"),
            ("76000", "Rouen"),
        ),
        streets=(
            "des Tanneurs",
            "du Moulin",
            "de la Gare",
            "des Peupliers",
            "du Vieux Port",
            "des Forges",
            "du Lavoir",
        ),
        street_form="{n} rue {street}",
        first_names=("Claire", "Julien", "Sophie", "Mathieu", "Nadia", "Thomas", "Élodie", "Karim", "Hélène", "Bruno"),
        last_names=(
            "Morvan",
            "Lacassagne",
            "Tiercelin",
            "Bourdillon",
            "Kerjean",
            "Vauquelin",
            "Delmasure",
            "Fontanel",
            "Roquebert",
            "Saint-Aubin",
            "Charpin",
            "Guerlesquin",
        ),
        trades=("Menuiserie", "Transports", "Imprimerie", "Matériaux", "Boulangerie", "Électricité", "Fournitures"),
        forms=("SAS", "SARL", "SA"),
        name_forms=("{trade} {last}", "Ateliers {last}", "{last} & Fils", "Établissements {last}", "{trade} de {town}"),
        phone="+33 1 99 00 ## ##",
        mobile="+33 6 39 98 ## ##",
        vat="FR###########",
    ),
    Place(
        country="GB",
        currency="GBP",
        languages=("en",),
        share=18,
        towns=(("LS1 4AP", "Leeds"), ("BS1 6QF", "Bristol"), ("M2 5DB", "Manchester"), ("NR1 3QG", "Norwich")),
        streets=("Mill Lane", "Harbour Road", "Foundry Street", "Orchard Way", "Station Parade"),
        street_form="{n} {street}",
        first_names=("Harriet", "Oliver", "Priya", "Callum", "Imogen", "Gareth", "Aisha", "Rupert"),
        last_names=("Hartwell", "Penrose", "Ashdown", "Fairburn", "Mossley", "Thackeray", "Winslade", "Oakden"),
        trades=("Joinery", "Print", "Logistics", "Catering", "Fasteners", "Packaging", "Textiles"),
        forms=("Ltd", "Ltd", "plc"),
        name_forms=("{last} {trade}", "{last} & {last2}", "{town} {trade}", "{last} Brothers"),
        phone="+44 20 7946 0###",
        mobile="+44 7700 900###",
        vat="GB#########",
    ),
    Place(
        country="DE",
        currency="EUR",
        languages=("de", "en"),
        share=16,
        towns=(("20095", "Hamburg"), ("50667", "Köln"), ("70173", "Stuttgart"), ("04109", "Leipzig")),
        streets=("Lindenstraße", "Mühlenweg", "Am Speicher", "Gerberstraße", "Hafenallee"),
        street_form="{street} {n}",
        first_names=("Anke", "Jürgen", "Katrin", "Holger", "Silke", "Matthias", "Ayşe", "Torben"),
        last_names=("Kessler", "Brinkmann", "Osterloh", "Riedel", "Wiesinger", "Hagedorn", "Lüttich", "Zöllner"),
        trades=("Werkzeugbau", "Spedition", "Elektrotechnik", "Druckerei", "Stahlhandel", "Gartenbau"),
        forms=("GmbH", "GmbH & Co. KG", "AG"),
        name_forms=("{last} {trade}", "{trade} {town}", "Gebrüder {last}", "{last} & {last2}"),
        phone="+49 30 23125 ###",
        mobile="+49 171 39200##",
        vat="DE#########",
    ),
    Place(
        country="BE",
        currency="EUR",
        languages=("fr", "en"),
        share=11,
        towns=(("4000", "Liège"), ("9000", "Gent"), ("2000", "Antwerpen"), ("5000", "Namur")),
        streets=("rue du Marché", "Kerkstraat", "quai des Ardennes", "Stationsstraat"),
        street_form="{street} {n}",
        first_names=("Lotte", "Pieter", "Amélie", "Bart", "Céline", "Wout"),
        last_names=("Van Loock", "Dewulf", "Lambiotte", "Verhelst", "Counasse", "De Smedt"),
        trades=("Bouw", "Transport", "Imprimerie", "Chocolaterie", "Textiel"),
        forms=("BV", "SRL", "NV"),
        name_forms=("{last} {trade}", "{trade} {town}", "{last} & {last2}"),
        phone="",
        mobile="",
        vat="BE0#########",
    ),
    Place(
        country="US",
        currency="USD",
        languages=("en",),
        share=10,
        towns=(("OH 43215", "Columbus"), ("OR 97205", "Portland"), ("TX 78701", "Austin"), ("ME 04101", "Portland")),
        streets=("Birch Avenue", "Quarry Road", "Lakeview Drive", "Depot Street"),
        street_form="{n} {street}",
        first_names=("Megan", "Tyler", "Rosa", "Dwight", "Keisha", "Brandon"),
        last_names=("Pinecrest", "Halloway", "Ridgeman", "Castellano", "Brookfield", "Vandermeer"),
        trades=("Supply", "Hardware", "Foods", "Freight", "Outfitters", "Millwork"),
        forms=("Inc.", "LLC", "Corp."),
        name_forms=("{last} {trade}", "{town} {trade}", "{last} & {last2}"),
        phone="+1 614 555 01##",
        mobile="+1 614 555 01##",
        vat="",
    ),
    Place(
        country="IT",
        currency="EUR",
        languages=("en",),
        share=7,
        towns=(("20121", "Milano"), ("10121", "Torino"), ("40121", "Bologna")),
        streets=("via dei Mulini", "via della Stazione", "corso Garibaldi"),
        street_form="{street} {n}",
        first_names=("Giulia", "Marco", "Chiara", "Lorenzo"),
        last_names=("Bassani", "Colleoni", "Tarantola", "Viscardi", "Zambelli"),
        trades=("Ceramiche", "Trasporti", "Tipografia", "Forniture"),
        forms=("Srl", "SpA"),
        name_forms=("Fratelli {last}", "{trade} {last}", "{last} & {last2}"),
        phone="",
        mobile="",
        vat="IT###########",
    ),
)
