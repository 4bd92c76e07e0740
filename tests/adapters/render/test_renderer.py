import re
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relance.adapters.render.renderer import JinjaRenderer
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.collection.composing import Company, Content, Line, company_for, without_interest
from relance.core.collection.templates import Template
from relance.core.kernel.identifiers import CustomerId
from relance.ports.render import TemplateBroken

COMPANY = Company(
    name="Dupré & Fils",
    country="FR",
    street="12 rue des Ateliers",
    zip="69007",
    city="Lyon",
    bank="Banque du Rhône",
    iban="FR76 3000 6000 0112 3456 7890 189",
    penalty_rate="12.15",
)


def line(number: str, amount: int, currency: str = "EUR", kind: str = "invoice", late: int = 12) -> Line:
    return Line(
        type=kind,
        number=number,
        issued_on=date(2026, 1, 20),
        due_on=date(2026, 2, 19),
        days_late=late,
        open_amount=amount,
        currency=currency,
    )


CONTENT = Content(
    company=COMPANY,
    customer_code="C10482",
    customer_name="Marchetti <Groupe>",
    contact_name="Zoé Martin",
    collector_name="Lucie Brandt",
    collector_email="lucie@dupre.example",
    lines=(line("F1", 120_000), line("A1", -20_000, kind="credit-note", late=0), line("U1", 500, "USD")),
    also_due=(line("F9", 7_700),),
    amounts={"EUR": 100_000, "USD": 500},
    today=date(2026, 3, 3),
)
TEMPLATES = SuppliedFiles().templates()
PIECES = ("{{", "}}", "{%", "%}", "{#", " if ", "endif", "else", "total", "count", ".name", "customer", "==", "<")
PIECES += ("(", ")", "1", "'", "|", "[items]", "[", "#", "\\", "-", "é", "未", "e9", " ", "\n")


def _text(language: str, code: str) -> Template:
    return next(one for one in TEMPLATES if (one.language, one.code) == (language, code))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: f"{one.language}-{one.code}")
def test_every_supplied_template_says_what_is_owed(template: Template) -> None:
    said = JinjaRenderer().render(template, CONTENT)
    for text in (said.html, said.text):
        assert ("[items]" in template.body) == ("A1" in text)
        assert "{{" not in text
        assert "None" not in text
    assert "{" not in said.subject
    assert len(said.html) < 90_000


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: f"{one.language}-{one.code}")
def test_rendering_twice_is_the_same_words(template: Template) -> None:
    assert JinjaRenderer().render(template, CONTENT) == JinjaRenderer().render(template, CONTENT)


def test_each_currency_has_its_own_table_and_total() -> None:
    template = _text("en", "first-reminder")
    said = JinjaRenderer().render(template, CONTENT)
    assert said.subject == "Reminder: €1,000.00 and $5.00 overdue, account C10482"
    assert len(re.findall(r"^Total", said.text, re.MULTILINE)) == 2
    assert "A1 Credit note" in said.text
    assert "Also due, for your information" in said.text
    assert "1,005" not in said.text


def test_columns_are_aligned_in_plain_text() -> None:
    template = _text("fr", "second-reminder")
    rows = [row for row in JinjaRenderer().render(template, CONTENT).text.splitlines() if row.startswith(("F1", "A1"))]
    assert len({len(row) for row in rows}) == 1


def test_data_is_escaped_in_html_and_plain_in_text() -> None:
    said = JinjaRenderer().render(Template("x", "en", "For {{ customer.name }}", "Dear {{ customer.name }},"), CONTENT)
    assert "Marchetti &lt;Groupe&gt;" in said.html
    assert "<Groupe>" not in said.html
    assert "Marchetti <Groupe>" in said.text
    assert said.subject == "For Marchetti <Groupe>"


def test_a_template_cannot_bring_html_of_its_own() -> None:
    said = JinjaRenderer().render(Template("x", "en", "s", "<script>alert(1)</script> {{ total }}"), CONTENT)
    assert "<script" not in said.html


