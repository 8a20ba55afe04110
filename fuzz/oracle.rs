//! A source and how to read it → a panic where its view breaks a promise of the contract (src/view.rs).

use std::collections::BTreeSet;

use policy_reader::view::View;
use policy_reader::{Format, Options, analyze};

/// Reads the source and checks everything that must hold for any text.
pub fn check(source: &str, format: Option<Format>) {
    let options = Options { format, ..Options::default() };
    let view = analyze(source, &options).view();
    offsets(source, &view);
    references(&view);
    assert_eq!(view.coverage.source, view.coverage.placed, "text was lost or invented");
    assert_eq!(format!("{view:?}"), format!("{:?}", analyze(source, &options).view()), "same input, other output");
}

/// Every offset lies in its text, between characters; marks of one kind and runs follow each other.
fn offsets(source: &str, view: &View) {
    let mut last = 0;
    for clause in &view.clauses {
        let units: Vec<u16> = clause.text.encode_utf16().collect();
        let between =
            |at: usize| at <= units.len() && !units.get(at).is_some_and(|unit| (0xdc00..0xe000).contains(unit));
        let marks = clause.marks.iter().map(|mark| (mark.start, mark.end));
        let links = clause.links.iter().map(|link| (link.start, link.end));
        let bold = clause.bold.iter().map(|[start, end]| (*start, *end));
        for (start, end) in marks.chain(links).chain(bold) {
            assert!(
                start < end && between(start) && between(end),
                "{}: {start}..{end} in {:?}",
                clause.id,
                clause.text
            );
        }
        assert!(
            clause.bold.windows(2).all(|pair| matches!(pair, [[_, end], [start, _]] if end <= start)),
            "{}",
            clause.id
        );
        let runs: String = clause.runs.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(runs, clause.text, "{}: the runs are not the text", clause.id);
        for run in &clause.runs {
            assert!(run.link.is_none_or(|link| link < clause.links.len()), "{}: a run's link", clause.id);
            assert!(run.marks.iter().all(|mark| *mark < clause.marks.len()), "{}: a run's mark", clause.id);
        }
        let [start, end] = clause.source;
        assert!(source.get(start..end).is_some(), "{}: source {start}..{end}", clause.id);
        assert!(start >= last || clause.row.is_some(), "{}: clauses are not in the source's order", clause.id);
        last = last.max(start);
        for link in &clause.links {
            let address = link.href.trim_start().to_ascii_lowercase();
            assert!(
                !address.starts_with("javascript:") && !address.starts_with("data:"),
                "{}: {}",
                clause.id,
                link.href
            );
        }
    }
}

/// Ids are unique, and whatever is named exists.
fn references(view: &View) {
    let sections: BTreeSet<&str> = view.sections.iter().map(|section| section.id.as_str()).collect();
    let clauses: BTreeSet<&str> = view.clauses.iter().map(|clause| clause.id.as_str()).collect();
    let anchors: BTreeSet<&str> = view.sections.iter().map(|section| section.anchor.as_str()).collect();
    assert_eq!(sections.len(), view.sections.len(), "two sections have one id");
    assert_eq!(clauses.len(), view.clauses.len(), "two clauses have one id");
    assert_eq!(anchors.len(), view.sections.len(), "two sections have one anchor");
    let mut before = BTreeSet::new();
    for section in &view.sections {
        assert!(section.parent.as_deref().is_none_or(|parent| before.contains(parent)), "{}: its parent", section.id);
        before.insert(section.id.as_str());
        assert!(section.gist.iter().all(|gist| clauses.contains(gist.evidence.as_str())), "{}: its gist", section.id);
    }
    for clause in &view.clauses {
        assert!(sections.contains(clause.section.as_str()), "{}: its section", clause.id);
        if let Some([table, row]) = clause.row {
            assert!(view.tables.get(table).is_some_and(|table| row <= table.rows.len()), "{}: its row", clause.id);
        }
    }
    let known = |evidence: &[String]| evidence.iter().all(|id| clauses.contains(id.as_str()));
    for line in &view.summary {
        assert!(known(&line.evidence) && line.evidence.is_empty() == line.absent, "card line {}", line.slot);
    }
    assert!(view.attention.iter().all(|point| known(&point.evidence) && !point.evidence.is_empty()), "attention");
    assert!(view.checklist.iter().all(|item| known(&item.evidence)), "checklist");
}
