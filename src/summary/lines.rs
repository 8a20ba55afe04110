//! The card, line by line.

use super::{Card, LISTED, distinct};
use crate::clauses::Kind;
use crate::facts::{CrossBorder, Permission, ResponseTime, Right};
use crate::lexicon::reading::{Reading, has_word};
use crate::lexicon::{Group, group, keys, set};
use crate::practices::{Action, Actor, Mode, Practice};
use crate::text::{Evidenced, count, has, is_digit, is_opening, is_terminal, is_whole};

/// Characters of a way that a line has room for.
const WAY: usize = 44;

/// Characters of contacts that a line has room for.
const CONTACTS: usize = 70;

/// Periods of one kind that a line lists.
const LISTED_PERIODS: usize = 3;

/// Rights that need no word for information.
const ALONE: [&str; 4] = ["close-account", "complain", "opt-out-marketing", "opt-out-personalisation"];

/// Characters of what is kept, beside its period.
const ITEM: usize = 10;

/// Bytes between a permission and the word for permissions: a list may stand between the two.
const NEAR: usize = 90;

/// Bytes between what opens a permission and its name: "your", "the device's".
const NEXT: usize = 12;

impl Card<'_> {
    pub(super) fn who(&mut self) {
        let facts = self.read.facts;
        let Some(who) = &facts.controller else { return self.silent(1, "who") };
        let name = self.own(&who.value);
        let product = facts.product.as_ref().map(|p| self.own(&p.value)).filter(|p| !name.contains(p.as_str()));
        match product {
            Some(what) => {
                self.say(1, "who", "say.who.product", &[("controller", &name), ("product", &what)], who.clauses());
            }
            None => self.say(1, "who", "say.who", &[("controller", &name)], who.clauses()),
        }
    }

    pub(super) fn since(&mut self) {
        let facts = self.read.facts;
        match (&facts.updated, &facts.effective, &facts.published) {
            (Some(u), Some(e), _) if u.value != e.value => {
                let both: Vec<usize> = u.clauses().iter().chain(e.clauses()).copied().collect();
                let (u, e) = (self.messages.date(&u.value), self.messages.date(&e.value));
                self.say(2, "since", "say.since.both", &[("updated", &u), ("effective", &e)], &both);
            }
            (_, Some(date), _) => self.date("say.since.effective", date),
            (Some(date), ..) => self.date("say.since.updated", date),
            (_, _, Some(date)) => self.date("say.since.published", date),
            _ => self.silent(2, "since"),
        }
    }

    fn date(&mut self, key: &str, date: &Evidenced<String>) {
        let day = self.messages.date(&date.value);
        self.say(2, "since", key, &[("date", &day)], date.clauses());
    }

    /// Permissions that are surely asked for, those that open most of a life first.
    pub(super) fn permissions(&mut self) {
        let mut asked: Vec<Evidenced<&'static str>> = Vec::new();
        for known in &self.read.facts.permissions {
            if asked.iter().any(|a| a.value == known.value.key) {
                continue;
            }
            let clause = known.clauses().iter().copied().find(|c| self.is_asked(*c, &known.value));
            asked.extend(clause.map(|clause| Evidenced::new(known.value.key, clause)));
        }
        let order = set!("card.permissions", "order");
        asked.sort_by_key(|a| order.split(' ').position(|key| key == a.value).unwrap_or(usize::MAX));
        let (names, evidence) = self.names("permission", &asked, |key| key);
        let mut list = self.list(&names, "say.permissions", LISTED + 2, 0);
        if list.is_empty() {
            return self.silent(2, "permissions");
        }
        // A sentence may ask for others, in words of its own: the list is not closed.
        let more = self.messages.text("list.others");
        if !list.ends_with(more) {
            list += more;
        }
        self.say(2, "permissions", "say.permissions", &[("items", &list)], &evidence);
    }

    /// Whether a clause asks for a permission: a row, a practice of asking, or the word beside the permission's name.
    fn is_asked(&self, clause: usize, permission: &Permission) -> bool {
        let stated = self.read.subjects.stated();
        let row = self.read.clauses.get(clause).is_some_and(|c| c.kind == Kind::Row);
        let asks = |p: &Practice| {
            p.action == Action::AskPermission && p.actor != Actor::Third && p.mode != Mode::DoesNot && stated.is_said(p)
        };
        if permission.sure || row || self.read.practices.of(clause).iter().any(asks) {
            return true;
        }
        let text = self.text(clause);
        let words = Reading::only(text, [group!("permission.word"), group!("practice.verb.ask")]);
        text.match_indices(permission.text.as_str()).take(LISTED).any(|(at, name)| {
            let near = |hit: &crate::lexicon::Hit| {
                let (from, to) = if hit.start() >= at { (at + name.len(), hit.start()) } else { (hit.end(), at) };
                let between = text.get(from..to).unwrap_or("");
                from <= to && to - from <= NEAR && !has(between, is_terminal)
            };
            let opens = |hit: &crate::lexicon::Hit| hit.end() <= at && at - hit.end() <= NEXT;
            let relational = group!("practice.noun.relational");
            let behind = Reading::only(text.get(at + name.len()..).unwrap_or(""), [relational]);
            let part = behind.of(relational).first().is_some_and(|h| h.start() == 0);
            !part
                && (words.of(group!("permission.word")).iter().any(near)
                    || words.of(group!("practice.verb.ask")).iter().any(opens))
        })
    }

    /// A way that can be gone: it names a place, a label, a number or an address, and points nowhere else.
    pub(super) fn way(&self, way: &str) -> Option<String> {
        // A quote that only opens the way.
        let bare = way.trim_start_matches(is_opening);
        let way = if is_whole(way) { way } else { bare };
        let words = Reading::only(way, [group!("card.place"), group!("card.way.hollow")]);
        let label = |c| {
            matches!(c, '\u{3010}' | '\u{201c}' | '\u{300c}' | '\u{300a}' | '"' | '>' | '\u{203a}' | '@' | '\u{2192}')
        };
        let exact = words.has(group!("card.place")) || has(way, label) || way.matches(is_digit).count() >= 5;
        // A torn bracket, or an arrow that leads nowhere: the way is cut.
        let whole = is_whole(way) && !way.ends_with(['-', '\u{2014}', '>']);
        (exact && whole && count(way) <= WAY && !words.has(group!("card.way.hollow"))).then(|| self.own(way))
    }

    /// How to get out: the way to close the account, as printed.
    pub(super) fn way_out(&mut self) {
        let close = self.read.facts.rights.iter().find(|r| r.value.right == "close-account");
        let way = close.and_then(|r| r.value.way.as_deref()).and_then(|way| self.way(way));
        if let (Some(close), Some(way)) = (close, way) {
            // The clauses that print it, step by step.
            let prints = |clause: &usize| way.split(" \u{203a} ").any(|step| self.text(*clause).contains(step));
            let mut printed = close.clauses().to_vec();
            if printed.iter().any(prints) {
                printed.retain(prints);
            }
            self.say(1, "rights", "say.leave", &[("way", &way)], &printed);
        }
    }

    pub(super) fn store(&mut self) {
        match &self.read.facts.storage_location {
            Some(place) => {
                let name = self.own(&place.value);
                self.say(2, "store", "say.store", &[("place", &name)], place.clauses());
            }
            None => self.silent(2, "store"),
        }
    }

    pub(super) fn abroad(&mut self) {
        let Some(found) = &self.read.facts.cross_border else { return self.silent(2, "abroad") };
        // "Not for now; later only …".
        let (now, denied) = (self.read.facts.abroad_for_now, self.read.facts.abroad_denied);
        let or = found.clauses().iter().any(|c| has_word(self.text(*c), group!("card.or-consent")));
        let except = found.clauses().iter().any(|c| has_word(self.text(*c), group!("card.but-for")));
        let key = match (found.value, now) {
            (CrossBorder::WithConsent, true) if or => "say.abroad.now-rules",
            (CrossBorder::WithConsent, false) if or && denied => "say.abroad.not-rules",
            (CrossBorder::WithConsent, false) if or => "say.abroad.with-rules",
            (CrossBorder::None, true) => "say.abroad.now",
            (CrossBorder::None, false) => "say.abroad.none",
            (CrossBorder::WithConsent, _) if except => "say.abroad.with-except",
            (CrossBorder::WithConsent, true) => "say.abroad.now-consent",
            (CrossBorder::WithConsent, false) if denied => "say.abroad.not-consent",
            (CrossBorder::WithConsent, false) => "say.abroad.with-consent",
            (CrossBorder::Exceptions, _) => "say.abroad.exceptions",
            (CrossBorder::Yes, _) => "say.abroad.yes",
        };
        self.say(2, "abroad", key, &[], found.clauses());
    }

    /// What is said of all information, the periods that are printed, and what the law demands; that no period is printed is
    /// said only where none is.
    pub(super) fn retention(&mut self) {
        let periods = &self.read.facts.retention;
        let all = periods.iter().find(|period| period.value.duration.is_none());
        let all = all.and_then(|period| Some((period.value.closing, *period.clauses().first()?))).or_else(|| {
            let mut found = self.read.subjects.of("retention").iter();
            found.find(|c| self.keeps(**c) && has_word(self.text(**c), group!("card.purpose"))).map(|c| (false, *c))
        });
        let mut parts = Vec::new();
        let mut evidence = Vec::new();
        if let Some((closing, clause)) = all {
            let groups =
                [group!("retain.law"), group!("retain.closing"), group!("retain.account"), group!("retain.longer")];
            let words = Reading::only(self.text(clause), groups);
            let longer = words.has(group!("retain.longer"));
            // What the law permits it does not demand.
            let law =
                !longer && words.has(group!("retain.law")) && !words.text.contains(set!("retain.longer", "permits"));
            // "As long as you use it we keep it. Once you close the account, we do not."
            let next = self.read.clauses.get(clause + 1).map(|c| (c.block(), self.text(clause + 1)));
            let next = next.filter(|n| self.read.clauses.get(clause).is_some_and(|c| c.block() == n.0));
            let closed = next.is_some_and(|n| has_word(n.1, group!("retain.closing")));
            let lives = closed || words.has(group!("retain.closing")) || words.has(group!("retain.account"));
            let key = match () {
                () if closing && lives && !longer => "say.retention.account",
                () if closing && law => "say.retention.use-law",
                () if closing => "say.retention.use",
                () if law => "say.retention.law",
                () => "say.retention.vague",
            };
            parts.push(self.messages.text(key).to_owned());
            if longer {
                parts.push(self.messages.text("say.retention.longer").to_owned());
            }
            evidence.push(clause);
        }
        let general = parts.len();
        let (words, clauses) = self.durations();
        let list = self.list(&words, "say.retention.periods", LISTED_PERIODS, 0);
        if !list.is_empty() {
            parts.push(self.messages.fill("say.retention.periods", &[("period", &list)]));
            evidence.extend(clauses);
        }
        // What the law demands at the least is no period of the company's own.
        if let Some(law) = periods.iter().find(|period| period.value.statutory) {
            parts.push(self.messages.text("say.retention.statutory").to_owned());
            evidence.extend(law.clauses().first());
        }
        let timed = |clause: &usize| crate::facts::is_timed(self.text(*clause));
        if parts.is_empty() {
            return self.silent(2, "retention");
        }
        if parts.len() == general && !self.read.subjects.of("retention").iter().any(timed) {
            parts.push(self.messages.text("say.retention.open").to_owned());
        }
        let list = self.messages.join("list.semicolon", &parts);
        self.say(2, "retention", "say.retention", &[("parts", &list)], &evidence);
    }

    /// The periods that are printed as the company's own, each with what limits it, and their clauses.
    fn durations(&self) -> (Vec<String>, Vec<usize>) {
        let (mut words, mut evidence): (Vec<String>, Vec<usize>) = (Vec::new(), Vec::new());
        for period in self.read.facts.retention.iter().filter(|period| !period.value.statutory) {
            let Some(duration) = &period.value.duration else { continue };
            let mut one = self.duration(duration);
            for (key, limited) in [("period.least", period.value.least), ("period.closing", period.value.closing)] {
                if limited {
                    one = self.messages.fill(key, &[("period", &one)]);
                }
            }
            // What is kept so long, where that is not all of it.
            let own = period.clauses().first().map_or(&[][..], |c| self.read.practices.of(*c));
            let named =
                own.iter().filter(|p| matches!(p.action, Action::Store | Action::Delete)).flat_map(|p| &p.objects);
            let named = named.filter(|o| !o.generic).map(|o| self.read.document.text.slice(o.span));
            let item = { named }.find(|item| count(item) <= ITEM && period.value.text.contains(item));
            if let Some(item) = item.filter(|_| !words.contains(&one)) {
                one = self.messages.fill("period.of", &[("item", &self.own(item)), ("period", &one)]);
            }
            if !words.contains(&one) {
                words.push(one);
                evidence.extend(period.clauses().first());
            }
        }
        (words, evidence)
    }

    /// `P3M` in words.
    fn duration(&self, iso: &str) -> String {
        let number: String = iso.chars().filter(char::is_ascii_digit).collect();
        let key = match iso.chars().last() {
            Some('Y') => "period.years",
            Some('M') => "period.months",
            Some('H') => "period.hours",
            _ => "period.days",
        };
        self.messages.fill(key, &[("count", &number)])
    }

    /// Whether a clause says that we keep information, or delete it.
    fn keeps(&self, clause: usize) -> bool {
        let Self { read, .. } = self;
        read.subjects.stated().states("retention", read.practices, read.clauses, clause) > 0
    }

    /// What the reader may do, each with the clause that says so most plainly.
    pub(super) fn rights(&mut self) {
        let facts = self.read.facts;
        let mut granted: Vec<Evidenced<&'static str>> = Vec::new();
        for right in &facts.rights {
            if let Some(clause) = self.grants(right) {
                granted.push(Evidenced::new(right.value.right, clause));
            }
        }
        let (names, mut evidence) = self.names("right", &granted, |right| right);
        if names.is_empty() {
            return self.silent(2, "rights");
        }
        let time = facts.response_time.as_ref().filter(|time| self.is_general(time.clauses()));
        let key = match time.map(|t| t.value.working) {
            Some(true) => "say.rights.working",
            Some(false) => "say.rights.calendar",
            None => "say.rights",
        };
        let answers = |t: &Evidenced<ResponseTime>| {
            let general = t.clauses().iter().find(|c| self.is_general(&[**c]));
            general.or(t.clauses().first()).copied()
        };
        evidence.splice(0..0, time.and_then(answers));
        let days = time.map(|t| t.value.days.to_string()).unwrap_or_default();
        let list = self.list(&names, key, LISTED + 2, 2);
        self.say(2, "rights", key, &[("items", &list), ("days", &days)], &evidence);
    }

    /// Whether a time is one for all requests: none for complaints alone, or for a single one of the rights.
    fn is_general(&self, clauses: &[usize]) -> bool {
        let groups = [group!("card.complaint"), group!("card.request"), group!("card.question")];
        let mut rights: Vec<&str> = Vec::new();
        clauses.iter().any(|clause| {
            let words =
                Reading::only(self.text(*clause), groups.into_iter().chain(keys!("right.").map(|right| right.1)));
            let named = |right: &(&str, Group)| !matches!(right.0, "complain" | "heading" | "may");
            let of = keys!("right.").filter(|right| named(right) && words.has(right.1));
            let before = rights.len();
            rights.extend(of.map(|right| right.0));
            let one = rights.len() > before && rights.iter().all(|right| Some(right) == rights.first());
            words.has(group!("card.question"))
                || !one && (!words.has(group!("card.complaint")) || words.has(group!("card.request")))
        })
    }

    /// The clause that grants a right: it binds nobody, and speaks of information or prints the way.
    fn grants(&self, right: &Evidenced<Right>) -> Option<usize> {
        let binds_nobody = |clause: &&usize| !self.read.subjects.stated().is_aside(**clause);
        let about = [group!("practice.noun.generic"), group!("grant.object"), group!("grant.consent")];
        let told = |clause: &&usize| {
            let words = Reading::only(self.text(**clause), about);
            ALONE.contains(&right.value.right) || about.into_iter().any(|g| words.has(g))
        };
        let leads = || right.clauses().first().filter(binds_nobody).filter(|_| right.value.way.is_some());
        right.clauses().iter().filter(binds_nobody).find(told).or_else(leads).copied()
    }

    pub(super) fn contact(&mut self) {
        let facts = self.read.facts;
        let mut values: Vec<String> = Vec::new();
        let mut evidence = Vec::new();
        for kind in ["email", "phone", "online-service", "address", "web"] {
            // A page tells least.
            if let Some(contact) = facts.contacts.iter().find(|c| c.value.kind == kind)
                && values.iter().map(|v| count(v)).sum::<usize>() + count(&contact.value.value) <= CONTACTS
                && (kind != "web" || values.len() < 2)
            {
                values.push(self.own(&contact.value.value));
                evidence.extend(contact.clauses().first());
            }
        }
        if values.is_empty() {
            return self.silent(2, "contact");
        }
        let list = self.messages.join("list.comma", &values);
        self.say(2, "contact", "say.contact", &[("items", &list)], &evidence);
    }

    fn names<T>(
        &self,
        group: &str,
        values: &[Evidenced<T>],
        key: impl Fn(&T) -> &'static str,
    ) -> (Vec<String>, Vec<usize>) {
        let mut names: Vec<String> = Vec::new();
        let mut evidence = Vec::new();
        for value in values {
            // Of a kind that no list knows.
            if key(&value.value) == "other" {
                continue;
            }
            let name = self.messages.title(group, key(&value.value));
            if !names.contains(&name) {
                names.push(name);
                evidence.extend(value.clauses().first().copied());
            }
        }
        (names, distinct(evidence))
    }
}
