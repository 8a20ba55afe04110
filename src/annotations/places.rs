//! Document, outline, clauses and practices → [`Place`]s: each clause with what stands around it.

use super::Place;
use crate::blocks::{Document, Kind as BlockKind};
use crate::clauses::Clause;
use crate::outline::Outline;
use crate::practices::Practices;
use crate::text::{is_colon, last, size};

/// What the places of a policy borrow from.
pub struct Places<'d> {
    document: &'d Document,
    clauses: &'d [Clause],
    practices: &'d Practices,
    /// For each section, the titles from the outermost to its own.
    headings: Vec<Vec<&'d str>>,
    columns: Vec<Vec<&'d str>>,
    captions: Vec<&'d str>,
}

impl<'d> Places<'d> {
    /// Gathers headings, columns and captions.
    #[must_use]
    pub fn new(document: &'d Document, outline: &'d Outline, clauses: &'d [Clause], practices: &'d Practices) -> Self {
        let mut headings: Vec<Vec<&str>> = Vec::with_capacity(outline.sections.len());
        for section in &outline.sections {
            let above = section.parent().and_then(|p| headings.get(p)).map_or(&[][..], Vec::as_slice);
            let mut path = Vec::with_capacity(above.len() + 1);
            path.extend_from_slice(above);
            path.push(document.text.slice(section.title));
            headings.push(path);
        }
        let columns =
            document.tables.iter().map(|t| t.columns.iter().map(|c| document.text.slice(*c)).collect()).collect();
        let mut captions = vec![""; document.tables.len()];
        for pair in document.blocks.windows(2) {
            if let [above, head] = pair
                && let BlockKind::Head(table) = head.kind
                && !matches!(above.kind, BlockKind::Head(_) | BlockKind::Row(..))
                && let Some(caption) = captions.get_mut(table as usize)
            {
                *caption = announces(document.text.slice(above.span));
            }
        }
        Self { document, clauses, practices, headings, columns, captions }
    }

    /// The place of a clause. There are as many as lines: they are made when they are looked at.
    #[must_use]
    pub fn get(&self, i: usize) -> Option<Place<'_>> {
        let text = |i: usize| self.clauses.get(i).map(|c| self.document.text.slice(c.span));
        let clause = self.clauses.get(i)?;
        let table = self.document.row(clause.block()).map(|row| row.0);
        let before = i.checked_sub(1).filter(|p| self.clauses.get(*p).is_some_and(|c| c.block() == clause.block()));
        Some(Place {
            text: text(i)?,
            headings: self.headings.get(clause.section()).map_or(&[], Vec::as_slice),
            lead: clause.lead().and_then(text),
            columns: table.and_then(|t| self.columns.get(t)).map(Vec::as_slice),
            caption: table.and_then(|t| self.captions.get(t)).copied().unwrap_or(""),
            prev: before.and_then(text),
            practices: self.practices.of(i),
            base: clause.span.start(),
        })
    }
}

/// What a line above a table says of it: a few words do, and the sentence that leads to it; a paragraph speaks of other things.
fn announces(line: &str) -> &str {
    const FEW: usize = 60;
    if size(line) <= FEW {
        line
    } else if is_colon(last(line)) {
        line.rsplit('\u{3002}').next().unwrap_or(line)
    } else {
        ""
    }
}
