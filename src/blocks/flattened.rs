//! A page in one line → blocks: spaces are all that is left of line breaks, table cells and bold.
//!
//! The line is cut into chunks at white space. Three questions, one file each: which chunks are the cells of tables
//! (`tables`), which phrases were bold or links (`bold`), and where paragraphs end (`paragraphs`).

mod bold;
mod columns;
mod paragraphs;
mod rows;
pub mod tables;

use super::{Kind, Writer};
use crate::lexicon::{group, say};
use crate::numbering;
use crate::text::{is_blank, is_terminal};
use bold::{Phrase, Place};
use paragraphs::Cutter;
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

/// Reads `range` of the writer's source.
pub fn read(writer: &mut Writer<'_>, range: Range<usize>) {
    let source = writer.source;
    let Some(line) = source.get(range.clone()) else { return };
    let chunks = chunks(line);
    let tables = tables::find(line, &chunks);
    let phrases = bold::find(line, &chunks, &places(chunks.len(), &tables));
    let page = Page { line, base: range.start, chunks: &chunks, phrases: &phrases };
    let mut cutter = Cutter::new(line);
    let mut at = 0;
    for table in &tables {
        if !table.sure {
            note(writer, line, &chunks, table);
            continue;
        }
        page.text(writer, at..table.at.start, &mut cutter);
        page.rows(writer, table);
        at = table.at.end;
    }
    page.text(writer, at..chunks.len(), &mut cutter);
}

/// Where each chunk stands.
fn places(chunks: usize, tables: &[tables::Found]) -> Vec<Place> {
    let mut places = vec![Place::Text; chunks];
    for table in tables.iter().filter(|t| t.sure) {
        for cell in table.columns.iter().chain(table.rows.iter().flatten()).filter(|c| !c.is_empty()) {
            for (n, place) in places.get_mut(cell.clone()).unwrap_or(&mut []).iter_mut().enumerate() {
                *place = if n == 0 { Place::Start } else { Place::Cell };
            }
        }
        if let Some(place) = places.get_mut(table.at.end) {
            *place = Place::Start;
        }
    }
    places
}

/// Says that a table was not told from text.
pub fn note(writer: &mut Writer<'_>, line: &str, chunks: &[Range<usize>], table: &tables::Found) {
    let text = |cell: &Range<usize>| {
        let part = chunks.get(cell.clone()).unwrap_or(&[]);
        part.first().zip(part.last()).and_then(|(first, last)| line.get(first.start..last.end)).unwrap_or("")
    };
    let cells: Vec<&str> = table.columns.iter().map(text).collect();
    writer.note(format!("{}{}", say(group!("table.note")), cells.join(" | ")));
}

/// A page and what its white space was found to mean.
struct Page<'l> {
    line: &'l str,
    /// Bytes of the source before the line.
    base: usize,
    chunks: &'l [Range<usize>],
    phrases: &'l [Phrase],
}

impl Page<'_> {
    /// Where the chunks of `cell` stand, in bytes.
    fn span(&self, cell: &Range<usize>) -> Range<usize> {
        let part = self.chunks.get(cell.clone()).unwrap_or(&[]);
        part.first().zip(part.last()).map_or(0..0, |(first, last)| first.start..last.end)
    }

    /// Writes a table; its rows are blocks.
    fn rows(&self, writer: &mut Writer<'_>, table: &tables::Found) {
        writer.table();
        for (n, row) in std::iter::once(&table.columns).chain(&table.rows).enumerate() {
            writer.row(n == 0);
            for cell in row {
                let start = writer.cell();
                if !cell.is_empty() {
                    self.copy(writer, self.span(cell));
                }
                writer.end_cell(start);
            }
            writer.end_row();
        }
    }

    /// Copies a stretch of the line, bold where a phrase is.
    fn copy(&self, writer: &mut Writer<'_>, range: Range<usize>) {
        let first = self.phrases.partition_point(|p| p.at.start < range.start);
        let mut at = range.start;
        for phrase in self.phrases.iter().skip(first).take_while(|p| p.at.end <= range.end).filter(|p| !p.link) {
            writer.copy(self.base + at..self.base + phrase.at.start);
            let start = writer.at();
            writer.copy(self.base + phrase.at.start..self.base + phrase.at.end);
            writer.bold(start);
            at = phrase.at.end;
        }
        writer.copy(self.base + at..self.base + range.end);
    }

    /// Writes what stands between tables: paragraphs, headings, fields.
    fn text(&self, writer: &mut Writer<'_>, range: Range<usize>, cutter: &mut Cutter<'_>) {
        let chunks = self.chunks.get(range.clone()).unwrap_or(&[]);
        let (Some(first), Some(last)) = (chunks.first(), chunks.last()) else { return };
        let mut cuts = vec![first.start];
        cutter.open(first.start);
        for (n, pair) in chunks.windows(2).enumerate() {
            let [left, right] = pair else { continue };
            if cutter.cuts(left, right, self.inline(range.start + n + 1)) {
                cuts.push(right.start);
                cutter.open(right.start);
            }
        }
        cuts.push(last.end);
        for pair in cuts.windows(2) {
            let [from, to] = pair else { continue };
            writer.begin(Kind::Paragraph);
            self.copy(writer, *from..*to);
            writer.end();
        }
    }

    /// Whether the white space before chunk `i` is the edge of a phrase in the middle of a sentence.
    fn inline(&self, i: usize) -> bool {
        let at = self.phrases.partition_point(|p| p.last + 1 < i);
        self.phrases.iter().skip(at).take(2).any(|p| {
            p.inline
                && (p.last == i
                    || p.last + 1 == i && !self.line.get(p.at.clone()).is_some_and(|t| t.ends_with(is_terminal)))
        })
    }
}
