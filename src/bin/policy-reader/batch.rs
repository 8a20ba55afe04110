//! Many policies, as files or as lines of JSON → one line of JSON each: the analysis, or what was wrong with the policy.
//!
//! ```text
//! input  = { "id": any, "text" | "markdown" | "html": string } a line, or the paths of files
//! output = { "id": …, "schema": 1, … } or { "id": …, "line": n, "error": "…" } a line
//! ```
//! One thread reads, as many as there are cores analyse, one writes. Nobody runs further ahead of the writer than
//! [`WINDOW`] policies, so that memory does not grow with the input, in order or not.

use policy_reader::{Format, Options, analyze};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead, IsTerminal as _, Write};
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Policies that are read and not yet written, at most: enough that a long one does not stop the others.
const WINDOW: usize = 64;
/// Bytes of a line that are still taken for a policy (the longest known one has 0.4 MB); what is longer is told as an
/// error and passed over, not held.
const LONGEST_LINE: usize = 64 << 20;
/// How often progress is told.
const TELL: Duration = Duration::from_millis(500);

/// What to read, and how to write it.
pub struct Batch {
    /// Files, a policy each; lines of JSON on standard input where there are none.
    pub files: Vec<PathBuf>,
    /// The keys of the analysis that are written; all where empty. `facts.controller` is one inside another.
    pub fields: Vec<String>,
    /// One line out for each line in, in its order; otherwise as they are done.
    pub ordered: bool,
    /// Threads that analyse.
    pub jobs: usize,
    /// For each policy.
    pub options: Options,
    /// With who does what with which information.
    pub practices: bool,
}

/// A policy to read, or why there is none.
struct Job {
    id: Value,
    line: usize,
    source: Result<Source, String>,
}

enum Source {
    Text(String, Option<Format>),
    File(PathBuf),
}

/// Where the threads meet.
#[derive(Default)]
struct Desk {
    jobs: VecDeque<(usize, Job)>,
    /// Lines that are done, by number.
    done: BTreeMap<usize, String>,
    read: usize,
    written: usize,
    bytes: usize,
    failed: usize,
    /// Nothing more will be read.
    ended: bool,
    /// Nobody takes what is written.
    closed: bool,
}

impl Desk {
    /// The next line to write, taken from the desk.
    fn next(&mut self, ordered: bool) -> Option<String> {
        let line = if ordered { self.done.remove(&self.written) } else { self.done.pop_first().map(|(_, line)| line) };
        self.written += usize::from(line.is_some());
        line
    }
}

#[derive(Default)]
struct Shared {
    desk: Mutex<Desk>,
    turn: Condvar,
}

impl Shared {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, desk: MutexGuard<'a, Desk>) -> MutexGuard<'a, Desk> {
        self.turn.wait(desk).unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a policy in; false where nobody wants more.
    fn hand_in(&self, job: Job) -> bool {
        let mut desk = self.desk();
        while desk.read - desk.written >= WINDOW && !desk.closed {
            desk = self.wait(desk);
        }
        let number = desk.read;
        desk.read += 1;
        desk.jobs.push_back((number, job));
        self.turn.notify_all();
        !desk.closed
    }

