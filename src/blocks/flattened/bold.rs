//! Chunks parted by white space → the phrases that stood out where the page was more than text: bold, or a link.
//!
//! A browser's text keeps the white space around an element. In Chinese it stands out where neither a Latin word nor the
//! end of a sentence explains it:
//! ```text
//! ends a phrase    ideograph GAP closing punctuation         the terms of use GAP ，
//! starts one       ，、（ GAP ideograph                       ， GAP the terms of use
//! either           ideograph GAP ideograph, where a function word stands beside it
//! ```
//! Titles in 《》, names of documents behind "see", and addresses are links; the rest is bold.

use super::Chunks;
use super::columns::folded;
use crate::lexicon::{group, settings};
use crate::numbering;
use crate::text::{
    Span, count, count_of, ends_word, first, has, is_closing, is_ideograph, is_opening, is_terminal, last, part,
    starts_word, trim_end,
};
use std::sync::OnceLock;

/// A phrase that white space sets off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Bytes of the line.
    pub at: Span,
    /// Index of the chunk that it ends with.
    pub last: usize,
    /// A link's text rather than bold.
    pub link: bool,
    /// It stands in the middle of a sentence: no paragraph starts or ends at its edges.
    pub inline: bool,
}

/// Where a chunk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Between tables.
    Text,
    /// First in a cell of a table, or first behind a table.
    Start,
    /// In a cell, not first.
    Cell,
}

/// The longest phrase, in characters.
const LONGEST: usize = 220;
/// The longest phrase without punctuation to prove its edges.
const SHORT: usize = 24;

/// Words that tell what stands beside a gap: the lists of data/zh/spacing.txt as they are written.
#[derive(Default)]
pub struct Words {
    before: &'static str,
    after: &'static str,
    defines: &'static str,
    is: &'static str,
    endings: &'static str,
    openers: &'static str,
    open: &'static str,
    runs: &'static str,
    conditions: &'static str,
}

/// The words of data/zh/spacing.txt.
pub fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Words::default();
        for group in [group!("bold"), group!("link"), group!("open")] {
            for (key, list) in settings(group) {
                let into = match key {
                    "before" => &mut words.before,
                    "after" => &mut words.after,
                    "runs" => &mut words.runs,
                    "conditions" => &mut words.conditions,
                    "is" => &mut words.is,
                    "defines" => &mut words.defines,
                    "endings" => &mut words.endings,
                    "openers" => &mut words.openers,
                    "ends" => &mut words.open,
                    _ => continue,
                };
                *into = list;
            }
        }
        words
    })
}

impl Words {
    /// Whether a text that ends so goes on behind white space.
    pub fn is_open(&self, text: &str) -> bool {
        ends_word(self.open, text)
    }

    /// Whether a text that starts so goes on from before the white space.
    pub fn runs_on(&self, text: &str) -> bool {
        starts_word(self.runs, text) || starts_word(self.is, text)
    }

    /// Whether a text that starts so is a sentence, not a title.
    pub fn is_condition(&self, text: &str) -> bool {
        starts_word(self.conditions, text)
    }
}

/// A comma of Chinese text, or the mark between the entries of a list.
fn is_pause(c: char) -> bool {
    matches!(c, '\u{ff0c}' | '\u{3001}')
}

/// Closing punctuation that is not ASCII.
fn is_wide_closing(c: char) -> bool {
    is_closing(c) && !c.is_ascii()
}

/// Finds the phrases. `places` tells of each chunk where it stands: no phrase reaches over the edge of a cell.
pub fn find(chunks: Chunks<'_>, places: &[Place]) -> Vec<Phrase> {
    // White space beside such punctuation: too often to mean anything?
    let (mut after, mut before) = (0, 0);
    for i in 0..chunks.at.len() {
        after += usize::from(is_pause(last(chunks.chunk(i))));
        before += usize::from(is_closing(first(chunks.chunk(i))));
    }
    let loose = |spaced: usize, kind: fn(char) -> bool| spaced > 12 && spaced * 8 > count_of(chunks.line, kind);
    let (loose_after, loose_before) = (loose(after, is_pause), loose(before, is_wide_closing));
    let gaps = Gaps { chunks, places, loose_after, loose_before };
    let mut phrases: Vec<Phrase> = Vec::new();
    for i in 0..chunks.at.len() {
        if let Some(phrase) = gaps.phrase(i) {
            phrases.push(phrase);
        }
    }
    phrases
}

struct Gaps<'l> {
    chunks: Chunks<'l>,
    places: &'l [Place],
    /// White space follows commas, or stands before closing punctuation, all over the page: there it says nothing.
    loose_after: bool,
    loose_before: bool,
}

