"""SIINas accounts in the admin: looked at here, changed by their own steps. No passwords."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from accounts import policy
from registry import advice, services
from registry.admin.base import ReadOnlyAdmin
from registry.admin.clash import VERSION, put
from registry.desk.asked import FROM, came_from
from registry.forms import SiinasStepForm, way_label
from registry.history import Change, changes_between
from registry.models import ProductionSite, SiinasAccount
from registry.services.siinas import EVIDENCE, evidence_labels, way_of
from registry.siinas import SECTIONS, can_follow, step_between
from registry.versions import account_then, account_version
from registry.wording import Names, in_words


@admin.register(SiinasAccount)
class SiinasAccountAdmin(ReadOnlyAdmin):
    """Accounts, with the page where a step is recorded."""

    list_display = ["firm", "state", "registered_on", "issued_on", "blocker"]
    list_filter = ["state", "site__regency", "blocker"]
    list_select_related = ["site__firm"]
    change_form_template = "admin/registry/siinasaccount/change_form.html"
    fields = ["site", "state", *EVIDENCE]

    @admin.display(description=_("firm"), ordering="site__firm__name")
    def firm(self, account: SiinasAccount) -> str:
        """The firm of the site."""
        return account.site.firm.full_name

    def get_urls(self) -> list[URLPattern]:
        """The two pages that change something."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/langkah/", wrap(self.step_view), name="registry_siinasaccount_step"),
            path("ikuti/<int:site>/", wrap(self.open_view), name="registry_siinasaccount_open"),
            *super().get_urls(),
        ]

    def open_view(self, request: HttpRequest, site: int) -> HttpResponse:
        """Start following the account of a site, after a word of confirmation."""
        place = get_object_or_404(ProductionSite.objects.visible_to(request.user), pk=site)
        if not policy.may(request.user, policy.Action.CHANGE, place):
            raise PermissionDenied
        if request.method == "POST":
            account = services.siinas_open(site=place, by=request.user)
            step = reverse("admin:registry_siinasaccount_step", args=[account.pk])
            return redirect(f"{step}{_carried(request)}")
        return render(
            request,
            "admin/registry/siinasaccount/open.html",
            self._context(request, _("Follow a SIINas account"), place.firm, site=place),
        )

    def step_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Record a step with its evidence; what is missing is said at the form."""
        account = get_object_or_404(self.get_queryset(request).select_related("site__firm"), pk=pk)
        if not policy.may(request.user, policy.Action.CHANGE, account):
            raise PermissionDenied
        form = SiinasStepForm(account, request.POST or None, request.FILES or None)
        version = account_version(account)
        meanwhile: list[Change] = []
        if request.method == "POST" and form.is_valid():
            seen = request.POST.get(VERSION, "")
            try:
                step = services.siinas_step(
                    account=account, by=request.user, seen=seen or version, **form.told
                )
            except services.SteppedMeanwhile as error:
                then = account_then(account, seen)
                meanwhile = changes_between(then, account)
                form = _together(account, then, request.POST)
                form.add_error(None, error)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Recorded: %(step)s") % {"step": step})
                return redirect(f"{request.path}{_carried(request)}")
        context = self._context(
            request, _("SIINas account: record a step"), account.site.firm, account=account
        )
        return render(
            request,
            "admin/registry/siinasaccount/step.html",
            {
                **context,
                "form": form,
                "version": version,
                "meanwhile": meanwhile,
                "record": _record(account),
                "ways": _ways(account),
                "steps": account.steps.select_related("recorded_by"),
            },
        )

    def _context(self, request: HttpRequest, title: Any, firm: Any, **more: Any) -> dict[str, Any]:
        back = reverse("admin:registry_firm_change", args=[firm.pk])
        if (asked := came_from(request, request.GET.get(FROM))) is not None:
            back = f"{reverse('registry:firm', args=[firm.pk])}?{asked.query}"
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "firm": firm,
            "back": back if policy.may(request.user, policy.Action.VIEW, firm) else "",
            "opts": self.opts,
            **more,
        }


def _ways(account: SiinasAccount) -> list[dict[str, Any]]:
    """The steps that can follow: where to, the evidence that is asked for, what comes then."""
    return [
        {
            "target": way_label(account, state.value),
            "evidence": evidence_labels(step.evidence),
            "follows": advice.after(state),
        }
        for state in can_follow(way_of(account))
        if (step := step_between(account.state, state))
    ]


def _together(account: SiinasAccount, then: Any, typed: QueryDict) -> SiinasStepForm:
    """The form as typed, with what only the other person changed taken over."""
    data = typed.copy()
    for name, field in SiinasStepForm.base_fields.items():
        if name not in EVIDENCE or name == "evidence_file":
            continue
        was, now = getattr(then, name, None), getattr(account, name)
        if name == "sections":
            mine, before, theirs = set(data.getlist(name)), set(was or ()), set(now or ())
            both = (theirs | (mine - before)) - (before - mine)
            data.setlist(name, [key for key in SECTIONS if key in both])
        elif not field.has_changed(was, field.widget.value_from_datadict(typed, {}, name)):
            put(data, name, field, now)
    form = SiinasStepForm(account, data)
    form.is_valid()
    return form


def _record(account: SiinasAccount) -> list[tuple[str, str, Any]]:
    """What is on record: label, words, and the file where there is one."""
    found: list[tuple[str, str, Any]] = []
    for name in EVIDENCE:
        field, value = SiinasAccount._meta.get_field(name), getattr(account, name)
        if name in ("blocker", "ticket") and not value:
            continue
        file = value if name == "evidence_file" else None
        said = _("no file yet") if name == "evidence_file" and not value else None
        if name == "sections" and value == []:
            said = _("none of the eight filled")
        words = str(said or in_words(field, value, Names()))
        found.append((str(field.verbose_name), words, file or None))  # type: ignore[union-attr]
    return found


def _carried(request: HttpRequest) -> str:
    """The queue that one came from, for the next address."""
    asked = came_from(request, request.GET.get(FROM))
    return f"?{urlencode({FROM: asked.query})}" if asked else ""
