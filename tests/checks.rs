//! Small policies by writers who had seen neither the program nor its data → single values of what it says of them.
//!
//! The format and where they come from: `tests/checks/README.md`. One test for each, as in `cases.rs`.

use libtest_mimic::{Arguments, Failed, Trial};
use policy_reader::lexicon::fold;
use policy_reader::{Options, analyze};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;

fn main() {
    let known: BTreeSet<String> = read("known.txt").lines().map(str::to_owned).collect();
    let cases = ["facts", "said", "structure"].map(|area| (area, read(&format!("{area}.ndjson"))));
    let cases = || {
        let lines = cases.iter().flat_map(|(area, text)| text.lines().map(move |line| (*area, line)));
        lines.map(|(area, line)| (area, serde_json::from_str::<Value>(line).expect("a line is JSON")))
    };
    if std::env::var_os("BLESS").is_some_and(|what| what == "known") {
        let failing = cases().filter(|(_, case)| !wrong(case).is_empty()).map(|(area, case)| name(area, &case));
        let mut failing: Vec<String> = failing.collect();
        failing.sort();
        failing.push(String::new());
        std::fs::write(path("known.txt"), failing.join("\n")).expect("ours");
        return;
    }
    let mut trials: Vec<Trial> = Vec::new();
    for (area, case) in cases() {
        let name = name(area, &case);
        let known = known.contains(&name);
        trials.push(Trial::test(name, move || settle(&case, known)));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/checks").join(file)
}

fn read(file: &str) -> String {
    std::fs::read_to_string(path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn name(area: &str, case: &Value) -> String {
    format!("{area}/{}", text(&case["name"]))
}

/// A case is as it is expected, or known to be wrong and still so.
fn settle(case: &Value, known: bool) -> Result<(), Failed> {
    let wrong = wrong(case);
    match (wrong.is_empty(), known) {
        (true, false) | (false, true) => Ok(()),
        (true, true) => Err("no longer wrong: BLESS=known cargo test --features cli --test checks".into()),
        (false, false) => Err(format!("{}\n{}", text(&case["why"]), wrong.join("\n")).into()),
    }
}

/// The checks that do not hold, each with what is said instead.
fn wrong(case: &Value) -> Vec<String> {
    let view = analyze(&text(&case["source"]), &Options::default()).view();
    let analysis: Value = serde_json::from_str(&view.json()).expect("a view is JSON");
    let checks = case["checks"].as_array().expect("checks");
    assert!(!checks.is_empty(), "{}: nothing is checked", case["name"]);
    let fails = checks.iter().filter(|check| !holds(check, &analysis));
    fails.map(|check| format!("{check}: {:?}", values(&analysis, check["path"].as_str().unwrap_or_default()))).collect()
}

fn holds(check: &Value, analysis: &Value) -> bool {
    let path = check["path"].as_str().expect("a path");
    let found = values(analysis, path);
    let said: Vec<String> = found.iter().filter(|v| !v.is_object() && !v.is_array()).map(|v| plain(v)).collect();
    let wanted = |key: &str| -> Option<Vec<String>> {
        let want = check.get(key)?;
        Some(want.as_array().map_or_else(|| vec![plain(want)], |all| all.iter().map(plain).collect()))
    };
    if let Some(want) = wanted("is") {
        return said == want;
    }
    if let Some(want) = wanted("has") {
        return want.iter().all(|want| said.iter().any(|said| said.contains(want)));
    }
    if let Some(want) = wanted("lacks") {
        return !want.iter().any(|want| said.iter().any(|said| said.contains(want)));
    }
    if let Some(some) = check["some"].as_bool() {
        let empty = |v: &&Value| match v {
            Value::String(text) => text.is_empty(),
            Value::Array(all) => all.is_empty(),
            Value::Object(all) => all.is_empty(),
            _ => false,
        };
        return found.iter().any(|v| !empty(v)) == some;
    }
    let absent = check["absent"].as_bool().expect("is, has, lacks, some or absent");
    let line = if path.ends_with(']') { path } else { path.rsplit_once('.').map_or(path, |p| p.0) };
    let lines = values(analysis, line);
    !lines.is_empty() && lines.iter().all(|line| line["absent"].as_bool().unwrap_or(false) == absent)
}

/// What stands at a path: keys joined by dots, `[]` through a list, `[key=value]` for its entries with that value.
fn values<'a>(root: &'a Value, path: &str) -> Vec<&'a Value> {
    let mut at = vec![root];
    let mut rest = path;
    while !rest.is_empty() {
        rest = rest.trim_start_matches('.');
        if let Some(inside) = rest.strip_prefix('[') {
            let (step, behind) = inside.split_once(']').expect("a bracket is closed");
            rest = behind;
            let entries = at.into_iter().filter_map(Value::as_array).flatten();
            at = match step.split_once('=') {
                Some((key, want)) => {
                    let want = plain(&Value::String(want.to_owned()));
                    entries.filter(|entry| entry.is_object() && plain(&entry[key]) == want).collect()
                }
                None => entries.collect(),
            };
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let (key, behind) = rest.split_at(end);
            rest = behind;
            at = at.into_iter().filter_map(|v| v.get(key)).filter(|v| !v.is_null()).collect();
        }
    }
    at
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Without white space, width and case.
fn plain(value: &Value) -> String {
    text(value).chars().filter(|c| !c.is_whitespace()).map(fold).collect::<String>().to_lowercase()
}
