//! Clauses on places → where information is stored and whether it leaves the country.

use super::{Evidenced, Facts, Policy, words};
use crate::lexicon::{group, setting};

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
    let will = setting(group!("abroad"), "will");
    let mut inland: Vec<usize> = Vec::new();
    let mut found: Vec<(CrossBorder, usize)> = Vec::new();
    for clause in 0..policy.len() {
        if policy.is_row(clause) {
            continue;
        }
        let stored = policy.has(clause, group!("store.verb")) && policy.has(clause, group!("store.inland"));
        if stored {
            inland.push(clause);
        }
        let excepted = policy.has(clause, group!("abroad.except"))
            || clause + 1 < policy.len()
                && policy.same_block(clause, clause + 1)
                && policy.has(clause + 1, group!("abroad.except"))
                && policy.text(clause + 1).chars().count() < 20;
        if stored && excepted {
            found.push((CrossBorder::Exceptions, clause));
            continue;
        }
        if !policy.has(clause, group!("abroad")) || !policy.has(clause, group!("abroad.move")) {
            continue;
        }
        let never = policy.has(clause, group!("abroad.never"));
        let verdict = if excepted {
            CrossBorder::Exceptions
        } else if policy.has(clause, group!("abroad.consent")) {
            CrossBorder::WithConsent
        } else if never {
            CrossBorder::None
        } else if policy.text(clause).contains(|c| will.contains(c)) {
            CrossBorder::Yes
        } else {
            continue;
        };
        found.push((verdict, clause));
    }
    if let Some(first) = inland.first() {
        let mut place = "";
        for hit in policy.hits(*first, group!("store.inland")) {
            if hit.end() - hit.start() >= place.len() {
                place = words(policy.text(*first), hit);
            }
        }
        let mut value = Evidenced::new(place.to_string(), *first);
        if let Some(second) = inland.get(1) {
            value.add(*second);
        }
        facts.storage_location = Some(value);
    }
    let order = [CrossBorder::Exceptions, CrossBorder::WithConsent, CrossBorder::None, CrossBorder::Yes];
    facts.cross_border =
        order.iter().find_map(|kind| found.iter().find(|(k, _)| k == kind)).map(|(k, c)| Evidenced::new(*k, *c));
}
