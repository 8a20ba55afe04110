//! A whole sample policy → where what is read of it is not what a careful reader knows of it (`tests/policies/README.md`).

use super::{Case, entry, files, lines, path, read};
use policy_reader::view::View;
use policy_reader::{Options, analyze};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What may be expected of a policy: files `expected.WHAT`.
pub const WHAT: [&str; 7] = ["outline", "facts", "items", "card", "points", "gist", "marks"];

/// A policy and what is expected of it.
#[derive(Clone, Debug)]
pub struct Sample {
    pub name: String,
    pub source: PathBuf,
    folder: PathBuf,
}

/// The demo's samples, and those that stand beside what is expected of them.
pub fn samples() -> Vec<Sample> {
    let sample = |folder: PathBuf, source: PathBuf| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Sample { name, source, folder }
    };
    let policies = path("tests/policies");
    let mut out: Vec<Sample> = files("www/samples", "")
        .into_iter()
        .map(|source| sample(policies.join(source.file_stem().unwrap_or_default()), source))
        .collect();
    let folders = fs::read_dir(&policies).into_iter().flatten().flatten().map(|entry| entry.path());
    for folder in folders.filter(|folder| folder.is_dir()) {
        let source = ["md", "html", "txt"].map(|kind| folder.join("policy").with_extension(kind));
        out.extend(source.into_iter().filter(|source| source.is_file()).map(|source| sample(folder.clone(), source)));
    }
    out.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(out.iter().all(|s| s.folder.join("expected.outline").is_file()), "a sample without an outline");
    out
}

impl Sample {
    /// Whether that is expected of it; with `BLESS` set, all of it is.
    pub fn expects(&self, what: &str) -> bool {
        self.folder.join(format!("expected.{what}")).is_file() || blesses(what)
    }

    /// Where `what` is not as expected; empty where it is.
    pub fn differences(&self, what: &str) -> String {
        let view = analyze(&read(&self.source), &Options::default()).view();
        let known_file = self.folder.join(format!("known.{what}"));
        let known = lines(&known_file).unwrap_or_default();
        if what == "outline" {
            let found = super::differences(&self.case(), &view);
            let apart: Vec<&str> = found
                .lines()
                .filter(|line| !FINE.iter().any(|mark| line.starts_with(mark)))
                .map(str::trim_start)
                .collect();
            if blesses("known") {
                rewrite(&known_file, &known, &apart.join("\n"));
                return String::new();
            }
            let news = settled(&apart.join("\n"), &known);
            return if news.is_empty() { news } else { found + &news };
        }
        let json = serde_json::from_str::<Value>(&view.json()).unwrap_or_default();
        let have = match what {
            "facts" => sorted(facts(&json)),
            "items" => sorted(items(&json)),
            "card" => entries(&json["summary"], &json),
            "points" => points(&json),
            "gist" => gist(&json),
            _ => marks(&view),
        };
        let file = self.folder.join(format!("expected.{what}"));
        if blesses(what) {
            fs::write(&file, have.join("\n") + "\n").unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        }
        let want = wanted(&lines(&file).unwrap_or_default(), &have);
        let found = diff(&if matches!(what, "facts" | "items") { sorted(want) } else { want }, &have);
        if blesses("known") {
            rewrite(&known_file, &known, &found);
            return String::new();
        }
        settled(&found, &known)
    }

    fn case(&self) -> Case {
        let expected = |what: &str| lines(&self.folder.join(format!("expected.{what}")));
        let size = |line: &String| {
            let (rows, header) = line.split_once('\t').expect("a number of rows, a tab and the header");
            (rows.parse().expect("a number of rows"), header.to_string())
        };
        Case {
            outline: expected("outline").map(|lines| lines.iter().map(|line| entry(line)).collect()),
            contents: expected("contents").unwrap_or_default(),
            noise: expected("noise").unwrap_or_default(),
            bold: expected("bold"),
            sizes: expected("tables").unwrap_or_default().iter().map(size).collect(),
            ..Case::default()
        }
    }
}

