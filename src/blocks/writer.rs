//! Pieces of a source, front to back → a [`Document`]: its text, blocks, cells, bold and links.

use super::{Block, COLUMNS, Document, Kind, Link, Shape, Table, lines, records, safe_target};
use crate::numbering;
use crate::text::{Span, Text, has, is_blank, last, part, trim_start};
use std::ops::Range;

/// Builds a [`Document`] front to back.
pub struct Writer<'s> {
    /// The whole source.
    pub source: &'s str,
    document: Document,
    open: Option<(usize, Kind)>,
    cells: Vec<Span>,
}

impl<'s> Writer<'s> {
    pub(super) fn new(source: &'s str, shape: Shape) -> Self {
        let document = Document {
            shape,
            text: Text::default(),
            blocks: Vec::new(),
            tables: Vec::new(),
            cells: Vec::new(),
            ends: Vec::new(),
            bold: Vec::new(),
            links: Vec::new(),
            markup: Vec::new(),
            notes: Vec::new(),
        };
        Self { source, document, open: None, cells: Vec::new() }
    }

    /// Ends the open block, if there is one, and starts another.
    pub fn begin(&mut self, kind: Kind) {
        self.end();
        if self.waits_for(kind)
            && let Some(last) = self.document.blocks.pop()
        {
            self.document.text.insert(" ");
            self.open = Some((last.span.start(), if last.kind == Kind::Paragraph { kind } else { last.kind }));
            return;
        }
        if !self.document.text.is_empty() {
            self.document.text.insert("\n");
        }
        self.open = Some((self.document.text.len(), kind));
    }

    /// Whether the last block is a number alone, which waits for its title or text.
    fn waits_for(&self, kind: Kind) -> bool {
        let running = |k: Kind| matches!(k, Kind::Paragraph | Kind::Item(_) | Kind::Heading(_));
        let last = self.document.blocks.last().filter(|b| running(kind) && running(b.kind));
        last.is_some_and(|b| numbering::is_bare(self.document.text.slice(b.span)))
    }

    /// Bytes written so far.
    #[must_use]
    pub fn at(&self) -> usize {
        self.document.text.len()
    }

