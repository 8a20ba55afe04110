//! White space between two chunks → whether a paragraph ends there.
//!
//! It does where a number follows, where a sentence ends, behind a title and a field; it does not where punctuation, a
//! Latin word or the edge of a bold phrase explains it.

use super::bold::words;
use crate::lexicon::{fold, terms};
use crate::numbering;
use crate::text::{is_blank, is_closing, is_ideograph, is_opening, is_terminal};
use std::ops::Range;

/// Cuts a line front to back.
pub struct Cutter<'l> {
    line: &'l str,
    /// The page sets Latin words off with spaces: such a space says nothing.
    spaced: bool,
    /// A long sentence was seen: before it stand the site's menu, the title and the dates.
    prose: bool,
    /// Where the open block starts.
    start: usize,
    /// The open block starts with a number and nothing has shown that it is no title.
    title: bool,
    /// Where the title starts, behind the number.
    body: usize,
}

impl<'l> Cutter<'l> {
    pub fn new(line: &'l str) -> Self {
        Self { line, spaced: is_spaced(line), prose: false, start: 0, title: false, body: 0 }
    }

    /// A block starts here.
    pub fn open(&mut self, start: usize) {
        self.start = start;
        let mark = self.line.get(start..).and_then(numbering::parse);
        self.title = mark.is_some();
        self.body = start + mark.map_or(0, |m| m.end);
    }

    /// Whether the open block ends between two chunks; `inline` says that a phrase in mid-sentence starts or ends there.
    pub fn cuts(&mut self, left: &Range<usize>, right: &Range<usize>, inline: bool) -> bool {
        // White space inside a number's own mark.
        if self.title && right.start <= self.body {
            return false;
        }
        let text = self.line.get(left.clone()).unwrap_or("");
        self.prose |= text.chars().count() > 40 && text.contains('\u{3002}');
        let cut = !inline && self.ends(left, right);
        if !cut && self.title {
            self.title = is_title(self.line.get(self.body..left.end).unwrap_or(""));
        }
        cut
    }

    fn ends(&self, left: &Range<usize>, right: &Range<usize>) -> bool {
        let rest = self.line.get(right.start..).unwrap_or("");
        let block = self.line.get(self.start..left.end).unwrap_or("");
        let next = self.line.get(right.clone()).unwrap_or("");
        let (Some(last), Some(first)) = (block.chars().next_back(), rest.chars().next()) else { return false };
        let mark = numbering::parse(rest);
        let outer = mark.is_some_and(|m| m.kind < numbering::Kind::Decimal);
        if is_opening(last) || is_closing(first) || !outer && in_brackets(block) {
            return false;
        }
        let comma = matches!(last, '\u{ff0c}' | ',' | '\u{3001}');
        if mark.is_some_and(|m| m.kind != numbering::Kind::Bullet || !first.is_ascii()) || is_bare_number(rest) {
            return !comma || rest.starts_with('\u{25cf}');
        }
        if comma || matches!(last, '/' | '+' | '-') || words().is_open(block) || words().runs_on(next) {
            return false;
        }
        if matches!(first, '\u{00b7}' | '\u{2022}' | '\u{25cf}' | '\u{25c6}' | '\u{25a0}') {
            return true;
        }
        if matches!(last, '\u{ff1a}' | ':') {
            // A label and its value stay together; a lead-in ends its paragraph, and so does a title before a sentence.
            let sentence = next.chars().count() > 12 && next.contains(['\u{ff0c}', '\u{3002}']);
            let titled = self.title && is_title(self.line.get(self.body..left.end).unwrap_or(""));
            let lead = !within(block, 20)
                || is_word("heading.word", block)
                || titled && is_ideograph(first)
                || sentence && opens(next);
            return lead && !rest.starts_with("http");
        }
        if last == '\u{3002}' && self.title && within(block, 20) && is_ideograph(first) {
            // A title with a full stop, then its text.
            return false;
        }
        if is_terminal(last) || last == '\u{201d}' && block.trim_end_matches('\u{201d}').ends_with('\u{3002}') {
            return true;
        }
        if is_letter_spaced(self.line.get(left.clone()).unwrap_or(""), next) {
            return false;
        }
        if self.title { self.title_ends(left, right, last, first) } else { self.line_ends(block, next, last, first) }
    }

    /// Whether a numbered title ends here.
    fn title_ends(&self, left: &Range<usize>, right: &Range<usize>, last: char, first: char) -> bool {
        let rest = self.line.get(right.start..).unwrap_or("");
        let next = self.line.get(right.clone()).unwrap_or("");
        let title = self.line.get(self.body..left.end).unwrap_or("");
        if !is_title(title) || title.chars().count() < 2 {
            return false;
        }
        let (before, after) = (is_latin(last), is_latin(first));
        if !before && !after {
            return !first.is_ascii_punctuation();
        }
        // A text that starts with the words of its title.
        if restates(title, rest) || opens(next) {
            return true;
        }
        if before && after || self.spaced {
            return next.chars().count() > 12 && before && !after && !has_colon_soon(rest);
        }
        let ahead = ahead(rest);
        ahead.chars().count() > 12 && ahead.contains(['\u{ff0c}', '\u{3002}', ',']) && !has_colon_soon(rest)
    }

