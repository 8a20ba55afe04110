//! Compiled tests and a break → which of them notices it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The environment variable that switches a break on.
pub const SWITCH: &str = "POLICY_READER_BROKEN";

/// At once; more would not be faster where two cores are.
const WORKERS: usize = 2;

/// A test program is ended after so many times the seconds of its own that it needs without a break, and so many more: what
/// runs on for longer is a loop, and noticed. Seconds of the processor, for what else the machine does not to count.
const PATIENCE: (u64, u64) = (4, 10);

/// Kilobytes of memory; what takes more is noticed as well.
const MEMORY: u64 = 4_000_000;

/// Tests of how long something takes: beside others a break is not needed for them to fail.
const SKIPPED: &str = "time_";

/// A test program.
pub struct Tests {
    pub name: String,
    pub program: PathBuf,
    /// Without a break.
    pub takes: Duration,
    /// How many breaks it was tried on, and noticed.
    tried: AtomicUsize,
    caught: AtomicUsize,
}

impl Tests {
    /// Runs it once without a break; it must pass.
    pub fn new(name: String, program: PathBuf, root: &Path) -> Result<Self, String> {
        let start = Instant::now();
        let mut tests = Self { name, program, takes: Duration::from_mins(1), tried: 0.into(), caught: 0.into() };
        if let Some(failure) = tests.failure(0, root)? {
            return Err(format!("{} fails without a break: {failure}", tests.name));
        }
        tests.takes = start.elapsed();
        Ok(tests)
    }

    /// The first test that fails with a break, or how the program ended.
    fn failure(&self, id: usize, root: &Path) -> Result<Option<String>, String> {
        let seconds = self.takes.as_secs() * PATIENCE.0 + PATIENCE.1;
        let limits = format!("ulimit -v {MEMORY}; ulimit -t {seconds}; exec nice -n 15 \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &limits]).arg(&self.program).args(["--test-threads", "1", "--skip", SKIPPED]);
        command.env(SWITCH, id.to_string()).env("RUST_BACKTRACE", "0").current_dir(root);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let failed = |error: std::io::Error| format!("{}: {error}", self.program.display());
        let mut child = command.spawn().map_err(failed)?;
        let lines = child.stdout.take().map(|out| BufReader::new(out).lines()).into_iter().flatten();
        for line in lines.map_while(Result::ok) {
            if let Some(test) = line.strip_suffix("FAILED").filter(|line| line.starts_with("test ")) {
                // The rest would take its time and tell nothing more.
                child.kill().and_then(|()| child.wait()).map_err(failed)?;
                return Ok(Some(test.trim_start_matches("test ").trim_end_matches(" ... ").to_owned()));
            }
        }
        let status = child.wait().map_err(failed)?;
        Ok((!status.success()).then(|| status.to_string()))
    }

    /// How much of a break an average second of it finds; the more, the sooner it is tried.
    fn worth(&self) -> f64 {
        let share =
            |count: &AtomicUsize| f64::from(u32::try_from(count.load(Ordering::Relaxed)).unwrap_or(u32::MAX)) + 1.0;
        share(&self.caught) / share(&self.tried) / self.takes.as_secs_f64().max(0.01)
    }
}

/// Which tests noticed a break, and the first of them that failed.
pub type Noticed<'t> = (&'t str, String);

/// Tries every break.
pub fn run<'t>(tests: &'t [Tests], breaks: &[usize], root: &Path) -> Result<Vec<(usize, Option<Noticed<'t>>)>, String> {
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(&id) = breaks.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let noticed = notice(tests, id, root).map(|noticed| (id, noticed));
                    found.lock().expect("no worker panics").push(noticed);
                }
            });
        }
    });
    found.into_inner().expect("no worker panics").into_iter().collect()
}

/// The first test that notices a break.
fn notice<'t>(tests: &'t [Tests], id: usize, root: &Path) -> Result<Option<Noticed<'t>>, String> {
    let mut order: Vec<&Tests> = tests.iter().collect();
    order.sort_by(|a, b| b.worth().total_cmp(&a.worth()));
    for tests in order {
        tests.tried.fetch_add(1, Ordering::Relaxed);
        if let Some(failure) = tests.failure(id, root)? {
            tests.caught.fetch_add(1, Ordering::Relaxed);
            return Ok(Some((&tests.name, failure)));
        }
    }
    Ok(None)
}
