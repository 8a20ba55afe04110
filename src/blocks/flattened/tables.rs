//! Chunks parted by white space → the tables among them: a run of header cells, then rows.
//!
//! Headers are found by their words. What stands between a header and the next one is cut into rows (`rows`), three times:
//! what the columns showed the first time helps the next one, and tables under the same header learn from each other.

use super::columns::{self, Column, Piece};
use super::rows::{Gap, Model, Part, Rows, Separators, cut, points};
use crate::text::{Index, hash, is_blank, is_opening};
use std::ops::Range;

/// A table in a run of chunks. All ranges are indices of chunks.
#[derive(Clone, Debug)]
pub struct Found {
    /// Header and rows.
    pub at: Range<usize>,
    /// The header cells.
    pub columns: Vec<Range<usize>>,
    /// The cells of each row; empty ranges where nothing is printed.
    pub rows: Vec<Vec<Range<usize>>>,
    /// The rows fit the columns well; where they do not, the text should stay text.
    pub sure: bool,
}

/// A run of header cells.
#[derive(Clone, Debug)]
struct Head {
    cells: Vec<(Range<usize>, Column)>,
    /// Where the next header starts.
    limit: usize,
}

/// Chunks that are cut at a time; what the tables learn from.
const WINDOW: usize = 1200;
/// How often the rows are cut.
const PASSES: usize = 3;

/// Finds the tables; `chunks` are stretches of `line` with white space between them. Linear in the chunks.
#[must_use]
pub fn find(line: &str, chunks: &[Range<usize>]) -> Vec<Found> {
    let mut tables: Vec<Table> = heads(line, chunks).into_iter().map(|head| Table::best(line, chunks, &head)).collect();
    // Tables with the same header learn from each other: the first of them keeps what they learnt.
    let index = Index::new(tables.iter().map(|t| hash(&t.key)));
    for i in 0..tables.len() {
        if let Some(table) = tables.get_mut(i) {
            table.teacher = index.of(hash(&table.key)).first().map_or(i, |first| first.1);
        }
    }
    let mut models: Vec<Model> = vec![Model::default(); tables.len()];
    for _ in 0..PASSES {
        for table in &mut tables {
            table.cut(models.get(table.teacher).unwrap_or(&Model::default()));
        }
        models.fill(Model::default());
        for table in tables.iter().filter(|t| t.gain() > 0.5) {
            if let Some(model) = models.get_mut(table.teacher) {
                model.learn(&table.parts, &table.rows.cells);
            }
        }
    }
    let empty = Model::default();
    tables.into_iter().map(|table| table.finish(line, chunks, &models, &empty)).collect()
}

struct Table {
    head: Head,
    /// The header without white space.
    key: String,
    /// The table whose model serves this one.
    teacher: usize,
    columns: Vec<Column>,
    separators: Separators,
    parts: Vec<Part>,
    rows: Rows,
}

impl Table {
    fn new(line: &str, chunks: &[Range<usize>], head: Head) -> Self {
        let text = |range: &Range<usize>| chunks_text(line, chunks, range);
        let cells = head.cells.iter().flat_map(|(range, _)| text(range).chars().chain(std::iter::once('|')));
        let key = cells.filter(|c| !is_blank(*c)).collect();
        let from = head.cells.last().map_or(0, |(range, _)| range.end);
        let separators = separators(line, chunks, &head);
        let parts = parts(line, chunks, from..head.limit.min(from + WINDOW));
        let columns = head.cells.iter().map(|(_, column)| *column).collect();
        Self { head, key, teacher: 0, columns, separators, parts, rows: Rows::default() }
    }

    /// The table under a header whose last cells are in doubt: they may be the first ones of the body.
    fn best(line: &str, chunks: &[Range<usize>], head: &Head) -> Self {
        let known = |(range, _): &(Range<usize>, Column)| columns::known(chunks_text(line, chunks, range)).is_some();
        let doubtful = head.cells.iter().rev().take(3).take_while(|c| !known(c)).count();
        // An unknown phrase before the last known ones throws doubt on them as well.
        let unknown =
            head.cells.iter().rev().take(3).position(|(_, column)| *column == Column::Text).map_or(0, |at| at + 1);
        let least = head.cells.len().saturating_sub(doubtful.max(unknown)).max(3);
        let tables = (least..=head.cells.len()).map(|n| {
            let mut head = head.clone();
            head.cells.truncate(n);
            let mut table = Self::new(line, chunks, head);
            table.cut(&Model::default());
            let cells: f32 = table.head.cells.iter().map(|c| if known(c) { 2.5 } else { 1.0 }).sum();
            (table.rows.points + cells, table)
        });
        let best = tables.reduce(|a, b| if b.0 > a.0 { b } else { a });
        best.map_or_else(|| Self::new(line, chunks, head.clone()), |(_, table)| table)
    }

