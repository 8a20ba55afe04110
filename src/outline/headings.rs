//! Lines → which of them are headings, alone in their line or at its start (run in).
//!
//! A line is judged by its own shape first: short, without sentence punctuation. Numbered lines are then judged together
//! with their siblings (`series`), as enumerations carry the same marks: where entries end with a semicolon, or stand
//! without text between them, they are items; where text follows most of them, they are headings. Lines without a number
//! are headings by markup, bold, a word such as "Preface", or where a short phrase stands alone before a paragraph.

use super::aside::{is_policy_title, is_sentence};
use super::series::{Verdict, has_text, series};
use super::{Lines, Role, Seen, key};
use crate::blocks::Kind;
use crate::lexicon::{group, terms};
use crate::numbering::Kind as Number;
use crate::text::{
    Numbers, Span, count, count_of, ends_any, find as find_char, first, has, hash, is_blank, is_closing, is_colon,
    is_comma, is_opening, is_semicolon, is_terminal, last, part, starts_any, trim_end, trim_start,
};

/// A heading that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Index of its line.
    pub line: u32,
    /// The title, in bytes of the line.
    pub title: Span,
    /// Text follows in the same line.
    pub run_in: bool,
    /// What it is told by.
    pub sort: Sort,
    series: u32,
}

/// No series.
const NONE: u32 = u32::MAX;

impl Head {
    /// Its series of numbers.
    pub fn series(&self) -> Option<usize> {
        Some(self.series as usize).filter(|_| self.series != NONE)
    }
}

/// The headings, and what else of the numbers tells how they nest.
pub(super) struct Found {
    /// In reading order.
    pub heads: Vec<Head>,
    /// The line that each series of numbers starts with, in reading order.
    pub starts: Vec<u32>,
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
    /// The same with a full stop behind it: an oversight where most of its siblings are titles.
    Stopped,
    /// A short phrase, then text: where the phrase ends.
    RunIn(u32),
    /// A sentence or an item.
    Text,
}

/// The lines that are body so far, in order, with what their shapes say.
pub(super) struct Body<'l, 'd> {
    lines: &'l Lines<'d>,
    /// Indices of the lines.
    pub at: Vec<u32>,
    pub shapes: Vec<Shape>,
    /// Short phrases before a paragraph: headings where the policy does so more than once.
    weak: Vec<bool>,
    /// Keys of the printed contents' entries without a number, hashed.
    listed: Numbers,
    /// A page has elements for headings and captions.
    page: bool,
}

impl<'l, 'd> Body<'l, 'd> {
    /// The line at a position of the body.
    pub fn line(&self, n: usize) -> Option<Seen<'l, 'd>> {
        self.at.get(n).and_then(|i| self.lines.get(*i as usize))
    }

    fn before(&self, n: usize) -> Option<Seen<'l, 'd>> {
        self.line(n.checked_sub(1)?)
    }

    pub fn shape(&self, n: usize) -> Shape {
        self.shapes.get(n).copied().unwrap_or(Shape::Text)
    }
}

