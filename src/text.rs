//! Source → canonical text: what a reader reads, with a map from every place in it back to the source.
//!
//! The canonical text holds the source's characters in order, without markup and tears. White space between blocks and
//! the ` | ` between table cells are inserted; everything else is copied or is a decoded character reference.
//! All offsets are bytes of UTF-8 and lie on character boundaries.

use std::ops::Range;

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

/// Which items have a key: keys are hashed, so that one compiled form serves texts and numbers alike (a map per type
/// would cost the page a kilobyte or two each). Equal hashes of unequal texts are possible: compare what is found.
#[derive(Clone, Debug, Default)]
pub struct Index(Vec<(u64, usize)>);

impl Index {
    /// Takes the hash of each item, in order.
    pub fn new(keys: impl Iterator<Item = u64>) -> Self {
        Self::sorted(keys.zip(0..).collect())
    }

    /// Takes hashes, each with its item.
    #[inline(never)]
    #[must_use]
    pub fn sorted(mut entries: Vec<(u64, usize)>) -> Self {
        entries.sort_unstable();
        Self(entries)
    }

    /// The items with that hash, ascending.
    #[must_use]
    pub fn of(&self, key: u64) -> &[(u64, usize)] {
        let from = self.0.partition_point(|e| e.0 < key);
        let to = self.0.partition_point(|e| e.0 <= key);
        self.0.get(from..to).unwrap_or(&[])
    }
}

/// A number by hash: the one kind of map that grows while it is asked. Open addressing with linear probing; the
/// standard map would bring its own hashing and rehashing, 3 kB, into the page.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// Powers of two, at most half of them taken.
    slots: Vec<(u64, usize)>,
    taken: usize,
}

/// The value of a free slot.
const FREE: usize = usize::MAX;

impl Numbers {
    /// The slot of a key, or the free one where it belongs.
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        // Fibonacci hashing (Knuth, TAOCP 6.4): small numbers are spread as well as hashes are.
        let mut at = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
        while self.slots.get(at).is_some_and(|s| s.1 != FREE && s.0 != key) {
            at = (at + 1) & mask;
        }
        at
    }

    /// The number of a key.
    #[must_use]
    pub fn get(&self, key: u64) -> Option<usize> {
        self.slots.get(self.slot(key)).map(|s| s.1).filter(|n| *n != FREE)
    }

    /// Sets the number of a key; returns the one before.
    #[inline(never)]
    pub fn insert(&mut self, key: u64, number: usize) -> Option<usize> {
        if self.taken * 2 >= self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots.resize((old.len() * 2).max(16), (0, FREE));
            for entry in old {
                let at = self.slot(entry.0);
                if let Some(slot) = self.slots.get_mut(at).filter(|_| entry.1 != FREE) {
                    *slot = entry;
                }
            }
        }
        let at = self.slot(key);
        let slot = self.slots.get_mut(at)?;
        let before = std::mem::replace(slot, (key, number)).1;
        self.taken += usize::from(before == FREE);
        Some(before).filter(|n| *n != FREE)
    }

    /// Adds to the number of a key, which starts at 0; never below it.
    pub fn add(&mut self, key: u64, change: isize) {
        let before = self.get(key).unwrap_or(0);
        self.insert(key, before.saturating_add_signed(change));
    }
}

/// Words, each with a number, that are sought in many texts: by their first characters, so that a place of a text where
/// none starts costs next to nothing.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// A bit for the low bits of each first (or last) character.
    firsts: [u64; 16],
    /// By that character.
    words: Vec<(char, &'static str, i32)>,
}

