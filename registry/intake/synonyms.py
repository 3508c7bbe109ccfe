"""Headings met in sheets of offices, ministries and importers, by the field they mean.

The rule: headings are compared folded (lower case, letters and digits only, single spaces), and
the first of two columns that mean the same field wins by the order of this table.
"""

from __future__ import annotations

SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": (
        "nama perusahaan", "nama usaha", "nama ikm", "nama industri", "nama unit usaha",
        "nama umkm", "nama ukm", "nama badan usaha", "nama usaha/perusahaan",
        "nama perusahaan industri", "perusahaan",
        "nama kelompok usaha", "nm perusahaan", "nm usaha", "usaha",
    ),
    "legal_form": (
        "badan usaha", "bentuk usaha", "bentuk badan usaha", "status badan usaha", "badan hukum",
        "bentuk badan hukum", "jenis badan usaha", "legalitas badan usaha",
    ),
    "owner_name": (
        "nama pemilik", "pemilik", "nama pengusaha", "pengusaha", "nama direktur",
        "nama penanggung jawab", "penanggung jawab", "nama pimpinan", "nama pengrajin",
        "nama perajin", "nama pelaku usaha", "pelaku usaha", "nama lengkap",
        "nama pemilik usaha", "nama sesuai ktp", "nama lengkap sesuai ktp", "nama pelaku ikm",
        "pemilik usaha", "nm pemilik",
    ),
    "owner_gender": (
        "jenis kelamin", "l/p", "jk", "gender", "kelamin", "jenis kelamin l/p",
        "jenis kelamin (l/p)",
        "jns kelamin", "sex",
    ),
    "address": (
        "alamat usaha", "alamat", "alamat lengkap", "jalan", "alamat pabrik", "alamat usaha/pabrik",
        "jalan/blok", "alamat jalan/blok", "alamat jalan", "alamat perusahaan",
        "alamat tempat usaha",
        "alamat kantor pusat", "alamat kantor", "alamat produksi", "nama jalan", "jalan/dusun",
        "alamat ikm", "blok/jalan",
    ),
    "village_code": (
        "kel usaha", "desa", "kelurahan", "desa/kelurahan", "kelurahan/desa", "desa/kel",
        "kel/desa", "alamat desa/kelurahan", "alamat desa", "id kelurahan", "id desa",
        "nama desa", "desa usaha", "kelurahan usaha", "kode desa", "ds/kel",
    ),
    "district_code": (
        "kec usaha", "kecamatan", "kec", "alamat kecamatan", "id kecamatan", "nama kecamatan",
        "kecamatan usaha", "kode kecamatan",
    ),
    "regency_code": (
        "kab usaha", "kabupaten", "kabupaten/kota", "kab/kota", "kota/kabupaten", "kota/kab",
        "kab kota", "id kabkota", "id kabupaten", "alamat kabupaten",
        "kab/kota pabrik", "kabupaten kota", "kabkota", "nama kabupaten/kota", "daerah",
        "kabupaten usaha", "kab", "kab/kota kantor",
    ),
    "phone": (
        "no hp", "no. hp", "hp", "no telp", "telp", "telepon", "no telepon", "nomor telepon",
        "nomor hp", "telp/hp", "no telp/hp", "no hp/telp", "kontak", "kontak hp", "kontak person",
        "no kontak", "no wa", "no whatsapp", "whatsapp", "hp/wa", "no hp/wa", "no wa/hp",
        "nomor hp/wa", "no handphone", "handphone", "telpon", "no telpon", "no. telp/hp",
        "telepon/hp", "contact person", "cp",
        "no telp/wa", "telp/wa", "wa/telp", "no telepon/wa", "no hp/telepon", "no telepon/hp",
        "no telp/hp/wa", "no hp/whatsapp", "nomor whatsapp", "nomor wa", "nomor telp",
        "nomor telepon/hp", "nomor hp/telepon", "no telp/whatsapp",
    ),
    "email": ("email", "e mail", "alamat email", "alamat e mail", "email perusahaan"),
    "website": ("website", "web", "situs", "situs web", "alamat website", "laman"),
    "nib": (
        "nib", "no nib", "nomor nib", "nib/tahun", "nomor induk berusaha",
        "nomor induk berusaha (nib)", "izin nib", "no. nib", "nib (nomor induk berusaha)",
    ),
    "npwp": ("npwp", "no npwp", "nomor npwp", "npwp perusahaan", "npwp usaha"),
    "kbli": (
        "kbli", "kode kbli", "id kbli", "no kbli", "nomor kbli", "kbli 5 digit", "kode kbli usaha",
        "kbli 2020", "kbli 2025",
    ),
    "product": (
        "produk utama", "jenis produk", "nama produk", "produk", "jenis produksi", "hasil produksi",
        "produk yang dihasilkan", "komoditi", "komoditas", "jenis komoditi", "produk usaha",
        "jenis/nama produk", "produk unggulan",
    ),
    "brand": (
        "merek", "merk", "merek dagang", "merk dagang", "nama merek", "nama merk", "merek produk",
        "brand", "merk produk",
    ),
    "workers_male": (
        "tk pria", "tk l", "tk laki", "tk laki laki", "tenaga kerja pria", "tenaga kerja laki laki",
        "tenaga kerja l", "jumlah tenaga kerja pria", "jumlah tenaga kerja laki laki",
        "jumlah tenaga kerja l", "tk dibayar laki", "laki laki", "pria", "tk (l)", "tk lk",
        "naker l", "pekerja laki laki", "jumlah tk l", "jumlah tenaga kerja (l)",
    ),
    "workers_female": (
        "tk wanita", "tk p", "tk perempuan", "tenaga kerja wanita", "tenaga kerja perempuan",
        "tenaga kerja p", "jumlah tenaga kerja wanita", "jumlah tenaga kerja perempuan",
        "jumlah tenaga kerja p", "tk dibayar perempuan", "perempuan", "wanita", "tk (p)", "tk pr",
        "naker p", "pekerja perempuan", "jumlah tk p", "jumlah tenaga kerja (p)",
    ),
    "workers_total": (
        "jumlah tenaga kerja", "tenaga kerja", "jumlah tk", "tk", "total tenaga kerja", "jml tk",
        "jml tenaga kerja", "jumlah pekerja", "jumlah karyawan", "karyawan", "naker", "tk total",
        "tenaga kerja jumlah", "jumlah tenaga kerja (orang)", "tenaga kerja (orang)",
    ),
    "investment": (
        "nilai investasi", "investasi", "investasi/modal", "investasi/ modal", "jumlah investasi",
        "nilai investasi/modal", "total investasi", "nilai inv",
    ),
    "capacity_quantity": (
        "kapasitas produksi", "kapasitas", "jumlah kapasitas produksi",
        "kapasitas produksi per tahun",
        "kapasitas produksi/tahun", "kapasitas/tahun", "nilai kapasitas", "kapasitas terpasang",
        "jumlah kapasitas", "kapasitas per tahun", "volume produksi", "kapasitas produksi jumlah",
        "kapasitas jumlah",
        "produksi kapasitas jumlah", "produksi kapasitas", "produksi jumlah",
    ),
    "capacity_unit": (
        "satuan", "id satuan", "satuan produksi", "satuan kapasitas", "unit satuan",
        "kapasitas produksi satuan", "kapasitas satuan", "produksi satuan",
        "produksi kapasitas satuan",
    ),
    "production_value": (
        "nilai produksi", "nilai produksi per tahun", "nilai produksi/tahun",
        "jumlah nilai produksi", "produksi nilai", "produksi nilai produksi",
    ),
    "raw_material_value": (
        "nilai bahan baku", "nilai bb/bp", "nilai bb", "nilai bahan baku/penolong",
        "bahan baku nilai",
        "nilai bahan baku per tahun", "nilai bahan baku/bahan penolong", "nilai bb bp",
    ),
    "annual_sales": (
        "omzet tahunan", "omset tahunan", "omzet", "omset", "omzet per tahun", "omset per tahun",
        "omzet/tahun", "omset/tahun", "penjualan per tahun", "hasil penjualan tahunan",
        "nilai penjualan", "penjualan tahunan", "nilai penjualan per tahun",
    ),
    "start_year": (
        "tahun berdiri", "tahun mulai", "tahun mulai operasi", "tahun mulai usaha", "thn berdiri",
        "tahun pendirian", "mulai usaha", "berdiri sejak", "tahun mulai produksi", "berdiri tahun",
    ),
    "data_year": ("tahun data", "tahun", "thn", "thn data", "tahun pendataan"),
    "siinas_status": (
        "akun siinas", "siinas", "terdaftar siinas", "status siinas", "akun siinas (ya/tidak)",
        "memiliki akun siinas", "punya akun siinas", "status akun siinas", "siinas (ya/tidak)",
    ),
    "siinas_registered_on": (
        "tgl registrasi siinas", "tgl daftar siinas", "tanggal daftar siinas",
        "tanggal registrasi siinas", "tanggal registrasi", "tgl registrasi", "tgl siinas",
        "tanggal akun siinas",
    ),
    "tkdn_number": (
        "no sertifikat tkdn", "nomor sertifikat tkdn", "tkdn no sertifikat",
        "tkdn nomor sertifikat",
        "no tkdn", "nomor tkdn", "sertifikat tkdn", "no sertifikat tkdn ik", "tkdn", "tkdn ik",
        "nomor sertifikat tkdn ik", "sertifikat tkdn ik",
    ),
    "tkdn_percent": (
        "nilai tkdn", "tkdn nilai", "persentase tkdn", "persen tkdn", "tkdn persen",
        "nilai tkdn (%)",
        "tkdn nilai (%)", "tkdn (%)", "tkdn %", "% tkdn",
    ),
    "halal_number": (
        "no sertifikat halal", "nomor sertifikat halal", "sertifikat halal", "halal", "no halal",
        "nomor halal", "sertifikat halal/tahun", "no sertifikat halal/tahun",
        "nomor sertifikat halal/tahun",
    ),
    "pirt_number": (
        "p irt", "pirt", "no pirt", "no p irt", "nomor pirt", "nomor p irt", "sertifikat pirt",
        "spp irt", "no spp irt", "sertifikat p irt", "pirt/tahun", "p irt/tahun",
    ),
    "brand_number": (
        "no sertifikat merek", "nomor sertifikat merek", "sertifikat merek", "no sertifikat merk",
        "nomor pendaftaran merek", "no merek", "sertifikat merk", "sertifikat merek/tahun", "hki",
        "no pendaftaran merek", "nomor merek",
    ),
    "sni_number": (
        "sni", "no sni", "nomor sni", "sertifikat sni", "sni/tahun", "no sertifikat sni",
    ),
    "latitude": (
        "alamat latitude", "latitude", "lat", "lintang", "koordinat latitude", "koordinat lat",
        "koordinat lintang", "titik koordinat latitude",
    ),
    "longitude": (
        "alamat longitude", "longitude", "long", "lon", "lng", "bujur", "koordinat longitude",
        "koordinat long", "koordinat bujur", "titik koordinat longitude",
    ),
    "active": (
        "status aktif", "aktif/tidak", "aktif", "id aktif", "status usaha", "status operasional",
        "keaktifan", "status keaktifan", "aktif/tidak aktif", "masih aktif",
    ),
    # Of the other kinds of rows.
    "certificate_kind": (
        "jenis sertifikat", "jenis fasilitasi", "jenis sertifikasi", "sertifikat", "fasilitasi",
        "jenis legalitas", "nama sertifikat",
    ),
    "certificate_number": (
        "nomor sertifikat", "no sertifikat", "nomor", "nomor pendaftaran", "no pendaftaran",
        "nomor lhu", "no lhu", "nomor sertifikat kurasi", "nomor permohonan", "nomor registrasi",
        "no registrasi", "nomor sk", "no sertifikat/tahun", "nomor sertifikat/tahun",
    ),
    "issued_on": (
        "tanggal terbit", "tgl terbit", "terbit", "tanggal sertifikat", "tgl sertifikat",
        "tanggal penetapan", "tanggal hasil uji", "tgl hasil uji", "diterbitkan", "berlaku sejak",
        "tanggal mulai berlaku", "tanggal pendaftaran", "berlaku dari",
    ),
    "valid_until": (
        "berlaku sampai", "berlaku hingga", "masa berlaku", "berlaku s/d", "berlaku sd",
        "tanggal berakhir", "tgl berakhir", "tanggal kedaluwarsa", "tanggal kadaluarsa",
        "masa berlaku sampai", "masa berlaku s/d", "expired", "berakhir", "tanggal akhir",
    ),
    "certificate_status": (
        "status sertifikat", "status", "status permohonan", "status pendaftaran", "progres",
        "progress", "status fasilitasi",
    ),
    "notes": ("keterangan", "ket", "catatan", "kete", "keterangan lain", "keterangan tambahan"),
}  # fmt: skip

