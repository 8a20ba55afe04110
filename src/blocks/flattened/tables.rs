//! Chunks parted by white space → the tables among them: a run of header cells, then rows.
//!
//! Headers are found by their words. What stands between a header and the next one is cut into rows (`rows`), up to three times:
//! what the columns showed the first time helps the next one, and tables under the same header learn from each other.

use super::Chunks;
use super::columns::{self, Column};
use super::rows::{Gap, Model, Part, Rows, Separators, cut, points};
use crate::text::{Index, Span, hash, is_blank, pairs, part};

/// A table in a run of chunks. All spans are indices of chunks.
#[derive(Clone, Debug)]
pub struct Found {
    /// Header and rows.
    pub at: Span,
    /// The cells of the header and of each row; empty spans where nothing is printed.
    pub rows: Vec<Vec<Span>>,
    /// The rows fit the columns well; where they do not, the text should stay text.
    pub sure: bool,
}

/// A run of header cells.
#[derive(Clone, Default)]
struct Head {
    cells: Vec<Span>,
    /// What each of them heads.
    columns: Vec<Column>,
    /// Where the next header starts.
    limit: usize,
}

impl Head {
    fn start(&self) -> usize {
        self.cells.first().map_or(0, |c| c.start())
    }

    fn end(&self) -> usize {
        self.cells.last().map_or(0, |c| c.end())
    }
}

/// Chunks that are cut at a time; what the tables learn from.
const WINDOW: usize = 1200;
/// How often the rows are cut at most, seen what their columns have shown.
const PASSES: usize = 2;

/// Finds the tables among chunks. Linear in the chunks.
#[must_use]
pub fn find(chunks: Chunks<'_>) -> Vec<Found> {
    let mut tables: Vec<Table> = Vec::new();
    let mut keys = Vec::new();
    for head in heads(chunks) {
        let table = Table::best(chunks, &head);
        keys.push((table.key(chunks), tables.len()));
        tables.push(table);
    }
    // Tables with the same header learn from each other: the first of them keeps what they learnt.
    let index = Index::sorted(keys.clone());
    for (i, table) in tables.iter_mut().enumerate() {
        table.teacher = keys.get(i).and_then(|k| index.of(k.0).first()).map_or(i, |first| first.1);
    }
    let mut models = learnt(&tables);
    // What was cut the last time, by teacher: where that is what was cut before, the model is the same, and so are the rows.
    let mut fresh: Vec<bool> = models.iter().map(|model| !model.is_empty()).collect();
    for _ in 0..PASSES {
        let mut next = vec![false; tables.len()];
        for table in &mut tables {
            let (Some(model), Some(true)) = (models.get(table.teacher), fresh.get(table.teacher)) else { continue };
            let before = std::mem::take(&mut table.rows);
            table.cut(model);
            let differs = before.cells != table.rows.cells || before.points.total_cmp(&table.rows.points).is_ne();
            next.iter_mut().skip(table.teacher).take(1).for_each(|next| *next |= differs);
        }
        models = learnt(&tables);
        fresh = next;
    }
    let mut found = Vec::new();
    for table in tables {
        if let Some(model) = models.get(table.teacher) {
            found.push(table.finish(chunks, model));
        }
    }
    found
}

/// What the tables show, each under the table that serves it.
fn learnt(tables: &[Table]) -> Vec<Model> {
    let mut models: Vec<Model> = tables.iter().map(|_| Model::default()).collect();
    for table in tables.iter().filter(|t| t.gain() > 0.5) {
        if let Some(model) = models.get_mut(table.teacher) {
            model.learn(&table.parts, &table.rows.cells);
        }
    }
    models
}

#[derive(Default)]
struct Table {
    head: Head,
    /// The table whose model serves this one.
    teacher: usize,
    separators: Separators,
    parts: Vec<Part>,
    rows: Rows,
}

