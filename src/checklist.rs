//! Facts and the words of a document → what the law asks a policy to state, item by item: stated, not mentioned, or to be
//! checked by a person. Never a verdict on whether a policy is lawful.
//!
//! ```text
//! a fact states it                                        ─▶ stated, with the clauses of the fact
//! a clause has a word of the item and one of its `.with`  ─▶ stated (items for which there is no fact)
//! a clause or a title has a word of the item              ─▶ check
//! no clause and no title has one                          ─▶ not mentioned: silence is proved by search, not assumed
//! ```
//! Items, words and articles: `data/zh/checklist.txt`.

use crate::annotations::{Context, Kind, Mark};
use crate::facts::Facts;
use crate::lexicon::{Group, keys, setting};
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

/// The list, in the order of the data. `count` is how many clauses and sections the document has.
#[must_use]
pub fn list(facts: &Facts, marks: &[Mark], tokens: &Tokens<'_>, count: (usize, usize)) -> Vec<Item> {
    let parts: Vec<(&str, Group)> = keys("check.").collect();
    let mut items: Vec<(&str, Group)> = parts.iter().filter(|(name, _)| !name.contains('.')).copied().collect();
    // Groups are numbered in the order of the data.
    items.sort_unstable_by_key(|(_, words)| *words);
    items
        .into_iter()
        .map(|(name, words)| {
            let with = parts.iter().find(|(part, _)| part.strip_suffix(".with") == Some(name)).map(|(_, group)| *group);
            let (verdict, mut clauses) = judge(name, words, with, facts, marks, tokens, count);
            clauses.truncate(SHOWN);
            Item { name, law: setting(words, "law"), verdict, clauses }
        })
        .collect()
}

fn judge(
    name: &str,
    words: Group,
    with: Option<Group>,
    facts: &Facts,
    marks: &[Mark],
    tokens: &Tokens<'_>,
    (clauses, sections): (usize, usize),
) -> (Verdict, Vec<usize>) {
    let stated = fact(name, facts);
    if !stated.is_empty() {
        return (Verdict::Stated, stated);
    }
    // What is collected must stand beside what for.
    let mut items = facts.data_items.iter().flat_map(|item| item.clauses().iter().copied());
    if let Some(clause) = items.find(|clause| name == "purposes" && tokens.clause(*clause).has(words)) {
        return (Verdict::Stated, vec![clause]);
    }
    let mut spoken = Vec::new();
    for clause in 0..clauses {
        let reading = tokens.clause(clause);
        if !reading.has(words) {
            continue;
        }
        if with.is_some_and(|with| reading.has(with)) {
            return (Verdict::Stated, vec![clause]);
        }
        if spoken.len() < SHOWN {
            spoken.push(clause);
        }
    }
    // Whoever collects such information has something to say of it.
    if name == "sensitive" && spoken.is_empty() {
        let collected = |mark: &&Mark| matches!(mark.kind, Kind::Sensitive { context: Context::Collect, .. });
        spoken.extend(marks.iter().filter(collected).map(|mark| mark.clause).take(SHOWN));
    }
    let headed = || (0..sections).any(|section| tokens.title_has(section, words));
    if spoken.is_empty() && !headed() { (Verdict::NotMentioned, spoken) } else { (Verdict::Check, spoken) }
}

/// The clauses of the fact that states an item; none where there is no such fact.
fn fact(name: &str, facts: &Facts) -> Vec<usize> {
    fn first<T>(value: Option<&Evidenced<T>>) -> Vec<usize> {
        value.map(|v| v.clauses().to_vec()).unwrap_or_default()
    }
    let right = |names: &[&str]| first(facts.rights.iter().find(|r| names.contains(&r.value.right)));
    match name {
        "handler" => {
            let (who, how) = (first(facts.controller.as_ref()), first(facts.contacts.first()));
            if who.is_empty() || how.is_empty() { vec![] } else { [who, how].concat() }
        }
        "retention" => first(facts.retention.first()),
        "access" => right(&["access", "copy"]),
        "correct" => right(&["correct", "supplement"]),
        "delete" => right(&["delete"]),
        "portability" => right(&["portability"]),
        "explain" => right(&["explain"]),
        "close-account" => right(&["close-account"]),
        "withdraw" => right(&["withdraw-consent"]),
        "reply" => first(facts.response_time.as_ref()),
        "third-parties" => first(facts.third_parties.first()),
        "automated" => right(&["opt-out-personalisation"]),
        "abroad" => first(facts.cross_border.as_ref()),
        "children" => first(facts.child_age.as_ref().or(facts.minor_age.as_ref())),
        "dates" => first(facts.updated.as_ref().or(facts.effective.as_ref()).or(facts.published.as_ref())),
        "officer" => first(facts.officer.as_ref()),
        _ => vec![],
    }
}
