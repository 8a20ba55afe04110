//! Chunks and columns → rows: the cheapest way to cut the chunks into cells, by dynamic programming.
//!
//! A state is a place between two chunks, the column that comes next, and how many cells of the row are filled. From it a
//! column is filled with one chunk or more, or left empty. Points: how well the text fits the column, how well it fits
//! the values that the column has shown so far, less a price for white space inside of a cell, less a price for cutting
//! where text runs on. The table ends where going on costs more than it gains.

use super::columns::{Cell, Column, Piece};
use crate::text::{Numbers, Span};

/// White space between two chunks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    Space,
    Tab,
    Line,
}

/// A chunk with the white space before it.
#[derive(Clone, Debug)]
pub struct Part {
    pub piece: Piece,
    pub gap: Gap,
    /// A bracket that is closed later is open at its start.
    pub bracketed: bool,
}

/// What parts the cells of a table, and its rows, where the header shows that these differ.
pub type Separators = Option<(Gap, Gap)>;

/// The rows that were found: cells as ranges of parts; how many parts they take; the points they gained.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    pub cells: Vec<Vec<Span>>,
    pub taken: usize,
    pub points: f32,
}

/// The most chunks that a cell may have: keeps the work linear.
const CELL: usize = 48;
/// The most characters that a cell may have.
const CHARS: u16 = 1500;
/// What a row must gain before it counts: without it, prose would fall into many poor rows.
const ROW: f32 = 1.0;
/// … and for each of its columns.
const COLUMN: f32 = 0.7;
/// States that lie this far behind are given up.
const BEHIND: f32 = 18.0;

/// What the cells of a column have shown so far.
#[derive(Default)]
struct Seen {
    cells: f32,
    values: Numbers,
    heads: Numbers,
    tails: Numbers,
    empty: f32,
}

/// What all columns have shown so far.
#[derive(Default)]
pub struct Model {
    columns: Vec<Seen>,
    rows: f32,
}

impl Model {
    /// Takes rows in.
    pub fn learn(&mut self, parts: &[Part], rows: &[Vec<Span>]) {
        for row in rows {
            self.rows += 1.0;
            while self.columns.len() < row.len() {
                self.columns.push(Seen::default());
            }
            for (seen, range) in self.columns.iter_mut().zip(row) {
                let mut cell = Cell::default();
                for part in parts.get(range.start()..range.end()).unwrap_or(&[]) {
                    cell.push(&part.piece);
                }
                if range.is_empty() {
                    seen.empty += 1.0;
                    continue;
                }
                seen.cells += 1.0;
                seen.values.add(cell.hash, 1);
                seen.heads.add(cell.head, 1);
                seen.tails.add(cell.tail, 1);
            }
        }
    }

    /// Whether it has seen no rows.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Whether some column has shown the cell before.
    fn knows(&self, cell: &Cell) -> bool {
        self.columns.iter().any(|s| count(&s.values, cell.hash) >= 2.0)
    }

    /// How much more likely the cell is, seen what this column and the others hold; `known` is what `knows` says. `ends` is
    /// what [`Model::ends`] says of the cell's first and last chunk.
    fn points(&self, column: usize, cell: &Cell, known: bool, ends: (f32, f32)) -> f32 {
        let Some(seen) = self.columns.get(column).filter(|s| s.cells >= 2.0) else { return 0.0 };
        let same = if known { count(&seen.values, cell.hash) } else { 0.0 };
        let points = if same >= 2.0 {
            (0.7 * same).min(2.5)
        } else if known {
            -2.0
        } else {
            0.0
        };
        points + ends.0 + ends.1
    }

    /// For each chunk and column, how much more likely a cell is that starts and that ends with it.
    fn ends(&self, parts: &[Part], width: usize) -> Vec<(f32, f32)> {
        let mut ends = Vec::with_capacity(parts.len() * width);
        for part in parts {
            for column in 0..width {
                let seen = self.columns.get(column).filter(|s| s.cells >= 2.0);
                let share = |map: fn(&Seen) -> &Numbers, key: u64| {
                    let (seen, n) = seen.map(|s| (s, count(map(s), key))).filter(|(_, n)| *n >= 2.0)?;
                    Some(1.5 * (n / seen.cells).min(1.0))
                };
                let head = share(|s| &s.heads, part.piece.head).unwrap_or(0.0);
                ends.push((head, share(|s| &s.tails, part.piece.tail).unwrap_or(0.0)));
            }
        }
        ends
    }

