//! Lines that are the cells of one record after the other → rows of a table.
//!
//! ```text
//! labels   Name: a kit      columns are the labels, cells what stands behind them, or in the next line
//!          Purpose: push
//!          Name: b kit
//!          Purpose: maps
//! named    1. a kit         columns are the labels, behind one for the names, which count
//!          Purpose: push
//!          2. b kit
//!          Purpose: maps
//! cells    Name             a header, a cell a line, then as many lines for each row; a header that returns starts the
//!          Purpose          table's next part
//!          a kit
//!          push
//! ```
//! Whatever does not fit stays text.

use super::flattened::columns::{self, Cell, Column};
use super::{Block, Document, Kind, Table};
use crate::lexicon::{group, say};
use crate::numbering::{self, Kind as Number, Mark};
use crate::text::{
    Numbers, Span, Text, find as find_char, has, hash, is_blank, is_colon, is_comma, is_terminal, is_worded, last,
    part, size, stops, trim, trim_end,
};
use std::ops::Range;

/// A table among lines.
struct Found {
    columns: Vec<Span>,
    /// The blocks of the header and of each row, with their cells.
    head: Option<Record>,
    rows: Vec<Record>,
}

#[derive(Clone)]
struct Record {
    blocks: Range<usize>,
    cells: Vec<Span>,
}

/// Makes tables of the records among a document's lines.
pub(super) fn find(document: &mut Document) {
    let (mut found, mut notes) = (Vec::new(), Vec::new());
    let pairs = pairs(document);
    let mut at = 0;
    while at < document.blocks.len() {
        let end = at + document.blocks.iter().skip(at).take_while(|b| is_line(&document.text, b)).count();
        Lines { text: &document.text, blocks: &document.blocks, pairs: &pairs, end }.tables(at, &mut found, &mut notes);
        at = end + 1;
    }
    // The reader of lines may have said the same.
    notes.retain(|note| !document.notes.contains(note));
    document.notes.extend(notes);
    if !found.is_empty() {
        rebuild(document, &found);
    }
}

/// How often two lines that can be cells stand right behind each other, by their text.
fn pairs(document: &Document) -> Numbers {
    let mut pairs = Numbers::default();
    let head = |b: &Block| Some(document.text.slice(b.span)).filter(|line| line.len() <= FIELD * 4);
    for pair in document.blocks.windows(2) {
        if let [a, b] = pair
            && let Some(a) = head(a)
            && let Some(b) = head(b)
            && a != b
        {
            let key = pair_key(a, b);
            pairs.insert(key, pairs.get(key).unwrap_or(0) + 1);
        }
    }
    pairs
}

/// A label without its colon.
fn bare(line: &str) -> &str {
    trim(trim_end(line, is_colon))
}

fn pair_key(a: &str, b: &str) -> u64 {
    hash(a).rotate_left(1) ^ hash(b)
}

/// Whether a block can be a cell: an outer number starts another part of the text.
fn is_line(text: &Text, block: &Block) -> bool {
    let line = text.slice(block.span);
    // What somebody who joined texts left between them, in angle brackets, is none.
    let marker = line.starts_with('<') && line.ends_with('>');
    matches!(block.kind, Kind::Paragraph | Kind::Item(_))
        && !marker
        && numbering::parse(line).is_none_or(|m| m.kind > Number::HanEnclosed && !is_multi(m.kind))
}

fn is_multi(kind: Number) -> bool {
    matches!(kind, Number::Multi(_))
}

/// The longest label and the longest cell of a header, in characters.
const LABEL: usize = 16;
/// The longest first cell of a row.
const NAME: usize = 30;
/// The longest field of a record whose name has no number: behind titles stand paragraphs.
const FIELD: usize = 60;
/// The widest such table.
const WIDEST: usize = 8;
/// The longest cell, in bytes.
const CELL: usize = 3000;