/// How headings stand, among those that are not as expected, that are, and those that need not be there.
const FINE: [&str; 2] = ["    ", "  ? "];

/// `BLESS=facts,card` writes what is read as what is expected: a draft, to be read line by line beside the policy.
fn blesses(what: &str) -> bool {
    std::env::var("BLESS").is_ok_and(|all| all.split(',').any(|one| one == what))
}

/// `BLESS=known` writes what is wrong as what is known to be wrong, for when a change made some of it right; remarks stay.
fn rewrite(file: &Path, known: &[String], found: &str) {
    let remarks = known.iter().filter(|line| line.starts_with('#')).map(String::as_str);
    let all: Vec<&str> = remarks.chain(found.lines()).collect();
    if found.is_empty() {
        let _ = fs::remove_file(file);
    } else {
        fs::write(file, all.join("\n") + "\n").unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    }
}

/// What is expected: lines of remarks (`#`) are not, and what may be said or not (`? …`) is where it is said.
fn wanted(expected: &[String], have: &[String]) -> Vec<String> {
    let lines = expected.iter().filter(|line| !line.starts_with('#'));
    let may = |line: &String| line.strip_prefix("? ").map(str::to_owned);
    lines.filter_map(|line| may(line).map_or(Some(line.clone()), |l| have.contains(&l).then_some(l))).collect()
}

