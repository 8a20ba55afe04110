//! A clause's practices → what they say of the information at a place.
//!
//! ```text
//! objects of a practice ─action, actor, mode─▶ stretches of the clause, each with its context
//! ```
//! What a practice holds needs no words: who acts, what is done and whether it is denied are read already. Readings that
//! were only guessed from a heading say nothing here.

use super::{Context, Place};
use crate::lexicon::reading::Reading;
use crate::lexicon::{self, Group, Hit, group};
use crate::practices::{Action, Actor, Mode, Practice, Sure};
use crate::text::{Span, is_comma, is_terminal, part};

/// Objects that may hold one place, stretches that go on with one: lists in lists of several verbs are few.
const MOST_HOLDING: usize = 8;

/// What the practices of a clause say, by place.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// By start, in bytes of the clause.
    spans: Vec<(usize, usize, Context)>,
}

impl Said {
    /// Reads off a clause's practices what is done with each of their objects. Linear in the objects but for their order.
    pub fn new(place: &Place<'_>, reading: &Reading<'_>) -> Self {
        let left: Vec<Left> = left_out(reading).take(MOST_LEFT).collect();
        let mut spans: Vec<_> = left.iter().map(|l| (l.start, l.end, Context::Deny)).collect();
        // Where what is said before ends.
        let mut said = 0;
        for practice in place.practices {
            let (start, end) = within(practice.verb, place.base);
            let hull = within(practice.hull(), place.base);
            let before = std::mem::replace(&mut said, hull.1.max(end));
            if fronted(practice, reading, end) {
                spans.push((before.max(sentence(reading.text, start)), end, Context::Deny));
            }
            let never = || left.iter().any(|l| l.verb == start);
            let Some(context) = context(practice, place, reading, &never) else { continue };
            if context == Context::Deny {
                // What is denied is denied of all that stands in its frame, and behind it up to the comma.
                let aim = practice.purposes.iter().map(|p| within(*p, place.base).1).max().unwrap_or(0);
                let end = reading.stretch(hull.1.max(aim).saturating_sub(1)).1;
                spans.push((hull.0, listed(reading, end), context));
            } else {
                let objects = practice.objects.iter().map(|o| within(o.span, place.base));
                // 'We take A and never keep B'.
                let own = |o: &(usize, usize)| !left.iter().any(|l| start < l.start && l.start < o.0 && o.0 < l.end);
                spans.extend(objects.filter(own).map(|(start, end)| (start, end, context)));
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
                let stop = left.iter().map(|l| l.start).find(|at| *at > start);
                spans.push((start, stop.map_or(end, |at| at.min(end)), context));
            }
        }
        spans.sort_by_key(|span| span.0);
        Self { spans }
    }

    /// Whether something is denied that starts in `from..to`.
    pub fn denies(&self, from: usize, to: usize) -> bool {
        let first = self.spans.partition_point(|span| span.0 < from);
        let own = self.spans.iter().skip(first).take_while(|span| span.0 < to);
        { own }.any(|span| span.2 == Context::Deny)
    }

    /// The connection in which the words there are named; the innermost object decides.
    pub fn of(&self, start: usize, end: usize) -> Option<Context> {
        let upto = self.spans.partition_point(|span| span.0 < end);
        let near = self.spans.get(..upto)?.iter().rev().take(MOST_HOLDING);
        { near }.find(|span| span.1 > start).map(|span| span.2)
    }
}

/// What a denial leaves out.
#[derive(Clone, Copy, Debug)]
struct Left {
    start: usize,
    /// Where the verb stands.
    verb: usize,
    /// Up to the comma, whatever stands there.
    end: usize,
}

