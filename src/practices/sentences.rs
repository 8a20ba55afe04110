//! A clause with what it inherits → its practices: each verb with its frame; `acts`: who does it; `kits` and `kinds`: who else gets
//! something; `handed`: lists without a verb.

mod acts;
mod handed;
mod kinds;
pub(super) mod kits;

use super::frames::{self, Frame};
use super::items::Items;
use super::lists::{self, Member, Trust};
use super::mays;
use super::modes::{self, Told};
use super::names;
use super::own::Own;
use super::roles;
use super::scope::{self, Scope};
use super::subjects::{self, Subject};
use super::verbs::{self, Verb};
use super::words::{Clause, Kind, Segment, Word};
use super::{
    Action, Actor, Class, Given, LONGEST_NAME, May, Mode, Object, Practice, Receiver, Slot, Stretch, Sure, Terms,
    kind_of,
};
use crate::lexicon::{Reading, group, set};
use crate::text::{Span, has, is_comma};

/// A clause and what it goes on with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence<'o> {
    /// Where the clause starts in the document.
    pub base: usize,
    pub index: usize,
    pub lead: Option<Given>,
    pub heading: Option<Given>,
    pub before: Option<Given>,
    /// What the lead-in or the chapter is about, if not information.
    pub terms: Option<Terms>,
    /// Who speaks.
    pub own: &'o Own,
}

/// What was found so far in a clause.
struct Reader<'s, 'r> {
    sentence: &'s Sentence<'s>,
    clause: &'s Clause<'r>,
    scope: &'s Scope,
    items: &'s Items,
    verbs: &'s [Verb],
    /// The subject that the sentence goes on with.
    subject: Option<Subject>,
    /// Up to where the clause has been read.
    reached: usize,
    /// Up to where something is said of information.
    told: usize,
    /// Up to where something is said that is no condition: what opens the sentence bears on its first such verb.
    said: usize,
    /// Where a list ends that the clause opens with.
    listed: usize,
}

impl Sentence<'_> {
    /// Reads the clause's practices; what a list behind it goes on with, and whether it tells only what the reader owes.
    pub fn read(
        &self,
        reading: &Reading<'_>,
        out: &mut Vec<Practice>,
        may: &mut Vec<(usize, May)>,
    ) -> (Option<Given>, bool) {
        let mut clause = Clause::new(reading);
        self.own.parties(&mut clause);
        let scope = Scope::new(&clause);
        let verbs = verbs::find(&clause, &scope);
        let items = Items::new(&clause);
        may.extend(mays::find(&clause, &scope).into_iter().map(|m| (self.index, m)));
        let from = out.len();
        let mut reader = Reader {
            sentence: self,
            clause: &clause,
            scope: &scope,
            items: &items,
            verbs: &verbs,
            subject: None,
            reached: 0,
            told: 0,
            said: 0,
            listed: 0,
        };
        // 'Including A, B': verbs in the list are parts of its names.
        if reader.opens() {
            reader.listed(from, out);
        }
        for at in 0..verbs.len() {
            reader.predicate(at, out);
        }
        let fresh = out.get(from..).unwrap_or_default();
        if fresh.iter().all(|p| p.objects.iter().all(|o| o.generic)) {
            reader.listed(from, out);
        }
        reader.kits(from, out);
        reader.kinds(from, out);
        let owes = reader.owes(from, out);
        (reader.hands_on(out.get(from..).unwrap_or_default()).filter(|_| !owes), owes)
    }

    fn span(&self, stretch: Stretch) -> Span {
        Span::new(self.base + stretch.0, self.base + stretch.1)
    }
}

