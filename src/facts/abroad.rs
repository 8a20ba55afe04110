//! Clauses on places → where information is stored and whether it leaves the country.

use super::{Evidenced, Facts, Policy};

/// Whether information leaves the country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrossBorder {
    /// It does not.
    None,
    /// Only with the person's consent.
    WithConsent,
    /// It does not, with named exceptions.
    Exceptions,
    /// It does.
    Yes,
}

impl CrossBorder {
    /// The contract's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::WithConsent => "with-consent",
            Self::Exceptions => "exceptions",
            Self::Yes => "yes",
        }
    }
}

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    let mut inland: Vec<usize> = Vec::new();
    let mut found: Vec<(CrossBorder, usize)> = Vec::new();
    for clause in 0..policy.len() {
        if policy.is_row(clause) {
            continue;
        }
        let stored = policy.has_all(clause, &["store.verb", "store.inland"]);
        if stored {
            inland.push(clause);
        }
        let excepted = policy.has(clause, "abroad.except")
            || clause + 1 < policy.len()
                && policy.same_block(clause, clause + 1)
                && policy.has(clause + 1, "abroad.except")
                && policy.text(clause + 1).chars().count() < 20;
        if stored && excepted {
            found.push((CrossBorder::Exceptions, clause));
            continue;
        }
        if !policy.has(clause, "abroad") || !policy.has(clause, "abroad.move") {
            continue;
        }
        let never = policy.has(clause, "abroad.never");
        let verdict = if excepted {
            CrossBorder::Exceptions
        } else if policy.has(clause, "abroad.consent") {
            CrossBorder::WithConsent
        } else if never {
            CrossBorder::None
        } else if policy.text(clause).contains(['\u{4f1a}', '\u{5c06}']) {
            CrossBorder::Yes
        } else {
            continue;
        };
        found.push((verdict, clause));
    }
    if let Some(first) = inland.first() {
        let text = policy.text(*first);
        let place = policy
            .hits(*first, "store.inland")
            .max_by_key(|h| h.end - h.start)
            .and_then(|h| text.get(h.start..h.end))
            .unwrap_or("");
        let value = Evidenced::new(place.to_string(), *first);
        facts.storage_location = Some(inland.iter().skip(1).take(1).fold(value, |v, c| v.and(*c)));
    }
    let order = [CrossBorder::Exceptions, CrossBorder::WithConsent, CrossBorder::None, CrossBorder::Yes];
    facts.cross_border =
        order.iter().find_map(|kind| found.iter().find(|(k, _)| k == kind)).map(|(k, c)| Evidenced::new(*k, *c));
}
