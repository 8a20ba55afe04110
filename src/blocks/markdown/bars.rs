//! Markdown whose tables a converter tore, indented or glued to text → where they stand, and their cells.
//!
//! ```text
//!  **Name** ****         cells on lines around lone bars; a row ends with two spaces, an empty line, or where the line behind
//! |                      its last cell is followed by a bar again
//!  **Purpose**
//!   
//! ---|---
//! a kit
//! |
//! pushes messages
//!
//!     | Name | Purpose |     indented like code
//!     |------|---------|
//!
//! as follows:
//! Name | Purpose             right behind a line of text: GFM (0.29, 4.10) lets a table interrupt a paragraph, the parser not
//! ---|---
//! ```
//! The rule of dashes tells how many columns there are. What does not fit them stays text.

use crate::blocks::{COLUMNS, html};
use crate::numbering;
use crate::text::{first, has, is_blank, last, part, size, trim};
use std::ops::Range;

/// A part of a source that is read by itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Segment {
    /// Markdown as it is.
    Text(Range<usize>),
    /// A table: where it stands, and the cells of its header and rows.
    Table(Range<usize>, Vec<Vec<Range<usize>>>),
}

/// Cuts a source before the tables that the parser would not see, and behind them.
pub(super) fn segments(source: &str) -> Vec<Segment> {
    let lines = lines(source);
    let mut out = Vec::new();
    let (mut at, mut next, mut looked) = (0, 0, 0);
    let mut i = 0;
    while i < lines.len() {
        let page = Page { source, lines: &lines, from: next };
        if let Some(columns) = page.rule(i) {
            if let Some((from, to, rows)) = page.torn(i, columns).or_else(|| page.indented(i, columns)) {
                let (start, end) = (page.span(from).start, page.span(to).end);
                if at < start {
                    out.push(Segment::Text(at..start));
                }
                out.push(Segment::Table(start..end, rows));
                (at, next, i) = (end, to + 1, to);
            } else {
                if page.interrupts(i, columns) {
                    let start = page.span(i - 1).start;
                    out.push(Segment::Text(at..start));
                    at = start;
                }
                // Another rule below belongs to what was looked at already.
                let (to, end) = if i < looked { (looked, None) } else { page.ends(i) };
                looked = to;
                if let Some(end) = end {
                    let end = page.span(end).start;
                    out.push(Segment::Text(at..end));
                    at = end;
                }
            }
        }
        i += 1;
    }
    if at < source.len() {
        out.push(Segment::Text(at..source.len()));
    }
    out
}

/// Where lines stand, without their line feeds.
fn lines(source: &str) -> Vec<Range<usize>> {
    // Nearly no source has such a rule: then nothing is to be looked at.
    if !source.contains("--") || !source.contains('|') {
        return Vec::new();
    }
    let mut at = 0;
    let mut out = Vec::new();
    for line in source.split('\n') {
        out.push(at..at + line.len());
        at += line.len() + 1;
    }
    out
}

struct Page<'s> {
    source: &'s str,
    lines: &'s [Range<usize>],
    /// The first line behind the table before.
    from: usize,
}

/// The longest cell of a header, in characters.
const HEAD: usize = 40;

