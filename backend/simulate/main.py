"""`tannha simulate`: plays couriers' phones and desks against a running server, and witnesses what it acknowledged."""

import argparse
import asyncio
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from backend.simulate import cast
from backend.simulate.carrier import Refused
from backend.simulate.cast import NobodyToPlay
from backend.simulate.faults import PROFILES, BadFaults, chosen
from backend.simulate.line import CentreSilent, ServerFault
from backend.simulate.plan import plan
from backend.simulate.report import Report
from backend.simulate.run import Run

COULD_NOT_PLAY = 2


def main(argv: Sequence[str] | None = None) -> int:
    """0: nothing lost, doubled, stuck or wrong. 1: something was; the report says what. 2: it could not be played."""
    arguments = _parser().parse_args(argv)
    try:
        faults = chosen(arguments.faults, arguments.fault)
        day = plan(arguments.seed, arguments.couriers, arguments.visits, faults)
        run_number = arguments.run or time.time_ns() // 1_000_000
        run = Run(
            cast.read(arguments.demo or cast.default_file()),
            day,
            faults,
            base=arguments.base,
            run=run_number,
            patience=arguments.patience,
        )
        report = asyncio.run(run.go())
    except (BadFaults, NobodyToPlay, OSError, msgspec.ValidationError, Refused, CentreSilent, ServerFault) as error:
        sys.stderr.write(f"tannha simulate: {error}\n")
        return COULD_NOT_PLAY
    sys.stdout.write(_json(report) if arguments.json else _words(report))
    return 0 if report.good else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tannha simulate", description=(main.__doc__ or "").partition("\n")[0])
    parser.add_argument("--base", default="", metavar="URL", help="máy chủ; mặc định theo demo.json · the server")
    parser.add_argument("--couriers", type=int, default=8, metavar="N", help="số máy bưu tá · phones")
    parser.add_argument("--visits", type=int, default=24, metavar="M", help="số lượt phục vụ · visits")
    parser.add_argument("--seed", type=int, default=1, help="cùng số, cùng kịch bản · the same seed is the same day")
    parser.add_argument("--demo", type=Path, metavar="TỆP", help="demo.json; mặc định trong TANNHA_DATA")
    parser.add_argument("--faults", default="none", choices=sorted(PROFILES), help="sự cố · what goes wrong")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="TÊN=SỐ",
        help="đổi một số · change one number: swallowed=1000 (a count), lost=0.1 (a share)",
    )
    parser.add_argument("--patience", type=float, default=120, metavar="GIÂY", help="chờ máy chủ bao lâu · seconds")
    parser.add_argument("--run", type=int, metavar="SỐ", help="số của lần chạy · same run and seed: the same ids")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON · one JSON object")
    return parser


def _json(report: Report) -> str:
    return msgspec.json.encode(report).decode() + "\n"


def _words(report: Report) -> str:
    acts, files = report.acts, report.files
    return (
        f"{report.visits} visits by {report.couriers} phones in {report.seconds} s: {acts['made']} acts, "
        f"{acts['acknowledged']} acknowledged, {acts['refused to a desk']} refused to a desk; "
        f"{files['received']} files, {files['bytes']} bytes\n"
        f"acknowledgement of a request: p50 {report.request_ms.p50} ms, p95 {report.request_ms.p95} ms, "
        f"p99 {report.request_ms.p99} ms\n"
        f"{report.at_counters['visits']} visits at counters by {report.at_counters['forms']} forms: "
        f"{', '.join(f'{name} {n}' for name, n in report.at_counters.items() if name not in ('visits', 'forms'))}\n"
        f"{report.compared} holders, charges, incidents and states of {report.cases_compared} cases compared\n"
        f"played: {', '.join(f'{name} {times}' for name, times in report.played.items())}\n"
        f"lost {report.lost}, doubled {report.doubled}, stuck {report.stuck}, wrong {report.wrong}\n"
    ) + "".join(f"{name}: {finding}\n" for name, found in report.findings.items() for finding in found)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    sys.exit(main())
