//! A text → its hits by group and its stretches: what lies between two commas, colons, full stops or cells.

use super::{Group, Hit, NAMES, fold, scan};

/// A bit for each group.
#[derive(Clone, Copy, Debug, Default)]
struct Present([u64; NAMES.len().div_ceil(64)]);

impl Present {
    fn of(hits: &[Hit]) -> Self {
        let mut present = Self::default();
        for hit in hits {
            if let Some(bits) = present.0.get_mut(usize::from(hit.group.0 / 64)) {
                *bits |= 1 << (hit.group.0 % 64);
            }
        }
        present
    }

    #[inline]
    fn has(&self, group: Group) -> bool {
        self.0.get(usize::from(group.0 / 64)).is_some_and(|bits| bits >> (group.0 % 64) & 1 > 0)
    }
}

/// A text, read once.
#[derive(Clone, Debug, Default)]
pub struct Reading<'a> {
    /// What was read.
    pub text: &'a str,
    /// By group, then start.
    hits: Box<[Hit]>,
    /// Where a stretch ends and the next one starts, ascending.
    breaks: Box<[u32]>,
    /// Most groups that are asked for are not hit.
    present: Present,
}

impl<'a> Reading<'a> {
    /// Reads a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let hits = scan(text);
        let mut breaks = Vec::new();
        for (at, c) in text.char_indices() {
            if is_break(c) {
                breaks.push((at + c.len_utf8()) as u32);
            }
        }
        Self { text, present: Present::of(&hits), hits: hits.into(), breaks: breaks.into() }
    }

    /// The group's hits by start.
    #[must_use]
    pub fn of(&self, group: Group) -> &[Hit] {
        if self.present.has(group) { of(&self.hits, group) } else { &[] }
    }

    /// Whether a term of the group stands in it.
    #[must_use]
    pub fn has(&self, group: Group) -> bool {
        self.present.has(group)
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

/// The hits of many texts in one row.
#[derive(Clone, Debug)]
pub struct Hits {
    /// By text, group and start.
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
        let new = &reading.hits;
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
        let end = |text: usize| self.ends.get(text).map_or(0, |end| *end as usize);
        let from = text.checked_sub(1).map_or(0, end);
        of(self.all.get(from..end(text)).unwrap_or_default(), group)
    }
}

fn is_break(c: char) -> bool {
    // Ideographs: most of a text.
    if matches!(c, '\u{3003}'..='\u{ff00}') {
        return false;
    }
    matches!(fold(c), ',' | ';' | ':' | '!' | '?' | '|' | '\n' | '\t' | '\u{3002}')
}

/// Whether nothing but the comma of a list (U+3001) and white space stands there.
#[must_use]
pub fn is_list_comma(between: &str) -> bool {
    let between = between.trim();
    between.is_empty() || between == "\u{3001}"
}