    fn cut(&mut self, model: &Model) {
        self.rows = cut(&self.parts, &self.columns, model, self.separators, true);
    }

    /// Points that a cell gains on average: 2.4 to 7 where header and rows belong together, up to 2 where they do not.
    fn gain(&self) -> f32 {
        self.rows.points / points((self.rows.cells.len() * self.columns.len()).max(1))
    }

    /// Whether the rows gain enough. A small table has little that recurs and gains less; a single row must show more.
    fn is_sure(&self) -> bool {
        match self.rows.cells.len() {
            0 => false,
            1 => self.gain() >= 2.4,
            _ => self.gain() >= 1.7,
        }
    }

    fn finish(self, line: &str, chunks: &[Range<usize>], models: &[Model], empty: &Model) -> Found {
        let sure = self.is_sure();
        let start = self.head.cells.first().map_or(0, |(range, _)| range.start);
        let body = self.head.cells.last().map_or(0, |(range, _)| range.end);
        let mut rows = shifted(self.rows.cells, body);
        let mut end = body + self.rows.taken;
        let mut whole = self.parts.len() < self.head.limit - body && end > body + WINDOW / 2;
        // A long table goes on behind the window: the last row of each window may be cut short and is read again.
        while sure && whole && rows.len() > 1 {
            end = rows.pop().and_then(|row| row.iter().map(|cell| cell.start).min()).unwrap_or(end);
            let parts = parts(line, chunks, end..self.head.limit.min(end + WINDOW));
            let more = cut(&parts, &self.columns, models.get(self.teacher).unwrap_or(empty), self.separators, false);
            whole = end + parts.len() < self.head.limit && more.taken > WINDOW / 2;
            rows.extend(shifted(more.cells, end));
            end += more.taken;
        }
        Found { at: start..end, columns: self.head.cells.into_iter().map(|(range, _)| range).collect(), rows, sure }
    }
}

fn shifted(rows: Vec<Vec<Range<usize>>>, by: usize) -> Vec<Vec<Range<usize>>> {
    rows.into_iter().map(|row| row.into_iter().map(|cell| cell.start + by..cell.end + by).collect()).collect()
}

fn chunks_text<'l>(line: &'l str, chunks: &[Range<usize>], range: &Range<usize>) -> &'l str {
    let part = chunks.get(range.clone()).unwrap_or(&[]);
    part.first().zip(part.last()).and_then(|(first, last)| line.get(first.start..last.end)).unwrap_or("")
}

/// The white space before a chunk.
fn gap(line: &str, chunks: &[Range<usize>], i: usize) -> Gap {
    let before = i.checked_sub(1).and_then(|b| chunks.get(b)).map_or(0, |c| c.end);
    let space = chunks.get(i).and_then(|c| line.get(before..c.start)).unwrap_or("");
    if space.contains(['\n', '\r']) {
        Gap::Line
    } else if space.contains('\t') {
        Gap::Tab
    } else {
        Gap::Space
    }
}

/// What parts cells and rows, where the header's cells are parted by one thing and the header ends with another.
fn separators(line: &str, chunks: &[Range<usize>], head: &Head) -> Separators {
    let mut gaps = head.cells.iter().skip(1).map(|(range, _)| gap(line, chunks, range.start));
    let cell = gaps.next()?;
    let row = gap(line, chunks, head.cells.last()?.0.end);
    (gaps.all(|g| g == cell) && row != cell).then_some((cell, row))
}

fn parts(line: &str, chunks: &[Range<usize>], range: Range<usize>) -> Vec<Part> {
    let bracketed = bracketed(line, chunks, &range);
    let pieces = chunks.get(range.clone()).unwrap_or(&[]).iter().map(|chunk| {
        let rest: &str = line.get(chunk.start..).unwrap_or("");
        columns::piece(line.get(chunk.clone()).unwrap_or(""), rest)
    });
    pieces
        .zip(bracketed)
        .zip(range)
        .map(|((piece, bracketed), i): ((Piece, bool), usize)| Part { piece, gap: gap(line, chunks, i), bracketed })
        .collect()
}