# Headings of columns that hold several fields in a cell, or a piece of one.
PARTS: dict[str, tuple[str, ...]] = {
    "workers_split": (
        "tk l/p", "tk (l/p)", "tk l+p", "jumlah tk l/p", "tenaga kerja l/p",
        "jumlah tenaga kerja l/p",
        "jml tk l/p", "naker l/p", "tk lk/pr", "tenaga kerja lk/pr", "tk pria/wanita",
        "tenaga kerja pria/wanita", "jumlah tenaga kerja pria/wanita",
        "tenaga kerja laki laki/perempuan", "jumlah tenaga kerja laki laki/perempuan",
        "tk laki laki/perempuan", "karyawan l/p", "jumlah karyawan l/p", "tk laki/perempuan",
        "tenaga kerja laki/perempuan",
    ),
    "coordinates": (
        "koordinat", "titik koordinat", "koordinat lokasi", "lokasi koordinat", "koordinat gps",
        "titik gps", "gps", "lat long", "lat/long", "latlong", "lat lng", "latitude longitude",
        "latitude/longitude", "koordinat lat long", "koordinat latitude longitude",
        "koordinat usaha", "titik lokasi", "titik koordinat lokasi", "lintang bujur",
    ),
    "name_owner": (
        "nama perusahaan/pemilik", "nama usaha/pemilik", "nama ikm/pemilik", "perusahaan/pemilik",
        "nama usaha/nama pemilik", "nama perusahaan/nama pemilik", "nama ikm/nama pemilik",
        "nama usaha dan pemilik", "nama perusahaan dan pemilik", "nama usaha & pemilik",
        "nama umkm/pemilik", "nama perusahaan/pengusaha", "nama usaha/pengusaha",
    ),
    "owner_firm": (
        "nama pemilik/perusahaan", "nama pemilik/nama usaha",
        "nama pemilik/nama perusahaan", "nama pengusaha/perusahaan", "pemilik/perusahaan",
        "pemilik/nama usaha", "nama pemilik/ikm",
    ),
    "rt": ("rt", "rt usaha", "alamat rt"),
    "rw": ("rw", "rw usaha", "alamat rw"),
    "rt_rw": ("rt/rw", "rt rw", "rt/rw usaha", "alamat rt/rw"),
    "block": ("blok", "dusun", "blok/dusun", "dusun/blok", "dusun/kampung", "kampung",
              "alamat blok",
              "alamat dusun", "lingkungan", "blok usaha"),
}  # fmt: skip

