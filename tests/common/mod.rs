//! Case files → what a careful reader expects of a text, and a view → where it differs from that.
//!
//! Formats: `tests/cases/README.md`, `tests/pages/README.md`, `tests/policies/README.md`.
#![allow(clippy::many_single_char_names, reason = "a line's level, number and title")]
#![allow(dead_code, reason = "each test binary uses its own part")]

#[cfg(feature = "cli")]
pub mod policy;

use policy_reader::lexicon::fold;
use policy_reader::text::is_blank;
use policy_reader::view::{ClauseView, View};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A heading as the case has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub level: u32,
    pub number: String,
    pub title: String,
    pub optional: bool,
}

/// What a case says. `None`: nothing.
#[derive(Clone, Debug, Default)]
pub struct Case {
    pub shape: String,
    pub source: String,
    /// The policy's own title; `""` where it has none.
    pub title: Option<String>,
    pub outline: Option<Vec<Entry>>,
    pub contents: Vec<String>,
    pub noise: Vec<String>,
    pub clauses: Vec<String>,
    pub bold: Option<Vec<String>>,
    /// Each: the header, then the rows.
    pub tables: Vec<Vec<String>>,
    /// Each: number of rows, and the header.
    pub sizes: Vec<(usize, String)>,
}

/// A file of the repository.
pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The files of a folder of the repository with that extension (any for `""`), by name; empty where there is none.
pub fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path(folder)) else { return Vec::new() };
    let mut out: Vec<PathBuf> = entries
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_file() && (extension.is_empty() || p.extension().is_some_and(|x| x == extension)))
        .collect();
    out.sort();
    out
}

/// A text as the command line reads it: what is no UTF-8 becomes U+FFFD.
pub fn read(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))).into_owned()
}

/// The lines of a file that may be absent.
pub fn lines(path: &Path) -> Option<Vec<String>> {
    let text = fs::read_to_string(path).ok()?;
    Some(text.lines().filter(|l| !l.is_empty()).map(str::to_string).collect())
}

const SECTIONS: &[&str] = &["source", "title", "outline", "contents", "noise", "clauses", "bold", "table"];

/// Reads a `.case` or `.expect` file.
pub fn parse(text: &str) -> Case {
    let mut case = Case::default();
    let mut name = "";
    let mut source: Vec<&str> = Vec::new();
    for line in text.lines() {
        // A table rule of a source is no section: only the known names open one.
        let opened = line.strip_prefix("--- ").filter(|r| SECTIONS.iter().any(|s| r.split(' ').next() == Some(*s)));
        if let Some(rest) = opened {
            let (head, shape) = rest.split_once(' ').unwrap_or((rest, ""));
            name = SECTIONS.iter().find(|s| **s == head).unwrap();
            match name {
                "source" => case.shape = shape.to_string(),
                "title" => case.title = Some(String::new()),
                "outline" => case.outline = Some(Vec::new()),
                "bold" => case.bold = Some(Vec::new()),
                "table" => case.tables.push(Vec::new()),
                _ => {}
            }
            continue;
        }
        match name {
            "" => assert!(line.starts_with('#'), "a line before the first section: {line}"),
            "source" => source.push(line),
            _ if line.trim().is_empty() => {}
            "title" => case.title = Some(line.into()),
            "outline" => case.outline.as_mut().unwrap().push(entry(line)),
            "contents" => case.contents.push(line.into()),
            "noise" => case.noise.push(line.into()),
            "clauses" => case.clauses.push(line.into()),
            "bold" => case.bold.as_mut().unwrap().push(line.into()),
            _ => case.tables.last_mut().unwrap().push(line.into()),
        }
    }
    case.source = source.join("\n");
    case
}

/// Reads a line `LEVEL NUMBER TITLE`.
pub fn entry(line: &str) -> Entry {
    let fields: Vec<&str> = line.split('\t').collect();
    let [level, number, title] = fields[..] else { panic!("three fields: {line:?}") };
    let (level, optional) = level.strip_prefix('?').map_or((level, false), |l| (l, true));
    Entry { level: level.parse().unwrap(), number: number.into(), title: title.into(), optional }
}

