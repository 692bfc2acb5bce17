"""Children that never outlive the process that started them."""

import ctypes
import os
import signal
import subprocess
import sys

_PR_SET_PDEATHSIG = 1

_libc: ctypes.CDLL | None = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(with_signal: int, parent: int) -> None:
    """Asks the kernel to send us `with_signal` when the *thread* that started this process ends. Linux only.

    To be called after the account is changed, which clears it. `parent`: who started us; if it is gone already, we end.
    """
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, with_signal, 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)


def watch(process: "subprocess.Popen[bytes]", with_signal: int) -> "subprocess.Popen[bytes] | None":
    """Where the kernel cannot do it: a shell waits for the end of a pipe that only we hold, then signals `process`."""
    if _libc is not None:
        return None
    command = ["/bin/sh", "-c", 'read -r _; kill -"$1" "$0"', str(process.pid), str(with_signal)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603


def forget(watchdog: "subprocess.Popen[bytes] | None") -> None:
    """The watched process has ended; so does its watchdog."""
    if watchdog is not None:
        watchdog.kill()
        watchdog.communicate()
