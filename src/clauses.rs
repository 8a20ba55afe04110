//! Blocks and sections → [`Clause`]s: sentences, items of an enumeration, table rows.
//!
//! A sentence ends at 。！？； outside of brackets and quotes; brackets that are never closed in their block do not count.
//! Every character of the body stands in exactly one clause, but for header rows, which are the columns of their table.

use crate::blocks::{Document, Kind as BlockKind};
use crate::numbering::{self, Kind as Number};
use crate::outline::{Outline, Role};
use crate::text::{
    Span, first, has, is_blank, is_closing, is_colon, is_comma, is_worded, last, pairs, part, trim_end, trim_start,
};

/// A sentence, an item, or a table row. A policy may have one for every few bytes: hence the narrow numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Where in the canonical text, without white space around it.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    block: u32,
    section: u32,
    /// [`NONE`] where there is none.
    lead: u32,
    shown: u32,
}

/// No clause.
const NONE: u32 = u32::MAX;

impl Clause {
    fn new(span: Span, kind: Kind, block: usize, section: usize, lead: Option<usize>) -> Self {
        let lead = lead.map_or(NONE, |lead| lead as u32);
        Self { span, kind, block: block as u32, section: section as u32, lead, shown: 0 }
    }

    /// Index of its block.
    #[must_use]
    pub fn block(&self) -> usize {
        self.block as usize
    }

    /// Index of its section.
    #[must_use]
    pub fn section(&self) -> usize {
        self.section as usize
    }

    /// The clause that introduces the list it stands in.
    #[must_use]
    pub fn lead(&self) -> Option<usize> {
        Some(self.lead as usize).filter(|_| self.lead != NONE)
    }

    /// Bytes at its start that the section's heading has shown already (a run-in heading).
    #[must_use]
    pub fn shown(&self) -> usize {
        self.shown as usize
    }
}

/// What a clause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of a paragraph.
    Sentence,
    /// The first sentence of an item.
    Item,
    /// The table and the row are those of its block.
    Row,
}

/// Cuts the body of a document.
#[must_use]
pub fn split(document: &Document, outline: &Outline) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::with_capacity(document.blocks.len());
    // Lead-ins that are open, each with the kind of number of its own block.
    let mut leads: Vec<(Option<Number>, usize)> = Vec::new();
    for (i, (block, role)) in document.blocks.iter().zip(&outline.roles).enumerate() {
        let (section, run_in) = match role {
            Role::Body(section) => (*section as usize, false),
            Role::RunIn(section) => (*section as usize, true),
            Role::Heading(_) => {
                leads.clear();
                continue;
            }
            _ => continue,
        };
        let text = document.text.slice(block.span);
        let row = match block.kind {
            BlockKind::Row(..) => true,
            BlockKind::Head(table) if document.tables.get(table as usize).is_some_and(|t| !t.is_empty()) => continue,
            _ => false,
        };
        let mark = if row { None } else { numbering::parse(text) };
        let item = mark.is_some() || matches!(block.kind, BlockKind::Item(_));
        if let Some(m) = mark {
            while leads.last().is_some_and(|(kind, _)| *kind == Some(m.kind)) {
                leads.pop();
            }
        } else if !item && !row {
            leads.clear();
        }
        let lead = leads.last().map(|l| l.1);
        if row {
            clauses.push(Clause::new(block.span, Kind::Row, i, section, lead));
            continue;
        }
        let first = clauses.len();
        for (n, span) in sentences(text).into_iter().enumerate() {
            let span = Span::new(block.span.start() + span.start(), block.span.start() + span.end());
            let kind = if item && n == 0 { Kind::Item } else { Kind::Sentence };
            clauses.push(Clause::new(span, kind, i, section, lead));
        }
        if run_in
            && let Some(title) = outline.sections.get(section).map(|s| s.title)
            && let Some(clause) = clauses.get_mut(first)
        {
            clause.shown = shown(document, title, clause.span) as u32;
        }
        if is_colon(last(text)) && clauses.len() > first {
            leads.push((mark.map(|m| m.kind), clauses.len() - 1));
        }
    }
    clauses.shrink_to_fit();
    clauses
}

/// How far a run-in heading and what parts it from its text reach; 0 where the sentence runs on without a break.
fn shown(document: &Document, title: Span, clause: Span) -> usize {
    let rest = document.text.slice(Span::new(title.end(), clause.end()));
    let after = trim_start(rest, |c| is_blank(c) || is_closing(c));
    let gap = part(rest, 0, rest.len() - after.len());
    let goes_on = gap.is_empty() || has(gap, |c| is_comma(c) || c == '\u{3001}');
    if goes_on { 0 } else { title.end() + gap.len() - clause.start() }
}

