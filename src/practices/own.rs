//! The start of a text → who speaks in it: names that are ours wherever they act, and which party of a contract we are.

use super::words::{Clause, Kind};
use crate::blocks::Document;
use crate::clauses;
use crate::lexicon::{Group, Hit, group};
use crate::outline::Outline;
use crate::text::{count, is_colon, is_opening, part};
use crate::tokens::Tokens;

/// Clauses in which a text says who speaks.
const OPENING: usize = 60;

/// Characters between a party and who it is.
const NEAR: usize = 16;

/// Who speaks.
#[derive(Debug, Default)]
pub(super) struct Own {
    /// Title and first clauses that name us, in lower case.
    told: String,
    /// The first party of the contract is the reader.
    swapped: bool,
}

impl Own {
    /// Linear in the opening.
    pub fn new(document: &Document, outline: &Outline, clauses: &[clauses::Clause], tokens: &Tokens<'_>) -> Self {
        let mut told = outline.title.map_or("", |title| document.text.slice(title)).to_ascii_lowercase();
        let mut swapped = false;
        for (at, clause) in clauses.iter().enumerate().take(OPENING) {
            let reading = tokens.clause(at);
            let names = [group!("company.form"), group!("company.alias")].into_iter().any(|g| reading.has(g));
            if names && (reading.has(group!("practice.we")) || reading.has(group!("company.operate"))) {
                told += &document.text.slice(clause.span).to_ascii_lowercase();
            }
            let first = group!("practice.party.first");
            let second = group!("practice.party.second");
            let is = |party: Group, other: Group, who: Group| {
                let between = |from: usize, to: usize| reading.within(other, from, to).is_empty();
                reading.of(party).iter().any(|p| beside(reading.text, p, reading.of(who), between))
            };
            swapped |= is(first, second, group!("practice.you.noun")) || is(second, first, group!("company.form"));
        }
        Self { told, swapped }
    }

    /// Whether a known company is who speaks.
    pub fn names(&self, brand: &str) -> bool {
        self.told.contains(&brand.to_ascii_lowercase())
    }

    /// Which party acts, where the reader is the first.
    pub fn parties(&self, clause: &mut Clause<'_>) {
        let (first, second) = (group!("practice.party.first"), group!("practice.party.second"));
        if !self.swapped || !clause.reading.has(first) && !clause.reading.has(second) {
            return;
        }
        for at in 0..clause.words.len() {
            let Some((start, end)) = clause.words.get(at).map(|w| (w.start, w.end)) else { continue };
            let kind = match () {
                () if clause.is(first, start, end) => Kind::Reader,
                () if clause.is(second, start, end) => Kind::We,
                () => continue,
            };
            clause.words.iter_mut().skip(at).take(1).for_each(|w| w.kind = kind);
        }
    }
}

/// 'The second party: Example Ltd.', 'Example Ltd. (the second party)': somebody right beside a party's name.
fn beside(text: &str, party: &Hit, who: &[Hit], free: impl Fn(usize, usize) -> bool) -> bool {
    let marks = |t: &str| count(t) <= NEAR && t.chars().any(|c| is_colon(c) || is_opening(c));
    let label = |h: &Hit| {
        let between = part(text, party.end(), h.start());
        h.start() >= party.end() && between.starts_with(is_colon) && count(between) <= NEAR
    };
    let named = |h: &Hit| free(h.end(), party.start()) && marks(part(text, h.end(), party.start()));
    who.iter().rfind(|h| h.end() <= party.start()).is_some_and(named)
        || who.iter().find(|h| h.start() >= party.end()).is_some_and(label)
}
