//! Plain text → blocks: a line is a paragraph, unless lines were torn in mid-word.
//!
//! Torn text is told by its own statistics. Every gap between two lines has a size, its number of line breaks; for each
//! size we count how often a paragraph can end there (the line before ends a sentence, or the line after starts with a
//! number) and how often it cannot (the line after starts with a comma, a bracket is open, a number or a date is cut).
//! Where small gaps hardly ever end a paragraph and large ones often do, the size that parts the two best is the
//! threshold: smaller gaps are tears. Between the threshold and the gap that is usual between paragraphs, a sentence that
//! has not ended goes on.

use super::flattened::{self, Chunks, tables};
use super::{Kind, Writer};
use crate::lexicon::{group, terms};
use crate::numbering;
use crate::text::{
    Span, first, has, is_blank, is_closing, is_opening, is_terminal, last, part, starts_any, trim, trim_end, trim_start,
};
use std::ops::Range;

/// A line without the white space around it, and the line breaks between it and the next one.
struct Line {
    span: Span,
    gap: u32,
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
    let source = part(writer.source, range.start, range.end);
    let lines = lines(source);
    let mut page = Page { source, base: range.start, lines: &lines, at: Vec::new(), pieces: Vec::new() };
    page.cut();
    let chunks = Chunks { line: source, at: &page.at };
    let mut at = 0;
    for mut table in tables::find(chunks) {
        table.rows.iter_mut().for_each(even);
        if table.is_sure(writer, chunks) {
            page.text(writer, at, table.at.start());
            table.write(writer, &|writer, cell| {
                for i in cell.start()..cell.end() {
                    if i > cell.start() {
                        writer.space();
                    }
                    page.copy(writer, i);
                }
            });
            at = table.at.end();
        }
    }
    page.text(writer, at, page.at.len());
}

/// A row of as many pieces as it has cells has a piece in each.
fn even(row: &mut Vec<Span>) {
    let start = row.first().map_or(0, |c| c.start());
    let end = row.last().map_or(0, |c| c.end());
    if end - start == row.len() && row.iter().any(|c| c.is_empty()) {
        *row = (start..end).map(|i| Span::new(i, i + 1)).collect();
    }
}

/// A paragraph, or a part of it between tabs: what can be a cell of a table.
struct Piece {
    /// Indices of the lines that it was torn into.
    lines: Span,
    /// It goes on where the one before it ended, behind a tab.
    goes_on: bool,
}

/// A text, its lines and its pieces.
struct Page<'l> {
    source: &'l str,
    /// Bytes of the source before the text.
    base: usize,
    lines: &'l [Line],
    /// Where each piece stands.
    at: Vec<Span>,
    pieces: Vec<Piece>,
}

impl Page<'_> {
    fn span(&self, i: usize) -> Span {
        self.at.get(i).copied().unwrap_or_default()
    }

    /// Joins torn lines to paragraphs and parts lines at tabs.
    fn cut(&mut self) {
        let tear = tear(self.source);
        let text = |span: Span| part(self.source, span.start(), span.end());
        let mut first = 0;
        let mut start = 0;
        for (i, line) in self.lines.iter().enumerate() {
            if first == i {
                start = line.span.start();
            }
            if let (Some(tear), Some(next)) = (tear, self.lines.get(i + 1))
                && goes_on(text(line.span), text(next.span), line.gap as usize, tear)
            {
                continue;
            }
            let lines = Span::new(first, i + 1);
            if first < i {
                self.at.push(Span::new(start, line.span.end()));
                self.pieces.push(Piece { lines, goes_on: false });
            } else {
                let mut at = start;
                for cell in text(line.span).split('\t') {
                    let inner = trim_start(cell, is_blank);
                    let from = at + cell.len() - inner.len();
                    let inner = trim_end(inner, is_blank);
                    if !inner.is_empty() {
                        self.at.push(Span::new(from, from + inner.len()));
                        self.pieces.push(Piece { lines, goes_on: at > start });
                    }
                    at += cell.len() + 1;
                }
            }
            first = i + 1;
        }
    }

    /// Writes what stands between tables: a block a paragraph.
    fn text(&self, writer: &mut Writer<'_>, from: usize, to: usize) {
        for i in from..to {
            let Some(piece) = self.pieces.get(i) else { break };
            let span = self.span(i);
            if piece.lines.end() - piece.lines.start() == 1 && is_glued(part(self.source, span.start(), span.end())) {
                writer.end();
                flattened::read(writer, self.base + span.start()..self.base + span.end());
                continue;
            }
            if i == from || !piece.goes_on {
                writer.begin(Kind::Paragraph);
            } else {
                // The tabs between.
                writer.copy(self.base + self.span(i - 1).end()..self.base + span.start());
            }
            self.copy(writer, i);
        }
        writer.end();
    }

    /// Copies a piece, joining the lines that it was torn into.
    fn copy(&self, writer: &mut Writer<'_>, i: usize) {
        let (Some(piece), span) = (self.pieces.get(i), self.span(i)) else { return };
        for n in piece.lines.start()..piece.lines.end() {
            let Some(line) = self.lines.get(n) else { break };
            writer.copy(self.base + line.span.start().max(span.start())..self.base + line.span.end().min(span.end()));
            if n + 1 < piece.lines.end() && line.spaced && writer.last().is_some_and(|c| c.is_ascii_alphanumeric()) {
                writer.space();
            }
        }
    }
}

