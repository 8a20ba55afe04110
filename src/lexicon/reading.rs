//! A text → its hits by group and its stretches: what lies between two commas, colons, full stops or cells.

use super::{Group, Hit, STATING, fold, scan};

/// A text, read once.
/// A policy has thousands at a time, which are the largest thing that any stage holds: hence boxes and narrow numbers.
#[derive(Clone, Debug, Default)]
pub struct Reading<'a> {
    /// What was read.
    pub text: &'a str,
    /// By group, then start.
    hits: Box<[Hit]>,
    /// Where a stretch ends and the next one starts, ascending.
    breaks: Box<[u32]>,
}

impl<'a> Reading<'a> {
    /// Reads a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut hits = scan(text);
        hits.sort_unstable_by_key(|h| (h.group, h.start));
        let breaks = text.char_indices().filter(|&(_, c)| is_break(c)).map(|(at, c)| (at + c.len_utf8()) as u32);
        Self { text, hits: hits.into(), breaks: breaks.collect() }
    }

    /// The group's hits by start.
    #[must_use]
    pub fn of(&self, group: Group) -> &[Hit] {
        of(&self.hits, group)
    }

    /// Whether a term of the group stands in it.
    #[must_use]
    pub fn has(&self, group: Group) -> bool {
        !self.of(group).is_empty()
    }

    /// The stretch around a byte offset.
    #[must_use]
    pub fn stretch(&self, at: usize) -> (usize, usize) {
        let next = self.breaks.partition_point(|&b| b as usize <= at);
        let start = next.checked_sub(1).and_then(|i| self.breaks.get(i)).map_or(0, |b| *b as usize);
        (start, self.breaks.get(next).map_or(self.text.len(), |b| *b as usize))
    }

    /// The group's hits that start in `from..to`.
    #[must_use]
    pub fn within(&self, group: Group, from: usize, to: usize) -> &[Hit] {
        let hits = self.of(group);
        let a = hits.partition_point(|h| h.start() < from);
        let b = hits.partition_point(|h| h.start() < to);
        hits.get(a..b.max(a)).unwrap_or_default()
    }

    /// The group's last hit that starts at `from` or later and ends at `at` or before, brackets closed by then aside.
    #[must_use]
    pub fn before(&self, group: Group, from: usize, at: usize) -> Option<Hit> {
        let closed = |end: usize| {
            let mut between = self.text.get(end..at).unwrap_or_default().chars().take(200).map(fold);
            between.find(|c| matches!(c, '(' | ')')) == Some(')')
        };
        self.within(group, from, at).iter().rev().take(8).find(|h| h.end() <= at && !closed(h.end())).copied()
    }

    /// The group's first hit that starts in `at..to`.
    #[must_use]
    pub fn after(&self, group: Group, at: usize, to: usize) -> Option<Hit> {
        self.within(group, at, to).first().copied()
    }
}

/// The group's hits among some that stand by group.
fn of(hits: &[Hit], group: Group) -> &[Hit] {
    let from = hits.partition_point(|h| h.group < group);
    let to = hits.partition_point(|h| h.group <= group);
    hits.get(from..to).unwrap_or_default()
}

/// What facts are read from: the hits of many texts in one row, but for those of groups that no fact asks for.
#[derive(Clone, Debug)]
pub struct Hits {
    all: Vec<Hit>,
    /// For each text, how many hits there are up to its end.
    ends: Vec<u32>,
}

impl Hits {
    /// Makes room for so many texts.
    #[must_use]
    pub fn new(texts: usize) -> Self {
        Self { all: Vec::new(), ends: Vec::with_capacity(texts) }
    }

    /// Takes the next text's.
    pub fn push(&mut self, reading: &Reading<'_>) {
        let before = |end: u16| reading.hits.partition_point(|h| h.group.0 < end);
        let new = reading.hits.get(before(STATING.start)..before(STATING.end)).unwrap_or_default();
        if self.all.capacity() - self.all.len() < new.len() {
            // A long text has millions: a quarter more is enough at a time.
            self.all.reserve_exact(new.len().max(self.all.len() / 4));
        }
        self.all.extend_from_slice(new);
        self.ends.push(self.all.len() as u32);
    }

    /// The group's hits in a text, by start.
    #[must_use]
    pub fn of(&self, text: usize, group: Group) -> &[Hit] {
        debug_assert!(STATING.contains(&group.0), "no list of facts, items or headings: {group:?}");
        let end = |text: usize| self.ends.get(text).map_or(0, |end| *end as usize);
        let from = text.checked_sub(1).map_or(0, end);
        of(self.all.get(from..end(text)).unwrap_or_default(), group)
    }
}

fn is_break(c: char) -> bool {
    matches!(fold(c), ',' | ';' | ':' | '!' | '?' | '|' | '\n' | '\t' | '\u{3002}')
}

/// Whether nothing but the comma of a list (U+3001) and white space stands there.
#[must_use]
pub fn is_list_comma(between: &str) -> bool {
    let between = between.trim();
    between.is_empty() || between == "\u{3001}"
}
