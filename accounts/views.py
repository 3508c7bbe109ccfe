"""The second step at sign-in, with the choice to trust this browser on the same page."""

from __future__ import annotations

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.internal.flows.trust import trust_browser
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpResponse
from django.utils.decorators import method_decorator

from accounts.forms import SignInCodeForm


@method_decorator(
    login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login"),
    name="dispatch",
)
class SignInCodeView(AuthenticateView):
    """Asks for the code; a trusted browser is asked again after 30 days or a change of password."""

    def form_valid(self, form: SignInCodeForm) -> HttpResponse:
        """Let the person in. The page about trust is passed over: the form asked already."""
        form.save()
        person = self.stage.login.user
        self.stage.state["authentication_required"] = False
        response = self.stage.exit()
        if form.cleaned_data["trust"]:
            trust_browser(self.request, person, response)
        return response


sign_in_code = SignInCodeView.as_view()
