//! A reading → whether a term of two or three characters is a word there, or cut out of its neighbours.
//!
//! ```text
//! cut = suffix: the term starts with what only ends other words ('-ly' of 'family')
//!     | crossing: another word runs over an edge of the term and leaves one character of it
//! ```

use super::{Group, Hit, Reading, group, keys, set};
use crate::text::{is_ideograph, part};

/// Bytes of an ideograph.
const ONE: usize = 3;

/// Where words of the grammar and names of items start and end in a text.
#[derive(Debug, Default)]
pub struct Edges {
    /// By start.
    words: Vec<(usize, usize)>,
    /// Where words end behind which a term surely starts, ascending.
    ends: Vec<usize>,
}

/// Words of the grammar behind which the name of a thing may start.
pub const OPENERS: [Group; 9] = [
    group!("practice.and"),
    group!("practice.include"),
    group!("practice.of"),
    group!("practice.strip"),
    group!("practice.such"),
    group!("practice.verb.collect"),
    group!("practice.verb.give"),
    group!("practice.with"),
    group!("practice.you"),
];

impl Edges {
    /// Gathers the words. Linear in them but for their order.
    #[must_use]
    pub fn new(reading: &Reading<'_>) -> Self {
        let open = OPENERS.into_iter().chain([group!("practice.verb.share"), group!("practice.you.noun")]);
        let nouns = [
            group!("edge.word"),
            group!("practice.noun.data"),
            group!("practice.noun.generic"),
            group!("practice.noun.none"),
            group!("practice.word"),
        ];
        let groups = nouns.into_iter().chain(keys!("item.").chain(keys!("practice.verb.")).map(|k| k.1));
        let mut words: Vec<(usize, usize)> = groups.flat_map(|g| reading.of(g)).map(|h| (h.start(), h.end())).collect();
        words.sort_unstable();
        words.dedup();
        let mut ends: Vec<usize> = open.flat_map(|g| reading.of(g)).map(Hit::end).collect();
        ends.sort_unstable();
        Self { words, ends }
    }

    /// Whether the term is no word there.
    #[must_use]
    pub fn cut(&self, text: &str, hit: &Hit) -> bool {
        let (start, end) = (hit.start(), hit.end());
        let term = part(text, start, end);
        if !(2 * ONE..=3 * ONE).contains(&(end - start)) || !term.chars().all(is_ideograph) {
            return false;
        }
        self.suffixed(text, term, start) || self.crossed(start, end)
    }

    /// Whether what the term starts with ends the word before it.
    fn suffixed(&self, text: &str, term: &str, start: usize) -> bool {
        let behind = part(text, 0, start).chars().next_back().is_some_and(is_ideograph);
        behind
            && term.starts_with(|c| set!("edge.word", "suffix").contains(c))
            && self.ends.binary_search(&start).is_err()
    }

    /// Whether another word runs over an edge and leaves one character.
    fn crossed(&self, start: usize, end: usize) -> bool {
        let inner = self.words.partition_point(|w| w.0 <= start);
        let behind = self.words.get(inner..).unwrap_or_default().iter().take_while(|w| w.0 < end).take(NEAR);
        let right = { behind }.any(|w| w.0 == start + ONE && w.1 > end);
        let before = self.words.get(..self.words.partition_point(|w| w.0 < start)).unwrap_or_default();
        let left = before.iter().rev().take(NEAR).any(|w| w.1 + ONE == end && w.1 > start);
        left || right
    }
}

/// Words on one side of an edge that are looked at.
const NEAR: usize = 12;