/// 'It holds no A', 'we never B whatever C': denials right before a word for what is in something, or before a verb, unless it is
/// the reader's.
fn left_out<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = Left> + 'r {
    let denies = |not: &Hit| {
        let next = |at: usize| reading.after(group!("practice.adverb"), at, at + 1).map_or(at, |h| h.end());
        let behind = next(next(not.end()));
        let by = reading.after(group!("practice.by"), behind, behind + 1);
        let verb = by.map_or(behind, |by| by.end());
        let (from, end) = reading.stretch(not.start());
        // Who acts in a bracket is told in it.
        let near = part(reading.text, from, not.start()).char_indices().rev().take(BRACKET);
        let from = { near }.find(|(_, c)| lexicon::fold(*c) == '(').map_or(from, |(open, _)| from + open);
        let follows = |g: Group| reading.after(g, verb, verb + 1).is_some();
        let ends = |g: Group| reading.within(g, not.start(), not.end()).iter().any(|h| h.end() == not.end());
        let holds = group!("context.deny.verb");
        let long = not.end() - not.start() >= NEVER;
        // 'We will not provide the service for which …': nothing of the reader's.
        let offers = || {
            let none = reading.within(group!("practice.noun.none"), verb, end).last();
            let nobody = reading.within(group!("context.third"), verb, end).is_empty();
            follows(group!("practice.verb.give")) && nobody && none.is_some_and(|n| n.end() + COMMA >= end)
        };
        // 'We take no X'; without it, 'should we not take X', is a condition.
        let plain = [group!("practice.verb.collect"), group!("practice.verb.store")].into_iter().any(follows);
        let plain = plain && reading.within(group!("practice.if"), from, not.end()).is_empty();
        let verbs = || plain || long && VERBS.into_iter().any(follows) && !offers();
        let asks = || reading.after(group!("practice.consent"), not.end(), verb + 1).is_some();
        let told = ends(holds) && !asks() || long && follows(holds) || ends(group!("practice.never")) && verbs();
        let before = |g: Group, from: usize| reading.before(g, from, not.start());
        // 'Your own password': whoever does not do it is the reader.
        let reader = reading.after(group!("practice.self"), not.end(), end).is_some()
            || before(group!("context.user"), from)
                .is_some_and(|user| before(group!("context.we"), user.end()).is_none());
        // 'X will not be V', 'X, nobody gets': of what stands before it, too.
        let acts = [group!("context.we"), group!("practice.you.noun"), group!("context.verb.collect")];
        let bare = acts.into_iter().all(|g| reading.within(g, from, not.start()).is_empty());
        let start = if by.is_some() || bare { from } else { not.start() };
        (told && !reader).then(|| Left { start, verb, end: listed(reading, end) })
    };
    reading.of(group!("practice.not")).iter().filter_map(denies)
}

/// Where a stretch ends with those that go on with it: '…, such as …'.
fn listed(reading: &Reading<'_>, mut end: usize) -> usize {
    let opens = [group!("context.continues"), group!("context.define.verb")];
    for _ in 0..MOST_HOLDING {
        if !opens.into_iter().any(|g| reading.after(g, end, end + 1).is_some()) {
            break;
        }
        end = reading.stretch(end).1;
    }
    end
}

/// Characters of a bracket before a denial in it.
const BRACKET: usize = 60;

/// Bytes of a full-width comma.
pub(super) const COMMA: usize = 3;

/// Whether a lead-in ends in a denial.
pub(super) fn withholds(lead: &Reading<'_>) -> bool {
    left_out(lead).last().is_some_and(|left| left.end == lead.text.len())
}

/// Denials of a clause that are looked at.
const MOST_LEFT: usize = 16;

