//! What practices say is had of the reader → the lines on what is collected and what of it is sensitive.

use super::stated::{self, About, Had, NAMED, PLAIN};
use super::{Card, LINKS, LISTED};
use crate::annotations::{Category, Context, Kind};
use crate::lexicon::reading::Reading;
use crate::lexicon::{group, set};
use crate::practices::{Mode, Object, Practice};
use crate::text::{Span, count, has, is_blank, is_ideograph, is_opening, trim};

/// Clauses that are kept for a thing: any of them may state others, too.
const MOST: usize = 24;

/// Things of a clause that are compared with each of its marks.
const HELD: usize = 128;

/// Characters of a name on the card.
const SHORT: usize = 8;

/// Characters that names of two things may have in common: 'number', 'card'.
const ALIKE: usize = 1;

/// Fewer than so many things need what is stated less plainly beside them.
const FEW: usize = 5;

/// A thing that a line names.
struct Thing {
    /// What it is told apart by.
    key: &'static str,
    /// Its names in the text, each with how plainly and how often it stands there.
    names: Vec<(String, u8, usize)>,
    plain: u8,
    /// The clauses that state it most plainly.
    clauses: Vec<usize>,
}

impl Thing {
    /// Its names: the plainest and most frequent one, and another as plain that has next to nothing in common with it.
    fn names(&self) -> Vec<&str> {
        // Of equals the first.
        let rank = |n: &&(String, u8, usize)| (n.1, n.2);
        let Some(best) = self.names.iter().rev().max_by_key(rank) else { return Vec::new() };
        let apart =
            |n: &&(String, u8, usize)| n.1 == best.1 && n.0.chars().filter(|c| best.0.contains(*c)).count() <= ALIKE;
        let one = set!("card.items", "single").split(' ').any(|k| k == self.key);
        let other = self.names.iter().rev().filter(|n| !one && apart(n)).max_by_key(rank);
        std::iter::once(best).chain(other).map(|n| n.0.as_str()).collect()
    }
}

/// Notes that a clause states a thing.
fn note(things: &mut Vec<Thing>, key: &'static str, name: &str, had: &Had) {
    // What only the policy calls so is of no one kind.
    let alike = |t: &Thing| t.key == key && (key != Category::Other.as_str() || t.names.iter().any(|n| n.0 == name));
    let at = things.iter().position(alike).unwrap_or(things.len());
    if at == things.len() {
        things.push(Thing { key, names: Vec::new(), plain: 0, clauses: Vec::new() });
    }
    let Some(thing) = things.get_mut(at) else { return };
    if had.plain > thing.plain {
        thing.plain = had.plain;
        thing.clauses.clear();
    }
    if had.plain == thing.plain && thing.clauses.len() < MOST && !thing.clauses.contains(&had.clause) {
        thing.clauses.push(had.clause);
    }
    let room = thing.names.len() < MOST;
    match thing.names.iter_mut().find(|n| n.0 == name) {
        Some(known) => {
            known.1 = known.1.max(had.plain);
            known.2 += 1;
        }
        None if room => thing.names.push((name.to_owned(), had.plain, 1)),
        None => {}
    }
}

/// What is stated plainly; the rest only where that is little.
fn choose(things: &mut Vec<Thing>) {
    // What only the policy calls so stands beside what we know.
    let known = |t: &&Thing| t.key != Category::Other.as_str();
    let plain = things.iter().filter(known).filter(|t| t.plain >= PLAIN).count();
    things.retain(|t| t.plain >= if plain >= FEW { PLAIN } else { NAMED });
}

