//! `<table>` → rows and cells with their spans, or layout whose cells are paragraphs.

use super::super::{COLUMNS, Writer};
use super::tags::{attribute, name};

/// An open table.
#[derive(Default)]
pub(super) struct Grid {
    /// Where the open cell starts in the canonical text.
    pub cell: Option<usize>,
    in_row: bool,
    rows: usize,
    /// Rows that a cell above still covers, by column.
    covered: Vec<usize>,
    column: usize,
    /// The open cell's span of columns and rows.
    span: (usize, usize),
}

impl Grid {
    /// Opens a cell, and its row where none is open. The first row is the header.
    pub fn start_cell(&mut self, tag: &str, writer: &mut Writer<'_>) {
        self.end_cell(writer);
        if !self.in_row {
            self.in_row = true;
            self.column = 0;
            writer.row(self.rows == 0);
        }
        self.fill(writer);
        let number =
            |a| attribute(tag, a).and_then(|(v, _)| v.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, 1000);
        self.span = (number("colspan"), number("rowspan"));
        self.cell = Some(writer.cell());
    }

    /// Puts empty cells where a cell above reaches down.
    fn fill(&mut self, writer: &mut Writer<'_>) {
        while let Some(left) = self.covered.get_mut(self.column).filter(|n| **n > 0) {
            *left -= 1;
            let start = writer.cell();
            writer.end_cell(start);
            self.column += 1;
        }
    }

    pub fn end_cell(&mut self, writer: &mut Writer<'_>) {
        let Some(start) = self.cell.take() else { return };
        writer.end_cell(start);
        for i in 0..self.span.0 {
            if i > 0 {
                if self.column >= COLUMNS {
                    break;
                }
                let start = writer.cell();
                writer.end_cell(start);
            }
            if self.column < COLUMNS {
                self.covered.resize(self.covered.len().max(self.column + 1), 0);
                if let Some(left) = self.covered.get_mut(self.column) {
                    *left = self.span.1 - 1;
                }
            }
            self.column += 1;
        }
    }

    pub fn end_row(&mut self, writer: &mut Writer<'_>) {
        self.end_cell(writer);
        if self.in_row {
            self.fill(writer);
            self.in_row = false;
            self.rows += 1;
            writer.end_row();
        }
    }
}

/// What tells whether a table is one.
#[derive(Default)]
struct Frame {
    at: usize,
    rows: usize,
    heads: usize,
    /// Headings or tables stand in it, or it says so itself.
    layout: bool,
    /// Block elements in the open cell, and the most of any cell.
    blocks: usize,
    most: usize,
    text: usize,
    linked: usize,
}

/// Where tables start that only lay out a page: those that hold headings, tables, whole pages in a cell, or mostly links.
pub(super) fn layouts(source: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut open: Vec<Frame> = Vec::new();
    let mut in_link = false;
    let mut at = 0usize;
    for part in source.split('<') {
        // Every part but the first follows a `<`.
        let tag = at.checked_sub(1);
        let here = at;
        at += part.len() + 1;
        let Some(place) = tag else { continue };
        let closing = part.starts_with('/');
        let name = name(part.trim_start_matches('/'));
        let text = part.split_once('>').map_or("", |p| p.1).trim();
        match (name.as_str(), closing) {
            ("table", false) => {
                if let Some(frame) = open.last_mut() {
                    frame.layout = true;
                }
                let role = source
                    .get(here..at - 1)
                    .and_then(|t| attribute(t, "role"))
                    .is_some_and(|(r, _)| matches!(r, "presentation" | "none"));
                if open.len() < super::DEPTH {
                    open.push(Frame { at: place, layout: role, ..Frame::default() });
                }
            }
            ("table", true) => {
                if let Some(frame) = open.pop() {
                    out.extend(frame.is_layout().then_some(frame.at));
                }
            }
            ("a", _) => in_link = !closing,
            _ => {}
        }
        if let Some(frame) = open.last_mut() {
            match (name.as_str(), closing) {
                ("tr", false) => frame.rows += 1,
                ("th", false) => frame.heads += 1,
                ("td", false) => frame.blocks = 0,
                ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => frame.layout = true,
                ("p" | "div" | "ul" | "ol" | "section", false) => {
                    frame.blocks += 1;
                    frame.most = frame.most.max(frame.blocks);
                }
                _ => {}
            }
            frame.text += text.len();
            frame.linked += if in_link { text.len() } else { 0 };
        }
    }
    out.extend(open.into_iter().filter(Frame::is_layout).map(|f| f.at));
    out.sort_unstable();
    out
}

impl Frame {
    fn is_layout(&self) -> bool {
        self.layout
            || self.rows < 2 && self.heads == 0
            || self.most > 5
            || self.heads == 0 && self.linked * 2 > self.text
    }
}