impl Reader<'_, '_> {
    fn predicate(&mut self, at: usize, out: &mut Vec<Practice>) {
        let (clause, scope) = (self.clause, self.scope);
        let Some(verb) = self.verbs.get(at).filter(|v| v.start >= self.listed) else { return };
        let (start, end) = self.sentence(verb);
        if start > self.reached {
            self.subject = None;
        }
        // A verb inside of another's object has its subject behind that one: 'you let us read what you use'.
        let outer = at.checked_sub(1).and_then(|i| self.verbs.get(i)).map_or(start, |v| v.end.max(start));
        let from = self.reached.max(start);
        let from = if from > verb.start { outer.min(verb.start) } else { from };
        let frame = frames::read(clause, scope, self.items, self.verbs, at, from);
        // A relative clause inside of another's object only says which one is meant.
        let of = |class: Class| verb.parts.iter().all(|p| p.0 == class);
        let plain = verb.parts.iter().all(|p| matches!(p.0, Class::Collect | Class::Give));
        if verb.relative && (verb.start < self.reached || !plain && !of(Class::Use)) {
            return;
        }
        // 'Some products of the kind do it': nobody who has to do with the reader.
        let elsewhere = subjects::elsewhere(clause, verb.start);
        let found = subjects::find(clause, scope, from, verb.start).or_else(|| self.product(verb));
        // 'What may interest you, your information may be shared': what opens the stretch is no doing of its owner.
        let fronted = subjects::fronted(clause, verb.start);
        let owner = |s: &Subject| s.actor == Actor::You && fronted.is_some_and(|from| s.at.0 < from);
        let found = found.filter(|s| !elsewhere && !owner(s));
        // 'The page that you visit': what the reader does is said of the noun alone.
        let reader = found.is_some_and(|s| s.actor == Actor::You);
        if verb.relative && (of(Class::Collect) && reader || of(Class::Use) && !reader) {
            return;
        }
        let conditional = scope.conditional(verb.start);
        if let Some(subject) = found
            && !conditional
            && !verb.relative
        {
            self.subject = Some(subject);
        }
        let before = at.checked_sub(1).and_then(|i| self.verbs.get(i));
        let granted = found.is_none()
            && before.is_some_and(|b| {
                b.end >= from.saturating_sub(LONGEST_NAME) && subjects::granted(clause, b.start, b.end, verb.start)
            });
        let subject = found.or(self.subject.filter(|s| !owner(s))).filter(|s| !granted || s.actor != Actor::You);
        let behind = self.verbs.get(at + 1..).unwrap_or_default();
        let next = behind.iter().find(|v| !v.relative).map_or(clause.reading.text.len(), |v| v.start);
        let until = end.min(next);
        let before = out.len();
        let mut told: Vec<Action> = Vec::new();
        let label = clause.segments.get(verb.segment).map_or(start, |s| s.label);
        let bears = if conditional { from } else { self.said.max(label).min(from) };
        let members = self.members(verb, &frame, subject);
        let recipients = self.recipients(&frame, subject);
        let place = roles::place(clause, verb, &frame);
        for part in &verb.parts {
            let act = self
                .sent(part.0, subject, place)
                .or_else(|| self.act(part.0, subject, &frame, &recipients, &members, conditional, verb));
            let Some((actor, action)) = act else { continue };
            if told.contains(&action) {
                continue;
            }
            // 'We use technology': nothing is said of information.
            if members.is_empty() && place.is_none() && !self.speaks(action, &recipients, verb) {
                continue;
            }
            told.push(action);
            let objects = members.iter().map(|m| self.object(m)).collect();
            let open = if self.joins(verb) { start } else { self.told.max(start) };
            let acts = found.map(|s| s.at.0);
            let told = Told { from, until, open, end, own: found.is_some(), acts, actor, action };
            let (mode, denied) = modes::mode(clause, scope, self.sentence, verb, told);
            let mode = if elsewhere { Mode::Quoted } else { mode };
            let actor = if elsewhere { Actor::Third } else { actor };
            let stretch = (part.1, part.2);
            let practice = Practice {
                clause: self.sentence.index,
                span: self.sentence.span((verb.start, frame.reached.max(verb.end))),
                verb: self.sentence.span(stretch),
                actor,
                subject: subject.map(|s| self.sentence.span(s.at)),
                action,
                mode,
                denied,
                now: clause.reading.before(group!("practice.now"), from, verb.start).is_some(),
                objects,
                recipients: recipients.clone(),
                purposes: self.spans(&scope.purposes, bears, until.max(frame.reached)),
                conditions: self.conditions(verb, bears, until.max(frame.reached)),
                place: place.map(|place| self.sentence.span(place)),
                period: None,
                way: None,
                // Of a list that a line announces, a relative clause only says which is meant.
                sure: if verb.relative && !self.sentence.lead.is_some_and(|l| l.takes()) {
                    Sure::Guess
                } else if frame.direct && found.is_some() {
                    Sure::Printed
                } else {
                    Sure::Inherited
                },
            };
            out.extend(self.beside_permissions(&practice, part.0));
            out.push(practice);
        }
        self.goes_on(verb, &frame, out.len() > before, conditional);
    }

