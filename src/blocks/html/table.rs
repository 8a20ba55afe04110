//! `<table>` → rows and cells with their spans, or layout whose cells are paragraphs.

use super::super::{Block, COLUMNS, Kind, Writer};
use super::tags::{attribute, name};
use crate::text::{is_word, part, trim, trim_start};

/// An open table.
pub(super) enum Open {
    /// It only lays out a page.
    Layout,
    /// It stands in a cell, whose text it is.
    Inner,
    /// It is one.
    Grid(Grid),
}

/// An open table's rows.
#[derive(Default)]
pub(super) struct Grid {
    /// Where the open cell starts in the canonical text.
    pub cell: Option<usize>,
    in_row: bool,
    /// The heads stand in the table before.
    goes_on: bool,
    /// Cells of the open row, and those of them with text.
    cells: usize,
    filled: usize,
    rows: usize,
    /// Rows that a cell above still covers, by column.
    covered: Vec<usize>,
    column: usize,
    /// The open cell's span of columns and rows.
    span: (usize, usize),
}

impl Grid {
    /// Opens a table: that before it if it has but heads, which widgets keep in a table of their own.
    pub fn open(writer: &mut Writer<'_>) -> Self {
        writer.end();
        let goes_on = matches!(writer.blocks().1.last(), Some(Block { kind: Kind::Head(_), .. }));
        if !goes_on {
            writer.table();
        }
        Self { rows: usize::from(goes_on), goes_on, ..Self::default() }
    }

    /// Opens a cell, and its row where none is open. The first row is the header.
    pub fn start_cell(&mut self, tag: &str, writer: &mut Writer<'_>) {
        self.end_cell(writer);
        if std::mem::take(&mut self.goes_on) && name(trim_start(tag, |c| c == '<')) == "th" {
            writer.table();
            self.rows = 0;
        }
        if !self.in_row {
            self.in_row = true;
            (self.cells, self.filled) = (0, 0);
            self.column = 0;
            writer.row(self.rows == 0);
        }
        self.fill(writer);
        let number = |a| {
            let value = attribute(tag, a).map_or("", |(v, _)| v.trim());
            value.parse::<usize>().unwrap_or(1).clamp(1, 1000)
        };
        self.span = (number("colspan"), number("rowspan"));
        self.cells += 1;
        self.cell = Some(writer.cell());
    }

    /// Puts empty cells where a cell above reaches down.
    fn fill(&mut self, writer: &mut Writer<'_>) {
        while let Some(left) = self.covered.get_mut(self.column).filter(|n| **n > 0) {
            *left -= 1;
            empty_cell(writer);
            self.column += 1;
        }
    }

    pub fn end_cell(&mut self, writer: &mut Writer<'_>) {
        let Some(start) = self.cell.take() else { return };
        // Only the first one that is alone can be a title.
        self.filled += if writer.at() == start { 0 } else { self.cells };
        writer.end_cell(start);
        for i in 0..self.span.0 {
            if i > 0 {
                if self.column >= COLUMNS {
                    break;
                }
                empty_cell(writer);
            }
            while self.column < COLUMNS && self.covered.len() <= self.column {
                self.covered.push(0);
            }
            if let Some(left) = self.covered.get_mut(self.column) {
                *left = self.span.1 - 1;
            }
            self.column += 1;
        }
    }

    pub fn end_row(&mut self, writer: &mut Writer<'_>) {
        self.end_cell(writer);
        if self.in_row {
            self.fill(writer);
            self.in_row = false;
            if self.rows == 0 && self.filled == 1 && (self.cells == 1 && self.span.0 > 1 || self.cells > 2) {
                // A cell that spans the table before its header, or has nothing beside it, is the table's title.
                writer.end_title();
            } else {
                // A row of nothing measures columns.
                self.rows += usize::from(self.filled > 0);
                writer.end_row();
            }
        }
    }
}

fn empty_cell(writer: &mut Writer<'_>) {
    let start = writer.cell();
    writer.end_cell(start);
}

/// What tells whether a table is one.
#[derive(Default)]
struct Frame {
    at: usize,
    rows: usize,
    heads: usize,
    /// Headings or a form's text stand in it, or it says so itself.
    layout: bool,
    /// Block elements in the open cell, and the most of any cell.
    blocks: usize,
    most: usize,
    text: usize,
    linked: usize,
    /// Of its text, what stands in tables within it, if there are any.
    within: Option<usize>,
}

/// Where tables start that only lay out a page: those that hold headings, tables, whole pages in a cell, or mostly links.
pub(super) fn layouts(source: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut open: Vec<Frame> = Vec::new();
    let (mut in_link, mut headed) = (false, false);
    for (at, _) in source.match_indices('<') {
        let rest = part(source, at + 1, source.len());
        let rest = part(rest, 0, rest.find('<').unwrap_or(rest.len()));
        let closing = rest.starts_with('/');
        let name = name(rest.trim_start_matches('/'));
        let text = trim(rest.split_once('>').map_or("", |p| p.1)).len();
        if name == "table" {
            if !closing {
                let layout = attribute(rest, "role").is_some_and(|(r, _)| is_word("presentation none", r));
                if open.len() < super::DEPTH {
                    // Its heads may stand in a table of their own, right before it.
                    open.push(Frame { at, layout, heads: usize::from(headed), ..Frame::default() });
                }
                headed = false;
            } else if let Some(frame) = open.pop() {
                frame.judge(&mut out);
                headed = frame.rows == 1 && frame.heads > 1 && text == 0;
                if let Some(outer) = open.last_mut() {
                    outer.text += frame.text;
                    outer.linked += frame.linked;
                    outer.within = Some(outer.within.unwrap_or(0) + frame.text);
                }
            }
        } else if name == "a" {
            in_link = !closing;
        }
        headed &= text == 0 || name == "table";
        if let Some(frame) = open.last_mut() {
            frame.text += text;
            frame.linked += if in_link { text } else { 0 };
            if closing {
                continue;
            }
            frame.rows += usize::from(name == "tr");
            frame.heads += usize::from(name == "th");
            frame.layout |= is_word("h1 h2 h3 h4 h5 h6 textarea", &name);
            if name == "td" {
                frame.blocks = 0;
            } else if is_word("p div ul ol section", &name) {
                frame.blocks += 1;
                frame.most = frame.most.max(frame.blocks);
            }
        }
    }
    for frame in open {
        frame.judge(&mut out);
    }
    out.sort_unstable();
    out
}

impl Frame {
    fn judge(&self, layouts: &mut Vec<usize>) {
        // A list in a cell of a table with a header does not make layout of that.
        let frames = self.within.is_some_and(|within| self.heads == 0 && (self.rows < 3 || within * 2 > self.text));
        if self.layout
            || frames
            || self.rows < 2 && self.heads == 0
            || self.most > 5
            || self.heads == 0 && self.linked * 2 > self.text
        {
            layouts.push(self.at);
        }
    }
}