/// Lines up to the end of a stretch.
struct Lines<'d> {
    text: &'d Text,
    blocks: &'d [Block],
    /// How often two lines follow upon each other.
    pairs: &'d Numbers,
    end: usize,
}

impl<'d> Lines<'d> {
    fn span(&self, i: usize) -> Span {
        self.blocks.get(i).filter(|_| i < self.end).map_or_else(Span::default, |b| b.span)
    }

    fn line(&self, i: usize) -> &'d str {
        self.text.slice(self.span(i))
    }

    fn tables(&self, from: usize, found: &mut Vec<Found>, notes: &mut Vec<String>) {
        let mut at = from;
        while at < self.end {
            if let Some(table) = self.labels(at).or_else(|| self.named(at)).or_else(|| self.cells(at, notes)) {
                at = table.rows.last().map_or(at + 1, |r| r.blocks.end).max(at + 1);
                found.push(table);
            } else {
                at += 1;
            }
        }
    }

    /// A line's label, if columns are headed so, what stands behind its colon or in the next line, and the line behind both.
    fn label(&self, i: usize) -> Option<(Span, Span, Column, usize)> {
        let (line, span) = (self.line(i), self.span(i));
        let colon = find_char(line, is_colon).unwrap_or(line.len());
        if colon > LABEL * 4 {
            return None;
        }
        let label = trim(part(line, 0, colon));
        // A word alone is one only where lists know it.
        let likely = || if colon < line.len() { columns::likely(label) } else { None };
        let column = columns::known(label).or_else(likely)?;
        let behind = part(line, colon, line.len());
        let value = behind.trim_start_matches(|c| is_blank(c) || is_colon(c));
        if size(label) > LABEL || line.len() > CELL {
            return None;
        }
        let end = span.start() + colon;
        let start = end - part(line, 0, colon).trim_start_matches(is_blank).len();
        let label = Span::new(start, start + label.len());
        if !value.is_empty() {
            return Some((label, Span::new(span.end() - value.len(), span.end()), column, i + 1));
        }
        let next = self.line(i + 1);
        // Behind a heading stand paragraphs, and behind the head of a column others.
        let cell = !next.is_empty() && next.len() <= CELL && stops(next) < 2 && columns::known(bare(next)).is_none();
        let value = if cell { self.span(i + 1) } else { Span::new(span.end(), span.end()) };
        (cell || colon < line.len()).then_some((label, value, column, i + 1 + usize::from(cell)))
    }

    /// Records whose lines have the same labels: two or more, of two labels or more.
    fn labels(&self, at: usize) -> Option<Found> {
        let (first, value, kind, mut i) = self.label(at)?;
        let mut columns = vec![first];
        let mut cells = vec![value];
        let mut kinds = vec![kind];
        while let Some((label, value, kind, next)) = self.label(i) {
            if columns.len() > WIDEST || columns.iter().any(|c| self.same(*c, label)) {
                break;
            }
            columns.push(label);
            cells.push(value);
            kinds.push(kind);
            i = next;
        }
        if columns.len() < 2 || kinds.iter().all(|k| *k == kind) {
            return None;
        }
        let mut rows = vec![Record { blocks: at..i, cells }];
        while let Some(record) = self.record(i, &columns) {
            i = record.blocks.end;
            rows.push(record);
        }
        (rows.len() > 1).then_some(Found { columns, head: None, rows })
    }

    /// A line that is a name, with a number or without one.
    fn name(&self, i: usize) -> Option<Mark> {
        let none = Mark { kind: Number::Bullet, value: 0, head: 0, start: 0, number: 0, end: 0 };
        let mark = numbering::parse(self.line(i)).unwrap_or(none);
        let name = part(self.line(i), mark.end, self.line(i).len());
        let named = mark.end > 0 || (1..=NAME).contains(&size(name)) && !has(name, is_terminal);
        (named && size(name) <= NAME + LABEL && stops(name) == 0 && !has(name, |c| is_colon(c) || is_comma(c)))
            .then_some(mark)
    }

    /// A line's label and what stands behind it, whatever the label is.
    fn field(&self, i: usize) -> Option<(Span, Span)> {
        let (line, span) = (self.line(i), self.span(i));
        let colon = find_char(line, is_colon).filter(|at| *at <= LABEL * 4)?;
        let label = part(line, 0, colon);
        let value = part(line, colon, line.len()).trim_start_matches(|c| is_blank(c) || is_colon(c));
        let fits = size(label) <= LABEL && line.len() <= CELL && !has(label, is_comma) && !value.is_empty();
        let names = !label.is_empty() && numbering::parse(line).is_none();
        (fits && names).then(|| {
            (Span::new(span.start(), span.start() + label.len()), Span::new(span.end() - value.len(), span.end()))
        })
    }

    /// Names that count on, each with the same labels behind it: three or more with one label, or two with several.
    fn named(&self, at: usize) -> Option<Found> {
        let first = self.name(at)?;
        // The names' own column has no head.
        let mut columns = vec![Span::new(self.span(at).start(), self.span(at).start())];
        let mut cells = vec![self.span(at)];
        let mut i = at + 1;
        while let Some((label, value)) = self.field(i) {
            if columns.len() > WIDEST || columns.iter().any(|c| self.same(*c, label)) {
                return None;
            }
            columns.push(label);
            cells.push(value);
            i += 1;
        }
        let labels = columns.len() - 1;
        // A name without a number may be a title: labels that all head columns stand behind it.
        let heads = columns.iter().skip(1).filter(|c| self.is_column(**c)).count();
        let short = |c: &Span| size(self.text.slice(*c)) <= FIELD;
        if heads == 0 || first.end == 0 && (labels < 2 || heads < labels || !cells.iter().all(short)) {
            return None;
        }
        let mut rows = vec![Record { blocks: at..i, cells }];
        let mut value = first.value;
        // Bullets count nothing.
        let step = u32::from(first.kind != Number::Bullet);
        while let Some(mark) =
            self.name(i).filter(|m| (m.kind, m.end > 0, m.value) == (first.kind, first.end > 0, value + step))
        {
            let Some(record) = self.named_record(i, &columns) else { break };
            i = record.blocks.end;
            value = mark.value;
            rows.push(record);
        }
        (rows.len() * labels >= 3 && rows.len() > 1).then_some(Found { columns, head: None, rows })
    }

    /// Whether a label is one that heads columns.
    fn is_column(&self, label: Span) -> bool {
        let label = trim(self.text.slice(label));
        columns::known(label).or_else(|| columns::likely(label)).is_some()
    }

    /// The record of a name with most of some labels behind it, in order, and no others.
    fn named_record(&self, at: usize, columns: &[Span]) -> Option<Record> {
        let mut cells = vec![self.span(at)];
        let mut i = at + 1;
        for column in columns.iter().skip(1) {
            let before = cells.last().map_or(0, |c| c.end());
            match self.field(i).filter(|(label, _)| self.same(*label, *column)) {
                Some((_, value)) => {
                    cells.push(value);
                    i += 1;
                }
                None => cells.push(Span::new(before, before)),
            }
        }
        let filled = i - at - 1;
        (filled * 2 >= columns.len() - 1 && self.field(i).is_none()).then_some(Record { blocks: at..i, cells })
    }

    fn same(&self, a: Span, b: Span) -> bool {
        self.text.slice(a) == self.text.slice(b)
    }

    /// The record from a line on that has the first of some labels and one more of them at least, in order.
    fn record(&self, at: usize, columns: &[Span]) -> Option<Record> {
        let mut cells: Vec<Span> = Vec::new();
        let mut i = at;
        let mut filled = 0;
        for column in columns {
            let label = self.label(i).filter(|(label, ..)| self.same(*label, *column));
            let before = cells.last().map_or(self.span(at).start(), |c| c.end());
            if let Some((_, value, _, next)) = label {
                cells.push(value);
                filled += 1;
                i = next;
            } else if cells.is_empty() {
                return None;
            } else {
                cells.push(Span::new(before, before));
            }
        }
        (filled > 1).then_some(Record { blocks: at..i, cells })
    }

    /// The heads from a line on, and whether a list knows one of them: up to half of them may be in any words.
    fn heads(&self, at: usize) -> (Vec<Option<Column>>, bool) {
        let (mut heads, mut known, mut odd) = (Vec::new(), false, 0);
        while heads.len() < WIDEST {
            let i = at + heads.len();
            let line = Some(self.line(i)).filter(|l| l.len() <= LABEL * 4).unwrap_or("");
            let repeats = (at..i).any(|j| self.line(j) == line);
            let head = columns::known(line).or_else(|| columns::likely(line));
            odd += usize::from(head.is_none());
            if repeats || head.is_none() && (heads.is_empty() || odd * 2 > WIDEST / 2 || !columns::is_short(line)) {
                break;
            }
            known |= columns::known(line).is_some();
            heads.push(head);
        }
        (heads, known)
    }

    /// A header of three cells or more, or of two that return, a line each, and rows of as many lines.
    fn cells(&self, at: usize, notes: &mut Vec<String>) -> Option<Found> {
        let (heads, known) = self.heads(at);
        let differ = |own: &[Option<Column>]| own.iter().any(|k| Some(k) != own.first());
        let several = |own: &[Option<Column>]| {
            let first = own.iter().flatten().next();
            own.iter().flatten().any(|k| Some(k) != first) && own.iter().flatten().count() * 2 >= own.len()
        };
        let again = self.returning(at);
        let told = if known { heads.iter().take_while(|h| h.is_some()).count() } else { 0 };
        let told = told.max(if again > 2 { again } else { 0 });
        let widths = |most: usize| (if again > 1 { 2 } else { 3 }..=most).rev();
        // Heads that lists know need no proof; others stand behind a sentence, or first.
        let before = at.checked_sub(1).and_then(|b| self.blocks.get(b)).filter(|b| is_line(self.text, b));
        let prose = |line: &str| stops(line) > 0 || is_colon(last(line)) || size(line) > FIELD;
        let proofs = if before.is_none_or(|b| prose(self.text.slice(b.span))) { heads.len() } else { 0 };
        let tries = widths(told).map(|w| (w, true)).chain(widths(proofs).map(|w| (w, false)));
        for (width, told) in tries {
            let own = heads.get(..width).unwrap_or(&[]);
            if (several(own) || told && width <= again && (differ(own) || own.len() < width))
                && let Some(rows) = self.rows(at, width).filter(|rows| told || self.prove(own, rows))
            {
                let cells: Vec<Span> = (at..at + width).map(|i| self.span(i)).collect();
                return Some(Found {
                    columns: cells.clone(),
                    head: Some(Record { blocks: at..at + width, cells }),
                    rows,
                });
            }
        }
        let heads = heads.split(Option::is_none).next().unwrap_or(&[]);
        if known && heads.len() >= 3 && several(heads) {
            let mut note = String::from(say(group!("table.note")));
            for i in at..at + heads.len() {
                note.push_str(if i > at { " | " } else { "" });
                note.push_str(self.line(i));
            }
            notes.push(note);
        }
        None
    }

    /// How many lines from one on return together as a header, whatever they say, if one of them can be one; 1 where none do.
    /// More than a header has, sentences and what stands behind a label are a text printed twice, and bars what is left of
    /// another table.
    fn returning(&self, at: usize) -> usize {
        let returns = |i: &usize| self.pairs.get(pair_key(self.line(*i), self.line(i + 1))).is_some_and(|n| n > 1);
        let twice = at.checked_sub(1).is_some_and(|before| returns(&before));
        let again = (at..at + WIDEST).take_while(|i| !twice && returns(i)).count() + 1;
        let never = |line: &str| stops(line) > 0 || has(line, is_colon) || !is_worded(line);
        let printed = again > WIDEST || (at..at + again).any(|i| never(self.line(i)));
        if printed || again > 2 && !self.likely(at..at + again) { 1 } else { again }
    }

    /// Whether one of some lines can head a column.
    fn likely(&self, lines: Range<usize>) -> bool {
        lines.into_iter().any(|i| columns::known(self.line(i)).or_else(|| columns::likely(self.line(i))).is_some())
    }

    /// Whether rows prove a header that no list knows: several, whose cells fit the columns that it seems to name.
    fn prove(&self, heads: &[Option<Column>], rows: &[Record]) -> bool {
        /// Fewer rows are chance.
        const ROWS: usize = 3;
        let fit = |(column, cell): (&Option<Column>, &Span)| {
            let text = self.text.slice(*cell);
            let mut own = Cell::default();
            own.push(&columns::piece(text, text));
            column.map_or(0.0, |column| own.fit(column, own.shows()))
        };
        rows.len() >= ROWS && rows.iter().flat_map(|r| heads.iter().zip(&r.cells)).map(fit).sum::<f32>() > 0.0
    }

    /// Rows of so many lines behind a header: like the first one, and nothing left over that could be a cell.
    fn rows(&self, at: usize, width: usize) -> Option<Vec<Record>> {
        let returns = |i: usize| i + width <= self.end && (0..width).all(|c| self.line(i + c) == self.line(at + c));
        let body = at + width;
        let mut rows: Vec<Record> = Vec::new();
        let mut i = body;
        while i + width <= self.end && !(i..i + width).any(returns) && self.is_row(i, body, width) {
            rows.push(Record { blocks: i..i + width, cells: (i..i + width).map(|i| self.span(i)).collect() });
            i += width;
        }
        let left = (i..self.end.min(i + width)).take_while(|j| !returns(*j)).count();
        // A line that names the table behind it is no cell; neither is a paragraph.
        let names = left == 1 && returns(i + 1);
        let free = left == 0 || names || !self.is_name(i);
        (free && (rows.len() > 1 || rows.len() == 1 && left < 2)).then_some(rows)
    }

    fn is_name(&self, i: usize) -> bool {
        let line = self.line(i);
        size(line) <= NAME && stops(line) == 0 && !has(line, is_colon)
    }

    /// Whether lines are cells as those of the first row are: sentences in the same columns, but for half.
    fn is_row(&self, at: usize, first: usize, width: usize) -> bool {
        let mut other = 0;
        for c in 0..width {
            let line = self.line(at + c);
            // A word that heads columns is no cell: there are more lines to a row than the header has.
            if line.is_empty() || line.len() > CELL || columns::known(line).is_some() {
                return false;
            }
            other += usize::from((stops(line) > 0) != (stops(self.line(first + c)) > 0));
        }
        self.is_name(at) && other * 2 <= width
    }
}

