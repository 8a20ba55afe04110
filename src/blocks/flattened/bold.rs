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

use crate::lexicon::{fold, group, settings};
use crate::numbering;
use crate::text::{is_blank, is_closing, is_ideograph, is_opening, is_terminal};
use std::ops::Range;
use std::sync::OnceLock;

/// A phrase that white space sets off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Bytes of the line.
    pub at: Range<usize>,
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

/// Words that tell what stands beside a gap.
#[derive(Default)]
pub struct Words {
    before: Vec<&'static str>,
    after: Vec<&'static str>,
    defines: Vec<&'static str>,
    is: Vec<&'static str>,
    endings: Vec<&'static str>,
    openers: Vec<&'static str>,
    open: Vec<&'static str>,
    runs: Vec<&'static str>,
    conditions: Vec<&'static str>,
}

/// The words of data/zh/spacing.txt.
pub fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Words::default();
        let all = [group!("bold"), group!("link"), group!("open")].into_iter().flat_map(settings);
        for (key, list) in all {
            let into = match key {
                "before" => &mut words.before,
                "after" => &mut words.after,
                "runs" => &mut words.runs,
                "conditions" => &mut words.conditions,
                "is" => &mut words.is,
                "defines" => &mut words.defines,
                "endings" => &mut words.endings,
                "openers" => &mut words.openers,
                _ => &mut words.open,
            };
            into.extend(list.split_whitespace());
        }
        words
    })
}

impl Words {
    /// Whether a text that ends so goes on behind white space.
    pub fn is_open(&self, text: &str) -> bool {
        self.open.iter().any(|w| text.ends_with(w))
    }

    /// Whether a text that starts so goes on from before the white space.
    pub fn runs_on(&self, text: &str) -> bool {
        self.runs.iter().chain(&self.is).any(|w| text.starts_with(w))
    }

    /// Whether a text that starts so is a sentence, not a title.
    pub fn is_condition(&self, text: &str) -> bool {
        self.conditions.iter().any(|w| text.starts_with(w))
    }
}

/// Finds the phrases. `places` tells of each chunk where it stands: no phrase reaches over the edge of a cell.
pub fn find(line: &str, chunks: &[Range<usize>], places: &[Place]) -> Vec<Phrase> {
    let comma = |c: char| matches!(c, '\u{ff0c}' | '\u{3001}');
    let loose_after = is_loose(line, chunks, comma, |t| t.ends_with(comma));
    let loose_before = is_loose(line, chunks, |c| is_closing(c) && !c.is_ascii(), |t| t.starts_with(is_closing));
    let gaps = Gaps { line, chunks, places, loose_after, loose_before };
    let mut phrases: Vec<Phrase> = Vec::new();
    for i in 0..chunks.len() {
        let free = phrases.last().is_none_or(|p| p.last < i);
        if free && let Some(phrase) = gaps.phrase(i) {
            phrases.push(phrase);
        }
    }
    phrases
}

struct Gaps<'l> {
    line: &'l str,
    chunks: &'l [Range<usize>],
    places: &'l [Place],
    /// White space follows commas, or stands before closing punctuation, all over the page: there it says nothing.
    loose_after: bool,
    loose_before: bool,
}

