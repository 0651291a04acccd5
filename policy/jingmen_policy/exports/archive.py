"""Office files are ZIP archives; the same content makes the same bytes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def dated(archive: bytes, moment: datetime) -> bytes:
    """The archive with one moment as the day it was made and changed, whenever it was written."""
    stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    made = BytesIO()
    with ZipFile(BytesIO(archive)) as given, ZipFile(made, "w") as taken:
        for name in given.namelist():
            content = given.read(name)
            if name == _CORE:
                content = _STAMP.sub(lambda match: match[1] + stamp + match[3], content)
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            taken.writestr(entry, content)
    return made.getvalue()