impl<'l> Gaps<'l> {
    /// The chunk `i` if `edge`, the later one of it and its neighbour, starts no cell; `""` where there is none.
    fn beside(&self, i: usize, edge: usize) -> &'l str {
        if edge == 0 || self.places.get(edge) == Some(&Place::Start) { "" } else { self.chunks.chunk(i) }
    }

    /// The phrase that starts with chunk `i`.
    fn phrase(&self, i: usize) -> Option<Phrase> {
        let chunk = self.chunks.at.get(i)?;
        let text = self.chunks.chunk(i);
        // Behind the number of a title.
        let mark = numbering::parse(text).map_or(0, |m| m.end);
        let body = part(text, mark, text.len());
        let (head, tail) = (first(body), last(body));
        let length = count(body);
        if !is_ideograph(head) && head != '\u{300a}' && head != '\u{201c}' || length > LONGEST {
            return None;
        }
        // A number that stands alone before it.
        let number = i.checked_sub(1).and_then(|b| self.chunks.at.get(b));
        let numbered = number.is_some_and(|b| {
            numbering::parse(self.chunks.rest(i - 1)).is_some_and(|m| b.start() + m.end >= chunk.start())
        });
        let before = if numbered { "" } else { self.beside(i.wrapping_sub(1), i) };
        let after = self.beside(i + 1, i + 1);
        let free = before.is_empty() || is_terminal(last(before));
        let starts = self.starts(i, before);
        let ends = !self.loose_before && is_word_end(tail) && is_wide_closing(first(after));
        let full = |c: char| matches!(c, '\u{3002}' | '\u{ff01}' | '\u{ff1f}');
        let stops = has(trim_end(body, is_terminal), full);
        let plain = !has(body, |c| matches!(c, '\u{3002}' | '\u{ff0c}' | '\u{ff1b}' | '\u{ff1a}' | ':' | ';'));
        let number_next = numbering::parse(after).is_some();
        let found = if ends && !stops {
            // What a comma or a word stands before may hold commas; at the start of a paragraph it is a term, or a
            // sentence in bold up to its full stop.
            let titled = (mark > 0 || numbered) && !body.contains('\u{ff0c}');
            !free || plain || first(after) == '\u{3002}' || titled
        } else if starts && mark == 0 && (!number_next || is_terminal(tail)) {
            // To the next edge, or to the end of the paragraph.
            (is_word_end(tail) || is_terminal(tail)) && !stops
        } else {
            plain && mark == 0 && length <= SHORT && is_word_end(tail) && !number_next && between(before, after)
        };
        let inline = !free && !ends && (starts || !starts_word(words().is, after));
        let at = Span::new(chunk.start() + mark, chunk.end());
        found.then(|| Phrase { link: is_link(body, before), at, last: i, inline })
    }

    /// Whether white space behind `before` starts a phrase.
    fn starts(&self, i: usize, before: &str) -> bool {
        match last(before) {
            '\u{ff0c}' | '\u{3001}' => !self.loose_after,
            '\u{ff1a}' | ':' => count(before) <= 8 && self.places.get(i) == Some(&Place::Cell),
            end => is_opening(end) && !end.is_ascii(),
        }
    }
}

/// Whether a phrase between two pieces of white space stands in the middle of a sentence.
fn between(before: &str, after: &str) -> bool {
    let words = words();
    if !is_ideograph(first(after)) {
        return false;
    }
    let (follows, is) = (starts_word(words.after, after), starts_word(words.is, after));
    let end = last(before);
    if before.is_empty() {
        // A sentence's first words.
        is || starts_word(words.defines, after)
    } else if is_terminal(end) {
        follows || starts_word(words.defines, after)
    } else {
        let open = words.is_open(before);
        let opened = open || ends_word(words.openers, before) || ends_word(words.before, before) && follows;
        is || is_ideograph(end) && (open || count(before) > 6) && opened && (follows || count(after) > 6)
    }
}

fn is_word_end(c: char) -> bool {
    is_ideograph(c) || matches!(c, '\u{ff09}' | '\u{300b}' | '\u{201d}' | ')' | '%') || c.is_ascii_alphanumeric()
}

/// A title, an address, or the name of a document that a reader is sent to.
fn is_link(phrase: &str, before: &str) -> bool {
    let words = words();
    let bare = folded(trim_end(phrase, is_closing));
    first(phrase) == '\u{300a}' && last(phrase) == '\u{300b}'
        || last(before) == '\u{300a}'
        || bare.contains("http")
        || bare.contains('@')
        || ends_word(words.openers, before) && (ends_word(words.endings, &bare) || count(&bare) <= SHORT)
}