    /// Whether a line without a number ends here: a heading, a field, the title.
    fn line_ends(&self, block: &str, next: &str, last: char, first: char) -> bool {
        if is_word("heading.word", block) || is_dated(block) {
            return true;
        }
        if !self.prose && (is_policy_title(block) || is_policy_title(next)) && next.chars().count() < 60 {
            return true;
        }
        if has_label(next) && (has_label(block) || !self.prose) {
            return true;
        }
        let short = within(block, 24) && !block.contains(is_terminal) && !is_latin(last);
        if short && opens(next) && next.chars().count() > 12 || has_label(block) && opens(next) && within(block, 59) {
            return true;
        }
        // Between ideographs white space stands for something: two headings, or a heading and its text.
        let bare = |text: &str| !text.contains(['\u{ff0c}', '\u{3002}', '\u{ff1b}', '\u{ff1a}', ':', '\u{201c}']);
        self.prose
            && short
            && bare(block)
            && block.chars().count() >= 2
            && is_ideograph(last)
            && is_ideograph(first)
            && (next.chars().count() > 24 || next.chars().count() >= 2 && bare(next))
    }
}

/// Whether a text has at most so many characters; takes no longer for a long one.
fn within(text: &str, limit: usize) -> bool {
    text.len() <= 4 * limit && text.chars().count() <= limit
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// Whether most Latin words stand apart from the ideographs beside them.
fn is_spaced(line: &str) -> bool {
    let (mut apart, mut together) = (0usize, 0usize);
    let (mut previous, mut blank) = (' ', false);
    for c in line.chars() {
        if is_blank(c) {
            blank = true;
            continue;
        }
        if is_ideograph(previous) && c.is_ascii_alphabetic() || previous.is_ascii_alphabetic() && is_ideograph(c) {
            *(if blank { &mut apart } else { &mut together }) += 1;
        }
        (previous, blank) = (c, false);
    }
    apart > together
}

/// A phrase that can be a heading: short, no sentence, no comma, no colon before its end, no condition.
fn is_title(text: &str) -> bool {
    within(text, 60)
        && !text
            .trim_end_matches(['\u{ff1a}', ':'])
            .contains(['\u{ff0c}', '\u{3002}', '\u{ff1b}', '\u{ff01}', '\u{ff1a}'])
        && !words().is_condition(text)
}

/// One or two digits with wide white space behind them: a number that lost its separator.
fn is_bare_number(rest: &str) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let Some(behind) = rest.get(digits..) else { return false };
    let blanks = behind.chars().take_while(|c| is_blank(*c)).count();
    (1..=2).contains(&digits) && blanks >= 3 && behind.trim_start_matches(is_blank).starts_with(is_ideograph)
}

/// Whether a text starts with the first word of the title above it.
fn restates(title: &str, rest: &str) -> bool {
    let word: String = title.chars().take_while(|c| is_latin(*c)).collect();
    let next: String = rest.chars().take_while(|c| is_latin(*c)).collect();
    word.len() > 2 && word == next
}

/// The text up to white space between ideographs, or a sentence's end.
fn ahead(rest: &str) -> &str {
    let mut previous = ' ';
    let mut blank = None;
    for (i, c) in rest.char_indices().take(80) {
        if is_blank(c) {
            blank = blank.or(Some(i));
            continue;
        }
        if let Some(at) = blank
            && is_ideograph(previous)
            && is_ideograph(c)
        {
            return rest.get(..at).unwrap_or("");
        }
        if c == '\u{3002}' {
            return rest.get(..i + c.len_utf8()).unwrap_or("");
        }
        (previous, blank) = (c, None);
    }
    rest.char_indices().nth(80).map_or(rest, |(i, _)| rest.get(..i).unwrap_or(""))
}

/// A colon within the next few characters: the title reaches up to it.
fn has_colon_soon(rest: &str) -> bool {
    rest.chars().take(14).take_while(|c| !matches!(c, '\u{ff0c}' | '\u{3002}')).any(|c| matches!(c, '\u{ff1a}' | ':'))
}

/// Whether a one-character chunk and the next one, up to its colon, are a word set with spaces.
fn is_letter_spaced(left: &str, next: &str) -> bool {
    let word = next.split(['\u{ff1a}', ':']).next().unwrap_or("");
    left.chars().count() == 1
        && left.chars().all(is_ideograph)
        && next.starts_with(is_ideograph)
        && word.chars().count() <= 3
}

/// Whether a bracket that was opened lately is still open: what follows belongs to it.
fn in_brackets(text: &str) -> bool {
    let mut closed = 0;
    for c in text.chars().rev().take(400) {
        if c == '\u{3002}' {
            return false;
        }
        if matches!(c, ')' | '\u{ff09}' | '\u{300b}' | '\u{3011}') {
            closed += 1;
        } else if matches!(c, '(' | '\u{ff08}' | '\u{300a}' | '\u{3010}') {
            if closed == 0 {
                return true;
            }
            closed -= 1;
        }
    }
    false
}

fn opens(text: &str) -> bool {
    terms("opener").iter().any(|t| text.starts_with(t))
}

fn folded(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).map(fold).collect()
}

fn is_word(group: &str, text: &str) -> bool {
    let text = text.trim_end_matches(['\u{ff1a}', ':']);
    within(text, 12) && {
        let word = folded(text);
        terms(group).iter().any(|t| *t == word)
    }
}

fn is_policy_title(text: &str) -> bool {
    within(text, 30) && !text.contains(is_closing) && {
        let word = folded(text);
        terms("title").iter().any(|t| word.ends_with(t))
    }
}

/// A field such as "Phone: …": a short label and a colon.
fn has_label(text: &str) -> bool {
    text.char_indices()
        .take(40)
        .filter(|(_, c)| matches!(c, '\u{ff1a}' | ':'))
        .take(1)
        .any(|(i, _)| (1..=8).contains(&text.get(..i).unwrap_or("").chars().filter(|c| !is_blank(*c)).count()))
}

/// A date with its label, complete.
fn is_dated(block: &str) -> bool {
    if !within(block, 80) {
        return false;
    }
    let word = folded(block);
    word.chars().count() <= 26
        && terms("date.label").iter().any(|t| word.contains(t))
        && word.chars().filter(char::is_ascii_digit).count() >= 5
}
