//! Clauses and tables → what is collected, which permissions are asked for, and who else gets it.

use super::party::name;
use super::{Clause, Evidenced, Facts, Policy, words};
use crate::lexicon::{Group, Hit, fold, group, keys};
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

/// Affiliates that are told.
const MOST_AFFILIATES: usize = 100;

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    // Lists are long: where each recipient is, by the hash of its names, and each item of information.
    let (mut known, mut named) = (Numbers::default(), Numbers::default());
    let refuse = (0..policy.len())
        .find(|c| [group!("cookie"), group!("cookie.refuse"), group!("right.may")].iter().all(|g| policy.has(*c, *g)));
    for clause in 0..policy.len() {
        items(policy, clause, facts, &mut named);
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
    if facts.third_parties.is_empty() {
        for clause in 0..policy.len() {
            told(policy, clause, facts, &mut known);
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

/// The same for a long list, with the places of its values by `id`.
fn put_known<T>(list: &mut Vec<Evidenced<T>>, known: &mut Numbers, id: u64, value: T, clause: usize) {
    let at = known.get(id);
    if at.is_none() {
        known.insert(id, list.len());
    }
    put(list, at, value, clause);
}

fn items(policy: &Policy<'_>, clause: usize, facts: &mut Facts, known: &mut Numbers) {
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
        for hit in policy.hits(clause, group) {
            let text = words(policy.text(clause), hit);
            let item = DataItem { key, text: text.into() };
            put_known(&mut facts.data_items, known, folded(text), item, clause);
        }
    }
}

/// The hash of a word in whatever width and case.
fn folded(text: &str) -> u64 {
    hash(&text.chars().map(fold).collect::<String>())
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
        for hit in policy.hits(clause, group) {
            // The word and its permission stand close together, but in a table.
            let first = asking.partition_point(|w| w.end() + 36 < hit.start());
            let mut close = asking.iter().skip(first).take_while(|w| w.start() <= hit.end() + 36);
            if key != "word" && (row.is_some() || close.any(|w| w.start() != hit.start())) {
                let text = words(policy.text(clause), hit);
                let known = facts.permissions.iter().position(|e| e.value.key == key && e.value.text == text);
                put(&mut facts.permissions, known, Permission { key, text: text.into() }, clause);
            }
        }
    }
}

fn recipients(policy: &Policy<'_>, clause: usize, facts: &mut Facts, known: &mut Numbers) {
    if let Some((table, row)) = policy.row(clause) {
        if let Some(recipient) = row_recipient(policy, table, row) {
            receive(recipient, clause, facts, known);
        }
        return;
    }
    let among = policy.hits(clause, group!("company.among"));
    // "Our affiliates include …".
    let lists = |hit: &&Hit| among.binary_search_by_key(&hit.end(), Hit::start).is_ok();
    if let Some(hit) = policy.hits(clause, group!("recipient.affiliates")).iter().find(lists) {
        for form in policy.hits(clause, group!("company.form")) {
            if let Some(name) = name(policy.text(clause), form.start(), form.end())
                && form.start() > hit.start()
                && facts.affiliates.len() < MOST_AFFILIATES
            {
                let known = facts.affiliates.iter().position(|a| a.value == name);
                put(&mut facts.affiliates, known, name.to_string(), clause);
            }
        }
    }
    if !shares(policy, clause) {
        return;
    }
    for (key, group) in keys("recipient.") {
        if policy.has(clause, group) {
            let known = facts.recipient_kinds.iter().position(|e| e.value == key);
            put(&mut facts.recipient_kinds, known, key, clause);
        }
    }
}

fn shares(policy: &Policy<'_>, clause: usize) -> bool {
    (policy.has(clause, group!("verb.share")) || policy.headed(clause, group!("exception.share")))
        && !policy.has(clause, group!("verb.deny"))
}

/// Recipients that a sentence names, for a policy without a table of them.
fn told(policy: &Policy<'_>, clause: usize, facts: &mut Facts, known: &mut Numbers) {
    if !(shares(policy, clause) || policy.has(clause, group!("column.third"))) || policy.is_row(clause) {
        return;
    }
    let text = policy.text(clause);
    for form in policy.hits(clause, group!("company.form")) {
        if let Some(name) = name(text, form.start(), form.end())
            && facts.controller.as_ref().is_none_or(|c| c.value != name)
        {
            let recipient = Recipient { name: name.into(), company: Some(name.into()), ..Recipient::default() };
            receive(recipient, clause, facts, known);
        }
    }
    for hit in policy.hits(clause, group!("company.known")) {
        let name = words(text, hit);
        // Not the one that speaks.
        if [&facts.controller, &facts.product].into_iter().flatten().all(|own| !own.value.contains(name)) {
            receive(Recipient { name: name.into(), ..Recipient::default() }, clause, facts, known);
        }
    }
}

fn receive(recipient: Recipient, clause: usize, facts: &mut Facts, known: &mut Numbers) {
    let key = folded(&recipient.name).rotate_left(1) ^ recipient.company.as_deref().map_or(0, hash);
    put_known(&mut facts.third_parties, known, key, recipient, clause);
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
