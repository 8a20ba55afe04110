//! Lines → which of them are headings, alone in their line or at its start (run in).
//!
//! A line is judged by its own shape first: short, without sentence punctuation. Numbered lines are then judged together
//! with their siblings (`series`), as enumerations carry the same marks: where entries end with a semicolon, or stand
//! without text between them, they are items; where text follows most of them, they are headings. Lines without a number
//! are headings by markup, bold, a word such as "Preface", or where a short phrase stands alone before a paragraph.

use super::aside::{is_policy_title, is_sentence};
use super::series::{Verdict, has_text, series};
use super::{Line, Role, key};
use crate::blocks::Kind;
use crate::lexicon::terms;
use crate::numbering::Kind as Number;
use crate::text::{Span, is_blank, is_closing, is_opening, is_terminal};

/// A heading that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Index of its line.
    pub line: usize,
    /// The title, in bytes of the line.
    pub title: Span,
    /// Text follows in the same line.
    pub run_in: bool,
    /// What it is told by.
    pub sort: Sort,
    /// Its series of numbers.
    pub series: Option<usize>,
}

/// The headings, and what else of the numbers tells how they nest.
pub(super) struct Found {
    /// In reading order.
    pub heads: Vec<Head>,
    /// The line that each series of numbers starts with, in reading order.
    pub starts: Vec<usize>,
}

/// What a heading is told by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Its number.
    Numbered,
    /// Its shape, bold or markup.
    Plain,
    /// Its place right before a table.
    Caption,
    /// A word such as "Preface" that heads a part of the whole.
    Word,
    /// The title of a further document.
    Document,
}

/// What a numbered line's own shape says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A heading whatever its siblings are.
    Sure,
    /// Could be one.
    Title,
    /// A short phrase, then text: where the phrase ends.
    RunIn(usize),
    /// A sentence or an item.
    Text,
}

/// The lines that are body so far, in order, with what their shapes say.
pub(super) struct Body<'l, 'd> {
    lines: &'l [Line<'d>],
    /// Indices of the lines.
    pub at: Vec<usize>,
    pub shapes: Vec<Shape>,
    /// A page has elements for headings and captions.
    page: bool,
}

impl<'l, 'd> Body<'l, 'd> {
    /// The line at a position of the body.
    pub fn line(&self, n: usize) -> Option<&'l Line<'d>> {
        self.at.get(n).and_then(|i| self.lines.get(*i))
    }

    pub fn shape(&self, n: usize) -> Shape {
        self.shapes.get(n).copied().unwrap_or(Shape::Text)
    }
}