impl Words {
    /// Takes words, each with its number.
    #[must_use]
    pub fn new(words: Vec<(&'static str, i32)>) -> Self {
        Self::by(first, words)
    }

    /// Takes words that are sought at the ends of texts alone.
    #[must_use]
    pub fn ends(words: Vec<(&'static str, i32)>) -> Self {
        Self::by(last, words)
    }

    fn by(edge: fn(&str) -> char, words: Vec<(&'static str, i32)>) -> Self {
        let mut firsts = [0; 16];
        let mut sorted = Vec::with_capacity(words.len());
        for (word, number) in words {
            let c = edge(word);
            if let Some(bits) = firsts.get_mut(c as usize >> 6 & 15) {
                *bits |= 1 << (c as u32 & 63);
            }
            sorted.push((c, word, number));
        }
        sorted.sort_by_key(|w| w.0);
        Self { firsts, words: sorted }
    }

    /// The words that start with a character, and the place of the first of them.
    fn of(&self, c: char) -> (usize, &[(char, &'static str, i32)]) {
        if self.firsts.get(c as usize >> 6 & 15).is_none_or(|bits| bits >> (c as u32 & 63) & 1 == 0) {
            return (0, &[]);
        }
        let from = self.words.partition_point(|w| w.0 < c);
        let words = self.words.get(from..).unwrap_or_default();
        (from, words.get(..words.partition_point(|w| w.0 == c)).unwrap_or_default())
    }

    /// Calls `take` with the number of each word that a text starts with.
    pub fn starting(&self, text: &str, mut take: impl FnMut(i32)) {
        for (_, word, number) in self.of(first(text)).1 {
            if text.starts_with(word) {
                take(*number);
            }
        }
    }

    /// Calls `take` with the number of each word that a text ends with; for words taken by `ends`.
    pub fn ending(&self, text: &str, mut take: impl FnMut(i32)) {
        for (_, word, number) in self.of(last(text)).1 {
            if text.ends_with(word) {
                take(*number);
            }
        }
    }

    /// Whether a text starts with one of the words.
    #[must_use]
    pub fn starts(&self, text: &str) -> bool {
        self.of(first(text)).1.iter().any(|(_, word, _)| text.starts_with(word))
    }

    /// Whether one of the words stands in a text.
    #[must_use]
    pub fn stands_in(&self, text: &str) -> bool {
        text.char_indices().any(|(at, c)| self.of(c).1.iter().any(|w| part(text, at, text.len()).starts_with(w.1)))
    }

    /// Calls `take` with the number of each word that stands in a text, once a word, in no order.
    pub fn each(&self, text: &str, mut take: impl FnMut(i32)) {
        // Few stand in a text.
        let mut taken = Vec::new();
        for (at, c) in text.char_indices() {
            let (from, words) = self.of(c);
            for (n, (_, word, number)) in words.iter().enumerate() {
                if part(text, at, text.len()).starts_with(word) && !taken.contains(&(from + n)) {
                    taken.push(from + n);
                    take(*number);
                }
            }
        }
    }
}

/// Characters of a list, to be asked for often: a bit each for those of the basic block of ideographs.
#[derive(Clone, Debug)]
pub struct Ideographs(Vec<u64>);

impl Ideographs {
    const FIRST: usize = 0x4e00;

    /// Takes the characters; any but ideographs are left out.
    #[must_use]
    pub fn new(list: &str) -> Self {
        let mut bits = vec![0; 0x5200 / 64];
        for at in list.chars().filter_map(|c| (c as usize).checked_sub(Self::FIRST)) {
            if let Some(bits) = bits.get_mut(at / 64) {
                *bits |= 1 << (at % 64);
            }
        }
        Self(bits)
    }

    /// Whether the list holds it.
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        let at = (c as usize).wrapping_sub(Self::FIRST);
        self.0.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 > 0)
    }
}

/// FNV-1a of a text's bytes.
#[must_use]
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

// What the readers ask of a text again and again; each is compiled once, where the standard library's generic forms are
// compiled anew for every pattern.

/// The bytes `[start, end)` of a text; `""` where that is no stretch of it.
#[inline(never)]
#[must_use]
pub fn part(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("")
}

/// The first character; NUL where there is none.
#[inline(never)]
#[must_use]
pub fn first(text: &str) -> char {
    text.chars().next().unwrap_or('\0')
}

/// The last character; NUL where there is none.
#[inline(never)]
#[must_use]
pub fn last(text: &str) -> char {
    text.chars().next_back().unwrap_or('\0')
}

/// Characters in a text.
#[inline(never)]
#[must_use]
pub fn count(text: &str) -> usize {
    text.chars().count()
}

/// Characters of one kind in a text.
#[inline(never)]
#[must_use]
pub fn count_of(text: &str, kind: fn(char) -> bool) -> usize {
    let mut count = 0;
    for c in text.chars() {
        count += usize::from(kind(c));
    }
    count
}

/// Characters in a text that are no white space.
#[inline(never)]
#[must_use]
pub fn size(text: &str) -> usize {
    let mut count = 0;
    for c in text.chars() {
        count += usize::from(!is_blank(c));
    }
    count
}

/// The byte at which the first character of a kind stands.
#[inline(never)]
#[must_use]
pub fn find(text: &str, kind: fn(char) -> bool) -> Option<usize> {
    for (i, c) in text.char_indices() {
        if kind(c) {
            return Some(i);
        }
    }
    None
}

/// Whether a character of a kind stands in a text.
#[must_use]
pub fn has(text: &str, kind: fn(char) -> bool) -> bool {
    find(text, kind).is_some()
}

/// Whether a text starts with one of a list.
#[inline(never)]
#[must_use]
pub fn starts_any(text: &str, list: &[&str]) -> bool {
    list.iter().any(|t| text.starts_with(t))
}

/// Whether a text ends with one of a list.
#[inline(never)]
#[must_use]
pub fn ends_any(text: &str, list: &[&str]) -> bool {
    list.iter().any(|t| text.ends_with(t))
}

/// A text without the characters of a kind at its start.
#[inline(never)]
#[must_use]
pub fn trim_start(text: &str, kind: fn(char) -> bool) -> &str {
    text.trim_start_matches(kind)
}

/// A text without the characters of a kind at its end.
#[inline(never)]
#[must_use]
pub fn trim_end(text: &str, kind: fn(char) -> bool) -> &str {
    text.trim_end_matches(kind)
}

/// The parts with a separator between them, itself in parts. (The standard library's `join` is 900 bytes for each type.)
#[must_use]
pub fn join<S: AsRef<str>>(parts: &[S], separator: &[&str]) -> String {
    let mut joined = String::new();
    for (at, part) in parts.iter().enumerate() {
        for piece in separator.iter().filter(|_| at > 0) {
            joined.push_str(piece);
        }
        joined.push_str(part.as_ref());
    }
    joined
}

/// A text without the white space around it.
#[must_use]
pub fn trim(text: &str) -> &str {
    trim_start(trim_end(text, is_blank), is_blank)
}

/// Whether a letter, a digit or an ideograph stands in a text.
#[must_use]
pub fn is_worded(text: &str) -> bool {
    has(text, is_letter)
}

/// A digit in whatever width, circle or bracket, or a Roman numeral of one character.
#[must_use]
pub fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '\u{ff10}'..='\u{ff19}' | '\u{2160}'..='\u{217f}' | '\u{2460}'..='\u{249b}'
        | '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{3229}')
}

/// A letter, a digit or an ideograph: all that Unicode calls alphabetic or numeric, and the marks and symbols of scripts
/// that no policy is written in. (Unicode's own tables are 2.6 kB of the page.)
#[inline(never)]
#[must_use]
pub fn is_letter(c: char) -> bool {
    match c {
        // Most of a text.
        '\u{4e00}'..='\u{9fff}' => true,
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        // Signs of Latin-1; punctuation, currencies; arrows to technical signs; boxes to dingbats; more signs and arrows.
        '\u{80}'..='\u{a9}'
        | '\u{ab}'..='\u{b1}'
        | '\u{b4}'
        | '\u{b6}'..='\u{b8}'
        | '\u{bb}'
        | '\u{bf}'
        | '\u{d7}'
        | '\u{f7}'
        | '\u{2000}'..='\u{206f}'
        | '\u{20a0}'..='\u{20ff}'
        | '\u{2116}'
        | '\u{2122}'
        | '\u{2190}'..='\u{245f}'
        | '\u{2500}'..='\u{2775}'
        | '\u{2794}'..='\u{2bff}'
        // Punctuation, radicals and marks of Chinese and Japanese.
        | '\u{2e30}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{302a}'..='\u{3030}'
        | '\u{303d}'..='\u{3040}'
        | '\u{30a0}'
        | '\u{30fb}'
        // Private use; forms of punctuation, full width; emoji and what else is no text.
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fe00}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}'
        | '\u{ffe0}'..='\u{ffff}'
        | '\u{1f200}'..='\u{1fbef}'
        | '\u{40000}'.. => false,
        _ => true,
    }
}

