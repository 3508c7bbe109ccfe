"""A SIINas account of a production site, and the steps it has taken.

One account for one plant: that is the ministry's rule. The state changes only by a step, and the
table of steps stands in `registry.siinas`; triggers refuse, at the end of a transaction, an account
that does not stand where its last step led. No password is ever kept.
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import PrivateFileField, tracked
from registry.models.parts import ProductionSite
from registry.querysets import SiinasQuerySet, SiinasStepQuerySet
from registry.siinas import HAS_ACCOUNT, STEPS, UNKNOWN, Blocker, State, stands_at


class SiinasState(models.TextChoices):
    """The states in people's words."""

    NOT_REGISTERED = State.NOT_REGISTERED.value, _("Not yet registered in SIINas")
    SUBMITTED = State.SUBMITTED.value, _("Registration submitted")
    AWAITING_EMAIL = State.AWAITING_EMAIL.value, _("Waiting for the account by e-mail")
    ISSUED = State.ISSUED.value, _("Account issued")
    PROFILE_INCOMPLETE = State.PROFILE_INCOMPLETE.value, _("Profile not complete")
    COMPLETE = State.COMPLETE.value, _("Complete, proof of ownership issued")
    BLOCKED = State.BLOCKED.value, _("Blocked")
    INACTIVE = State.INACTIVE.value, _("No longer in use")


class SiinasBlocker(models.TextChoices):
    """The reasons in people's words."""

    EMAIL_LOST = Blocker.EMAIL_LOST.value, _("The e-mail on the NIB is lost")
    PASSWORD_FORGOTTEN = Blocker.PASSWORD_FORGOTTEN.value, _("The password is forgotten")
    ADDRESS_WRONG = Blocker.ADDRESS_WRONG.value, _("An address in SIINas is wrong")
    KBLI_NOT_INDUSTRY = Blocker.KBLI_NOT_INDUSTRY.value, _("The KBLI on the NIB is not industry")
    NIB_NOT_RBA = Blocker.NIB_NOT_RBA.value, _("The NIB is not risk-based (RBA) yet")
    OTHER = Blocker.OTHER.value, _("Other")


class SiinasSection(models.TextChoices):
    """The boxes of the company data in SIINas."""

    GENERAL = "general", _("General data")
    HEAD_OFFICE = "head_office", _("Head office address")
    PLANT = "plant", _("Plant address")
    CONTACT = "contact", _("Contact person")
    BUSINESS = "business", _("Line of business")
    CAPACITY = "capacity", _("Production capacity")
    LICENCES = "licences", _("Licences")
    OSS = "oss", _("OSS data")


_STANDS = """
    SELECT target INTO led FROM registry_siinasstep
     WHERE account_id = {account} ORDER BY id DESC LIMIT 1;
    IF EXISTS (SELECT FROM registry_siinasaccount
                WHERE id = {account} AND state <> COALESCE(led, 'not_registered')) THEN
        RAISE EXCEPTION 'SIINas account %: its state is not where its last step led', {account}
              USING ERRCODE = 'check_violation', CONSTRAINT = 'siinas_state_by_step';
    END IF;
    RETURN NULL;
"""
_FOLLOWS = """
    IF TG_OP = 'INSERT' THEN
        SELECT target INTO led FROM registry_siinasstep
         WHERE account_id = NEW.account_id AND id < NEW.id ORDER BY id DESC LIMIT 1;
        IF (led IS NULL AND NEW.source NOT IN ('', 'not_registered')) OR led <> NEW.source THEN
            RAISE EXCEPTION 'SIINas account %: a step does not begin where the last one led',
                  NEW.account_id
                  USING ERRCODE = 'check_violation', CONSTRAINT = 'siinas_step_follows';
        END IF;
    END IF;
"""


# The trigger that the two roads by which a step may go set aside: undoing an intake, and removing
# the sample.
STEPS_GO = "registry.SiinasStep:step_stays"


