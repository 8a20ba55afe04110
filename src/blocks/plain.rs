//! Plain text → blocks: a line is a paragraph, unless lines were torn in mid-word.
//!
//! Torn text is told by its own statistics. Every gap between two lines has a size, its number of line breaks; for each
//! size we count how often a paragraph can end there (the line before ends a sentence, or the line after starts with a
//! number) and how often it cannot (the line after starts with a comma, a bracket is open, a number or a date is cut).
//! Where small gaps hardly ever end a paragraph and large ones often do, the size that parts the two best is the
//! threshold: smaller gaps are tears. Between the threshold and the gap that is usual between paragraphs, a sentence that
//! has not ended goes on.

use super::flattened::{self, tables};
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

/// Which gaps are tears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tear {
    /// The least gap that can end a paragraph, in line breaks.
    least: usize,
    /// The least gap that is usual between paragraphs.
    usual: usize,
}

/// Reads `range` of the writer's source.
pub fn read(writer: &mut Writer<'_>, range: Range<usize>) {
    let Some(part) = writer.source.get(range.clone()) else { return };
    let lines = lines(part);
    let page = Page { base: range.start, lines: &lines };
    let pieces = pieces(part, &lines);
    let spans: Vec<Range<usize>> = pieces.iter().map(|p| p.at.clone()).collect();
    let mut at = 0;
    for table in tables::find(part, &spans) {
        if !table.sure {
            flattened::note(writer, part, &spans, &table);
            continue;
        }
        page.text(writer, pieces.get(at..table.at.start).unwrap_or(&[]));
        writer.table();
        for (n, row) in std::iter::once(&table.columns).chain(&table.rows).enumerate() {
            writer.row(n == 0);
            for cell in row {
                let start = writer.cell();
                for (n, piece) in pieces.get(cell.clone()).unwrap_or(&[]).iter().enumerate() {
                    if n > 0 {
                        writer.space();
                    }
                    page.copy(writer, piece);
                }
                writer.end_cell(start);
            }
            writer.end_row();
        }
        at = table.at.end;
    }
    page.text(writer, pieces.get(at..).unwrap_or(&[]));
}

/// A paragraph, or a part of it between tabs: what can be a cell of a table.
struct Piece {
    at: Range<usize>,
    /// Indices of the lines that it was torn into.
    lines: Range<usize>,
    /// It goes on where the one before it ended, behind a tab.
    goes_on: bool,
}

/// Joins torn lines to paragraphs and parts lines at tabs.
fn pieces(part: &str, lines: &[Line]) -> Vec<Piece> {
    let tear = tear(part);
    let text = |i: usize| lines.get(i).and_then(|l: &Line| part.get(l.range.clone())).unwrap_or("");
    let mut pieces = Vec::new();
    let mut first = 0;
    for (i, line) in lines.iter().enumerate() {
        let torn = tear.is_some_and(|t| i + 1 < lines.len() && goes_on(text(i), text(i + 1), line.gap, t));
        if torn {
            continue;
        }
        let start = lines.get(first).map_or(line.range.start, |l| l.range.start);
        let whole = start..line.range.end;
        if first == i && text(i).contains('\t') {
            let mut at = whole.start;
            for cell in text(i).split('\t') {
                let inner = cell.trim_matches(is_blank);
                let from = at + cell.len() - cell.trim_start_matches(is_blank).len();
                if !inner.is_empty() {
                    pieces.push(Piece { at: from..from + inner.len(), lines: i..i + 1, goes_on: at > whole.start });
                }
                at += cell.len() + 1;
            }
        } else {
            pieces.push(Piece { at: whole, lines: first..i + 1, goes_on: false });
        }
        first = i + 1;
    }
    pieces
}

/// A text and its lines.
struct Page<'l> {
    /// Bytes of the source before the text.
    base: usize,
    lines: &'l [Line],
}

impl Page<'_> {
    /// Writes what stands between tables: a block a paragraph.
    fn text(&self, writer: &mut Writer<'_>, pieces: &[Piece]) {
        for (n, piece) in pieces.iter().enumerate() {
            let range = self.base + piece.at.start..self.base + piece.at.end;
            if piece.lines.len() == 1 && writer.source.get(range.clone()).is_some_and(is_glued) {
                writer.end();
                flattened::read(writer, range);
                continue;
            }
            if n == 0 || !piece.goes_on {
                writer.begin(Kind::Paragraph);
            } else if let Some(before) = n.checked_sub(1).and_then(|b| pieces.get(b)) {
                // The tabs between.
                writer.copy(self.base + before.at.end..self.base + piece.at.start);
            }
            self.copy(writer, piece);
        }
        writer.end();
    }

    /// Copies a piece, joining the lines that it was torn into.
    fn copy(&self, writer: &mut Writer<'_>, piece: &Piece) {
        let lines = self.lines.get(piece.lines.clone()).unwrap_or(&[]);
        for (n, line) in lines.iter().enumerate() {
            let from = line.range.start.max(piece.at.start);
            let to = line.range.end.min(piece.at.end);
            writer.copy(self.base + from..self.base + to);
            if n + 1 < lines.len() && line.spaced && writer.last().is_some_and(|c| c.is_ascii_alphanumeric()) {
                writer.space();
            }
        }
    }
}

