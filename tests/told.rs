//! A line or a few of a policy → all that is told of them: facts with their clauses, marks, what the card says,
//! points.
//!
//! `tests/told.txt` holds a case in each paragraph: `# ` why, `> ` the lines, then what is told, a line a fact. Write a new case's
//! lines, then `BLESS=told cargo test --features cli --test told` writes what is told below them: it must be what a
//! careful reader would say, or the case has no business there.

mod common;

use common::{path, read};
use policy_reader::text::part;
use policy_reader::view::View;
use policy_reader::{Options, analyze};
use serde_json::Value;
use std::fmt::Write as _;

#[test]
fn all_that_is_told_is_as_expected() {
    let file = path("tests/told.txt");
    let text = read(&file);
    let (mut report, mut fresh) = (String::new(), Vec::new());
    for case in text.trim_end().split("\n\n") {
        let starts = |start: &'static str| case.lines().filter_map(move |line| line.strip_prefix(start));
        let source: Vec<&str> = starts("> ").collect();
        assert!(!source.is_empty(), "no lines: {case}");
        let source = source.join("\n");
        let view = analyze(&format!("云栈隐私政策\n\n一、总则\n{source}\n"), &Options::default()).view();
        let told = told(&view);
        let own = |line: &&str| !line.starts_with("> ") && !line.starts_with("# ");
        let want: Vec<&str> = case.lines().filter(own).collect();
        if want != told {
            let why: Vec<&str> = starts("# ").collect();
            let why = why.join(" ");
            let _ = writeln!(report, "{why}\n{source}\n  expected {want:#?}\n  told {told:#?}");
        }
        let kept = case.lines().filter(|line| !own(line)).map(str::to_owned);
        fresh.push(kept.chain(told).collect::<Vec<_>>().join("\n"));
    }
    if std::env::var_os("BLESS").is_some_and(|what| what == "told") {
        std::fs::write(&file, fresh.join("\n\n") + "\n").expect("ours");
        return;
    }
    assert!(report.is_empty(), "\n{report}");
}

/// Facts in the order of their keys, then marks, lines of the card and points.
fn told(view: &View) -> Vec<String> {
    let said: Value = serde_json::from_str(&view.json()).expect("a view is JSON");
    let mut out = Vec::new();
    for (key, value) in said["facts"].as_object().expect("facts") {
        match value {
            Value::Array(all) => out.extend(all.iter().map(|one| format!("{key}: {}", plain(one)))),
            // What is the same for all of them: the title's product, and that nothing is said of a border.
            one if plain(one).is_empty() || one["value"] == "unstated" || one["value"] == "云栈" => {}
            one => out.push(format!("{key}: {}", plain(one))),
        }
    }
    for clause in &view.clauses {
        for mark in &clause.marks {
            let words: String = chars(&clause.text, mark.start, mark.end);
            let what = [mark.category, mark.context, mark.rule].into_iter().flatten().collect::<Vec<_>>().join(" ");
            out.push(format!("mark: {words} | {what}"));
        }
    }
    // What is only quoted, or only spoken of, is told of nothing else here.
    let own = |text: &str| !text.starts_with("原文") && !text.starts_with("正文谈到了");
    let lines = view.summary.iter().filter(|line| !line.absent && own(&line.text));
    out.extend(lines.map(|line| format!("card: {} {}", line.slot, line.text)));
    let points = view.attention.iter().chain(&view.good);
    out.extend(points.map(|point| format!("point: {} ({})", point.rule, point.evidence.join(" "))));
    out
}

fn chars(text: &str, start: usize, end: usize) -> String {
    part(text, 0, text.len()).chars().skip(start).take(end - start).collect()
}

/// The values of a fact, its clauses in brackets.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join(" "),
        Value::Object(all) => {
            let values = all.iter().filter(|(key, _)| *key != "evidence");
            let values = values.map(|(key, value)| match value {
                Value::Bool(true) => key.clone(),
                Value::Bool(false) => format!("not {key}"),
                value => plain(value),
            });
            let values: Vec<String> = values.filter(|value| !value.is_empty()).collect();
            let clauses = all.get("evidence").map(plain).filter(|clauses| !clauses.is_empty());
            values.join(" | ") + &clauses.map(|clauses| format!(" ({clauses})")).unwrap_or_default()
        }
        value => value.to_string(),
    }
}
