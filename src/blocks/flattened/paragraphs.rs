//! White space between two chunks → whether a paragraph ends there.
//!
//! It does where a number follows, where a sentence ends, behind a title and a field; it does not where punctuation, a
//! Latin word or the edge of a bold phrase explains it.

use super::bold::words;
use super::columns::folded;
use crate::lexicon::{Group, group, terms};
use crate::numbering;
use crate::text::{
    Span, count, count_of, ends_any, first, has, is_blank, is_closing, is_colon, is_ideograph, is_opening, is_terminal,
    last, part, size, starts_any, trim_end, trim_start,
};

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
        // What stands around a weakly parted number tells later whether it is one.
        let mark = numbering::parse_loose(part(self.line, start, self.line.len()));
        self.title = mark.is_some();
        self.body = start + mark.map_or(0, |m| m.end);
    }

    /// Whether the open block ends between two chunks; `inline` says that a phrase in mid-sentence starts or ends there.
    pub fn cuts(&mut self, left: Span, right: Span, inline: bool) -> bool {
        // White space inside a number's own mark.
        if self.title && right.start() <= self.body {
            return false;
        }
        let text = part(self.line, left.start(), left.end());
        self.prose |= count(text) > 30 && text.contains('\u{3002}');
        let title = part(self.line, self.body, left.end());
        let cut = !inline && self.ends(title, left, right);
        if !cut && self.title {
            self.title = is_title(title);
        }
        cut
    }

    /// Whether the block ends between two chunks.
    fn ends(&self, title: &str, left: Span, right: Span) -> bool {
        let rest = part(self.line, right.start(), self.line.len());
        let block = part(self.line, self.start, left.end());
        let next = part(self.line, right.start(), right.end());
        let (before, after) = (last(block), first(rest));
        let mark = numbering::parse(rest);
        let outer = mark.is_some_and(|m| m.kind < numbering::Kind::Decimal);
        if is_opening(before) || is_closing(after) || !outer && in_brackets(block) {
            return false;
        }
        let comma = matches!(before, '\u{ff0c}' | ',' | '\u{3001}');
        if mark.is_some_and(|m| m.kind != numbering::Kind::Bullet || !after.is_ascii()) {
            return !comma || after == '\u{25cf}';
        }
        if comma || matches!(before, '/' | '+' | '-') || words().is_open(block) || words().runs_on(next) {
            return false;
        }
        let short = within(block, 20);
        let ideograph = is_ideograph(after);
        if is_colon(before) {
            // A label and its value stay together; a lead-in ends its paragraph, and so does a title before a sentence.
            let sentence = count(next) > 12 && has(next, |c| matches!(c, '\u{ff0c}' | '\u{3002}'));
            let lead = !short
                || is_word(group!("heading.word"), block)
                || self.title && is_title(title) && ideograph
                || sentence && (opens(next) || restates(trim_end(block, is_colon), rest));
            return lead && !rest.starts_with("http");
        }
        if is_word(group!("heading.word"), next) {
            return true;
        }
        if before == '\u{3002}' && self.title && short && ideograph {
            // A title with a full stop, then its text.
            return false;
        }
        if is_terminal(before) {
            return true;
        }
        // A word of two characters set with a space: a field's label.
        if left.end() - left.start() == 3 && is_colon(first(part(next, 3, next.len()))) {
            return false;
        }
        if self.title { self.title_ends(title, rest, next) } else { self.line_ends(block, next) }
    }

    /// Whether a numbered title ends here.
    fn title_ends(&self, title: &str, rest: &str, next: &str) -> bool {
        if !is_title(title) || count(title) < 2 {
            return false;
        }
        let (before, after) = (is_latin(last(title)), is_latin(first(rest)));
        if !before && !after {
            return !first(rest).is_ascii_punctuation();
        }
        // A text that starts with the words of its title.
        if restates(title, rest) || opens(next) {
            return true;
        }
        // A title that starts like a sentence goes on behind a Latin word, and up to the one that it asks of.
        if opens(title) && (before || ends_any(title, terms(group!("title.object")))) {
            return false;
        }
        if before && after || self.spaced {
            return count(next) > 12 && before && !after;
        }
        let ahead = ahead(rest);
        count(ahead) > 12 && has(ahead, |c| matches!(c, '\u{ff0c}' | '\u{3002}' | ','))
    }

    /// Whether a line without a number ends here: a heading, a field, the title.
    fn line_ends(&self, block: &str, next: &str) -> bool {
        let length = count(next);
        let short = within(block, 24) && !has(block, is_terminal) && !is_latin(last(block));
        let label = has_label(block);
        // Between ideographs white space stands for something: two headings, or a heading and its text.
        let bare = |text: &str| {
            !has(text, |c| matches!(c, '\u{ff0c}' | '\u{3002}' | '\u{ff1b}' | '\u{ff1a}' | ':' | '\u{201c}'))
        };
        is_word(group!("heading.word"), block)
            || is_dated(block)
            || !self.prose && length < 60 && (is_policy_title(block) || is_policy_title(next))
            || has_label(next) && (label || !self.prose)
            || opens(next) && (short && length > 12 || label && within(block, 59))
            || self.prose
                && short
                && bare(block)
                && count(block) >= 2
                && is_ideograph(last(block))
                && (is_ideograph(first(next)) || length > 24 && is_opening(first(next)))
                && (length > 24 || length >= 2 && bare(next))
    }
}

