//! Source → [`Document`]: the canonical text cut into blocks, with what markup says of them.
//!
//! [`read`] recognises the shape of a source and hands it to the reader of that shape; every reader writes through
//! [`Writer`], so that spans are ordered and every character maps back.

pub mod flattened;
pub mod html;
mod lines;
pub mod markdown;
pub mod plain;
mod records;

use crate::lexicon::{fold, group, terms};
use crate::numbering;
use crate::steps::{self, pause};
use crate::text::{
    Span, Text, ends_any, find, first, has, is_blank, is_letter, is_word, last, part, size, trim_end, trim_start,
};
use std::ops::Range;

/// How a source is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CommonMark with tables, with the bold of Chinese text mended.
    Markdown,
    /// A page or a fragment.
    Html,
    /// Neither.
    Plain,
}

/// What a source looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// CommonMark, often with broken bold.
    Markdown,
    /// A page or a fragment.
    Html,
    /// A paragraph a line, indented or not.
    Plain,
    /// Lines broken in the middle of words.
    Fragmented,
    /// A page scraped into one line.
    OneLine,
}

impl Shape {
    /// The contract's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Plain => "plain",
            Self::Fragmented => "fragmented",
            Self::OneLine => "one-line",
        }
    }
}

/// The canonical text and what markup says of it.
#[derive(Clone, Debug)]
pub struct Document {
    /// What was recognised.
    pub shape: Shape,
    /// What a reader reads.
    pub text: Text,
    /// In order, not overlapping, not empty.
    pub blocks: Vec<Block>,
    /// Tables whose rows are blocks.
    pub tables: Vec<Table>,
    /// Cells of their rows that were written, row by row; a row's own block joins them by ` | `.
    cells: Vec<Span>,
    /// For each row of all tables, how many cells there are up to its end.
    ends: Vec<u32>,
    /// The author's bold: in order, not overlapping; may cross blocks.
    pub bold: Vec<Span>,
    /// Links with a target that is safe to follow.
    pub links: Vec<Link>,
    /// Source ranges `[start, end)` that were markup: tags, targets, comments.
    pub markup: Vec<[u32; 2]>,
    /// What the reader was unsure of, in words to print.
    pub notes: Vec<String>,
}

/// A line or a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where in the canonical text, without white space around it.
    pub span: Span,
    /// What markup says it is.
    pub kind: Kind,
}

/// What markup says a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `#` or `<h1>`: 1 to 6.
    Heading(u8),
    /// Anything else.
    Paragraph,
    /// An entry of a list: 1 for the outermost list.
    Item(u8),
    /// A table's header row.
    Head(u32),
    /// A table's body row: table, row.
    Row(u32, u32),
    /// Navigation, forms and the like, as far as tags tell.
    Noise,
}

/// A table; the cells of its rows are the document's. A page may have a table for every few bytes.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Header cells; empty spans where nothing is printed.
    pub columns: Box<[Span]>,
    /// Its rows among those of all tables: the first, and the one behind the last.
    rows: [u32; 2],
}

impl Table {
    /// Body rows.
    #[must_use]
    pub fn len(&self) -> usize {
        (self.rows[1] - self.rows[0]) as usize
    }

    /// Whether there is no body row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Document {
    /// The table and the row that a block is.
    #[must_use]
    pub fn row(&self, block: usize) -> Option<(usize, usize)> {
        match self.blocks.get(block)?.kind {
            Kind::Row(table, row) => Some((table as usize, row as usize)),
            _ => None,
        }
    }

    /// The cells of a table's row, as many as there are columns.
    #[must_use]
    pub fn cells(&self, table: usize, row: usize) -> Vec<Span> {
        let columns = self.tables.get(table).map_or(0, |t| t.columns.len());
        (0..columns).map(|column| self.cell(table, row, column)).collect()
    }

    /// A cell of a table's row, as span of the canonical text; empty where nothing is printed.
    #[must_use]
    pub fn cell(&self, table: usize, row: usize, column: usize) -> Span {
        let row = self.tables.get(table).map_or(0, |t| t.rows[0] as usize) + row;
        let end = |row: usize| self.ends.get(row).map_or(0, |end| *end as usize);
        let cells = self.cells.get(row.checked_sub(1).map_or(0, end)..end(row)).unwrap_or(&[]);
        let behind = cells.last().map_or(0, |last| last.end());
        cells.get(column).copied().unwrap_or(Span::new(behind, behind))
    }

    /// Gives every table as many columns as its widest row has.
    fn widen(&mut self) {
        let mut before = 0;
        for table in &mut self.tables {
            let [from, to] = table.rows.map(|row| row as usize);
            let mut width = table.columns.len();
            for end in self.ends.get(from..to).unwrap_or(&[]) {
                width = width.max((*end - std::mem::replace(&mut before, *end)) as usize);
            }
            let end = table.columns.last().map_or(0, |c| c.end());
            let mut columns = std::mem::take(&mut table.columns).into_vec();
            while columns.len() < width {
                columns.push(Span::new(end, end));
            }
            table.columns = columns.into();
        }
    }
}

/// A link.
#[derive(Clone, Debug)]
pub struct Link {
    /// The link's text.
    pub span: Span,
    /// http, https, mailto, tel, or relative.
    pub href: String,
}