    /// Notes how far the clause has been read, and whether something was told.
    fn goes_on(&mut self, verb: &Verb, frame: &Frame, told: bool, conditional: bool) {
        if told || !verb.relative {
            self.reached = self.reached.max(frame.reached).max(verb.end);
        }
        if told && !verb.relative && !conditional {
            self.said = self.reached;
        }
        // What denies several verbs of one object goes on to the last.
        if told && !frame.chained && !verb.relative {
            self.told = self.reached;
        }
    }

    /// 'Cookies on your computer can note X': they do, and nothing comes to us.
    fn remembers(&self, verb: &Verb) -> bool {
        let clause = self.clause;
        let segment = clause.segments.get(verb.segment).filter(|_| clause.reading.has(group!("cookie")));
        let Some(segment) = segment else { return false };
        let words = clause.within(segment.start, verb.start);
        let modal = words.iter().find(|w| matches!(w.kind, Kind::Modal | Kind::Adverb)).map_or(verb.start, |w| w.start);
        let bare =
            words.iter().all(|w| !matches!(w.kind, Kind::From | Kind::By | Kind::Verb(Class::Use)) || w.start > modal);
        bare && clause.ends(group!("cookie"), modal) && verb.parts.iter().all(|p| p.0.takes_in())
    }

    /// 'We neither post X nor sell Y', 'we do not keep it, or may send it on': 'or' goes on with a denial.
    fn joins(&self, verb: &Verb) -> bool {
        let clause = self.clause;
        clause.within(self.told, verb.start).first().is_some_and(|w| {
            let or = clause.text(w.start, w.end).starts_with(set!("way.or", "or"));
            let same = clause.segment(w.start) == verb.segment && matches!(w.kind, Kind::And | Kind::Modal);
            or && same || w.kind == Kind::And && !has(clause.text(self.told, verb.start), is_comma)
        })
    }

    /// 'We provide X abroad', 'to where you are': somebody there gets it.
    fn sent(&self, class: Class, subject: Option<Subject>, place: Option<Stretch>) -> Option<(Actor, Action)> {
        let actor = subject.map_or(Actor::We, |s| s.actor);
        let leaves = matches!(class, Class::Give | Class::Share) && place.is_some_and(|p| self.leaves(p));
        (leaves && actor != Actor::You).then_some((actor, Action::Share))
    }

    /// Drops what the reader owes, and in lists and chapters on that all but what somebody else is said to do with
    /// information; whether nothing else is left of the clause.
    fn owes(&self, from: usize, out: &mut Vec<Practice>) -> bool {
        let owed = subjects::owed(self.clause);
        let terms = self.sentence.terms;
        if owed.is_empty() && terms.is_none() {
            return false;
        }
        let (clause, base) = (self.clause, self.sentence.base);
        let give = |p: &Practice| clause.starts(group!("practice.verb.give"), p.verb.start() - base);
        let known = |p: &Practice| p.objects.iter().any(|o| o.key.is_some());
        let personal = |p: &Practice| {
            let told = clause.reading.within(group!("practice.personal"), p.span.start() - base, p.span.end() - base);
            !told.is_empty() || known(p)
        };
        let mut own = out.split_off(from);
        own.retain(|p| {
            let place = p.verb.start() - base;
            let next = owed.partition_point(|o| o.at.0 <= place);
            let duty = next.checked_sub(1).and_then(|i| owed.get(i)).filter(|o| place < o.at.1);
            let asked = p.actor == Actor::You && give(p) || matches!(p.action, Action::May | Action::AskPermission);
            let others = p.subject.is_some() && p.actor != Actor::You && personal(p);
            let given = p.actor == Actor::You && give(p) && known(p);
            match (duty, terms) {
                (Some(duty), _) if duty.ban => false,
                (_, Some(Terms::Ban)) => others && duty.is_none(),
                (_, Some(Terms::Chapter)) => given || others && duty.is_none(),
                (Some(_), None) => asked,
                (None, None) => true,
            }
        });
        out.append(&mut own);
        (terms.is_some() || owed.iter().any(|o| o.ban)) && out.len() == from
    }

