"""The functions' time zone data (internal/zone): IANA's, as compiled in PyPI's package tzdata."""
import datetime
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from .machine import ROOT
from .terminal import Failure

ARCHIVE = ROOT / "internal" / "zone" / "zoneinfo.zip"
# IANA changes rules several times a year, often a few weeks before they apply; browsers follow within a month or two.
_MAX_AGE = datetime.timedelta(days=180)


def fetch() -> None:
    """Fetches the newest release, and stores it with today's date."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, "tzdata"], check=True)
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            files = {name: wheel.read(name) for name in sorted(wheel.namelist())}
    release = files["tzdata/zoneinfo/tzdata.zi"].split(maxsplit=3)[2].decode()  # it begins with "# version 2026f"
    comment = f"{release} {datetime.date.today()}"
    with zipfile.ZipFile(ARCHIVE, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment.encode()
        for name, data in files.items():
            zone = name.removeprefix("tzdata/zoneinfo/")
            if data.startswith(b"TZif"):
                archive.writestr(zipfile.ZipInfo(zone), data, zipfile.ZIP_DEFLATED, 9)
    print(f"{ARCHIVE.relative_to(ROOT)}: {comment}")


def names() -> set[str]:
    """The zones that the functions know; this machine's Python may know others."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        return set(archive.namelist())


def check_age() -> None:
    with zipfile.ZipFile(ARCHIVE) as archive:
        release, taken = archive.comment.decode().split()
    if datetime.date.today() - datetime.date.fromisoformat(taken) > _MAX_AGE:
        raise Failure(f"The time zone data is {release}, last checked on {taken}: `make zones` fetches the newest.")
