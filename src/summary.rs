//! Facts, marks and points → the card: short plain lines in two tiers, each with the clauses it rests on, or saying that
//! the policy is silent.
//!
//! The sentences are templates of data/ui (`say.…`, `silent.…`); what is filled in was read from the policy. Silence is
//! a claim as any other: where a subject is spoken of without what a line would tell, the line quotes a clause.

mod given;
mod lines;
mod minors;
mod stated;
mod subjects;
mod taken;

use crate::annotations::{Mark, Point};
use crate::blocks::Document;
use crate::clauses::{Clause, Kind};
use crate::facts::Facts;
use crate::lexicon::messages::{Messages, messages};
use crate::lexicon::reading::Reading;
use crate::lexicon::script::Simplified;
use crate::lexicon::{group, keys};
use crate::plain::plain;
use crate::practices::{Action, Actor, Mode, Practice, Practices, Sure};
use crate::text::{count, is_letter, last, part, trim};
use stated::About;

pub use subjects::Subjects;

/// A line of the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it answers: `who`, `collect`, …
    pub slot: &'static str,
    /// At most [`LIMIT`] characters.
    pub text: String,
    /// Indices of clauses; empty where the policy is silent.
    pub evidence: Vec<usize>,
    /// 1: seen at a glance; 2: with all points.
    pub tier: u8,
}

/// The most characters of a line.
pub const LIMIT: usize = 80;

/// Lines of a card at most.
const MOST: usize = 14;

/// How many things a line lists before it says "and so on".
const LISTED: usize = 6;

/// Clauses that a line links.
const LINKS: usize = 4;

/// Characters of a clause that are quoted.
const QUOTED: usize = 56;

/// Characters of a line that may have been broken off: shorter ones are titles and labels.
const WRAPPED: usize = 20;

/// Clauses on a subject that are looked at for one to quote.
const SPOKEN: usize = 64;

/// Subjects that a practice alone speaks of.
const BY_PRACTICE: [&str; 3] = ["collect", "rights", "share"];

/// Subjects of which a denial alone says all: no permission is asked for, nothing is kept any longer.
const BY_DENIAL: [&str; 2] = ["permissions", "retention"];

/// What the card is made from.
#[derive(Clone, Copy, Debug)]
pub struct Read<'a> {
    /// The text.
    pub document: &'a Document,
    /// Its clauses.
    pub clauses: &'a [Clause],
    /// What it states.
    pub facts: &'a Facts,
    /// What is sensitive in it.
    pub marks: &'a [Mark],
    /// What is worth attention.
    pub points: &'a [Point],
    /// Where its subjects are spoken of.
    pub subjects: &'a Subjects,
    /// Who does what in it.
    pub practices: &'a Practices,
    /// What it was written in, where it was read in other characters.
    pub simplified: Option<&'a Simplified>,
}

/// Writes the card, the lines of the first tier first.
#[must_use]
pub fn compose(read: Read<'_>, lang: &str) -> Vec<Line> {
    let mut card = Card { read, messages: messages(lang), lines: Vec::new() };
    card.who();
    card.collect();
    card.sensitive();
    card.share();
    card.ads();
    card.way_out();
    card.since();
    card.permissions();
    card.store();
    card.abroad();
    card.retention();
    card.rights();
    card.children();
    card.contact();
    let mut lines = card.lines;
    lines.sort_by_key(|line| line.tier);
    // There are as many subjects as lines, and two that not every policy has: what it does not say gives way.
    while lines.len() > MOST {
        let silent = lines.iter().rposition(|line| line.evidence.is_empty()).unwrap_or(lines.len() - 1);
        lines.remove(silent);
    }
    lines
}

/// The card of a policy that cannot be read: what is sure, and no word about what it does not say.
#[must_use]
pub fn sure(read: Read<'_>, lang: &str) -> Vec<Line> {
    let mut card = Card { read, messages: messages(lang), lines: Vec::new() };
    card.who();
    card.since();
    card.contact();
    card.lines.retain(|line| !line.evidence.is_empty());
    card.lines
}

/// What points say is written in the language of the labels, and says no more than their clauses do.
pub fn tell(points: &mut [Point], facts: &Facts, lang: &str) {
    let messages = messages(lang);
    for point in points {
        let time = facts.response_time.as_ref().filter(|time| {
            point.rule == "reply-time"
                && point.said.is_empty()
                && time.clauses().iter().any(|c| point.clauses.contains(c))
        });
        let key = match time {
            Some(time) if time.value.working => "attention.reply-time.working".to_owned(),
            Some(_) => "attention.reply-time.calendar".to_owned(),
            None => format!("attention.{}{}", point.rule, point.said),
        };
        let days = time.map(|time| time.value.days.to_string()).unwrap_or_default();
        let text = messages.fill(&key, &[("days", &days)]);
        let text = if text.is_empty() { messages.title("attention", point.rule) } else { text };
        point.text = if point.third { messages.fill("attention.third", &[("what", &text)]) } else { text };
    }
}

