//! A clause's practices → what they say of the information at a place.
//!
//! ```text
//! objects of a practice ─action, actor, mode─▶ stretches of the clause, each with its context
//! ```
//! What a practice holds needs no words: who acts, what is done and whether it is denied are read already. Readings that
//! were only guessed from a heading say nothing here.

use super::{Context, Place};
use crate::lexicon::group;
use crate::lexicon::reading::Reading;
use crate::practices::{Action, Actor, Mode, Practice, Sure};
use crate::text::{Span, is_comma, is_terminal, part};

/// Objects that may hold one place: lists in lists of several verbs are few.
const MOST_HOLDING: usize = 8;

/// What the practices of a clause say, by place.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// By start, in bytes of the clause.
    spans: Vec<(usize, usize, Context)>,
    /// Where each verb ends, and whether what it does is said not to be done.
    verbs: Vec<(usize, bool)>,
}

impl Said {
    /// Reads off a clause's practices what is done with each of their objects. Linear in the objects but for their order.
    pub fn new(place: &Place<'_>, reading: &Reading<'_>) -> Self {
        let (mut spans, mut verbs) = (Vec::new(), Vec::new());
        // Where what is said before ends.
        let mut said = 0;
        for practice in place.practices {
            let told = context(practice, place, reading);
            let (start, end) = within(practice.verb, place.base);
            verbs.push((end, told == Some(Context::Deny)));
            let before = std::mem::replace(&mut said, within(practice.hull(), place.base).1.max(end));
            if fronted(practice, reading, end) {
                spans.push((before.max(sentence(reading.text, start)), end, Context::Deny));
            }
            let Some(context) = told else { continue };
            let objects = practice.objects.iter().map(|o| within(o.span, place.base));
            spans.extend(objects.map(|(start, end)| (start, end, context)));
            if context == Context::Deny {
                // What is denied is denied of all that stands in its frame.
                let (start, end) = within(practice.hull(), place.base);
                spans.push((start, end, context));
            }
            if context == Context::Right {
                // 'If you have let us X, you may take it back': what is taken back stands in the condition.
                let conditions = practice.conditions.iter().map(|c| within(*c, place.base));
                let granted = conditions.filter(|c| reading.after(group!("practice.verb.ask"), c.0, c.1).is_some());
                spans.extend(granted.map(|(start, end)| (start, end, context)));
            }
            if practice.action == Action::AskPermission {
                // 'We ask for the permission to locate you': what is asked for stands in its name.
                let (start, end) = within(practice.span, place.base);
                spans.push((start, end, context));
            }
        }
        spans.sort_by_key(|span| span.0);
        verbs.sort_unstable();
        Self { spans, verbs }
    }

    /// Whether the nearest verb of a practice before a place is denied: of 'we sell no A and B', B is no object that is known.
    pub fn denied(&self, from: usize, at: usize) -> bool {
        let upto = self.verbs.partition_point(|verb| verb.0 <= at);
        upto.checked_sub(1).and_then(|last| self.verbs.get(last)).is_some_and(|verb| verb.0 > from && verb.1)
    }

    /// The connection in which the words there are named; the innermost object decides.
    pub fn of(&self, start: usize, end: usize) -> Option<Context> {
        let upto = self.spans.partition_point(|span| span.0 < end);
        let near = self.spans.get(..upto)?.iter().rev().take(MOST_HOLDING);
        { near }.find(|span| span.1 > start).map(|span| span.2)
    }
}

/// A stretch of the document in bytes of the clause that starts at `base`.
pub(super) fn within(span: Span, base: usize) -> (usize, usize) {
    (span.start().saturating_sub(base), span.end().saturating_sub(base))
}

/// 'Your papers, your card, we never ask for': a denial with nothing behind it is of what stands before it.
fn fronted(practice: &Practice, reading: &Reading<'_>, end: usize) -> bool {
    let takes = matches!(practice.action, Action::Collect | Action::Share);
    let ends = part(reading.text, end, reading.text.len()).chars().next().is_none_or(|c| is_terminal(c) || is_comma(c));
    let denied = practice.mode == Mode::DoesNot && practice.actor == Actor::We && practice.sure != Sure::Guess;
    takes && denied && ends && practice.objects.is_empty() && practice.conditions.is_empty()
}

/// Where the sentence, or the half of one, starts in which a place stands.
fn sentence(text: &str, at: usize) -> usize {
    part(text, 0, at).rfind([';', '\u{ff1b}', '\u{3002}']).map_or(0, |stop| stop + 1)
}

