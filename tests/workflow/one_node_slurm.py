"""A whole Slurm of one node on this machine, on loopback ports, in a temporary folder."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "sinfo", "scancel")
_SYSTEM_PATH = f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin{os.pathsep}/sbin"


def why_not() -> str | None:
    """Return what keeps this machine from running Slurm, None if nothing does."""
    absent = [name for name in PROGRAMS if shutil.which(name, path=_SYSTEM_PATH) is None]
    if absent:
        return f"{', '.join(absent)} not installed (Debian: apt install munge slurm-wlm)"
    return None if os.geteuid() == 0 else "slurmd needs root to start jobs"


@dataclass
class Slurm:
    """The running cluster; `environment` is what a client needs."""

    folder: Path
    environment: Mapping[str, str]
    daemons: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def ask(self, *command: str) -> str:
        done = subprocess.run(
            command,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        return done.stdout

    def wait_until_idle(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while "idle" not in self.ask("sinfo", "--noheader", "--format=%T"):
            if time.monotonic() > deadline:
                logs = "".join(
                    f"== {log}\n{log.read_text()[-2000:]}" for log in self.folder.glob("*.log")
                )
                raise TimeoutError(f"the node did not come up in {seconds} s\n{logs}")
            time.sleep(0.2)

    def cancel_jobs(self) -> None:
        """Kill every job that waits or runs; return when none is left."""
        deadline = time.monotonic() + 30
        while jobs := self.ask("squeue", "--noheader", "--format=%A").split():
            self.ask("scancel", *jobs)
            if time.monotonic() > deadline:
                raise TimeoutError(f"jobs {' '.join(jobs)} do not end")
            time.sleep(0.2)

    def start(self, *command: str) -> None:
        log = (self.folder / f"{command[0]}.out.log").open("wb")
        self.daemons.append(
            subprocess.Popen(
                command,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PATH": _SYSTEM_PATH, **self.environment},
                start_new_session=True,
            )
        )
        log.close()

    def stop(self) -> None:
        """End the jobs and then the daemons, each by its own process id, the last started first."""
        self.cancel_jobs()
        for daemon in reversed(self.daemons):
            for sign, seconds in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
                if daemon.poll() is None:
                    daemon.send_signal(sign)
                    try:
                        daemon.wait(seconds)
                    except subprocess.TimeoutExpired:
                        continue


@contextmanager
def one_node_slurm(folder: Path) -> Iterator[Slurm]:
    """Start munged, slurmctld and slurmd; end them again, whatever happens."""
    for name in ("state", "spool"):
        (folder / name).mkdir(parents=True)
    folder.chmod(0o755)
    key = folder / "munge.key"
    key.write_bytes(os.urandom(1024))
    key.chmod(0o400)
    config = folder / "slurm.conf"
    config.write_text(_config(folder))
    slurm = Slurm(folder, {"SLURM_CONF": str(config)})
    try:
        slurm.start(
            *("munged", "--foreground", "--force", f"--key-file={key}"),
            *(f"--socket={folder}/munge.socket", f"--pid-file={folder}/munged.pid"),
            *(f"--log-file={folder}/munged.log", f"--seed-file={folder}/munged.seed"),
        )
        _wait_for(folder / "munge.socket")
        slurm.start("slurmctld", "-D", "-f", str(config))
        slurm.start("slurmd", "-D", "-f", str(config), "-N", "node1")
        slurm.wait_until_idle(60)
        yield slurm
    finally:
        slurm.stop()


def _config(folder: Path) -> str:
    controller, node = _free_ports(2)
    name = socket.gethostname()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20 * 9 // 10
    size = f"CPUs={os.cpu_count()} RealMemory={memory} State=UNKNOWN"
    return "\n".join(
        [
            "ClusterName=test",
            f"SlurmctldHost={name}(127.0.0.1)",
            "SlurmUser=root",
            "SlurmdUser=root",
            f"SlurmctldPort={controller}",
            f"SlurmdPort={node}",
            "AuthType=auth/munge",
            f"AuthInfo=socket={folder}/munge.socket",
            "CredType=cred/munge",
            f"StateSaveLocation={folder}/state",
            f"SlurmdSpoolDir={folder}/spool",
            f"SlurmctldPidFile={folder}/slurmctld.pid",
            f"SlurmdPidFile={folder}/slurmd.pid",
            f"SlurmctldLogFile={folder}/slurmctld.log",
            f"SlurmdLogFile={folder}/slurmd.log",
            "ProctrackType=proctrack/linuxproc",
            "TaskPlugin=task/none",
            "SelectType=select/cons_tres",
            "SelectTypeParameters=CR_Core_Memory",
            "SchedulerParameters=sched_interval=1,sched_min_interval=100000",
            "CommunicationParameters=NoCtldInAddrAny,NoInAddrAny",
            "MpiDefault=none",
            "ReturnToService=2",
            "MinJobAge=600",
            "KillWait=2",
            f"NodeName=node1 NodeHostname={name} NodeAddr=127.0.0.1 Port={node} {size}",
            "PartitionName=test Nodes=node1 Default=YES MaxTime=INFINITE State=UP",
            "",
        ]
    )


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _wait_for(path: Path, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not path.exists():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{path} did not appear")
        time.sleep(0.05)
