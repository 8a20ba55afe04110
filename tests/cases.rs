//! Every case, page and sample policy → one test: `cargo test --test cases -- outline/circled-numbers`.
//!
//! The names: `outline/NAME` and `bold/NAME` (tests/cases), `page/NAME` (tests/pages), `policy/NAME/WHAT` (tests/policies).

mod common;

use common::policy::{WHAT, diff, samples};
use common::{Case, bare, differences, files, parse, path, read};
use libtest_mimic::{Arguments, Failed, Trial};
use policy_reader::view::View;
use policy_reader::{Format, Options, analyze};
use std::fmt::Write as _;
use std::path::Path;

fn main() {
    let mut trials = Vec::new();
    let kinds: [(&str, &str, &str, fn(&Path) -> String); 3] = [
        ("outline", "tests/cases/outline", "case", outline),
        ("bold", "tests/cases/bold", "case", bold),
        ("page", "tests/pages", "html", page),
    ];
    for (kind, folder, extension, differs) in kinds {
        let found = files(folder, extension);
        assert!(!found.is_empty(), "nothing in {folder}");
        trials.extend(found.into_iter().map(|file| {
            let name = format!("{kind}/{}", stem(&file));
            Trial::test(name, move || settle(differs(&file)))
        }));
    }
    for sample in samples() {
        for what in WHAT.into_iter().filter(|what| sample.expects(what)) {
            let sample = sample.clone();
            let name = format!("policy/{}/{what}", sample.name);
            trials.push(Trial::test(name, move || settle(sample.differences(what))));
        }
    }
    trials.push(Trial::test("policy/clinic/torn-as-whole", || settle(torn_as_whole())));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn settle(differences: String) -> Result<(), Failed> {
    if differences.is_empty() { Ok(()) } else { Err(differences.into()) }
}

/// The outline, the clauses and what else a careful reader sees of a text.
fn outline(file: &Path) -> String {
    let case = parse(&read(file));
    let view = analyze(&case.source, &Options::default()).view();
    let mut out = differences(&case, &view);
    let shape = if case.shape == "torn" { "fragmented" } else { &case.shape };
    if view.meta.shape != shape {
        let _ = writeln!(out, "taken for {}", view.meta.shape);
    }
    out
}

/// Bold is what the author meant.
fn bold(file: &Path) -> String {
    let case: Case = parse(&read(file));
    let view = analyze(&case.source, &Options { format: Some(Format::Markdown), ..Options::default() }).view();
    let mut out = differences(&case, &view);
    if case.shape != "markdown" {
        let _ = writeln!(out, "a case of bold is written in Markdown, not {}", case.shape);
    }
    for clause in view.clauses.iter().filter(|c| c.text.contains("**") && !case.clauses.contains(&c.text)) {
        let _ = writeln!(out, "stars of markup are left: {}", clause.text);
    }
    out
}

/// What a careful reader sees of a page. The same set runs in browsers.
fn page(file: &Path) -> String {
    let case = parse(&read(&file.with_extension("expect")));
    let source = read(file);
    let view = |format| analyze(&source, &Options { format, ..Options::default() }).view();
    let mut out = differences(&case, &view(Some(Format::Html)));
    let whole = source.trim_start().to_ascii_lowercase().starts_with("<!doctype") || source.contains("<html");
    let shape = view(None).meta.shape;
    if whole && shape != "html" {
        let _ = writeln!(out, "a whole page is taken for {shape}");
    }
    out
}

/// A torn policy reads as the whole one.
fn torn_as_whole() -> String {
    let view = |name: &str| analyze(&read(&path(name)), &Options::default()).view();
    let (torn, whole) = (view("www/samples/clinic.txt"), view("tests/policies/clinic/whole.txt"));
    let headings =
        |v: &View| v.sections.iter().map(|s| format!("{} {} {}", s.level, s.number, s.title)).collect::<Vec<String>>();
    let clauses = |v: &View| v.clauses.iter().map(|c| bare(&c.text)).collect::<Vec<String>>();
    diff(&headings(&whole), &headings(&torn)) + &diff(&clauses(&whole), &clauses(&torn))
}