    /// The price of a leading column that shares the cell of the row above.
    fn shared(&self, column: usize) -> f32 {
        let share = self.columns.get(column).map_or(0.0, |s| s.empty / (self.rows + 1.0));
        1.2 - share
    }

    /// The price of leaving a column empty.
    fn empty(&self, column: usize) -> f32 {
        let share = self.columns.get(column).map_or(0.0, |s| (s.empty + 0.1) / (self.rows + 1.0));
        4.0 - 2.0 * share
    }
}

fn count(map: &Numbers, key: u64) -> f32 {
    map.get(key).map_or(0.0, points)
}

/// The price of white space inside of a cell.
fn inside(left: &Part, right: &Part, separators: Separators) -> f32 {
    let (a, b) = (&left.piece, &right.piece);
    if separators.is_some_and(|(cell, _)| cell == right.gap && cell != Gap::Space) {
        return 8.0;
    }
    if right.bracketed || a.opening || b.closing || b.trailing && !a.is_url() {
        return 0.2;
    }
    if a.is_url() || b.is_url() {
        return if a.is_url() && b.is_url() { 1.5 } else { 6.0 };
    }
    let mark = if b.mark > 4.0 { b.mark } else { 0.5 * b.mark };
    let price = if a.leads || b.running {
        0.5
    } else if right.gap != Gap::Space {
        3.5
    } else if a.latin_last && b.latin_first {
        0.4
    } else if a.latin_last || b.latin_first {
        1.2
    } else if a.ended {
        1.8
    } else {
        3.2
    };
    // Two entries of a list that look alike: "A information", "B information"; "required: …", "optional: …".
    let alike = a.tail == b.tail && a.is_brief() && b.is_brief() || a.labelled && b.labelled;
    mark + price
        * if alike {
            0.2
        } else if b.labelled {
            0.6
        } else {
            1.0
        }
}

/// The price of ending a cell, or a row, between two chunks.
fn between(left: &Part, right: &Part, ends_row: bool, separators: Separators) -> f32 {
    let (a, b) = (&left.piece, &right.piece);
    let mut price = 0.0;
    if right.bracketed || a.opening || b.closing {
        price += 6.0;
    }
    if a.leads {
        price += 3.0;
    }
    if b.trailing || b.running {
        price += 4.0;
    }
    if a.latin_last && b.latin_first && !a.is_url() && !b.is_url() && right.gap == Gap::Space {
        price += if a.is_list() || b.is_list() { 3.5 } else { 1.5 };
    }
    if !ends_row && b.mark > 0.0 {
        price += b.mark;
    }
    if let Some((cell, row)) = separators {
        let expected = if ends_row { row } else { cell };
        price += if right.gap == expected { -0.3 } else { 3.0 };
    }
    price
}

#[derive(Clone, Copy)]
struct Step {
    points: f32,
    /// Chunks of the last cell; 0 where the last column was left empty.
    chunks: u16,
    /// Index of the state before: column and filled cells.
    from: u16,
}

const NEVER: Step = Step { points: f32::NEG_INFINITY, chunks: 0, from: 0 };

/// What the places between chunks cost, whatever cells are there: by the chunk behind them.
struct Gaps {
    /// White space inside of a cell.
    inside: Vec<f32>,
    /// The end of a cell, and of a row.
    ends: Vec<(f32, f32)>,
}

impl Gaps {
    fn new(parts: &[Part], row: f32, separators: Separators) -> Self {
        let mut gaps = Self { inside: vec![0.0], ends: vec![(0.0, row)] };
        for pair in parts.windows(2) {
            if let [left, right] = pair {
                gaps.inside.push(inside(left, right, separators));
                let row = row + between(left, right, true, separators);
                gaps.ends.push((between(left, right, false, separators), row));
            }
        }
        gaps.ends.push((0.0, row));
        gaps
    }

    fn inside(&self, part: usize) -> f32 {
        self.inside.get(part).copied().unwrap_or_default()
    }

    fn ends(&self, part: usize) -> (f32, f32) {
        self.ends.get(part).copied().unwrap_or_default()
    }
}