/// What is done with information.
const VERBS: [Group; 13] = [
    group!("practice.in"),
    group!("practice.take"),
    group!("practice.toward"),
    group!("practice.with"),
    group!("practice.verb.collect"),
    group!("practice.verb.give"),
    group!("practice.verb.use"),
    group!("practice.verb.share"),
    group!("practice.verb.entrust"),
    group!("practice.verb.transfer"),
    group!("practice.verb.publish"),
    group!("practice.verb.store"),
    group!("practice.verb.ask"),
];

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
fn context(practice: &Practice, place: &Place<'_>, reading: &Reading<'_>, never: &dyn Fn() -> bool) -> Option<Context> {
    let base = place.base;
    // Others' doing is only spoken of.
    if practice.mode == Mode::Quoted {
        return Some(Context::Define);
    }
    if let Some(context) = withheld(practice, place, reading, never) {
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
    let start = within(subject, base).0;
    // A name that no list knows may be somebody else's.
    if practice.actor == Actor::We && reading.within(group!("practice.we"), start, start + 1).is_empty() {
        return None;
    }
    match practice.mode {
        Mode::Does | Mode::OnlyIf if named || told != Context::Share => Some(told),
        _ => None,
    }
}

/// What a practice says that takes nothing: no permission is asked for, a lead-in or a heading denies what the clause names, the
/// reader may do something about it.
fn withheld(
    practice: &Practice,
    place: &Place<'_>,
    reading: &Reading<'_>,
    never: &dyn Fn() -> bool,
) -> Option<Context> {
    let verb = within(practice.verb, place.base).0;
    let takes = !matches!(
        practice.action,
        Action::May | Action::AskPermission | Action::Delete | Action::Protect | Action::Reply | Action::Notify
    );
    let none = practice.mode == Mode::DoesNot && practice.actor != Actor::Third;
    let not = reading.before(group!("practice.not"), 0, verb);
    let ours = || {
        let told = practice.subject.is_some_and(|subject| {
            let from = within(subject, place.base).0;
            let reader = reading.after(group!("practice.you"), from, from + 1).is_some();
            !reader && (practice.actor == Actor::We || reading.after(group!("practice.we"), from, from + 1).is_some())
        });
        // What the reader has us stop is the reader's choice; 'we pass on X that tells nobody' says which.
        let stopped = not.is_some_and(|not| {
            let opener = reading.before(group!("context.right.opener"), 0, not.start());
            let (from, to) = reading.stretch(not.start());
            let passed = |p: &Practice| {
                let at = within(p.verb, place.base).0;
                at > verb && at < to && !p.denied
            };
            let taken = reading.before(group!("practice.take"), from, not.start()).is_some();
            opener.is_some_and(|o| reading.before(group!("practice.we"), o.end().max(from), not.start()).is_none())
                || taken && place.practices.iter().any(passed)
        });
        (told || place.lead.is_some() && practice.actor == Actor::We) && !stopped && practice.sure != Sure::Guess
    };
    // By a lead-in or a heading.
    let inherited = not.is_none() && practice.actor != Actor::Third;
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
        Action::AskPermission if none => {
            let ours = practice.actor != Actor::You && (practice.sure == Sure::Printed || never());
            Some(if ours { Context::Deny } else { Context::Right })
        }
        Action::May
            if practice.actor == Actor::You && practice.mode == Mode::Does && !supposed(practice) && offered() =>
        {
            Some(Context::Right)
        }
        _ if takes && practice.denied && (inherited || never() || ours()) => Some(Context::Deny),
        _ => None,
    }
}

/// Whether a practice that may be one day holds the place, or what it depends on: a later version would ask for consent first.
pub(super) fn might(place: &Place<'_>, at: usize) -> bool {
    place.practices.iter().filter(|p| p.mode == Mode::Might).any(|p| {
        let mut parts = p.conditions.iter().copied().chain([p.hull()]).map(|part| within(part, place.base));
        parts.any(|(start, end)| start <= at && at < end)
    })
}

/// Bytes of a word for 'never', 'will not'; 'not' alone may belong to anything.
const NEVER: usize = 6;

/// Whether the verb itself stands in a condition: 'should we find that we have collected …'.
pub(super) fn supposed(practice: &Practice) -> bool {
    practice.conditions.iter().any(|c| c.meet(practice.verb).is_some())
}