    /// Whether the open block holds nothing yet.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.open.is_none_or(|(start, _)| self.document.text.len() == start)
    }

    /// Whether no block is open.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.open.is_none()
    }

    /// The last character of the open block.
    #[must_use]
    pub fn last(&self) -> Option<char> {
        let (start, _) = self.open?;
        (self.at() > start).then(|| last(self.document.text.as_str()))
    }

    /// Copies a stretch of the source into the open block; white space at the block's start is left out.
    pub fn copy(&mut self, range: Range<usize>) {
        if self.open.is_none() {
            self.begin(Kind::Paragraph);
        }
        let mut range = range;
        if self.is_fresh() {
            range.start = range.end - trim_start(part(self.source, range.start, range.end), is_blank).len();
        }
        self.document.text.copy(self.source, range);
    }

    /// Puts a decoded character reference.
    pub fn decode(&mut self, decoded: &str, range: Range<usize>) {
        if self.open.is_none() {
            self.begin(Kind::Paragraph);
        }
        if !has(decoded, |c| !is_blank(c)) {
            self.space();
            self.markup(range);
            return;
        }
        let decoded = if self.is_fresh() { decoded.trim_start_matches(is_blank) } else { decoded };
        self.document.text.decode(decoded, range);
    }

    /// Puts one space unless white space, or nothing, stands there already.
    pub fn space(&mut self) {
        if !self.is_fresh() && !self.last().is_some_and(is_blank) {
            self.document.text.insert(" ");
        }
    }

    /// Notes bold from `start` to here.
    pub fn bold(&mut self, start: usize) {
        let mut span = Span::new(start, self.document.text.len());
        if span.is_empty() {
            return;
        }
        while let Some(last) = self.document.bold.last().filter(|last| last.end() >= span.start()) {
            span = Span::new(span.start().min(last.start()), span.end().max(last.end()));
            self.document.bold.pop();
        }
        self.document.bold.push(span);
    }

    /// What was written so far; kinds may be corrected.
    pub fn blocks(&mut self) -> (&Text, &mut [Block]) {
        (&self.document.text, &mut self.document.blocks)
    }

    /// Notes a link from `start` to here, if its target is safe. Of links in links only the outer one counts, as in HTML.
    pub fn link(&mut self, start: usize, target: &str) {
        let span = Span::new(start, self.document.text.len());
        if !span.is_empty()
            && let Some(href) = safe_target(target)
        {
            while self.document.links.last().is_some_and(|l| l.span.start() >= start) {
                self.document.links.pop();
            }
            self.document.links.push(Link { span, href });
        }
    }

    /// Notes that a stretch of the source was markup.
    pub fn markup(&mut self, range: Range<usize>) {
        self.document.markup.push([range.start as u32, range.end as u32]);
    }

    /// Notes a doubt, once; a page full of them is not told one by one.
    pub fn note(&mut self, doubt: String) {
        const MOST: usize = 12;
        if self.document.notes.len() < MOST && !self.document.notes.contains(&doubt) {
            self.document.notes.push(doubt);
        }
    }

    /// Takes white space off the end, down to `floor` bytes; bold and links end there, too.
    fn trim(&mut self, floor: usize) {
        self.document.text.trim_end(floor);
        let end = self.document.text.len();
        if let Some(last) = self.document.bold.last_mut() {
            *last = last.until(end);
        }
        for link in self.document.links.iter_mut().rev().take_while(|l| l.span.end() > end) {
            link.span = link.span.until(end);
        }
    }

    /// Ends the open block; a row becomes one of its table.
    pub fn end(&mut self) {
        let Some((start, kind)) = self.open.take() else { return };
        if matches!(kind, Kind::Head(_) | Kind::Row(..)) {
            self.keep_cells(start, kind);
        }
        self.trim(start);
        let span = Span::new(start, self.document.text.len());
        if span.is_empty() {
            // Nothing was written: the line break before it goes as well.
            let floor = self.document.blocks.last().map_or(0, |b| b.span.end());
            self.trim(floor);
        } else {
            self.document.blocks.push(Block { span, kind });
        }
    }

    /// Gives the cells of the row that started at `start` to its table.
    fn keep_cells(&mut self, start: usize, kind: Kind) {
        let mut filled = start;
        for cell in self.cells.iter().filter(|c| !c.is_empty()) {
            filled = cell.end();
        }
        if !has(part(self.document.text.as_str(), filled, self.at()), |c| !is_blank(c) && c != '|') {
            // An empty last cell leaves its separator behind.
            self.document.text.truncate_inserted(filled);
        }
        self.trim(start);
        let end = self.at();
        let open = end > filled;
        let mut cells = Vec::with_capacity(self.cells.len() + 1);
        for cell in self.cells.drain(..) {
            // Beside a cell that nothing closed empty ones cannot be told.
            if !open || !cell.is_empty() {
                cells.push(Span::new(cell.start().min(end), cell.end().min(end)));
            }
        }
        if open {
            cells.push(Span::new(filled, end));
        }
        // One row of ten thousand cells would have every other row filled up to as many.
        if cells.len() > COLUMNS {
            cells.truncate(COLUMNS);
            if let Some(last) = cells.last_mut() {
                *last = Span::new(last.start(), end);
            }
        }
        if let Some(table) = self.document.tables.last_mut().filter(|_| end > start) {
            if matches!(kind, Kind::Head(_)) {
                table.columns = cells.into();
            } else {
                self.document.cells.extend_from_slice(&cells);
                self.document.ends.push(self.document.cells.len() as u32);
                table.rows[1] = self.document.ends.len() as u32;
            }
        }
    }

    /// Starts a table; its header row and rows follow.
    pub fn table(&mut self) {
        self.end();
        let row = self.document.ends.len() as u32;
        self.document.tables.push(Table { rows: [row; 2], ..Table::default() });
    }

    /// Starts a row of the last table.
    pub fn row(&mut self, head: bool) {
        let table = self.document.tables.len().saturating_sub(1);
        let row = self.document.tables.last().map_or(0, Table::len);
        self.begin(if head { Kind::Head(table as u32) } else { Kind::Row(table as u32, row as u32) });
        self.cells.clear();
    }

    /// Starts a cell; returns where it starts.
    pub fn cell(&mut self) -> usize {
        if !self.cells.is_empty() && !self.is_fresh() {
            // The cell before was trimmed when it ended; an empty one leaves its two separators.
            self.document.text.insert(" | ");
        }
        self.at()
    }

    /// Ends the cell that started at `start`.
    pub fn end_cell(&mut self, start: usize) {
        self.trim(start);
        self.cells.push(Span::new(start, self.at()));
    }

    /// Ends the row as a paragraph: a title that spans its table.
    pub fn end_title(&mut self) {
        // Columns that it spans have left their separators behind.
        let end = self.cells.first().map_or(0, |c| c.end());
        self.cells.clear();
        if let Some((start, kind)) = &mut self.open {
            *kind = Kind::Paragraph;
            self.document.text.truncate_inserted(end);
            // Bold is the look of a table's head.
            let start = *start;
            while self.document.bold.pop_if(|b| b.start() >= start).is_some() {}
        }
        self.end();
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        self.end();
    }

    pub(super) fn finish(mut self) -> Document {
        self.end();
        lines::repair(&mut self.document);
        records::find(&mut self.document);
        self.document.widen();
        self.document.bold.retain(|b| !b.is_empty());
        self.document.links.retain(|l| !l.span.is_empty());
        // What grew by doubling stays for long.
        self.document.text.shrink();
        self.document.bold.shrink_to_fit();
        self.document.blocks.shrink_to_fit();
        self.document.markup.shrink_to_fit();
        self.document.tables.shrink_to_fit();
        self.document.cells.shrink_to_fit();
        self.document.ends.shrink_to_fit();
        self.document
    }
}
