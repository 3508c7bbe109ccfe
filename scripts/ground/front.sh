# Finds a Python that can build the environment and hands the command over to it.
#
# Sourced by the commands in scripts/, with their path in $self. Rule: nothing but bash and Python
# is needed here, and what is missing is said in one sentence.

ground=$(cd "$(dirname "$self")/ground" && pwd -P)

# Status 0: usable; 3: new enough, but without the modules that make an environment.
question='
import sys
if sys.version_info < (3, 11):
    sys.exit(4)
try:
    import ensurepip, venv
except ImportError:
    sys.exit(3)
'

for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python; do
  status=0
  "$candidate" -c "$question" >/dev/null 2>&1 || status=$?
  if [ "$status" -eq 0 ]; then
    exec "$candidate" "$ground/__main__.py" "$(basename "$self")" "$@"
  elif [ "$status" -eq 3 ]; then
    without_venv=$candidate
  fi
done

if [ -n "${without_venv:-}" ]; then
  echo "Python ($without_venv) belum punya modul venv: pasang dahulu, misalnya paket python3-venv, lalu jalankan lagi." >&2
else
  echo "Python 3.11 atau lebih baru tidak ditemukan: pasang dahulu, lalu jalankan lagi (atau isi PYTHON dengan letaknya)." >&2
fi
exit 1