/// Finds the headings among lines that are body so far.
pub(super) fn find(lines: &[Line<'_>], roles: &[Role], page: bool) -> Found {
    let at: Vec<usize> = (0..lines.len()).filter(|i| matches!(roles.get(*i), Some(Role::Body(_)))).collect();
    let shapes = at.iter().map(|i| lines.get(*i).map_or(Shape::Text, shape)).collect();
    let body = Body { lines, at, shapes, page };
    let series = series(&body);
    // Short phrases before a paragraph are headings where the policy does so more than once.
    let weak: Vec<bool> = (0..body.at.len()).map(|n| stands_alone(n, &body, 10)).collect();
    let customary = weak.iter().filter(|w| **w).count() > 1;
    let mut documents = documents(&body, lines, roles, &weak).into_iter().peekable();
    let bulleted =
        weak.iter().enumerate().filter(|(n, w)| **w && body.line(*n).is_some_and(|l| l.mark.is_some())).count();
    let mut heads = Vec::new();
    let mut defining = false;
    for n in 0..body.at.len() {
        let Some(line) = body.line(n) else { continue };
        let i = body.at.get(n).copied().unwrap_or(0);
        let verdict = series.verdict(n);
        let head = match (line.mark.filter(|m| m.kind != Number::Bullet), body.shape(n)) {
            _ if documents.next_if_eq(&n).is_some() => Some(Head { sort: Sort::Document, ..whole(i, line) }),
            (Some(_), Shape::Sure) => Some(whole(i, line)),
            (Some(_), Shape::Title) if verdict.titles && (verdict.firm || has_text(n, &body)) => Some(whole(i, line)),
            (Some(m), Shape::RunIn(end)) if runs_in(verdict, defining, line, m.kind) => Some(Head {
                line: i,
                title: super::trim_title(line.text, Span::new(m.end, end)),
                run_in: true,
                ..whole(i, line)
            }),
            // Bullets before headings are a custom; one or two are chance.
            (None, _) if line.mark.is_some() && bulleted < 3 => None,
            (None, _) => unnumbered(n, &body)
                .or_else(|| (weak.get(n) == Some(&true) && (customary || series.lacks_one(n))).then_some(Sort::Plain))
                .map(|sort| {
                    let caption = sort == Sort::Plain && body.line(n + 1).is_some_and(Line::is_table);
                    Head { sort: if caption { Sort::Caption } else { sort }, ..whole(i, line) }
                }),
            _ => None,
        };
        let Some(head) = head.filter(|h| !h.title.is_empty()) else { continue };
        if !head.run_in {
            let title = key(line.text.get(head.title.start..head.title.end).unwrap_or(""));
            let outer = line.mark.is_none_or(|m| m.kind < Number::Decimal);
            let here = terms("definition").iter().any(|t| title.contains(t));
            defining = here || defining && !outer;
        }
        heads.push(Head { series: series.of(n), ..head });
    }
    Found { heads, starts: series.starts.iter().filter_map(|n| body.at.get(*n).copied()).collect() }
}

fn runs_in(verdict: Verdict, defining: bool, line: &Line<'_>, kind: Number) -> bool {
    verdict.run_ins && !defining && (kind < Number::Enclosed || verdict.bold && line.bold_lead > 0)
}

fn whole(i: usize, line: &Line<'_>) -> Head {
    Head { line: i, title: line.title(), run_in: false, sort: Sort::Numbered, series: None }
}

/// The longest title, in characters: outer headings may be longer.
fn limit(kind: Number) -> usize {
    match kind {
        Number::Appendix | Number::Part | Number::Chapter | Number::Article | Number::Han => 60,
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
    // Markup and bold alone make no heading of an inner number: items of enumerations are set so, too.
    let marked = matches!(line.kind, Kind::Heading(_));
    let outer = mark.kind <= Number::Han;
    if !sentence && !colon_inside && (marked || !is_cut_off(bare)) {
        if line.length <= limit(mark.kind) {
            if outer && !(comma && line.length > 30) {
                return Shape::Sure;
            }
            if !comma || line.length <= 30 || marked {
                return Shape::Title;
            }
        }
        if (outer || marked) && line.length <= 90 {
            return Shape::Title;
        }
    }
    // A full stop behind a title is an oversight, if its siblings have none.
    let stopped = bare
        .strip_suffix('\u{3002}')
        .is_some_and(|t| !t.contains(['\u{3002}', '\u{ff1b}', '\u{ff1a}']) && !is_cut_off(t));
    if mark.kind <= Number::HanEnclosed && stopped && !comma && line.length <= 24 {
        return Shape::Title;
    }
    run_in(line).map_or(Shape::Text, Shape::RunIn)
}

/// Whether a phrase cannot be a whole title: it stops at a conjunction or a particle, or inside of brackets.
fn is_cut_off(title: &str) -> bool {
    let title = title.trim_end_matches(is_blank);
    let ends = |group: &str| terms(group).iter().any(|t| title.ends_with(t));
    ends("title.never.end") && !ends("title.may.end") || brackets(title) != 0
}

/// Opening minus closing brackets.
fn brackets(text: &str) -> i32 {
    // Quotes are doubled and turned round too often; the rest of these is decoration.
    let skip =
        |c: char| matches!(c, '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}') || crate::numbering::is_decoration(c);
    text.chars()
        .filter(|c| !skip(*c))
        .map(|c| {
            i32::from(is_opening(c))
                - i32::from(matches!(
                    c,
                    '\u{ff09}' | ')' | '\u{300b}' | '\u{300d}' | '\u{300f}' | '\u{3009}' | ']' | '}' | '\u{ff3d}'
                ))
        })
        .sum()
}

/// Where the phrase that a line starts with ends: with its bold, or at a colon or a full stop, with a sentence behind it.
fn run_in(line: &Line<'_>) -> Option<usize> {
    let mark = line.mark?;
    let stop = |c: char| is_terminal(c) || matches!(c, '\u{3002}' | '\u{ff0c}' | ',');
    let bold = (line.bold_lead > 0 && !line.bold).then(|| {
        let lead = line.text.get(mark.end..mark.end + line.bold_lead).unwrap_or("");
        mark.end + lead.trim_end_matches(|c| is_blank(c) || stop(c)).len()
    });
    let phrase = line.body().char_indices().find(|(_, c)| stop(*c)).filter(|(_, c)| !matches!(c, '\u{ff0c}' | ','));
    let phrase = phrase.filter(|(_, c)| matches!(c, ':' | '\u{ff1a}' | '\u{3002}')).map(|(i, _)| mark.end + i);
    bold.into_iter().chain(phrase).find(|end| heads_text(line, Span::new(mark.end, *end)))
}

/// Whether a phrase at the start of a line can be the title of the rest.
fn heads_text(line: &Line<'_>, span: Span) -> bool {
    let (Some(title), Some(after)) = (line.text.get(span.start..span.end), line.text.get(span.end..)) else {
        return false;
    };
    let verbs = terms("definition.verb");
    let rest = after.trim_start_matches(|c| is_blank(c) || is_closing(c) || c == '\u{3002}');
    let limit = if after.starts_with('\u{3002}') { 16 } else { 45 };
    (2..=limit).contains(&title.chars().count())
        && !title.contains(['\u{3002}', '\u{ff0c}', '\u{ff1b}'])
        && !verbs.iter().any(|v| title.ends_with(v) || rest.starts_with(v))
        && rest.chars().count() >= 10
        && (rest.contains('\u{3002}') || rest.ends_with(['\u{ff1a}', ':']))
        && !line.text.ends_with(['\u{ff1b}', ';'])
}

/// Whether a line without a number is a heading.
fn unnumbered(n: usize, body: &Body<'_, '_>) -> Option<Sort> {
    let own = body.line(n)?;
    if own.is_table() || own.length == 0 || own.text.contains('\t') {
        return None;
    }
    let title = own.title();
    let key = key(own.text.get(title.start..title.end)?);
    let next = body.line(n + 1)?;
    if own.length <= 12 && terms("heading.word").contains(&key.as_str()) {
        return Some(Sort::Word);
    }
    if matches!(own.kind, Kind::Heading(_)) {
        return (own.length <= 60 && !is_sentence(own)).then_some(Sort::Plain);
    }
    // Around a bold cell of a table that lost its lines stand other cells.
    let before = n.checked_sub(1).and_then(|p| body.line(p));
    let prose = |l: &Line<'_>| {
        l.length >= 25
            || l.text.ends_with(is_terminal)
            || l.mark.is_some()
            || !matches!(l.kind, Kind::Paragraph)
            || l.bold
    };
    // A lead-in, however bold, leads to a list.
    let bare = own.text.trim_end_matches(is_terminal);
    let leads = bare.len() < own.text.len() && terms("opener").iter().any(|t| own.text.starts_with(t))
        || terms("phrase.never.end").iter().any(|t| bare.ends_with(t));
    if own.bold
        && !leads
        && own.length <= 40
        && !is_sentence(own)
        && is_phrase(own, &key)
        && prose(next)
        && before.is_none_or(|l| prose(l) || l.text.ends_with(is_closing))
    {
        return Some(Sort::Plain);
    }
    stands_alone(n, body, 25).then_some(Sort::Plain)
}

/// A phrase without punctuation that is no date, label or address.
fn is_phrase(line: &Line<'_>, key: &str) -> bool {
    let punctuated = line.text.contains(['\u{3002}', '\u{ff1b}', '\u{ff0c}', ',', '@'])
        || line.text.trim_end_matches(['\u{ff1a}', ':']).contains(['\u{ff1a}', ':']);
    let dated =
        terms("date.label").iter().any(|t| key.contains(t)) || key.chars().filter(char::is_ascii_digit).count() >= 6;
    !punctuated && !dated && !key.is_empty()
}

/// Whether a short phrase stands between the end of a paragraph and one of at least `least` characters.
fn stands_alone(n: usize, body: &Body<'_, '_>, least: usize) -> bool {
    let (Some(own), Some(next)) = (body.line(n), body.line(n + 1)) else { return false };
    let bullet = own.mark.is_some_and(|m| m.kind == Number::Bullet);
    let text = own.body();
    if own.mark.is_some() && !bullet
        || !(1..=22).contains(&own.length)
        || !matches!(own.kind, Kind::Paragraph)
        || is_cut_off(text)
        || terms("phrase.never.end").iter().any(|t| text.ends_with(t))
        || text.contains('\t')
        || own.text.starts_with(char::is_alphanumeric) && bullet
    {
        return false;
    }
    let question = text.ends_with(['?', '\u{ff1f}']);
    // A list's name may end with a colon; otherwise that leads in.
    let list =
        text.strip_suffix([':', '\u{ff1a}']).is_some_and(|t| terms("heading.list").iter().any(|w| t.ends_with(w)));
    if !is_phrase(own, &key(text)) || text.ends_with(is_terminal) && !question && !list {
        return false;
    }
    // What stands before a table heads it, where no element says that it is a caption.
    let prose = next.length >= least && (is_sentence(next) || next.text.ends_with(['\u{ff1a}', ':']));
    let follows = if next.is_table() { !body.page && matches!(next.kind, Kind::Head(_)) } else { prose };
    let before = n.checked_sub(1).and_then(|p| body.line(p)).and_then(|l| l.mark).map(|m| m.kind);
    if bullet {
        let starts = next.mark.is_some_and(|m| m.kind != Number::Bullet && m.value == 1);
        return (follows && next.mark.is_none() || starts) && before != Some(Number::Bullet);
    }
    let parted = n.checked_sub(1).and_then(|p| body.line(p)).is_none_or(|p| {
        p.text.ends_with(is_closing) && !p.text.ends_with([':', '\u{ff1a}'])
            || p.is_table()
            || p.mark.is_some_and(|m| m.kind < Number::Enclosed) && p.length < 40
    });
    follows && parted && next.mark.is_none_or(|m| m.value <= 1)
}

/// Titles of further documents: lines that read like a policy's title, behind which the numbers start again, or no number
/// stands any more but headings without one.
fn documents(body: &Body<'_, '_>, lines: &[Line<'_>], roles: &[Role], weak: &[bool]) -> Vec<usize> {
    let own = lines.iter().zip(roles).find(|(_, r)| **r == Role::Title).map(|(l, _)| key(l.text));
    let mut out = Vec::new();
    // The outermost kind of number so far, with its last value.
    let mut main: Option<(Number, u32)> = None;
    let mut waiting: Option<usize> = None;
    for n in 0..body.at.len() {
        let Some(line) = body.line(n) else { continue };
        if line.mark.is_none()
            && main.is_some_and(|(_, v)| v > 1)
            && is_policy_title(line)
            && Some(key(line.text)) != own
        {
            waiting = Some(n);
        }
        let Some(mark) = line.mark.filter(|m| m.kind <= Number::Decimal && !matches!(body.shape(n), Shape::Text))
        else {
            continue;
        };
        if main.is_none_or(|(k, _)| mark.kind <= k) {
            if let Some(at) = waiting.take().filter(|_| mark.value == 1) {
                out.push(at);
            }
            main = Some((mark.kind, mark.value));
        }
    }
    let headed = |at: &usize| weak.iter().skip(at + 1).filter(|w| **w).count() > 2;
    out.extend(waiting.filter(headed));
    out
}
