//! Ever longer texts → how much longer they take, and how much memory: 1 MB and 10 MB of each shape and of what breaks readers.
//!
//! `cargo xtask bench --growth`. Both lengths are read in one run, in turns and each the best of several, in time
//! on the processor. Ten times the text may take twelve times as long, and a text twelve times its own bytes at the peak,
//! beyond the text itself. A line that needs more is marked and ends the run with an error.
//! The view, which holds every clause's text once more and its runs once again, is counted apart.
//!
//! Memory is what the program asks for; a block that grows is counted as grown in place, as large ones do (mremap). The
//! allocator counts for a process, so each input has a process of its own.

use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use std::{alloc, env, fs};

use cap::Cap;
use policy_reader::{Format, Options, analyze};

#[global_allocator]
static MEMORY: Cap<alloc::System> = Cap::new(alloc::System, usize::MAX);

/// Bytes of the shorter text; the longer one has ten times as many.
const MEGABYTE: usize = 1_000_000;
/// What ten times the text may cost: as multiple of the time of one, and of its own bytes.
const MOST: f64 = 12.0;
/// A short text is read so often in a turn: a system may count a process's time in steps of milliseconds.
const READINGS: u32 = 10;
/// Turns of both, after the long one has been read once, which shows its memory.
const TURNS: usize = 2;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    // `cargo test --benches` passes --test: then a few kilobytes show that it runs.
    let quick = args.iter().any(|arg| arg == "--test");
    if let Some(name) = args.iter().position(|arg| arg == "--one").and_then(|at| args.get(at + 1)) {
        return if one(name, quick) { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let only: Vec<&String> = args.iter().filter(|arg| !arg.starts_with("--")).collect();
    println!(
        "{:<26} {:>9} {:>9} {:>6} {:>8} {:>8} {:>9}",
        "input", "1 MB ms", "10 MB ms", "times", "peak", "kept", "with view"
    );
    let mut good = true;
    for name in NAMES.iter().filter(|name| only.is_empty() || only.iter().any(|only| name.contains(only.as_str()))) {
        let program = env::current_exe().expect("the program's own path");
        let mut child = Command::new(program);
        child.args(["--one", name]).args(quick.then_some("--test"));
        // glibc keeps what it once had, so that both lengths are read into pages that are there. The kernel's own time is 1
        // or 2 % of a run either way, but without this, markdown took 13.7 instead of 11.3 times as long.
        child.env("MALLOC_MMAP_MAX_", "0").env("MALLOC_TRIM_THRESHOLD_", "68719476736");
        good &= child.status().is_ok_and(|status| status.success());
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Reads one input at both lengths and prints its line; whether it keeps within bounds.
fn one(name: &str, quick: bool) -> bool {
    let unit = if quick { 2_000 } else { MEGABYTE };
    let (small, large) = (input(name, unit), input(name, 10 * unit));
    let options = Options { format: format(name), ..Options::default() };
    // The words of data/ are read once for the process.
    drop(analyze("", &options));
    let before = MEMORY.allocated();
    let (mut once, mut tenfold) = (Duration::MAX, Duration::MAX);
    // The allocator keeps the highest mark of the process: memory is what the first reading of the longer text takes.
    let start = Clock::start();
    let analysis = black_box(analyze(black_box(&large), &options));
    tenfold = tenfold.min(start.elapsed());
    let (peak, kept) = (MEMORY.max_allocated() - before, MEMORY.allocated() - before);
    drop(black_box(analysis.view()));
    let whole = MEMORY.max_allocated() - before;
    drop(analysis);
    for _ in 0..if quick { 1 } else { TURNS } {
        once = once.min(time(&small, &options, READINGS) / READINGS);
        tenfold = tenfold.min(time(&large, &options, 1));
    }
    let times = tenfold.as_secs_f64() / once.as_secs_f64();
    let of = |bytes: usize| bytes as f64 / large.len() as f64;
    let (slow, wide) = (times > MOST, of(peak) > MOST);
    println!(
        "{name:<26} {:>9.1} {:>9.1} {times:>6.1} {:>7.1}x {:>7.1}x {:>8.1}x{}{}",
        once.as_secs_f64() * 1e3,
        tenfold.as_secs_f64() * 1e3,
        of(peak),
        of(kept),
        of(whole),
        if slow { "  slow" } else { "" },
        if wide { "  wide" } else { "" },
    );
    quick || !(slow || wide)
}

fn time(text: &str, options: &Options, readings: u32) -> Duration {
    let start = Clock::start();
    for _ in 0..readings {
        black_box(analyze(black_box(text), options));
    }
    start.elapsed()
}

/// Time on a processor, where Linux tells it: of a machine that does other things, only the caches are felt.
struct Clock(Option<Duration>, Instant);

impl Clock {
    fn start() -> Self {
        Self(Self::spent(), Instant::now())
    }

    /// proc(5): the first number is what the main thread has spent on a processor, in nanoseconds.
    fn spent() -> Option<Duration> {
        let told = fs::read_to_string("/proc/self/schedstat").ok()?;
        told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    }

    fn elapsed(&self) -> Duration {
        match (self.0, Self::spent()) {
            (Some(start), Some(end)) if end > start => end.saturating_sub(start),
            _ => self.1.elapsed(),
        }
    }
}

/// What is read: policies in each shape, and what has broken readers of this kind.
const NAMES: [&str; 32] = [
    "markdown",
    "html",
    "plain",
    "torn",
    "one line",
    "nested quotes",
    "nested block quotes",
    "nested brackets",
    "nested square brackets",
    "nested links",
    "nested elements",
    "nested lists",
    "nested tables",
    "emphasis",
    "bold",
    "bold in lines",
    "mis-nested tags",
    "wide table",
    "long table",
    "html table",
    "ragged table",
    "ragged html table",
    "recipients",
    "flattened table",
    "one clause",
    "permissions",
    "ages",
    "affiliates",
    "one address",
    "addresses",
    "million headings",
    "million numbered lines",
];

fn format(name: &str) -> Option<Format> {
    match name {
        "nested block quotes"
        | "nested square brackets"
        | "nested links"
        | "emphasis"
        | "bold"
        | "bold in lines"
        | "wide table"
        | "ragged table"
        | "recipients"
        | "long table"
        | "million headings" => Some(Format::Markdown),
        "nested elements" | "nested lists" | "nested tables" | "mis-nested tags" | "html table"
        | "ragged html table" => Some(Format::Html),
        "nested quotes"
        | "nested brackets"
        | "flattened table"
        | "one clause"
        | "permissions"
        | "ages"
        | "affiliates"
        | "one address"
        | "addresses"
        | "million numbered lines" => Some(Format::Plain),
        // A policy's shape has to be recognised.
        _ => None,
    }
}

/// The input of that name, of about so many bytes.
fn input(name: &str, bytes: usize) -> String {
    let repeat = |unit: &str| unit.repeat(bytes / unit.len());
    let nested = |open: &str, close: &str| {
        let times = bytes / (open.len() + close.len());
        let mut out = String::with_capacity(bytes + 6);
        (0..times).for_each(|_| out.push_str(open));
        out.push_str("我们");
        (0..times).for_each(|_| out.push_str(close));
        out
    };
    match name {
        "nested quotes" => nested("“", "”"),
        "nested block quotes" => repeat("> "),
        "nested brackets" => nested("（", "）"),
        "nested square brackets" => nested("[", "]"),
        "nested links" => nested("[", "](x)"),
        "nested elements" => nested("<div>", "</div>"),
        "nested lists" => nested("<ul><li>字", "</li></ul>"),
        "nested tables" => repeat("<table><tr><td>字"),
        "emphasis" => repeat("*字_字"),
        "bold" => repeat("**字。**字 ** 字"),
        "bold in lines" => repeat("**字\n字**字。**字\n"),
        "mis-nested tags" => repeat("<b><i>字</b></i>"),
        "wide table" => {
            let columns = bytes / 12;
            ["|字", "|---", "|值"].map(|cell| cell.repeat(columns) + "\n").concat()
        }
        "long table" => "|名称|用途|\n|---|---|\n".to_owned() + &repeat("|南风|推送消息|\n"),
        "html table" => "<table>".to_owned() + &repeat("<tr><td rowspan=2>南风<td>推送消息<tr><td>统计"),
        // The parser itself fills rows up, a quarter of a million cells at most.
        "ragged table" => {
            ["|字", "|---"].map(|cell| cell.repeat(bytes / 20) + "\n").concat() + &"|值|\n".repeat(bytes / 20)
        }
        "ragged html table" => {
            "<table><tr>".to_owned() + &"<td>字".repeat(bytes / 16) + &"<tr><td>值".repeat(bytes / 24)
        }
        "recipients" => {
            numbered("|名称|公司名称|\n|---|---|\n", bytes, |n| format!("|南风{n}|南风{n}科技有限公司|\n"))
        }
        "one address" => repeat("如有疑问，请发邮件至kf@nanfeng.example。\n"),
        "addresses" => numbered("", bytes, |n| format!("联系人{n}的邮箱：kf{n}@nanfeng.example。\n")),
        "flattened table" => {
            "一、概述 二、收集 三、第三方 名称 用途 信息 ".to_owned() + &repeat("南风SDK 推送消息 设备号 ")
        }
        "permissions" => repeat("相机权限、"),
        "ages" => repeat("未满16岁、"),
        "affiliates" => repeat("关联公司、包括、"),
        "one clause" => repeat("南风SDK 推送消息 设备号 "),
        // Ten bytes each: a million are ten megabytes.
        "million headings" => repeat("## 收集\n"),
        "million numbered lines" => repeat("1.1 收集\n"),
        shape => policy(shape, bytes),
    }
}

/// Lines that all differ.
fn numbered(head: &str, bytes: usize, line: impl Fn(usize) -> String) -> String {
    let mut out = String::with_capacity(bytes + 200);
    out.push_str(head);
    for n in 0.. {
        if out.len() >= bytes {
            break;
        }
        out.push_str(&line(n));
    }
    out
}

/// One of the demo's policies in that shape, over and over.
fn policy(shape: &str, bytes: usize) -> String {
    let file = match shape {
        "markdown" => "studio.md",
        "html" => "bank.html",
        "torn" => "clinic.txt",
        "one line" => "fitness.txt",
        _ => "gallery.txt",
    };
    let file = format!("{}/www/samples/{file}", env!("CARGO_MANIFEST_DIR"));
    let source = fs::read_to_string(&file).expect("the sample stands in the repository");
    // Paragraphs of torn text stand far apart; a page in one line has no line to start.
    let joint = match shape {
        "torn" => "\n\n\n\n\n",
        "one line" => " ",
        _ => "\n\n",
    };
    let mut out = String::with_capacity(bytes + 2 * source.len());
    while out.len() < bytes {
        out.push_str(source.trim());
        out.push_str(joint);
    }
    out
}
