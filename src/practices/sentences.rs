//! A clause with what it inherits → its practices.

use super::frames::{self, Frame};
use super::items::Items;
use super::lists::{self, Member, Trust};
use super::modes::{self, Told};
use super::names;
use super::roles;
use super::scope::{self, Scope};
use super::subjects::{self, Subject};
use super::verbs::{self, Verb};
use super::words::{Clause, Kind, Segment, Word};
use super::{
    Action, Actor, Class, Given, LONGEST_NAME, Mode, Object, Practice, Receiver, Slot, Stretch, Sure, Terms, kind_of,
};
use crate::lexicon::{Hit, Reading, group, keys, set};
use crate::text::{Span, has, is_comma, is_letter};

/// A clause and what it goes on with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence {
    /// Where the clause starts in the document.
    pub base: usize,
    pub index: usize,
    pub lead: Option<Given>,
    pub heading: Option<Given>,
    pub before: Option<Given>,
    /// What the lead-in or the chapter is about, if not information.
    pub terms: Option<Terms>,
}

/// What was found so far in a clause.
struct Reader<'s, 'r> {
    sentence: &'s Sentence,
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
    /// Where a list ends that the clause opens with.
    listed: usize,
}

impl Sentence {
    /// Reads the clause's practices; what a list behind it goes on with, and whether it tells only what the reader owes.
    pub fn read(&self, reading: &Reading<'_>, out: &mut Vec<Practice>) -> (Option<Given>, bool) {
        let clause = Clause::new(reading);
        let scope = Scope::new(&clause);
        let verbs = verbs::find(&clause, &scope);
        let items = Items::new(&clause);
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
            listed: 0,
        };
        // 'Including A, B': verbs in the list are parts of its names.
        if reader.opens() {
            reader.listed(out);
        }
        for at in 0..verbs.len() {
            reader.predicate(at, out);
        }
        let fresh = out.get(from..).unwrap_or_default();
        if fresh.iter().all(|p| p.objects.iter().all(|o| o.generic)) {
            reader.listed(out);
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

/// Bytes of what the reader does, and of whom it is done with.
const CHOSEN: usize = 18;

/// What one signs in with.
const SIGNS: [&str; 7] = ["email", "face", "fingerprint", "id-document", "nickname", "password", "phone"];

/// Recipients of a clause that are compared with others of it.
const MOST_TOLD: usize = 50;

impl Reader<'_, '_> {
    fn predicate(&mut self, at: usize, out: &mut Vec<Practice>) {
        let (clause, scope) = (self.clause, self.scope);
        let Some(verb) = self.verbs.get(at).filter(|v| v.start >= self.listed) else { return };
        let start = self.sentence_start(verb);
        if start > self.reached {
            self.subject = None;
        }
        // A verb inside of another's object has its subject behind that one: 'you let us read what you use'.
        let outer = at.checked_sub(1).and_then(|i| self.verbs.get(i)).map_or(start, |v| v.end.max(start));
        let from = self.reached.max(start);
        let from = if from > verb.start { outer.min(verb.start) } else { from };
        let frame = frames::read(clause, scope, self.items, self.verbs, at, from);
        // A relative clause inside of another's object only says which one is meant.
        let plain = verb.parts.iter().all(|p| matches!(p.0, Class::Collect | Class::Give));
        if verb.relative && (verb.start < self.reached || !plain) {
            return;
        }
        // 'Some products of the kind do it': nobody who has to do with the reader.
        let elsewhere = subjects::elsewhere(clause, verb.start);
        let found = subjects::find(clause, scope, from, verb.start).or_else(|| self.product(verb));
        let found = found.filter(|_| !elsewhere);
        // 'What may interest you, your information may be shared': what opens the stretch is no doing of its owner.
        let fronted = subjects::fronted(clause, verb.start);
        let owner = |s: &Subject| s.actor == Actor::You && fronted.is_some_and(|from| s.at.0 < from);
        let found = found.filter(|s| !owner(s));
        // 'The page that you visit': what the reader does is said of the noun alone.
        let takes = verb.parts.iter().all(|p| p.0.takes_in());
        if verb.relative && takes && found.is_some_and(|s| s.actor == Actor::You) {
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
        let until = self.sentence_end(verb).min(next);
        let before = out.len();
        let mut told: Vec<Action> = Vec::new();
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
            let end = self.sentence_end(verb);
            let told = Told { from, until, open, end, own: found.is_some(), acts, actor, action };
            let mode = if elsewhere { Mode::Quoted } else { modes::mode(clause, scope, self.sentence, verb, told) };
            let actor = if elsewhere { Actor::Third } else { actor };
            let stretch = (part.1, part.2);
            out.push(Practice {
                clause: self.sentence.index,
                span: self.sentence.span((verb.start, frame.reached.max(verb.end))),
                verb: self.sentence.span(stretch),
                actor,
                subject: subject.map(|s| self.sentence.span(s.at)),
                action,
                mode,
                now: clause.reading.before(group!("practice.now"), from, verb.start).is_some(),
                objects,
                recipients: recipients.clone(),
                purposes: self.spans(&scope.purposes, from, until.max(frame.reached)),
                conditions: self.spans(&scope.conditions, from, until.max(frame.reached)),
                place: place.map(|place| self.sentence.span(place)),
                period: None,
                way: None,
                sure: if verb.relative {
                    Sure::Guess
                } else if frame.direct && found.is_some() {
                    Sure::Printed
                } else {
                    Sure::Inherited
                },
            });
        }
        if out.len() > before || !verb.relative {
            self.reached = self.reached.max(frame.reached).max(verb.end);
        }
        // What denies several verbs of one object goes on to the last.
        if out.len() > before && !frame.chained && !verb.relative {
            self.told = self.reached;
        }
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
        let actor = match (party, oneself) {
            (_, true) => Actor::You,
            (true, false) => Actor::Third,
            (false, false) => Actor::We,
        };
        (short && !taken && !data).then_some(Subject { actor, at: name })
    }

    /// 'To the hospital that you chose': behind the reader's verb somebody, not what is offered.
    fn chosen(&self, from: usize, to: usize) -> bool {
        let clause = self.clause;
        let of = clause.reading.within(group!("practice.of"), from, to).last();
        let end = clause.mask(from, to).map_or(to, |m| m.0);
        let nouns = [
            group!("practice.noun.data"),
            group!("practice.noun.generic"),
            group!("practice.noun.none"),
            group!("practice.noun.relational"),
        ];
        let thing = nouns.into_iter().chain(keys!("item.").map(|k| k.1)).any(|g| clause.ends(g, end));
        let near = |of: &Hit| of.start() - from <= CHOSEN && end > of.end() && end - of.end() <= CHOSEN;
        let party = clause.ends(group!("practice.party"), end) || kind_of(clause.reading, from, to).is_some();
        of.is_some_and(near) && (party || !thing && clause.within(from, end).iter().all(|w| w.kind != Kind::Toward))
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
    fn sentence_start(&self, verb: &Verb) -> usize {
        let before = self.clause.segments.get(..verb.segment).unwrap_or_default();
        before.iter().rev().find(|s| s.last).map_or(0, |s| s.end)
    }

    fn sentence_end(&self, verb: &Verb) -> usize {
        let from = self.clause.segments.get(verb.segment..).unwrap_or_default();
        from.iter().find(|s| s.last).map_or(self.clause.reading.text.len(), |s| s.end)
    }

    fn spans(&self, stretches: &[Stretch], from: usize, to: usize) -> Vec<Span> {
        scope::among(stretches, from, to).iter().map(|s| self.sentence.span(*s)).collect()
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
        let reader = please || subject.is_some_and(|s| s.actor == Actor::You);
        if verb.relative || object < verb.end || self.scope.conditional(verb.start) {
            let some = verb.parts.iter().any(|p| p.0 == Class::Collect);
            return if some { Trust::Taken } else { Trust::Said };
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
        if let (Some(first), Some(last)) = (frame.objects.first(), frame.objects.last()) {
            let trust = self.trust(verb, first.0, subject);
            out = lists::members(self.clause, self.items, first.0, last.1, trust);
        }
        out
    }

    /// Who is named in the frame, but for the reader and ourselves.
    fn recipients(&self, frame: &Frame, subject: Option<Subject>) -> Vec<Receiver> {
        let mut out = Vec::new();
        if self.hosts(frame) {
            return out;
        }
        for &(from, to) in &frame.recipients {
            names::receivers(self.clause, self.sentence.base, from, to, &mut out);
        }
        if let Some(subject) = subject.filter(|s| s.actor == Actor::Third && out.is_empty()) {
            let (start, end) = subject.at;
            let kind = kind_of(self.clause.reading, start, end);
            out.push(Receiver { span: self.sentence.span(subject.at), kind, name: false, listed: false });
        }
        out
    }

    /// Who does what: the verb's class by its subject and its frame.
    fn act(
        &self,
        class: Class,
        subject: Option<Subject>,
        frame: &Frame,
        recipients: &[Receiver],
        members: &[Member],
        conditional: bool,
        verb: &Verb,
    ) -> Option<(Actor, Action)> {
        let named = subject.map(|s| s.actor);
        let given = self.sentence.lead.or(self.sentence.before).map(|g| g.actor);
        let actor = named.or(given.filter(|a| *a == Actor::Third)).unwrap_or(Actor::We);
        // 'To our partners', 'to those whom we charge with it' is not to us.
        let own = |w: &Word, kind: Kind, to: usize| {
            let of = self.clause.reading.within(group!("practice.of"), w.end, to);
            // 'The school that you go to' is not the reader.
            let which = |of: &&Hit| of.start() > w.end && !self.clause.within(w.end, of.start()).is_empty();
            w.kind == kind
                && if kind == Kind::We && !verb.relative {
                    of.is_empty()
                } else {
                    of.first().is_none_or(|of| which(&of)) && !self.chosen(w.end, to)
                }
        };
        let to = |kind: Kind| {
            frame.recipients.iter().any(|r| self.clause.within(r.0, r.0 + 1).iter().any(|w| own(w, kind, r.1)))
        };
        let asked =
            frame.objects.iter().any(|o| self.clause.reading.after(group!("practice.permission"), o.0, o.1).is_some());
        let reader = named == Some(Actor::You);
        let companies = [group!("company.form"), group!("company.known")];
        let foreign = frame
            .recipients
            .iter()
            .any(|r| companies.iter().any(|g| self.clause.reading.after(*g, r.0, r.1).is_some()));
        let near = subject.is_some_and(|s| self.clause.segment(s.at.0) == verb.segment);
        Some(match class {
            Class::Ask if asked => (if reader { Actor::You } else { Actor::We }, Action::AskPermission),
            Class::Collect | Class::Use if asked && !reader => (actor, Action::AskPermission),
            Class::Collect if reader && near && !conditional => (Actor::You, Action::May),
            // 'We look up, correct or delete it as you ask.'
            Class::Collect if !reader && verb.parts.iter().any(|p| p.0 == Class::Right) => return None,
            Class::Collect if reader => (Actor::We, Action::Collect),
            Class::Collect => (actor, Action::Collect),
            Class::Give if to(Kind::You) || to(Kind::Reader) => return None,
            // 'You give Example your name': nobody else's word, kind or company is said.
            Class::Give if reader && recipients.iter().all(|r| r.kind.is_none()) && !to(Kind::Third) && !foreign => {
                (Actor::You, Action::Collect)
            }
            Class::Give if recipients.is_empty() || to(Kind::We) || self.hosts(frame) => {
                if named == Some(Actor::Third) {
                    return None;
                }
                // 'We provide music', 'provided by Example': nothing of the reader's comes in.
                let segment = self.clause.segments.get(verb.segment)?;
                let before = self.clause.within(segment.start, verb.start);
                let unknown = |m: &Member| m.generic || m.key.is_none();
                let asked = before.last().is_some_and(|w| w.kind == Kind::You && w.end == verb.start)
                    || self.clause.ends(group!("practice.need"), verb.start);
                let offers = self.clause.is(group!("practice.provide"), verb.start, verb.end) && !verb.relative;
                let other = named == Some(Actor::We) || before.iter().any(|w| w.kind == Kind::By);
                if offers && other && !asked && !to(Kind::We) || named == Some(Actor::We) && members.iter().all(unknown)
                {
                    return None;
                }
                (Actor::You, Action::Collect)
            }
            // 'The bracelet sends us your pulse.'
            // What somebody that we work with sends us, both have.
            Class::Share if !reader && (to(Kind::We) && !self.partner(verb) || self.hosts(frame)) => {
                (Actor::We, Action::Collect)
            }
            Class::Share if to(Kind::You) => return None,
            Class::Give | Class::Share if self.returns(frame) => return None,
            Class::Give | Class::Share => (actor, Action::Share),
            Class::Entrust => (actor, Action::Entrust),
            Class::Transfer => (actor, Action::Transfer),
            Class::Publish => (actor, Action::Publish),
            // 'We advise you: please use a password …' is advice.
            Class::Use if self.clause.ends(group!("practice.owed.please"), verb.start) => return None,
            // 'You sign in with your telephone number.'
            Class::Use if reader => {
                let signs = |m: &Member| m.key.is_some_and(|key| SIGNS.contains(&key));
                members.iter().any(signs).then_some((Actor::You, Action::Collect))?
            }
            Class::Use => (actor, Action::Use),
            // 'When you use it abroad, it is kept there'.
            Class::Store => (if reader && !near { Actor::We } else { actor }, Action::Store),
            // 'Your own trades across the border'.
            Class::Abroad if reader && near && !conditional => return None,
            Class::Abroad => (if reader { Actor::We } else { actor }, Action::SendAbroad),
            // 'Example may ask you to correct it.'
            Class::Delete | Class::Right if subject.is_some_and(|s| self.needed(s)) => return None,
            Class::Delete | Class::Right if reader => (Actor::You, Action::May),
            Class::Delete => (actor, Action::Delete),
            Class::Protect => (actor, Action::Protect),
            Class::Ask | Class::Right => return None,
            Class::Reply => (actor, Action::Reply),
            Class::Notify => (actor, Action::Notify),
        })
    }

    /// Whether others want the reader to do it.
    fn needed(&self, subject: Subject) -> bool {
        let reader = |w: &Word| matches!(w.kind, Kind::You | Kind::Reader);
        let (start, end) = subject.at;
        self.clause.within(start, end).iter().any(reader) && self.clause.ends(group!("practice.need"), start)
    }

    /// Whether the segment of a verb names somebody of a kind that gets information.
    fn partner(&self, verb: &Verb) -> bool {
        let start = self.clause.segments.get(verb.segment).map_or(0, |s| s.start);
        kind_of(self.clause.reading, start, verb.start).is_some()
    }

    /// Whether all who get it are machines that nobody owns: 'to the server', 'to the cloud' is to us.
    fn hosts(&self, frame: &Frame) -> bool {
        let host = |r: &Stretch| self.clause.is(group!("practice.host"), r.0, r.1);
        !frame.recipients.is_empty() && frame.recipients.iter().all(host)
    }

    /// Whether it goes to a thing of the reader's, or to an address: nobody else gets it.
    fn returns(&self, frame: &Frame) -> bool {
        let clause = self.clause;
        let thing = |r: &Stretch| {
            let own = clause
                .within(r.0, r.0 + 1)
                .iter()
                .any(|w| matches!(w.kind, Kind::You | Kind::Reader) && clause.starts(group!("practice.of"), w.end));
            let ends =
                [group!("practice.thing"), group!("practice.noun.data")].into_iter().any(|g| clause.ends(g, r.1));
            own && ends || clause.ends(group!("practice.noun.own"), r.1)
        };
        !frame.recipients.is_empty() && frame.recipients.iter().all(thing)
    }

    /// Kits of others that the clause names are in the product: they get what it says they collect.
    fn kits(&self, from: usize, out: &mut Vec<Practice>) {
        let mut kits = names::kits(self.clause, self.sentence.base);
        if kits.is_empty() {
            names::told(self.clause, self.sentence.base, &mut kits);
        }
        let sharing = |g: &Given| matches!(g.action, Action::Share | Action::Entrust) && g.mode != Mode::DoesNot;
        if kits.is_empty() && self.sentence.lead.or(self.sentence.heading).is_some_and(|g| sharing(&g)) {
            names::labelled(self.clause, self.sentence.base, &mut kits);
        }
        if kits.is_empty() && self.sentence.lead.is_some_and(|l| l.slot == Slot::Kits) {
            names::item(self.clause, self.sentence.base, &mut kits);
        }
        kits.sort_by_key(|kit| kit.span.end());
        let Some(first) = kits.first() else { return };
        self.by_kits(&kits, out.get_mut(from..).unwrap_or_default());
        let third = |p: &&mut Practice| p.actor == Actor::Third && p.action == Action::Collect && p.shares();
        if let Some(practice) = out.get_mut(from..).unwrap_or_default().iter_mut().find(third) {
            practice.recipients.retain(|r| r.name);
            practice.recipients.extend(kits);
            return;
        }
        let span = first.span;
        out.push(Practice {
            recipients: kits,
            sure: Sure::Inherited,
            ..Practice::new(self.sentence.index, span, Actor::Third, Action::Collect)
        });
    }

    /// 'We have built in Example's kit, which collects', 'Example SDK: … needs to collect': the kit does it, unless we are
    /// named beside the verb.
    fn by_kits(&self, kits: &[Receiver], practices: &mut [Practice]) {
        let (clause, base) = (self.clause, self.sentence.base);
        for practice in practices {
            let verb = practice.verb.start();
            let own = clause.segment(verb - base);
            let before = kits.partition_point(|kit| kit.span.end() <= verb);
            let same = |kit: &&Receiver| {
                let between = clause.segments.get(clause.segment(kit.span.end() - base)..own);
                between.is_some_and(|s| s.iter().rev().all(|s| !s.last))
            };
            let Some(kit) = before.checked_sub(1).and_then(|at| kits.get(at)).filter(same) else { continue };
            let ours = |s: Span| clause.segment(s.start() - base) == own && s.meet(kit.span).is_none();
            let taken = practice.actor == Actor::We && practice.action == Action::Collect;
            if taken && practice.verb.end() > verb && !practice.subject.is_some_and(ours) {
                practice.actor = Actor::Third;
            }
        }
    }

    /// Kinds of recipients that a clause on giving names outside of its verbs' frames; who takes over, who demands.
    fn kinds(&self, from: usize, out: &mut Vec<Practice>) {
        let fresh = out.get(from..).unwrap_or_default();
        let titled = self
            .sentence
            .heading
            .is_some_and(|h| matches!(h.action, Action::Share | Action::Entrust) && h.mode != Mode::DoesNot);
        let shares = fresh.iter().any(Practice::shares);
        let denies = fresh.iter().any(|p| matches!(p.mode, Mode::DoesNot | Mode::Might));
        if !(shares || titled) || denies {
            return;
        }
        let (clause, end) = (self.clause, self.clause.reading.text.len());
        let mut found: Vec<Receiver> = Vec::new();
        // What the reader publishes is a case that needs no consent.
        let cases = self.sentence.lead.is_some_and(|l| l.slot == Slot::Nothing);
        let barred = |key: &str| key == "public" && cases;
        for (key, group) in keys!("recipient.").filter(|k| !barred(k.0)) {
            let hits = clause.reading.of(group);
            found.extend(hits.iter().filter(|h| self.receives(h, shares)).map(|h| Receiver {
                span: self.sentence.span((h.start(), h.end())),
                kind: Some(key),
                name: false,
                listed: false,
            }));
        }
        // The bracket of a kind may list names.
        let kinds: Vec<Receiver> = found.iter().filter(|r| !r.name).copied().collect();
        for kind in kinds {
            let at = kind.span.end() - self.sentence.base;
            if let Some((open, close)) = clause.mask(at, at + 1) {
                names::listed(clause, self.sentence.base, kind.kind, open, close, &mut found);
            }
        }
        let merger = clause.reading.of(group!("practice.merger")).first();
        let demand = clause.reading.of(group!("practice.demand")).first();
        for (hit, key) in [(merger, "successors"), (demand, "authorities")] {
            let span = hit.map(|h| self.sentence.span((h.start(), h.end())));
            found.extend(span.map(|span| Receiver { span, kind: Some(key), name: false, listed: false }));
        }
        // Those of the verbs' own frames are told already.
        let told = out.get(from..).unwrap_or_default().iter().flat_map(|p| &p.recipients).copied().collect::<Vec<_>>();
        found.retain(|r| !told.iter().take(MOST_TOLD).any(|t| t.span.meet(r.span).is_some() && t.kind == r.kind));
        if found.is_empty() {
            return;
        }
        let span = self.sentence.span((0, end));
        let sure = if shares { Sure::Inherited } else { Sure::Guess };
        let sharing = Practice::new(self.sentence.index, span, Actor::We, Action::Share);
        out.push(Practice { recipients: found, sure, ..sharing });
    }

    /// Whether a kind of recipient that is named somewhere in a clause on giving gets something: it stands behind a preposition,
    /// in a list or at the start of a label; it owns nothing, and nothing is done for or with it.
    fn receives(&self, hit: &Hit, shares: bool) -> bool {
        let clause = self.clause;
        let reading = clause.reading;
        if self.scope.aimed(hit.start()) || clause.starts(group!("practice.of"), hit.end()) {
            return false;
        }
        let Some(segment) = clause.segments.get(clause.segment(hit.start())) else { return false };
        let start = scope::content(clause, segment);
        // 'What you publish yourself', 'from your carrier'.
        let theirs = clause.within(start, hit.start()).iter().rev().find(|w| match w.kind {
            Kind::You | Kind::Reader => {
                let which = clause.reading.after(group!("practice.of"), w.end, hit.start()).is_some();
                !which && !scope::is_dative(clause, w)
            }
            Kind::If => clause.is(group!("practice.if.you"), w.start, w.end),
            Kind::We => true,
            _ => false,
        });
        if theirs.is_some_and(|w| w.kind != Kind::We) {
            return false;
        }
        let from = clause.within(start, hit.start()).iter().rfind(|w| matches!(w.kind, Kind::From | Kind::Toward));
        if from.is_some_and(|w| clause.is(group!("practice.source"), w.start, w.end)) {
            return false;
        }
        // Back over what belongs to the same list.
        let back = clause
            .within(start, hit.start())
            .iter()
            .rev()
            .find(|w| !matches!(w.kind, Kind::And | Kind::Of | Kind::Opaque | Kind::Third | Kind::We));
        let guarded = reading.before(group!("practice.verb.protect"), start, hit.start()).is_some();
        if guarded {
            return false;
        }
        match back.map(|w| w.kind) {
            Some(Kind::With | Kind::Toward | Kind::Include | Kind::Such | Kind::Etc) => true,
            // A label, or a list at the start of its segment.
            None => !shares || segment.colon || segment.last && clause.segments.len() == 1,
            _ => false,
        }
    }

    /// A clause that is a list, under a lead-in or a heading, or behind a sentence that it goes on with.
    fn listed(&mut self, out: &mut Vec<Practice>) {
        let clause = self.clause;
        let nothing = |g: &Given| matches!(g.slot, Slot::Nothing | Slot::Kits);
        let Some(given) = self.inherits().filter(|g| !nothing(g)) else { return };
        let led = self.sentence.lead.is_some_and(|l| l.slot == Slot::Items);
        let members = match self.stretch(led) {
            Some((from, to)) if led || given.mode == Mode::DoesNot => lists::led(clause, self.items, from, to),
            Some((from, to)) => lists::members(clause, self.items, from, to, Trust::Said),
            None => return,
        };
        let (Some(first), Some(last)) = (members.first(), members.last()) else { return };
        if members.iter().all(|m| m.generic) {
            return;
        }
        let end = clause.reading.text.len();
        self.listed = last.end;
        out.push(Practice {
            mode: given.mode,
            objects: members.iter().map(|m| self.object(m)).collect(),
            purposes: self.spans(&self.scope.purposes, 0, end),
            conditions: self.spans(&self.scope.conditions, 0, end),
            sure: given.sure,
            ..Practice::new(self.sentence.index, self.sentence.span((first.start, last.end)), given.actor, given.action)
        });
    }

    /// Where the list is that the clause opens with: behind its label, or the label itself where no list is behind it.
    fn stretch(&self, led: bool) -> Option<Stretch> {
        let clause = self.clause;
        let (mut found, mut label): (Option<Stretch>, Option<Stretch>) = (None, None);
        for segment in &clause.segments {
            let Some(end) = self.list_end(segment) else { break };
            let from = scope::content(clause, segment);
            let (data, all) = lists::weigh(clause, self.items, from, end);
            // 'Device information: model, …': what stands before the colon only heads the list.
            if segment.colon && !segment.last {
                (found, label) = (None, Some((from, end)));
                continue;
            }
            let plain = led && found.is_none() && all > 0 && self.names(from, end);
            if !plain && (data == 0 || data * 2 < all) {
                break;
            }
            found = Some((found.map_or(from, |f| f.0), end));
            if end < segment.end || segment.last {
                break;
            }
        }
        found.or(label.filter(|_| led))
    }

    /// Whether a stretch only names something: no verb is in it.
    fn names(&self, from: usize, to: usize) -> bool {
        self.verbs.iter().all(|v| v.start < from || v.start >= to)
    }

    /// Whether the clause goes on with the sentence before: 'including …', 'such as …', 'these are …'.
    fn opens(&self) -> bool {
        self.clause.segments.first().is_some_and(|s| {
            let at = scope::content(self.clause, s);
            self.clause.within(at, at + 1).iter().any(|w| matches!(w.kind, Kind::Include | Kind::Such))
                || self.clause.starts(group!("practice.these"), at)
        })
    }

    /// From whom a list without a verb has its verb: the lead-in, the sentence before it, the heading.
    fn inherits(&self) -> Option<Given> {
        let before = self.sentence.before.filter(|_| self.opens());
        self.sentence.lead.or(before).or(self.sentence.heading)
    }

    /// Where the list in a segment ends; `None` where it is no list.
    fn list_end(&self, segment: &Segment) -> Option<usize> {
        let clause = self.clause;
        let mut end = segment.end;
        for word in clause.of(segment) {
            let stops = match word.kind {
                Kind::We | Kind::You => {
                    // 'What we use' is not the reader's.
                    let taken = |v: &Verb| {
                        word.kind == Kind::You || v.parts.iter().any(|p| matches!(p.0, Class::Collect | Class::Store))
                    };
                    let relative = self.verbs.iter().any(|v| v.relative && v.start == word.end && taken(v));
                    // 'The place where you are'.
                    let owned = clause.within(word.end, segment.end).first().is_some_and(|w| w.kind == Kind::Of);
                    !relative && !owned
                }
                Kind::For | Kind::Modal | Kind::Not | Kind::If | Kind::Take => true,
                _ => self.scope.aimed(word.start) || self.scope.conditional(word.start),
            };
            if stops {
                end = end.min(word.start);
            }
        }
        (end > segment.start).then_some(end)
    }

    /// What a list behind the clause goes on with: the last practice's, if what stands before the colon asks for data.
    fn hands_on(&self, own: &[Practice]) -> Option<Given> {
        let clause = self.clause;
        let segment = clause.segments.last()?;
        let situation = clause.reading.within(group!("practice.noun.situation"), segment.start, segment.end).last();
        let data = clause.reading.within(group!("practice.noun.generic"), segment.start, segment.end).last();
        let asks = data.map_or(0, crate::lexicon::Hit::end) >= situation.map_or(0, crate::lexicon::Hit::end);
        // 'We collect the following information:', 'you give us your data, which are:'.
        let before = |at: usize| {
            let includes = clause.within(at, segment.end).iter().filter(|w| w.kind == Kind::Include);
            includes.map(|w| w.start).min().unwrap_or(segment.end)
        };
        let listed = data.is_some_and(|d| !clause.text(d.end(), before(d.end())).chars().any(is_letter));
        let slot = match (asks, own.last()) {
            (false, _) => Slot::Nothing,
            (true, Some(practice)) if listed && practice.collects() => Slot::Items,
            _ => Slot::Objects,
        };
        // 'We have built in the following kits:'.
        let kit = clause.reading.within(group!("practice.kit"), segment.start, segment.end).last();
        let kits = kit.is_some_and(|k| !clause.text(k.end(), before(k.end())).chars().any(is_letter));
        if kits && clause.reading.has(group!("practice.embed")) {
            let (actor, action) = (Actor::Third, Action::Collect);
            return Some(Given { actor, action, mode: Mode::Does, slot: Slot::Kits, sure: Sure::Inherited });
        }
        let given = match own.last() {
            _ if modes::withheld(clause, self.scope, own, self.sentence.base) => return Some(modes::NEVER),
            Some(practice) => Given::on(practice),
            None => self.sentence.lead.or(self.sentence.heading)?,
        };
        // 'We do not, but in these cases': what is listed is done.
        if given.mode == Mode::DoesNot && clause.reading.has(group!("practice.except")) {
            return Some(Given { slot: Slot::Nothing, mode: Mode::Does, sure: Sure::Inherited, ..given });
        }
        Some(Given { slot, sure: Sure::Inherited, ..given })
    }
}
