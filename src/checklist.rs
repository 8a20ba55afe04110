//! Facts, practices and the words of a document → what the law asks a policy to state, item by item: stated, not
//! mentioned, or to be checked by a person. Never a verdict on whether a policy is lawful.
//!
//! ```text
//! a fact or a practice states it                                        ─▶ stated
//! a word of the item, or its title above, and a word of `.with` in the
//!   sentence or in those that go on with it, none of `.unless`          ─▶ stated
//! a word of `.touch`, one of `.about` with one of `.about-with`, or a title of its own; the card quotes a clause   ─▶ check
//! nothing of this                                                       ─▶ not mentioned: silence is proved by search
//! ```
//! Clauses that only say what the reader owes, or who answers for what ([`Practices::terms`]), say nothing of most items.
//! Items, words and articles: `data/zh/checklist.txt`.

use crate::annotations::{Context, Kind, Mark};
use crate::clauses::{Clause, Kind as ClauseKind};
use crate::facts::Facts;
use crate::lexicon::{Group, Hit, Reading, group, keys, setting};
use crate::outline::Outline;
use crate::practices::{Action, Actor, Mode, Practice, Practices, Sure};
use crate::summary::Subjects;
use crate::text::Evidenced;
use crate::tokens::Tokens;

/// What is found of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The policy states it.
    Stated,
    /// Nothing in the policy touches it.
    NotMentioned,
    /// The policy speaks of it; whether it says enough, a person must judge.
    Check,
}

impl Verdict {
    /// The contract's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::NotMentioned => "not-mentioned",
            Self::Check => "check",
        }
    }
}

/// An item of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// `check.…` in data/ui has its title.
    pub name: &'static str,
    /// Article of law.
    pub law: &'static str,
    /// What was found.
    pub verdict: Verdict,
    /// Indices of clauses, at most three; none where it is not mentioned, or only in a title.
    pub clauses: Vec<usize>,
}

/// Clauses that are shown for an item: more prove no more.
const SHOWN: usize = 3;
/// Sentences that go on with one.
const NEXT: usize = 2;
/// The rank of a clause that only the next sentences complete.
const BEHIND: u8 = 3;
/// Names that make a list.
const LISTED: usize = 3;
/// Bytes of a line's start in which its name stands, with a number before it.
const NAME: usize = 90;

/// What the list is made from.
#[derive(Clone, Copy)]
pub struct Read<'a> {
    /// Sections.
    pub outline: &'a Outline,
    /// Clauses.
    pub clauses: &'a [Clause],
    /// Their words.
    pub tokens: &'a Tokens<'a>,
    /// Who does what.
    pub practices: &'a Practices,
    /// What is sensitive.
    pub marks: &'a [Mark],
    /// What is stated.
    pub facts: &'a Facts,
    /// Where the card's subjects are spoken of.
    pub subjects: &'a Subjects,
}

/// The groups of an item.
struct Words {
    /// Pairs that each state the item: a word, and one of what must stand with it.
    frames: Vec<(Group, Option<Group>)>,
    unless: Option<Group>,
    title: Option<Group>,
    touch: Option<Group>,
    /// A pair that touches it together.
    about: Option<(Group, Group)>,
    /// Chapters on who owes what speak of it, too.
    terms: bool,
    /// The sentences behind may state it.
    next: bool,
}

/// The list, in the order of the data.
#[must_use]
pub fn list(read: Read<'_>) -> Vec<Item> {
    let parts: Vec<(&str, Group)> = keys!("check.").collect();
    let mut items: Vec<(&str, Group)> = parts.iter().filter(|(name, _)| !name.contains('.')).copied().collect();
    // Groups are numbered in the order of the data.
    items.sort_unstable_by_key(|(_, words)| *words);
    items
        .into_iter()
        .map(|(name, own)| {
            let part = |part: &str| {
                let is = |n: &str| n.strip_prefix(name).and_then(|n| n.strip_prefix('.')) == Some(part);
                parts.iter().find(|(n, _)| is(n)).map(|(_, group)| *group)
            };
            let frames = [(Some(own), part("with")), (part("or"), part("or-with"))];
            let words = Words {
                frames: frames.into_iter().filter_map(|(own, with)| Some((own?, with))).collect(),
                unless: part("unless"),
                title: part("title"),
                touch: part("touch"),
                about: part("about").zip(part("about-with")),
                terms: setting(own, "terms") == "kept",
                next: setting(own, "next") != "no",
            };
            let (verdict, mut clauses) = read.judge(name, &words);
            clauses.truncate(SHOWN);
            Item { name, law: setting(own, "law"), verdict, clauses }
        })
        .collect()
}

