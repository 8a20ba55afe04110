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
mod writer;

use crate::lexicon::{fold, group, terms};
use crate::steps::{self, pause};
use crate::text::{Span, Text, ends_any, find, first, has, is_blank, is_letter, is_word, last, part, size, trim_end};
pub use writer::Writer;

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
    /// The table and the row that a block is, if it has cells of its own.
    #[must_use]
    pub fn row(&self, block: usize) -> Option<(usize, usize)> {
        match self.blocks.get(block)?.kind {
            Kind::Row(table, row) => Some((table as usize, row as usize)).filter(|at| !self.divides(*at)),
            _ => None,
        }
    }

    /// Whether a row only names those behind it, or notes something: its one cell stands alone among three columns or more.
    fn divides(&self, (table, row): (usize, usize)) -> bool {
        let columns = self.tables.get(table).map_or(0, |t| t.columns.len());
        let empty = |column: usize| self.cell(table, row, column).is_empty();
        columns > 2 && !empty(0) && (1..columns).all(empty)
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
    let (tags, signs) = (html::tags(source), markdown::signs(source));
    // Markdown may hold a few elements; a page's scripts hold signs of all kinds.
    let inline = || signs > tags && !html::is_page(source);
    if tags > 0 && tags * 400 > characters.min(40_000) && !inline() {
        return Shape::Html;
    }
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
        let edition = terms(group!("title.edition")).iter().find_map(|e| key.strip_suffix(e));
        let key = edition.unwrap_or(&key);
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