impl Page<'_> {
    fn span(&self, i: usize) -> Range<usize> {
        self.lines.get(i).cloned().unwrap_or(self.source.len()..self.source.len())
    }

    fn raw(&self, i: usize) -> &str {
        let span = self.span(i);
        part(self.source, span.start, span.end)
    }

    fn line(&self, i: usize) -> &str {
        trim(self.raw(i))
    }

    /// How many columns a rule of dashes and bars parts: two or more.
    fn rule(&self, i: usize) -> Option<usize> {
        let line = self.line(i);
        if !line.contains("--") || has(line, |c| !matches!(c, '-' | '|' | ':') && !is_blank(c)) {
            return None;
        }
        let cells = line.split('|').filter(|c| c.contains('-')).count();
        (2..=COLUMNS).contains(&cells).then_some(cells)
    }

    /// The table around the rule in line `at` whose cells stand on lines of their own: first and last line, rows.
    fn torn(&self, at: usize, columns: usize) -> Option<(usize, usize, Vec<Vec<Range<usize>>>)> {
        let (from, head) = self.head(at, columns)?;
        let mut rows = vec![head];
        let mut row = Row::default();
        let mut to = at;
        let mut i = at + 1;
        // Rows over several lines; a row with more cells than the header.
        let (mut broken, mut over, mut loose) = (false, false, false);
        while i < self.lines.len() {
            let line = self.line(i);
            let last = row.bars + 1 == columns;
            let full = last && row.filled;
            if line.is_empty() {
                // Behind a bar two empty lines are an empty cell, or one where no other cell stands behind one.
                let bar = self.line(i - 1) == "|";
                row.filled |= last && bar && (self.line(i + 1).is_empty() || !loose && self.barred(i + 2));
                loose |= bar && !self.line(i + 1).is_empty() && !row.filled;
                if last && row.filled {
                    rows.push(row.take());
                    to = i - 1;
                }
            } else if first(line) == '#' || line.starts_with("```") || self.rule(i).is_some() {
                break;
            } else {
                // A new row where the last one is full and a bar follows; a line that no bar follows goes on with it.
                if full && (self.barred(i + 1) || line.contains('|')) {
                    rows.push(row.take());
                    to = i - 1;
                }
                if row.is_empty() && !line.contains('|') && !self.barred(i + 1) {
                    let Some(last) = self.rest(i) else { break };
                    if let Some(cell) = rows.last_mut().filter(|_| to > at).and_then(|r| r.last_mut()) {
                        cell.end = self.span(last).end;
                    } else {
                        break;
                    }
                    (to, i) = (last, last + 1);
                    continue;
                }
                broken |= !row.is_empty() && !full;
                self.take(i, &mut row);
                if row.bars >= columns || row.is_long() {
                    over = true;
                    break;
                }
                if row.bars + 1 == columns && row.filled && self.raw(i).ends_with("  ") {
                    rows.push(row.take());
                    to = i;
                }
            }
            i += 1;
        }
        if row.bars + 1 == columns && row.filled && i >= self.lines.len() {
            rows.push(row.take());
            to = i - 1;
        }
        let lone = (from..=to).any(|i| self.line(i) == "|");
        ((lone || broken && !over) && rows.len() > 1 && self.is_plain(from, to)).then_some((from, to, rows))
    }

    /// The header above a rule: its first line and its cells.
    fn head(&self, at: usize, columns: usize) -> Option<(usize, Vec<Range<usize>>)> {
        // Cells, bars and empty lines; more than these is text.
        let floor = at.saturating_sub(columns * 4 + 4).max(self.from);
        let (mut bars, mut from) = (0, at);
        while from > floor {
            let line = self.line(from - 1);
            if bars + 1 == columns && self.line(from) != "|" && !self.line(from).is_empty() && from < at {
                break;
            }
            let own = line.matches('|').count();
            if size(line) > HEAD * (own + 1) || first(line) == '#' {
                break;
            }
            bars += own;
            from -= 1;
        }
        while from < at && self.line(from).is_empty() {
            from += 1;
        }
        let mut row = Row::default();
        for i in from..at {
            self.take(i, &mut row);
        }
        let cells = row.take();
        let filled = cells.iter().all(|c| !trim(part(self.source, c.start, c.end)).is_empty());
        (cells.len() == columns && filled).then_some((from, cells))
    }

    /// Whether a line starts with a bar, empty lines before it aside.
    fn barred(&self, i: usize) -> bool {
        // A converter leaves one or two.
        for i in i..i + 3 {
            let line = self.line(i);
            if !line.is_empty() {
                return first(line) == '|' && self.rule(i).is_none();
            }
        }
        false
    }

    /// The last of the lines from `i` on that are the rest of a cell: short ones, parted by empty lines, and a row follows.
    fn rest(&self, i: usize) -> Option<usize> {
        /// Lines that a cell goes on for.
        const REACH: usize = 24;
        let mut last = i;
        for i in i..i + REACH {
            let line = self.line(i);
            if line.is_empty() {
                continue;
            }
            let other = matches!(first(line), '#' | '|') || last_sign(line) || size(line) > HEAD;
            if other || numbering::parse(trim(line.trim_start_matches('*'))).is_some() {
                return None;
            }
            if self.barred(i + 1) {
                return (last < i).then_some(last);
            }
            last = i;
        }
        None
    }

    /// Adds a line's characters to a row: bars end cells.
    fn take(&self, i: usize, row: &mut Row) {
        let span = self.span(i);
        let mut at = span.start;
        for (n, piece) in self.raw(i).split('|').enumerate() {
            if n > 0 {
                row.bar();
            }
            if !trim(piece).is_empty() {
                row.add(at..at + piece.len());
            }
            at += piece.len() + 1;
        }
    }

    /// The table around a rule that is indented like code.
    fn indented(&self, at: usize, columns: usize) -> Option<(usize, usize, Vec<Vec<Range<usize>>>)> {
        let inside = |i: usize| {
            let raw = self.raw(i);
            let indent = raw.len() - raw.trim_start_matches([' ', '\t']).len();
            (indent >= 4 || raw.starts_with('\t')) && self.line(i).contains('|')
        };
        let from = at.checked_sub(1).filter(|f| *f >= self.from && inside(*f) && inside(at))?;
        let mut rows = Vec::new();
        let mut to = from;
        for i in from..self.lines.len() {
            if !inside(i) || i > at && self.rule(i).is_some() {
                break;
            }
            to = i;
            if i != at {
                rows.push(self.cells(i));
            }
        }
        let even = rows.first().is_some_and(|head| head.len() == columns);
        (even && rows.len() > 1 && self.is_plain(from, to)).then_some((from, to, rows))
    }

    /// The cells of a row in one line.
    fn cells(&self, i: usize) -> Vec<Range<usize>> {
        let line = self.line(i);
        let start = self.span(i).start + self.raw(i).find(line).unwrap_or(0);
        let inner = line.strip_prefix('|').unwrap_or(line);
        let mut at = start + line.len() - inner.len();
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        let mut cells = Vec::new();
        for cell in inner.split('|') {
            cells.push(at..at + cell.len());
            at += cell.len() + 1;
        }
        cells
    }

    /// Whether a table whose header stands above a rule would interrupt a paragraph.
    fn interrupts(&self, at: usize, columns: usize) -> bool {
        let Some(head) = at.checked_sub(1).filter(|h| *h > self.from) else { return false };
        let before = self.line(head - 1);
        let paragraph = !before.is_empty() && !before.contains('|') && !matches!(first(before), '#' | '>');
        paragraph && self.rule(head).is_none() && self.line(head).contains('|') && self.cells(head).len() == columns
    }

    /// The line behind a table's last row where no empty line parts them: to the parser any line is a row of one cell. A row
    /// that goes on in the next line has not had its last bar. Also how far it was looked for.
    fn ends(&self, at: usize) -> (usize, Option<usize>) {
        let mut i = at;
        let piped = first(self.line(at)) == '|';
        while !self.line(i).is_empty() {
            let closed = !piped || last(self.line(i)) == '|';
            i += 1;
            if closed && !self.line(i).is_empty() && !self.line(i).contains('|') {
                return (i, (i > at + 1).then_some(i));
            }
        }
        (i, None)
    }

    /// Whether no line holds an element that would start a block of its own.
    fn is_plain(&self, from: usize, to: usize) -> bool {
        (from..=to).all(|i| !self.line(i).split('<').skip(1).any(|t| html::breaks(t) && !t.starts_with("br")))
    }
}