struct Card<'a> {
    read: Read<'a>,
    messages: Messages,
    lines: Vec<Line>,
}

impl<'a> Card<'a> {
    /// Adds a line of the first tier (1) or the second (2).
    fn say(&mut self, tier: u8, slot: &'static str, key: &str, values: &[(&str, &str)], evidence: &[usize]) {
        let mut text = self.messages.fill(key, values);
        if text.chars().count() > LIMIT {
            text = text.chars().take(LIMIT - 1).collect::<String>() + "\u{2026}";
        }
        if !text.is_empty() {
            let mut evidence = distinct(evidence.iter().copied());
            evidence.truncate(LINKS);
            self.lines.push(Line { slot, text, evidence, tier });
        }
    }

    /// Nothing is known of the slot: where a clause states something of its subject, it is quoted; where the subject is only
    /// spoken of, that is said.
    fn silent(&mut self, tier: u8, slot: &'static str) {
        let found = self.read.subjects.of(slot);
        // A practice speaks of it by whatever words; what is only done among other things is no statement.
        let (practice, denial) = (BY_PRACTICE.contains(&slot), BY_DENIAL.contains(&slot));
        let all = 0..if practice || denial { self.read.clauses.len() } else { 0 };
        let told =
            all.filter(|&clause| if practice { self.states(slot, clause) > 1 } else { self.denies(slot, clause) });
        // What stands under a heading on giving says more of it than what is said of it in passing.
        let headed = |clause| slot == "share" && self.read.subjects.stated().under(clause, About::Giving);
        let mut stating: Vec<(u8, usize)> = distinct(found.iter().copied().chain(told).take(SPOKEN))
            .into_iter()
            .map(|clause| (self.states(slot, clause), clause))
            .filter(|s| s.0 > 0)
            .map(|(plain, clause)| (2 * plain + u8::from(headed(clause)), clause))
            .collect();
        stating.sort_by_key(|s| std::cmp::Reverse(s.0));
        // The first that can be quoted whole.
        let quotes = stating.iter().filter_map(|&(_, clause)| Some((clause, self.quote(slot, clause)?)));
        match { quotes }.next() {
            Some((clause, quote)) => self.say(tier, slot, "say.quote", &[("quote", &quote)], &[clause]),
            // Silence is a claim, too: what some clause seems to touch is not called absent.
            None if stating.is_empty() && found.is_empty() && self.touched(slot) => {}
            None if stating.is_empty() && found.is_empty() => self.say(2, slot, &format!("silent.{slot}"), &[], &[]),
            None => {
                if let Some(clause) = self.withheld().filter(|_| slot == "share") {
                    return self.say(tier, slot, "say.share.unless", &[], &[clause]);
                }
                let stating: Vec<usize> = stating.iter().map(|s| s.1).chain(found.iter().copied()).collect();
                self.say(2, slot, "say.spoken", &[], &stating);
            }
        }
    }

    /// Whether facts of a slot were read, though not surely enough for a line.
    fn touched(&self, slot: &str) -> bool {
        let facts = self.read.facts;
        match slot {
            "collect" => !facts.data_items.is_empty(),
            "permissions" => !facts.permissions.is_empty(),
            "rights" => !facts.rights.is_empty(),
            "share" => !facts.recipient_kinds.is_empty() || !facts.third_parties.is_empty(),
            _ => false,
        }
    }

    /// Whether a clause answers by a denial, 'needs no permission', 'once the account is closed, nothing is kept'; or asks for
    /// a permission in words that no list has.
    fn denies(&self, slot: &str, clause: usize) -> bool {
        let denied = |p: &Practice| p.mode == Mode::DoesNot;
        self.read.practices.of(clause).iter().filter(|p| p.actor == Actor::We).any(|p| match p.action {
            Action::AskPermission => slot == "permissions" && (denied(p) || p.sure == Sure::Printed),
            // Of what one function takes nothing is said of the rest.
            Action::Store => {
                let of_one = self.read.subjects.stated().under(clause, About::Taking);
                slot == "retention" && denied(p) && !p.conditions.is_empty() && !of_one
            }
            _ => false,
        })
    }

    /// How plainly a clause states something of a slot's subject.
    fn states(&self, slot: &str, clause: usize) -> u8 {
        let Read { subjects, practices, clauses, .. } = self.read;
        match slot {
            "contact" | "since" | "who" => 1,
            "children" => u8::from(guarded(self.text(clause))),
            // What a product lets one do is no right: information is named beside it.
            "rights" if subjects.powers.binary_search(&clause).is_ok() || !self.rules(clause) => 0,
            _ => subjects.stated().states(slot, practices, clauses, clause),
        }
    }