impl<'l> Gaps<'l> {
    fn text(&self, i: usize) -> &'l str {
        self.chunks.get(i).and_then(|c| self.line.get(c.clone())).unwrap_or("")
    }

    fn walled(&self, i: usize) -> bool {
        i == 0 || i >= self.chunks.len() || self.places.get(i) == Some(&Place::Start)
    }

    /// The phrase that starts with chunk `i`.
    fn phrase(&self, i: usize) -> Option<Phrase> {
        let chunk = self.chunks.get(i)?;
        let text = self.text(i);
        // Behind the number of a title.
        let mark = numbering::parse(text).map_or(0, |m| m.end);
        let body = text.get(mark..).filter(|b| !b.is_empty())?;
        let first = body.chars().next()?;
        let last = body.chars().next_back()?;
        let length = body.chars().count();
        if !is_ideograph(first) && first != '\u{300a}' && first != '\u{201c}' || length > LONGEST {
            return None;
        }
        // A number that stands alone before it.
        let numbered = i.checked_sub(1).and_then(|b| self.chunks.get(b)).is_some_and(|b| {
            let mark = self.line.get(b.start..).and_then(numbering::parse);
            mark.is_some_and(|m| b.start + m.end >= chunk.start)
        });
        let before = i.checked_sub(1).filter(|_| !self.walled(i) && !numbered).map(|b| self.text(b));
        let after = Some(i + 1).filter(|a| !self.walled(*a)).map(|a| self.text(a));
        let starts = before.is_some_and(|b| self.starts(i, b));
        let ends = !self.loose_before
            && is_word_end(last)
            && after.and_then(|a| a.chars().next()).is_some_and(|c| is_closing(c) && !c.is_ascii());
        let stops = body.trim_end_matches(is_terminal).contains(['\u{3002}', '\u{ff01}', '\u{ff1f}']);
        let plain = !body.contains(['\u{3002}', '\u{ff0c}', '\u{ff1b}', '\u{ff1a}', ':', ';']);
        let at = chunk.start + mark..chunk.end;
        let number_next = after.is_some_and(|a| numbering::parse(a).is_some());
        // A sentence in bold up to its full stop.
        let whole = after.is_some_and(|a| a.starts_with('\u{3002}'));
        let found = if ends && !stops {
            // What a comma or a word stands before may hold commas; at the start of a paragraph it is a term.
            let free = before.is_none_or(|b| b.ends_with(is_terminal));
            !free || plain || whole || (mark > 0 || numbered) && !body.contains('\u{ff0c}')
        } else if starts && mark == 0 && (!number_next || is_terminal(last)) {
            // To the next edge, or to the end of the paragraph.
            (is_word_end(last) && length <= LONGEST || is_terminal(last)) && !stops
        } else if plain && mark == 0 && length <= SHORT && is_word_end(last) && !number_next {
            Self::between(before, after)
        } else {
            false
        };
        let defined = after.is_some_and(|a| words().is.iter().any(|w| a.starts_with(w)));
        let inline = before.is_some_and(|b| !b.ends_with(is_terminal)) && !ends && (starts || !defined);
        found.then(|| Phrase { link: is_link(body, before), at, last: i, inline })
    }

    /// Whether white space behind `before` starts a phrase.
    fn starts(&self, i: usize, before: &str) -> bool {
        let Some(last) = before.chars().next_back() else { return false };
        let label =
            matches!(last, '\u{ff1a}' | ':') && before.chars().count() <= 8 && self.places.get(i) == Some(&Place::Cell);
        is_opening(last) && !last.is_ascii() || matches!(last, '\u{ff0c}' | '\u{3001}') && !self.loose_after || label
    }

    /// Whether a phrase between two pieces of white space stands in the middle of a sentence.
    fn between(before: Option<&str>, after: Option<&str>) -> bool {
        let words = words();
        let Some(after) = after else { return false };
        if !after.chars().next().is_some_and(is_ideograph) {
            return false;
        }
        let follows = |list: &[&str]| list.iter().any(|w| after.starts_with(w));
        match before {
            // A sentence's first words.
            None => follows(&words.defines) || follows(&words.is),
            Some(b) if b.ends_with(is_terminal) => follows(&words.after) || follows(&words.defines),
            Some(_) if follows(&words.is) => true,
            Some(b) => {
                let runs = b.chars().next_back().is_some_and(is_ideograph);
                let ends = |list: &[&str]| list.iter().any(|w| b.ends_with(w));
                let opened = words.is_open(b) || ends(&words.openers) || ends(&words.before) && follows(&words.after);
                runs && (b.chars().count() > 6 || words.is_open(b))
                    && opened
                    && (follows(&words.after) || after.chars().count() > 6)
            }
        }
    }
}

fn is_word_end(c: char) -> bool {
    is_ideograph(c) || matches!(c, '\u{ff09}' | '\u{300b}' | '\u{201d}' | ')' | '%') || c.is_ascii_alphanumeric()
}

/// Whether white space stands beside such punctuation too often to mean anything.
fn is_loose(line: &str, chunks: &[Range<usize>], kind: impl Fn(char) -> bool, beside: impl Fn(&str) -> bool) -> bool {
    let spaced = chunks.iter().filter(|c| line.get((*c).clone()).is_some_and(&beside)).count();
    spaced > 12 && spaced * 8 > line.chars().filter(|c| kind(*c)).count()
}

/// A title, an address, or the name of a document that a reader is sent to.
fn is_link(phrase: &str, before: Option<&str>) -> bool {
    let words = words();
    let bare: String = phrase.trim_end_matches(is_closing).chars().filter(|c| !is_blank(*c)).map(fold).collect();
    let title = phrase.starts_with('\u{300a}') && phrase.ends_with('\u{300b}')
        || before.is_some_and(|b| b.ends_with('\u{300a}'));
    let sent = before.is_some_and(|b| words.openers.iter().any(|w| b.ends_with(w)));
    title
        || bare.contains("http")
        || bare.contains('@')
        || sent && (words.endings.iter().any(|w| bare.ends_with(w)) || bare.chars().count() <= SHORT)
}