def _at_the_end(name: str, operation: pgtrigger.Operation, func: str) -> pgtrigger.Trigger:
    """A trigger that looks when the transaction ends: row and step may come in any order."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=operation,
        declare=[("led", "text")],
        func=func,
    )


@tracked()
class SiinasAccount(models.Model):
    """The account of one site. A site without this row: not known, "belum diisi"."""

    site = models.OneToOneField(
        ProductionSite,
        on_delete=models.PROTECT,
        related_name="siinas",
        verbose_name=_("production site"),
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=SiinasState.choices,
        default=SiinasState.NOT_REGISTERED,
        editable=False,
    )
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    nib_email_works = models.BooleanField(_("the e-mail on the NIB works"), null=True, blank=True)
    issued_on = models.DateField(_("account issued on"), null=True, blank=True)
    sections = ArrayField(
        models.CharField(max_length=12, choices=SiinasSection.choices),
        null=True,
        blank=True,
        verbose_name=_("profile sections filled"),
    )
    evidence_number = models.CharField(_("number of the proof"), max_length=60, blank=True)
    evidence_year = models.PositiveSmallIntegerField(_("year of the proof"), null=True, blank=True)
    evidence_file = PrivateFileField(_("proof of ownership (file)"))
    blocker = models.CharField(
        _("what blocks"), max_length=20, choices=SiinasBlocker.choices, blank=True
    )
    ticket = models.CharField(_("helpdesk ticket"), max_length=40, blank=True)

    objects = SiinasQuerySet.as_manager()

    class Meta:
        verbose_name = _("SIINas account")
        verbose_name_plural = _("SIINas accounts")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="siinas_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.BLOCKED.value) | ~Q(blocker=""),
                name="siinas_blocked_with_reason",
                violation_error_message=_("Say what blocks the account."),
            ),
            models.CheckConstraint(
                condition=Q(registered_on__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(issued_on__gte=models.F("registered_on")),
                name="siinas_dates_in_order",
                violation_error_message=_("The account can't be issued before it was registered."),
            ),
        ]
        indexes = [
            models.Index(fields=["issued_on"], name="siinas_issued"),
            models.Index(
                fields=["site"],
                name="siinas_undated",
                condition=Q(issued_on=None, state__in=sorted(s.value for s in HAS_ACCOUNT)),
            ),
        ]
        triggers = [
            _at_the_end(
                "state_by_step",
                pgtrigger.Insert | pgtrigger.UpdateOf("state"),
                _STANDS.format(account="NEW.id"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.site.firm}: {self.get_state_display()}"

    @property
    def stands_at(self) -> str:
        """The state that it has reached, looking past a block."""
        return stands_at(self.state, self.issued_on, self.evidence_number)

    def policy_regencies(self) -> list[str]:
        """The regency of the site."""
        return self.site.policy_regencies()


@tracked()
class SiinasStep(models.Model):
    """A step that the account took: from, to, when, by whom, with what note. It stays."""

    account = models.ForeignKey(
        SiinasAccount,
        on_delete=models.PROTECT,
        related_name="steps",
        verbose_name=_("account"),
        db_index=False,  # the index below, by which the triggers find the last step
    )
    source = models.CharField(_("from"), max_length=20, choices=SiinasState.choices, blank=True)
    target = models.CharField(_("to"), max_length=20, choices=SiinasState.choices)
    on = models.DateField(_("on"))
    note = models.CharField(_("note"), max_length=250, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = SiinasStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source=UNKNOWN)
                | Q(
                    *(Q(source=s.source.value, target=s.target.value) for s in STEPS),
                    _connector="OR",
                ),
                name="siinas_step_listed",
                violation_error_message=_("There is no such step."),
            )
        ]
        indexes = [models.Index(fields=["account", "id"], name="siinas_step_last")]
        triggers = [
            # Taken away only with its whole intake or sample, which say so (`STEPS_GO`).
            pgtrigger.Protect(name="step_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            _at_the_end(
                "step_follows",
                pgtrigger.Insert | pgtrigger.Delete,
                _FOLLOWS + _STANDS.format(account="COALESCE(NEW.account_id, OLD.account_id)"),
            ),
        ]

    def __str__(self) -> str:
        if self.source == self.target:
            return _("%(state)s, evidence corrected") % {"state": self.get_target_display()}
        return f"{self.get_source_display()} → {self.get_target_display()}"

    def policy_regencies(self) -> list[str]:
        """The regency of the site."""
        return self.account.policy_regencies()
