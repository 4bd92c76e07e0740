"""Pages: one module a word, each with the list HANDLERS that `relance.http.routes` registers.

How to add a page
-----------------
1. A handler in `src/http/pages/<word>.py` (paths are below `/t/{tenant}`; `needs` is a right of A22)::

       @page("/customers", needs="see")
       def customers(
           who: NamedDependency[SignedIn], show: NamedDependency[Show], list_customers: NamedDependency[ListCustomers]
       ) -> Response[str]:
           rows = list_customers(CustomersAsked(actor=who.actor))
           return show("customers/list.html", rows=rows)

       @deed("/customers/{code:str}/comment", needs="qualify")
       def comment(code: FromPath[str], fields: NamedDependency[Fields], who: ..., show: ..., save: ...) -> ...:
           save(NewComment(actor=who.actor, code=code, text=fields.text("comment")))
           return show.go(f"/t/{who.tenant.code}/customers/{code}?done=saved")

   `page` and `deed` are in `relance.http.access`; `show`, `who`, `fields` in `relance.http.dependencies`; a verb comes
   under its provider's name in `relance.main.container`. Handlers run in a thread. Do not catch errors: a
   `RelanceError` becomes the right answer in `problems.py`. A larger upload: `deed(..., request_max_body_size=...)`.
2. Its HANDLERS in `routes.py`. The side bar shows an entry of `navigation.py` as soon as its address exists.
3. A template in `src/http/templates/<word>/`, which extends `base.html` and fills `title`, `top` (the bar's content)
   and `content`; forms begin with `{{ token() }}`, whose field the guard checks.
   Words go through `{{ _("...") }}`; amounts, dates and counts through the filters `money(currency)`, `figure`, `day`,
   `moment(zone)`, `n`; codes through `words`. No `style=`, `onclick=` or inline script: the policy refuses them.
4. For htmx, send the part when `show.partial` is true; events for the page (`toast`, `close`, `focus`) go in
   `headers=triggers(toast={"text": ...})` (`relance.http.templating`). A link with `data-dialog` opens in the dialog.
"""