    fn take(&self) -> Option<(usize, Job)> {
        let mut desk = self.desk();
        loop {
            if let Some(job) = desk.jobs.pop_front().filter(|_| !desk.closed) {
                return Some(job);
            }
            if desk.ended || desk.closed {
                return None;
            }
            desk = self.wait(desk);
        }
    }
}

/// What came of a batch.
pub struct Outcome {
    /// Policies read.
    pub policies: usize,
    /// Those that gave an error line.
    pub failed: usize,
}

/// Reads everything and writes a line for each. Errors of single policies are lines, not errors of the batch.
pub fn run(batch: &Batch, input: impl BufRead + Send, mut output: impl Write) -> io::Result<Outcome> {
    let shared = Shared::default();
    let tell = io::stderr().is_terminal();
    thread::scope(|scope| {
        scope.spawn(|| {
            read(batch, input, &shared);
            shared.desk().ended = true;
            shared.turn.notify_all();
        });
        for _ in 0..batch.jobs.max(1) {
            scope.spawn(|| {
                while let Some((number, job)) = shared.take() {
                    let (line, bytes, failed) = work(batch, job);
                    let mut desk = shared.desk();
                    desk.bytes += bytes;
                    desk.failed += usize::from(failed);
                    desk.done.insert(number, line);
                    shared.turn.notify_all();
                }
            });
        }
        let result = write(batch, &shared, &mut output, tell);
        let mut desk = shared.desk();
        desk.closed = true;
        shared.turn.notify_all();
        result.map(|()| Outcome { policies: desk.written, failed: desk.failed })
    })
}

fn write(batch: &Batch, shared: &Shared, output: &mut impl Write, tell: bool) -> io::Result<()> {
    let start = Instant::now();
    let mut told = start;
    let mut flushed = true;
    loop {
        let mut desk = shared.desk();
        let line = loop {
            if let Some(line) = desk.next(batch.ordered) {
                break Some(line);
            } else if desk.ended && desk.written == desk.read {
                break None;
            } else if flushed {
                desk = shared.wait(desk);
            } else {
                // What is ready goes out before the wait: whoever stands behind a pipe is not kept.
                drop(desk);
                output.flush()?;
                flushed = true;
                desk = shared.desk();
            }
        };
        let Some(line) = line else { break };
        let (written, bytes, failed) = (desk.written, desk.bytes as f64 / 1e6, desk.failed);
        drop(desk);
        shared.turn.notify_all();
        output.write_all(line.as_bytes())?;
        flushed = false;
        if tell && told.elapsed() > TELL {
            told = Instant::now();
            let rate = bytes / start.elapsed().as_secs_f64();
            eprint!("\r{written} policies, {bytes:.1} MB, {rate:.1} MB/s, {failed} errors ");
        }
    }
    if tell {
        eprintln!();
    }
    output.flush()
}

fn read(batch: &Batch, mut input: impl BufRead, shared: &Shared) {
    for (at, file) in batch.files.iter().enumerate() {
        let id = Value::String(file.display().to_string());
        if !shared.hand_in(Job { id, line: at + 1, source: Ok(Source::File(file.clone())) }) {
            return;
        }
    }
    if !batch.files.is_empty() {
        return;
    }
    for line in 1.. {
        let job = match next_line(&mut input) {
            Ok(None) => return,
            Ok(Some(Ok(bytes))) if bytes.iter().all(u8::is_ascii_whitespace) => continue,
            Ok(Some(Ok(bytes))) => parse(&bytes, line),
            Ok(Some(Err(length))) => {
                let error = format!("a line of {length} bytes is longer than {LONGEST_LINE}");
                Job { id: Value::Null, line, source: Err(error) }
            }
            Err(error) => {
                shared.hand_in(Job { id: Value::Null, line, source: Err(format!("standard input: {error}")) });
                return;
            }
        };
        if !shared.hand_in(job) {
            return;
        }
    }
}

/// The next line's bytes, or the length of one that is too long to hold.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Result<Vec<u8>, usize>>> {
    let (mut line, mut length, mut any) = (Vec::new(), 0, false);
    loop {
        let chunk = input.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        any = true;
        let end = chunk.iter().position(|b| *b == b'\n');
        let taken = end.unwrap_or(chunk.len());
        length += taken;
        if length <= LONGEST_LINE {
            line.extend_from_slice(chunk.get(..taken).unwrap_or_default());
        } else {
            line = Vec::new();
        }
        let used = taken + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(any.then_some(if length > LONGEST_LINE { Err(length) } else { Ok(line) }))
}

fn parse(bytes: &[u8], line: usize) -> Job {
    let mut object = match serde_json::from_slice::<Map<String, Value>>(bytes) {
        Ok(object) => object,
        Err(error) => {
            let error = format!("no JSON object: {error}");
            return Job { id: Value::Null, line, source: Err(error) };
        }
    };
    let id = object.remove("id").unwrap_or(Value::Null);
    let formats = [("text", None), ("markdown", Some(Format::Markdown)), ("html", Some(Format::Html))];
    let mut given = formats.iter().filter_map(|(key, format)| Some((key, format, object.remove(*key)?)));
    let source = match (given.next(), given.next()) {
        (None, _) => Err("no \"text\", \"markdown\" or \"html\"".to_owned()),
        (Some((a, ..)), Some((b, ..))) => Err(format!("both \"{a}\" and \"{b}\"")),
        (Some((_, format, Value::String(text))), None) => Ok(Source::Text(text, *format)),
        (Some((key, _, _)), None) => Err(format!("\"{key}\" is no string")),
    };
    Job { id, line, source }
}

/// The line for a policy, the bytes of it that were read, and whether the line tells an error.
fn work(batch: &Batch, job: Job) -> (String, usize, bool) {
    let mut object = Map::new();
    object.insert("id".to_owned(), job.id);
    let source = job.source.and_then(|source| match source {
        Source::Text(text, format) => Ok((text, format)),
        Source::File(path) => super::read(&path).map(|text| (text, None)),
    });
    let read = source.and_then(|(text, format)| {
        let options = Options { format: batch.options.format.or(format), ..batch.options.clone() };
        let analysis = analyze(&text, &options);
        let json = if batch.practices {
            super::practices::json(&analysis).map_err(|e| e.to_string())?
        } else {
            analysis.view().json()
        };
        let value = serde_json::from_str(&json).map_err(|e| e.to_string())?;
        Ok((text.len(), value))
    });
    let (bytes, failed) = match read {
        Ok((bytes, Value::Object(analysis))) => {
            if batch.fields.is_empty() {
                object.extend(analysis);
            } else {
                for field in &batch.fields {
                    pick(&mut object, &analysis, field);
                }
            }
            (bytes, false)
        }
        Ok((bytes, _)) => (bytes, false),
        Err(error) => {
            object.insert("line".to_owned(), job.line.into());
            object.insert("error".to_owned(), error.into());
            (0, true)
        }
    };
    let mut line = Value::Object(object).to_string();
    line.push('\n');
    (line, bytes, failed)
}

/// Copies `a.b` of the analysis into the line, under that name.
fn pick(line: &mut Map<String, Value>, analysis: &Map<String, Value>, field: &str) {
    let mut steps = field.split('.');
    let mut value = steps.next().and_then(|step| analysis.get(step));
    for step in steps {
        value = value.and_then(|v| v.get(step));
    }
    line.insert(field.to_owned(), value.cloned().unwrap_or(Value::Null));
}

/// As many threads as there are cores.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
