//! Practices → how plainly a clause states what a line would tell; what it does not state may not be named.
//!
//! A clause that binds, warns or advises the reader, that speaks of what the reader publishes or that lists what needs no
//! consent tells nothing of what we do. What is left counts by its grammar: printed before inherited, a heading that names
//! the subject before any other.

use super::Subjects;
use crate::clauses::{Clause, Kind};
use crate::lexicon::{Group, Hit, Reading, group, keys};
use crate::outline::Outline;
use crate::practices::{Action, Actor, Mode, Object, Practice, Practices, Sure};
use crate::text::{Span, is_comma, is_opening, is_terminal};
use crate::tokens::Tokens;

/// A line names what is stated so plainly.
pub(super) const NAMED: u8 = 2;

/// What is stated so plainly needs nothing beside it.
pub(super) const PLAIN: u8 = 3;

/// How plainly clauses state things.
#[derive(Debug)]
pub struct Stated {
    /// For each clause, from which place of the document on it speaks of what the reader must or should do.
    aside: Vec<usize>,
    /// For each clause, whether its heading, or one around it, speaks of collecting, of giving.
    headed: Vec<[bool; 2]>,
    /// For each clause, whether it names information about persons.
    personal: Vec<bool>,
    /// For each clause, whether it is of what the reader and we say to each other.
    talks: Vec<bool>,
    /// For each clause, where 'keeps … the right to' stands: a right is kept, no information.
    reserved: Vec<Option<Span>>,
}

/// What headings speak of.
#[derive(Clone, Copy)]
pub(super) enum About {
    Taking,
    Giving,
}

impl Stated {
    /// Looks each clause up. Linear in the text.
    pub(super) fn new(tokens: &Tokens<'_>, outline: &Outline, clauses: &[Clause], practices: &Practices) -> Self {
        let groups = [group!("card.heading.collect"), group!("card.heading.share"), group!("definition")];
        let mut sections: Vec<[bool; 3]> = Vec::with_capacity(outline.sections.len());
        for (at, section) in outline.sections.iter().enumerate() {
            let outer = section.parent().and_then(|p| sections.get(p)).copied().unwrap_or_default();
            let own = groups.map(|g| tokens.title_has(at, g));
            // The nearest heading that speaks of one of them decides between taking and giving.
            let told = own.iter().take(2).any(|o| *o);
            let mut both = outer;
            for (kind, (mine, both)) in own.iter().zip(both.iter_mut()).enumerate() {
                *both = *mine || *both && !(told && kind < 2);
            }
            sections.push(both);
        }
        let of = |clause: &Clause| sections.get(clause.section()).copied().unwrap_or_default();
        let mut aside: Vec<usize> = Vec::with_capacity(clauses.len());
        for (at, clause) in clauses.iter().enumerate() {
            let has = |at: usize, group: Group| tokens.has(at, group);
            let exempts = |lead: usize| has(lead, group!("exception")) && has(lead, group!("exception.consent"));
            let bound = |lead: usize| has(lead, group!("card.duty"));
            let led = clause.lead().is_some_and(|lead| exempts(lead) || bound(lead));
            let defined = of(clause)[2] && !has(at, group!("practice.we"));
            // What a later version might do, with a new consent, is not done.
            let later = has(at, group!("context.later")) && has(at, group!("context.again"));
            let whole = led || defined || later || practices.terms(at) || has(at, group!("card.self-published"));
            let hits =
                [group!("card.duty"), group!("card.advice")].into_iter().filter_map(|g| tokens.of(at, g).first());
            let from = hits.map(|h: &Hit| clause.span.start() + h.start()).min();
            aside.push(if whole { 0 } else { from.unwrap_or(usize::MAX) });
        }
        let headed = clauses.iter().map(of).map(|[a, b, _]| [a, b]).collect();
        let names = |at: usize| tokens.has(at, group!("practice.personal"));
        let personal =
            (0..clauses.len()).zip(clauses).map(|(at, c)| names(at) || c.lead().is_some_and(names)).collect();
        let reserved = (0..clauses.len()).map(|at| reserved(tokens, clauses, at)).collect();
        let talks = (0..clauses.len()).map(|at| tokens.has(at, group!("card.with-us"))).collect();
        Self { aside, headed, personal, talks, reserved }
    }

    /// Whether what a practice keeps is a right.
    fn reserves(&self, practice: &Practice) -> bool {
        let kept = self.reserved.get(practice.clause).copied().flatten();
        kept.is_some_and(|kept| kept.meet(practice.verb).is_some())
    }

    /// Whether what a clause names was said between the reader and us: a record of that is no log of the reader's calls.
    fn is_talk(&self, clause: usize, key: Option<&str>) -> bool {
        matches!(key, Some("call-log" | "message")) && self.talks.get(clause) == Some(&true)
    }

