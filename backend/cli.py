"""The command `tannha`. What a subcommand needs is loaded when it is called, so that each starts at once."""
# ruff: noqa: PLC0415

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path

from backend import config
from backend.config import BadSetting, CannotRun, Settings


def main(argv: Sequence[str] | None = None) -> int:
    """The exit status: 0 done; 1 refused, with a sentence that says what to do; 2 wrong arguments."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        # What these two understand is their own business, `--help` included.
        if words and words[0] == "simulate":
            return _simulate(words[1:])
        if words and words[0] == "verify":
            return _verify(config.read(), words[1:])
        arguments = _parser().parse_args(words)
        return arguments.command(arguments)
    except CannotRun as error:
        sys.stderr.write(f"tannha: {error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tannha", description="Tận Nhà: hành chính công tận nhà")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")

    def add(name: str, run: Callable[[argparse.Namespace], int], said: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=said, description=said)
        command.set_defaults(command=run)
        return command

    add("serve", _serve, "chạy hệ thống · run the system")
    add("demo", _demo, "chạy bản thử với dữ liệu mẫu, dùng tiếp dữ liệu đã có · run it with sample data")
    add("demo-reset", _demo_reset, "xóa dữ liệu của bản thử · throw the demo's data away")
    init = add("init", _init, "tạo cơ sở dữ liệu, khóa, danh mục · make database, keys and lists")
    init.add_argument("--new-keys", action="store_true", help="khóa cũ đã mất: tạo khóa mới · the old keys are lost")
    add("migrate", _migrate, "nâng cấp cơ sở dữ liệu · bring the database to this version")
    backup = add(
        "backup", _backup, "sao lưu, hoặc sao lưu tiếp vào thư mục cũ; không có khóa · back up, without the keys"
    )
    backup.add_argument("folder", type=Path, metavar="THƯ_MỤC")
    restore = add("restore", _restore, "khôi phục vào TANNHA_DATA còn trống · restore into an empty TANNHA_DATA")
    restore.add_argument("folder", type=Path, nargs="?", metavar="THƯ_MỤC")
    restore.add_argument("--at", type=_instant, metavar="LÚC", help="về lúc nào · 2026-03-02T08:00:00+07:00")
    restore.add_argument(
        "--done", action="store_true", help="máy chủ riêng đã khôi phục xong · restored by other tools"
    )
    add("schema", _schema, "ghi lại migrations/schema.sql · write migrations/schema.sql")
    add("notice-secret", _notice_secret, "khóa ký tin, đưa cho cổng gửi tin · what the message gateway checks us by")
    add("settings", _settings, "bảng các thiết lập · the table of settings")
    for name, said in (
        ("simulate", "chạy mô phỏng · simulate"),
        ("verify", "kiểm tra toàn bộ dữ liệu · check all data"),
    ):
        commands.add_parser(name, help=said)
    return parser


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError("thêm múi giờ, như +07:00")
    return at


def _serve(_: argparse.Namespace) -> int:
    return _run(config.read())


def _demo(_: argparse.Namespace) -> int:
    return _run(config.read({**os.environ, "TANNHA_DEMO": "true"}))


def _run(settings: Settings) -> int:
    from backend import logs
    from backend.server import Parent

    logs.configure(readable=settings.demo)
    return Parent(settings).run(_announce)


def _announce(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _demo_reset(_: argparse.Namespace) -> int:
    from backend import installation

    settings = config.read({**os.environ, "TANNHA_DEMO": "true"})
    installation.throw_demo_away(settings)
    return 0


def _init(arguments: argparse.Namespace) -> int:
    from backend import installation, seeds

    settings = config.read()
    with installation.database(settings) as server:
        asyncio.run(installation.prepare(settings, server, new_keys=arguments.new_keys))
        if not settings.demo:  # the demo loads it with the rest
            asyncio.run(seeds.load_into(installation.with_database(settings, server)))
    sys.stdout.write(f"{settings.data}\n{settings.keys}\n")
    return 0


def _migrate(_: argparse.Namespace) -> int:
    from backend import installation

    settings = config.read()
    with installation.database(settings) as server:
        for name in asyncio.run(installation.bring_forward(settings, server)):
            sys.stdout.write(f"{name}\n")
    return 0


def _backup(arguments: argparse.Namespace) -> int:
    from backend.backup import back_up

    manifest = back_up(config.read(), arguments.folder)
    sys.stdout.write(f"{arguments.folder}: {manifest.begins.isoformat()} .. {manifest.until.isoformat()}\n")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    from backend import installation, restore

    settings = config.read()
    if arguments.done:
        epoch = asyncio.run(restore.begin_epoch(installation.owner_url(settings)))
    elif arguments.folder is None:
        raise BadSetting("tannha restore: say from which folder")
    else:
        epoch = restore.restore(settings, arguments.folder, arguments.at)
    sys.stdout.write(f"epoch {epoch}\n")
    return _verify(settings, [])


def _simulate(argv: Sequence[str]) -> int:
    return import_module("backend.simulate.main").main(argv)


def _verify(settings: Settings, argv: Sequence[str]) -> int:
    """With the addresses of the database in the environment, started for it if need be."""
    from backend import installation

    with installation.database(settings) as server:
        os.environ.update(config.environment(installation.with_database(settings, server)))
        return import_module("backend.verify.main").main(argv)


def _schema(_: argparse.Namespace) -> int:
    from backend import migrate, schema

    (migrate.folder() / "schema.sql").write_text(schema.dump(), "utf-8")
    return 0


def _notice_secret(_: argparse.Namespace) -> int:
    from backend.clock import system_clock
    from backend.keys import KeyRing
    from backend.notices import senders

    for secret in senders.secrets(KeyRing.open(config.read().keys), system_clock()):
        sys.stdout.write(f"{secret}\n")
    return 0


def _settings(_: argparse.Namespace) -> int:
    sys.stdout.write(config.markdown())
    return 0
