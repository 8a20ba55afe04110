//! The seed policies → how fast the whole analysis reads them, natively, on one core.
//!
//! `cargo xtask bench --native`. A figure is the median of the runs; the texts are ../shared/seeds where there is a corpus,
//! www/samples otherwise. Growth shows whether time is linear in the text: the same policy eight times over, per byte.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

use policy_reader::{Options, analyze};

/// Every text is read for at least this long and this often.
const SPAN: Duration = Duration::from_millis(600);
const RUNS: usize = 9;

fn main() {
    // `cargo test --benches` passes --test: then once is enough to show that it runs.
    let quick = env::args().any(|arg| arg == "--test");
    let policies = policies();
    if policies.is_empty() {
        println!("no policy to read: neither ../shared/seeds nor www/samples");
        return;
    }
    println!("{:<28} {:>9} {:>10} {:>9} {:>8}", "policy", "bytes", "median ms", "MB/s", "growth");
    let (mut bytes, mut seconds) = (0, 0.0);
    for (name, text) in &policies {
        let once = median(text, quick);
        let long = text.repeat(8);
        let growth = median(&long, quick) / 8.0 / once;
        bytes += text.len();
        seconds += once;
        println!("{name:<28} {:>9} {:>10.3} {:>9.1} {growth:>8.2}", text.len(), once * 1e3, rate(text.len(), once));
    }
    println!("{:<28} {bytes:>9} {:>10.3} {:>9.1}", "all", seconds * 1e3, rate(bytes, seconds));
}

/// Seconds for one analysis: the median of the runs.
fn median(text: &str, quick: bool) -> f64 {
    let options = Options::default();
    let mut runs = vec![];
    let start = Instant::now();
    while runs.len() < if quick { 1 } else { RUNS } || (!quick && start.elapsed() < SPAN) {
        let run = Instant::now();
        black_box(analyze(black_box(text), &options).view());
        runs.push(run.elapsed());
    }
    runs.sort_unstable();
    runs.get(runs.len() / 2).map_or(0.0, Duration::as_secs_f64)
}

/// Megabytes (10⁶ bytes of UTF-8) a second.
#[allow(clippy::cast_precision_loss, reason = "a policy is far below 2⁵³ bytes")]
fn rate(bytes: usize, seconds: f64) -> f64 {
    bytes as f64 / 1e6 / seconds
}

/// The texts and their files' names, in the names' order.
fn policies() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seeds = root.join("../shared/seeds");
    let folder = if seeds.is_dir() { seeds } else { root.join("www/samples") };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    paths.sort();
    let read =
        |path: PathBuf| Some((path.file_name()?.to_string_lossy().into_owned(), fs::read_to_string(&path).ok()?));
    paths.into_iter().filter_map(read).collect()
}