# Headings of the identity number of a person: the column is dropped unread.
IDENTITY = (
    "nik", "no nik", "nomor nik", "nik pengusaha", "nik pemilik", "no ktp", "nomor ktp", "ktp",
    "nomor induk kependudukan", "nomor induk kependudukan (nik)", "no ktp/nik", "nik/no ktp",
)  # fmt: skip
# Words that make any heading one of an identity number …
IDENTITY_WORDS = frozenset({"nik", "ktp", "kependudukan"})
# … unless the heading asks for something else of the identity card.
NOT_IDENTITY_WORDS = frozenset(
    {"nama", "alamat", "foto", "scan", "berkas", "file", "tanggal", "tgl"}
)

# Words of a pivot table that the program itself writes.
PIVOT = (
    "row labels",
    "label baris",
    "column labels",
    "label kolom",
    "grand total",
    "total keseluruhan",
)
PIVOT_STARTS = ("count of ", "sum of ", "average of ", "jumlah dari ", "hitungan dari ",
                "cacah dari ")  # fmt: skip

# Headings of sheets that count firms instead of listing them.
COUNTING = (
    "jumlah unit", "jumlah ikm", "jumlah unit usaha", "jumlah usaha", "unit usaha",
    "jumlah industri", "jumlah perusahaan", "jml ikm", "jml unit", "jumlah ukm", "jumlah umkm",
    "jml usaha", "banyaknya usaha",
)  # fmt: skip