/// Whether a line holds whole paragraphs, with spaces for line breaks: numbers stand behind the ends of sentences.
fn is_glued(line: &str) -> bool {
    let mut marks = 0;
    let mut before = '\0';
    let mut spaced = false;
    for (i, c) in line.char_indices() {
        if is_blank(c) {
            spaced = true;
            continue;
        }
        if spaced && is_terminal(before) {
            let mark = numbering::parse(part(line, i, line.len()));
            marks += usize::from(mark.is_some_and(|m| m.kind != numbering::Kind::Bullet));
        }
        (before, spaced) = (c, false);
    }
    marks > 1
}

/// Whether `next` goes on where `line` was torn off.
fn goes_on(line: &str, next: &str, gap: usize, tear: Tear) -> bool {
    let numbered = numbering::parse(next).is_some();
    let closing = is_closing(first(next));
    if gap < tear.least {
        !(ends(line) && numbered) || closing || is_opening(last(line))
    } else {
        gap < tear.usual && !numbered && (!ends(line) || closing)
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
    fn add(&mut self, other: Self) {
        self.all += other.all;
        self.ends += other.ends;
        self.cuts += other.cuts;
    }

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
        let Some(slot) = gaps.get_mut((line.gap as usize).min(SIZES - 1)) else { continue };
        let (line, next) = (line.span, next.span);
        let (line, next) = (part(source, line.start(), line.end()), part(source, next.start(), next.end()));
        slot.add(Gaps {
            all: 1,
            ends: u32::from(ends(line) || numbering::parse(next).is_some()),
            cuts: u32::from(is_cut(line, next)),
        });
    }
    let mut best: Option<(f64, usize)> = None;
    for cut in 2..SIZES {
        let (mut low, mut high) = (Gaps::default(), Gaps::default());
        for (size, gaps) in gaps.iter().enumerate() {
            if size < cut { &mut low } else { &mut high }.add(*gaps);
        }
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
    let mut most = 0;
    for gaps in gaps.iter().skip(least) {
        most = most.max(gaps.all);
    }
    let mut usual = least;
    while gaps.get(usual).is_some_and(|g| g.all * 5 < most) {
        usual += 1;
    }
    Some(Tear { least, usual })
}

/// Whether a break between two lines must have cut a sentence, a number or a bracket.
fn is_cut(line: &str, next: &str) -> bool {
    let number = last(line).is_ascii_digit();
    let digits = (number || last(line) == '-') && first(next).is_ascii_digit()
        || number && starts_any(next, terms(group!("numbering.unit")));
    let start = first(next);
    is_closing(start) && !is_terminal(start)
        || start == '\u{3002}'
        || is_opening(last(line))
        || digits
        || starts_any(next, terms(group!("line.never.start")))
        || numbering::is_bare(line)
        || is_open(line) && has(next, |c| matches!(c, '\u{ff09}' | '\u{300b}' | ')'))
}

/// Whether a bracket is open at the end of a line.
fn is_open(line: &str) -> bool {
    let mut open = false;
    for c in line.chars() {
        match c {
            '\u{ff08}' | '\u{300a}' | '(' => open = true,
            '\u{ff09}' | '\u{300b}' | ')' => open = false,
            _ => {}
        }
    }
    open
}

/// Whether a line ends a sentence, an item or a lead-in, brackets and quotes after it aside.
#[must_use]
pub fn ends(line: &str) -> bool {
    let line = trim_end(line, is_blank);
    let bare = trim_end(line, |c| is_closing(c) && !is_terminal(c) && !matches!(c, ',' | '\u{ff0c}' | '\u{3001}'));
    [line, bare].iter().any(|l| is_terminal(last(l)) || last(l) == '.' && l.len() > 3)
}

fn lines(source: &str) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut at = 0;
    for raw in source.split('\n') {
        let text = trim(raw);
        if let Some(last) = out.last_mut() {
            last.gap += 1;
        }
        if !text.is_empty() {
            let start = at + raw.len() - trim_start(raw, is_blank).len();
            let end = start + text.len();
            out.push(Line {
                span: Span::new(start, end),
                gap: 0,
                spaced: first(part(source, end, source.len())) == ' ',
            });
        }
        at += raw.len() + 1;
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
