//! Recipients and what practices say they get → the lines on who gets it and on advertising.

use super::stated::{About, NAMED};
use super::{Card, LISTED, distinct};
use crate::clauses::Kind;
use crate::facts::Recipient;
use crate::lexicon::reading::{Reading, has_word};
use crate::lexicon::{Hit, group, keys, set};
use crate::practices::{Action, Actor, Mode, Practice, Receiver, Sure};
use crate::text::{
    Evidenced, count, find, first, has, is_colon, is_comma, is_opening, is_terminal, is_whole, part, trim,
};

/// Characters of a recipient's name.
const NAME: usize = 16;

/// Recipients that are looked at, and named.
const MOST: usize = 200;
const NAMES: usize = 3;

/// Characters before a verb in which it is denied: what is withheld may be explained at length.
const WITHHELD: usize = 120;

/// Clauses behind a label in which it may be denied.
const DENIED: usize = 2;

/// Characters on either side of a kind that labels its clause.
const LABEL: usize = 12;

/// A kind of recipients.
struct Given {
    /// By its key in data/.
    key: &'static str,
    /// The clause that says most plainly that it gets something.
    clause: usize,
    plain: u8,
    /// What it gets is not said to name nobody.
    of_persons: bool,
}

impl Card<'_> {
    /// Who gets it: names, whole, then kinds.
    pub(super) fn share(&mut self) {
        let mut kinds = self.kinds();
        let named = self.named();
        // Kits that are named are told already.
        kinds.retain(|kind| kind.key != "sdk" || named.is_empty());
        // A kit for ads that gets information: what is said to name nobody is not all that advertisers get.
        let ads = self.read.facts.third_parties.iter().any(|t| t.value.role == "ads" && self.gets(t).is_some());
        kinds.retain(|kind| kind.key != "advertisers" || kind.of_persons || !ads);
        let title = |kind: &Given| {
            let title = self.messages.title("recipient", kind.key);
            if kind.of_persons { title } else { self.messages.fill("list.anonymous", &[("kind", &title)]) }
        };
        let mut titles: Vec<String> = kinds.iter().map(title).collect();
        let mut evidence: Vec<usize> = kinds.iter().map(|k| k.clause).collect();
        // Those that no list has, by the policy's own words, before who is told last.
        let last = |k: &Given| matches!(k.key, "users" | "public" | "media" | "successors" | "authorities");
        let at = kinds.iter().position(last).unwrap_or(kinds.len());
        // Who takes over or demands is no answer where others get it, whoever they are.
        if at == 0
            && let Some(clause) = self.others().filter(|_| named.is_empty())
        {
            titles.insert(0, self.messages.text("list.third").to_owned());
            evidence.insert(0, clause);
        }
        for (name, clause) in self.called_so().into_iter().take(NAMES).rev() {
            if !titles.contains(&name) {
                titles.insert(at, name);
                evidence.insert(at, clause);
            }
        }
        let Some(first) = named.first() else {
            let list = self.list(&titles, "say.share", LISTED, 0);
            if list.is_empty() {
                return self.silent(1, "share");
            }
            return self.say(1, "share", "say.share", &[("items", &list)], &evidence);
        };
        let some: Vec<String> = named.iter().take(NAMES).map(|n| n.0.clone()).collect();
        let mut names = self.messages.join("list.comma", &some);
        // Others that are listed but not sure enough to be named here: the list is not closed.
        let more = self.messages.text("list.others");
        let open = named.len().max(self.read.facts.third_parties.len()) > some.len();
        let clauses = distinct(std::iter::once(first.1).chain(named.iter().take(NAMES).map(|n| n.1)));
        let may = clauses.iter().any(|c| has_word(self.text(*c), group!("card.may")));
        evidence.splice(0..0, clauses.into_iter().take(2));
        if may {
            titles.splice(0..0, some);
            let mut list = self.list(&titles, "say.share", LISTED, 1);
            if open && !list.ends_with(more) {
                list += more;
            }
            return self.say(1, "share", "say.share", &[("items", &list)], &evidence);
        }
        if open {
            names += more;
        }
        let list = self.list(&titles, "say.share.both", 4, count(&names));
        let key = if list.is_empty() { "say.share.named" } else { "say.share.both" };
        self.say(1, "share", key, &[("items", &list), ("names", &names)], &evidence);
    }

    /// Kinds of recipients, each with the clause that says most plainly that it gets something; the plainest first.
    fn kinds(&self) -> Vec<Given> {
        let stated = self.read.subjects.stated();
        let mut found: Vec<Given> = Vec::new();
        // Asked once a clause, which may have many practices.
        let mut persons = (usize::MAX, false);
        for practice in self.read.practices.iter().filter(|p| p.actor == Actor::We && !p.recipients.is_empty()) {
            let plain = stated.gives(practice);
            if plain >= NAMED && persons.0 != practice.clause {
                persons = (practice.clause, self.of_persons(practice.clause));
            }
            if plain < NAMED || self.is_withheld(practice) {
                continue;
            }
            let of_persons = persons.1;
            let anonymous =
                || practice.mode == Mode::Does && has_word(self.text(practice.clause), group!("card.deidentified"));
            let said = practice.verb.end() > practice.verb.start();
            let sure = practice.sure > Sure::Guess && (said || self.lists(practice.clause));
            let told = |r: &&Receiver| {
                (sure || self.is_label(practice.clause, r)) && (said || !self.is_denied(practice.clause, r.kind))
            };
            for key in practice.recipients.iter().take(MOST).filter(told).filter_map(|r| r.kind) {
                // Everybody, and other users, get only what a sentence of ours gives them.
                let wide = matches!(key, "public" | "users" | "media");
                if wide && !(practice.sure == Sure::Printed && practice.mode == Mode::Does) {
                    continue;
                }
                // Advertisers are told even where what they get is said to name nobody.
                if !(of_persons || key == "advertisers" && anonymous()) {
                    continue;
                }
                let given = Given { key, clause: practice.clause, plain, of_persons };
                match found.iter_mut().find(|f| f.key == key) {
                    Some(known) if (known.of_persons, known.plain) < (of_persons, plain) => *known = given,
                    Some(_) => {}
                    None => found.push(given),
                }
            }
        }
        let order = set!("card.recipients", "order");
        let rank = |key: &str| order.split(' ').position(|k| k == key).unwrap_or(order.len());
        // What names nobody is told behind what does, before who is told last.
        found.sort_by_key(|f| if f.of_persons { 2 * rank(f.key) } else { 2 * rank("users") - 1 });
        found
    }

    /// Recipients that a sentence of ours gives something to, told by what they are: 'an insurance company'.
    fn called_so(&self) -> Vec<(String, usize)> {
        let stated = self.read.subjects.stated();
        let mut found: Vec<(String, usize)> = Vec::new();
        for practice in self.read.practices.iter().filter(|p| p.actor == Actor::We && !p.recipients.is_empty()) {
            let plain = practice.sure > Sure::Guess && stated.gives(practice) >= NAMED;
            if !plain || self.is_withheld(practice) || !self.of_persons(practice.clause) {
                continue;
            }
            for receiver in practice.recipients.iter().take(MOST).filter(|r| r.kind.is_none() && !r.name) {
                let words = self.read.document.text.slice(receiver.span);
                let of = Reading::new(words).of(group!("practice.of")).last().map_or(0, Hit::end);
                let name = trim(part(words, of, words.len()));
                if is_called(name) && found.iter().all(|f| f.0 != name) {
                    found.push((self.own(name), practice.clause));
                }
            }
        }
        found
    }

    /// The clause that says most plainly that third parties get something, without a word on who they are.
    fn others(&self) -> Option<usize> {
        let stated = self.read.subjects.stated();
        let gives = |p: &&Practice| {
            let third = |r: &Receiver| {
                let words = self.read.document.text.slice(r.span);
                let words = Reading::only(words, [group!("column.third")]);
                !r.name && r.kind.is_none() && words.has(group!("column.third"))
            };
            p.actor == Actor::We && p.sure > Sure::Guess && p.recipients.iter().take(MOST).any(third)
        };
        let given = self
            .read
            .practices
            .iter()
            .filter(gives)
            .filter(|p| stated.gives(p) >= NAMED && !self.is_withheld(p) && self.of_persons(p.clause));
        given.rev().max_by_key(|p| stated.gives(p)).map(|p| p.clause)
    }

    /// Whether what is given is said to be of persons: not made anonymous, no statistics, and not denied in the same breath.
    fn of_persons(&self, clause: usize) -> bool {
        let denies = |p: &Practice| p.mode == Mode::DoesNot && matches!(p.action, Action::Share | Action::Transfer);
        !has_word(self.text(clause), group!("card.anonymous")) && !self.read.practices.of(clause).iter().any(denies)
    }

    /// 'Not without your consent': what is only withheld is not told as given.
    fn is_withheld(&self, practice: &Practice) -> bool {
        let Some(place) = self.read.clauses.get(practice.clause).filter(|_| practice.mode == Mode::OnlyIf) else {
            return false;
        };
        let before = practice.verb.start().saturating_sub(place.span.start());
        let near = tail(part(self.text(practice.clause), 0, before), WITHHELD);
        has_word(near, group!("practice.not"))
    }

    /// The clause that says that nobody gets anything without the reader's consent, but for some cases.
    pub(super) fn withheld(&self) -> Option<usize> {
        let gives = |p: &&Practice| {
            p.actor == Actor::We
                && matches!(p.action, Action::Share | Action::Transfer | Action::Publish)
                && self.is_withheld(p)
                && has_word(self.text(p.clause), group!("practice.except"))
        };
        self.read.practices.iter().find(gives).map(|p| p.clause)
    }

    /// Whether the clauses behind a label say that those of its kind get nothing.
    fn is_denied(&self, clause: usize, kind: Option<&'static str>) -> bool {
        let denies = |p: &Practice| p.mode == Mode::DoesNot && p.recipients.iter().take(MOST).any(|r| r.kind == kind);
        let bare = self.read.practices.of(clause).iter().all(|p| p.verb.end() == p.verb.start());
        bare && (clause..=clause + DENIED).any(|next| self.read.practices.of(next).iter().any(denies))
    }

    /// Whether kinds that a clause names without a verb of their own get something: a sentence of it gives, or it is a member
    /// of a list.
    fn lists(&self, clause: usize) -> bool {
        let Some(place) = self.read.clauses.get(clause) else { return false };
        let stated = self.read.subjects.stated();
        let gives = |p: &Practice| {
            let verb = p.verb.end() > p.verb.start() && p.sure > Sure::Guess;
            verb && p.actor == Actor::We && stated.gives(p) >= NAMED && !self.is_withheld(p)
        };
        place.kind != Kind::Sentence || place.lead().is_some() || self.read.practices.of(clause).iter().any(gives)
    }

    /// Whether a kind that only a heading makes a recipient is one: it labels its clause, or takes over what is ours, or
    /// demands it.
    fn is_label(&self, clause: usize, receiver: &Receiver) -> bool {
        let Some(place) = self.read.clauses.get(clause) else { return false };
        let text = self.text(clause);
        if matches!(receiver.kind, Some("successors" | "authorities")) {
            return has_word(text, group!("practice.noun.generic"));
        }
        let (from, to) = (receiver.span.start() - place.span.start(), receiver.span.end() - place.span.start());
        let begins = count(part(text, 0, from)) <= LABEL && !has(part(text, 0, from), is_comma);
        let behind = part(text, to, text.len());
        let ends = find(behind, |c| is_colon(c) || is_terminal(c)).unwrap_or(behind.len());
        begins && count(part(behind, 0, ends)) <= LABEL && !has(part(behind, 0, ends), is_comma)
    }

    /// Recipients whose names are surely names, and that surely get something, those that matter most first.
    fn named(&self) -> Vec<(String, usize)> {
        let order = set!("card.recipients", "roles");
        let mut found: Vec<(usize, String, usize)> = Vec::new();
        for known in self.read.facts.third_parties.iter().take(MOST) {
            let name = trim(&known.value.name);
            // What a row calls by its company alone may be a kind of service.
            let kit = known.value.company.as_ref() != Some(&known.value.name);
            let clause = self.gets(known).filter(|c| is_name(name, kit && self.is_row(*c)) && !self.is_own(name));
            let Some(clause) = clause else { continue };
            let rank = order.split(' ').position(|r| r == known.value.role).unwrap_or(usize::MAX);
            // A name and what it is short for are one.
            if found.iter().all(|f| !f.1.contains(name) && !name.contains(&f.1)) {
                found.push((rank, self.own(name), clause));
            }
        }
        found.sort_by_key(|f| f.0);
        found.into_iter().map(|f| (f.1, f.2)).collect()
    }

    /// Whether a name is that of who runs the product, with words of its sentence around it.
    fn is_own(&self, name: &str) -> bool {
        let facts = self.read.facts;
        let own = [facts.controller.as_ref(), facts.product.as_ref()];
        let name = name.to_ascii_lowercase();
        own.into_iter().flatten().any(|own| name.contains(&own.value.to_ascii_lowercase()))
    }

    fn is_row(&self, clause: usize) -> bool {
        self.read.clauses.get(clause).is_some_and(|c| c.kind == Kind::Row)
    }

    /// The clause that says that a named recipient gets something: its row, or a practice whose recipient it is.
    fn gets(&self, recipient: &Evidenced<Recipient>) -> Option<usize> {
        let stated = self.read.subjects.stated();
        // Somebody's kit that a sentence only names is said to get what the sentence takes.
        let takes = |clause: usize| {
            let taken = |p: &Practice| {
                p.action == Action::Collect && !p.objects.is_empty() || p.action == Action::AskPermission
            };
            self.read.practices.of(clause).iter().any(taken)
        };
        let item = |clause: usize| {
            let item = self.read.clauses.get(clause).is_some_and(|c| c.kind != Kind::Sentence);
            item && (stated.under(clause, About::Giving) || self.begins(clause, trim(&recipient.value.name)))
        };
        let known = recipient.value.role != "other";
        let names = |practice: &Practice| {
            practice.shares()
                && practice.sure > Sure::Guess
                && stated.is_said(practice)
                && (practice.verb.end() > practice.verb.start()
                    || !practice.objects.is_empty()
                    || known
                    || item(practice.clause)
                    || takes(practice.clause))
                && practice
                    .recipients
                    .iter()
                    .any(|r| r.name && self.read.document.text.slice(r.span).contains(trim(&recipient.value.name)))
        };
        recipient.clauses().iter().copied().find(|c| self.is_row(*c) || self.read.practices.of(*c).iter().any(names))
    }

    /// Whether a name labels a clause.
    fn begins(&self, clause: usize, name: &str) -> bool {
        let text = self.text(clause);
        text.find(name).is_some_and(|at| count(part(text, 0, at)) <= LABEL)
    }

    /// Advertising and profiling, with the way to turn them off.
    pub(super) fn ads(&mut self) {
        let facts = self.read.facts;
        // A clause that says who does it, before a label.
        let fired = |rule: &str| {
            let point = self.read.points.iter().find(|p| p.rule == rule)?;
            let mut said: Vec<usize> = point.clauses.iter().copied().filter(|c| self.is_ours(*c, false)).collect();
            said.sort_by_key(|c| !self.is_ours(*c, true));
            (!said.is_empty()).then_some(said)
        };
        // What shows what suits the reader shows ads, where it says so.
        let shown = |c: &usize| {
            let denies = |p: &Practice| p.mode == Mode::DoesNot;
            has_word(self.text(*c), group!("attention.targeted-ads.ads"))
                && !self.read.practices.of(*c).iter().any(denies)
        };
        let among = || fired("profiling")?.into_iter().find(shown).map(|clause| vec![clause]);
        let ads = fired("targeted-ads").or_else(|| fired("ad-sharing")).or_else(among);
        let key = if ads.is_some() { "say.ads" } else { "say.ads.profile" };
        let Some(mut evidence) = ads.or_else(|| fired("profiling")) else { return };
        let opts = facts.rights.iter().filter(|r| r.value.right == "opt-out-personalisation");
        let off =
            { opts }.find_map(|r| Some((*r.clauses().iter().find(|c| self.turns_off(**c))?, r.value.way.as_deref())));
        let told = || self.read.points.iter().find(|p| p.rule == "opt-out")?.clauses.first().copied();
        let off = off.or_else(|| Some((told().filter(|c| self.turns_off(*c))?, None)));
        if let Some((clause, _)) = off {
            evidence.truncate(1);
            evidence.push(clause);
        }
        match off.map(|(_, way)| way.and_then(|way| self.way(way))) {
            Some(Some(way)) => self.say(1, "ads", &format!("{key}.way"), &[("way", &way)], &evidence),
            Some(None) => self.say(1, "ads", &format!("{key}.off"), &[], &evidence),
            None => self.say(1, "ads", key, &[], &evidence),
        }
    }

    /// Whether what a clause turns off is personalisation: no permission, no single thing that is shown.
    fn turns_off(&self, clause: usize) -> bool {
        let groups = [
            group!("check.automated.touch"),
            group!("card.single"),
            group!("permission.word"),
            group!("practice.verb.right"),
        ];
        let [about, single, permission, verb] = groups;
        let words = Reading::only(self.text(clause), groups);
        let permits = |verb: &Hit| !words.within(permission, verb.end(), words.stretch(verb.start()).1).is_empty();
        words.has(about) && !words.has(single) && !words.of(verb).iter().any(permits)
    }

    /// Whether a clause says that we do something with information; and prints who does, where that is asked for.
    fn is_ours(&self, clause: usize, printed: bool) -> bool {
        let stated = self.read.subjects.stated();
        let ours = |p: &Practice| {
            (!printed || p.subject.is_some())
                && p.actor != Actor::You
                && matches!(p.mode, Mode::Does | Mode::OnlyIf)
                && !matches!(p.action, Action::May | Action::Delete | Action::Protect)
                && stated.is_said(p)
        };
        self.read.practices.of(clause).iter().any(ours)
    }
}

