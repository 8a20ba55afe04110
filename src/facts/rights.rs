//! Clauses and headings → what a reader may ask for, and where it says how.

use super::{Evidenced, Facts, Policy};
use crate::lexicon::{group, keys};

/// What a reader may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// The contract's word: `access`, `delete`, …
    pub right: &'static str,
    /// The sentence that says how, if one does.
    pub how: Option<String>,
}

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    let may: Vec<bool> = (0..policy.len()).map(|clause| policy.has(clause, group!("right.may"))).collect();
    for (right, group) in keys("right.") {
        if right == "may" || right == "heading" {
            continue;
        }
        // Best is a clause that grants it in a section named after it, then one that says how, then the first. A section on
        // rights that is named after one grants it in whatever words.
        let mut best: Option<(bool, bool, usize)> = None;
        // What the headings say is asked once a section.
        let (mut section, mut headed, mut named) = (None, false, false);
        for (clause, place) in policy.clauses.iter().enumerate() {
            if section != Some(place.section()) {
                section = Some(place.section());
                headed = policy.headed(clause, group);
                named = headed && policy.headed(clause, group!("right.heading"));
            }
            let grants = named || may.get(clause) == Some(&true) && policy.has(clause, group);
            if !grants || policy.is_row(clause) {
                continue;
            }
            let leads = path(policy.text(clause));
            if best.is_none_or(|(h, l, _)| (headed, leads) > (h, l)) {
                best = Some((headed, leads, clause));
            }
        }
        if let Some((_, leads, clause)) = best {
            let text = policy.text(clause);
            let how = (leads || text.contains('@')).then(|| text.to_string());
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
