"""Rows that tell of firms on record: certificates, figures, the list of SIINas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from registry.intake.changes import notes_of
from registry.intake.drafts import certificates
from registry.intake.headings import find_table
from registry.intake.interpret import Draft, Options, Reference, interpret
from registry.intake.kinds import CERTIFICATES, FIGURES, FIRMS, KINDS, SIINAS, RowKind
from registry.intake.reading import Refused, Row, Sheet
from registry.intake.telling import told
from registry.models.certificates import CertificateKind, CertificateStatus

NIB = "0220001234567"


def read(
    reference: Reference, kind: RowKind, *rows: Sequence[Any], name: str = "Data", **options: Any
) -> list[Draft]:
    made = [Row(number, list(cells)) for number, cells in enumerate(rows, 1)]
    table = find_table([Sheet(name, made)], kind=kind, reference=reference)
    return interpret(table, Options(**options), reference, today=dt.date(2025, 6, 30)).drafts


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_kind_is_a_table_of_fields(kind: RowKind) -> None:
    assert kind.own <= set(kind.by_name)
    assert {"nib", "name"} <= set(kind.by_name)


def test_certificate_of_a_list_that_says_all(reference: Reference) -> None:
    [draft] = read(
        reference, CERTIFICATES,
        ["NIB", "Nama Usaha", "Jenis Sertifikat", "Nomor Sertifikat", "Tanggal Terbit",
         "Berlaku Sampai", "Status"],
        [NIB, "Kerupuk Contoh", "Sertifikat Halal", "ID32110000012345678", "2 Maret 2024",
         "02/03/2028", "Terbit"],
    )  # fmt: skip
    assert draft.found == []
    assert draft.values == {
        "nib": NIB, "name": "Kerupuk Contoh", "certificate_kind": "halal",
        "certificate_number": "ID32110000012345678", "issued_on": "2024-03-02",
        "valid_until": "2028-03-02", "certificate_status": "issued", "regency_code": None,
        "district_code": None, "village_code": None, "notes": None,
    }  # fmt: skip


def test_number_of_a_halal_decree_makes_no_certificate_and_stays_in_the_notes(
    reference: Reference,
) -> None:
    [listed] = read(
        reference, CERTIFICATES,
        ["NIB", "Jenis Sertifikat", "Nomor Sertifikat"], [NIB, "Halal", "KH 00120098761220"],
    )  # fmt: skip
    assert "certificate" not in told(listed.values, CERTIFICATES)
    [firm] = read(
        reference, FIRMS, ["Nama Usaha", "NIB", "Nomor Halal"], ["Contoh", NIB, "KH 00120"]
    )
    assert certificates(firm.values) == []
    assert firm.values["halal_number"] == "KH 00120"
    assert notes_of(firm.values) == "Halal: KH 00120"
    for draft in (listed, firm):
        assert "halal_is_decree" in {found.problem.variant for found in draft.found}


def test_what_a_pirt_number_contradicts_is_told_and_its_year_is_its_end(
    reference: Reference,
) -> None:
    [listed] = read(
        reference, CERTIFICATES,
        ["NIB", "Jenis Sertifikat", "Nomor Sertifikat", "Berlaku Sampai"],
        [NIB, "P-IRT", "2093306011419-28", "02/03/2027"],
    )  # fmt: skip
    assert {found.problem.variant for found in listed.found} == {"pirt_other_end", "pirt_outside"}
    [firm] = read(
        reference, FIRMS, ["Nama Usaha", "NIB", "P-IRT"], ["Contoh", NIB, "2093209011419-28"]
    )
    [permit] = certificates(firm.values)
    assert permit.valid_until == dt.date(2028, 12, 31)


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([["FASILITASI MEREK 2024"], ["NIB", "nomor_pendaftaran", "nama_merek"],
          [NIB, "JID2024000001", "Contoh"]], "brand"),
        ([["NIB", "Nomor LHU", "Tanggal Hasil Uji"], [NIB, "LHU/1/2024", "2024-02-01"]],
         "nutrition"),
        ([["NIB", "nomor_sertifikat_kurasi", "Status"], [NIB, "K-1", "proses"]], "curation"),
        ([["NIB", "No Sertifikat TKDN", "Nilai TKDN (%)"], [NIB, "T-1", "35,5"]], "tkdn_ik"),
        ([["NIB", "Nomor Sertifikat", "Status"], [NIB, "X-1", "proses"]], None),
    ],
)  # fmt: skip
def test_kind_of_certificate_stands_in_heading_title_or_nowhere(
    reference: Reference, rows: list[list[Any]], kind: str | None
) -> None:
    [draft] = read(reference, CERTIFICATES, *rows)
    assert draft.values["certificate_kind"] == kind
    assert draft.values["certificate_number"]


def test_words_of_certificates_are_those_of_the_register() -> None:
    from registry.intake import words

    assert set(words._CERTIFICATES) == set(CertificateKind.values)
    assert set(words._CERTIFICATE_STATES.values()) == set(CertificateStatus.values)


def test_figures_of_a_year(reference: Reference) -> None:
    [draft] = read(
        reference, FIGURES,
        ["NIB", "Tahun", "TK L", "TK P", "Nilai Produksi (Rp Juta)"],
        [NIB, 2023, 4, 6, "1.250,5"],
    )  # fmt: skip
    assert draft.values["data_year"] == 2023
    assert draft.values["production_value"] == 1_250_500_000


def test_list_of_siinas_by_name_and_place(reference: Reference) -> None:
    [draft] = read(
        reference, SIINAS,
        ["No", "Nama Perusahaan", "Alamat Pabrik", "Kab/Kota Pabrik", "KBLI", "Terdaftar SIINas"],
        [1, "PT Rotan Contoh", "Ds. Tegalwangi Kec. Weru", "Kab. Cirebon", "31002", "Ya"],
    )  # fmt: skip
    assert draft.values["siinas_status"] == "issued"
    assert draft.values["village_code"] == "32.09.19.2009"


def test_row_that_names_no_firm_is_an_error(reference: Reference) -> None:
    [draft] = read(
        reference, FIGURES, ["NIB", "Tahun", "TK L", "TK P", "Keterangan"], ["", 2023, 4, 6, "x"]
    )
    assert [(f.problem.code, f.is_error) for f in draft.found] == [("firm_unknown", True)]


def test_sheet_of_another_kind_is_refused(reference: Reference) -> None:
    with pytest.raises(Refused) as caught:
        read(reference, CERTIFICATES, ["Nama Usaha", "Kecamatan"], ["Batik", "Weru"])
    assert caught.value.variant == "no_such_kind"
