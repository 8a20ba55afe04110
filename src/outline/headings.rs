//! Lines → which of them are headings, alone in their line or at its start (run in).
//!
//! A line is judged by its own shape first: short, without sentence punctuation. Numbered lines are then judged together
//! with their siblings, as enumerations carry the same marks: where entries end with a semicolon, or stand without text
//! between them, they are items; where text follows most of them, they are headings.

use super::aside::is_sentence;
use super::{Line, Role, key};
use crate::blocks::Kind;
use crate::lexicon::terms;
use crate::numbering::Kind as Number;
use crate::text::{Span, is_blank, is_closing, is_terminal};
use std::collections::HashMap;

/// A heading that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Index of its line.
    pub line: usize,
    /// The title, in bytes of the line.
    pub title: Span,
    /// Text follows in the same line.
    pub run_in: bool,
    /// It is a word such as "Preface" that heads a part of the whole.
    pub word: bool,
}

/// What a numbered line's own shape says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A heading whatever its siblings are.
    Sure,
    /// Could be one.
    Title,
    /// A short phrase, then text.
    RunIn(usize),
    /// A sentence or an item.
    Text,
}

/// Finds the headings among lines that are body so far.
pub(super) fn find(lines: &[Line<'_>], roles: &[Role]) -> Vec<Head> {
    let body: Vec<usize> = (0..lines.len()).filter(|i| matches!(roles.get(*i), Some(Role::Body(_)))).collect();
    let shapes: Vec<Shape> = body.iter().map(|i| lines.get(*i).map_or(Shape::Text, shape)).collect();
    let mut heads = Vec::new();
    let series = series(lines, &body);
    let verdicts: Vec<Verdict> = series.members.iter().map(|m| judge(m, lines, &body, &shapes)).collect();
    let mut defining = false;
    for (n, &i) in body.iter().enumerate() {
        let (Some(line), Some(shape)) = (lines.get(i), shapes.get(n)) else { continue };
        let verdict = series.of.get(n).copied().flatten().and_then(|s| verdicts.get(s)).copied().unwrap_or_default();
        let head = match (line.mark.filter(|m| m.kind != Number::Bullet), shape) {
            (Some(_), Shape::Sure) => Some(whole(i, line)),
            (Some(_), Shape::Title)
                if verdict.titles && has_text(n, lines, &body) || verdict.titles && verdict.firm =>
            {
                Some(whole(i, line))
            }
            (Some(m), Shape::RunIn(end))
                if verdict.run_ins && !defining && (m.kind < Number::Enclosed || line.bold_lead > 0) =>
            {
                Some(Head {
                    line: i,
                    title: super::trim_title(line.text, Span::new(m.end, *end)),
                    run_in: true,
                    word: false,
                })
            }
            (None, _) => unnumbered(n, lines, &body).map(|word| Head { word, ..whole(i, line) }),
            _ => None,
        };
        let Some(head) = head.filter(|h| !h.title.is_empty()) else { continue };
        if !head.run_in {
            let title = key(line.text.get(head.title.start..head.title.end).unwrap_or(""));
            let outer = line.mark.is_none_or(|m| m.kind < Number::Decimal);
            let here = terms("definition").iter().any(|t| title.contains(t));
            defining = here || defining && !outer;
        }
        heads.push(head);
    }
    heads
}

fn whole(i: usize, line: &Line<'_>) -> Head {
    Head { line: i, title: line.title(), run_in: false, word: false }
}

/// The longest title, in characters: outer headings may be longer.
fn limit(kind: Number) -> usize {
    match kind {
        Number::Part | Number::Chapter | Number::Article | Number::Han => 60,
        Number::HanEnclosed => 50,
        _ => 45,
    }
}

fn shape(line: &Line<'_>) -> Shape {
    let Some(mark) = line.mark else { return Shape::Text };
    if mark.kind == Number::Bullet || line.is_table() {
        return Shape::Text;
    }
    let body = line.body();
    let bare = body.trim_end_matches(|c| is_blank(c) || matches!(c, ':' | '\u{ff1a}'));
    let comma = body.contains(['\u{ff0c}', ',']);
    let sentence =
        is_sentence(line) || bare.contains(['\u{3002}', '\u{ff1b}', ';']) || body.ends_with(['\u{ff0c}', ',']);
    let colon_inside = bare.contains(['\u{ff1a}']);
    let explicit = matches!(line.kind, Kind::Heading(_)) || line.bold;
    if !sentence && line.length <= limit(mark.kind) && !colon_inside {
        let outer = matches!(mark.kind, Number::Part | Number::Chapter | Number::Article | Number::Han);
        if explicit && !(comma && line.length > 30) || outer && !(comma && line.length > 30) {
            return Shape::Sure;
        }
        if !comma || line.length <= 30 {
            return Shape::Title;
        }
    }
    if explicit && matches!(line.kind, Kind::Heading(_)) && line.length <= 80 {
        return Shape::Sure;
    }
    run_in(line).map_or(Shape::Text, Shape::RunIn)
}

/// Where the phrase that a line starts with ends: bold, or up to a colon or a full stop, with a sentence behind it.
fn run_in(line: &Line<'_>) -> Option<usize> {
    let mark = line.mark?;
    let body = line.body();
    let verbs = terms("definition.verb");
    let end = if line.bold_lead > 0 && !line.bold {
        mark.end + line.bold_lead
    } else {
        let (i, c) =
            body.char_indices().find(|(_, c)| is_terminal(*c) || matches!(c, '\u{3002}' | '\u{ff0c}' | ','))?;
        if !matches!(c, ':' | '\u{ff1a}' | '\u{3002}') {
            return None;
        }
        mark.end + i
    };
    let title = line.text.get(mark.end..end)?;
    let rest = line.text.get(end..)?.trim_start_matches(|c| is_blank(c) || is_closing(c) || c == '\u{3002}');
    let length = title.chars().count();
    let stop = line.text.get(end..)?.starts_with('\u{3002}');
    let fits = (2..=if stop { 16 } else { 45 }).contains(&length)
        && !title.contains(['\u{3002}', '\u{ff0c}', '\u{ff1b}'])
        && !verbs.iter().any(|v| title.ends_with(v) || rest.starts_with(v))
        && rest.chars().count() >= 10
        && (rest.contains('\u{3002}') || rest.ends_with(['\u{ff1a}', ':']))
        && !line.text.ends_with(['\u{ff1b}', ';']);
    fits.then_some(end)
}

/// Numbered lines that count on: 1, 2, 3 of one kind, deeper marks between.
#[derive(Default)]
struct Series {
    members: Vec<Vec<usize>>,
    /// For each body line, its series.
    of: Vec<Option<usize>>,
}

fn series(lines: &[Line<'_>], body: &[usize]) -> Series {
    let mut out = Series { members: Vec::new(), of: vec![None; body.len()] };
    // The open series of each kind; a mark of an outer kind closes the inner ones.
    let mut open: HashMap<Number, (usize, u32)> = HashMap::new();
    for (n, i) in body.iter().enumerate() {
        let Some(mark) = lines.get(*i).and_then(|l| l.mark).filter(|m| m.kind != Number::Bullet) else { continue };
        let current = open
            .get(&mark.kind)
            .copied()
            .filter(|(_, last)| mark.value > *last || mark.value == *last && mark.value != 1);
        let id = current.map_or_else(
            || {
                out.members.push(Vec::new());
                out.members.len() - 1
            },
            |(id, _)| id,
        );
        if mark.kind < Number::Decimal {
            open.retain(|k, _| *k <= mark.kind);
        }
        open.insert(mark.kind, (id, mark.value));
        if let Some(m) = out.members.get_mut(id) {
            m.push(n);
        }
        if let Some(slot) = out.of.get_mut(n) {
            *slot = Some(id);
        }
    }
    out
}

/// What a series says of its members.
#[derive(Clone, Copy, Debug, Default)]
struct Verdict {
    /// Lines that look like titles are headings.
    titles: bool,
    /// Even those without text behind them.
    firm: bool,
    /// Phrases at the start of lines are headings.
    run_ins: bool,
}

fn judge(members: &[usize], lines: &[Line<'_>], body: &[usize], shapes: &[Shape]) -> Verdict {
    let shape = |n: &usize| shapes.get(*n).copied().unwrap_or(Shape::Text);
    let line = |n: &usize| body.get(*n).and_then(|i| lines.get(*i));
    let titles: Vec<&usize> = members.iter().filter(|n| matches!(shape(n), Shape::Title | Shape::Sure)).collect();
    let with_text = titles.iter().filter(|n| has_text(***n, lines, body)).count();
    // The first two of a series set its form.
    let together = members.iter().take(2).filter(|n| matches!(shape(n), Shape::RunIn(_))).count() == 2;
    let run_ins = members.iter().filter(|n| matches!(shape(n), Shape::RunIn(_))).count();
    // An entry that ends with a semicolon makes the whole an enumeration.
    let items = members.iter().filter(|n| line(n).is_some_and(|l| l.text.ends_with(['\u{ff1b}', ';']))).count();
    let list = items > 0 && items * 3 >= members.len();
    let sure = members.iter().filter(|n| shape(n) == Shape::Sure).count();
    Verdict {
        titles: !list && with_text * 2 > titles.len() || sure > 0,
        firm: sure * 2 >= members.len() || with_text >= 3 && with_text * 4 >= titles.len() * 3,
        run_ins: !list && run_ins + with_text >= 2 && ((run_ins + with_text) * 2 >= members.len() || together)
            || sure > 0 && run_ins > 0,
    }
}

/// Whether text, deeper numbers or a table stand between a line and its next sibling or an outer number.
fn has_text(n: usize, lines: &[Line<'_>], body: &[usize]) -> bool {
    let line = |n: usize| body.get(n).and_then(|i| lines.get(*i));
    let (Some(own), Some(next)) = (line(n).and_then(|l| l.mark), line(n + 1)) else { return false };
    match next.mark {
        None => true,
        Some(m) if m.kind == Number::Bullet => true,
        Some(m) => m.kind != own.kind && (m.value == 1 || m.kind > own.kind),
    }
}

/// Whether a line without a number is a heading; `Some(true)` for a word such as "Preface".
fn unnumbered(n: usize, lines: &[Line<'_>], body: &[usize]) -> Option<bool> {
    let line = |n: usize| body.get(n).and_then(|i| lines.get(*i));
    let own = line(n)?;
    if own.is_table() || own.mark.is_some() || own.length == 0 {
        return None;
    }
    let title = own.title();
    let key = key(own.text.get(title.start..title.end)?);
    let next = line(n + 1)?;
    if terms("heading.word").iter().any(|w| key == *w) && own.length <= 12 {
        return Some(true);
    }
    let punctuated = own.text.contains(['\u{3002}', '\u{ff1b}', '\u{ff0c}', ',', '@'])
        || own.text.trim_end_matches(['\u{ff1a}', ':']).contains(['\u{ff1a}', ':']);
    if matches!(own.kind, Kind::Heading(_)) {
        return (own.length <= 60 && !is_sentence(own)).then_some(false);
    }
    let dated =
        terms("date.label").iter().any(|t| key.contains(t)) || key.chars().filter(char::is_ascii_digit).count() >= 6;
    if punctuated || dated || key.is_empty() || own.text.ends_with(is_terminal) && !own.bold {
        return None;
    }
    if own.bold && own.length <= 40 && !is_sentence(own) {
        return Some(false);
    }
    let follows = next.length >= 25 && (is_sentence(next) || next.text.ends_with(['\u{ff1a}', ':']))
        || matches!(next.kind, Kind::Head(_));
    let parted = n == 0
        || line(n - 1).is_some_and(|p| {
            p.text.ends_with(is_closing)
                || p.is_table()
                || p.mark.is_some_and(|m| m.kind < Number::Enclosed) && p.length < 40
        });
    (own.length <= 22
        && next.mark.is_none_or(|m| m.value <= 1)
        && follows
        && parted
        && !matches!(own.kind, Kind::Item(_)))
    .then_some(false)
}
