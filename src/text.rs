//! Source → canonical text: what a reader reads, with a map from every place in it back to the source.
//!
//! The canonical text holds the source's characters in order, without markup and tears. White space between blocks and
//! the ` | ` between table cells are inserted; everything else is copied or is a decoded character reference.
//! All offsets are bytes of UTF-8 and lie on character boundaries.

mod chars;
mod index;

use std::ops::Range;

pub use chars::*;
pub use index::{Ideographs, Index, Numbers, Words, hash};

/// A stretch `[start, end)` of the canonical text, in bytes. There are several in a line: the numbers are as narrow as in the
/// browser, and no source is read further than [`crate::blocks::LONGEST`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// `[start, end)`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// First byte.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// The part before `end`; one that starts there or later is empty.
    #[must_use]
    pub fn until(self, end: usize) -> Self {
        Self { end: self.end.min(end as u32), ..self }
    }

    /// Whether nothing is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The common part with `other`, if there is one.
    #[must_use]
    pub fn meet(self, other: Self) -> Option<Self> {
        let both = Self { start: self.start.max(other.start), end: self.end.min(other.end) };
        (!both.is_empty()).then_some(both)
    }
}

/// A value together with the clauses it was read from: it cannot be made without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidenced<T> {
    /// What the policy says.
    pub value: T,
    clauses: Vec<usize>,
}

impl<T> Evidenced<T> {
    /// The value, read from `clause`.
    pub fn new(value: T, clause: usize) -> Self {
        Self { value, clauses: vec![clause] }
    }

    /// The same value with one more clause behind it.
    #[must_use]
    pub fn and(mut self, clause: usize) -> Self {
        self.add(clause);
        self
    }

    /// Puts one more clause behind the value.
    pub fn add(&mut self, clause: usize) {
        if !self.clauses.contains(&clause) {
            self.clauses.push(clause);
        }
    }

    /// Indices of the clauses; never empty.
    #[must_use]
    pub fn clauses(&self) -> &[usize] {
        &self.clauses
    }
}

/// Canonical text and where each part of it stood in the source.
#[derive(Clone, Debug, Default)]
pub struct Text {
    text: String,
    pieces: Vec<Piece>,
}

/// `text[at..at + len]` was read from `source[from..from + source_len]`; the same bytes where the lengths agree.
/// There are several in a line: the numbers are as narrow as in the browser, whose texts end below 4 GB.
#[derive(Clone, Copy, Debug)]
struct Piece {
    at: u32,
    len: u32,
    from: u32,
    source_len: u32,
}

impl Piece {
    fn new(at: usize, len: usize, source: &Range<usize>) -> Self {
        Self { at: at as u32, len: len as u32, from: source.start as u32, source_len: source.len() as u32 }
    }

    /// What it gave.
    fn span(self) -> Span {
        Span::new(self.at as usize, (self.at + self.len) as usize)
    }

    /// What it was read from.
    fn source(self) -> Range<usize> {
        self.from as usize..(self.from + self.source_len) as usize
    }
}