def test_what_the_skeleton_styles_is_inline_and_the_dark_block_is_kept() -> None:
    html = JinjaRenderer().render(_text("en", "first-reminder"), CONTENT).html
    assert "prefers-color-scheme: dark" in html
    assert re.search(r'<td[^>]*style="[^"]*font-family', html)
    assert '<html lang="en"' in html
    assert 'role="presentation"' in html


def test_a_language_from_right_to_left_is_laid_out_from_right_to_left() -> None:
    html = JinjaRenderer().render(Template("x", "ar", "s", "[items]"), CONTENT).html
    assert '<html lang="ar" dir="rtl">' in html
    assert "text-align: right" in html
    assert 'dir="ltr"' in JinjaRenderer().render(_text("de", "first-reminder"), CONTENT).html


def test_columns_of_wide_signs_are_aligned_too() -> None:
    rows = JinjaRenderer().render(_text("ja", "first-reminder"), CONTENT).text.splitlines()
    heading = next(row for row in rows if row.startswith("番号"))
    first = next(row for row in rows if row.startswith("F1"))
    assert len(heading) < len(first) <= len(heading.encode("gb18030"))


def test_b8_a_text_lists_what_it_names_with_and_without_interest() -> None:
    content = msgspec.structs.replace(
        CONTENT,
        lines=(line("F1", 120_000, late=30),),
        overdue=(line("F1", 120_000, late=30), line("F2", 5_000, late=3), line("M1", 9_900, kind="miscellaneous")),
        not_due=(line("F3", 8_000, late=0),),
        amounts={"EUR": 120_000},
    )
    said = JinjaRenderer().render(Template("x", "en", "s", "[overdue-interest]\n\n[not-due]\n\n[interest]"), content)
    rows = [" ".join(row.split()) for row in said.text.splitlines()]
    assert "F1 20 Jan 2026 19 Feb 2026 30 11.98 1,200.00" in rows
    assert "M1 20 Jan 2026 19 Feb 2026 12 99.00" in rows
    assert "Total 12.03 €1,349.00" in rows
    assert "Not yet due" in rows and "F3 20 Jan 2026 19 Feb 2026 80.00" in rows
    assert "F1 20 Jan 2026 19 Feb 2026 30 11.98" in rows and rows.count("Total €11.98") == 1
    assert said.html.count("Late interest") == 2


def test_b8_who_is_spared_reads_of_no_interest_where_the_text_says_with() -> None:
    lines = (line("F1", 120_000, late=30),)
    spared = msgspec.structs.replace(CONTENT, lines=lines, overdue=lines, company=company_for(COMPANY, False))
    text = Template("x", "en", "s", "[items-interest]\n\n[interest]\n\n{% if penalty_rate %}Rate{% endif %}")
    said = JinjaRenderer().render(text, spared)
    assert "F1" in said.text and not re.search("interest|Rate|12.15", said.text)


def test_b8_items_of_a_spared_customer_in_the_message_of_another_bear_none() -> None:
    lines = (line("F1", 120_000, late=30), msgspec.structs.replace(line("F2", 120_000, late=30), customer=9))
    both = msgspec.structs.replace(CONTENT, lines=lines, amounts={"EUR": 240_000})
    text = Template("x", "en", "s", "[items-interest]")
    assert "23.96" in JinjaRenderer().render(text, both).text
    said = JinjaRenderer().render(text, without_interest(both, {CustomerId(9)})).text
    assert "11.98" in said and "23.96" not in said