/// Puts tables into a document: their lines become rows, with bars between cells.
fn rebuild(document: &mut Document, found: &[Found]) {
    // A line break between two cells gives way to a bar in blanks; what follows moves by two bytes.
    let mut places = Vec::new();
    for table in found {
        for record in table.head.iter().chain(&table.rows) {
            for pair in document.blocks.get(record.blocks.clone()).unwrap_or(&[]).windows(2) {
                if let [a, b] = pair
                    && document.text.slice(Span::new(a.span.end(), b.span.start())) == "\n"
                {
                    places.push(a.span.end());
                }
            }
        }
    }
    places.sort_unstable();
    document.text.part_cells(&places);
    let moved = |at: usize| at + 2 * places.partition_point(|p| *p < at);
    let shift = |span: Span| Span::new(moved(span.start()), moved(span.end()));
    let old: Vec<(Vec<Span>, Vec<Vec<Span>>)> = (0..document.tables.len()).map(|t| document.records(t)).collect();
    let (blocks, tables) = (std::mem::take(&mut document.blocks), std::mem::take(&mut document.tables));
    document.cells.clear();
    document.ends.clear();
    let mut numbers = vec![u32::MAX; tables.len()];
    let mut found = found.iter().peekable();
    let mut i = 0;
    while let Some(block) = blocks.get(i) {
        let starts = |f: &&Found| f.head.iter().chain(&f.rows).next().is_some_and(|r| r.blocks.start == i);
        if let Some(table) = found.next_if(starts) {
            let number = document.tables.len() as u32;
            let rows: Vec<Vec<Span>> = table.rows.iter().map(|r| r.cells.iter().map(|c| shift(*c)).collect()).collect();
            document.push_table(table.columns.iter().map(|c| shift(*c)).collect(), &rows);
            for (n, record) in table.head.iter().chain(&table.rows).enumerate() {
                let head = table.head.is_some() && n == 0;
                let row = n - usize::from(table.head.is_some() && n > 0);
                let span = |j: usize| blocks.get(j).map_or(block.span, |b| b.span);
                let whole = Span::new(span(record.blocks.start).start(), span(record.blocks.end - 1).end());
                let kind = if head { Kind::Head(number) } else { Kind::Row(number, row as u32) };
                document.blocks.push(Block { span: shift(whole), kind });
                i = record.blocks.end;
            }
            continue;
        }
        let kind = match block.kind {
            Kind::Head(t) | Kind::Row(t, _) => {
                let number = numbers.get(t as usize).copied().unwrap_or(u32::MAX);
                if number == u32::MAX
                    && let (Some(slot), Some((columns, rows))) = (numbers.get_mut(t as usize), old.get(t as usize))
                {
                    *slot = document.tables.len() as u32;
                    let rows: Vec<Vec<Span>> = rows.iter().map(|r| r.iter().map(|c| shift(*c)).collect()).collect();
                    document.push_table(columns.iter().map(|c| shift(*c)).collect(), &rows);
                }
                let number = numbers.get(t as usize).copied().unwrap_or(0);
                if let Kind::Row(_, row) = block.kind { Kind::Row(number, row) } else { Kind::Head(number) }
            }
            kind => kind,
        };
        document.blocks.push(Block { span: shift(block.span), kind });
        i += 1;
    }
    for span in &mut document.bold {
        *span = shift(*span);
    }
    for link in &mut document.links {
        link.span = shift(link.span);
    }
}

