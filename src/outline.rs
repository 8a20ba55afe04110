//! Blocks → [`Outline`]: sections with their numbers and titles, printed contents and page chrome set aside.
//!
//! Three questions: what stands aside (`aside` and `contents`; `kept` gives back), which blocks are headings (`headings`,
//! with their siblings in `counts` and `series`), and how they nest (`levels`). Nothing is dropped: every block ends up as title, heading, body, contents or noise.

mod aside;
mod body;
mod contents;
mod counts;
mod documents;
mod headings;
mod kept;
mod labels;
mod levels;
mod lines;
mod phrases;
mod series;
mod shapes;

use crate::blocks::{Document, Kind, Shape, key};
use crate::lexicon::fold;
use crate::numbering::{self, Kind as Number, Mark, is_decoration};
use crate::steps::pause;
use crate::text::{
    Numbers, Span, has, is_blank, is_ideograph, is_terminal, is_worded, last, part, size, trim_end, trim_start,
};
use lines::{Line, Lines};

/// The sections of a policy and what every block is.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The policy's own title.
    pub title: Option<Span>,
    /// In reading order; the parent of a section stands before it.
    pub sections: Vec<Section>,
    /// One per block of the document.
    pub roles: Vec<Role>,
    /// What was put aside with doubts, in words to print.
    pub notes: Vec<String>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Text of the section with that index.
    Body(u32),
    /// The heading of the section with that index, and nothing else.
    Heading(u32),
    /// Starts with the heading of the section with that index; the rest is its first text.
    RunIn(u32),
    /// The policy's own title.
    Title,
    /// A line of the printed contents.
    Contents,
    /// Page chrome.
    #[default]
    Noise,
}

/// A heading and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The number as printed, separator not included; empty where there is none.
    pub number: Span,
    /// The title as printed.
    pub title: Span,
    /// Where the number's separator ends.
    mark: u32,
    /// The index behind that of the enclosing section; 0 where there is none.
    parent: u32,
    /// 1 for the outermost.
    pub level: u8,
    /// Text before the first heading.
    pub implicit: bool,
    /// The author set the heading in bold.
    pub bold: bool,
}

impl Section {
    /// Index of the enclosing section.
    #[must_use]
    pub fn parent(&self) -> Option<usize> {
        (self.parent as usize).checked_sub(1)
    }

    /// Number and separator.
    #[must_use]
    pub fn mark(&self) -> Span {
        Span::new(self.number.start(), self.mark as usize)
    }
}

/// Takes white space, decorative brackets and end punctuation off both ends of a title.
fn trim_title(text: &str, span: Span) -> Span {
    const DECORATION: fn(char) -> bool = |c| is_blank(c) || is_decoration(c);
    const OPENING: char = '\u{3010}';
    const CLOSING: char = '\u{3011}';
    let title = part(text, span.start(), span.end());
    let head = trim_start(title, DECORATION);
    let bare = trim_end(head, |c| {
        let dash = matches!(c, '\u{2013}' | '\u{2014}');
        DECORATION(c) || dash || is_terminal(c) && !matches!(c, '?' | '\u{ff1f}')
    });
    // A narrow full stop ends a Chinese title, too.
    let bare = bare.strip_suffix('.').filter(|title| is_ideograph(last(title))).unwrap_or(bare);
    let bare = without_link(bare);
    let mut start = span.start() + title.len() - head.len();
    let mut end = start + bare.len();
    // A bracket whose partner stands inside is no decoration.
    let (mut closes, mut opens) = (None, false);
    for c in bare.chars().filter(|c| matches!(*c, OPENING | CLOSING)) {
        closes = closes.or(Some(c == CLOSING));
        opens = c == OPENING;
    }
    if closes == Some(true) && last(part(text, 0, start)) == OPENING {
        start -= OPENING.len_utf8();
    }
    if opens && part(text, end, text.len()).starts_with(CLOSING) {
        end += CLOSING.len_utf8();
    }
    Span::new(start, end)
}

/// A title without the end of a link whose start stands before its number.
fn without_link(title: &str) -> &str {
    title.strip_suffix(']').filter(|title| !title.contains('[')).unwrap_or(title)
}

/// A line's title as a span of the canonical text.
fn trim_title_span(line: Line<'_>) -> Span {
    let title = trim_title(line.text, Span::new(0, line.text.len()));
    Span::new(line.span.start() + title.start(), line.span.start() + title.end())
}