    /// Whether the clause stands under a heading on a subject.
    pub(super) fn under(&self, clause: usize, about: About) -> bool {
        self.headed.get(clause).is_some_and(|headed| headed[about as usize])
    }

    /// Whether a clause, from wherever on, speaks of what the reader must or should do.
    pub(super) fn is_aside(&self, clause: usize) -> bool {
        self.aside.get(clause).is_none_or(|from| *from < usize::MAX)
    }

    /// Whether a clause, or what leads to it, names information about persons: what is given may stand anywhere in the
    /// sentence.
    pub(super) fn is_personal(&self, clause: usize) -> bool {
        self.personal.get(clause) == Some(&true)
    }

    /// Whether a practice is asserted of us or of the reader: nobody's duty, no advice, no part of a condition.
    pub(super) fn is_said(&self, practice: &Practice) -> bool {
        let inside = |span: &Span| span.start() <= practice.verb.start() && practice.verb.end() <= span.end();
        let conditional = practice.verb.end() > practice.verb.start() && practice.conditions.iter().any(inside);
        let from = self.aside.get(practice.clause).copied().unwrap_or(0);
        practice.span.start().max(practice.verb.start()) < from && !conditional
    }

    /// How plainly a practice says that information comes to us.
    pub(super) fn takes(&self, practice: &Practice, clause: Option<&Clause>) -> u8 {
        if !matches!(practice.mode, Mode::Does | Mode::OnlyIf) || !self.is_said(practice) {
            return 0;
        }
        let led = clause.is_some_and(|c| c.kind == Kind::Row || c.lead().is_some());
        let headed = self.under(practice.clause, About::Taking);
        match (practice.action, practice.actor, practice.sure) {
            (Action::Collect, Actor::We, Sure::Printed) => 4,
            (Action::Collect, Actor::You, Sure::Printed) => 3,
            (Action::Collect, Actor::We | Actor::You, Sure::Inherited) if led || headed => 3,
            (Action::Collect, Actor::We | Actor::You, Sure::Inherited) => 2,
            (Action::Collect, Actor::We | Actor::You, Sure::Guess) => 1 + u8::from(headed),
            (Action::Store | Action::Use, Actor::We, Sure::Printed) if practice.mode == Mode::Does => 2,
            _ => 0,
        }
    }

    /// How plainly a practice says that others get information: what they get is named, or a list or label names them.
    pub(super) fn gives(&self, practice: &Practice) -> u8 {
        if !practice.shares() || !self.is_said(practice) {
            return 0;
        }
        // Without a verb of its own: kinds that the clause names beside one.
        let listed = practice.verb.end() == practice.verb.start();
        let headed = u8::from(self.under(practice.clause, About::Giving));
        match practice.sure {
            _ if !listed && practice.objects.is_empty() && !self.is_personal(practice.clause) => 0,
            Sure::Printed => 4 + headed,
            Sure::Inherited => 2 + headed,
            Sure::Guess => 1 + headed,
        }
    }

    /// How plainly a clause states what a slot tells, by the best of its practices.
    pub(super) fn states(&self, slot: &str, practices: &Practices, clauses: &[Clause], clause: usize) -> u8 {
        let plain = |practice: &Practice| -> u8 {
            let we = practice.actor == Actor::We;
            let told = match (slot, practice.action) {
                ("collect", Action::Collect)
                | ("share", Action::Share | Action::Entrust | Action::Transfer | Action::Publish)
                | ("store", Action::Store)
                | ("abroad", Action::Store | Action::Share | Action::Transfer | Action::SendAbroad)
                | ("retention", Action::Store | Action::Delete)
                | ("permissions", Action::AskPermission | Action::Collect) => we,
                ("rights", Action::May) => practice.actor == Actor::You && practice.mode != Mode::DoesNot,
                _ => false,
            };
            // Who gives gives information; 'we never share' says enough, and so does 'needs no permission'.
            let denied = practice.mode == Mode::DoesNot;
            let headed = || self.under(practice.clause, About::Giving);
            // 'We never share with anybody' needs no word for what.
            let bare =
                denied && practice.sure > Sure::Guess && practice.objects.is_empty() && practice.conditions.is_empty();
            let informs = slot != "share"
                || practice.objects.iter().any(|o| o.generic || o.key.is_some())
                || denied && headed()
                || bare;
            let answers = u8::from(denied && matches!(slot, "share" | "permissions"));
            if !told || !informs || !self.is_said(practice) || slot == "retention" && self.reserves(practice) {
                return 0;
            }
            let plain =
                1 + u8::from(practice.sure == Sure::Printed) + u8::from(!practice.objects.is_empty()).max(answers);
            // Who gets it is told by a clause that says so, if there is one.
            plain - u8::from(denied && slot == "share")
        };
        let best = practices.of(clause).iter().map(plain).max().unwrap_or(0);
        let row = clauses.get(clause).is_some_and(|c| c.kind == Kind::Row);
        if row { 0 } else { best }
    }
}

