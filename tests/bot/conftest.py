"""The command line in this process (fast) and as the installed console script (real)."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner

from dondoc.bot.cli import app

SCRIPT = Path(sys.executable).with_name("dondoc")
NOW = "2024-06-19T07:00+07:00"

REGISTRY = """\
Mã đơn vị,Tên đơn vị,Loại,Đơn vị cấp trên,Tên khác,Người liên hệ,Chức vụ,Điện thoại
UBNDH,UBND huyện Bình Sơn,UBND huyện,,,,,
VPH,Văn phòng HĐND và UBND huyện Bình Sơn,Văn phòng,UBNDH,VP HĐND&UBND huyện,,,
PGD,Phòng Giáo dục và Đào tạo,Phòng,UBNDH,PGDĐT;Phòng GD,Võ Minh Tâm,Trưởng phòng,0900000001
TCKH,Phòng Tài chính – Kế hoạch,Phòng,UBNDH,,Hà Thu Trang,Trưởng phòng,0900000002
MN1,Trường Mầm non Hoa Mai,Mầm non,UBNDH,MN Hoa Mai,Lý Thị Thơm,Hiệu trưởng,0900000003
TH1,Trường Tiểu học Bình Chánh,Tiểu học,UBNDH,TH Bình Chánh,Phan Văn Khải,Hiệu trưởng,0900000004
LC1,Trường TH&THCS Bình Tân,TH&THCS,UBNDH,,Đoàn Thị Nga,Hiệu trưởng,0900000005
CS1,Trường THCS Bình Minh,THCS,UBNDH,,,,
PT1,Trường THPT Bình Sơn,THPT,,,Trương Quốc Việt,Hiệu trưởng,0900000006
XA1,UBND xã Bình Chánh,UBND xã,UBNDH,,Lương Văn Hòa,Chủ tịch,0900000007
TT1,UBND thị trấn Châu Ổ,UBND thị trấn,UBNDH,,Tạ Thị Yến,Phó Chủ tịch,0900000008
"""
SCHOOLS = {"MN1", "TH1", "LC1", "CS1"}

# A directive of our own in the usual form: a date for all schools, one for the department, a duty without a date.
DIRECTIVE = """\
ỦY BAN NHÂN DÂN
HUYỆN BÌNH SƠN
Số: 57/TB-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Sơn, ngày 17 tháng 6 năm 2024

THÔNG BÁO

Kết luận của Chủ tịch UBND huyện tại cuộc họp về chuẩn bị năm học mới

Sau khi nghe các ý kiến, Chủ tịch UBND huyện kết luận và chỉ đạo như sau:

1. Các trường học thuộc huyện

- Rà soát cơ sở vật chất, lập danh mục sửa chữa gửi về UBND huyện (qua Phòng Giáo dục và Đào tạo) trước ngày 05/7/2024.

- Tăng cường tuyên truyền để phụ huynh hiểu và phối hợp với nhà trường.

2. Phòng Giáo dục và Đào tạo

- Tổng hợp, báo cáo UBND huyện kết quả rà soát của các trường. Hoàn thành trước ngày 12/7/2024.

Nơi nhận:
- Như trên;
- Lưu: VT.

TL. CHỦ TỊCH
CHÁNH VĂN PHÒNG

Nguyễn Văn Bình
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The whole of stdout as one JSON document."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Shell:
    """A working folder with an installation in it."""

    folder: Path
    environment: dict[str, str]

    def path(self, name: str, content: str) -> Path:
        file = self.folder / name
        file.write_text(content, encoding="utf-8")
        return file

    def run(self, *arguments: object, stdin: str = "") -> Ended:
        """The command in this process. A defect in it fails the test with its own traceback."""
        result = CliRunner().invoke(app, [str(one) for one in arguments], input=stdin, env=dict(self.environment))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ended(result.exit_code, result.stdout, result.stderr)

    def script(self, *arguments: object, stdin: str = "", cwd: Path | None = None, **more: str) -> Ended:
        """The installed console script in a process of its own."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DONDOC_")}
        done = subprocess.run(
            [SCRIPT, *map(str, arguments)],
            input=stdin.encode(),
            capture_output=True,
            cwd=cwd or self.folder,
            env={**environment, **self.environment, **more},
            timeout=120,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """Each command configures the logging of its process; the test process gets its own back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    # Loggers that a command made quiet would stay so for the tests of other rooms.
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))
    logging.captureWarnings(False)
    structlog.reset_defaults()


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A working folder of its own, with the office's clock at 07:00 on 19/6/2024."""
    for name in [name for name in os.environ if name.startswith("DONDOC_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, {"DONDOC_DATA_DIR": str(tmp_path / "data"), "DONDOC_NOW": NOW, "COLUMNS": "240"})


@pytest.fixture
def imported(shell: Shell) -> Shell:
    """An installation whose registry is imported."""
    ended = shell.run("units", "import", shell.path("units.csv", REGISTRY))
    assert ended.code == 0, ended.err
    return shell
