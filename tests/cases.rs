//! Every `tests/cases/*/*.case` and every sample policy: the outline, the clauses and what else a careful reader sees.

#![allow(clippy::format_push_string, reason = "tests")]

mod common;

use common::{Case, bare, differences, entry, files, lines, parse, path, read, settle};
use policy_reader::view::View;
use policy_reader::{Format, Options, analyze};

#[test]
fn outlines_are_what_a_careful_reader_sees() {
    let mut failures = Vec::new();
    let cases = files("tests/cases/outline", "case");
    for file in &cases {
        let case = parse(&read(file));
        let view = analyze(&case.source, &Options::default()).view();
        let mut difference = differences(&case, &view);
        let shape = if case.shape == "torn" { "fragmented" } else { &case.shape };
        if view.meta.shape != shape {
            difference.push_str(&format!("taken for {}\n", view.meta.shape));
        }
        if !difference.is_empty() {
            failures.push((file.file_stem().unwrap().to_string_lossy().into_owned(), difference));
        }
    }
    settle("cases", &failures, cases.len());
}

#[test]
fn bold_is_what_the_author_meant() {
    let mut failures = Vec::new();
    let cases = files("tests/cases/bold", "case");
    for file in &cases {
        let case = parse(&read(file));
        assert_eq!(case.shape, "markdown", "{}", file.display());
        let view = analyze(&case.source, &Options { format: Some(Format::Markdown), ..Options::default() }).view();
        let mut difference = differences(&case, &view);
        for clause in view.clauses.iter().filter(|c| c.text.contains("**") && !case.clauses.contains(&c.text)) {
            difference.push_str(&format!("stars of markup are left: {}\n", clause.text));
        }
        if !difference.is_empty() {
            failures.push((file.file_stem().unwrap().to_string_lossy().into_owned(), difference));
        }
    }
    settle("cases", &failures, cases.len());
}

#[test]
fn sample_policies_read_as_expected() {
    let mut failures = Vec::new();
    let samples = files("www/samples", "");
    for file in &samples {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let folder = path("tests/policies").join(&name);
        let expected = |what: &str| lines(&folder.join(format!("expected.{what}")));
        let case = Case {
            outline: Some(
                expected("outline")
                    .unwrap_or_else(|| panic!("{name} has no outline"))
                    .iter()
                    .map(|l| entry(l))
                    .collect(),
            ),
            contents: expected("contents").unwrap_or_default(),
            noise: expected("noise").unwrap_or_default(),
            bold: expected("bold"),
            sizes: expected("tables")
                .unwrap_or_default()
                .iter()
                .map(|l| {
                    let (rows, header) = l.split_once('\t').unwrap();
                    (rows.parse().unwrap(), header.to_string())
                })
                .collect(),
            ..Case::default()
        };
        let difference = differences(&case, &analyze(&read(file), &Options::default()).view());
        if !difference.is_empty() {
            failures.push((name, difference));
        }
    }
    settle("samples", &failures, samples.len());
}

#[test]
fn a_torn_policy_reads_as_the_whole_one() {
    let view = |name: &str| analyze(&read(&path(name)), &Options::default()).view();
    let (torn, whole) = (view("www/samples/clinic.txt"), view("tests/policies/clinic/whole.txt"));
    let headings =
        |v: &View| v.sections.iter().map(|s| (s.level, s.number.clone(), s.title.clone())).collect::<Vec<_>>();
    assert_eq!(headings(&torn), headings(&whole));
    let clauses = |v: &View| v.clauses.iter().map(|c| bare(&c.text)).collect::<Vec<_>>();
    for (torn, whole) in clauses(&torn).iter().zip(&clauses(&whole)) {
        assert_eq!(torn, whole);
    }
    assert_eq!(clauses(&torn).len(), clauses(&whole).len());
}
