//! A verb, its subject and its frame → who does what with the information, and who gets it.

use super::Reader;
use super::{Frame, Kind, Member, Subject, Verb, Word, kind_of, names};
use crate::lexicon::{Hit, group, keys};
use crate::practices::{Action, Actor, Class, Receiver, Stretch};

/// Bytes of what the reader does, and of whom it is done with.
const CHOSEN: usize = 18;
const WHOM: usize = 42;

/// What one signs in with.
const SIGNS: [&str; 7] = ["email", "face", "fingerprint", "id-document", "nickname", "password", "phone"];

impl Reader<'_, '_> {
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
        let near = |of: &Hit| of.start() - from <= CHOSEN && end > of.end() && end - of.end() <= WHOM;
        let party = clause.ends(group!("practice.party"), end) || kind_of(clause.reading, from, to).is_some();
        of.is_some_and(near) && (party || !thing && clause.within(from, end).iter().all(|w| w.kind != Kind::Toward))
    }

    /// Who is named in the frame, but for the reader and ourselves.
    pub(super) fn recipients(&self, frame: &Frame, subject: Option<Subject>) -> Vec<Receiver> {
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
    pub(super) fn act(
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
        // 'The model, the permissions of apps, the log': one of a list is no permission that is asked for, nor one in a bracket.
        let asks = |from, to| {
            let words = self.clause.reading.within(group!("practice.permission"), from, to);
            words.iter().rfind(|h| !self.clause.masked(h.start()))
        };
        let asked = frame.objects.iter().filter(|o| asks(o.0, o.1).is_some()).any(|o| {
            let end = self.clause.segments.get(self.clause.segment(o.1)).map_or(o.1, |s| s.end);
            asks(o.0, end).is_some_and(|h| !self.clause.text(h.end(), o.1).contains('\u{3001}'))
        });
        let reader = named == Some(Actor::You);
        let companies = [group!("company.form"), group!("company.known")];
        let foreign = frame
            .recipients
            .iter()
            .any(|r| companies.iter().any(|g| self.clause.reading.after(*g, r.0, r.1).is_some()));
        let fronted = frame.recipients.first().is_some_and(|r| r.0 < verb.start);
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
                // 'The reports that we provide'.
                let ours = |s: Subject| s.actor == Actor::We && s.at.1 == verb.start && verb.relative;
                if subject.is_some_and(ours)
                    || offers && other && !asked && !to(Kind::We)
                    || named == Some(Actor::We) && members.iter().all(unknown)
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
            // 'We check your name with Example'.
            Class::Use if actor == Actor::We && recipients.iter().any(|r| r.name) && !to(Kind::You) && fronted => {
                (actor, Action::Share)
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
}
