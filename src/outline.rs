//! Blocks → [`Outline`]: sections with their numbers and titles, printed contents and page chrome set aside.
//!
//! Three questions, one file each: what stands aside (`aside`), which blocks are headings (`headings`, with their siblings in
//! `series`), and how they nest (`levels`). Nothing is dropped: every block ends up as title, heading, body, contents or noise.

mod aside;
mod headings;
mod levels;
mod series;

use crate::blocks::{Document, Kind, Shape};
use crate::lexicon::fold;
use crate::numbering::{self, Kind as Number, Mark, is_decoration};
use crate::text::{Numbers, Span, is_blank, is_terminal};

/// The sections of a policy and what every block is.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The policy's own title.
    pub title: Option<Span>,
    /// In reading order; the parent of a section stands before it.
    pub sections: Vec<Section>,
    /// One per block of the document.
    pub roles: Vec<Role>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Text of the section with that index.
    Body(usize),
    /// The heading of the section with that index, and nothing else.
    Heading(usize),
    /// Starts with the heading of the section with that index; the rest is its first text.
    RunIn(usize),
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
    /// Index of the enclosing section.
    pub parent: Option<usize>,
    /// 1 for the outermost.
    pub level: u32,
    /// The number as printed, separator not included; empty where there is none.
    pub number: Span,
    /// Number and separator.
    pub mark: Span,
    /// The title as printed.
    pub title: Span,
    /// Text before the first heading.
    pub implicit: bool,
    /// The author set the heading in bold.
    pub bold: bool,
}

/// What headings are told by: a block and its measures.
#[derive(Clone, Debug)]
struct Line<'d> {
    text: &'d str,
    span: Span,
    kind: Kind,
    mark: Option<Mark>,
    /// Characters behind the number.
    length: usize,
    /// The whole block is bold.
    bold: bool,
    /// Bytes behind the number that are bold from there on.
    bold_lead: usize,
}

impl<'d> Line<'d> {
    fn body(&self) -> &'d str {
        self.text.get(self.mark.map_or(0, |m| m.end)..).unwrap_or("")
    }

    fn is_table(&self) -> bool {
        matches!(self.kind, Kind::Head(_) | Kind::Row(..))
    }

    /// The body as a title: decoration and end punctuation taken off, as bytes into the line.
    fn title(&self) -> Span {
        let from = self.mark.map_or(0, |m| m.end);
        trim_title(self.text, Span::new(from, self.text.len()))
    }
}

/// Takes white space, decorative brackets and end punctuation off both ends of a title.
fn trim_title(text: &str, span: Span) -> Span {
    let decoration = |c: char| is_blank(c) || is_decoration(c);
    let Some(title) = text.get(span.start..span.end) else { return span };
    let head = title.trim_start_matches(decoration);
    let mut start = span.start + title.len() - head.len();
    let bare = head.trim_end_matches(|c| decoration(c) || is_terminal(c) && !matches!(c, '?' | '\u{ff1f}'));
    let mut end = (start + bare.len()).max(start);
    // A bracket whose partner stands inside is no decoration.
    let (opening, closing) = ('\u{3010}', '\u{3011}');
    if bare.find(closing).is_some_and(|i| bare.get(..i).is_none_or(|b| !b.contains(opening)))
        && text.get(..start).is_some_and(|t| t.ends_with(opening))
    {
        start -= opening.len_utf8();
    }
    if bare.rfind(opening).is_some_and(|i| bare.get(i..).is_none_or(|b| !b.contains(closing)))
        && text.get(end..).is_some_and(|t| t.starts_with(closing))
    {
        end += closing.len_utf8();
    }
    Span::new(start, end)
}

/// A line's title as a span of the canonical text.
fn trim_title_span(line: &Line<'_>) -> Span {
    let title = trim_title(line.text, Span::new(0, line.text.len()));
    Span::new(line.span.start + title.start, line.span.start + title.end)
}