/// Whether a text is one of a list's words, which single spaces part.
#[inline(never)]
#[must_use]
pub fn is_word(list: &str, text: &str) -> bool {
    list.split(' ').any(|w| text == w)
}

/// Whether a text starts with one of a list's words.
#[inline(never)]
#[must_use]
pub fn starts_word(list: &str, text: &str) -> bool {
    list.split(' ').any(|w| text.starts_with(w))
}

/// Whether a text ends with one of a list's words.
#[inline(never)]
#[must_use]
pub fn ends_word(list: &str, text: &str) -> bool {
    list.split(' ').any(|w| text.ends_with(w))
}

/// The brackets and quotes of a text that are closed: where each pair opens and closes, by where it closes. A bracket is
/// closed by its nearest partner within a few levels; what was opened in between is taken for never closed.
#[must_use]
pub fn pairs(text: &str) -> Vec<(usize, usize)> {
    /// Levels that a closing bracket looks through.
    const LEVELS: usize = 6;
    let mut pairs = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (i, c) in text.char_indices() {
        if is_opening(c) {
            open.push((i, c as usize));
            continue;
        }
        let mut at = open.len();
        while let Some(below) = at.checked_sub(1).filter(|b| b + LEVELS >= open.len()) {
            at = below;
            if let Some((start, o)) = open.get(at).copied()
                && closes(o as u32, c)
            {
                pairs.push((start, i));
                open.truncate(at);
                break;
            }
        }
    }
    pairs
}

