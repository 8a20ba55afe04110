//! Every text we have → whether the program says of it what it said when somebody last looked.
//!
//! The other tests hold values that somebody knows to be right. These hold all the rest, right or wrong, as checksums, so
//! that nothing changes unseen: what a change touches is what `tests/readings/*.txt` show of it. `own.txt` is of the texts
//! of this repository, `shared.txt` of those beside it. Was a change meant? Look at some of the texts that the failure
//! names (`cargo xtask inspect`), then `BLESS=readings cargo test --features cli --test readings`.

mod common;

use common::{files, parse, path, read, shared};
use policy_reader::{Options, analyze};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The parts of an analysis, each with its own sum; what is in none of them is in the first.
const PARTS: [(&str, &[&str]); 5] = [
    ("outline", &[]),
    ("clauses", &["clauses"]),
    ("facts", &["facts"]),
    ("card", &["summary", "checklist"]),
    ("points", &["attention", "good"]),
];

/// Characters of a line's sums.
const WIDTH: usize = 5 * 7;

/// Differences that are told one by one.
const TOLD: usize = 20;

#[test]
fn our_own_texts_read_as_they_did() {
    let mut texts = BTreeMap::new();
    for file in files("tests/checks", "ndjson") {
        for line in read(&file).lines() {
            let case: Value = serde_json::from_str(line).expect("a line is JSON");
            let text = |key: &str| case[key].as_str().unwrap_or_default().to_owned();
            texts.insert(format!("checks/{}", text("name")), text("source"));
        }
    }
    for folder in ["cases/outline", "cases/bold"] {
        let cases = files(&format!("tests/{folder}"), "case").into_iter();
        texts.extend(cases.map(|file| (name(folder, &file), parse(&read(&file)).source)));
    }
    let folders = std::fs::read_dir(path("tests/policies")).expect("ours").flatten().map(|entry| entry.file_name());
    let policies = folders.map(|folder| format!("tests/policies/{}", folder.to_string_lossy()));
    let policies = policies.flat_map(|folder| ["md", "html", "txt"].map(|kind| files(&folder, kind)).concat());
    let samples = policies.chain(files("www/samples", "")).chain(files("tests/pages", "html"));
    texts.extend(samples.map(|file| (file.strip_prefix(path("")).expect("ours").display().to_string(), read(&file))));
    compare("own", &texts);
}

#[test]
fn the_texts_beside_us_read_as_they_did() {
    let mut texts = BTreeMap::new();
    for folder in
        ["seeds", "dev/policies", "dev/pages/sources", "corpora/capp-130/originals", "corpora/ca4p-483/policies"]
    {
        let Some(found) = shared(folder) else { return };
        texts.extend(files(&found.to_string_lossy(), "").iter().map(|file| (name(folder, file), read(file))));
    }
    compare("shared", &texts);
}

fn name(folder: &str, file: &std::path::Path) -> String {
    format!("{folder}/{}", file.file_name().unwrap_or_default().to_string_lossy())
}

/// Holds the sums of the texts against those of a file, or writes it.
fn compare(list: &str, texts: &BTreeMap<String, String>) {
    let file = path("tests/readings").join(list).with_extension("txt");
    let lines: Vec<String> = texts.iter().map(|(name, text)| format!("{} {name}", sums(text).join(" "))).collect();
    if std::env::var_os("BLESS").is_some_and(|what| what == "readings") {
        std::fs::write(&file, lines.join("\n") + "\n").expect("ours");
        return;
    }
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    let known: BTreeMap<&str, &str> = known
        .lines()
        .filter_map(|line| line.split_at_checked(WIDTH))
        .map(|(sums, name)| (name.trim_start(), sums))
        .collect();
    let (mut report, mut differ) = (String::new(), 0);
    for (name, line) in texts.keys().zip(&lines) {
        let was: Vec<&str> = known.get(name.as_str()).map_or_else(Vec::new, |sums| sums.split_whitespace().collect());
        let changed = PARTS.iter().zip(line.split(' ')).enumerate().filter(|(at, (_, sum))| was.get(*at) != Some(sum));
        let changed: Vec<&str> = changed.map(|(_, (part, _))| part.0).collect();
        if !changed.is_empty() {
            differ += 1;
            if differ <= TOLD {
                let _ = writeln!(report, "{name}: {}", changed.join(", "));
            }
        }
    }
    let meant = "meant? BLESS=readings cargo test --features cli --test readings";
    assert!(differ == 0, "{differ} of {} texts read otherwise than they did, {meant}:\n{report}", texts.len());
    assert_eq!(known.len(), texts.len(), "texts are gone, {meant}");
}

/// A checksum for each part of what is said of a text.
fn sums(text: &str) -> Vec<String> {
    let view = analyze(text, &Options::default()).view().json();
    let Value::Object(said) = serde_json::from_str(&view).expect("a view is JSON") else {
        panic!("a view is an object")
    };
    let named = |key: &str| PARTS.iter().position(|(_, keys)| keys.contains(&key)).unwrap_or(0);
    let of = |part: usize| {
        said.iter()
            .filter(move |(key, _)| named(key) == part)
            .fold(0xcbf2_9ce4_8422_2325, |sum, said| sum_of(sum, &format!("{said:?}")))
    };
    (0..PARTS.len()).map(|part| format!("{:06x}", of(part) >> 40)).collect()
}

/// Fowler, Noll and Vo's sum (FNV-1a): the same on any machine and with any compiler.
fn sum_of(sum: u64, text: &str) -> u64 {
    text.bytes().fold(sum, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