/// The lines that stand on one side alone, `-` wanted and `+` read, by a longest common subsequence.
pub fn diff(want: &[String], have: &[String]) -> String {
    let (n, m) = (want.len(), have.len());
    let mut common = vec![vec![0usize; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            common[i][j] =
                if want[i] == have[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, String::new());
    while i < n || j < m {
        if i < n && j < m && want[i] == have[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == m || i < n && common[i + 1][j] >= common[i][j + 1] {
            let _ = writeln!(out, "- {}", want[i]);
            i += 1;
        } else {
            let _ = writeln!(out, "+ {}", have[j]);
            j += 1;
        }
    }
    out
}

/// What of a difference is news: lines that are not known to be wrong, and known ones that are right by now.
fn settled(diff: &str, known: &[String]) -> String {
    let known: Vec<&str> = known.iter().map(String::as_str).filter(|line| !line.starts_with('#')).collect();
    let mut out = String::new();
    for line in diff.lines().filter(|line| !known.contains(line)) {
        let _ = writeln!(out, "{line}");
    }
    for line in known.iter().filter(|line| !diff.lines().any(|other| other == **line)) {
        let _ = writeln!(out, "no longer wrong, take it from the known: {line}");
    }
    out
}

/// Every fact a line: its key, its value, what else is said of it, and the words of the clause that it was read from.
fn facts(json: &Value) -> Vec<String> {
    let mut out = Vec::new();
    for key in ["title", "language", "shape"] {
        out.push(format!("{key}\t{}", text(&json["meta"][key])));
    }
    for (key, value) in json["facts"].as_object().into_iter().flatten() {
        match (key.as_str(), value) {
            ("dates", Value::Object(dates)) => {
                out.extend(dates.iter().filter(|(_, date)| !date.is_null()).map(|(key, date)| said(key, date, json)));
            }
            ("data_items", _) | (_, Value::Null) => {}
            ("contacts", Value::Array(list)) => {
                out.extend(list.iter().map(|value| said(" ", value, json).split_off(2)));
            }
            (_, Value::Array(list)) => out.extend(list.iter().map(|value| said(key, value, json))),
            _ => out.push(said(key, value, json)),
        }
    }
    out
}

/// The order in which a policy states them is no fact.
fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

/// The kinds of information that are collected. (Where an item's phrase begins and ends is for the cases.)
fn items(json: &Value) -> Vec<String> {
    let items = json["facts"]["data_items"].as_array().into_iter().flatten();
    let mut kinds: Vec<String> = items.map(|item| text(&item["category"])).filter(|kind| kind != "other").collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

fn entries(list: &Value, json: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().map(|entry| said("", entry, json).split_off(1)).collect()
}

fn points(json: &Value) -> Vec<String> {
    let mut out = Vec::new();
    for key in ["attention", "good"] {
        out.extend(entries(&json[key], json).into_iter().map(|line| format!("{key}\t{line}")));
    }
    out
}

fn gist(json: &Value) -> Vec<String> {
    let sections = json["sections"].as_array().into_iter().flatten();
    sections
        .flat_map(|section| {
            let title = format!("{}{}", text(&section["mark"]), text(&section["title"]));
            entries(&section["gist"], json).into_iter().map(move |line| format!("{title}\t{line}"))
        })
        .collect()
}

/// Every mark a line: category or rule, context, the marked words, and the beginning of its clause.
fn marks(view: &View) -> Vec<String> {
    let json = serde_json::from_str::<Value>(&view.json()).unwrap_or_default();
    let mut out = Vec::new();
    for clause in json["clauses"].as_array().into_iter().flatten() {
        let units: Vec<u16> = text(&clause["text"]).encode_utf16().collect();
        for mark in clause["marks"].as_array().into_iter().flatten() {
            let at = |key: &str| usize::try_from(mark[key].as_u64().unwrap_or(0)).unwrap_or(0).min(units.len());
            let words = String::from_utf16_lossy(units.get(at("start")..at("end")).unwrap_or_default());
            let name = text(if mark["category"].is_null() { &mark["rule"] } else { &mark["category"] });
            out.push(format!("{name}\t{}\t{words}\t@ {}", text(&mark["context"]), opening(&clause["text"])));
        }
    }
    out
}

/// Members that quote the clause or a cell of its row; tests/tables.rs and the cases hold them.
const DETAILS: [&str; 8] = ["how", "text", "purpose", "data", "url", "platform", "os", "required"];

/// Members that tell what is said; the others follow by name.
const FIRST: [&str; 10] = ["kind", "slot", "rule", "item", "right", "name", "value", "category", "verdict", "text"];

/// `key value … other=value @ opening of the clause`; members without a value, and `false`, are left out.
fn said(key: &str, value: &Value, json: &Value) -> String {
    let mut out = key.to_string();
    let in_facts = !key.is_empty();
    let members = value.as_object().into_iter().flatten().filter(|(name, value)| {
        *name != "evidence"
            && !(in_facts && DETAILS.contains(&name.as_str()) || key == "retention" && *name == "value")
            && !value.is_null()
            && **value != Value::Bool(false)
            && !text(value).is_empty()
    });
    let members: Vec<(&String, &Value)> = members.collect();
    for name in FIRST {
        out.extend(members.iter().filter(|(key, _)| *key == name).flat_map(|(_, value)| ["\t".into(), text(value)]));
    }
    for (name, value) in members.iter().filter(|(name, _)| !FIRST.contains(&name.as_str())) {
        let _ = write!(out, "\t{name}={}", text(value));
    }
    // A fact is stated by its first clause; a line of the card rests on all of its.
    let most = if in_facts { 1 } else { usize::MAX };
    for clause in value["evidence"].as_array().into_iter().flatten().take(most) {
        let found = json["clauses"].as_array().into_iter().flatten().find(|c| c["id"] == *clause);
        let _ = write!(out, "\t@ {}", opening(&found.unwrap_or(&Value::Null)["text"]));
    }
    out
}

/// As many characters of a clause as tell it from the others.
fn opening(clause: &Value) -> String {
    text(clause).chars().filter(|c| !c.is_whitespace()).take(12).collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.replace(['\n', '\t'], " "),
        Value::Null => String::new(),
        Value::Array(list) if list.is_empty() => String::new(),
        Value::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}
