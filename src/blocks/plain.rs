//! Plain text → blocks: a line is a paragraph, unless lines were torn in mid-word.
//!
//! Torn text is told by its own statistics. Every gap between two lines has a size, its number of line breaks; for each
//! size we count how often a paragraph can end there (the line before ends a sentence, or the line after starts with a
//! number) and how often it cannot (the line after starts with a comma or a closing bracket). Where small gaps hardly ever
//! end a paragraph and large ones often do, the size that parts the two best is the threshold: smaller gaps are tears.

use super::{Kind, Writer};
use crate::numbering;
use crate::text::{is_blank, is_closing, is_opening, is_terminal};
use std::ops::Range;

/// A line without the white space around it, and the line breaks between it and the next one.
struct Line {
    range: Range<usize>,
    gap: usize,
    /// A plain space stood at its end: Latin words on both sides are two words.
    spaced: bool,
}

/// Reads `range` of the writer's source.
pub fn read(writer: &mut Writer<'_>, range: Range<usize>) {
    let source = writer.source;
    let Some(part) = source.get(range.clone()) else { return };
    let tear = tear(part);
    let lines = lines(part);
    let mut fresh = true;
    for (i, line) in lines.iter().enumerate() {
        let text = part.get(line.range.clone()).unwrap_or("");
        if fresh {
            writer.begin(Kind::Paragraph);
        }
        writer.copy(range.start + line.range.start..range.start + line.range.end);
        let next = lines.get(i + 1).and_then(|n| part.get(n.range.clone()));
        fresh = !(tear.is_some_and(|t| line.gap < t) && next.is_some_and(|n| continues(text, n)));
        if !fresh && line.spaced && writer.last().is_some_and(|c| c.is_ascii_alphanumeric()) {
            writer.space();
        }
    }
    writer.end();
}

/// Whether `next` goes on where `line` was torn off.
fn continues(line: &str, next: &str) -> bool {
    !(ends(line) && numbering::parse(next).is_some()) || next.starts_with(is_closing) || line.ends_with(is_opening)
}

/// The least gap that ends a paragraph, where smaller ones are tears; `None` where the text is not torn.
#[must_use]
pub fn tear(source: &str) -> Option<usize> {
    const SIZES: usize = 12;
    // Per gap size: how many, how many can end a paragraph, how many cannot.
    let mut gaps = [(0usize, 0usize, 0usize); SIZES];
    let lines = lines(source);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        let Some(slot) = gaps.get_mut(line.gap.min(SIZES - 1)) else { continue };
        let (line, next) = (source.get(line.range.clone()).unwrap_or(""), source.get(next.range.clone()).unwrap_or(""));
        slot.0 += 1;
        slot.1 += usize::from(ends(line) || numbering::parse(next).is_some());
        slot.2 += usize::from(
            next.starts_with(|c| is_closing(c) && !is_terminal(c))
                || line.ends_with(is_opening)
                || next.starts_with('\u{3002}'),
        );
    }
    let sum = |range: Range<usize>| {
        gaps.get(range).unwrap_or(&[]).iter().fold((0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2))
    };
    let mut best: Option<(f64, usize)> = None;
    for cut in 2..SIZES {
        let (low, high) = (sum(0..cut), sum(cut..SIZES));
        if low.0 < 8 || high.0 < 4 {
            continue;
        }
        let (ends_low, ends_high) = (low.1 as f64 / low.0 as f64, high.1 as f64 / high.0 as f64);
        // Fisher's criterion without the variances: the share that each side explains.
        let parted = (ends_high - ends_low).powi(2) * (low.0 as f64) * (high.0 as f64);
        let torn = ends_low < 0.25 && ends_high > 0.4 && low.2 * 50 >= low.0 && low.2 >= 2;
        if torn && best.is_none_or(|(b, _)| parted > b) {
            best = Some((parted, cut));
        }
    }
    best.map(|(_, cut)| cut)
}

/// Whether a line ends a sentence, an item or a lead-in, brackets and quotes after it aside.
#[must_use]
pub fn ends(line: &str) -> bool {
    let line = line.trim_end_matches(is_blank);
    let bare =
        line.trim_end_matches(|c| is_closing(c) && !is_terminal(c) && !matches!(c, ',' | '\u{ff0c}' | '\u{3001}'));
    [line, bare].iter().any(|l| l.ends_with(is_terminal) || l.ends_with('.') && l.len() > 3)
}

fn lines(source: &str) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let (mut at, mut gap) = (0, 0);
    for raw in source.split_inclusive('\n') {
        let text = raw.trim_start_matches(is_blank);
        let start = at + raw.len() - text.len();
        let trimmed = text.trim_end_matches(is_blank);
        if !trimmed.is_empty() {
            if let Some(last) = out.last_mut() {
                last.gap = gap;
            }
            gap = 0;
            let spaced = text.get(trimmed.len()..).is_some_and(|t| t.starts_with(' '));
            out.push(Line { range: start..start + trimmed.len(), gap: 0, spaced });
        }
        gap += usize::from(raw.ends_with('\n'));
        at += raw.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_a_line_are_not_torn() {
        let text = "一、总则\n我们重视您的隐私。\n\n（一）收集\n我们收集以下信息：\n姓名；\n电话；\n\n二、共享\n我们不会共享。\n".repeat(6);
        assert_eq!(tear(&text), None);
    }

    #[test]
    fn small_gaps_in_mid_word_are_tears() {
        let text = "一、总\n\n则\n\n\n\n\n我们重\n视您的隐私\n\n，并\n保护它。\n\n\n\n\n（一）收\n集\n\n\n\n\n我们收\n\n集您的姓名\n、电话。\n\n\n\n\n".repeat(4);
        assert_eq!(tear(&text), Some(5));
    }
}
