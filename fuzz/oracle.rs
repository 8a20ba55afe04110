//! A source and how to read it → a panic where its analysis breaks a promise (src/invariants.rs, as in tests/invariants.rs).

use policy_reader::{Format, Options, analyze, invariants};

/// Reads the source and checks everything that must hold for any text.
///
/// # Panics
/// Where a promise is broken.
pub fn check(source: &str, format: Option<Format>) {
    let options = Options { format, ..Options::default() };
    let analysis = analyze(source, &options);
    let view = analysis.view();
    let kept = invariants::check(source, &analysis.document, &analysis.outline, &analysis.clauses, &view);
    assert_eq!(kept, Ok(()));
    // A second analysis costs as much as the first: one input in eight is read twice.
    if source.len() % 8 == 0 {
        assert_eq!(format!("{view:?}"), format!("{:?}", analyze(source, &options).view()), "same input, other output");
    }
}
