"""One's own language, theme, keys and password."""

from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.kernel.errors import BadInput, RelanceError
from relance.core.tenancy.languages import SCREEN_LANGUAGES
from relance.http.access import deed, page
from relance.http.dependencies import Fields
from relance.http.pages.absences import absence_of, absence_terms
from relance.http.sessions import session_cookie
from relance.http.templating import Show
from relance.usecases.tenancy.ask_address import AddressToConfirm, AskAddress
from relance.usecases.tenancy.change_password import ChangePassword, NewPassword
from relance.usecases.tenancy.confirm_address import ConfirmAddress
from relance.usecases.tenancy.end_deputy import DeputyToEnd, EndDeputy
from relance.usecases.tenancy.list_deputies import ListDeputies
from relance.usecases.tenancy.name_deputy import NameDeputy
from relance.usecases.tenancy.resume_session import SignedIn
from relance.usecases.tenancy.save_profile import ProfileChoice, SaveProfile


@page("/me", needs="signed-in")
def profile(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], list_deputies: NamedDependency[ListDeputies]
) -> Response[str]:
    """The form."""
    return show("profile.html", **_terms(list_deputies, who))


@deed("/me", needs="signed-in")
def save(
    who: NamedDependency[SignedIn],
    fields: NamedDependency[Fields],
    show: NamedDependency[Show],
    save_profile: NamedDependency[SaveProfile],
) -> Response[str]:
    """Keep language, theme and keys."""
    language = fields.text("language")
    save_profile(
        ProfileChoice(
            tenant=who.tenant.tenant,
            user=who.user.user,
            language=language if language in SCREEN_LANGUAGES else None,
            theme=fields.text("theme") or None,
            single_keys=fields.text("single_keys") == "on",
        )
    )
    return show.go("/me?done=saved")


@deed("/me/password", needs="signed-in")
def password(
    request: Request[Any, Any, Any],
    who: NamedDependency[SignedIn],
    fields: NamedDependency[Fields],
    show: NamedDependency[Show],
    change_password: NamedDependency[ChangePassword],
    list_deputies: NamedDependency[ListDeputies],
) -> Response[str]:
    """Change the password; all other sessions end."""
    asked = NewPassword(
        tenant=who.tenant.tenant, user=who.user.user, current=fields.text("current"), new=fields.text("new")
    )
    try:
        opened = change_password(asked)
    except BadInput as refused:  # the form is shown again
        return show("profile.html", status=422, **_terms(list_deputies, who, problem=refused.detail))
    answer = show.go("/me?done=password")
    answer.cookies.append(session_cookie(request, opened.cookie))
    return answer


@deed("/me/address", needs="signed-in")
def ask(
    request: Request[Any, Any, Any],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    ask_address: NamedDependency[AskAddress],
    list_deputies: NamedDependency[ListDeputies],
) -> Response[str]:
    """Mail the link that confirms one's own address."""
    asked = ask_address(AddressToConfirm(actor=who.actor, user=who.user.user, site=str(request.base_url)))
    return show("profile.html", **_terms(list_deputies, who, asked=asked))


@page("/address/{word:str}", needs="public")
def address(word: FromPath[str], show: NamedDependency[Show]) -> Response[str]:
    """Shows a button only: programs that follow links in mails must not use the link up."""
    return show("sign_in/address.html", word=word, confirmed=None)


@deed("/address/{word:str}", needs="entry")
def confirm(
    word: FromPath[str], show: NamedDependency[Show], confirm_address: NamedDependency[ConfirmAddress]
) -> Response[str]:
    """Uses the link up; nobody is signed in by it."""
    return show("sign_in/address.html", word=word, confirmed=confirm_address(word))


@deed("/me/deputies", needs="signed-in")
def away(
    who: NamedDependency[SignedIn],
    fields: NamedDependency[Fields],
    show: NamedDependency[Show],
    name_deputy: NamedDependency[NameDeputy],
    list_deputies: NamedDependency[ListDeputies],
) -> Response[str]:
    """Name who stands in while one is away."""
    try:
        name_deputy(absence_of(who, who.user.user, fields))
    except RelanceError as refused:  # the form is shown again
        return show("profile.html", status=422, **_terms(list_deputies, who, absence_problem=refused.detail))
    return show.go("/me?done=saved")


@deed("/me/deputies/{number:int}/end", needs="signed-in")
def back(
    number: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    end_deputy: NamedDependency[EndDeputy],
) -> Response[str]:
    """One is back earlier, or stays."""
    end_deputy(DeputyToEnd(actor=who.actor, number=number))
    return show.go("/me?done=saved")


def _terms(list_deputies: ListDeputies, who: SignedIn, **more: Any) -> dict[str, Any]:
    return {"languages": SCREEN_LANGUAGES, "problem": "", "person": who.user} | absence_terms(list_deputies, who) | more


HANDLERS = [profile, save, password, ask, address, confirm, away, back]
