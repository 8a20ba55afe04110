//! A page in one line → blocks: spaces are all that is left of line breaks, table cells and bold.
//!
//! The line is cut into chunks at white space. A space ends a block where a number follows, where a sentence ends, and
//! behind a numbered title; it stays a space where punctuation, Latin words or the edge of a bold phrase explain it.

use super::{Kind, Writer};
use crate::lexicon::{fold, terms};
use crate::numbering;
use crate::text::{is_blank, is_closing, is_ideograph, is_opening, is_terminal};
use std::ops::Range;

/// Whether `source` is a page in one line, or in very few.
#[must_use]
pub fn is(source: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(|l| l.trim_matches(is_blank)).filter(|l| !l.is_empty()).collect();
    let longest = lines.iter().map(|l| l.len()).max().unwrap_or(0);
    let total: usize = lines.iter().map(|l| l.len()).sum();
    let marks = |line: &str| {
        chunks(line).iter().filter(|c| numbering::parse(line.get(c.start..).unwrap_or("")).is_some()).count()
    };
    if lines.len() == 1 {
        longest > 150 && marks(source.trim_matches(is_blank)) >= 2
    } else {
        longest > 4500 && longest * 2 > total
    }
}

/// Where a chunk of characters without white space stands.
fn chunks(line: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in line.char_indices() {
        match (is_blank(c), start) {
            (false, None) => start = Some(i),
            (true, Some(s)) => {
                out.push(s..i);
                start = None;
            }
            _ => {}
        }
    }
    out.extend(start.map(|s| s..line.len()));
    out
}

/// What the cutter knows of the block that is open.
struct Open {
    /// First byte.
    start: usize,
    /// It starts with a number and nothing has shown that it is no title.
    title: bool,
    /// Bytes where the title starts, behind the number.
    body: usize,
}

/// Reads `range` of the writer's source.
pub fn read(writer: &mut Writer<'_>, range: Range<usize>) {
    let source = writer.source;
    let Some(line) = source.get(range.clone()) else { return };
    let chunks = chunks(line);
    let Some(first) = chunks.first() else { return };
    let mut cuts = vec![first.start];
    let mut open = opened(line, first.start);
    // Before the first sentence stand the site's menu, the title and the dates.
    let mut prose = false;
    for pair in chunks.windows(2) {
        let [left, right] = pair else { continue };
        // White space inside a number's own mark.
        if open.title && right.start <= open.body {
            continue;
        }
        let text = line.get(left.clone()).unwrap_or("");
        prose |= text.chars().count() > 40 && text.contains('\u{3002}');
        if cut(line, &open, left, right, prose) {
            cuts.push(right.start);
            open = opened(line, right.start);
        } else if open.title {
            let so_far = line.get(open.body..left.end).unwrap_or("");
            open.title = is_title(so_far);
        }
    }
    cuts.push(line.len());
    for pair in cuts.windows(2) {
        let [from, to] = pair else { continue };
        writer.begin(Kind::Paragraph);
        writer.copy(range.start + from..range.start + to);
        writer.end();
    }
}

fn opened(line: &str, start: usize) -> Open {
    let rest = line.get(start..).unwrap_or("");
    match numbering::parse(rest) {
        Some(mark) => Open { start, title: true, body: start + mark.end },
        None => Open { start, title: false, body: start },
    }
}

/// A phrase that can be a heading: short, no sentence, no comma, no colon before its end.
fn is_title(text: &str) -> bool {
    text.chars().count() <= 60
        && !text
            .trim_end_matches(['\u{ff1a}', ':'])
            .contains(['\u{ff0c}', '\u{3002}', '\u{ff1b}', '\u{ff01}', '\u{ff1a}'])
}

