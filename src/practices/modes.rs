//! A predicate, its lead-in and its heading → whether it is asserted, denied, conditional or only supposed.
//!
//! ```text
//! denied   = not V | "we will not:" item* | heading(not V) V without a subject of its own
//! supposed = "should a later version V" … "we ask again" | V in a condition, consent or a notice behind it
//! ```

use super::scope::{Scope, content};
use super::sentences::Sentence;
use super::subjects;
use super::verbs::Verb;
use super::words::{Clause, Kind, Word};
use super::{Action, Actor, Given, Mode, Practice, Slot, Sure};
use crate::lexicon::{Reading, group, set};
use crate::text::{count, has, is_comma};

/// What is known of a predicate besides its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    /// Where what belongs to it starts and ends.
    pub from: usize,
    pub until: usize,
    /// Where a denial may stand at the earliest: behind the last thing that is said of information.
    pub open: usize,
    /// Where its sentence ends.
    pub end: usize,
    /// It has a subject of its own.
    pub own: bool,
    /// Where that acts for itself: no noun behind 'by', none that another lets do it.
    pub acts: Option<usize>,
    pub actor: Actor,
    pub action: Action,
}

/// What 'we will not:' hands on.
pub(super) const NEVER: Given = Given {
    actor: Actor::We,
    action: Action::Collect,
    mode: Mode::DoesNot,
    slot: Slot::Objects,
    sure: Sure::Inherited,
};

/// Characters between a denial and its colon: 'do any of these'.
const BARE: usize = 10;

/// Whether the verb is asserted, denied or conditional; and whether it is denied, on whatever condition.
pub(super) fn mode(clause: &Clause<'_>, scope: &Scope, sentence: &Sentence, verb: &Verb, told: Told) -> (Mode, bool) {
    let Told { from, until, end, .. } = told;
    let conditional = scope.conditional(verb.start);
    let start = clause.segments.get(verb.segment).map_or(0, |s| s.sentence.0);
    let future = clause.reading.before(group!("practice.future"), start, verb.start);
    // 'In future …, now we …'.
    let later = future.is_some_and(|f| {
        let inside = scope.conditions.iter().rfind(|c| c.0 <= f.start() && f.start() < c.1);
        let supposed = inside.is_none_or(|c| clause.starts(group!("practice.supposed"), c.0));
        let now = clause.reading.after(group!("practice.now"), f.end(), verb.start);
        f.start() >= from || supposed && !scope.aimed(f.start()) && now.is_none()
    });
    if later || supposed(clause, scope, verb, told) {
        return (Mode::Might, false);
    }
    // A denial before the comma is of whoever acted there.
    let acts = told.acts.map_or(0, |at| clause.segments.get(clause.segment(at)).map_or(0, |s| s.start));
    // 'Not A, but V'.
    let over = |w: &Word| {
        let but = clause.reading.after(group!("practice.contrast"), w.end, verb.start);
        but.is_some_and(|b| clause.segment(b.start() + 1) > clause.segment(w.start))
    };
    let denies = |w: &Word| {
        let inside = scope.conditional(w.start) == conditional && !scope.aimed(w.start);
        w.kind == Kind::Not && inside && w.end > acts && !relative(clause, w, verb.start) && !over(w)
    };
    let denied =
        clause.within(from, verb.start).iter().any(denies) || !conditional && goes_on(clause, told, verb, denies);
    let consent = |from, to| clause.reading.after(group!("practice.consent"), from, to).is_some();
    // 'We do not; should we, we ask': the consent is one for that case.
    let supposed = || clause.reading.after(group!("practice.supposed"), verb.end, end).is_some();
    let granted = consent(start, verb.start) || denied && consent(until.min(end), end) && !supposed();
    if conditional && denied {
        return (Mode::OnlyIf, false);
    }
    let denied = denied || inherited(sentence, told);
    let mode = match (denied, granted) {
        (_, true) => Mode::OnlyIf,
        (true, false) => Mode::DoesNot,
        (false, false) if conditional => Mode::OnlyIf,
        _ => Mode::Does,
    };
    (mode, denied)
}

/// 'What was not fetched is deleted by us': a denial right before a particle, with no word of the grammar between the two,
/// tells only which thing is meant.
fn relative(clause: &Clause<'_>, not: &Word, verb: usize) -> bool {
    let next = clause.within(not.end, verb).first();
    // 'Not take your … and …' holds a preposition.
    let takes = [group!("practice.take"), group!("practice.toward"), group!("practice.with")];
    !takes.into_iter().any(|g| clause.ends(g, not.end))
        && next.is_some_and(|n| n.kind == Kind::Of && n.end < verb && !has(clause.text(not.end, n.start), is_comma))
}