impl Document {
    /// The columns of a table, and the cells of its rows as they were written.
    fn records(&self, table: usize) -> (Vec<Span>, Vec<Vec<Span>>) {
        let Some(own) = self.tables.get(table) else { return (Vec::new(), Vec::new()) };
        let end = |row: u32| self.ends.get(row as usize).map_or(0, |end| *end as usize);
        let mut rows = Vec::new();
        for row in own.rows[0]..own.rows[1] {
            let from = row.checked_sub(1).map_or(0, end);
            rows.push(self.cells.get(from..end(row)).unwrap_or(&[]).to_vec());
        }
        (own.columns.to_vec(), rows)
    }

    fn push_table(&mut self, columns: Vec<Span>, rows: &[Vec<Span>]) {
        let first = self.ends.len() as u32;
        for row in rows {
            self.cells.extend_from_slice(row);
            self.ends.push(self.cells.len() as u32);
        }
        self.tables.push(Table { columns: columns.into(), rows: [first, self.ends.len() as u32] });
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, analyze};

    #[test]
    fn a_header_without_regular_rows_stays_text_and_a_note_says_so() {
        let text = "山雀隐私政策\n一、名单\n我们接入了以下工具：\nSDK名称\n使用目的\n收集的信息\n推送工具\n推送消息\n\
            二、联系\n请致电010-8899-0011。";
        let view = analyze(text, &Options::default()).view();
        let note = "一处表格的单元格界限不清，按文字保留：SDK名称 | 使用目的 | 收集的信息";
        assert_eq!((view.tables.len(), view.notes), (0, vec![note.to_string()]));
    }
}
