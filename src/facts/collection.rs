//! Clauses and tables → what is collected, which permissions are asked for, and who else gets it.

use super::{Evidenced, Facts, Policy};
use crate::clauses::Kind;
use crate::lexicon::{group, groups};

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
    for clause in 0..policy.len() {
        items(policy, clause, facts);
        permissions(policy, clause, facts);
        recipients(policy, clause, facts);
        if facts.cookies.is_none()
            && policy.has(clause, "cookie")
            && policy.has(clause, "verb.collect") | policy.headed(clause, "cookie")
        {
            let refuse = (0..policy.len())
                .find(|c| policy.has_all(*c, &["cookie", "cookie.refuse"]) && policy.has(*c, "right.may"));
            let value = Evidenced::new(refuse.is_some(), clause);
            facts.cookies = Some(refuse.into_iter().fold(value, Evidenced::and));
        }
    }
}

/// More recipients than any policy names; comparing with them all keeps linear.
const MOST: usize = 1000;

fn put<T: Clone>(list: &mut Vec<Evidenced<T>>, value: T, clause: usize, same: impl Fn(&T, &T) -> bool) {
    let full = list.len() >= MOST;
    match list.iter_mut().find(|e| same(&e.value, &value)) {
        Some(known) if known.clauses().len() < 4 => *known = known.clone().and(clause),
        None if !full => list.push(Evidenced::new(value, clause)),
        _ => {}
    }
}

fn items(policy: &Policy<'_>, clause: usize, facts: &mut Facts) {
    let collects = policy.has(clause, "verb.collect")
        || policy.is_row(clause)
        || policy.clauses.get(clause).and_then(|c| c.lead).is_some_and(|l| policy.has(l, "verb.collect"));
    if !collects
        || policy.has(clause, "verb.deny")
        || policy.headed(clause, "definition")
        || policy.has(clause, "definition.verb")
    {
        return;
    }
    let text = policy.text(clause);
    for (name, wanted) in groups("item.") {
        if let Some(hit) = policy.hits_of(clause, wanted).next() {
            let key = name.strip_prefix("item.").unwrap_or(name);
            let item = DataItem { key, text: text.get(hit.start..hit.end).unwrap_or("").into() };
            put(&mut facts.data_items, item, clause, |a, b| a.key == b.key);
        }
    }
}

fn permissions(policy: &Policy<'_>, clause: usize, facts: &mut Facts) {
    let asked =
        policy.has(clause, "permission.word") || policy.is_row(clause) && table_has(policy, clause, "permission.word");
    if !asked {
        return;
    }
    let text = policy.text(clause);
    for (name, wanted) in groups("permission.") {
        let key = name.strip_prefix("permission.").unwrap_or(name);
        let Some(hit) = policy.hits_of(clause, wanted).next().filter(|_| key != "word") else {
            continue;
        };
        // The word and its permission stand close together, but in a table.
        let near = policy.is_row(clause)
            || policy.hits(clause, "permission.word").any(|w| {
                w.start >= hit.start && w.start - hit.end.min(w.start) <= 36
                    || hit.start >= w.end && hit.start - w.end <= 36
            });
        if let Some(words) = text.get(hit.start..hit.end).filter(|_| near) {
            put(&mut facts.permissions, Permission { key, text: words.into() }, clause, |a, b| {
                a.key == b.key && a.text == b.text
            });
        }
    }
}

fn table_has(policy: &Policy<'_>, clause: usize, name: &str) -> bool {
    let Some(Kind::Row(table, _)) = policy.clauses.get(clause).map(|c| c.kind) else { return false };
    policy.columns.get(table).is_some_and(|t| t.iter().any(|c| c.contains(&group(name))))
}

fn recipients(policy: &Policy<'_>, clause: usize, facts: &mut Facts) {
    if let Some(Kind::Row(table, row)) = policy.clauses.get(clause).map(|c| c.kind) {
        if let Some(recipient) = row_recipient(policy, table, row) {
            put(&mut facts.third_parties, recipient, clause, |a, b| a.name == b.name && a.company == b.company);
        }
        return;
    }
    if !(policy.has(clause, "verb.share") || policy.headed(clause, "exception.share"))
        || policy.has(clause, "verb.deny")
    {
        return;
    }
    for (name, wanted) in groups("recipient.") {
        if policy.hits_of(clause, wanted).next().is_some() {
            put(&mut facts.recipient_kinds, name.strip_prefix("recipient.").unwrap_or(name), clause, |a, b| a == b);
        }
    }
}

/// A row of a table that has a column for a recipient's name or company.
fn row_recipient(policy: &Policy<'_>, table: usize, row: usize) -> Option<Recipient> {
    let columns = policy.columns.get(table).map_or(&[][..], Vec::as_slice);
    let cells = policy.cells(table, row);
    let cell = |name: &str| {
        let wanted = group(name);
        columns
            .iter()
            .position(|c| c.contains(&wanted))
            .and_then(|i| cells.get(i))
            .filter(|c| !c.is_empty())
            .map(|c| (*c).to_string())
    };
    let company = cell("column.company");
    let name = cell("column.name");
    if company.is_none() && !(name.is_some() && columns.iter().any(|c| c.contains(&group("column.third")))) {
        return None;
    }
    Some(Recipient {
        name: name.clone().or_else(|| company.clone())?,
        company,
        purpose: cell("column.purpose"),
        data: cell("column.data"),
        url: cells.iter().find(|c| c.starts_with("http")).map(|c| (*c).to_string()),
    })
}