/// Letters, digits and ideographs of a title, folded: what two printings of it share.
fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).map(fold).collect()
}

/// Finds the outline of a document.
#[must_use]
pub fn build(document: &Document) -> Outline {
    let lines = lines(document);
    let mut aside = aside::find(document, &lines);
    let heads = headings::find(&lines, &aside, document.shape == Shape::Html);
    levels::nest(&lines, &mut aside, &heads)
}

fn lines(document: &Document) -> Vec<Line<'_>> {
    let mut bold = document.bold.iter().peekable();
    let mut out = Vec::with_capacity(document.blocks.len());
    for block in &document.blocks {
        let text = document.text.slice(block.span);
        let mark = if matches!(block.kind, Kind::Head(_) | Kind::Row(..)) { None } else { numbering::parse(text) };
        // "Appendix" alone is a title, not the number of one.
        let mark = mark.filter(|m| {
            m.kind != Number::Appendix || text.get(m.end..).is_some_and(|t| t.contains(char::is_alphanumeric))
        });
        let from = block.span.start + mark.map_or(0, |m| m.end);
        while bold.peek().is_some_and(|b| b.end <= block.span.start) {
            bold.next();
        }
        // Bold may start before the number or right behind it.
        let lead = bold
            .clone()
            .take_while(|b| b.start < block.span.end)
            .find(|b| b.end > from)
            .filter(|b| b.start <= from + 3);
        let bold_lead = lead.map_or(0, |b| b.end.min(block.span.end).saturating_sub(from));
        let rest = text.get((from - block.span.start + bold_lead).min(text.len())..).unwrap_or("");
        out.push(Line {
            text,
            span: block.span,
            kind: block.kind,
            mark,
            length: text.get(mark.map_or(0, |m| m.end)..).unwrap_or("").chars().filter(|c| !is_blank(*c)).count(),
            bold: bold_lead > 0 && rest.chars().all(|c| !c.is_alphanumeric()),
            bold_lead,
        });
    }
    accept_loose(&mut out);
    out
}

/// Takes a weakly parted number (`4 Title`) for one where its siblings count up to it or on from it.
fn accept_loose(lines: &mut [Line<'_>]) {
    let mut marks: Vec<(usize, Mark, bool)> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        if let Some(mark) = line.mark.filter(|m| m.kind != Number::Bullet) {
            marks.push((i, mark, false));
        } else if line.mark.is_none()
            && line.length <= 48
            && !line.is_table()
            && !line.text.contains(is_terminal)
            && let Some(mark) = numbering::parse_loose(line.text)
        {
            marks.push((i, mark, true));
        }
    }
    let mut fits = vec![false; marks.len()];
    // Numbers with dots count within their first group.
    let sort = |m: &Mark| m.kind.code(if matches!(m.kind, Number::Multi(_)) { m.head } else { 0 });
    let mut last = Numbers::new();
    for ((_, mark, _), fits) in marks.iter().zip(&mut fits) {
        let before = last.insert(sort(mark), mark.value as usize);
        *fits |= before.is_some_and(|v| v + 1 == mark.value as usize);
    }
    last.clear();
    let mut next: Option<Mark> = None;
    for ((_, mark, _), fits) in marks.iter().zip(&mut fits).rev() {
        let after = last.insert(sort(mark), mark.value as usize);
        let holds = next.is_some_and(|a| matches!(a.kind, Number::Multi(_)) && a.head == mark.value && a.value == 1);
        *fits |= holds || after.is_some_and(|v| v == mark.value as usize + 1);
        next = Some(*mark);
    }
    for ((i, mark, loose), fits) in marks.into_iter().zip(fits) {
        if loose
            && fits
            && let Some(line) = lines.get_mut(i)
        {
            line.mark = Some(mark);
            line.length = line.body().chars().filter(|c| !is_blank(*c)).count();
        }
    }
}