impl Table {
    /// The table under a header whose last cells are in doubt: they may be the first ones of the body.
    fn best(chunks: Chunks<'_>, head: &Head) -> Self {
        let mut least = head.cells.len();
        let (mut doubtful, mut unknown) = (true, false);
        for (n, (cell, column)) in head.cells.iter().zip(&head.columns).enumerate().rev().take(3) {
            doubtful &= columns::known(chunks.text(*cell)).is_none();
            // An unknown phrase before the last known ones throws doubt on them as well.
            let first = *column == Column::Text && !unknown;
            unknown |= first;
            if doubtful || first {
                least = n;
            }
        }
        let mut best = Self::default();
        let mut most = f32::NEG_INFINITY;
        let mut pieces = Pieces::default();
        for n in least.max(3)..=head.cells.len() {
            let mut head = head.clone();
            head.cells.truncate(n);
            head.columns.truncate(n);
            let end = head.end();
            let parts = pieces.parts(chunks, Span::new(end, head.limit.min(end + WINDOW)));
            let separators = separators(chunks, &head);
            let mut table = Self { head, teacher: 0, separators, parts, rows: Rows::default() };
            table.cut(&Model::default());
            let mut points = table.rows.points;
            for cell in &table.head.cells {
                points += if columns::known(chunks.text(*cell)).is_some() { 2.5 } else { 1.0 };
            }
            if points > most {
                (best, most) = (table, points);
            }
        }
        best
    }

    /// The header without white space, hashed.
    fn key(&self, chunks: Chunks<'_>) -> u64 {
        let mut key = String::new();
        for cell in &self.head.cells {
            for c in chunks.text(*cell).chars() {
                if !is_blank(c) {
                    key.push(c);
                }
            }
            key.push('|');
        }
        hash(&key)
    }

    fn cut(&mut self, model: &Model) {
        self.rows = cut(&self.parts, &self.head.columns, model, self.separators, true);
    }

    /// Points that a cell gains on average: 2.4 to 7 where header and rows belong together, up to 2 where they do not.
    fn gain(&self) -> f32 {
        self.rows.points / points((self.rows.cells.len() * self.head.columns.len()).max(1))
    }

    /// Whether the rows gain enough. A small table has little that recurs and gains less; a single row must show more.
    fn is_sure(&self) -> bool {
        match self.rows.cells.len() {
            0 => false,
            1 => self.gain() >= 2.4,
            _ => self.gain() >= 1.7,
        }
    }

    fn finish(self, chunks: Chunks<'_>, model: &Model) -> Found {
        let sure = self.is_sure();
        let start = self.head.start();
        let body = self.head.end();
        let mut rows = vec![self.head.cells];
        let mut end = body + self.rows.taken;
        let mut whole = self.parts.len() < self.head.limit - body && end > body + WINDOW / 2;
        let mut pieces = Pieces::default();
        shift(&mut rows, &self.rows.cells, body);
        // A long table goes on behind the window: the last row of each window may be cut short and is read again.
        while sure && whole && rows.len() > 2 {
            for cell in rows.pop().iter().flatten() {
                end = end.min(cell.start());
            }
            let parts = pieces.parts(chunks, Span::new(end, self.head.limit.min(end + WINDOW)));
            let more = cut(&parts, &self.head.columns, model, self.separators, false);
            whole = end + parts.len() < self.head.limit && more.taken > WINDOW / 2;
            shift(&mut rows, &more.cells, end);
            end += more.taken;
        }
        Found { at: Span::new(start, end), rows, sure }
    }
}

/// Adds rows whose cells are counted from `by` on.
fn shift(rows: &mut Vec<Vec<Span>>, more: &[Vec<Span>], by: usize) {
    for row in more {
        let mut cells = Vec::with_capacity(row.len());
        for cell in row {
            cells.push(Span::new(cell.start() + by, cell.end() + by));
        }
        rows.push(cells);
    }
}

/// The white space before a chunk.
fn gap(chunks: Chunks<'_>, i: usize) -> Gap {
    let before = i.checked_sub(1).and_then(|b| chunks.at.get(b)).map_or(0, |c| c.end());
    let mut gap = Gap::Space;
    for b in part(chunks.line, before, chunks.at.get(i).map_or(0, |c| c.start())).bytes() {
        match b {
            b'\n' | b'\r' => return Gap::Line,
            b'\t' => gap = Gap::Tab,
            _ => {}
        }
    }
    gap
}

/// What parts cells and rows, where the header's cells are parted by one thing and the header ends with another.
fn separators(chunks: Chunks<'_>, head: &Head) -> Separators {
    let cell = gap(chunks, head.cells.get(1)?.start());
    let row = gap(chunks, head.end());
    let even = head.cells.iter().skip(1).all(|c| gap(chunks, c.start()) == cell);
    (even && row != cell).then_some((cell, row))
}