/// Whether a line holds whole paragraphs, with spaces for line breaks: numbers stand behind the ends of sentences.
fn is_glued(line: &str) -> bool {
    let mut marks = 0;
    let mut before = None;
    let mut spaced = false;
    for (i, c) in line.char_indices() {
        if is_blank(c) {
            spaced = true;
            continue;
        }
        let numbered = spaced
            && before.is_some_and(is_terminal)
            && line.get(i..).and_then(numbering::parse).is_some_and(|m| m.kind != numbering::Kind::Bullet);
        marks += usize::from(numbered);
        if marks > 1 {
            return true;
        }
        (before, spaced) = (Some(c), false);
    }
    false
}

/// Whether `next` goes on where `line` was torn off.
fn goes_on(line: &str, next: &str, gap: usize, tear: Tear) -> bool {
    let numbered = numbering::parse(next).is_some();
    if gap < tear.least {
        !(ends(line) && numbered) || next.starts_with(is_closing) || line.ends_with(is_opening)
    } else {
        gap < tear.usual && !numbered && (!ends(line) || next.starts_with(is_closing))
    }
}

/// What is counted of the gaps of one size, or of several.
#[derive(Clone, Copy, Default)]
struct Gaps {
    all: u32,
    /// A paragraph can end there.
    ends: u32,
    /// A paragraph cannot end there.
    cuts: u32,
}

impl Gaps {
    fn ends(self) -> f64 {
        f64::from(self.ends) / f64::from(self.all.max(1))
    }
}

/// Which gaps are tears; `None` where the text is not torn.
#[must_use]
pub fn tear(source: &str) -> Option<Tear> {
    const SIZES: usize = 12;
    let mut gaps = [Gaps::default(); SIZES];
    let lines = lines(source);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        let Some(slot) = gaps.get_mut(line.gap.min(SIZES - 1)) else { continue };
        let (line, next) = (source.get(line.range.clone()).unwrap_or(""), source.get(next.range.clone()).unwrap_or(""));
        slot.all += 1;
        slot.ends += u32::from(ends(line) || numbering::parse(next).is_some());
        slot.cuts += u32::from(is_cut(line, next));
    }
    let sum = |range: Range<usize>| {
        let add = |a: Gaps, b: &Gaps| Gaps { all: a.all + b.all, ends: a.ends + b.ends, cuts: a.cuts + b.cuts };
        gaps.get(range).unwrap_or(&[]).iter().fold(Gaps::default(), add)
    };
    let mut best: Option<(f64, usize)> = None;
    for cut in 2..SIZES {
        let (low, high) = (sum(0..cut), sum(cut..SIZES));
        if low.all < 3 || high.all < 3 || low.cuts < 2 {
            continue;
        }
        // Fisher's criterion without the variances: the share that each side explains.
        let parted = (high.ends() - low.ends()).powi(2) * f64::from(low.all) * f64::from(high.all);
        // The fewer gaps, the clearer they must be.
        let clear = low.cuts * if low.all < 8 || high.all < 4 { 4 } else { 50 } >= low.all
            && high.cuts * low.all * 3 <= low.cuts * high.all;
        let torn = low.ends() < 0.25 && high.ends() > 0.35;
        if torn && clear && best.is_none_or(|(b, _)| parted > b) {
            best = Some((parted, cut));
        }
    }
    let (_, least) = best?;
    let most = gaps.iter().skip(least).map(|g| g.all).max().unwrap_or(0);
    let usual = gaps.iter().skip(least).position(|g| g.all * 5 >= most).map_or(least, |i| least + i);
    Some(Tear { least, usual })
}

/// Whether a break between two lines must have cut a sentence, a number or a bracket.
fn is_cut(line: &str, next: &str) -> bool {
    let digits = line.ends_with(|c: char| c.is_ascii_digit() || c == '-')
        && (next.starts_with(|c: char| c.is_ascii_digit())
            || line.ends_with(|c: char| c.is_ascii_digit()) && starts_with_any(next, "numbering.unit"));
    next.starts_with(|c| is_closing(c) && !is_terminal(c) || c == '\u{3002}')
        || line.ends_with(is_opening)
        || digits
        || starts_with_any(next, "line.never.start")
        || numbering::is_bare(line)
        || is_open(line) && next.contains(['\u{ff09}', '\u{300b}', ')'])
}

fn starts_with_any(text: &str, group: &str) -> bool {
    crate::lexicon::terms(group).iter().any(|t| text.starts_with(t))
}

/// Whether a bracket is open at the end of a line.
fn is_open(line: &str) -> bool {
    line.rfind(['\u{ff08}', '\u{300a}', '('])
        .is_some_and(|i| line.get(i..).is_some_and(|rest| !rest.contains(['\u{ff09}', '\u{300b}', ')'])))
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
        assert!(tear(&text).is_some_and(|t| (3..=5).contains(&t.least)));
    }

    #[test]
    fn a_few_clear_cuts_are_enough() {
        let text = "政策\n\n\n\n\n一、收集\n\n\n\n\n我们收集《道\n\n路运输证》照片。您拒绝提供\n\n的，将无法接单\n\n。\n\n\n\n\n二、保存\n\n\n\n\n保存\n3\n\n年。";
        assert!(tear(text).is_some_and(|t| (3..=5).contains(&t.least)));
    }

    #[test]
    fn headings_right_above_their_text_are_no_tears() {
        let text = "政策\n\n一、收集\n我们收集您的手机号码。\n\n二、共享\n我们不会共享。\n\n三、保存\n保存在中国境内。\n\n四、联系\n请致电我们。\n".repeat(3);
        assert_eq!(tear(&text), None);
    }
}
