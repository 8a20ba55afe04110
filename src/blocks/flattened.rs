//! A page in one line → blocks: spaces are all that is left of line breaks, table cells and bold.
//!
//! The line is cut into chunks at white space. Three questions, one file each: which chunks are the cells of tables
//! (`tables`), which phrases were bold or links (`bold`), and where paragraphs end (`paragraphs`).

mod bold;
pub(super) mod columns;
mod paragraphs;
mod rows;
pub mod tables;

use super::{Kind, Writer};
use crate::lexicon::{group, say};
use crate::numbering;
use crate::text::{Span, is_blank, is_terminal, last, part, trim};
use bold::{Phrase, Place};
use paragraphs::Cutter;
use std::cmp::Ordering;
use std::ops::Range;

/// Whether `source` is a page in one line, or in very few.
#[must_use]
pub fn is(source: &str) -> bool {
    let (mut lines, mut longest, mut total) = (0, 0, 0);
    for line in source.lines() {
        let length = trim(line).len();
        lines += usize::from(length > 0);
        longest = longest.max(length);
        total += length;
    }
    if lines != 1 {
        return longest > 4500 && longest * 2 > total;
    }
    let mut marks = 0;
    for chunk in chunks(source) {
        let text = part(source, chunk.start(), source.len());
        // A number, or white space behind the end of a sentence: there a line ended.
        marks += usize::from(numbering::parse(text).is_some() || last(part(source, 0, chunk.end())) == '\u{3002}');
    }
    longest > 150 && marks > 2
}

/// Where stretches of characters without white space stand.
fn chunks(line: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in line.char_indices() {
        if !is_blank(c) {
            start = start.or(Some(i));
        } else if let Some(start) = start.take() {
            out.push(Span::new(start, i));
        }
    }
    if let Some(start) = start {
        out.push(Span::new(start, line.len()));
    }
    out
}

/// A line and its chunks: stretches with white space between them. Ranges of chunks are spans of their indices.
#[derive(Clone, Copy)]
pub struct Chunks<'l> {
    /// The characters.
    pub line: &'l str,
    /// Where each chunk stands.
    pub at: &'l [Span],
}

impl<'l> Chunks<'l> {
    /// Where a range of chunks stands, in bytes.
    #[must_use]
    pub fn span(self, range: Span) -> Span {
        let part = self.at.get(range.start()..range.end()).unwrap_or(&[]);
        part.first().zip(part.last()).map_or_else(Span::default, |(first, last)| Span::new(first.start(), last.end()))
    }

    /// The characters of a range of chunks.
    #[must_use]
    pub fn text(self, range: Span) -> &'l str {
        let span = self.span(range);
        part(self.line, span.start(), span.end())
    }

    /// The characters of one chunk.
    #[must_use]
    pub fn chunk(self, i: usize) -> &'l str {
        self.text(Span::new(i, i + 1))
    }

    /// The text from a chunk on.
    #[must_use]
    pub fn rest(self, i: usize) -> &'l str {
        self.at.get(i).map_or("", |c| part(self.line, c.start(), self.line.len()))
    }
}

/// Reads `range` of the writer's source.
pub fn read(writer: &mut Writer<'_>, range: Range<usize>) {
    let line = part(writer.source, range.start, range.end);
    let at = chunks(line);
    let chunks = Chunks { line, at: &at };
    let tables = tables::find(chunks);
    let phrases = bold::find(chunks, &places(at.len(), &tables));
    let page = Page { chunks, base: range.start, phrases: &phrases };
    let mut cutter = Cutter::new(line);
    let mut at = 0;
    for table in &tables {
        if table.is_sure(writer, chunks) {
            page.text(writer, Span::new(at, table.at.start()), &mut cutter);
            table.write(writer, &|writer, cell| page.copy(writer, chunks.span(cell)));
            at = table.at.end();
        }
    }
    page.text(writer, Span::new(at, chunks.at.len()), &mut cutter);
}

