//! A line → spans by role: what is handled, the verbs of taking in and of giving, who acts, who receives, on what condition,
//! what for; as the annotators of CA4P-483 mark sentences (Zhao et al., EMNLP 2022), for the command line and for measuring.
//!
//! A line tells more than a policy's reader is told: here, only who handles information, and which, is a practice.

use super::{Action, Actor, Mode, Practice, Sure, sentence};
use crate::lexicon::{Hit, Reading, group};
use crate::text::{Span, count, part};

/// The roles by the name that the annotation gives them, each with its spans in bytes of the line, by start.
#[must_use]
pub fn spans(line: &str) -> [(&'static str, Vec<Span>); 7] {
    let found: Vec<Practice> = sentence(line).into_iter().filter(handles).collect();
    let of = |keep: &dyn Fn(&Practice) -> Vec<Span>| {
        let mut spans: Vec<Span> = found.iter().flat_map(keep).collect();
        spans.sort_unstable_by_key(|s| (s.start(), s.end()));
        spans.dedup();
        spans
    };
    let when = |yes: bool, spans: Vec<Span>| if yes { spans } else { Vec::new() };
    let objects =
        |p: &Practice| p.objects.iter().filter(|o| !o.generic || !is_bare(line, o.span)).map(|o| o.span).collect();
    let receivers = |p: &Practice| p.recipients.iter().map(|r| whole(line, r.span)).collect();
    [
        ("data", of(&objects)),
        ("collect", of(&|p| when(takes(p), verbs(line, p.verb)))),
        ("share", of(&|p| when(!takes(p), verbs(line, p.verb)))),
        ("handler", of(&|p| p.subject.into_iter().collect())),
        ("subjects", joined(line, &of(&|p| when(!takes(p), receivers(p))))),
        ("condition", of(&|p| p.conditions.clone())),
        ("purpose", of(&|p| p.purposes.clone())),
    ]
}

/// Whether somebody takes information in or keeps it; what the reader hands to us is given.
fn takes(p: &Practice) -> bool {
    matches!(p.action, Action::Collect) && p.actor != Actor::You || matches!(p.action, Action::Use | Action::Store)
}

/// Whether a practice says that somebody handles information: it is done or not done, no more than supposed; it stands in no
/// condition; and which information is told, or who is denied it. What nobody takes in, and what the
/// reader may or need not hand over, is no practice of ours.
fn handles(p: &Practice) -> bool {
    let other = matches!(
        p.action,
        Action::May | Action::Reply | Action::Notify | Action::Protect | Action::AskPermission | Action::Delete
    );
    let supposed = p.conditions.iter().any(|c| c.meet(p.verb).is_some());
    let denied = p.mode == Mode::DoesNot;
    if other || supposed || denied && takes(p) {
        return false;
    }
    let printed = p.verb.end() > p.verb.start();
    let named = p.objects.iter().any(|o| !o.generic);
    let said = match p.actor {
        Actor::You => p.mode == Mode::Does && named,
        _ => {
            matches!(p.mode, Mode::Does | Mode::OnlyIf | Mode::DoesNot)
                && (p.subject.is_some() || named || p.sure == Sure::Printed)
        }
    };
    let whom = denied && !p.recipients.is_empty();
    printed && said && (whom || !p.objects.is_empty())
}

/// Characters of a bare word for information.
const BARE: usize = 2;

/// Whether an object is no more than a word for information: 'this data'.
fn is_bare(line: &str, span: Span) -> bool {
    let text = part(line, span.start(), span.end());
    let words = Reading::only(text, [group!("practice.any")]);
    let from = words.of(group!("practice.any")).first().filter(|h| h.start() == 0).map_or(0, Hit::end);
    count(text.get(from..).unwrap_or(text)) <= BARE
}

/// The verbs of a predicate without the conjunction between them and the preposition behind them: 'collect and use', 'hand to'.
fn verbs(line: &str, span: Span) -> Vec<Span> {
    let text = part(line, span.start(), span.end());
    let words = Reading::only(text, [group!("practice.joint"), group!("practice.toward")]);
    let toward = words.of(group!("practice.toward")).last().filter(|h| h.end() == text.len() && h.start() > 0);
    let end = toward.map_or(text.len(), Hit::start);
    let mut out = Vec::new();
    let mut from = 0;
    for joint in words.of(group!("practice.joint")).iter().filter(|h| h.start() > 0 && h.end() < end) {
        out.push(Span::new(span.start() + from, span.start() + joint.start()));
        from = joint.end();
    }
    out.push(Span::new(span.start() + from, span.start() + end));
    out
}

/// Characters before a receiver in which a word for 'any' stands.
const ANY: usize = 4;

/// A receiver with the word for 'any', 'other' or 'said' before it.
fn whole(line: &str, span: Span) -> Span {
    let before = line.get(..span.start()).unwrap_or("");
    let from = before.char_indices().rev().take(ANY).last().map_or(0, |(at, _)| at);
    let before = before.get(from..).unwrap_or("");
    let words = Reading::only(before, [group!("practice.any")]);
    let any = words.of(group!("practice.any")).last().filter(|h| h.end() == before.len());
    Span::new(any.map_or(span.start(), |h| from + h.start()), span.end())
}

/// The last two of an enumeration are one span: 'companies, organisations and persons'.
fn joined(line: &str, spans: &[Span]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        let between = |last: &Span| line.get(last.end()..span.start()).unwrap_or("");
        let joins = |text: &str| {
            let words = Reading::only(text, [group!("practice.joint")]);
            words.of(group!("practice.joint")).first().is_some_and(|h| h.start() == 0 && h.end() == text.len())
        };
        match out.last_mut().filter(|last| !between(last).is_empty() && joins(between(last))) {
            Some(last) => *last = Span::new(last.start(), span.end()),
            None => out.push(*span),
        }
    }
    out
}
