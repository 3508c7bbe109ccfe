"""Reports to SIINas: who owes one, the sheets to type from, recording what became of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import policy
from accounts.policy import Action
from registry import services
from registry.forms_reports import ReportForm
from registry.models import (
    District,
    IndustryGroup,
    ReportingPeriod,
    SiinasAccount,
    SiinasReport,
    Village,
)
from registry.models.reporting import ReportState
from registry.paging import page_of
from registry.report_list import (
    RELATED,
    STANDINGS,
    Asked,
    asked_of,
    periods_by_slug,
    regencies_of,
)
from registry.report_sheet import sheets_of
from registry.reporting import Numbers, ReportLine, accounts_due, lines_of, numbers_of
from registry.services.reports import MOST_AT_ONCE, to_record
from registry.views.staff import staff_may

PAGE_SIZE = 25
SHEETS_A_PRINT = 50
NAMES_SHOWN = 10
KIND = "registry.siinasreport"
# What can be done with many; a draft is a matter of one firm.
MANY = [
    (state.value, state.label)
    for state in (ReportState.SUBMITTED, ReportState.ACCEPTED, ReportState.RETURNED)
]

View = Callable[..., HttpResponse]


_for_reading = staff_may(Action.VIEW, KIND)
_for_recording = staff_may(Action.CHANGE, KIND)


@require_safe
@_for_reading
def report_list(request: HttpRequest) -> HttpResponse:
    """The accounts that a period asks, with its numbers by region."""
    today, periods = timezone.localdate(), periods_by_slug()
    regencies = regencies_of(request.user)
    asked = asked_of(request.GET, periods, regencies, today)
    context: dict[str, Any] = {
        "section": "reports",
        "periods": periods.values(),
        "asked": asked,
        "regencies": regencies,
        "may_keep": policy.may_kind(request.user, Action.ADD, "registry.reportingperiod"),
        "now": timezone.now(),
    }
    if asked is None:
        return render(request, "registry/reports/list.html", context)
    page = page_of(asked.accounts(request.user), request.GET.get("hal"), PAGE_SIZE)
    numbers = numbers_of(request.user, asked.period, today, asked.group)
    late = asked.period.late(today)
    context |= {
        "page": page,
        "lines": lines_of(page.rows, asked.period, today),
        "numbers": [(r, numbers.get(r.pk, Numbers(late=late))) for r in regencies],
        "total": Numbers.total(numbers.values(), late=late),
        "late": late,
        "over": asked.period.over(today),
        "districts": District.objects.filter(regency=asked.regency) if asked.regency else [],
        "villages": Village.objects.filter(district=asked.district) if asked.district else [],
        "groups": IndustryGroup.objects.all(),
        "standings": STANDINGS.items(),
        "many": MANY,
        "may_record": policy.may_kind(request.user, Action.CHANGE, KIND),
        "sheets_a_print": SHEETS_A_PRINT,
    }
    return render(request, "registry/reports/list.html", context)


@require_POST
@_for_recording
def report_many(request: HttpRequest) -> HttpResponse:
    """What would be recorded for the chosen accounts; sent again with `simpan`, it is."""
    today = timezone.localdate()
    filters = QueryDict(request.POST.get("saringan", ""))
    asked = asked_of(filters, periods_by_slug(), regencies_of(request.user), today)
    if asked is None:
        raise Http404
    back = f"{reverse('registry:reports')}?{asked.query}"
    accounts = _chosen(request, asked)
    if not accounts:
        messages.error(request, _("Nothing is marked. Mark the accounts first, then go on."))
        return redirect(back)
    if len(accounts) > MOST_AT_ONCE:
        messages.error(
            request,
            _("More than %(most)s accounts meet the filters. Choose a district, then try again.")
            % {"most": MOST_AT_ONCE},
        )
        return redirect(back)
    confirmed = request.POST.get("simpan") == str(len(accounts))
    form = ReportForm(request.POST if "simpan" in request.POST else None)
    form.initial["state"] = request.POST.get("state", "")
    if confirmed and form.is_valid():
        try:
            done = services.reports_record(
                accounts=accounts, period=asked.period, by=request.user, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, _said(done, asked.period))
            return redirect(back)
    elif "simpan" in request.POST and not confirmed:
        form.add_error(None, _("The list changed meanwhile. Look at the number, then confirm."))
    state = request.POST.get("state") or ReportState.SUBMITTED.value
    context = {
        "section": "reports",
        "asked": asked,
        "back": back,
        "form": form,
        "accounts": accounts,
        "every": request.POST.get("siapa") == "semua",
        "names": accounts[:NAMES_SHOWN],
        "further": max(0, len(accounts) - NAMES_SHOWN),
        "stay": len(accounts) - len(to_record(accounts, asked.period, state)),
    }
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "registry/reports/many.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_reading
def report_sheet(request: HttpRequest, pk: int, period: str) -> HttpResponse:
    """The sheet of a firm's accounts for a period, and recording what became of its report."""
    asked = periods_by_slug().get(period)
    if asked is None:
        raise Http404
    due: Any = accounts_due(asked).visible_to(request.user).filter(site__firm=pk)
    accounts = list(due.select_related(*RELATED).order_by("-site__is_main", "pk"))
    if not accounts:
        raise Http404
    form, chosen = ReportForm(), None
    if request.method == "POST":
        chosen = next((a for a in accounts if str(a.pk) == request.POST.get("akun")), None)
        if chosen is None:
            raise Http404
        form = ReportForm(request.POST)
        if form.is_valid() and _record(request, form, chosen, asked):
            return redirect("registry:report-sheet", pk=pk, period=period)
    lines = lines_of(accounts, asked, timezone.localdate())
    return render(
        request,
        "registry/reports/sheet_page.html",
        {
            "section": "reports",
            "period": asked,
            "firm": accounts[0].site.firm,
            "sheets": [
                (sheet, _form_of(sheet.line, form, chosen), _may_record(request.user, sheet.line))
                for sheet in sheets_of(lines, request.user)
            ],
            "form": form,
        },
        status=400 if form.is_bound else 200,
    )