/// Whether `c` closes what `o` opened; pages mix widths.
fn closes(o: u32, c: char) -> bool {
    let width = |a: char, b: char| o == a as u32 || o == b as u32;
    match c {
        ')' | '\u{ff09}' => width('(', '\u{ff08}'),
        ']' | '\u{ff3d}' => width('[', '\u{ff3b}'),
        // The other closing brackets stand right behind the opening ones (Unicode, CJK Symbols and Punctuation).
        '\u{3009}' | '\u{300b}' | '\u{300d}' | '\u{300f}' | '\u{3011}' | '\u{201d}' | '\u{2019}' => o + 1 == c as u32,
        '}' => width('{', '{'),
        _ => false,
    }
}

/// A full-width or narrow colon.
#[must_use]
pub fn is_colon(c: char) -> bool {
    matches!(c, '\u{ff1a}' | ':')
}

/// A full-width or narrow comma.
#[must_use]
pub fn is_comma(c: char) -> bool {
    matches!(c, '\u{ff0c}' | ',')
}

/// A full-width or narrow semicolon.
#[must_use]
pub fn is_semicolon(c: char) -> bool {
    matches!(c, '\u{ff1b}' | ';')
}

/// White space in a policy: Unicode's, and the invisible joiners and marks that pages leave behind.
#[inline]
#[must_use]
pub fn is_blank(c: char) -> bool {
    // Most of a text: whatever is ASCII and shows, and ideographs.
    !matches!(c, '!'..='~' | '\u{3001}'..='\u{fefe}') && is_white(c)
}