    /// Whether a clause names information, an account or a consent, and what can be done about it.
    fn rules(&self, clause: usize) -> bool {
        let about = [group!("grant.object"), group!("grant.consent")];
        let verbs = || keys!("right.").filter(|right| !matches!(right.0, "heading" | "may")).map(|right| right.1);
        let words = Reading::only(self.text(clause), about.into_iter().chain(verbs()));
        about.into_iter().any(|group| words.has(group)) && verbs().any(|group| words.has(group))
    }

    /// A clause's own words, shortened; `None` where they are no sentence, too many to be shown whole, or where the word for
    /// the subject is lost.
    fn quote(&self, slot: &str, clause: usize) -> Option<String> {
        let Read { document, clauses, .. } = self.read;
        // A member of a list that is denied, or of exceptions, says the opposite of its own words.
        let denied = |lead: usize| {
            let lead = Reading::only(self.text(lead), [group!("practice.not"), group!("exception")]);
            lead.has(group!("practice.not")) || lead.has(group!("exception"))
        };
        if clauses.get(clause)?.lead().is_some_and(denied) {
            return None;
        }
        let whole = self.text(clause);
        if document.row(clauses.get(clause)?.block()).is_some()
            || whole.ends_with([':', '\u{ff1a}'])
            || self.is_torn(clause)
            || self.is_torn(clause + 1)
        {
            return None;
        }
        let bare = trim(part(whole, crate::numbering::parse(whole).map_or(0, |mark| mark.end), whole.len()));
        // What was left out inside of it may be what the rest speaks of.
        let short = plain(whole);
        let cut = bare.starts_with(short.trim_end_matches(['\u{3002}', ';', '\u{ff1b}', '.']));
        let short = if cut || count(bare) > QUOTED { short } else { bare.to_owned() };
        let short = short.trim_end_matches(['\u{3002}', ';', '\u{ff1b}', '.']);
        // A list that is left out, or that stands below, is what would answer.
        let listed = Reading::only(whole, [group!("practice.include"), group!("card.below")]);
        let list = listed.of(group!("practice.include")).last().map(|hit| part(whole, hit.start(), hit.end()));
        if listed.has(group!("card.below")) || list.is_some_and(|word| short.ends_with(word) || !short.contains(word)) {
            return None;
        }
        let speaks = matches!(slot, "contact" | "since" | "who")
            || !Subjects::speaks(slot, whole)
            || if slot == "children" { guarded(short) } else { Subjects::speaks(slot, short) };
        (speaks && (4..=QUOTED).contains(&short.chars().count())).then(|| self.own(short))
    }

    /// Whether a clause goes on with the line before, which broke off.
    fn is_torn(&self, clause: usize) -> bool {
        let place = |clause: usize| self.read.clauses.get(clause);
        let (Some(before), Some(own)) = (clause.checked_sub(1), place(clause)) else { return false };
        let text = self.text(before);
        let parted = place(before).is_some_and(|c| c.section() == own.section() && c.block() != own.block());
        parted && own.kind == Kind::Sentence && count(text) >= WRAPPED && is_letter(last(text))
    }

    /// Words of the policy, as it has them.
    fn own(&self, words: &str) -> String {
        self.read.simplified.map_or_else(|| words.to_owned(), |simplified| simplified.original(words))
    }

    /// The text of a clause.
    fn text(&self, clause: usize) -> &'a str {
        self.read.clauses.get(clause).map_or("", |c| self.read.document.text.slice(c.span))
    }

    /// As many names as a line made from the message `key` has room for beside `taken` characters of other values; all or,
    /// with "and so on", some. Never a part of one.
    fn list(&self, names: &[String], key: &str, most: usize, taken: usize) -> String {
        let more = self.messages.text("list.others");
        let size = |text: &str| text.chars().count();
        let room = LIMIT.saturating_sub(size(&self.messages.fill(key, &[])) + taken);
        (1..=names.len().min(most))
            .rev()
            .map(|n| {
                let some = self.messages.join("list.comma", names.get(..n).unwrap_or(names));
                if n < names.len() { some + more } else { some }
            })
            .find(|list| size(list) <= room)
            .unwrap_or_default()
    }
}

/// Whether a text says what is asked of minors: it names a guardian beside them, or an age and what stands before it.
fn guarded(text: &str) -> bool {
    let groups = [group!("card.guardian"), group!("card.minors"), group!("age.unit"), group!("card.only-after")];
    let words = Reading::only(text, groups);
    let [guardian, minors, age, only] = groups.map(|group| words.has(group));
    guardian && minors || age && only
}

/// Keeps the first of each; the lists are as long as there are kinds of things.
fn distinct(clauses: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for clause in clauses {
        if !out.contains(&clause) {
            out.push(clause);
        }
    }
    out
}