/// Cuts `parts` into rows of `columns`. `first` says that the first row stands here: none of its leading cells is empty.
pub fn cut(parts: &[Part], columns: &[Column], model: &Model, separators: Separators, first: bool) -> Rows {
    let width = columns.len();
    // State: column * 3 + filled cells, two and more being one. A whole row leads to state 0.
    let states = width * 3;
    let mut steps = vec![NEVER; states * (parts.len() + 1)];
    if let Some(start) = steps.first_mut() {
        start.points = 0.0;
    }
    let gaps = Gaps::new(parts, ROW + COLUMN * points(width), separators);
    let shown = model.ends(parts, width);
    let mut best = (0.0f32, 0usize);
    // The most that rows up to here gain: what lies far behind is given up.
    let mut reached = 0.0f32;
    // The price of leaving all columns from each one on empty, the last one first.
    let mut empty = vec![0.0f32];
    for column in (0..width).rev() {
        empty.push(empty.last().copied().unwrap_or_default() + model.empty(column));
    }
    let rest = |column: usize| empty.get(width - column).copied().unwrap_or_default();
    // Columns that may come next, and what the states that lead there have gained.
    let mut open: Vec<(usize, Column, [f32; 3])> = Vec::with_capacity(width);
    for (i, first_part) in parts.iter().enumerate() {
        let gained = |steps: &[Step], state: usize| steps.get(i * states + state).map_or(NEVER.points, |s| s.points);
        reached = gained(&steps, 0).max(reached);
        let floor = reached - BEHIND;
        // Leaving columns empty.
        for state in 0..states.saturating_sub(3) {
            let (column, filled) = (state / 3, state % 3);
            let here = gained(&steps, state);
            if here < floor {
                continue;
            }
            let price = match filled {
                0 if i == 0 && first => 20.0,
                // Printed once for several rows; that two columns are so is rarer.
                0 => model.shared(column) + 1.5 * points(column),
                _ => model.empty(column),
            };
            better(&mut steps, i * states + state + 3, Step { points: here - price, chunks: 0, from: state as u16 });
        }
        open.clear();
        for (column, kind) in columns.iter().enumerate() {
            let here = [0, 1, 2].map(|filled| gained(&steps, column * 3 + filled));
            if here.iter().any(|points| *points > floor) {
                open.push((column, *kind, here));
            }
        }
        if open.is_empty() {
            continue;
        }
        let mut cell = Cell::default();
        let mut tabular = 0.0;
        let mut price = first_part.piece.mark;
        for (j, part) in parts.iter().enumerate().skip(i).take(CELL) {
            if j > i {
                price += gaps.inside(j);
            }
            cell.push(&part.piece);
            tabular += part.piece.tabular();
            if price > BEHIND || cell.chars() > CHARS {
                break;
            }
            let (known, shows) = (model.knows(&cell), cell.shows());
            let (cell_end, row_end) = gaps.ends(j + 1);
            for &(column, kind, here) in &open {
                let ends = |part: usize| shown.get(part * width + column).copied().unwrap_or_default();
                let price = if kind == Column::Order { price - first_part.piece.mark } else { price };
                let seen = model.points(column, &cell, known, (ends(i).0, ends(j).1));
                let gain = cell.fit(kind, shows) + seen + tabular - price;
                for (filled, here) in here.into_iter().enumerate().filter(|(_, here)| *here > floor) {
                    let state = column * 3 + filled;
                    let step = |points| Step { points, chunks: (j + 1 - i) as u16, from: state as u16 };
                    let next = (j + 1) * states;
                    if column + 1 < width {
                        better(&mut steps, next + (column + 1) * 3 + (filled + 1).min(2), step(here + gain - cell_end));
                    }
                    if filled + 1 >= 2.min(width) {
                        let points = here + gain - rest(column + 1) - row_end;
                        better(&mut steps, next, step(points));
                        if points > best.0 {
                            best = (points, j + 1);
                        }
                    }
                }
            }
        }
    }
    trace(&steps, states, width, best)
}

/// A small count as points.
pub fn points(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}

fn better(steps: &mut [Step], at: usize, step: Step) {
    if let Some(slot) = steps.get_mut(at).filter(|s| s.points < step.points) {
        *slot = step;
    }
}

/// The rows that led to the best place.
fn trace(steps: &[Step], states: usize, width: usize, best: (f32, usize)) -> Rows {
    let mut rows = Rows { cells: Vec::new(), taken: best.1, points: best.0 };
    let (mut place, mut state) = (best.1, 0usize);
    let mut row: Vec<Span> = Vec::new();
    while place > 0 {
        let Some(step) = steps.get(place * states + state) else { break };
        let start = place - usize::from(step.chunks);
        if state == 0 && step.chunks > 0 {
            while row.len() < width {
                row.push(Span::new(place, place));
            }
        }
        state = usize::from(step.from);
        if let Some(cell) = row.get_mut(state / 3) {
            *cell = Span::new(start, place);
        }
        place = start;
        if state == 0 {
            rows.cells.push(std::mem::take(&mut row));
        }
    }
    rows.cells.reverse();
    rows
}
