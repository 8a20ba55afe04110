//! Body → the titles of further documents in it.

use super::aside::{is_policy_title, is_sentence};
use super::body::Body;
use super::counts::{Count, Counts, NONE};
use super::key;
use super::phrases::{is_closed, is_field, is_phrase, is_word};
use super::shapes::Shape;
use crate::blocks::Kind;
use crate::lexicon::{group, terms};
use crate::numbering::Kind as Number;
use crate::text::{ends_any, is_closing, is_terminal, last};

/// Titles of further documents: lines that read like a policy's title, behind which the numbers start again, or no number
/// stands any more but headings without one; and lines that end in a word for a document, right before a count that starts
/// on the outermost level, or behind the last number of that. `own` is the key of the policy's own title.
pub(super) fn documents(body: &Body<'_, '_>, counts: &Counts, own: &str) -> Vec<usize> {
    /// Lines between such a title and its first number: a preface.
    const PREFACE: usize = 24;
    let mut out = Vec::new();
    let mut main: Option<Main> = None;
    // The line that waits, and whether it is a policy's title.
    let mut waiting: Option<(usize, bool)> = None;
    // Weak headings behind the one that waits.
    let mut headed = 0;
    for n in 0..body.at.len() {
        let Some(line) = body.line(n) else { continue };
        headed += usize::from(body.weak.get(n) == Some(&true));
        let Some(mark) = line.mark else {
            let policy = is_policy_title(line);
            if main.is_some_and(|m| m.value > 1)
                && (policy || is_document_title(n, body) && waiting.is_none_or(|w| !w.1))
                && (key(line.text) != own || matches!(line.kind, Kind::Heading(1)))
            {
                waiting = Some((n, policy));
                headed = 0;
                // What has a preface of its own is a whole, whatever its numbers.
                if policy && has_preface(n, body) {
                    waiting = None;
                    main = None;
                    out.push(n);
                }
            }
            continue;
        };
        let titled = (Number::Part..=Number::Decimal).contains(&mark.kind)
            && !matches!(body.shape(n), Shape::Text | Shape::Lead | Shape::Stopped)
            && (mark.kind < Number::Decimal || !is_sentence(line));
        let count = counts.of(n).and_then(|c| counts.all.get(c));
        let outer = main.is_none_or(|m| mark.kind <= m.kind);
        let near = |at: usize| mark.value == 1 && n <= at + PREFACE;
        if titled && outer {
            let starts = count.is_some_and(|c| c.first as usize == n && is_outermost(c, body));
            if let Some((at, policy)) = waiting.take()
                && (policy && (mark.value == 1 || headed > 2) || starts && near(at))
            {
                out.push(at);
            }
            main = Some(Main { kind: mark.kind, value: mark.value, line: n });
        } else if titled
            && let (Some((at, _)), Some(before), Some(count)) = (waiting, main, count)
            && near(at)
            && count.first as usize == n
            && count.last > count.first
            && (count.holder == NONE || count.holder as usize == before.line)
            && counts.of(before.line).and_then(|c| counts.all.get(c)).is_some_and(|c| c.last as usize == before.line)
        {
            waiting = None;
            out.push(at);
            main = Some(Main { kind: mark.kind, value: mark.value, line: n });
        }
    }
    if headed > 2 {
        out.extend(waiting.filter(|w| w.1).map(|w| w.0));
    }
    out
}

/// Whether a word such as "Preface" stands behind a title, or behind a date or two.
fn has_preface(n: usize, body: &Body<'_, '_>) -> bool {
    /// The dates of a document.
    const DATES: usize = 2;
    let field = |n: &usize| body.line(*n).is_some_and(is_field);
    let first = n + 1 + (n + 1..=n + DATES).take_while(field).count();
    body.line(first).is_some_and(|l| l.mark.is_none() && is_word(l.text))
}

/// Whether a count stands in no other one, but for what is appended.
fn is_outermost(count: &Count, body: &Body<'_, '_>) -> bool {
    let holder = body.line(count.holder as usize).and_then(|l| l.mark);
    count.holder == NONE || holder.is_some_and(|m| m.kind == Number::Appendix)
}

/// The latest number of the outermost kind so far.
#[derive(Clone, Copy)]
struct Main {
    kind: Number,
    value: u32,
    line: usize,
}

/// Whether a line stands alone and ends in a word for a document.
fn is_document_title(n: usize, body: &Body<'_, '_>) -> bool {
    /// The longest such title, in characters.
    const LONGEST: usize = 30;
    body.line(n).is_some_and(|own| {
        (5..=LONGEST).contains(&own.length)
            && !own.is_table()
            && is_phrase(own, &key(own.text))
            && !is_terminal(last(own.text))
            && ends_any(own.text.trim_end_matches(is_closing), terms(group!("document")))
    }) && (is_closed(n, body) || body.before(n).is_some_and(is_field))
}