impl Read<'_> {
    fn judge(&self, name: &str, words: &Words) -> (Verdict, Vec<usize>) {
        for stated in [self.practice(name, words), self.fact(name, words), self.framed(words)] {
            if !stated.is_empty() {
                return (Verdict::Stated, stated);
            }
        }
        let touched = self.touched(name, words);
        let verdict = if touched.is_some() { Verdict::Check } else { Verdict::NotMentioned };
        (verdict, touched.unwrap_or_default())
    }

    /// Clauses that may speak of an item, in order.
    fn speaking(&self, words: &Words) -> impl Iterator<Item = usize> {
        let kept = words.terms;
        (0..self.clauses.len()).filter(move |clause| kept || !self.practices.terms(*clause))
    }

    /// Whether a section's title is about the item.
    fn titled(&self, clause: usize, words: &Words) -> bool {
        let section = self.clauses.get(clause).map_or(usize::MAX, Clause::section);
        let own = self.outline.sections.get(section).is_some_and(|s| !s.implicit);
        own && words.title.is_some_and(|title| self.tokens.title_has(section, title))
    }

    /// The clauses that state the item by its words; those under its own title first.
    fn framed(&self, words: &Words) -> Vec<usize> {
        let mut found: Vec<(u8, usize)> = Vec::new();
        for clause in self.speaking(words) {
            let has = |group: Group| self.tokens.has(clause, group);
            // A clause without any word of the frames is most clauses.
            if !words.frames.iter().any(|(own, with)| has(*own) || with.is_some_and(has)) {
                continue;
            }
            let reading = self.tokens.clause(clause);
            if words.unless.is_some_and(|unless| reading.has(unless)) {
                continue;
            }
            let titled = self.titled(clause, words);
            let frames = words.frames.iter().enumerate();
            let ranks = frames.filter_map(|(at, frame)| {
                self.states(clause, &reading, *frame, titled).filter(|rank| *rank < BEHIND || words.next || at > 0)
            });
            if let Some(rank) = ranks.min() {
                found.push((rank, clause));
            }
        }
        found.sort_unstable();
        found.into_iter().map(|(_, clause)| clause).take(SHOWN).collect()
    }

    /// How well a clause states a frame: 0 best; `None` where it does not.
    fn states(
        &self,
        clause: usize,
        reading: &Reading<'_>,
        (own, with): (Group, Option<Group>),
        titled: bool,
    ) -> Option<u8> {
        let said = reading.has(own);
        let Some(with) = with else { return said.then_some(u8::from(!titled)) };
        match (said, reading.has(with)) {
            (true, true) => Some(u8::from(!titled)),
            (false, true) if titled => Some(2),
            (true, false) if self.goes_on(clause, with) => Some(BEHIND),
            _ => None,
        }
    }

    /// Whether the next sentences of the same paragraph, or the first items under a lead-in, have a word.
    fn goes_on(&self, clause: usize, with: Group) -> bool {
        let Some(own) = self.clauses.get(clause) else { return false };
        (clause + 1..=clause + NEXT).any(|next| {
            let follows = self.clauses.get(next).is_some_and(|c| c.block() == own.block() || c.lead() == Some(clause));
            follows && !self.tokens.of(next, with).is_empty()
        })
    }

    /// The clauses that touch the item without stating it; none but `Some` where a title alone does.
    fn touched(&self, name: &str, words: &Words) -> Option<Vec<usize>> {
        let has = |clause: usize, group: Group| self.tokens.has(clause, group);
        let touches = |clause: &usize| {
            words.touch.is_some_and(|g| has(*clause, g))
                || words.about.is_some_and(|(g, with)| has(*clause, g) && has(*clause, with))
        };
        // Silence is a claim: what a chapter on who owes what says in passing breaks it, too.
        let mut found: Vec<usize> = self.speaking(words).filter(touches).collect();
        if found.is_empty() {
            found.extend((0..self.clauses.len()).filter(touches));
        }
        found.sort_by_key(|clause| !self.titled(*clause, words));
        found.truncate(SHOWN);
        if found.is_empty() {
            // Whoever collects such information has something to say of it.
            let collects =
                |clause: usize| self.practices.of(clause).iter().any(|p| p.collects() && !p.objects.is_empty());
            let collected = |mark: &&Mark| matches!(mark.kind, Kind::Sensitive { context: Context::Collect, .. });
            let marked = self.marks.iter().filter(collected).map(|mark| mark.clause).filter(|c| collects(*c));
            found.extend(marked.filter(|_| name == "sensitive").take(SHOWN));
            found.dedup();
        }
        if name == "handler" && found.is_empty() {
            found.extend(first(self.facts.controller.as_ref()).iter().chain(&first(self.facts.contacts.first())));
        }
        if found.is_empty() {
            found.extend(self.speaking(words).filter(|c| self.titled(*c, words)).take(1));
        }
        if found.is_empty() {
            // What is given, whoever gets it, touches who gets it; what those get who work for us, who works for us.
            let works = |p: &Practice| p.recipients.iter().any(|r| r.kind == Some("suppliers"));
            let given = |p: &&Practice| match (name, p.action) {
                ("third-parties", Action::Share | Action::Transfer | Action::Entrust | Action::Publish) => true,
                ("entrust", Action::Entrust) => p.actor == Actor::We && !p.objects.is_empty(),
                ("entrust", _) => p.actor == Actor::We && p.shares() && works(p),
                _ => false,
            };
            found.extend(self.practices.iter().filter(given).map(|p| p.clause).take(SHOWN));
            found.dedup();
        }
        // The card says the same of its subjects.
        let card = card(name).map_or(&[][..], |slot| self.subjects.of(slot));
        if found.is_empty() {
            found.extend(card.iter().take(SHOWN));
        }
        let headed = || {
            let title = |section: usize| words.title.is_some_and(|t| self.tokens.title_has(section, t));
            (0..self.outline.sections.len()).any(title)
        };
        (!found.is_empty() || headed()).then_some(found)
    }

    /// The clauses of practices that state the item, best first.
    fn practice(&self, name: &str, words: &Words) -> Vec<usize> {
        let ours = |p: &&Practice| p.actor == Actor::We && p.mode != Mode::Might;
        let personal = |p: &Practice| self.tokens.clause(p.clause).has(group!("practice.personal"));
        let known = |p: &Practice| p.objects.iter().any(|o| o.key.is_some());
        let told = |p: &Practice| known(p) || p.objects.iter().any(|o| o.generic) || personal(p);
        let all = |states: &dyn Fn(&Practice) -> bool| -> Vec<usize> {
            let mut found: Vec<usize> = Vec::new();
            let void = |clause: usize| words.unless.is_some_and(|unless| !self.tokens.of(clause, unless).is_empty());
            for practice in self.practices.iter().filter(|p| states(p) && !void(p.clause)) {
                if found.len() < SHOWN && found.last() != Some(&practice.clause) {
                    found.push(practice.clause);
                }
            }
            found
        };
        match name {
            "purposes" => {
                let aimed =
                    |p: &Practice| !p.purposes.is_empty() && (p.collects() || p.action == Action::Use && ours(&p));
                let named = all(&|p| aimed(p) && p.collects() && p.objects.iter().any(|o| o.key.is_some()));
                if named.is_empty() { all(&|p| aimed(p) && told(p)) } else { named }
            }
            "third-parties" => {
                let given = |a: Action| matches!(a, Action::Share | Action::Transfer | Action::Entrust);
                let gives = |p: &Practice| given(p.action) && ours(&p) && self.names_others(p);
                let given = |p: &Practice| gives(p) && told(p) && p.mode != Mode::DoesNot;
                // What the card would tell, then a name, then whatever is given or is not.
                let ranks = [
                    all(&|p| given(p) && p.sure != Sure::Guess && self.subjects.gives(p)),
                    first(self.facts.third_parties.first()),
                    all(&given),
                    all(&|p| gives(p) && told(p)),
                ];
                ranks.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
            }
            "publish" => {
                let informs = |p: &Practice| p.objects.iter().any(|o| o.generic || o.key.is_some());
                let published = |p: &Practice| p.action == Action::Publish && ours(&p) && informs(p);
                // Under its own title, then what says on what condition, before where it is only named.
                let ranks = [
                    all(&|p| published(p) && self.titled(p.clause, words)),
                    all(&|p| published(p) && p.mode != Mode::Does),
                    all(&published),
                ];
                ranks.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// Whether a practice names who gets information: somebody, a kind, 'third parties'.
    fn names_others(&self, practice: &Practice) -> bool {
        let base = self.clauses.get(practice.clause).map_or(0, |c| c.span.start());
        let third = self.tokens.of(practice.clause, group!("practice.third"));
        practice.recipients.iter().any(|r| {
            let inside = |h: &Hit| r.span.start() <= base + h.start() && base + h.end() <= r.span.end();
            r.name || r.kind.is_some() || third.iter().any(inside)
        })
    }

    /// The clauses of the fact that states an item; none where there is no such fact.
    fn fact(&self, name: &str, words: &Words) -> Vec<usize> {
        let facts = self.facts;
        let has = |clause: usize, group: Option<Group>| group.is_some_and(|g| self.tokens.has(clause, g));
        let about = |clause: &usize| has(*clause, words.touch) && !has(*clause, words.unless);
        let right = |names: &[&str]| first(facts.rights.iter().find(|r| names.contains(&r.value.right)));
        match name {
            "handler" => {
                let (who, how) = (first(facts.controller.as_ref()), first(facts.contacts.first()));
                if who.is_empty() || how.is_empty() { vec![] } else { [who, how].concat() }
            }
            "retention" => first(facts.retention.iter().find(|period| !period.value.statutory)),
            "access" => right(&["access", "copy"]),
            "correct" => right(&["correct", "supplement"]),
            "delete" => right(&["delete"]),
            "portability" => right(&["portability"]),
            "explain" => right(&["explain"]),
            "close-account" => right(&["close-account"]),
            "withdraw" => right(&["withdraw-consent"]),
            "complaint" => {
                let mut complains = facts.rights.iter().filter(|r| r.value.right == "complain");
                first(complains.find(|r| r.clauses().first().is_some_and(about)))
            }
            "reply" => first(facts.response_time.as_ref()),
            "automated" => right(&["opt-out-personalisation"]),
            "abroad" => first(facts.cross_border.as_ref()),
            "children" => first(facts.child_age.as_ref().or(facts.minor_age.as_ref())),
            "dates" => first(facts.updated.as_ref().or(facts.effective.as_ref()).or(facts.published.as_ref())),
            "officer" => first(facts.officer.as_ref()),
            "lists" => self.printed(),
            _ => vec![],
        }
    }

    /// Where a list of kits or of recipients is printed: rows of a table, or one name a line.
    fn printed(&self) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for party in &self.facts.third_parties {
            let Some(&clause) = party.clauses().first() else { continue };
            let kind = self.clauses.get(clause).map(|c| c.kind);
            let own = kind == Some(ClauseKind::Row) || party.value.named_by_kit && kind == Some(ClauseKind::Item);
            if own && found.last() != Some(&clause) {
                found.push(clause);
            }
        }
        if found.len() < LISTED { self.kits() } else { found }
    }

    /// The clauses that open with the name of a kit, or stand below one: at least as many as make a list.
    fn kits(&self) -> Vec<usize> {
        let kit = group!("context.third.tool");
        let named = |clause: usize| {
            let reading = self.tokens.clause(clause);
            let label = |hit: &Hit| {
                let behind = reading.text.get(hit.end()..).unwrap_or("").trim_start();
                hit.start() > 0 && hit.end() <= NAME && behind.starts_with([':', '\u{ff1a}', '|', '(', '\u{ff08}'])
            };
            reading.of(kit).first().is_some_and(label)
        };
        let mut below = usize::MAX;
        let mut found: Vec<usize> = Vec::new();
        for (at, clause) in self.clauses.iter().enumerate() {
            let opens = std::mem::replace(&mut below, clause.section()) != clause.section();
            if named(at) || opens && self.tokens.title_has(clause.section(), kit) {
                found.push(at);
            }
        }
        if found.len() < LISTED { Vec::new() } else { found }
    }
}

fn first<T>(value: Option<&Evidenced<T>>) -> Vec<usize> {
    value.map(|v| v.clauses().to_vec()).unwrap_or_default()
}

/// The line of the card on the same matter as an item.
#[must_use]
pub fn card(item: &str) -> Option<&'static str> {
    Some(match item {
        "abroad" => "abroad",
        "children" => "children",
        "dates" => "since",
        "retention" => "retention",
        "third-parties" => "share",
        _ => return None,
    })
}
