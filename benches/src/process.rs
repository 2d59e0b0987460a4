//! Server processes, on a core of their own, and the CPU time they take.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use crate::Failure;

/// The core of the servers.
pub(crate) const SERVER_CORE: &str = "0";

/// Both, for a server with a worker on each.
pub(crate) const ALL_CORES: &str = "0,1";

/// The core of the load generator.
const CLIENT_CORE: &str = "1";

/// How the threads are called that actix-web answers requests on.
const WORKER: &str = "actix-rt";

/// Names a program, with its arguments, that our servers run under: a profiler.
const UNDER: &str = "AUTH_BENCHES_UNDER";

/// Whether what is measured is not the servers alone.
pub(crate) fn is_profiled() -> bool {
    std::env::var_os(UNDER).is_some()
}

/// A running server; stopped when dropped.
pub(crate) struct Server {
    child: Child,
    stdin: Option<ChildStdin>,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// This program as a server of `kind`, on `cores` (as `taskset -c` takes them).
    pub(crate) fn start(kind: &str, workers: usize, cores: &str) -> Result<Self, Failure> {
        Self::start_with(kind, workers, cores, [])
    }

    /// The same, with these variables in its environment.
    pub(crate) fn start_with(
        kind: &str,
        workers: usize,
        cores: &str,
        variables: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Result<Self, Failure> {
        let this = std::env::current_exe()?;
        let mut command = match std::env::var(UNDER) {
            Ok(under) => {
                let mut words = under.split_whitespace();
                let program = words.next().ok_or_else(|| format!("{UNDER} is empty"))?;
                let mut command = pinned(Path::new(program), cores);
                command.args(words).arg(this);
                command
            }
            Err(_) => pinned(&this, cores),
        };
        command.args(["serve", kind, &workers.to_string()]);
        Self::spawn(command.envs(variables))
    }

    /// A program that prints its port in its first line and ends when its standard input does.
    pub(crate) fn spawn(command: &mut Command) -> Result<Self, Failure> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().ok_or("the server has no output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let port = line
            .trim()
            .parse()
            .map_err(|_| format!("the server did not start: {line}"))?;
        Ok(Self {
            child,
            stdin,
            address: SocketAddr::from(([127, 0, 0, 1], port)),
        })
    }

    /// What all threads took so far.
    pub(crate) fn times(&self) -> Result<Times, Failure> {
        let mut total = Times::default();
        for task in self.threads()? {
            let times = Times::read(&task?.path())?;
            total.cpu += times.cpu;
            total.waited += times.waited;
        }
        Ok(total)
    }

    /// Gives each worker a core of its own. Left to the kernel, two workers share a core in one burst
    /// and not in the next, and the burst in which they do is cheaper by a third.
    ///
    /// To be called when the server has answered: its workers run then.
    pub(crate) fn spread_workers(&self) -> Result<(), Failure> {
        let mut cores = ALL_CORES.split(',').cycle();
        for task in self.threads()? {
            let task = task?;
            if !fs::read_to_string(task.path().join("comm"))?.starts_with(WORKER) {
                continue;
            }
            let core = cores.next().unwrap_or(SERVER_CORE);
            let mut command = Command::new("taskset");
            command.args(["-p", "-c", core]).arg(task.file_name());
            if !command.stdout(Stdio::null()).status()?.success() {
                return Err("a worker cannot be given a core".into());
            }
        }
        Ok(())
    }

    fn threads(&self) -> Result<fs::ReadDir, Failure> {
        let process = Path::new("/proc").join(self.child.id().to_string());
        Ok(fs::read_dir(process.join("task"))?)
    }
}

/// Where the time of threads went.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Times {
    /// On a core, in user and kernel space.
    pub(crate) cpu: Duration,
    /// Ready to run, while something else had the core.
    pub(crate) waited: Duration,
}

impl Times {
    /// Those of the thread that asks.
    pub(crate) fn of_this_thread() -> Result<Self, Failure> {
        Self::read(Path::new("/proc/thread-self"))
    }

    /// `schedstat` has nanoseconds, where `stat` has ticks of 10 ms.
    fn read(task: &Path) -> Result<Self, Failure> {
        Self::parse(&fs::read_to_string(task.join("schedstat"))?)
    }

    fn parse(schedstat: &str) -> Result<Self, Failure> {
        let mut fields = schedstat.split_whitespace();
        let mut next = || -> Result<Duration, Failure> {
            let field = fields.next().ok_or("schedstat has too few fields")?;
            Ok(Duration::from_nanos(field.parse()?))
        };
        Ok(Self {
            cpu: next()?,
            waited: next()?,
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let _ = self.child.wait();
    }
}

/// Runs this program again, on a core that the servers do not use.
pub(crate) fn run_pinned(arguments: &[String]) -> Result<(), Failure> {
    let mut command = pinned(&std::env::current_exe()?, CLIENT_CORE);
    let status = command.arg("pinned").args(arguments).status()?;
    if !status.success() {
        return Err("the benchmark did not finish".into());
    }
    Ok(())
}

/// `program` on `cores`; anywhere, where there is no `taskset`.
pub(crate) fn pinned(program: &Path, cores: &str) -> Command {
    if !can_pin() {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["-c", cores]).arg(program);
    command
}

/// Whether processes can be given a core each.
pub(crate) fn can_pin() -> bool {
    let pinned = |core| {
        Command::new("taskset")
            .args(["-c", core, "true"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    pinned(SERVER_CORE) && pinned(CLIENT_CORE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_the_first_two_fields() {
        let times = Times::parse("1500 20 3\n").unwrap();
        assert_eq!(times.cpu, Duration::from_nanos(1500));
        assert_eq!(times.waited, Duration::from_nanos(20));
        assert!(Times::parse("1500").is_err());
        assert!(Times::parse("a b c").is_err());
    }
}