/// Finds the headings among lines that are body so far.
pub(super) fn find(lines: &Lines<'_>, roles: &[Role], page: bool) -> Found {
    // Nearly all of them will be body: growing would take room for twice as many.
    let most = lines.len();
    let (at, shapes, weak) = (Vec::with_capacity(most), Vec::with_capacity(most), Vec::with_capacity(most));
    let mut body = Body { lines, at, shapes, weak, listed: Numbers::default(), page };
    let mut title = String::new();
    for (i, (line, role)) in lines.iter().zip(roles).enumerate() {
        match role {
            Role::Body(_) => {
                body.at.push(i as u32);
                body.shapes.push(shape(line));
            }
            Role::Title => title = key(line.text),
            Role::Contents if line.mark.is_none() => {
                body.listed.insert(hash(&key(line.text)), 1);
            }
            _ => {}
        }
    }
    let (mut customary, mut bulleted) = (0, 0);
    for n in 0..body.at.len() {
        let weak = stands_alone(n, &body, 10);
        body.weak.push(weak);
        customary += usize::from(weak);
        bulleted += usize::from(weak && body.line(n).is_some_and(|l| l.mark.is_some()));
    }
    let series = series(&body);
    let documents = documents(&body, &title);
    let mut document = 0;
    let mut heads = Vec::new();
    let mut defining = false;
    for (n, i) in body.at.iter().enumerate() {
        let Some(line) = body.line(n) else { continue };
        let verdict = series.verdict(n);
        let mut head = Head {
            line: *i,
            title: line.title(),
            run_in: false,
            sort: Sort::Numbered,
            series: series.of(n).map_or(NONE, |s| s as u32),
        };
        match (line.mark.filter(|m| m.kind != Number::Bullet), body.shape(n)) {
            _ if documents.get(document) == Some(&n) => {
                head.sort = Sort::Document;
                document += 1;
            }
            (Some(_), Shape::Sure) => {}
            (Some(_), Shape::Title) if verdict.sentences && leads(n, &body) => continue,
            (Some(_), Shape::Title) if verdict.titles && (verdict.firm || has_text(n, &body)) => {}
            (Some(m), Shape::Stopped)
                if verdict.heads && (m.kind < Number::Enclosed || !verdict.sentences) && has_text(n, &body) => {}
            (Some(m), Shape::RunIn(end)) if runs_in(verdict, defining, line, m.kind) => {
                head.title = super::trim_title(line.text, Span::new(m.end, end as usize));
                head.run_in = true;
            }
            // Bullets before headings are a custom; one or two are chance.
            (None, _) if line.mark.is_none() || bulleted > 2 => {
                let weak = body.weak.get(n) == Some(&true) && (customary > 1 || series.lacks_one(n));
                match unnumbered(n, &body).or(if weak { Some(Sort::Plain) } else { None }) {
                    Some(Sort::Plain)
                        if body.line(n + 1).is_some_and(|l| matches!(l.kind, Kind::Head(_) | Kind::Row(..))) =>
                    {
                        head.sort = Sort::Caption;
                    }
                    Some(sort) => head.sort = sort,
                    None => continue,
                }
            }
            _ => continue,
        }
        if head.title.is_empty() {
            continue;
        }
        if !head.run_in {
            let title = key(part(line.text, head.title.start(), head.title.end()));
            let outer = line.mark.is_none_or(|m| m.kind < Number::Decimal);
            let here = terms(group!("definition")).iter().any(|t| title.contains(t));
            defining = here || defining && !outer;
        }
        // There may be as many as lines: a quarter more is enough at a time.
        if heads.len() == heads.capacity() {
            heads.reserve_exact(heads.len() / 4 + 16);
        }
        heads.push(head);
    }
    heads.shrink_to_fit();
    let mut starts = series.starts;
    for n in &mut starts {
        *n = body.at.get(*n as usize).copied().unwrap_or(0);
    }
    Found { heads, starts }
}

fn runs_in(verdict: Verdict, defining: bool, line: Seen<'_, '_>, kind: Number) -> bool {
    verdict.run_ins && !defining && (kind < Number::Enclosed || verdict.bold && line.bold_lead > 0)
}

/// Whether an inner numbered line only leads to the list behind it.
fn leads(n: usize, body: &Body<'_, '_>) -> bool {
    body.line(n).is_some_and(|l| {
        l.mark.is_some_and(|m| m.kind >= Number::Decimal)
            && is_colon(last(l.text))
            && terms(group!("lead")).iter().any(|w| l.text.contains(w))
    }) && !matches!(body.shape(n + 1), Shape::Sure | Shape::Title)
}

/// The longest title, in characters: outer headings may be longer.
fn limit(kind: Number) -> usize {
    match kind {
        Number::Appendix | Number::Part | Number::Chapter | Number::Article | Number::Han => 60,
        Number::HanEnclosed => 50,
        _ => 45,
    }
}

