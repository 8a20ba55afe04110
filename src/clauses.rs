//! Blocks and sections → [`Clause`]s: sentences, items of an enumeration, table rows.
//!
//! A sentence ends at 。！？； outside of brackets and quotes; brackets that are never closed in their block do not count.
//! Every character of the body stands in exactly one clause, but for header rows, which are the columns of their table.

use crate::blocks::{Document, Kind as BlockKind};
use crate::numbering::{self, Kind as Number};
use crate::outline::{Outline, Role};
use crate::text::{Span, is_blank, is_closing, is_opening, is_terminal};

/// A sentence, an item, or a table row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Where in the canonical text, without white space around it.
    pub span: Span,
    /// Index of its block.
    pub block: usize,
    /// Index of its section.
    pub section: usize,
    /// What it is.
    pub kind: Kind,
    /// The clause that introduces the list it stands in.
    pub lead: Option<usize>,
    /// Bytes at its start that the section's heading has shown already (a run-in heading).
    pub shown: usize,
}

/// What a clause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of a paragraph.
    Sentence,
    /// The first sentence of an item.
    Item,
    /// Table, row.
    Row(usize, usize),
}

/// Cuts the body of a document.
#[must_use]
pub fn split(document: &Document, outline: &Outline) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    // Lead-ins that are open, each with the kind of number of its own block.
    let mut leads: Vec<(Option<Number>, usize)> = Vec::new();
    for (i, (block, role)) in document.blocks.iter().zip(&outline.roles).enumerate() {
        let (section, run_in) = match role {
            Role::Body(section) => (*section, false),
            Role::RunIn(section) => (*section, true),
            Role::Heading(_) => {
                leads.clear();
                continue;
            }
            _ => continue,
        };
        let text = document.text.slice(block.span);
        let row = match block.kind {
            BlockKind::Row(table, row) => Some((table, row)),
            BlockKind::Head(table) if document.tables.get(table).is_some_and(|t| !t.rows.is_empty()) => continue,
            _ => None,
        };
        let mark = if row.is_some() { None } else { numbering::parse(text) };
        let item = mark.is_some() || matches!(block.kind, BlockKind::Item(_));
        if let Some(m) = mark {
            while leads.last().is_some_and(|(kind, _)| *kind == Some(m.kind)) {
                leads.pop();
            }
        } else if !item && row.is_none() {
            leads.clear();
        }
        let lead = leads.last().map(|l| l.1);
        if let Some((table, row)) = row {
            clauses.push(Clause { span: block.span, block: i, section, kind: Kind::Row(table, row), lead, shown: 0 });
            continue;
        }
        let first = clauses.len();
        for (n, span) in sentences(text).into_iter().enumerate() {
            let span = Span::new(block.span.start + span.start, block.span.start + span.end);
            let kind = if item && n == 0 { Kind::Item } else { Kind::Sentence };
            clauses.push(Clause { span, block: i, section, kind, lead, shown: 0 });
        }
        if run_in
            && let Some(title) = outline.sections.get(section).map(|s| s.title)
            && let Some(clause) = clauses.get_mut(first)
        {
            clause.shown = shown(document, title, clause.span);
        }
        if text.ends_with([':', '\u{ff1a}']) && clauses.len() > first {
            leads.push((mark.map(|m| m.kind), clauses.len() - 1));
        }
    }
    clauses
}

/// How far a run-in heading and the punctuation behind it reach; 0 where the sentence runs on without a break.
fn shown(document: &Document, title: Span, clause: Span) -> usize {
    let rest = document.text.slice(Span::new(title.end, clause.end));
    let after = rest.trim_start_matches(|c| is_blank(c) || is_closing(c));
    let gap = rest.get(..rest.len() - after.len()).unwrap_or("");
    if gap.contains(|c| is_terminal(c) || c == '\u{3002}') { title.end + gap.len() - clause.start } else { 0 }
}