/// Cuts a block into sentences, in bytes of the block.
fn sentences(text: &str) -> Vec<Span> {
    // The outermost pairs, in order.
    let mut brackets: Vec<(usize, usize)> = Vec::new();
    for pair in pairs(text) {
        while brackets.last().is_some_and(|b| b.0 > pair.0) {
            brackets.pop();
        }
        brackets.push(pair);
    }
    let byte = |at: usize| text.as_bytes().get(at).copied().unwrap_or(0);
    let mut out = Vec::new();
    let (mut start, mut at, mut bracket) = (0, 0, 0);
    while at < text.len() {
        if let Some((_, close)) = brackets.get(bracket).filter(|b| b.0 == at) {
            bracket += 1;
            at = *close;
            continue;
        }
        let c = first(part(text, at, text.len()));
        let next = at + c.len_utf8();
        let ends = match c {
            '\u{3002}' | '\u{ff01}' | '\u{ff1f}' | '\u{ff1b}' => true,
            // In addresses of pages these are no ends.
            '!' | '?' | ';' => !byte(next).is_ascii_alphanumeric() && byte(next) != b'=',
            '.' if at > 1 => {
                let (before, after) = (byte(at - 1), byte(at + 2));
                (before.is_ascii_lowercase() || before == b')')
                    && byte(at - 2).is_ascii_alphabetic()
                    && byte(next) == b' '
                    && (after.is_ascii_uppercase() || after == b'(' || after == b'"')
                    && !shortened(part(text, start, at), part(text, next + 1, text.len()))
            }
            _ => false,
        };
        at = next;
        if ends {
            // Closing quotes and repeated marks belong to the sentence.
            let rest = trim_start(part(text, at, text.len()), |c| {
                is_closing(c) && !is_colon(c) && !matches!(c, '\u{ff0c}' | ',' | '\u{3001}')
            });
            at = text.len() - rest.len();
            push(text, start, at, &mut out);
            start = at;
        }
    }
    push(text, start, text.len(), &mut out);
    out
}

/// Letters of a word that is cut short: 'Pte.', 'Ltd.'.
const SHORTENED: usize = 4;

/// Whether a point stands between two words that are cut short, as in the legal form of a company: 'Example Pte. Ltd.'.
fn shortened(before: &str, behind: &str) -> bool {
    let short =
        |word: &str| (2..=SHORTENED).contains(&word.len()) && word.starts_with(|c: char| c.is_ascii_uppercase());
    let end = behind.find(|c: char| !c.is_ascii_alphabetic());
    let next =
        end.is_some_and(|end| behind.get(end..).is_some_and(|b| b.starts_with('.')) && short(part(behind, 0, end)));
    next && before.rsplit(is_blank).next().is_some_and(short)
}

fn push(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let rest = trim_start(part(text, start, end), is_blank);
    let start = end - rest.len();
    let end = start + trim_end(rest, is_blank).len();
    if end == start {
        return;
    }
    // Punctuation alone is no sentence: it goes with the one before.
    match out.last_mut() {
        Some(last) if !is_worded(rest) => *last = Span::new(last.start(), end),
        _ => out.push(Span::new(start, end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_outside_of_brackets() {
        let cases: [(&str, &[&str]); 7] = [
            ("我们收集。您可拒绝！", &["我们收集。", "您可拒绝！"]),
            ("如（姓名；电话。）等；其他", &["如（姓名；电话。）等；", "其他"]),
            ("称“我们。”您好", &["称“我们。”您好"]),
            ("（未闭合。后面。", &["（未闭合。", "后面。"]),
            ("给 Larch Pte. Ltd. 使用。好", &["给 Larch Pte. Ltd. 使用。", "好"]),
            ("见 https://a.example/x?y=1;z=2 处。好", &["见 https://a.example/x?y=1;z=2 处。", "好"]),
            (
                "We collect it. You may refuse (e.g. by mail). Fine.",
                &["We collect it.", "You may refuse (e.g. by mail).", "Fine."],
            ),
        ];
        for (text, want) in cases {
            let got: Vec<&str> = sentences(text).iter().map(|s| &text[s.start()..s.end()]).collect();
            assert_eq!(got, want);
        }
    }
}
