//! The card, line by line.

use super::{Card, distinct};
use crate::annotations::{Category, Context, Kind, Mark};
use crate::facts::CrossBorder;
use crate::lexicon::reading::Reading;
use crate::lexicon::{group, set};
use crate::practices::{Action, Mode, Practice};
use crate::text::Evidenced;

/// How many things a line lists before it says "and so on".
const LISTED: usize = 6;

/// Characters of a name or a way that a line has room for.
const NAME: usize = 24;

/// Clauses of sensitive marks that are looked at for each category: a long text has thousands.
const MOST_WORDS: usize = 64;

/// Whether the words for a way lead anywhere.
fn leads(way: &str) -> bool {
    !Reading::new(way).has(group!("card.way.hollow"))
}

/// Whether words name a whole kind of information ("identity information"), not one of it.
fn is_kind(words: &str) -> bool {
    Reading::new(words).of(group!("card.kind")).last().is_some_and(|hit| hit.end() == words.len())
}

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

    /// What tells most of a person first, in the order of `data/zh/card.txt`; then what stands in most clauses.
    pub(super) fn collect(&mut self) {
        let facts = self.read.facts;
        let order = set!("card.items", "order");
        let mut kinds: Vec<(&'static str, usize, usize)> = Vec::new();
        // What is only used or named beside what is collected counts where nothing else does.
        let sure = facts.data_items.iter().any(|i| i.value.sure && i.value.key != "other");
        for item in facts.data_items.iter().filter(|i| i.value.key != "other" && (i.value.sure || !sure)) {
            let clauses = item.clauses();
            match kinds.iter_mut().find(|kind| kind.0 == item.value.key) {
                Some(known) => known.1 = known.1.max(clauses.len()),
                None => kinds.push((item.value.key, clauses.len(), clauses.first().copied().unwrap_or(0))),
            }
        }
        let rank = |key: &str| order.split(' ').position(|k| k == key).unwrap_or(usize::MAX);
        kinds.sort_by_key(|(key, count, _)| (rank(key), usize::MAX - count));
        let mut names: Vec<String> = kinds.iter().map(|kind| self.messages.title("item", kind.0)).collect();
        if kinds.is_empty() {
            // Of a kind that no list knows: by the policy's words.
            for item in facts.data_items.iter().take(LISTED) {
                names.push(self.own(&item.value.text));
                kinds.push(("other", 1, item.clauses().first().copied().unwrap_or(0)));
            }
        }
        let list = self.list(&names, "say.collect", LISTED, 0);
        if list.is_empty() {
            return self.silent(1, "collect");
        }
        let evidence: Vec<usize> = kinds.iter().map(|kind| kind.2).collect();
        self.say(1, "collect", "say.collect", &[("items", &list)], &evidence);
    }

    /// Words of the policy for each category that is really collected, shared or used; what is only defined or denied is
    /// not named.
    pub(super) fn sensitive(&mut self) {
        let mut found: Vec<(Category, Vec<(&str, usize)>, usize)> = Vec::new();
        let mut spoken: Vec<usize> = Vec::new();
        // What a later version might do, with a new consent, is not done.
        let mut judged = (usize::MAX, false);
        for mark in self.read.marks {
            let Kind::Sensitive { category, context, .. } = mark.kind else { continue };
            let told = matches!(context, Context::Collect | Context::Share | Context::Use);
            if !told || matches!(category, Category::Other | Category::Minors) {
                continue;
            }
            if !self.stated(mark) {
                spoken.push(mark.clause);
                continue;
            }
            if judged.0 != mark.clause {
                let reading = Reading::only(self.text(mark.clause), [group!("context.later"), group!("context.again")]);
                judged = (mark.clause, reading.has(group!("context.later")) && reading.has(group!("context.again")));
            }
            if judged.1 {
                continue;
            }
            let words = self.text(mark.clause).get(mark.start..mark.end).unwrap_or("");
            let at = found.iter().position(|f| f.0 == category).unwrap_or(found.len());
            if at == found.len() {
                found.push((category, Vec::new(), mark.clause));
            }
            let Some((_, known, _)) = found.get_mut(at) else { continue };
            let at = known.iter().position(|(w, _)| *w == words);
            match at {
                Some(at) => known.iter_mut().skip(at).take(1).for_each(|word| word.1 += 1),
                None if known.len() < MOST_WORDS => known.push((words, 1)),
                None => {}
            }
        }
        if found.is_empty() {
            return match spoken.first() {
                Some(_) => self.say(2, "sensitive", "say.spoken", &[], &spoken),
                None => self.silent(2, "sensitive"),
            };
        }
        let order = |c: Category| Category::ALL.iter().position(|other| *other == c);
        found.sort_by_key(|f| order(f.0));
        // A list of its own kind is no name; the longer of equals says more.
        let most = |known: &[(&str, usize)]| {
            let short = known.iter().filter(|(w, _)| w.chars().count() <= 8 && !w.contains(['\u{3001}', '|', ' ']));
            short.max_by_key(|(w, n)| (*n, w.len())).map(|(w, _)| (*w).to_owned())
        };
        let names: Vec<String> = found
            .iter()
            .map(|(c, known, _)| {
                // The kind in daily words, and the policy's own where they say more.
                let title = self.messages.title("sensitive", c.as_str());
                let start: String = title.chars().take(2).collect();
                match most(known).filter(|_| *c != Category::LocationTracking) {
                    // A word for the whole kind says it itself.
                    Some(words) if words.contains(&start) || is_kind(&words) => self.own(&words),
                    Some(words) => self.messages.fill("list.kind", &[("kind", &title), ("words", &self.own(&words))]),
                    None => title,
                }
            })
            .collect();
        let evidence: Vec<usize> = found.iter().map(|f| f.2).collect();
        let list = self.list(&names, "say.sensitive", LISTED, 0);
        self.say(1, "sensitive", "say.sensitive", &[("items", &list)], &evidence);
    }

    /// Whether a practice in the mark's clause is about it: a word beside one nominates, and says nothing.
    fn stated(&self, mark: &Mark) -> bool {
        let Some(base) = self.read.clauses.get(mark.clause).map(|c| c.span.start()) else { return false };
        let (start, end) = (base + mark.start, base + mark.end);
        let acts = |p: &&Practice| {
            !matches!(p.mode, Mode::DoesNot | Mode::Might | Mode::Defined)
                && !matches!(p.action, Action::May | Action::Protect)
        };
        let practices = self.read.practices.of(mark.clause).iter().filter(acts);
        practices.flat_map(|p| &p.objects).any(|o| o.span.start() < end && start < o.span.end() && !o.generic)
    }

    pub(super) fn permissions(&mut self) {
        let (names, evidence) = self.names("permission", &self.read.facts.permissions, |p| p.key);
        let list = self.list(&names, "say.permissions", LISTED + 2, 0);
        if list.is_empty() {
            return self.silent(2, "permissions");
        }
        self.say(2, "permissions", "say.permissions", &[("items", &list)], &evidence);
    }

    /// Who gets it: names, whole, then kinds; a count only beside names.
    pub(super) fn share(&mut self) {
        let facts = self.read.facts;
        let (kinds, mut evidence) = self.names("recipient", &facts.recipient_kinds, |k| k);
        let named: Vec<String> = facts.third_parties.iter().take(NAME).map(|t| self.own(&t.value.name)).collect();
        let short: Vec<String> = named.into_iter().filter(|name| name.chars().count() <= NAME / 2).take(3).collect();
        if short.is_empty() {
            let list = self.list(&kinds, "say.share", LISTED, 0);
            if list.is_empty() {
                return self.silent(1, "share");
            }
            return self.say(1, "share", "say.share", &[("items", &list)], &evidence);
        }
        let total = facts.third_parties.len();
        let mut names = self.messages.join("list.comma", &short);
        if total > short.len() {
            names += &self.messages.fill("list.firms", &[("count", &total.to_string())]);
        }
        let first = facts.third_parties.iter().filter_map(|t| t.clauses().first().copied()).take(2);
        evidence.splice(0..0, first);
        let list = self.list(&kinds, "say.share.both", 4, names.chars().count());
        let key = if list.is_empty() { "say.share.named" } else { "say.share.both" };
        self.say(1, "share", key, &[("items", &list), ("names", &names)], &evidence);
    }

    /// Advertising and profiling, with the way to turn them off.
    pub(super) fn ads(&mut self) {
        let facts = self.read.facts;
        let fired = |rule: &str| self.read.points.iter().find(|p| p.rule == rule && !p.clauses.is_empty());
        let ads = fired("targeted-ads").or_else(|| fired("ad-sharing"));
        let Some(point) = ads.or_else(|| fired("profiling")) else { return };
        let key = if ads.is_some() { "say.ads" } else { "say.ads.profile" };
        let mut evidence = point.clauses.clone();
        let off = facts.rights.iter().find(|r| r.value.right == "opt-out-personalisation");
        let way = off.and_then(|r| r.value.way.as_deref()).filter(|how| how.chars().count() <= NAME && leads(how));
        if let Some(off) = off {
            evidence.truncate(1);
            evidence.extend(off.clauses().first());
        }
        match way.map(|way| self.own(way)) {
            Some(way) => self.say(1, "ads", &format!("{key}.way"), &[("way", &way)], &evidence),
            None if off.is_some() => self.say(1, "ads", &format!("{key}.off"), &[], &evidence),
            None => self.say(1, "ads", key, &[], &evidence),
        }
    }

    /// How to get out: the way to close the account, as printed.
    pub(super) fn way_out(&mut self) {
        let close = self.read.facts.rights.iter().find(|r| r.value.right == "close-account");
        let how =
            close.and_then(|r| r.value.way.as_deref()).filter(|how| how.chars().count() <= NAME + 12 && leads(how));
        if let (Some(close), Some(how)) = (close, how) {
            let way = self.own(how);
            self.say(1, "rights", "say.leave", &[("way", &way)], close.clauses());
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
        // "Not for now; later only …" may be two clauses.
        let now = found.clauses().iter().chain(self.read.subjects.of("abroad")).any(|clause| {
            let reading = Reading::only(self.text(*clause), [group!("card.now"), group!("abroad.never")]);
            reading.has(group!("card.now")) && reading.has(group!("abroad.never"))
        });
        // 'By the rules, or with your consent' promises less than consent.
        let rules =
            found.clauses().iter().any(|clause| Reading::new(self.text(*clause)).has(group!("card.or-consent")));
        let key = match (found.value, now) {
            (CrossBorder::WithConsent, true) if rules => "say.abroad.now-rules",
            (CrossBorder::WithConsent, false) if rules => "say.abroad.with-rules",
            (CrossBorder::None, true) => "say.abroad.now",
            (CrossBorder::None, false) => "say.abroad.none",
            (CrossBorder::WithConsent, true) => "say.abroad.now-consent",
            (CrossBorder::WithConsent, false) => "say.abroad.with-consent",
            (CrossBorder::Exceptions, _) => "say.abroad.exceptions",
            (CrossBorder::Yes, _) => "say.abroad.yes",
        };
        self.say(2, "abroad", key, &[], found.clauses());
    }

    pub(super) fn retention(&mut self) {
        let facts = self.read.facts;
        let Some(period) = facts.retention.first() else {
            let found = self.read.subjects.of("retention").iter().copied();
            let vague =
                { found }.find(|c| Reading::only(self.text(*c), [group!("card.purpose")]).has(group!("card.purpose")));
            return match vague {
                Some(clause) => self.say(2, "retention", "say.retention.vague", &[], &[clause]),
                None => self.silent(2, "retention"),
            };
        };
        let mut words: Vec<String> = Vec::new();
        let mut evidence = Vec::new();
        for period in &facts.retention {
            let Some(duration) = &period.value.duration else { continue };
            let one = self.duration(duration);
            if !words.contains(&one) {
                words.push(one);
                evidence.extend(period.clauses().first());
            }
        }
        if words.is_empty() {
            return self.say(2, "retention", "say.retention.vague", &[], period.clauses());
        }
        let list = self.list(&words, "say.retention", 3, 0);
        self.say(2, "retention", "say.retention", &[("period", &list)], &evidence);
    }

    /// `P3M` in words.
    fn duration(&self, iso: &str) -> String {
        let number: String = iso.chars().filter(char::is_ascii_digit).collect();
        let key = match iso.chars().last() {
            Some('Y') => "period.years",
            Some('M') => "period.months",
            _ => "period.days",
        };
        self.messages.fill(key, &[("count", &number)])
    }

    pub(super) fn rights(&mut self) {
        let facts = self.read.facts;
        let (names, mut evidence) = self.names("right", &facts.rights, |r| r.right);
        if names.is_empty() {
            return self.silent(2, "rights");
        }
        // How soon a complaint is answered says nothing of the rest.
        let complaints = |clause: &usize| {
            let reading = Reading::new(self.text(*clause));
            reading.has(group!("card.complaint")) && !reading.has(group!("card.request"))
        };
        let time = facts.response_time.as_ref().filter(|time| !time.clauses().iter().all(complaints));
        let key = match time.map(|t| t.value.working) {
            Some(true) => "say.rights.working",
            Some(false) => "say.rights.calendar",
            None => "say.rights",
        };
        evidence.splice(0..0, time.iter().flat_map(|t| t.clauses().iter().take(1).copied()));
        let days = time.map(|t| t.value.days.to_string()).unwrap_or_default();
        let list = self.list(&names, key, LISTED + 2, 2);
        self.say(2, "rights", key, &[("items", &list), ("days", &days)], &evidence);
    }

    /// What is asked of whom below which age, as far as the clauses that name the age say.
    pub(super) fn children(&mut self) {
        let facts = self.read.facts;
        let mut ages = vec![facts.child_age.as_ref(), facts.minor_age.as_ref()];
        ages.retain(Option::is_some);
        let mut parts: Vec<String> = Vec::new();
        let mut evidence = Vec::new();
        let mut told: Vec<u32> = Vec::new();
        for age in ages.into_iter().flatten() {
            let Some(asked) = self.asked(age).filter(|_| !told.contains(&age.value)) else { continue };
            told.push(age.value);
            parts.push(self.messages.fill(asked, &[("age", &age.value.to_string())]));
            evidence.extend_from_slice(age.clauses());
        }
        if parts.is_empty() {
            return self.silent(2, "children");
        }
        let list = self.messages.join("list.semicolon", &parts);
        self.say(2, "children", "say.children", &[("parts", &list)], &evidence);
    }

    /// What the clauses that name an age ask of those below it; nothing where they may decide by themselves.
    fn asked(&self, age: &Evidenced<u32>) -> Option<&'static str> {
        let has = |group| age.clauses().iter().any(|c| Reading::new(self.text(*c)).has(group));
        let both = self.read.facts.child_age.as_ref().is_some_and(|child| child.value < age.value);
        if both && has(group!("card.self")) {
            return None;
        }
        let rules = !both && has(group!("card.child-rules"));
        // 'We advise …' asks nothing.
        let advised = has(group!("card.advise")) && !has(group!("card.must"));
        Some(match () {
            () if rules && !has(group!("card.guide")) => "say.children.rules",
            () if advised && has(group!("card.guardian")) => "say.children.advise",
            () if has(group!("card.guardian")) && has(group!("card.agree")) => "say.children.consent",
            () if has(group!("card.guardian")) && has(group!("card.guide")) => "say.children.guide",
            () => "say.children.some",
        })
    }

    pub(super) fn contact(&mut self) {
        let facts = self.read.facts;
        let mut values: Vec<String> = Vec::new();
        let mut evidence = Vec::new();
        for kind in ["email", "phone", "online-service", "address", "web"] {
            if let Some(contact) = facts.contacts.iter().find(|c| c.value.kind == kind)
                && values.iter().map(|v| v.chars().count()).sum::<usize>() + contact.value.value.chars().count() <= 60
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
