//! Clauses and headings → what a reader may ask for, and where it says how.

use super::{Evidenced, Facts, Policy};
use crate::lexicon::groups;

/// What a reader may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// The contract's word: `access`, `delete`, …
    pub right: &'static str,
    /// The sentence that says how, if one does.
    pub how: Option<String>,
}

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    for (name, wanted) in groups("right.") {
        let right = name.strip_prefix("right.").unwrap_or(name);
        if right == "may" || right == "heading" {
            continue;
        }
        let has = |clause: usize| policy.hits_of(clause, wanted).next().is_some();
        let headed = |clause: usize| {
            policy.clauses.get(clause).and_then(|c| policy.headings.get(c.section)).is_some_and(|h| h.contains(&wanted))
        };
        // Best is a clause that grants it in a section named after it; then any that grants it. A section on rights that
        // is named after one grants it in whatever words.
        let grants = |c: usize| has(c) && policy.has(c, "right.may") || headed(c) && policy.headed(c, "right.heading");
        let candidates = (0..policy.len()).filter(|c| !policy.is_row(*c) && grants(*c));
        let best = candidates.max_by_key(|c| (headed(*c), path(policy.text(*c)), std::cmp::Reverse(*c)));
        if let Some(clause) = best {
            let text = policy.text(clause);
            let how = (path(text) || text.contains('@')).then(|| text.to_string());
            facts.rights.push(Evidenced::new(Right { right, how }, clause));
        }
    }
}

/// Whether a sentence names a way through menus.
fn path(text: &str) -> bool {
    text.matches(['\u{300c}', '\u{3010}', '\u{2192}', '>']).count() >= 2
        || text.matches(['-', '\u{2014}', '\u{2013}']).count() >= 2
            && text.contains(['\u{201c}', '\u{ff1a}', '\u{300c}'])
}