/// Chunks that were read, in a row: the ranges that are cut overlap.
#[derive(Default)]
struct Pieces {
    first: usize,
    parts: Vec<Part>,
}

impl Pieces {
    /// The chunks of a range that starts at the one before or later.
    fn parts(&mut self, chunks: Chunks<'_>, range: Span) -> Vec<Part> {
        /// Chunks that a bracket may reach over.
        const REACH: usize = 40;
        let read = (range.start().saturating_sub(self.first)).min(self.parts.len());
        self.parts.drain(..read);
        self.first = range.start();
        for i in self.first + self.parts.len()..range.end() {
            let piece = columns::piece(chunks.chunk(i), chunks.rest(i));
            self.parts.push(Part { piece, gap: gap(chunks, i), bracketed: false });
        }
        let mut parts = self.parts.get(..range.end() - range.start()).unwrap_or(&self.parts).to_vec();
        let window = chunks.at.get(range.start()..range.end()).unwrap_or(&[]);
        let base = chunks.span(range).start();
        for (open, close) in pairs(chunks.text(range)) {
            let first = window.partition_point(|c| c.start() <= base + open);
            let end = window.partition_point(|c| c.start() <= base + close);
            if end <= first + REACH {
                for part in parts.iter_mut().take(end).skip(first) {
                    part.bracketed = true;
                }
            }
        }
        parts
    }
}

/// The runs of header cells, in order: at least three, of at least two kinds, nearly all of them words of the lists.
fn heads(chunks: Chunks<'_>) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    let mut at = 0;
    while at < chunks.at.len() {
        let head = run(chunks, at);
        if is_head(chunks, &head) {
            if let Some(last) = heads.last_mut() {
                last.limit = at;
            }
            at = head.end();
            heads.push(head);
        } else {
            at += 1;
        }
    }
    heads
}

fn is_head(chunks: Chunks<'_>, head: &Head) -> bool {
    let mut known = 0;
    for cell in &head.cells {
        known += usize::from(columns::known(chunks.text(*cell)).is_some());
    }
    let cells = head.cells.len();
    let even = head.columns.iter().all(|c| head.columns.first() == Some(c));
    cells >= 3 && known >= 2 && known * 3 >= cells * 2 - 1 && !even
}

/// Header cells from `at` on: words of the lists, phrases that end like one, single unknown phrases between them.
fn run(chunks: Chunks<'_>, at: usize) -> Head {
    const WIDEST: usize = 14;
    let mut head = Head { limit: chunks.at.len(), ..Head::default() };
    let mut here = at;
    // Cells up to the last that is sure to be one.
    let mut firm = 0;
    let mut unknown = false;
    while head.cells.len() < WIDEST {
        let single = chunks.chunk(here);
        let (cell, column) = if let Some(word) = word(chunks, here) {
            unknown = false;
            word
        } else if here > at && here < chunks.at.len() && columns::is_short(single) && !unknown {
            let likely = columns::likely(single);
            unknown = likely.is_none();
            (Span::new(here, here + 1), likely.unwrap_or(Column::Text))
        } else {
            break;
        };
        let text = chunks.text(cell);
        if head.cells.iter().any(|c| chunks.text(*c) == text) {
            break;
        }
        here = cell.end();
        head.cells.push(cell);
        head.columns.push(column);
        if columns::known(text).is_some() {
            firm = head.cells.len();
        }
    }
    // One phrase behind the last known one may belong to the header still.
    let more = head.columns.get(firm).is_some_and(|column| {
        matches!(
            column,
            Column::Choice | Column::Purpose | Column::Link | Column::Method | Column::Permission | Column::Term
        )
    });
    head.cells.truncate(firm + usize::from(more));
    head.columns.truncate(firm + usize::from(more));
    head
}

/// The header cell of up to three chunks that is a word of the lists. Two words of the lists are two cells.
fn word(chunks: Chunks<'_>, at: usize) -> Option<(Span, Column)> {
    for n in [3, 2, 1] {
        let cell = Span::new(at, at + n);
        let whole = n == 1 || (at..at + n).any(|i| columns::known(chunks.chunk(i)).is_none());
        if let Some(column) = columns::known(chunks.text(cell)).filter(|_| whole) {
            return Some((cell, column));
        }
    }
    None
}