impl Card<'_> {
    /// What tells most of a person first, in the order of `data/zh/card.txt`.
    pub(super) fn collect(&mut self) {
        let mut things: Vec<Thing> = Vec::new();
        for had in self.had() {
            if let Some((key, name)) = had.object.key.and_then(|key| Some((key, self.item(key, had.object.span)?))) {
                note(&mut things, key, &name, &had);
            }
        }
        choose(&mut things);
        let order = set!("card.items", "order");
        let rank = |key: &str| order.split(' ').position(|k| k == key).unwrap_or(usize::MAX);
        things.sort_by_key(|t| (rank(t.key), std::cmp::Reverse(t.clauses.len())));
        let names: Vec<String> = things.iter().map(|t| self.called("item", t)).collect();
        let mut list = self.list(&names, "say.collect", LISTED, 0);
        // What no list knows is collected, too: the list is not closed.
        let more = self.messages.text("list.others");
        let told = |key: &str| things.iter().any(|t| t.key == key);
        if !list.ends_with(more) && self.read.facts.data_items.iter().any(|i| i.value.sure && !told(i.value.key)) {
            list += more;
        }
        if names.is_empty() {
            return self.silent(1, "collect");
        }
        let evidence = self.proofs(&things);
        self.say(1, "collect", "say.collect", &[("items", &list)], &evidence);
    }

    /// What is sensitive of what is had, by the policy's own words.
    pub(super) fn sensitive(&mut self) {
        let mut things: Vec<Thing> = Vec::new();
        let mut told = false;
        let held = self.had();
        for mark in self.read.marks {
            let Kind::Sensitive { category, context, .. } = mark.kind else { continue };
            let meant = matches!(context, Context::Collect | Context::Share | Context::Use);
            if category == Category::Minors {
                continue;
            }
            let base = self.read.clauses.get(mark.clause).map_or(0, |c| c.span.start());
            let marked = Span::new(base + mark.start, base + mark.end);
            // What a later version might do, with a new consent, is not done.
            let might = |p: &Practice| p.mode == Mode::Might && p.hull().meet(marked).is_some();
            if !meant || self.read.practices.of(mark.clause).iter().any(might) {
                continue;
            }
            told = true;
            if category == Category::Other {
                let named = self.read.document.text.slice(marked);
                let words = Reading::only(self.text(mark.clause), [group!("sensitive.declares")]);
                let declared = words.of(group!("sensitive.declares")).iter().any(|h| mark.end <= h.start());
                if Reading::only(named, [group!("sensitive.other.generic")]).has(group!("sensitive.other.generic")) {
                    continue;
                }
                // 'Your number is sensitive': the policy's own word.
                if declared && is_name(named) {
                    let object = Object { span: marked, key: None, generic: false };
                    let had = Had { object, clause: mark.clause, plain: PLAIN };
                    note(&mut things, category.as_str(), &self.own(named), &had);
                    continue;
                }
            }
            let first = held.partition_point(|h| h.clause < mark.clause);
            // A mark may reach over several members of a list.
            for had in held.iter().skip(first).take(HELD).take_while(|h| h.clause == mark.clause) {
                let Some(both) = had.object.span.meet(marked).filter(|b| self.ends(had.object.span, b.end())) else {
                    continue;
                };
                let words = trim(self.read.document.text.slice(both));
                // An address or a click tells little; a record of what was looked at or sought does.
                let tells = category != Category::Browsing || matches!(had.object.key, Some("browsing" | "search"));
                // The type of a document is no number of it.
                let kind = Reading::only(words, [group!("card.mere-kind")]);
                let mere = kind.of(group!("card.mere-kind")).last().is_some_and(|h| h.end() == words.len());
                if tells && !mere && is_name(words) {
                    note(&mut things, category.as_str(), &self.own(words), had);
                }
            }
        }
        choose(&mut things);
        if things.is_empty() {
            // Where it is spoken of without a word on whether it is had, nothing is claimed.
            if !told {
                self.silent(2, "sensitive");
            }
            return;
        }
        let rank = |key: &str| Category::ALL.iter().position(|c| c.as_str() == key);
        things.sort_by_key(|t| rank(t.key));
        let mut names: Vec<String> = things.iter().map(|t| self.called("sensitive", t)).collect();
        names.dedup();
        let mut list = self.list(&names, "say.sensitive", LISTED, 0);
        // What is sensitive depends on what may come of it (PIPL art. 28): no list of kinds is closed.
        let more = self.messages.text("list.others");
        if !list.ends_with(more) {
            list += more;
        }
        let evidence = self.proofs(&things);
        self.say(1, "sensitive", "say.sensitive", &[("items", &list)], &evidence);
    }

    fn had(&self) -> Vec<Had> {
        stated::had(self.read.subjects.stated(), self.read.practices, self.read.clauses)
    }

    /// Whether a phrase is about what ends at a place: nothing but a noun for information follows.
    fn ends(&self, phrase: Span, at: usize) -> bool {
        let end = phrase.end().max(at);
        let rest = self.read.document.text.slice(Span::new(at, end));
        let nouns = [group!("practice.noun.generic"), group!("practice.noun.relational"), group!("practice.noun.data")];
        let reading = Reading::only(rest, nouns);
        rest.is_empty()
            || rest.starts_with(is_opening)
            || nouns.into_iter().any(|g| reading.of(g).iter().any(|h| h.start() == 0 && h.end() == rest.len()))
    }

    /// What an item is called in the text: its phrase where that is short, else the words of its kind.
    fn item(&self, key: &'static str, span: Span) -> Option<String> {
        let phrase = self.read.document.text.slice(span);
        let (from, to) = stated::word(phrase, key)?;
        let word = phrase.get(from..to)?;
        let verbs = [
            group!("practice.adverb"),
            group!("practice.verb.collect"),
            group!("practice.verb.give"),
            group!("practice.verb.right"),
        ];
        let [adverb, collect, give, right] = verbs;
        let whole = Reading::only(phrase, [adverb, collect, give, right, group!("practice.of")]);
        let glued = verbs.into_iter().any(|g| whole.of(g).iter().any(|h| h.start() == 0 && h.end() <= from));
        let name = if is_name(phrase) && !glued && !whole.has(group!("practice.of")) { phrase } else { word };
        // A Latin abbreviation is a means as often as it is information.
        let plain = has(name, is_ideograph) || set!("card.items", "latin").split(' ').any(|k| k == key);
        let name: String = name.chars().filter(|c| !is_blank(*c)).collect();
        plain.then(|| self.own(&name))
    }

    /// A thing as a reader of the card's language knows it: by the policy's words in theirs, else by our name of its kind,
    /// which stands beside them or for them where it is true of all of them.
    fn called(&self, kind: &str, thing: &Thing) -> String {
        let title = self.messages.title(kind, thing.key);
        let names = thing.names();
        if names.is_empty() || !self.messages.lang.starts_with("zh") {
            return title;
        }
        let of = |keys: &str| keys.split(' ').any(|k| k == thing.key);
        let words = self.messages.join("list.comma", &names);
        let start: String = title.chars().take(2).collect();
        match () {
            () if of(set!("card.items", "titled")) => title,
            () if words.contains(&start) => words,
            () if of(set!("card.items", "glossed")) => {
                self.messages.fill("list.kind", &[("kind", &title), ("words", &words)])
            }
            () => words,
        }
    }

    /// The clauses that state the things of a line, those of a heading on it first.
    fn proofs(&self, things: &[Thing]) -> Vec<usize> {
        let stated = self.read.subjects.stated();
        let best = |thing: &Thing| {
            let mut clauses = thing.clauses.clone();
            clauses.sort_by_key(|c| !stated.under(*c, About::Taking));
            clauses
        };
        let wanted: Vec<Vec<usize>> = things.iter().take(LISTED).map(best).collect();
        stated::cover(&wanted, LINKS)
    }
}

/// Whether words are short and whole enough for a line.
fn is_name(words: &str) -> bool {
    count(words) <= SHORT
        && count(words) >= 2
        && !has(words, |c| is_opening(c) || is_blank(c) || matches!(c, '|' | '/' | '\u{3001}' | '_' | '*'))
}