    /// A name that no list knows, right before the modal of its own segment: it is ours.
    fn product(&self, verb: &Verb) -> Option<Subject> {
        let segment = self.clause.segments.get(verb.segment)?;
        let start = scope::content(self.clause, segment);
        let words = self.clause.within(start, verb.start);
        let first = words.first().filter(|w| matches!(w.kind, Kind::Modal | Kind::Not | Kind::Adverb))?;
        let name = (start, first.start);
        let short = name.1 > name.0 && name.1 - name.0 <= LONGEST_NAME;
        let taken = self.scope.conditional(start) || self.scope.aimed(start);
        let data = self.items.ending(name.0, name.1).is_some()
            || self.clause.ends(group!("practice.noun.data"), name.1)
            || self.clause.ends(group!("practice.noun.generic"), name.1);
        // 'The maintaining unit must not …' is somebody else.
        let party = self.clause.ends(group!("practice.party"), name.1);
        // 'The cook may correct his own information': whoever may do that is the reader.
        let end = segment.end;
        let oneself = !self.clause.reading.within(group!("practice.self"), verb.end, end).is_empty();
        // A company that everybody knows and that does not speak here.
        let known = self.clause.reading.within(group!("company.known"), name.0, name.0 + 1).first();
        let other =
            known.is_some_and(|h| h.end() == name.1 && !self.sentence.own.names(self.clause.text(h.start(), h.end())));
        let actor = match (party || other, oneself) {
            (_, true) => Actor::You,
            (true, false) => Actor::Third,
            (false, false) => Actor::We,
        };
        (short && !taken && !data).then_some(Subject { actor, at: name })
    }

    /// Whether a predicate without an object tells something all the same: to whom, or that a list follows.
    fn speaks(&self, action: Action, recipients: &[Receiver], verb: &Verb) -> bool {
        let leads = || {
            let behind = self.clause.segments.get(verb.segment..).unwrap_or_default();
            behind.last().is_some_and(|s| s.colon)
        };
        match action {
            Action::May
            | Action::Reply
            | Action::Notify
            | Action::AskPermission
            | Action::Store
            | Action::Delete
            | Action::SendAbroad
            | Action::Entrust => true,
            Action::Share | Action::Transfer | Action::Publish => {
                // 'We never share' tells all.
                let before = self.clause.within(0, verb.start).iter().rev();
                let denied = { before }.find(|w| w.kind != Kind::Adverb).is_some_and(|w| w.kind == Kind::Not);
                denied || !recipients.is_empty() || leads()
            }
            Action::Collect | Action::Use | Action::Protect => leads(),
        }
    }

    /// Where the sentence of the verb starts and ends.
    fn sentence(&self, verb: &Verb) -> Stretch {
        self.clause.segments.get(verb.segment).map_or((0, self.clause.reading.text.len()), |s| s.sentence)
    }

    fn spans(&self, stretches: &[Stretch], from: usize, to: usize) -> Vec<Span> {
        scope::among(stretches, from, to).iter().map(|s| self.sentence.span(*s)).collect()
    }