#[inline(never)]
fn is_white(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Whether `c` is an ideograph: scripts written without spaces between words.
#[must_use]
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

/// Whether `c` ends a sentence, an item or a lead-in: 。 ． is not one, as it also separates numbers.
#[must_use]
pub fn is_terminal(c: char) -> bool {
    matches!(c, '\u{3002}' | '\u{ff1b}' | ';' | '\u{ff01}' | '!' | '\u{ff1f}' | '?' | '\u{ff1a}' | ':' | '\u{2026}')
}

/// How many sentences or items end in a text: 。 and ；, or a full stop between a word and white space.
#[must_use]
pub fn stops(text: &str) -> usize {
    let mut count = 0;
    let (mut before, mut stop) = (' ', false);
    for c in text.chars().chain([' ']) {
        count += usize::from(matches!(c, '\u{3002}' | '\u{ff1b}') || stop && is_blank(c));
        stop = c == '.' && before.is_ascii_lowercase();
        before = c;
    }
    count
}

/// Whether a line or a phrase cannot start with `c`: closing brackets and marks that follow a word.
#[must_use]
pub fn is_closing(c: char) -> bool {
    is_terminal(c)
        || matches!(
            c,
            '\u{ff0c}'
                | ','
                | '\u{3001}'
                | '\u{ff09}'
                | ')'
                | '\u{300b}'
                | '\u{3011}'
                | '\u{201d}'
                | '\u{2019}'
                | '\u{300d}'
                | '\u{300f}'
                | '\u{3009}'
                | ']'
                | '}'
                | '\u{ff3d}'
        )
}

/// Whether a line or a phrase cannot end with `c`: opening brackets.
#[must_use]
pub fn is_opening(c: char) -> bool {
    matches!(
        c,
        '\u{ff08}'
            | '('
            | '\u{300a}'
            | '\u{3010}'
            | '\u{201c}'
            | '\u{2018}'
            | '\u{300c}'
            | '\u{300e}'
            | '\u{3008}'
            | '['
            | '{'
            | '\u{ff3b}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ideographs_of_a_list() {
        let list = Ideographs::new("\u{4e00}a\u{9fff}\u{6587}");
        let has = ['\u{4e00}', '\u{4e01}', '\u{9fff}', '\u{6587}', 'a', '\u{a000}', '\u{20000}'].map(|c| list.has(c));
        assert_eq!(has, [true, false, true, true, false, false, false]);
    }

    #[test]
    fn words_are_found_once_each() {
        let words = Words::new(vec![("\u{4fe1}\u{606f}", 1), ("\u{4fe1}", 2), ("ip", 3), ("\u{8bbe}\u{5907}", 1)]);
        let found = |text: &str| {
            let mut found = Vec::new();
            words.each(text, |number| found.push(number));
            found.sort_unstable();
            found
        };
        assert_eq!(found("\u{4fe1}\u{606f}\u{548c}\u{4fe1}\u{606f}"), [1, 2], "twice is once");
        assert_eq!(found("\u{8bbe}\u{5907}\u{4fe1}\u{606f}ip"), [1, 1, 2, 3], "two words of a number");
        assert_eq!(found("i p\u{606f}"), [0; 0]);
        let starting = |text: &str| {
            let mut sum = 0;
            words.starting(text, |number| sum += number);
            (sum, words.starts(text), words.stands_in(text))
        };
        assert_eq!(starting("\u{4fe1}\u{606f}"), (3, true, true));
        assert_eq!(starting("a\u{8bbe}\u{5907}"), (0, false, true));
        assert_eq!(starting(""), (0, false, false));
        let ends = Words::ends(vec![("\u{4fe1}\u{606f}", 1), ("\u{606f}", 2), ("ip", 3)]);
        let ending = |text: &str| {
            let mut sum = 0;
            ends.ending(text, |number| sum += number);
            sum
        };
        assert_eq!(["\u{4fe1}\u{606f}", "a\u{606f}", "\u{606f}ip", "ip\u{4fe1}", ""].map(ending), [3, 2, 3, 0, 0]);
    }

    #[test]
    fn all_letters_and_digits_of_unicode_are_letters() {
        for c in ('\0'..=char::MAX).filter(|c| c.is_alphanumeric()) {
            assert!(is_letter(c), "{c:?} U+{:04X}", c as u32);
        }
        let signs = "，。、；：？！（）【】《》「」『』“”‘’…—·～￥％＆＊＃＠〇".trim_end_matches('〇');
        for c in signs
            .chars()
            .chain(" \t\u{3000}\u{a0}\u{200b}.,;:!?()[]|<>+-*/=©®™→●■□☆★✓\u{1f512}\u{fffd}\u{e000}⼀".chars())
        {
            assert!(!is_letter(c), "{c:?} U+{:04X}", c as u32);
        }
    }

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
