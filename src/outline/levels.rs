//! Headings → sections: which one stands in which.
//!
//! A stack of open headings; the kind of number tells the level. A kind that is open goes on at its level, a new kind goes
//! one deeper, and outer kinds (parts, chapters, ideographic numbers) end inner ones. A number that starts again below a
//! deeper heading is a list of its own there.

use super::headings::Head;
use super::{Line, Outline, Role, Section};
use crate::blocks::Kind;
use crate::numbering::Kind as Number;
use crate::text::Span;

struct Open {
    /// `None`: without a number.
    kind: Option<Number>,
    value: u32,
    /// The level that markup gave.
    explicit: Option<u8>,
    section: usize,
}

/// Builds the sections and completes the roles of the blocks.
pub(super) fn nest(lines: &[Line<'_>], roles: &mut [Role], heads: &[Head]) -> Outline {
    let mut outline = Outline::default();
    let mut stack: Vec<Open> = Vec::new();
    let mut heads = heads.iter().peekable();
    for (i, line) in lines.iter().enumerate() {
        let Some(role) = roles.get_mut(i) else { break };
        match role {
            Role::Title => outline.title = Some(super::trim_title_span(line)),
            Role::Body(_) => match heads.next_if(|h| h.line == i) {
                Some(head) => {
                    let section = outline.sections.len();
                    place(&mut stack, line, head, section);
                    let parent = stack.len().checked_sub(2).and_then(|n| stack.get(n)).map(|o| o.section);
                    let at = |s: Span| Span::new(line.span.start + s.start, line.span.start + s.end);
                    let mark = line.mark.filter(|m| m.kind != Number::Bullet);
                    outline.sections.push(Section {
                        parent,
                        level: stack.len() as u32,
                        number: mark.map_or_else(Span::default, |m| at(Span::new(m.start, m.number))),
                        mark: mark.map_or_else(Span::default, |m| at(Span::new(m.start, m.end))),
                        title: at(head.title),
                        implicit: false,
                        bold: line.bold || head.run_in && line.bold_lead > 0,
                    });
                    *role = if head.run_in { Role::RunIn(section) } else { Role::Heading(section) };
                }
                None => {
                    if outline.sections.is_empty() {
                        outline.sections.push(Section { level: 1, implicit: true, ..Section::default() });
                    }
                    *role = Role::Body(outline.sections.len() - 1);
                }
            },
            _ => {}
        }
    }
    outline.roles = roles.to_vec();
    outline
}

/// Brings the stack to where the new heading stands: its top.
fn place(stack: &mut Vec<Open>, line: &Line<'_>, head: &Head, section: usize) {
    let explicit = if let Kind::Heading(n) = line.kind { Some(n) } else { None };
    let mark = line.mark.filter(|m| m.kind != Number::Bullet);
    let entry = Open { kind: mark.map(|m| m.kind), value: mark.map_or(0, |m| m.value), explicit, section };
    match mark {
        Some(m) => numbered(stack, m.kind, m.value, explicit),
        None if head.word => stack.clear(),
        None => unnumbered(stack, explicit),
    }
    stack.push(entry);
}

fn numbered(stack: &mut Vec<Open>, kind: Number, value: u32, explicit: Option<u8>) {
    let same: Vec<usize> = stack.iter().enumerate().filter(|(_, o)| o.kind == Some(kind)).map(|(i, _)| i).collect();
    if let Some(&deepest) = same.last() {
        let counts_on = |i: &usize| stack.get(*i).is_some_and(|o| value == o.value + 1);
        let nested = value == 1
            && deepest + 1 < stack.len()
            && kind >= Number::Decimal
            && stack.last().is_some_and(|o| o.kind.is_some());
        if !nested {
            let at = same.iter().rev().copied().find(counts_on).unwrap_or(deepest);
            stack.truncate(at);
        }
        return;
    }
    let outer = kind < Number::HanEnclosed;
    if let Some(n) = explicit
        && !outer
        && let Some(at) =
            stack.iter().position(|o| o.explicit.is_some_and(|e| e >= n) && o.kind.is_none_or(|k| k > kind))
    {
        stack.truncate(at);
    }
    while let Some(top) = stack.last() {
        let ends = match top.kind {
            // What has no number heads nothing with an outer number, nor the middle of a count.
            None => outer && top.explicit.is_none_or(|t| explicit.is_none_or(|e| e <= t)) || value > 1,
            Some(k) => k > kind && (outer || value > 1),
        };
        if !ends {
            break;
        }
        stack.pop();
    }
}

fn unnumbered(stack: &mut Vec<Open>, explicit: Option<u8>) {
    if let Some(n) = explicit {
        if let Some(at) = stack.iter().position(|o| o.explicit.is_some_and(|e| e >= n)) {
            stack.truncate(at);
        } else if let Some(last) = stack.iter().rposition(|o| o.explicit.is_some()) {
            stack.truncate(last + 1);
        }
        return;
    }
    if let Some(at) = stack.iter().rposition(|o| o.kind.is_none() && o.explicit.is_none()) {
        stack.truncate(at);
    }
}