/// For each chunk, whether a bracket that is closed within the next few chunks is open at its start.
fn bracketed(line: &str, chunks: &[Range<usize>], range: &Range<usize>) -> Vec<bool> {
    /// Chunks that a bracket may reach over.
    const REACH: usize = 40;
    let mut depth = vec![0i32; range.len() + 1];
    let mut open: Vec<(usize, char)> = Vec::new();
    for (n, chunk) in chunks.get(range.clone()).unwrap_or(&[]).iter().enumerate() {
        for c in line.get(chunk.clone()).unwrap_or("").chars() {
            if is_opening(c) {
                open.push((n, c));
                continue;
            }
            let Some(at) = open.iter().rev().take(6).position(|(_, o)| closes(*o, c)) else { continue };
            open.truncate(open.len() - at);
            if let Some((start, _)) = open.pop()
                && n > start
                && n - start <= REACH
            {
                // Open at the start of the chunks behind the opening one, up to the closing one.
                if let Some(d) = depth.get_mut(start + 1) {
                    *d += 1;
                }
                if let Some(d) = depth.get_mut(n + 1) {
                    *d -= 1;
                }
            }
        }
    }
    let mut level = 0;
    depth
        .iter()
        .take(range.len())
        .map(|d| {
            level += d;
            level > 0
        })
        .collect()
}

/// Whether `c` closes what `o` opened; pages mix widths.
fn closes(o: char, c: char) -> bool {
    match c {
        ')' | '\u{ff09}' => matches!(o, '(' | '\u{ff08}' | '\u{3008}'),
        ']' | '\u{ff3d}' => matches!(o, '[' | '\u{ff3b}'),
        '\u{300b}' => o == '\u{300a}',
        '\u{3009}' => o == '\u{3008}',
        '\u{3011}' => o == '\u{3010}',
        '\u{201d}' => o == '\u{201c}',
        '\u{2019}' => o == '\u{2018}',
        '\u{300d}' => o == '\u{300c}',
        '\u{300f}' => o == '\u{300e}',
        '}' => o == '{',
        _ => false,
    }
}

/// The runs of header cells, in order: at least three, of at least two kinds, nearly all of them words of the lists.
fn heads(line: &str, chunks: &[Range<usize>]) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    let mut at = 0;
    while at < chunks.len() {
        let cells = run(line, chunks, at);
        let end = cells.last().map_or(at, |(range, _)| range.end);
        if end > at && is_head(line, chunks, &cells) {
            if let Some(last) = heads.last_mut() {
                last.limit = at;
            }
            heads.push(Head { cells, limit: chunks.len() });
            at = end;
        } else {
            at += 1;
        }
    }
    heads
}

fn is_head(line: &str, chunks: &[Range<usize>], cells: &[(Range<usize>, Column)]) -> bool {
    let known = cells.iter().filter(|(range, _)| columns::known(chunks_text(line, chunks, range)).is_some()).count();
    let mut kinds: Vec<Column> = cells.iter().map(|(_, column)| *column).collect();
    kinds.sort_unstable();
    kinds.dedup();
    cells.len() >= 3 && known >= 2 && known * 3 >= cells.len() * 2 - 1 && kinds.len() >= 2
}

/// Header cells from `at` on: words of the lists, phrases that end like one, single unknown phrases between them.
fn run(line: &str, chunks: &[Range<usize>], at: usize) -> Vec<(Range<usize>, Column)> {
    const WIDEST: usize = 14;
    let mut cells: Vec<(Range<usize>, Column)> = Vec::new();
    let mut here = at;
    // Cells up to the last that is sure to be one.
    let mut firm = 0;
    let mut unknown = false;
    while cells.len() < WIDEST {
        let word = |n: usize| {
            let range = here..here + n;
            let column =
                (range.end <= chunks.len()).then(|| columns::known(chunks_text(line, chunks, &range))).flatten()?;
            // Two words of the lists are two cells.
            let parts =
                range.clone().filter(|i| columns::known(chunks_text(line, chunks, &(*i..i + 1))).is_some()).count();
            (n == 1 || parts < n).then_some((range, column))
        };
        let single = chunks_text(line, chunks, &(here..here + 1));
        let cell = if let Some(cell) = (1..=3).rev().find_map(word) {
            unknown = false;
            cell
        } else if here > at && here < chunks.len() && columns::is_short(single) && !unknown {
            let likely = columns::likely(single);
            unknown = likely.is_none();
            (here..here + 1, likely.unwrap_or(Column::Text))
        } else {
            break;
        };
        let repeated =
            cells.iter().any(|(range, _)| chunks_text(line, chunks, range) == chunks_text(line, chunks, &cell.0));
        if repeated {
            break;
        }
        here = cell.0.end;
        let known = columns::known(chunks_text(line, chunks, &cell.0)).is_some();
        cells.push(cell);
        if known {
            firm = cells.len();
        }
    }
    // One phrase behind the last known one may belong to the header still.
    let more = cells.get(firm).is_some_and(|(_, column)| {
        matches!(
            column,
            Column::Choice | Column::Purpose | Column::Link | Column::Method | Column::Permission | Column::Term
        )
    });
    cells.truncate(firm + usize::from(more));
    cells
}