/// Where each chunk stands.
fn places(chunks: usize, tables: &[tables::Found]) -> Vec<Place> {
    let mut places = Vec::with_capacity(chunks);
    for table in tables.iter().filter(|t| t.sure) {
        for row in &table.rows {
            for cell in row.iter().filter(|c| !c.is_empty()) {
                while places.len() < cell.end() {
                    places.push(match places.len().cmp(&cell.start()) {
                        Ordering::Less => Place::Text,
                        Ordering::Equal => Place::Start,
                        Ordering::Greater => Place::Cell,
                    });
                }
            }
        }
        while places.len() < table.at.end() {
            places.push(Place::Text);
        }
        if places.len() < chunks {
            places.push(Place::Start);
        }
    }
    while places.len() < chunks {
        places.push(Place::Text);
    }
    places
}

impl tables::Found {
    /// Whether it is a table; says where it was not told from text.
    pub fn is_sure(&self, writer: &mut Writer<'_>, chunks: Chunks<'_>) -> bool {
        if !self.sure {
            let mut note = String::from(say(group!("table.note")));
            for (n, cell) in self.rows.first().into_iter().flatten().enumerate() {
                note.push_str(if n > 0 { " | " } else { "" });
                note.push_str(chunks.text(*cell));
            }
            writer.note(note);
        }
        self.sure
    }

    /// Writes the rows, which are blocks; `copy` writes what stands in a cell.
    pub fn write(&self, writer: &mut Writer<'_>, copy: &dyn Fn(&mut Writer<'_>, Span)) {
        writer.table();
        for (n, row) in self.rows.iter().enumerate() {
            writer.row(n == 0);
            for cell in row {
                let start = writer.cell();
                if !cell.is_empty() {
                    copy(writer, *cell);
                }
                writer.end_cell(start);
            }
            writer.end_row();
        }
    }
}

/// A page and what its white space was found to mean.
struct Page<'l> {
    chunks: Chunks<'l>,
    /// Bytes of the source before the line.
    base: usize,
    phrases: &'l [Phrase],
}

impl Page<'_> {
    /// Copies a stretch of the line, bold where a phrase is.
    fn copy(&self, writer: &mut Writer<'_>, span: Span) {
        let first = self.phrases.partition_point(|p| p.at.start() < span.start());
        let mut at = span.start();
        for phrase in self.phrases.iter().skip(first) {
            if phrase.at.end() > span.end() {
                break;
            }
            if !phrase.link {
                writer.copy(self.base + at..self.base + phrase.at.start());
                let start = writer.at();
                writer.copy(self.base + phrase.at.start()..self.base + phrase.at.end());
                writer.bold(start);
                at = phrase.at.end();
            }
        }
        writer.copy(self.base + at..self.base + span.end());
    }

    /// Writes what stands between tables: paragraphs, headings, fields.
    fn text(&self, writer: &mut Writer<'_>, range: Span, cutter: &mut Cutter<'_>) {
        let mut open: Option<Span> = None;
        for i in range.start()..range.end() {
            let Some(right) = self.chunks.at.get(i).copied() else { break };
            if let Some(block) = open {
                let left = self.chunks.span(Span::new(i - 1, i));
                if !cutter.cuts(left, right, self.inline(i)) {
                    open = Some(Span::new(block.start(), right.end()));
                    continue;
                }
                self.paragraph(writer, block);
            }
            cutter.open(right.start());
            open = Some(right);
        }
        if let Some(block) = open {
            self.paragraph(writer, block);
        }
    }

    fn paragraph(&self, writer: &mut Writer<'_>, block: Span) {
        writer.begin(Kind::Paragraph);
        self.copy(writer, block);
        writer.end();
    }

    /// Whether the white space before chunk `i` is the edge of a phrase in the middle of a sentence.
    fn inline(&self, i: usize) -> bool {
        let at = self.phrases.partition_point(|p| p.last + 1 < i);
        self.phrases.iter().skip(at).take(2).any(|p| {
            let ends = p.last + 1 == i && !is_terminal(last(part(self.chunks.line, p.at.start(), p.at.end())));
            p.inline && (p.last == i || ends)
        })
    }
}