/// The groups of a number in 16 bits each, the last one lowest; more than four lose the first ones.
fn path(number: &str, mark: &Mark) -> u64 {
    if !matches!(mark.kind, Number::Multi(_)) {
        return u64::from(mark.value);
    }
    let (mut path, mut group) = (0, 0u64);
    for c in number.chars().map(fold) {
        match c.to_digit(10) {
            Some(d) => group = (group * 10 + u64::from(d)).min(0xffff),
            None if c == '.' => (path, group) = (path << 16 | group << 16, 0),
            None => {}
        }
    }
    path | group
}

/// Finds the outline of a document.
pub async fn build(document: &Document) -> Outline {
    let lines = lines(document);
    pause().await;
    let mut aside = aside::find(document, &lines);
    let notes = kept::keep(&lines, &mut aside);
    pause().await;
    let heads = headings::find(&lines, &aside, document.shape == Shape::Html);
    pause().await;
    Outline { notes, ..levels::nest(&lines, aside, &heads) }
}

fn lines(document: &Document) -> Lines<'_> {
    let mut lines = Lines::new(document);
    // The first bold that reaches into the block.
    let mut first = 0;
    for (i, block) in document.blocks.iter().enumerate() {
        let text = document.text.slice(block.span);
        while document.bold.get(first).is_some_and(|b| b.end() <= block.span.start()) {
            first += 1;
        }
        // In a page the title of a table names it, whatever it starts with, unless it is set like a heading.
        let before_table = || {
            let next = document.blocks.get(i + 1).map(|b| b.kind);
            let set = document.bold.get(first).is_some_and(|b| b.start() <= block.span.start());
            document.shape == Shape::Html && matches!(next, Some(Kind::Head(_))) && !set
        };
        let mut line = Line {
            text,
            span: block.span,
            kind: block.kind,
            mark: None,
            length: 0,
            bold: false,
            bold_lead: 0,
            bold_again: false,
        };
        if !line.is_table() {
            // "Appendix" alone is a title, not the number of one.
            let mark = numbering::parse(text);
            let titled = |m: &Mark| is_worded(part(text, m.end, text.len())) && !before_table();
            line.mark = mark.filter(|m| m.kind != Number::Appendix || titled(m));
        }
        let from = block.span.start() + line.mark.map_or(0, |m| m.end);
        let mut at = first;
        while document.bold.get(at).is_some_and(|b| b.end() <= from) {
            at += 1;
        }
        // Bold may start before the number or right behind it.
        if let Some(bold) = document.bold.get(at).filter(|b| b.start() < block.span.end() && b.start() <= from + 3) {
            line.bold_lead = bold.end().min(block.span.end()).saturating_sub(from);
            line.bold_again = document.bold.get(at + 1).is_some_and(|b| b.start() < block.span.end());
        }
        let rest = part(text, from - block.span.start() + line.bold_lead, text.len());
        line.bold = line.bold_lead > 0 && !is_worded(rest);
        line.length = size(line.body());
        lines.push(line);
    }
    accept_loose(&mut lines);
    lines
}

/// The number that a line may count with, weakly parted from what follows where the line has none so far.
fn counted(line: Line<'_>) -> Option<Mark> {
    if line.mark.is_some() {
        line.mark.filter(|m| m.kind != Number::Bullet)
    } else if line.length <= 48 && !line.is_table() && !has(line.text, is_terminal) {
        numbering::parse_loose(line.text)
    } else {
        None
    }
    .or_else(|| numbering::parse_word(line.text).filter(|_| line.mark.is_none() && !line.is_table()))
}

/// Takes a weakly parted number (`4 Title`) for one where its siblings count up to it or on from it.
fn accept_loose(lines: &mut Lines<'_>) {
    // Numbers with dots count within their first group.
    let sort = |m: &Mark| m.kind.code(if matches!(m.kind, Number::Multi(_)) { m.head } else { 0 });
    // The lines with numbers, and whether those before count up to it.
    let mut numbered: Vec<(u32, bool)> = Vec::new();
    let mut values = Numbers::default();
    for (i, line) in lines.iter().enumerate() {
        if let Some(mark) = counted(line) {
            let value = mark.value as usize;
            numbered.push((i as u32, values.insert(sort(&mark), value).is_some_and(|v| v + 1 == value)));
        }
    }
    values = Numbers::default();
    let mut next: Option<Mark> = None;
    for (i, fits) in numbered.into_iter().rev() {
        let Some(line) = lines.get(i as usize) else { continue };
        let Some(mark) = counted(line) else { continue };
        let value = mark.value as usize;
        let after = values.insert(sort(&mark), value);
        let holds = next.is_some_and(|a| matches!(a.kind, Number::Multi(_)) && a.head == mark.value && a.value == 1);
        if line.mark.is_none() && (fits || holds || after == Some(value + 1)) {
            let length = size(part(line.text, mark.end, line.text.len()));
            lines.set(i as usize, mark, length);
        }
        next = Some(mark);
    }
}