/// Whether a bracket that was opened lately is still open: what follows belongs to it.
fn in_brackets(text: &str) -> bool {
    let mut closed = 0;
    for c in text.chars().rev().take(400) {
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

/// Whether the white space between two chunks ends the open block.
fn cut(line: &str, open: &Open, left: &Range<usize>, right: &Range<usize>, prose: bool) -> bool {
    let rest = line.get(right.start..).unwrap_or("");
    let block = line.get(open.start..left.end).unwrap_or("");
    let next = line.get(right.clone()).unwrap_or("");
    let (Some(last), Some(first)) = (block.chars().next_back(), rest.chars().next()) else { return false };
    if is_opening(last) || is_closing(first) || in_brackets(block) {
        return false;
    }
    if numbering::parse(rest).is_some_and(|m| m.kind != numbering::Kind::Bullet || !first.is_ascii()) {
        return !matches!(last, '\u{ff0c}' | ',' | '\u{3001}') || rest.starts_with('\u{25cf}');
    }
    if matches!(last, '\u{ff0c}' | ',' | '\u{3001}' | '/' | '+' | '-') {
        return false;
    }
    if matches!(last, '\u{ff1a}' | ':') {
        // A label and its value stay together; a lead-in ends its paragraph.
        return block.chars().count() > 20 && !rest.starts_with("http");
    }
    if is_terminal(last) || last == '\u{201d}' && block.trim_end_matches('\u{201d}').ends_with('\u{3002}') {
        return true;
    }
    let letter_spaced = |c: &str| c.chars().count() == 1 && c.chars().all(is_ideograph);
    if letter_spaced(line.get(left.clone()).unwrap_or(""))
        && next.chars().next().is_some_and(is_ideograph)
        && next.chars().count() <= 8
        && letter_spaced_word(line, left, right)
    {
        return false;
    }
    let latin = |c: char| c.is_ascii_alphanumeric();
    let starts_sentence = next.chars().count() > 12 || next.contains(is_terminal) || opens(next);
    if open.title {
        let title = line.get(open.body..left.end).unwrap_or("");
        if !is_title(title) {
            return false;
        }
        // "OneID SDK": one name; a long chunk behind a Latin word starts the text.
        return if latin(last) || latin(first) { starts_sentence } else { !first.is_ascii_punctuation() };
    }
    if is_word("heading.word", block) {
        return true;
    }
    if is_dated(block) {
        return true;
    }
    if !prose && (is_policy_title(block) || is_policy_title(next)) && next.chars().count() < 60 {
        return true;
    }
    if has_label(next) && (has_label(block) || !prose) {
        return true;
    }
    // A short phrase at the start of a block before a new sentence stood alone: a heading, or a field.
    block.chars().count() <= 24
        && !block.contains(is_terminal)
        && !latin(last)
        && opens(next)
        && next.chars().count() > 12
        || (has_label(block) && opens(next) && block.chars().count() < 60)
}

/// Whether a one-character chunk and what follows are a word set with spaces.
fn letter_spaced_word(line: &str, left: &Range<usize>, right: &Range<usize>) -> bool {
    let word: String = line.get(left.start..right.end).unwrap_or("").chars().filter(|c| !is_blank(*c)).collect();
    word.chars().count() <= 4 || word.contains(is_terminal)
}

fn opens(text: &str) -> bool {
    terms("opener").iter().any(|t| text.starts_with(t))
}

fn folded(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).map(fold).collect()
}

fn is_word(group: &str, text: &str) -> bool {
    text.chars().count() <= 12 && {
        let word = folded(text);
        terms(group).iter().any(|t| *t == word)
    }
}

fn is_policy_title(text: &str) -> bool {
    text.chars().count() <= 30 && !text.contains(is_closing) && {
        let word = folded(text);
        terms("title").iter().any(|t| word.ends_with(t))
    }
}

/// A field such as "Phone: …": a short label and a colon.
fn has_label(text: &str) -> bool {
    text.char_indices()
        .filter(|(_, c)| matches!(c, '\u{ff1a}' | ':'))
        .take(1)
        .any(|(i, _)| (1..=8).contains(&text.get(..i).unwrap_or("").chars().filter(|c| !is_blank(*c)).count()))
}

/// A date with its label, complete.
fn is_dated(block: &str) -> bool {
    let word = folded(block);
    word.chars().count() <= 26
        && terms("date.label").iter().any(|t| word.contains(t))
        && word.chars().filter(char::is_ascii_digit).count() >= 5
}