/// Whether words tell what somebody is: a kind of company or institution, and which.
fn is_called(words: &str) -> bool {
    let reading = Reading::new(words);
    let head = [group!("company.weak"), group!("practice.party"), group!("card.trade")]
        .into_iter()
        .any(|g| reading.of(g).last().is_some_and(|h| h.end() == words.len() && h.start() > 0));
    let vague = [group!("practice.nobody"), group!("practice.not"), group!("practice.we"), group!("practice.and")];
    head && (CALLED_LEAST..=CALLED_MOST).contains(&count(words)) && vague.into_iter().all(|g| !reading.has(g))
}

/// Characters of what somebody is called: 'a court', 'an insurance company'.
const CALLED_LEAST: usize = 3;
const CALLED_MOST: usize = 8;

/// The last `count` characters of a text.
fn tail(text: &str, count: usize) -> &str {
    let start = text.char_indices().nth_back(count.saturating_sub(1)).map_or(0, |(start, _)| start);
    part(text, start, text.len())
}

/// Whether words are a recipient's whole name: no words of a sentence, no torn bracket, no mere kind of kit. What a table
/// names needs no letters that no list knows.
fn is_name(name: &str, row: bool) -> bool {
    let kit = Reading::only(name, [group!("practice.kit")]);
    let stem = kit.of(group!("practice.kit")).last().filter(|h| h.end() == name.len()).map_or(name.len(), Hit::start);
    let stem = trim(part(name, 0, stem));
    let words = Reading::new(stem);
    let opens = |g| words.of(g).first().is_some_and(|h| h.start() == 0);
    let ends = |g| words.of(g).last().is_some_and(|h| h.end() == stem.len());
    let covered = |g| words.of(g).iter().any(|h| h.start() == 0 && h.end() == stem.len());
    let known = words.has(group!("company.known"));
    let latin = stem.chars().filter(char::is_ascii_alphabetic).count() >= LATIN;
    let distinct = row || known || latin || words.unknown() >= UNKNOWN;
    let generic = !distinct
        || !known && keys!("role.").any(|(_, g)| covered(g))
        || covered(group!("card.no-name"))
        || words.has(group!("practice.nobody"))
        || !known && keys!("recipient.").any(|(_, g)| ends(g));
    (2..=NAME).contains(&count(stem))
        && is_whole(name)
        && (ends(group!("company.form")) || !generic)
        && !opens(group!("practice.remark"))
        && !opens(group!("practice.verb.collect"))
        && !is_opening(first(name))
        && !name.ends_with(set!("product.after", "of"))
        && !ends(group!("card.locative"))
}

/// Letters, and characters that no list knows, of which a name has some.
const LATIN: usize = 2;
const UNKNOWN: usize = 2;