def test_without_a_rate_nothing_is_said_of_interest() -> None:
    poor = msgspec.structs.replace(CONTENT, company=msgspec.structs.replace(COMPANY, penalty_rate=""))
    said = JinjaRenderer().render(Template("x", "en", "s", "Hello\n\n[interest]\n\n[items-interest]"), poor)
    assert "interest" not in said.text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Hello\n\n{{ customer.nmae }}", "body, line 3: 'customer.nmae' is not known; a template can use: collector.e"),
        ("Hello\n\n[itmes]", "body, line 3: [itmes] is not a block; a text can use: [items], [items-interest]"),
        ("Hello\n[items]", "body, line 2: [items] stands alone"),
        ("See [items] below", "body, line 1: [items] stands alone"),
        ("{% if count == 1 %}one", "body, line 1: Unexpected end of template"),
        ("  \n", "body: nothing is written in it"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_with_what_is_allowed(body: str, words: str) -> None:
    with pytest.raises(TemplateBroken, match=re.escape(words)):
        JinjaRenderer().check(Template("x", "en", "s", body))


def test_a_language_that_nobody_knows_is_refused() -> None:
    with pytest.raises(TemplateBroken, match="BCP 47"):
        JinjaRenderer().check(Template("x", "xx-unknown", "s", "b"))
    JinjaRenderer().check(Template("x", "fi", "s", "b"))


def test_a_heading_stands_out_and_is_plain_in_text() -> None:
    said = JinjaRenderer().render(Template("x", "en", "s", "# FORMAL <NOTICE>\nby post\n\n# two"), CONTENT)
    assert "<strong>FORMAL &lt;NOTICE&gt;</strong><br>by post" in said.html
    assert said.text.startswith("FORMAL <NOTICE>\nby post\n\ntwo")


def test_a_name_of_ten_megabytes_makes_no_message_of_gigabytes() -> None:
    huge = msgspec.structs.replace(CONTENT, customer_name="x" * 10_000_000, contact_name="y" * 10_000_000)
    said = JinjaRenderer().render(Template("x", "en", "s", "{{ customer.name }}{{ contact.name }}" * 500), huge)
    assert len(said.text) < 1_100_000


def test_a_subject_is_one_line() -> None:
    nasty = msgspec.structs.replace(CONTENT, customer_name="A\r\nBcc: eve@evil.example")
    said = JinjaRenderer().render(Template("x", "en", "For {{ customer.name }}", "x"), nasty)
    assert said.subject == "For A Bcc: eve@evil.example"


@pytest.mark.parametrize(
    "source",
    [
        "{{ customer.secret }}",
        "{{ customer }}",
        "{{ nothing }}",
        "{{ customer.name.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 'a' * 300000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ range(10**9) }}",
        "{% for x in customer.name %}{{ x }}{% endfor %}",
        "{{ lipsum(1000) }}",
        "{{ cycler('a') }}",
        "{{ customer.name | replace('a', 'b') }}",
        "{{ customer['name'] }}",
        "{% set x = 1 %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% macro m() %}{% endmacro %}",
        "{{ '%s' % total }}",
        "{{ total ~ total }}",
        "{{ self._TemplateReference__context }}",
        "{% raw %}x",
        "{{ unfinished",
        "x" * 20_001,
        "{{ " + "not " * 4_900 + "total }}",
        "{{ " + "(" * 9_000 + "total" + ")" * 9_000 + " }}",
        "{{ " + "9" * 19_000 + " }}",
        "{{ total" + ".a" * 9_000 + " }}",
        "{{ " + "total and " * 1_900 + "total }}",
        "{% if total %}" * 600 + "{% endif %}" * 600,
        "{{ total < 5 }}",
        "{% if count == 1 %}{{ total > 1 }}{% endif %}",
        "{{ -count }}",
        "{{ count + 1 }}",
        "{{ total[0] }}",
        "{{ [1] }}",
        "{{ {} }}",
        "{{ total is defined }}",
        "{% block a %}{% endblock %}",
        "{% extends 'x' %}",
        "{% with a = 1 %}{% endwith %}",
        "{% filter upper %}a{% endfilter %}",
        "{% autoescape false %}{% endautoescape %}",
        "{% do total.x() %}",
        "\0",
        "{{ 'a\\x00b' }}",
        "\ud800",
    ],
)
def test_what_a_template_may_not_say_is_refused(source: str) -> None:
    with pytest.raises(TemplateBroken):
        JinjaRenderer().check(Template("x", "en", "s", source))


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_is_either_refused_or_can_be_sent(body: str) -> None:
    template = Template("x", "en", "s", body)
    try:
        JinjaRenderer().check(template)
    except TemplateBroken:
        return
    JinjaRenderer().render(template, CONTENT)