/// Whether a denial of ours goes on to a verb behind a comma: nothing was done since, nobody else acts, nothing is contrasted.
fn goes_on(clause: &Clause<'_>, told: Told, verb: &Verb, denies: impl Fn(&Word) -> bool) -> bool {
    let Told { open, from, .. } = told;
    if told.own || open >= from {
        return false;
    }
    let words = clause.within(open, from);
    let never = |w: &Word| denies(w) && clause.is(group!("practice.never"), w.start, w.end);
    let Some(not) = words.iter().rfind(|w| never(w)) else { return false };
    // 'You choose not to …, you may': whoever opens a segment acts from there on.
    let opens = |w: &Word| clause.segments.get(clause.segment(w.start)).is_some_and(|s| content(clause, s) == w.start);
    let subject = |w: &Word| {
        matches!(w.kind, Kind::We | Kind::You | Kind::Third | Kind::Reader)
            && opens(w)
            && !clause.starts(group!("practice.of"), w.end)
    };
    if clause.within(not.end, verb.start).iter().any(subject) {
        return false;
    }
    let own = clause.segments.get(verb.segment).map_or(verb.start, |s| s.start);
    // 'We will not keep it, or may send it on': one modal that says 'or' as well.
    let or = |w: &Word| clause.text(w.start, w.end).starts_with(set!("way.or", "or"));
    let asserts = clause.within(own.max(not.end), verb.start).iter().any(|w| w.kind == Kind::Modal && !or(w));
    !asserts && clause.reading.after(group!("practice.contrast"), not.end, verb.start).is_none()
}

/// Whether the lead-in or the heading denies what the clause itself does not assert.
fn inherited(sentence: &Sentence, told: Told) -> bool {
    let withholds = |given: &Given| {
        let comes_in = told.action == Action::Collect && told.actor == Actor::You;
        given.mode == Mode::DoesNot && (given.actor == told.actor || given.action == Action::Collect && comes_in)
    };
    sentence.lead.is_some_and(|l| withholds(&l))
        || !told.own && sentence.lead.is_none() && sentence.heading.is_some_and(|h| withholds(&h))
}

/// Whether the verb only says what might be wanted one day: consent is asked for anew, or the verb is what a condition supposes
/// and the rest of the sentence asks or tells first.
fn supposed(clause: &Clause<'_>, scope: &Scope, verb: &Verb, told: Told) -> bool {
    if told.actor == Actor::You || !matches!(told.action, Action::Collect | Action::Use | Action::AskPermission) {
        return false;
    }
    let reading = clause.reading;
    let again = reading.after(group!("context.again"), verb.end, told.end).is_some();
    let opened = |from: &usize| clause.starts(group!("practice.supposed"), *from);
    let start = clause.segments.get(verb.segment).map_or(0, |s| s.sentence.0);
    let around = scope.conditions.iter().filter(|c| c.0 >= start && c.0 < verb.start);
    let inside = around.clone().any(|c| verb.end <= c.1 && opened(&c.0));
    let asked = [group!("practice.consent"), group!("practice.verb.notify")]
        .into_iter()
        .any(|g| reading.after(g, verb.end, told.end).is_some());
    // 'One day, should we open it, we shall ask first and then take it.'
    let one_day = around.clone().any(|c| reading.before(group!("practice.future"), start, c.0 + 1).is_some());
    again && around.clone().next().is_some() || inside && asked || one_day
}

/// Whether the clause ends in a denial of ours without a verb: 'we will not:', 'we will do none of these:'.
pub(super) fn withheld(clause: &Clause<'_>, scope: &Scope, own: &[Practice], base: usize) -> bool {
    let Some(segment) = clause.segments.last() else { return false };
    let never = |w: &&super::words::Word| w.kind == Kind::Not && clause.is(group!("practice.never"), w.start, w.end);
    let Some(not) = clause.of(segment).iter().rfind(never) else { return false };
    let bare = own.iter().all(|p| p.verb.start() < base + not.start)
        && count(clause.text(not.end, segment.end)) <= BARE
        && !clause.reading.has(group!("practice.except"));
    let whose = subjects::find(clause, scope, segment.start, not.start).map_or(Actor::We, |s| s.actor);
    bare && whose == Actor::We && !scope.conditional(not.start) && !scope.aimed(not.start)
}

/// Whether a title says what we do not do: a denial right before its verb.
pub(super) fn denies(title: &Reading<'_>) -> bool {
    let verbs = [
        group!("practice.verb.collect"),
        group!("practice.verb.share"),
        group!("practice.verb.use"),
        group!("practice.verb.store"),
        group!("practice.verb.transfer"),
        group!("practice.verb.publish"),
        group!("practice.do"),
    ];
    let others =
        [group!("practice.consent"), group!("practice.third"), group!("practice.you"), group!("practice.except")];
    let before = |at: usize| verbs.iter().any(|g| title.after(*g, at, at + 1).is_some());
    others.into_iter().all(|g| !title.has(g)) && title.of(group!("practice.not")).iter().any(|not| before(not.end()))
}