/// Wider tables than this are broken markup: what stands behind is one cell.
const COLUMNS: usize = 64;

/// Bytes of a source that are read, with a note where there are more: places in the text, which separators of cells may make
/// twice as long, have 32 bits.
pub const LONGEST: usize = 1 << 30;

/// Reads `source` in the shape that was recognised or asked for.
#[must_use]
pub fn read(source: &str, format: Option<Format>) -> Document {
    steps::all(read_in_steps(source, format))
}

/// The same, with a pause behind each part of the work.
pub async fn read_in_steps(source: &str, format: Option<Format>) -> Document {
    // A page's memory never holds as much.
    #[cfg(not(target_arch = "wasm32"))]
    let (source, beyond) = source.split_at(source.floor_char_boundary(LONGEST));
    let shape = match format {
        Some(Format::Markdown) => Shape::Markdown,
        Some(Format::Html) => Shape::Html,
        Some(Format::Plain) => recognise_plain(source),
        None => recognise(source),
    };
    let mut writer = Writer::new(source, shape);
    pause().await;
    match shape {
        Shape::Markdown => markdown::read(&mut writer),
        Shape::Html => html::read(&mut writer),
        Shape::Plain | Shape::Fragmented => plain::read(&mut writer, 0..source.len()),
        Shape::OneLine => flattened::read(&mut writer, 0..source.len()),
    }
    #[cfg(not(target_arch = "wasm32"))]
    if !beyond.is_empty() {
        writer.note(format!("Only the first {LONGEST} bytes were read."));
    }
    pause().await;
    writer.finish()
}

/// Tells the shape from counts of what only that shape has.
fn recognise(source: &str) -> Shape {
    let characters = size(source);
    let tags = html::tags(source);
    if tags > 0 && tags * 400 > characters.min(40_000) {
        return Shape::Html;
    }
    let signs = markdown::signs(source);
    if signs > 0 && signs * 1000 > characters.min(20_000) {
        return Shape::Markdown;
    }
    recognise_plain(source)
}

fn recognise_plain(source: &str) -> Shape {
    if flattened::is(source) {
        Shape::OneLine
    } else if plain::tear(source).is_some() {
        Shape::Fragmented
    } else {
        Shape::Plain
    }
}

/// Builds a [`Document`] front to back.
pub struct Writer<'s> {
    /// The whole source.
    pub source: &'s str,
    document: Document,
    open: Option<(usize, Kind)>,
    cells: Vec<Span>,
}

impl<'s> Writer<'s> {
    fn new(source: &'s str, shape: Shape) -> Self {
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

    fn finish(mut self) -> Document {
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

/// Letters, digits and ideographs of a title, folded: what two printings of it share.
#[must_use]
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        if is_letter(c) {
            key.push(fold(c));
        }
    }
    key
}

/// Whether a short line reads like the title of a policy: a phrase that ends in a word for one, but for an addition in
/// brackets. A phrase that points to the policy ("Changes to this privacy policy") is a heading in it.
#[must_use]
pub fn is_title(text: &str) -> bool {
    if has(text, |c| matches!(c, '\u{3002}' | '\u{ff0c}')) {
        return false;
    }
    let names = |text: &str| {
        let key = key(text);
        let (mut named, mut points) = (false, false);
        for term in terms(group!("title")) {
            if let Some(before) = key.strip_suffix(term) {
                named = true;
                points |= ends_any(before, terms(group!("title.points")));
            }
        }
        named && !points
    };
    let text = trim_end(text, is_blank);
    let added = if matches!(last(text), '\u{ff09}' | ')') { text.rfind(['\u{ff08}', '(']) } else { None };
    names(text) || added.is_some_and(|i| names(part(text, 0, i)))
}

/// A link's target as it may be followed: http, https, mailto, tel, or relative; control characters and white space are
/// taken out first, as browsers do (URL Standard, "basic URL parser"), so that `java\tscript:` is seen for what it is.
/// Every address that we make a link of goes through here; www/source.js does the same where there is no module.
#[must_use]
pub fn safe_target(target: &str) -> Option<String> {
    let mut clean = String::new();
    for c in target.chars() {
        if !c.is_control() && !is_blank(c) {
            clean.push(c);
        }
    }
    let stop = find(&clean, |c| matches!(c, ':' | '/' | '?' | '#')).unwrap_or(clean.len());
    let scheme = part(&clean, 0, stop).to_ascii_lowercase();
    let relative = first(part(&clean, stop, clean.len())) != ':';
    (!clean.is_empty() && (relative || is_word("http https mailto tel", &scheme))).then_some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_targets_pass() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "java\tscript:x",
            " javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "\u{0}javascript:x",
            "file:///etc",
            "",
            "blob:x",
            "\u{1}javascript:alert(1)",
            "java\nscript:alert(1)",
        ] {
            assert_eq!(safe_target(bad), None, "{bad:?}");
        }
        for good in [
            "https://a.example/x:y?y=1",
            "HTTP://a.example",
            "mailto:a@b.example",
            "tel:+86",
            "/privacy?b:c",
            "//a.example",
            "privacy.html#x",
            "#x",
            "a/b:c",
        ] {
            assert_eq!(safe_target(good).as_deref(), Some(good));
        }
    }
}