fn last_sign(line: &str) -> bool {
    matches!(last(line), '\u{3002}' | '\u{ff1b}' | '\u{ff1a}' | ':')
}

/// A row that is being read.
#[derive(Default)]
struct Row {
    cells: Vec<Range<usize>>,
    open: Option<Range<usize>>,
    bars: usize,
    /// The open cell holds something.
    filled: bool,
}

impl Row {
    fn is_empty(&self) -> bool {
        self.bars == 0 && !self.filled
    }

    /// Whether the open cell is longer than one.
    fn is_long(&self) -> bool {
        self.open.as_ref().is_some_and(|o| o.len() > 6000)
    }

    fn add(&mut self, range: Range<usize>) {
        let start = self.open.as_ref().map_or(range.start, |o| o.start);
        self.open = Some(start..range.end);
        self.filled = true;
    }

    fn bar(&mut self) {
        let end = self.cells.last().map_or(0, |c| c.end);
        self.cells.push(self.open.take().unwrap_or(end..end));
        self.bars += 1;
        self.filled = false;
    }

    fn take(&mut self) -> Vec<Range<usize>> {
        self.bar();
        std::mem::take(self).cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(source: &str) -> Vec<String> {
        let mut out = Vec::new();
        for segment in segments(source) {
            if let Segment::Table(_, rows) = segment {
                for row in rows {
                    let cells: Vec<&str> = row.iter().map(|c| trim(part(source, c.start, c.end))).collect();
                    out.push(cells.join(";").replace('\n', "_"));
                }
            }
        }
        out
    }

    #[test]
    fn cells_on_lines_around_bars() {
        for (source, want) in [
            ("x\n\na\n|\nb  \n  \n---|---  \n  \n1\n|\n2  \n  \n3\n|\n4  \ntext here.\n", "a;b 1;2 3;4"),
            ("a\n|\nb\n---|---\n1\n|\n2\n3\n|\n4\n\ntext\n", "a;b 1;2 3;4"),
            ("a\n|\nb\n|\nc\n---|---|---\n1\n|\n2_\n|\n3\n\nmore\n\n4\n|\n5\n|\n6\n\n# t", "a;b;c 1;2_;3__more 4;5;6"),
            ("a\n|\nb\n---|---\n|\n2  \n\n3\n|\n4  \n", "a;b ;2 3;4"),
            ("a | b | c\n---|---|---\n1 | 2 | 3  \n4 | 5  \nx | 6  \n7 | 8 | 9  \ntext", "a;b;c 1;2;3 4;5  _x;6 7;8;9"),
            ("    | a | b |\n    |---|---|\n    | 1 | 2 |\n", "a;b 1;2"),
        ] {
            assert_eq!(tables(source).join(" "), want, "{source}");
        }
    }

    #[test]
    fn what_is_no_torn_table() {
        for source in [
            "a | b\n---|---\n1 | 2\n",
            "a\n|\nb\n\n1\n|\n2\n",
            "x\n---|---\ny\n",
            "a|b|c\n-|-|--\n1|2|3\n4|5\n6|7|8\n",
            "a\n|\nb\n---|---\ntext.\n",
            "----|\n",
        ] {
            assert_eq!(tables(source), Vec::<String>::new(), "{source}");
        }
    }

    #[test]
    fn a_table_right_behind_a_line() {
        assert_eq!(segments("x:\na|b\n-|--\n1|2"), [Segment::Text(0..3), Segment::Text(3..15)]);
        assert_eq!(segments("a|b\n-|--\n1|2").len(), 1);
        assert_eq!(segments("a|b\n-|--\n1|2\nx\ny"), [Segment::Text(0..13), Segment::Text(13..16)]);
        assert_eq!(segments("|a|b|\n|--|--|\n|1|2\nx|\n").len(), 1);
    }
}