/// From a word for 'keeps' to the first one for 'right' behind it in the same stretch of a clause.
fn reserved(tokens: &Tokens<'_>, clauses: &[Clause], clause: usize) -> Option<Span> {
    let keeps = tokens.of(clause, group!("card.reserve")).first()?;
    let reading = tokens.clause(clause);
    let end = reading.text.get(keeps.end()..)?.find(|c| is_comma(c) || is_terminal(c));
    let end = end.map_or(reading.text.len(), |end| keeps.end() + end);
    let right = reading.within(group!("card.right"), keeps.end(), end).first()?;
    let base = clauses.get(clause)?.span.start();
    Some(Span::new(base + keeps.start(), base + right.end()))
}

/// Information that a clause says is had of the reader.
#[derive(Clone, Copy, Debug)]
pub(super) struct Had {
    pub object: Object,
    pub clause: usize,
    pub plain: u8,
}

/// What the practices say is had, but for what they deny right behind it; by clause.
pub(super) fn had(stated: &Stated, practices: &Practices, clauses: &[Clause]) -> Vec<Had> {
    let denies = |p: &&Practice| {
        p.actor == Actor::We
            && p.mode == Mode::DoesNot
            && matches!(p.action, Action::Collect | Action::Store | Action::Share | Action::Use)
    };
    let key = |o: &Object| o.key.filter(|_| !o.generic);
    let denied: Vec<(usize, &'static str)> = practices
        .iter()
        .filter(denies)
        .flat_map(|p| p.objects.iter().filter_map(move |o| Some((p.clause, key(o)?))))
        .collect();
    let mut out = Vec::new();
    for practice in practices.iter() {
        let plain = stated.takes(practice, clauses.get(practice.clause));
        if plain == 0 {
            continue;
        }
        let first = denied.partition_point(|d| d.0 < practice.clause);
        let near = denied.get(first..).unwrap_or_default();
        let own = |o: &&Object| !o.generic && !stated.is_talk(practice.clause, o.key);
        for object in practice.objects.iter().filter(own) {
            let mut next = near.iter().take(MOST).take_while(|d| d.0 <= practice.clause + DENIED);
            if !next.any(|d| object.key == Some(d.1)) {
                out.push(Had { object: *object, clause: practice.clause, plain });
            }
        }
    }
    out
}

/// Clauses behind one that takes something in which it may be taken back.
const DENIED: usize = 2;

/// Denied things that are looked at for each that is had.
const MOST: usize = 64;

/// The words of a phrase that make it an item of a kind: they end it, but for a noun for information or a bracket.
pub(super) fn word(phrase: &str, key: &str) -> Option<(usize, usize)> {
    let group = keys!("item.").find(|k| k.0 == key)?.1;
    let reading = Reading::only(phrase, [group]);
    let hit = reading.of(group).last()?;
    let rest = phrase.get(hit.end()..)?;
    let noun = || {
        let nouns = [group!("practice.noun.generic"), group!("practice.noun.relational"), group!("practice.noun.data")];
        let rest = Reading::only(rest, nouns);
        let whole = |g: Group| rest.of(g).iter().any(|h| h.start() == 0 && h.end() == rest.text.len());
        nouns.into_iter().any(whole)
    };
    // "… and number to complete the registration": what it is for follows.
    let aim = || {
        let rest = Reading::only(rest, [group!("practice.aim"), group!("practice.for")]);
        let begins = |g: Group| rest.of(g).first().is_some_and(|h| h.start() == 0);
        begins(group!("practice.aim")) || begins(group!("practice.for"))
    };
    (rest.is_empty() || rest.starts_with(is_opening) || noun() || aim()).then_some((hit.start(), hit.end()))
}

/// Clauses that state several things → as few of them as state all; at most `most`.
pub(super) fn cover(wanted: &[Vec<usize>], most: usize) -> Vec<usize> {
    let mut left: Vec<&Vec<usize>> = wanted.iter().collect();
    let mut out = Vec::new();
    while out.len() < most && !left.is_empty() {
        let mut best: (usize, usize) = (0, 0);
        for clause in left.iter().flat_map(|w| w.iter()) {
            let count = left.iter().filter(|w| w.contains(clause)).count();
            if count > best.0 {
                best = (count, *clause);
            }
        }
        if best.0 == 0 {
            break;
        }
        out.push(best.1);
        left.retain(|w| !w.contains(&best.1));
    }
    out
}

impl Subjects {
    /// How plainly clauses state things.
    pub(super) fn stated(&self) -> &Stated {
        &self.stated
    }
}
