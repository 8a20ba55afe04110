//! Blocks → lines: what headings are told by.
//!
//! There may be a million of them: a line is made when it is looked at, of what was measured and packed.

use super::trim_title;
use crate::blocks::{Document, Kind};
use crate::numbering::{Kind as Number, Mark};
use crate::text::{Span, part};

/// A block and its measures.
#[derive(Clone, Copy, Debug)]
pub struct Line<'d> {
    pub text: &'d str,
    pub span: Span,
    pub kind: Kind,
    pub mark: Option<Mark>,
    /// Characters behind the number.
    pub length: usize,
    /// The whole block is bold.
    pub bold: bool,
    /// Bytes behind the number that are bold from there on.
    pub bold_lead: usize,
    /// There is more bold behind that.
    pub bold_again: bool,
}

impl<'d> Line<'d> {
    pub fn body(&self) -> &'d str {
        part(self.text, self.mark.map_or(0, |m| m.end), self.text.len())
    }

    pub fn is_table(&self) -> bool {
        matches!(self.kind, Kind::Head(_) | Kind::Row(..))
    }

    /// The body as a title: decoration and end punctuation taken off, as bytes into the line.
    pub fn title(&self) -> Span {
        trim_title(self.text, Span::new(self.title_start(), self.text.len()))
    }

    /// Where its title starts: behind the number, unless that is a word of it.
    pub fn title_start(&self) -> usize {
        self.mark.filter(|m| !matches!(m.kind, Number::Word(_))).map_or(0, |m| m.end)
    }
}

/// The blocks of a document as lines.
pub struct Lines<'d> {
    document: &'d Document,
    /// One per block.
    measures: Vec<Measures>,
}

/// What was measured of a block.
#[derive(Clone, Copy)]
struct Measures {
    /// The mark's fields; none reaches further than 64 kB.
    kind: Option<Number>,
    /// The number's last and first group; where it has but one, the lower and the higher half of that.
    value: [u16; 2],
    start: u16,
    number: u16,
    end: u16,
    length: u32,
    /// Four times the bytes, 2 where there is more bold, and 1 where the whole block is bold.
    bold: u32,
}

impl Measures {
    fn new(line: &Line<'_>) -> Self {
        let kind = line.mark.map(|m| m.kind);
        let mark = line.mark.unwrap_or(Mark { kind: Number::Bullet, value: 0, head: 0, start: 0, number: 0, end: 0 });
        let high = if matches!(kind, Some(Number::Multi(_))) { mark.head } else { mark.value >> 16 };
        Self {
            kind,
            value: [mark.value as u16, high as u16],
            start: mark.start as u16,
            number: mark.number as u16,
            end: mark.end as u16,
            length: line.length as u32,
            bold: (line.bold_lead as u32) << 2 | u32::from(line.bold_again) << 1 | u32::from(line.bold),
        }
    }

    fn mark(self) -> Option<Mark> {
        let [start, number, end] = [self.start, self.number, self.end].map(usize::from);
        let [low, high] = self.value.map(u32::from);
        let several = matches!(self.kind, Some(Number::Multi(_)));
        let value = if several { low } else { high << 16 | low };
        let head = if several { high } else { value };
        self.kind.map(|kind| Mark { kind, value, head, start, number, end })
    }
}

impl<'d> Lines<'d> {
    pub fn new(document: &'d Document) -> Self {
        Self { document, measures: Vec::with_capacity(document.blocks.len()) }
    }

    pub fn push(&mut self, line: Line<'d>) {
        self.measures.push(Measures::new(&line));
    }

    /// Gives a line without a number one, and how long it is behind that.
    pub fn set(&mut self, i: usize, mark: Mark, length: usize) {
        let line = self.get(i);
        if let (Some(line), Some(own)) = (line, self.measures.get_mut(i)) {
            let bold_lead = line.bold_lead.saturating_sub(mark.end);
            *own = Measures::new(&Line { mark: Some(mark), length, bold_lead, ..line });
        }
    }

    pub fn len(&self) -> usize {
        self.measures.len()
    }

    pub fn get(&self, i: usize) -> Option<Line<'d>> {
        let (block, own) = (self.document.blocks.get(i)?, self.measures.get(i)?);
        Some(Line {
            text: self.document.text.slice(block.span),
            span: block.span,
            kind: block.kind,
            mark: own.mark(),
            length: own.length as usize,
            bold: own.bold & 1 == 1,
            bold_again: own.bold & 2 == 2,
            bold_lead: (own.bold >> 2) as usize,
        })
    }

    pub fn iter(&self) -> impl Iterator<Item = Line<'d>> {
        (0..self.len()).filter_map(|i| self.get(i))
    }
}
