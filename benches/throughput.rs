//! The seed policies → how fast the whole analysis reads them, natively, on one core.
//!
//! `cargo xtask bench --native`. A figure is the median of the runs; the texts are ../shared/seeds where there is a corpus,
//! www/samples otherwise. Growth shows whether time is linear in the text: the same policy eight times over, per byte.
//! Labelling the clauses is timed alone as well: its rate, and what it adds to the time of everything else.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

use policy_reader::labels::{self, Line};
use policy_reader::{Analysis, Options, analyze};

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
    println!(
        "{:<28} {:>9} {:>10} {:>9} {:>8} {:>12} {:>8}",
        "policy", "bytes", "median ms", "MB/s", "growth", "labels MB/s", "labels +"
    );
    let (mut bytes, mut seconds, mut labelling) = (0, 0.0, 0.0);
    for (name, text) in &policies {
        let options = Options::default();
        let whole = |text: &str| drop(black_box(analyze(black_box(text), &options).view()));
        let once = median(quick, || whole(text));
        let long = text.repeat(8);
        let growth = median(quick, || whole(&long)) / 8.0 / once;
        let analysis = analyze(text, &options);
        let lines = lines(&analysis);
        let labels = median(quick, || drop(black_box(labels::label(black_box(&lines)))));
        bytes += text.len();
        seconds += once;
        labelling += labels;
        println!("{} {growth:>8.2} {}", figures(name, text.len(), once), share(text.len(), once, labels));
    }
    println!("{} {:>8} {}", figures("all", bytes, seconds), "", share(bytes, seconds, labelling));
}

/// Columns of the whole analysis.
fn figures(name: &str, bytes: usize, seconds: f64) -> String {
    format!("{name:<28} {bytes:>9} {:>10.3} {:>9.1}", seconds * 1e3, rate(bytes, seconds))
}

/// Columns of labelling alone.
fn share(bytes: usize, seconds: f64, labels: f64) -> String {
    format!("{:>12.1} {:>7.0}%", rate(bytes, labels), labels / (seconds - labels) * 100.0)
}

/// Headings and clauses as the labels see them.
fn lines(analysis: &Analysis) -> Vec<Line<'_>> {
    let text = &analysis.document.text;
    let headings = analysis.outline.sections.iter().map(|s| (s.title, true));
    let mut spans: Vec<_> = analysis.clauses.iter().map(|c| (c.span, false)).chain(headings).collect();
    spans.sort_unstable();
    spans.into_iter().map(|(span, heading)| Line { text: text.slice(span), heading }).collect()
}

/// Seconds for one piece of work: the median of the runs.
fn median(quick: bool, work: impl Fn()) -> f64 {
    let mut runs = vec![];
    let start = Instant::now();
    while runs.len() < if quick { 1 } else { RUNS } || (!quick && start.elapsed() < SPAN) {
        let run = Instant::now();
        work();
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