/// Whether a text has at most so many characters; takes no longer for a long one.
fn within(text: &str, limit: usize) -> bool {
    text.len() <= 4 * limit && count(text) <= limit
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
        && !has(trim_end(text, is_colon), |c| {
            matches!(c, '\u{ff0c}' | '\u{3002}' | '\u{ff1b}' | '\u{ff01}' | '\u{ff1a}')
        })
        && !words().is_condition(text)
}

/// Whether a text starts with the title above it, or with a Latin word of it.
fn restates(title: &str, rest: &str) -> bool {
    let length = rest.len() - trim_start(rest, is_latin).len();
    rest.starts_with(title) || length > 2 && !is_latin(last(title)) && title.contains(part(rest, 0, length))
}

/// The text up to white space between ideographs, or a sentence's end; at most 80 characters.
fn ahead(rest: &str) -> &str {
    let mut previous = ' ';
    let mut blank = None;
    let mut end = rest.len();
    for (n, (i, c)) in rest.char_indices().enumerate() {
        end = i;
        if n == 80 {
            break;
        }
        end += c.len_utf8();
        if is_blank(c) {
            blank = blank.or(Some(i));
            continue;
        }
        if let Some(at) = blank.filter(|_| is_ideograph(previous) && is_ideograph(c)) {
            end = at;
            break;
        }
        if c == '\u{3002}' {
            break;
        }
        (previous, blank) = (c, None);
    }
    part(rest, 0, end)
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
    starts_any(text, terms(group!("opener")))
}

fn is_word(group: Group, text: &str) -> bool {
    let text = trim_end(text, is_colon);
    within(text, 12) && terms(group).contains(&folded(text).as_str())
}

fn is_policy_title(text: &str) -> bool {
    within(text, 30) && !has(text, is_closing) && ends_any(&folded(text), terms(group!("title")))
}

/// A field such as "Phone: …": a short label and a colon.
fn has_label(text: &str) -> bool {
    for (i, c) in text.char_indices().take(40) {
        if is_colon(c) {
            return (1..=8).contains(&size(part(text, 0, i)));
        }
    }
    false
}

/// A date with its label, complete.
fn is_dated(block: &str) -> bool {
    if !within(block, 80) {
        return false;
    }
    let word = folded(block);
    count(&word) <= 26
        && count_of(&word, |c| c.is_ascii_digit()) >= 5
        && terms(group!("date.label")).iter().any(|t| word.contains(t))
}