/// Folded, without white space: how texts are compared.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).map(fold).collect()
}

/// Where `view` is not what `case` says; empty where it is.
pub fn differences(case: &Case, view: &View) -> String {
    let mut out = String::new();
    if let Some(want) = case.title.as_ref().filter(|t| bare(t) != bare(&view.meta.title)) {
        let _ = writeln!(out, "title: {:?} instead of {want:?}", view.meta.title);
    }
    if let Some(want) = &case.outline {
        outline(want, view, &mut out);
    }
    aside("contents", &case.contents, &view.aside.contents, view, &mut out);
    aside("noise", &case.noise, &view.aside.noise, view, &mut out);
    for clause in &case.clauses {
        let (section, text) = clause.split_once('\t').map_or((None, clause.as_str()), |(s, c)| (Some(s), c));
        let stands = |c: &ClauseView| {
            let own = view.sections.iter().find(|s| s.id == c.section).map(|s| bare(&s.title));
            bare(&c.text) == bare(text) && section.is_none_or(|s| own == Some(bare(s)))
        };
        if !view.clauses.iter().any(stands) {
            let _ = writeln!(out, "no clause: {clause}");
        }
    }
    if let Some(want) = &case.bold {
        bold(want, view, &mut out);
    }
    if !case.tables.is_empty() {
        tables(&case.tables, view, &mut out);
    }
    sizes(&case.sizes, view, &mut out);
    let (source, placed) = (view.coverage.source, view.coverage.placed);
    if source != placed {
        let _ = writeln!(out, "coverage: {placed} of {source}");
    }
    out
}

/// A diff of the headings, by the longest common subsequence; optional ones cost nothing.
fn outline(want: &[Entry], view: &View, out: &mut String) {
    let have: Vec<(u32, &str, &str)> =
        view.sections.iter().filter(|s| !s.implicit).map(|s| (s.level, s.number.as_str(), s.title.as_str())).collect();
    let same = |w: &Entry, h: &(u32, &str, &str)| {
        w.level == h.0 && bare(&w.number) == bare(h.1) && bare(&w.title) == bare(h.2)
    };
    let (n, m) = (want.len(), have.len());
    let mut cost = vec![vec![0usize; m + 1]; n + 1];
    for i in (0..=n).rev() {
        for j in (0..=m).rev() {
            let skip = |w: &Entry| usize::from(!w.optional);
            cost[i][j] = match (want.get(i), have.get(j)) {
                (None, None) => 0,
                (None, Some(_)) => cost[i][j + 1] + 1,
                (Some(w), None) => cost[i + 1][j] + skip(w),
                (Some(w), Some(h)) => {
                    let apart = (cost[i][j + 1] + 1).min(cost[i + 1][j] + skip(w));
                    if same(w, h) { apart.min(cost[i + 1][j + 1]) } else { apart }
                }
            };
        }
    }
    if cost[0][0] == 0 {
        return;
    }
    let (mut i, mut j) = (0, 0);
    while i < n || j < m {
        match (want.get(i), have.get(j)) {
            (Some(w), Some(h)) if same(w, h) && cost[i][j] == cost[i + 1][j + 1] => {
                let _ = writeln!(out, "    {}\t{}\t{}", h.0, h.1, h.2);
                (i, j) = (i + 1, j + 1);
            }
            (Some(w), _) if cost[i][j] == cost[i + 1][j] + usize::from(!w.optional) => {
                let _ =
                    writeln!(out, "  {} {}\t{}\t{}", if w.optional { '?' } else { '-' }, w.level, w.number, w.title);
                i += 1;
            }
            (_, Some(h)) => {
                let _ = writeln!(out, "  + {}\t{}\t{}", h.0, h.1, h.2);
                j += 1;
            }
            _ => break,
        }
    }
}