/// What a practice does with its objects: only one whose subject is printed says so, since a verb whose subject is inherited or
/// guessed may be somebody else's; but for what is denied, by whatever sentence.
fn context(practice: &Practice, place: &Place<'_>, reading: &Reading<'_>) -> Option<Context> {
    let base = place.base;
    // Others' doing is only spoken of.
    if practice.mode == Mode::Quoted {
        return Some(Context::Define);
    }
    if let Some(context) = withheld(practice, place, reading) {
        return Some(context);
    }
    if practice.sure == Sure::Guess || supposed(practice) {
        return None;
    }
    let named = !practice.recipients.is_empty();
    // Who gives, or who gets it, is told: a device is nobody.
    let gives = matches!(practice.action, Action::Share | Action::Entrust | Action::Transfer | Action::SendAbroad);
    let told = practice.subject.is_some() && practice.sure == Sure::Printed;
    let told = named && (told || practice.recipients.iter().any(|r| r.name || r.kind.is_some()));
    if gives && told && practice.actor == Actor::We && practice.mode == Mode::Does {
        return Some(Context::Share);
    }
    let subject = practice.subject?;
    let told = match (practice.action, practice.actor) {
        (Action::Collect | Action::AskPermission, Actor::We) => Context::Collect,
        (Action::Collect, Actor::Third)
            if practice.recipients.iter().any(|r| r.name) || practice.mode == Mode::DoesNot =>
        {
            Context::Share
        }
        (_, Actor::We) if gives && (named || practice.mode != Mode::Does) => Context::Share,
        _ => return None,
    };
    let (start, from) = within(subject, base);
    let verb = within(practice.verb, base).0;
    // A name that no list knows may be somebody else's.
    if practice.actor == Actor::We && reading.within(group!("practice.we"), start, start + 1).is_empty() {
        return None;
    }
    // 'Should we learn that we have collected …'
    if reading.before(group!("context.learnt"), from.min(verb), verb).is_some() {
        return None;
    }
    // A word for 'collects-not' goes on over the verb.
    let denies = [group!("context.deny.not"), group!("context.deny.refuse")];
    let withheld = denies.into_iter().any(|g| !reading.within(g, from.min(verb), verb).is_empty());
    match practice.mode {
        Mode::DoesNot | Mode::OnlyIf if withheld => Some(Context::Deny),
        Mode::Does | Mode::OnlyIf if named || told != Context::Share => Some(told),
        _ => None,
    }
}

/// What a practice says that takes nothing: no permission is asked for, a lead-in or a heading denies what the clause names, the
/// reader may do something about it.
fn withheld(practice: &Practice, place: &Place<'_>, reading: &Reading<'_>) -> Option<Context> {
    let verb = within(practice.verb, place.base).0;
    let takes = matches!(practice.action, Action::Collect | Action::Use | Action::Store | Action::Share);
    let none = practice.mode == Mode::DoesNot && practice.actor != Actor::Third;
    // Nothing in the clause itself denies it.
    let inherited = || reading.before(group!("practice.not"), 0, verb).is_none();
    // 'Never reads': right before the verb, whoever is said to do it.
    let never = || {
        let not = reading.before(group!("practice.never"), 0, verb);
        not.is_some_and(|n| n.end() == verb && n.end() - n.start() >= NEVER)
    };
    // Of us, says the clause or what leads to it; and no reader has us stop it.
    let ours = || {
        let told = practice.subject.is_some() || place.lead.is_some();
        let stopped = reading.before(group!("context.right.opener"), 0, verb).is_some();
        told && !stopped && practice.actor == Actor::We && practice.sure != Sure::Guess
    };
    let alone = !reading.has(group!("context.third"));
    let offered = || alone && reading.before(group!("context.right.opener"), 0, verb).is_some();
    match practice.action {
        // What the reader would not grant is the reader's choice.
        Action::AskPermission
            if practice.actor == Actor::You
                && supposed(practice)
                && reading.before(group!("practice.not"), 0, verb).is_some_and(|n| n.end() == verb) =>
        {
            Some(Context::Right)
        }
        // What the reader does not grant is the reader's choice.
        Action::AskPermission if none && practice.sure == Sure::Printed => {
            Some(if practice.actor == Actor::You { Context::Right } else { Context::Deny })
        }
        Action::May
            if practice.actor == Actor::You && practice.mode == Mode::Does && !supposed(practice) && offered() =>
        {
            Some(Context::Right)
        }
        _ if takes && none && (inherited() || never() || ours()) => Some(Context::Deny),
        _ => None,
    }
}

/// Whether a practice that may be one day holds the place: a later version would ask for consent first.
pub(super) fn might(place: &Place<'_>, at: usize) -> bool {
    place.practices.iter().filter(|p| p.mode == Mode::Might).any(|p| {
        let (start, end) = within(p.hull(), place.base);
        start <= at && at < end
    })
}

/// Bytes of a word for 'never', 'will not'; 'not' alone may belong to anything.
const NEVER: usize = 6;

/// Whether the verb itself stands in a condition: 'should we find that we have collected …'.
pub(super) fn supposed(practice: &Practice) -> bool {
    practice.conditions.iter().any(|c| c.meet(practice.verb).is_some())
}
