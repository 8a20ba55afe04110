//! Clauses and tables → what is collected, which permissions are asked for, and who else gets it.

use super::{Clause, Evidenced, Facts, Policy, words};
use crate::lexicon::{Group, Hit, group, keys};
use crate::text::{Numbers, hash};

/// An item of information, by the key of its name (`item.…` in data/ui).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataItem {
    /// `phone`, `device-id`, …
    pub key: &'static str,
    /// The words of the policy.
    pub text: String,
}

/// A system permission, by the key of its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// `camera`, `location`, …
    pub key: &'static str,
    /// The words of the policy.
    pub text: String,
}

/// A named recipient, from a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipient {
    /// As the policy names it.
    pub name: String,
    /// The legal entity behind it.
    pub company: Option<String>,
    /// What for.
    pub purpose: Option<String>,
    /// What it gets.
    pub data: Option<String>,
    /// Its own policy.
    pub url: Option<String>,
}

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    // Lists of recipients are long: where each one is, by the hash of its names.
    let mut known = Numbers::default();
    let refuse = (0..policy.len())
        .find(|c| [group!("cookie"), group!("cookie.refuse"), group!("right.may")].iter().all(|g| policy.has(*c, *g)));
    for clause in 0..policy.len() {
        items(policy, clause, facts);
        permissions(policy, clause, facts);
        recipients(policy, clause, facts, &mut known);
        if facts.cookies.is_none()
            && policy.has(clause, group!("cookie"))
            && policy.has(clause, group!("verb.collect")) | policy.headed(clause, group!("cookie"))
        {
            let mut value = Evidenced::new(refuse.is_some(), clause);
            if let Some(refuse) = refuse {
                value.add(refuse);
            }
            facts.cookies = Some(value);
        }
    }
}

/// Adds a value, or its clause to the one at `known`.
fn put<T>(list: &mut Vec<Evidenced<T>>, known: Option<usize>, value: T, clause: usize) {
    match known.and_then(|at| list.get_mut(at)) {
        Some(known) if known.clauses().len() < 4 => known.add(clause),
        Some(_) => {}
        None => list.push(Evidenced::new(value, clause)),
    }
}

fn items(policy: &Policy<'_>, clause: usize, facts: &mut Facts) {
    let collect = group!("verb.collect");
    let collects = policy.has(clause, collect)
        || policy.is_row(clause)
        || policy.clauses.get(clause).and_then(Clause::lead).is_some_and(|l| policy.has(l, collect));
    if !collects
        || policy.has(clause, group!("verb.deny"))
        || policy.headed(clause, group!("definition"))
        || policy.has(clause, group!("definition.verb"))
    {
        return;
    }
    for (key, group) in keys("item.") {
        if let Some(hit) = policy.hits(clause, group).first() {
            let known = facts.data_items.iter().position(|e| e.value.key == key);
            let text = words(policy.text(clause), hit).into();
            put(&mut facts.data_items, known, DataItem { key, text }, clause);
        }
    }
}

fn permissions(policy: &Policy<'_>, clause: usize, facts: &mut Facts) {
    let asking = policy.hits(clause, group!("permission.word"));
    let row = policy.row(clause);
    if asking.is_empty()
        && !row.is_some_and(|(table, _)| policy.columns(table).iter().any(|c| c.has(group!("permission.word"))))
    {
        return;
    }
    for (key, group) in keys("permission.") {
        let Some(hit) = policy.hits(clause, group).first().copied().filter(|_| key != "word") else { continue };
        // The word and its permission stand close together, but in a table.
        let near = |w: &Hit| w.start().max(hit.start()) <= w.end().min(hit.end()) + 36 && w.start() != hit.start();
        if row.is_some() || asking.iter().any(near) {
            let text = words(policy.text(clause), &hit);
            let known = facts.permissions.iter().position(|e| e.value.key == key && e.value.text == text);
            put(&mut facts.permissions, known, Permission { key, text: text.into() }, clause);
        }
    }
}

fn recipients(policy: &Policy<'_>, clause: usize, facts: &mut Facts, known: &mut Numbers) {
    if let Some((table, row)) = policy.row(clause) {
        if let Some(recipient) = row_recipient(policy, table, row) {
            let key = hash(&recipient.name).rotate_left(1) ^ recipient.company.as_deref().map_or(0, hash);
            let at = known.get(key);
            if at.is_none() {
                known.insert(key, facts.third_parties.len());
            }
            put(&mut facts.third_parties, at, recipient, clause);
        }
        return;
    }
    if !(policy.has(clause, group!("verb.share")) || policy.headed(clause, group!("exception.share")))
        || policy.has(clause, group!("verb.deny"))
    {
        return;
    }
    for (key, group) in keys("recipient.") {
        if policy.has(clause, group) {
            let known = facts.recipient_kinds.iter().position(|e| e.value == key);
            put(&mut facts.recipient_kinds, known, key, clause);
        }
    }
}

/// A row of a table that has a column for a recipient's name or company.
fn row_recipient(policy: &Policy<'_>, table: usize, row: usize) -> Option<Recipient> {
    let columns = policy.columns(table);
    let cell = |group: Group| {
        let column = columns.iter().position(|c| c.has(group))?;
        Some(policy.cell(table, row, column)).filter(|c| !c.is_empty()).map(String::from)
    };
    let company = cell(group!("column.company"));
    let name = cell(group!("column.name"));
    if company.is_none() && !(name.is_some() && columns.iter().any(|c| c.has(group!("column.third")))) {
        return None;
    }
    let mut cells = (0..columns.len()).map(|column| policy.cell(table, row, column));
    Some(Recipient {
        name: name.or_else(|| company.clone())?,
        company,
        purpose: cell(group!("column.purpose")),
        data: cell(group!("column.data")),
        url: cells.find(|c| c.starts_with("http")).map(String::from),
    })
}