fn aside(what: &str, want: &[String], have: &[String], view: &View, out: &mut String) {
    let all: String = have.iter().map(|l| bare(l)).collect();
    for line in want {
        let line = bare(line);
        if !all.contains(&line) {
            let _ = writeln!(out, "not in {what}: {line}");
        }
        if let Some(clause) = view
            .clauses
            .iter()
            .find(|c| bare(&c.text) == line || line.chars().count() > 12 && bare(&c.text).contains(&line))
        {
            let _ = writeln!(out, "in a clause, not only in {what}: {line}: {}", clause.text);
        }
    }
}

/// The bold stretches of the clauses, folded.
fn bold_runs(view: &View) -> Vec<String> {
    let mut out = Vec::new();
    for clause in &view.clauses {
        let units: Vec<u16> = clause.text.encode_utf16().collect();
        for [start, end] in &clause.bold {
            let shown = (*start).max(clause.shown).min(*end);
            out.push(bare(&String::from_utf16(&units[shown..*end]).unwrap()));
        }
    }
    out.retain(|r| !r.is_empty());
    out
}

fn bold(want: &[String], view: &View, out: &mut String) {
    let want: Vec<String> = want.iter().map(|w| bare(w)).collect();
    let runs = bold_runs(view);
    let (all, expected) = (runs.concat(), want.concat());
    if all == expected {
        return;
    }
    for line in want.iter().filter(|w| !all.contains(*w)) {
        let _ = writeln!(out, "not bold: {line}");
    }
    for run in runs.iter().filter(|r| !expected.contains(*r)) {
        let _ = writeln!(out, "bold by mistake: {run}");
    }
    if want.iter().all(|w| all.contains(w)) && runs.iter().all(|r| expected.contains(r)) {
        let _ = writeln!(out, "bold: {runs:?}\ninstead of {want:?}");
    }
}

fn tables(want: &[Vec<String>], view: &View, out: &mut String) {
    let row = |cells: &[String]| cells.iter().map(|c| bare(c)).collect::<Vec<_>>().join("|");
    let have: Vec<Vec<String>> = view
        .tables
        .iter()
        .map(|t| std::iter::once(row(&t.columns)).chain(t.rows.iter().map(|r| row(r))).collect())
        .collect();
    let want: Vec<Vec<String>> = want.iter().map(|t| t.iter().map(|l| bare(l)).collect()).collect();
    if have.len() != want.len() {
        let _ = writeln!(out, "{} tables instead of {}", have.len(), want.len());
    }
    for (i, table) in want.iter().enumerate() {
        let other = have.get(i).cloned().unwrap_or_default();
        for line in table.iter().filter(|l| !other.contains(l)) {
            let _ = writeln!(out, "table {i}: no row {line}");
        }
        for line in other.iter().filter(|l| !table.contains(l)) {
            let _ = writeln!(out, "table {i}: extra row {line}");
        }
    }
}

fn sizes(want: &[(usize, String)], view: &View, out: &mut String) {
    for (i, (rows, header)) in want.iter().enumerate() {
        let found =
            view.tables.get(i).map(|t| (t.rows.len(), t.columns.iter().map(|c| bare(c)).collect::<Vec<_>>().join("|")));
        if found.as_ref() != Some(&(*rows, bare(header))) {
            let _ = writeln!(out, "table {i}: {found:?} instead of {rows} rows, {header}");
        }
    }
}

/// A folder of the workshop's texts, which are no part of the repository. Without it a test has nothing to read, and says
/// so where its output is not kept back; under CI that is a failure.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let found = path("../shared").join(folder);
    if found.is_dir() {
        return Some(found);
    }
    assert!(std::env::var_os("CI").is_none_or(|ci| ci.is_empty()), "{} is missing", found.display());
    let _ = writeln!(std::io::stderr(), "not tested, there is no {}", found.display());
    None
}