    /// 'We read your account information, network information and the permission for photos': what is no permission is taken.
    fn beside_permissions(&self, practice: &Practice, class: Class) -> Option<Practice> {
        let asks = practice.action == Action::AskPermission && matches!(class, Class::Collect | Class::Use);
        let is_data = |o: &&Object| {
            let end = o.span.end() - self.sentence.base;
            !o.generic
                && self.clause.ends(group!("practice.noun.generic"), end)
                && !self.clause.starts(group!("practice.permission"), end)
                && self
                    .clause
                    .reading
                    .within(group!("practice.permission"), o.span.start() - self.sentence.base, end)
                    .is_empty()
        };
        let objects: Vec<Object> = practice.objects.iter().filter(is_data).copied().collect();
        let action = if class == Class::Use { Action::Use } else { Action::Collect };
        (asks && !objects.is_empty()).then(|| Practice { action, objects, ..practice.clone() })
    }

    /// The conditions of a verb: those before it, and those behind it that no further main clause follows ('if you refuse, you
    /// cannot …' is said of what follows).
    fn conditions(&self, verb: &Verb, from: usize, to: usize) -> Vec<Span> {
        let end = self.sentence(verb).1;
        let says = |w: &Word| matches!(w.kind, Kind::We | Kind::You | Kind::Modal | Kind::Not | Kind::Verb(_));
        let own = |s: &&Stretch| s.0 < verb.end || !self.clause.within(s.1, end).iter().any(says);
        scope::among(&self.scope.conditions, from, to).iter().filter(own).map(|s| self.sentence.span(*s)).collect()
    }

    /// Whether a place is out of the country.
    fn leaves(&self, place: Stretch) -> bool {
        [group!("place.outland"), group!("place.foreign")].into_iter().any(|g| self.clause.starts(g, place.0))
    }

    fn object(&self, member: &Member) -> Object {
        Object { span: self.sentence.span((member.start, member.end)), key: member.key, generic: member.generic }
    }

    /// What the frame of a verb tells of the list that starts at `object`.
    fn trust(&self, verb: &Verb, object: usize, subject: Option<Subject>) -> Trust {
        let all = |group| verb.parts.iter().all(|p| self.clause.is(group, p.1, p.2));
        let please = self.clause.ends(group!("practice.please"), verb.start);
        let provides = self.clause.is(group!("practice.provide"), verb.start, verb.end);
        let reader = please || subject.map_or(!provides, |s| s.actor == Actor::You);
        if verb.relative || object < verb.end || self.scope.conditional(verb.start) {
            let some = verb.parts.iter().any(|p| p.0 == Class::Collect);
            // 'A, B and C are collected by us.'
            let taken =
                all(group!("practice.verb.collect.takes")) && !verb.relative && !self.scope.conditional(verb.start);
            return if taken {
                Trust::Listed
            } else if some {
                Trust::Taken
            } else {
                Trust::Said
            };
        }
        match reader && all(group!("practice.verb.give.asked")) {
            true => Trust::Asked,
            false if all(group!("practice.verb.collect.sure")) => Trust::Collected,
            false if all(group!("practice.verb.collect.takes")) => Trust::Listed,
            false if verb.parts.iter().any(|p| p.0 == Class::Collect) => Trust::Taken,
            false => Trust::Said,
        }
    }

    fn members(&self, verb: &Verb, frame: &Frame, subject: Option<Subject>) -> Vec<Member> {
        let mut out = Vec::new();
        if subject.is_none() && self.remembers(verb) {
            return out;
        }
        if let (Some(first), Some(last)) = (frame.objects.first(), frame.objects.last()) {
            let trust = self.trust(verb, first.0, subject);
            out = lists::members(self.clause, self.items, first.0, last.1, trust);
            let refers = || {
                let these = self.clause.reading.within(group!("practice.these"), first.0, last.1);
                these.iter().any(|h| self.clause.ends(group!("practice.noun.generic"), h.end()))
            };
            if subject.is_none_or(|s| s.actor == Actor::We) && out.iter().any(|m| m.generic) && refers() {
                out.splice(0..0, self.meant(verb, first.0));
            }
        }
        // 'We got a licence': only what is said to be the reader's is information.
        if self.clause.is(group!("practice.verb.collect.yours"), verb.start, verb.end) && !out.iter().any(|m| m.owned) {
            out.clear();
        }
        out
    }
}