@require_safe
@_for_reading
def report_sheets(request: HttpRequest) -> HttpResponse:
    """The sheets of all accounts that meet the filters, so many a print, each on its own page."""
    today = timezone.localdate()
    asked = asked_of(request.GET, periods_by_slug(), regencies_of(request.user), today)
    if asked is None:
        raise Http404
    page = page_of(asked.accounts(request.user), request.GET.get("hal"), SHEETS_A_PRINT)
    sheets = sheets_of(lines_of(page.rows, asked.period, today), request.user)
    return render(
        request,
        "registry/reports/sheets.html",
        {"section": "reports", "asked": asked, "page": page, "sheets": sheets},
    )


def _chosen(request: HttpRequest, asked: Asked) -> list[SiinasAccount]:
    """The marked accounts, or all that meet the filters; one more than may be recorded at once."""
    accounts = asked.accounts(request.user)
    if request.POST.get("siapa") != "semua":
        marked = {key for key in request.POST.getlist("akun") if key.isascii() and key.isdigit()}
        accounts = accounts.filter(pk__in=[int(key) for key in marked if len(key) < 19])
    return list(accounts[: MOST_AT_ONCE + 1])


def _record(
    request: HttpRequest, form: ReportForm, account: SiinasAccount, period: ReportingPeriod
) -> bool:
    """Record what the form says; what is refused stands at the form."""
    try:
        report = services.report_record(
            account=account, period=period, by=request.user, **form.cleaned_data
        )
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return False
    messages.success(request, _("Recorded: %(report)s") % {"report": report})
    return True


def _may_record(user: Any, line: ReportLine) -> bool:
    report = line.report or SiinasReport(account=line.account, period=line.period)
    report.account = line.account  # with its site
    return policy.may(user, Action.CHANGE, report)


def _form_of(line: ReportLine, form: ReportForm, chosen: SiinasAccount | None) -> ReportForm:
    """The form that was sent, at its account; a new one at the others."""
    if line.account == chosen:
        return form
    return ReportForm(auto_id=f"id_{line.account.pk}_%s")


def _said(done: int, period: ReportingPeriod) -> str:
    return ngettext(
        "%(n)s report of %(period)s is recorded.",
        "%(n)s reports of %(period)s are recorded.",
        done,
    ) % {"n": done, "period": period}