impl Text {
    /// The whole canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The characters of `span`; `""` where it is out of bounds.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        part(&self.text, span.start(), span.end())
    }

    /// Bytes so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing was read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Copies `source[range]`.
    pub fn copy(&mut self, source: &str, range: Range<usize>) {
        let Some(part) = source.get(range.clone()) else { return };
        if part.is_empty() {
            return;
        }
        let at = self.text.len();
        self.text.push_str(part);
        if let Some(last) = self.pieces.last_mut()
            && last.len == last.source_len
            && last.span().end() == at
            && last.source().end == range.start
        {
            last.len += part.len() as u32;
            last.source_len = last.len;
            return;
        }
        self.pieces.push(Piece::new(at, part.len(), &range));
    }

    /// Puts the characters of `source` back where those of `read`, a source of the same places, were copied.
    pub fn restore(&mut self, read: &str, source: &str) {
        let mut text = String::with_capacity(self.text.len());
        let mut done = 0;
        for piece in &self.pieces {
            let (span, range) = (piece.span(), piece.source());
            let here = part(&self.text, span.start(), span.end());
            text.push_str(part(&self.text, done, span.start()));
            let original = source.get(range.clone()).filter(|o| o.len() == here.len());
            text.push_str(original.filter(|_| read.get(range) == Some(here)).unwrap_or(here));
            done = span.end();
        }
        text.push_str(part(&self.text, done, self.text.len()));
        self.text = text;
    }

    /// Puts `decoded` for the character reference at `source[range]`.
    pub fn decode(&mut self, decoded: &str, range: Range<usize>) {
        if decoded.is_empty() {
            return;
        }
        let at = self.text.len();
        self.text.push_str(decoded);
        self.pieces.push(Piece::new(at, decoded.len(), &range));
    }

    /// Gives back room that nothing needs any more.
    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.pieces.shrink_to_fit();
    }

    /// Puts white space or a cell separator that the source does not hold.
    pub fn insert(&mut self, separator: &str) {
        self.text.push_str(separator);
    }

    /// Takes white space off the end, down to `floor` bytes.
    pub fn trim_end(&mut self, floor: usize) {
        let keep = self.text.trim_end_matches(is_blank).len().max(floor);
        self.text.truncate(keep);
        while let Some(last) = self.pieces.last_mut() {
            if last.span().start() >= keep {
                self.pieces.pop();
                continue;
            }
            let over = last.span().end().saturating_sub(keep) as u32;
            if over > 0 {
                last.len -= over;
                last.source_len = last.source_len.saturating_sub(over).max(1);
            }
            break;
        }
    }

    /// Puts a space for the line break that was inserted between two places; tells whether that is all that stands there.
    pub fn join(&mut self, from: usize, to: usize) -> bool {
        let inserted = self.text.get(from..to) == Some("\n");
        if inserted {
            self.text.replace_range(from..to, " ");
        }
        inserted
    }

    /// Puts the separator of cells for the line breaks that were inserted at some places, in order.
    pub fn part_cells(&mut self, places: &[usize]) {
        const SEPARATOR: &str = " | ";
        let mut text = String::with_capacity(self.text.len() + places.len() * 2);
        let mut at = 0;
        for place in places {
            text.push_str(part(&self.text, at, *place));
            text.push_str(SEPARATOR);
            at = place + 1;
        }
        text.push_str(part(&self.text, at, self.text.len()));
        self.text = text;
        for piece in &mut self.pieces {
            let before = places.partition_point(|p| *p < piece.at as usize);
            piece.at += ((SEPARATOR.len() - 1) * before) as u32;
        }
    }

    /// Takes inserted separators off the end, down to `floor` bytes; copied characters stay.
    pub fn truncate_inserted(&mut self, floor: usize) {
        let copied = self.pieces.last().map_or(0, |p| p.span().end());
        self.text.truncate(copied.max(floor));
    }

    /// Where the characters of `span` stood in the source, from the first to the last of them.
    #[must_use]
    pub fn source(&self, span: Span) -> Range<usize> {
        let first = self.pieces.partition_point(|p| p.span().end() <= span.start());
        let after = self.pieces.partition_point(|p| p.span().start() < span.end());
        let (Some(head), Some(tail)) = (self.pieces.get(first), self.pieces.get(after.wrapping_sub(1))) else {
            return 0..0;
        };
        if after <= first {
            return head.source().start..head.source().start;
        }
        let place = |p: &Piece, at: usize, end: bool| {
            let (span, source) = (p.span(), p.source());
            if p.len == p.source_len {
                source.start + at.clamp(span.start(), span.end()) - span.start()
            } else if end {
                source.end
            } else {
                source.start
            }
        };
        place(head, span.start(), false)..place(tail, span.end(), true)
    }

    /// The source ranges that were copied or decoded, in order, each with the canonical characters it gave.
    pub fn pieces(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        self.pieces.iter().map(|p| (p.source(), self.slice(p.span())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_maps_back() {
        let source = "ab  cd&amp;ef";
        let mut text = Text::default();
        text.copy(source, 0..2);
        text.insert(" ");
        text.copy(source, 4..6);
        text.decode("&", 6..11);
        text.copy(source, 11..13);
        assert_eq!(text.as_str(), "ab cd&ef");
        assert_eq!(text.source(Span::new(0, 2)), 0..2);
        assert_eq!(text.source(Span::new(1, 4)), 1..5);
        assert_eq!(text.source(Span::new(5, 6)), 6..11);
        assert_eq!(text.source(Span::new(6, 8)), 11..13);
    }

    #[test]
    fn trimming_keeps_the_map() {
        let mut text = Text::default();
        text.copy("ab  ", 0..4);
        text.trim_end(0);
        assert_eq!((text.as_str(), text.source(Span::new(0, 2))), ("ab", 0..2));
    }
}