fn shape(line: Seen<'_, '_>) -> Shape {
    let Some(mark) = line.mark else { return Shape::Text };
    if mark.kind == Number::Bullet || line.is_table() {
        return Shape::Text;
    }
    let body = line.body();
    let bare = trim_end(body, |c| is_blank(c) || is_colon(c));
    let comma = has(body, is_comma);
    let sentence = is_sentence(line)
        || has(bare, |c| matches!(c, '\u{3002}' | '\u{ff1b}' | ';') || is_colon(c))
        || matches!(last(body), '\u{ff0c}' | ',' | '\u{3001}');
    // Markup and bold alone make no heading of an inner number: items of enumerations are set so, too.
    let marked = matches!(line.kind, Kind::Heading(_));
    let outer = mark.kind <= Number::Han;
    if !sentence && (marked || !is_cut_off(bare)) {
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
    if !comma
        && line.length <= 30
        && let Some(title) = bare.strip_suffix(['\u{3002}', '\u{ff1b}'])
        && !has(title, |c| matches!(c, '\u{3002}' | '\u{ff1b}' | '\u{ff1a}'))
        && !is_cut_off(title)
    {
        let full = mark.kind <= Number::HanEnclosed && line.length <= 24 && bare.ends_with('\u{3002}');
        return if full { Shape::Title } else { Shape::Stopped };
    }
    run_in(line, mark.end).map_or(Shape::Text, |end| Shape::RunIn(end as u32))
}

/// Whether a phrase cannot be a whole title: it stops at a conjunction or a particle, or inside of brackets.
fn is_cut_off(title: &str) -> bool {
    let end = trim_end(title, is_blank);
    // Quotes are doubled and turned round too often; the rest of these is decoration.
    let skip =
        |c: char| matches!(c, '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}') || crate::numbering::is_decoration(c);
    let mut open = 0;
    for c in title.chars().filter(|c| !skip(*c)) {
        open += i32::from(is_opening(c));
        open -= i32::from(matches!(
            c,
            '\u{ff09}' | ')' | '\u{300b}' | '\u{300d}' | '\u{300f}' | '\u{3009}' | ']' | '}' | '\u{ff3d}'
        ));
    }
    open != 0 || ends_any(end, terms(group!("title.never.end"))) && !ends_any(end, terms(group!("title.may.end")))
}

/// Where the phrase that a line starts with ends: with its bold, or at a colon or a full stop, with a sentence behind it.
fn run_in(line: Seen<'_, '_>, from: usize) -> Option<usize> {
    if line.bold_lead > 0 && !line.bold {
        let lead = part(line.text, from, from + line.bold_lead);
        let end = from + trim_end(lead, |c| is_blank(c) || is_terminal(c) || is_comma(c)).len();
        if heads_text(line, from, end) {
            return Some(end);
        }
    }
    let body = line.body();
    let end = find_char(body, |c| is_terminal(c) || is_comma(c))?;
    let stop = first(part(body, end, body.len()));
    ((is_colon(stop) || stop == '\u{3002}') && heads_text(line, from, from + end)).then_some(from + end)
}

/// Whether a phrase at the start of a line can be the title of the rest.
fn heads_text(line: Seen<'_, '_>, start: usize, end: usize) -> bool {
    let (title, after) = (part(line.text, start, end), part(line.text, end, line.text.len()));
    let verbs = terms(group!("definition.verb"));
    let rest = trim_start(after, |c| is_blank(c) || is_closing(c));
    let limit = if first(after) == '\u{3002}' { 24 } else { 45 };
    (2..=limit).contains(&count(title))
        && !has(title, |c| matches!(c, '\u{3002}' | '\u{ff0c}' | '\u{ff1b}'))
        // A title of so many characters that names who acts is a sentence.
        && (first(after) != '\u{3002}' || count(title) <= 16 || !starts_any(title, terms(group!("person"))))
        && !ends_any(title, verbs)
        && !starts_any(rest, verbs)
        && (is_colon(last(rest))
            || count(rest) >= 10 && (rest.contains('\u{3002}') || count(rest) > 60 && rest.contains('\u{ff0c}')))
        && !is_semicolon(last(line.text))
}

/// Whether a line without a number is a heading.
fn unnumbered(n: usize, body: &Body<'_, '_>) -> Option<Sort> {
    let own = body.line(n)?;
    if own.is_table() || own.length == 0 || own.text.contains('\t') {
        return None;
    }
    let title = own.title();
    let key = key(part(own.text, title.start(), title.end()));
    let next = body.line(n + 1)?;
    let word = own.length <= 12 && terms(group!("heading.word")).contains(&key.as_str());
    if word || body.listed.get(hash(&key)).is_some() {
        // Where it is printed twice, the second heads the text.
        return (key != super::key(next.text)).then_some(Sort::Word);
    }
    if matches!(own.kind, Kind::Heading(_)) {
        return (own.length <= 60 && !is_sentence(own)).then_some(Sort::Plain);
    }
    // Around a bold cell of a table that lost its lines stand other cells.
    let prose = |l: Seen<'_, '_>| {
        l.length >= 25 || is_terminal(last(l.text)) || l.mark.is_some() || l.kind != Kind::Paragraph || l.bold
    };
    // A lead-in, however bold, leads to a list.
    let bare = trim_end(own.text, is_terminal);
    let leads = bare.len() < own.text.len() && starts_any(own.text, terms(group!("opener")))
        || ends_any(bare, terms(group!("phrase.never.end")));
    let heads = own.bold
        && !leads
        && own.length <= 40
        && !is_sentence(own)
        && is_phrase(own, &key)
        && prose(next)
        && body.before(n).is_none_or(|l| prose(l) || is_closing(last(l.text)));
    (heads || stands_alone(n, body, 25)).then_some(Sort::Plain)
}

/// A phrase without punctuation that is no date, label or address.
fn is_phrase(line: Seen<'_, '_>, key: &str) -> bool {
    !key.is_empty()
        && !has(line.text, |c| is_comma(c) || matches!(c, '\u{3002}' | '\u{ff1b}' | '@'))
        && !has(trim_end(line.text, is_colon), is_colon)
        && count_of(key, |c| c.is_ascii_digit()) < 6
        && !terms(group!("date.label")).iter().any(|t| key.contains(t))
}

/// Whether a short phrase stands between the end of a paragraph and one of at least `least` characters.
fn stands_alone(n: usize, body: &Body<'_, '_>, least: usize) -> bool {
    let (Some(own), Some(next)) = (body.line(n), body.line(n + 1)) else { return false };
    let bullet = own.mark.is_some_and(|m| m.kind == Number::Bullet);
    let text = own.body();
    if own.mark.is_some() && !bullet
        || !(1..=22).contains(&own.length)
        || own.kind != Kind::Paragraph
        || is_cut_off(text)
        || ends_any(text, terms(group!("phrase.never.end")))
        || text.contains('\t')
        || bullet && first(own.text).is_alphanumeric()
        || !is_phrase(own, &key(text))
    {
        return false;
    }
    // A question is a heading, and a list's name may end with a colon; otherwise that leads in.
    let end = last(text);
    let list = is_colon(end) && ends_any(part(text, 0, text.len() - end.len_utf8()), terms(group!("heading.list")));
    if is_terminal(end) && !list && !matches!(end, '?' | '\u{ff1f}') {
        return false;
    }
    // What stands before a table heads it, where no element says that it is a caption.
    let follows = if next.is_table() {
        !body.page && matches!(next.kind, Kind::Head(_))
    } else {
        next.length >= least && !is_field(next) && (is_sentence(next) || is_colon(last(next.text)))
    };
    let before = body.before(n);
    if bullet {
        let starts = next.mark.is_some_and(|m| m.kind != Number::Bullet && m.value == 1);
        return (follows && next.mark.is_none() || starts)
            && before.and_then(|l| l.mark).is_none_or(|m| m.kind != Number::Bullet);
    }
    follows
        && next.mark.is_none_or(|m| m.value <= 1)
        && before.is_none_or(|p| {
            is_closing(last(p.text)) && !is_colon(last(p.text))
                || p.is_table()
                || p.mark.is_some_and(|m| m.kind < Number::Enclosed) && p.length < 40
        })
}

/// A label of a few characters and its value, no sentence: what stands before it names one entry of a list.
fn is_field(line: Seen<'_, '_>) -> bool {
    find_char(line.text, is_colon).is_some_and(|at| at < 15 && at + 3 < line.text.len())
        && !line.text.contains('\u{3002}')
}

/// Titles of further documents: lines that read like a policy's title, behind which the numbers start again, or no number
/// stands any more but headings without one. `own` is the key of the policy's own title.
fn documents(body: &Body<'_, '_>, own: &str) -> Vec<usize> {
    let mut out = Vec::new();
    // The outermost kind of number so far, with its last value.
    let mut main: Option<(Number, u32)> = None;
    let mut waiting: Option<usize> = None;
    // Weak headings behind the one that waits.
    let mut headed = 0;
    for n in 0..body.at.len() {
        let Some(line) = body.line(n) else { continue };
        headed += usize::from(body.weak.get(n) == Some(&true));
        let Some(mark) = line.mark else {
            if main.is_some_and(|(_, v)| v > 1) && is_policy_title(line) && key(line.text) != own {
                waiting = Some(n);
                headed = 0;
            }
            continue;
        };
        if mark.kind <= Number::Decimal
            && !matches!(body.shape(n), Shape::Text | Shape::Stopped)
            && main.is_none_or(|(k, _)| mark.kind <= k)
        {
            if let Some(at) = waiting.take()
                && mark.value == 1
            {
                out.push(at);
            }
            main = Some((mark.kind, mark.value));
        }
    }
    if headed > 2 {
        out.extend(waiting);
    }
    out
}