/// Cuts a block into sentences, in bytes of the block.
fn sentences(text: &str) -> Vec<Span> {
    // Half of what `usize` would take: a text in one paragraph has as many as it has characters.
    let chars: Vec<(u32, char)> = text.char_indices().map(|(at, c)| (at as u32, c)).collect();
    let inside = inside_brackets(&chars);
    let mut out = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while let Some(&(_, c)) = chars.get(i) {
        let next = chars.get(i + 1).map(|c| c.1);
        let ends = !inside.get(i).copied().unwrap_or(false)
            && match c {
                '\u{3002}' | '\u{ff01}' | '\u{ff1f}' | '\u{ff1b}' => true,
                // In addresses of pages these are no ends.
                '!' | '?' | ';' => next.is_none_or(|n| !n.is_ascii_alphanumeric() && n != '='),
                '.' => {
                    let after = chars.get(i + 2).map(|c| c.1);
                    let word = i > 1
                        && chars.get(i - 1).is_some_and(|p| p.1.is_ascii_lowercase() || p.1 == ')')
                        && chars.get(i - 2).is_some_and(|p| p.1.is_ascii_alphabetic());
                    word && next == Some(' ') && after.is_some_and(|a| a.is_ascii_uppercase() || a == '(' || a == '"')
                }
                _ => false,
            };
        i += 1;
        if ends {
            // Closing quotes and repeated marks belong to the sentence.
            while chars.get(i).is_some_and(|(_, c)| {
                is_closing(*c) && !matches!(c, '\u{ff0c}' | ',' | '\u{3001}' | ':' | '\u{ff1a}') || *c == '\u{3002}'
            }) {
                i += 1;
            }
            let end = chars.get(i).map_or(text.len(), |c| c.0 as usize);
            push(text, start, end, &mut out);
            start = end;
        }
    }
    push(text, start, text.len(), &mut out);
    out
}

fn push(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let Some(part) = text.get(start..end) else { return };
    let head = part.len() - part.trim_start_matches(is_blank).len();
    let span = Span::new(start + head, start + part.trim_end_matches(is_blank).len().max(head));
    if span.is_empty() {
        return;
    }
    // Punctuation alone is no sentence: it goes with the one before.
    match out.last_mut() {
        Some(last) if part.chars().all(|c| !c.is_alphanumeric()) => last.end = span.end,
        _ => out.push(span),
    }
}

/// For each character, whether a bracket or quote that is closed later in the block is open there.
fn inside_brackets(chars: &[(u32, char)]) -> Vec<bool> {
    // A bracket opens or closes once: a step is -1, 0 or 1.
    let mut depth = vec![0i8; chars.len() + 1];
    let mut open: Vec<(usize, char)> = Vec::new();
    for (i, (_, c)) in chars.iter().enumerate() {
        if is_opening(*c) {
            open.push((i, *c));
        } else if let Some(want) = partner(*c) {
            // The nearest open partner within a few levels; what stands above it was never closed.
            let from = open.len().saturating_sub(6);
            if let Some(at) =
                open.iter().enumerate().skip(from).rev().find(|(_, o)| want.contains(&o.1)).map(|(at, _)| at)
            {
                if let Some((start, _)) = open.get(at).copied()
                    && let Some(d) = depth.get_mut(start)
                {
                    *d += 1;
                }
                if let Some(d) = depth.get_mut(i) {
                    *d -= 1;
                }
                open.truncate(at);
            }
        }
    }
    let mut level = 0;
    let step = |d: i8| {
        level += i32::from(d);
        level > 0
    };
    depth.into_iter().map(step).collect()
}

fn partner(c: char) -> Option<&'static [char]> {
    Some(match c {
        ')' | '\u{ff09}' => &['(', '\u{ff08}'],
        ']' | '\u{ff3d}' => &['[', '\u{ff3b}'],
        '\u{300b}' => &['\u{300a}'],
        '\u{3009}' => &['\u{3008}'],
        '\u{3011}' => &['\u{3010}'],
        '\u{201d}' => &['\u{201c}'],
        '\u{2019}' => &['\u{2018}'],
        '\u{300d}' => &['\u{300c}'],
        '\u{300f}' => &['\u{300e}'],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_outside_of_brackets() {
        let cases: [(&str, &[&str]); 6] = [
            ("我们收集。您可拒绝！", &["我们收集。", "您可拒绝！"]),
            ("如（姓名；电话。）等；其他", &["如（姓名；电话。）等；", "其他"]),
            ("称“我们。”您好", &["称“我们。”您好"]),
            ("（未闭合。后面。", &["（未闭合。", "后面。"]),
            ("见 https://a.example/x?y=1;z=2 处。好", &["见 https://a.example/x?y=1;z=2 处。", "好"]),
            (
                "We collect it. You may refuse (e.g. by mail). Fine.",
                &["We collect it.", "You may refuse (e.g. by mail).", "Fine."],
            ),
        ];
        for (text, want) in cases {
            let got: Vec<&str> = sentences(text).iter().map(|s| &text[s.start..s.end]).collect();
            assert_eq!(got, want);
        }
    }
}
